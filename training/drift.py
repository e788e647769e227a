"""Fits the weights of ``checker.matching.consistency.drift`` and writes them beside it.

Faithful, lawfully changed and damaged pairs that the scorer was not trained on go through the real
pipeline; a logistic regression on their signals is fitted by Newton's method, across languages and within
one, with the scorer's reading, without it, and on its log-odds alone. A third of the sentences is kept
aside for the figures. Half of the examples are damaged: that is the prior.

    python -m training.drift --data ../shared/data [--model FOLDER] [--output FILE] [--dry-run]
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.evaluation import auroc, recall_at_false_alarms
from checker import Checker
from checker.cases import case_of
from checker.matching.comparison import Comparison, compare_sides
from checker.matching.consistency import WEIGHTS, parse_weights
from checker.matching.matching import Matched, candidate_of, judge
from checker.matching.scorer import Reading, Scorer, load_scorer, readable
from checker.matching.sides import make_side
from checker.matching.signals import FEATURES, READ_FEATURES, signals
from checker.pipeline import UNRELATED
from checker.types import Article, Finding, Quotation, QuotationKind, Span
from index import load_encoder
from index.types import Encoder, Passage

from .drift_examples import FAITHFUL, Pair, examples
from .matching import Floats, fit
from .scorer.examples import trained_texts
from .scorer.settings import DEFAULT_CONFIG, load_settings

OUTPUT = Path(__file__).resolve().parent.parent / "checker" / "matching" / WEIGHTS
FOLDS = 3
RIDGE = 3.0
CHUNK = 64
SLIPPED = 0.4
"""One minus the cosine from which a pair of the corpus is not believed to be a translation."""
SEED = 7
FLAT = 1e-6
"""Spread below which a signal is the same for all pairs."""
FREE = frozenset(("brief", "outer gap", "disorder", "unlinked information quote"))
"""Signals that tell how long a text is or how it was cut, and so may speak for a quotation as well."""
BINS = 10
LEARNED = "MQ117"
"""The rule that says nothing but what the reading says, so it is no signal beside it."""
MEANING = ("meaning",)
STRONGEST = 15
"""Signals that are printed with what one standard deviation of them adds to the log-odds."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What the pipeline says of one pair: the arguments of ``drift``."""

    pair: Pair
    comparison: Comparison
    cosine: float
    findings: tuple[Finding, ...]
    reading: Reading


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A pair after alignment, before the rules."""

    pair: Pair
    matched: Matched
    comparison: Comparison
    cosine: float


def measure(pairs: Sequence[Pair], encoder: Encoder, scorer: Scorer) -> Iterator[Measured]:
    """Compare each pair as :meth:`checker.pipeline.Checker.compare` does; texts are encoded in batches."""
    checker = Checker(encoder=encoder)
    for start in range(0, len(pairs), CHUNK):
        chunk = pairs[start : start + CHUNK]
        laid = [item for item in lay(chunk, encoder) if readable(item.comparison)]
        readings = scorer.read([item.comparison for item in laid])
        for item, reading in zip(laid, readings, strict=True):
            found = tuple(replace(judged, reading=reading) for judged in item.matched.judged)
            article = Article("quote", item.pair.quote, item.pair.quote_language)
            case = case_of(article, replace(item.matched, judged=found))
            findings = tuple(f for f in checker.apply_rules(case) if f.rule != LEARNED)
            yield Measured(item.pair, item.comparison, item.cosine, findings, reading)


def lay(pairs: Sequence[Pair], encoder: Encoder) -> Iterator[Laid]:
    """Encode and align the pairs."""
    texts = sorted({text for p in pairs for text in (p.quote, p.source)})
    vectors, tokens = encoder.encode_both(texts)
    place = {text: n for n, text in enumerate(texts)}
    for pair in pairs:
        q, s = place[pair.quote], place[pair.source]
        side = make_side(pair.quote, pair.quote_language, tokens=tokens[q])
        other = make_side(pair.source, pair.source_language, tokens=tokens[s])
        passage = Passage("0", pair.source, pair.source_language, ({"kind": "direct"},))
        cosine = float(vectors[s] @ vectors[q])
        candidate = candidate_of(passage, cosine, side)
        matched = judge(_quotation(pair.quote), side, [candidate], {"0": other}, floor=UNRELATED, short=False)
        comparison = (
            matched.judged[0].comparison
            if matched.judged
            else compare_sides(matched.align_with(other), QuotationKind.DIRECT)
        )
        yield Laid(pair, matched, comparison, cosine)


def _quotation(text: str) -> Quotation:
    whole = Span(0, len(text))
    return Quotation("q1", (whole,), text, QuotationKind.DIRECT, whole)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Signals and answers of many pairs."""

    signals: Floats
    """Shape ``(pairs, len(names))``."""
    names: tuple[str, ...]
    """Of the signals."""
    changed: npt.NDArray[np.bool_]
    types: tuple[str, ...]
    aside: npt.NDArray[np.bool_]

    def where(self, mask: npt.NDArray[np.bool_]) -> Table:
        """The rows of a mask."""
        types = tuple(t for t, chosen in zip(self.types, mask, strict=True) if chosen)
        return Table(self.signals[mask], self.names, self.changed[mask], types, self.aside[mask])

    def only(self, names: Sequence[str]) -> Table:
        """These signals alone."""
        columns = [self.names.index(name) for name in names]
        return replace(self, signals=self.signals[:, columns], names=tuple(names))


def table_of(measured: Sequence[tuple[Pair, Floats]]) -> Table:
    """Pairs with their signals as arrays."""
    return Table(
        signals=np.array([values for _, values in measured]),
        names=READ_FEATURES,
        changed=np.array([pair.changed for pair, _ in measured]),
        types=tuple(pair.type for pair, _ in measured),
        aside=np.array([pair.group // FOLDS % FOLDS == 0 for pair, _ in measured]),
    )


def without_misaligned(rows: Sequence[tuple[Pair, Floats]]) -> list[tuple[Pair, Floats]]:
    """Rows without the sentences whose own translation is so unlike them that the corpus must have slipped."""
    unlike = READ_FEATURES.index("unlike")
    slipped = {pair.group for pair, values in rows if pair.type == FAITHFUL and values[unlike] > SLIPPED}
    return [row for row in rows if row[0].group not in slipped]


def fit_table(table: Table) -> tuple[float, Floats]:
    """Bias and one coefficient per signal; the ridge acts on signals of unit variance.

    No signal may lower the score but those of ``FREE``: where the fit would have it so, because two
    signals say much the same, the worst one is left out and the rest fitted again.
    """
    mean, spread = table.signals.mean(axis=0), table.signals.std(axis=0)
    used = spread > FLAT
    scaled = (table.signals - mean) / np.where(used, spread, 1.0)
    bound = np.array([name not in FREE for name in table.names])
    while True:
        columns = np.concatenate([np.ones((len(scaled), 1)), scaled[:, used]], axis=1)
        weights = fit(columns, table.changed.astype(np.float64), ridge=RIDGE)
        found = np.zeros(len(mean))
        found[used] = weights[1:]
        wrong = np.where(bound, found, 0.0)
        if (wrong >= 0.0).all():
            break
        used[np.argmin(wrong)] = False
    coefficients = found / np.where(spread > FLAT, spread, 1.0)
    bias = float(weights[0] - coefficients @ mean)
    return bias + _to_even_odds(table.changed), coefficients


def _to_even_odds(changed: npt.NDArray[np.bool_]) -> float:
    """What moves the log-odds from the share of damaged examples to one half."""
    share = float(changed.mean())
    return float(np.log((1.0 - share) / share))


def probabilities(bias: float, coefficients: Floats, values: Floats) -> Floats:
    """The logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(bias + values @ coefficients, -40, 40))))


def calibration_error(p: Floats, changed: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error: mean distance of confidence and frequency over bins of equal width."""
    places = np.minimum((p * BINS).astype(int), BINS - 1)
    inside = [places == b for b in range(BINS)]
    return float(sum(m.mean() * abs(p[m].mean() - changed[m].mean()) for m in inside if m.any()))


def reliability(p: Floats, changed: npt.NDArray[np.bool_]) -> str:
    """Of each bin: the mean probability, how often there was a change, and how many pairs there are."""
    places = np.minimum((p * BINS).astype(int), BINS - 1)
    inside = [places == b for b in range(BINS)]
    return ", ".join(f"{p[m].mean():.2f}: {changed[m].mean():.2f} ({m.sum()})" for m in inside if m.any())


def report(name: str, p: Floats, table: Table) -> None:
    """Print how well each type of damage is told from all that is lawful."""
    ok = ~table.changed
    print(f"{name}: n={len(p)}, AUROC {auroc(list(p), list(table.changed)):.3f}, ", end="")
    print(f"recall at 5 % {recall_at_false_alarms(list(p), list(table.changed)):.3f}, ", end="")
    print(f"calibration error {calibration_error(p, table.changed):.3f}")
    print(f"  probability: share changed (pairs) {reliability(p, table.changed)}")
    rows: dict[str, list[int]] = defaultdict(list)
    for n, kind in enumerate(table.types):
        rows[kind].append(n)
    for kind, members in sorted(rows.items(), key=lambda item: (not ok[item[1][0]], item[0])):
        chosen = np.array(members)
        if ok[chosen[0]]:
            print(
                f"  lawful {kind:<22} mean {p[chosen].mean():.2f}, from 0.5 up {np.mean(p[chosen] >= 0.5):.2f}, n={len(chosen)}"
            )
            continue
        scores = [*p[chosen], *p[ok]]
        truth = [True] * len(chosen) + [False] * int(ok.sum())
        recall = recall_at_false_alarms(scores, truth)
        print(
            f"  damage {kind:<22} AUROC {auroc(scores, truth):.3f}, recall at 5 % {recall:.3f}, n={len(chosen)}"
        )


def fit_and_report(name: str, table: Table) -> Mapping[str, object]:
    """Fit on two thirds and report on the third kept aside; the weights returned are fitted on all."""
    aside = table.where(table.aside)
    report(name, probabilities(*fit_table(table.where(~table.aside)), aside.signals), aside)
    bias, coefficients = fit_table(table)
    influence = coefficients * table.signals.std(axis=0)
    order = np.argsort(-np.abs(influence))[:STRONGEST]
    print("  strongest: " + ", ".join(f"{table.names[k]} {influence[k]:+.2f}" for k in order))
    return {"bias": round(bias, 4), "coefficients": [round(float(c), 4) for c in coefficients]}


def sets_of(name: str, table: Table) -> Mapping[str, object]:
    """The three sets of weights for pairs across languages, or within one."""
    parts = {"read": READ_FEATURES, "unread": FEATURES, "meaning": MEANING}
    return {part: fit_and_report(f"{name}, {part}", table.only(names)) for part, names in parts.items()}


def weights_of(tables: Callable[[bool], Table], encoder: Encoder) -> str:
    """The text of ``drift.json``."""
    record = {
        "features": list(READ_FEATURES),
        "prior": 0.5,
        "encoder": encoder.info.revision,
        "across": sets_of("across languages", tables(True)),
        "within": sets_of("within a language", tables(False)),
    }
    return json.dumps(record, indent=1) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", help="folder of the encoder; the embedded one if not given")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--share", type=float, default=1.0, help="use only so much of the examples")
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    encoder = load_encoder(options.model)
    scorer = load_scorer(encoder.info)
    if scorer is None:
        raise SystemExit("there is no scorer for this encoder: train and export it first")
    trained = trained_texts(options.data, load_settings(DEFAULT_CONFIG))
    pairs = [
        p
        for p in examples(options.data, random.Random(SEED), trained)
        if random.Random(p.group).random() < options.share
    ]
    rows: dict[bool, list[tuple[Pair, Floats]]] = {True: [], False: []}
    for n, item in enumerate(measure(pairs, encoder, scorer)):
        values = signals(item.comparison, item.cosine, item.findings, item.reading)
        rows[item.comparison.cross_language].append((item.pair, values))
        if n % 1000 == 999:
            print(f"{n + 1} of {len(pairs)} pairs compared", flush=True)
    rows[True] = without_misaligned(rows[True])
    text = weights_of(lambda across: table_of(rows[across]), encoder)
    parse_weights(text)
    if not options.dry_run:
        options.output.write_text(text, encoding="utf-8")
        print(f"written: {options.output}")


if __name__ == "__main__":
    main()

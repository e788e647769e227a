"""Fits the weights of ``checker.matching.consistency.drift`` and writes them beside it.

Faithful, lawfully changed and damaged pairs go through the real pipeline, and logistic regressions on their
signals are fitted by Newton's method, across languages and within one: without the scorer on pairs of the
text it was trained on; then, on pairs it was not trained on, what its reading adds, and what its log-odds
are worth alone. A third of the sentences is kept aside for the figures. Half of the examples are damaged:
that is the prior.

    python -m training.drift --data ../shared/data [--model FOLDER] [--output FILE] [--dry-run]
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker import Checker
from checker.cases import case_of
from checker.matching.comparison import Comparison, compare_sides
from checker.matching.consistency import WEIGHTS, parse_weights
from checker.matching.matching import Matched, candidate_of, judge
from checker.matching.scorer import Reading, Scorer, load_scorer, readable
from checker.matching.sides import make_side
from checker.matching.signals import READ_FEATURES, signals
from checker.pipeline import UNRELATED
from checker.types import Article, Finding, Quotation, QuotationKind, Span
from index import load_encoder
from index.types import Encoder, Passage

from .data import fold_punctuation
from .drift_examples import Pair, examples
from .drift_fit import Table, fit_table, stacked, table_of, told, without_misaligned
from .matching import Floats
from .scorer.examples import trained_texts
from .scorer.settings import DEFAULT_CONFIG, load_settings

OUTPUT = Path(__file__).resolve().parent.parent / "checker" / "matching" / WEIGHTS
CHUNK = 64
SEED = 7
LEARNED = "MQ117"
"""The rule that says nothing but what the reading says, so it is no signal beside it."""
MEANING = ("meaning",)

Rows = list[tuple[Pair, Floats]]
"""Pairs with their signals."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What the pipeline says of one pair: the arguments of ``drift``."""

    pair: Pair
    comparison: Comparison
    cosine: float
    findings: tuple[Finding, ...]
    reading: Reading | None


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A pair after alignment, before the rules."""

    pair: Pair
    matched: Matched
    comparison: Comparison
    cosine: float


def measure(pairs: Sequence[Pair], encoder: Encoder, scorer: Scorer | None) -> Iterator[Measured]:
    """Compare each pair as :meth:`checker.pipeline.Checker.compare` does; texts are encoded in batches."""
    checker = Checker(encoder=encoder)
    for start in range(0, len(pairs), CHUNK):
        chunk = pairs[start : start + CHUNK]
        laid = [item for item in lay(chunk, encoder) if readable(item.comparison)]
        comparisons = [item.comparison for item in laid]
        readings = [None] * len(laid) if scorer is None else scorer.read(comparisons)
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


def sets_of(name: str, base: Table, fresh: Table) -> Mapping[str, object]:
    """The three sets of weights for pairs across languages, or within one."""
    meaning = fresh.only(MEANING)
    plain, inner = fit_table(base), fit_table(base.where(~base.aside))
    return {
        "read": told(
            f"{name}, read", stacked(plain, fresh), fresh, stacked(plain, fresh.where(~fresh.aside))
        ),
        "unread": told(f"{name}, unread", plain, base, inner),
        "meaning": told(
            f"{name}, meaning", fit_table(meaning), meaning, fit_table(meaning.where(~meaning.aside))
        ),
    }


def weights_of(base: Mapping[bool, Rows], fresh: Mapping[bool, Rows], revision: str) -> str:
    """The text of ``drift.json``; the rows by whether they cross languages."""
    across = (table_of(without_misaligned(rows[True])) for rows in (base, fresh))
    within = (table_of(rows[False]) for rows in (base, fresh))
    record = {
        "features": list(READ_FEATURES),
        "prior": 0.5,
        "encoder": revision,
        "across": sets_of("across languages", *across),
        "within": sets_of("within a language", *within),
    }
    return json.dumps(record, indent=1) + "\n"


def rows_of(pairs: Sequence[Pair], encoder: Encoder, scorer: Scorer | None) -> dict[bool, Rows]:
    """Each pair with its signals, by whether it crosses languages."""
    rows: dict[bool, Rows] = {True: [], False: []}
    for n, item in enumerate(measure(pairs, encoder, scorer)):
        values = signals(item.comparison, item.cosine, item.findings, item.reading)
        rows[item.comparison.cross_language].append((item.pair, values))
        if n % 1000 == 999:
            print(f"{n + 1} of {len(pairs)} pairs compared", flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", help="folder of the encoder; the embedded one if not given")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    encoder = load_encoder(options.model)
    scorer = load_scorer(encoder.info)
    if scorer is None:
        raise SystemExit("there is no scorer for this encoder: train and export it first")
    trained = trained_texts(options.data, load_settings(DEFAULT_CONFIG))
    fresh = examples(options.data, random.Random(SEED), trained)
    apart = frozenset(fold_punctuation(text) for pair in fresh for text in (pair.quote, pair.source))
    base = examples(options.data, random.Random(SEED), apart)
    text = weights_of(rows_of(base, encoder, None), rows_of(fresh, encoder, scorer), encoder.info.revision)
    parse_weights(text)
    if not options.dry_run:
        options.output.write_text(text, encoding="utf-8")
        print(f"written: {options.output}")


if __name__ == "__main__":
    main()

"""Logistic functions of the signals: how they are fitted, and how well they tell changed pairs from faithful ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from benchmarks.evaluation import auroc, recall_at_false_alarms
from checker.matching.signals import FEATURES, READ_FEATURES

from .drift_examples import FAITHFUL, Pair
from .matching import Floats, fit

FOLDS = 3
RIDGE = 3.0
SLIPPED = 0.4
"""One minus the cosine from which a pair of the corpus is not believed to be a translation."""
FLAT = 1e-6
"""Spread below which a signal is the same for all pairs."""
FREE = frozenset(("brief", "outer gap", "disorder", "unlinked information quote"))
"""Signals that tell how long a text is or how it was cut, and so may speak for a quotation as well."""
BINS = 10
HEARD = 0.5
"""Share of what the scorer adds on generated changes that it is given.

It was trained on the same generators, and is worth less on what people write: with all of it the AUROC on the
project's own pairs (those built with) is 0.825, with half of it 0.842, with none 0.837; on a quarter of
demetr-id 0.742, 0.744 and 0.732.
"""
STRONGEST = 15
"""Signals that are printed with what one standard deviation of them adds to the log-odds."""

Fit = tuple[float, Floats]
"""Bias and one coefficient per signal."""


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
    """Pairs with their signals as arrays; all of them were read, or none."""
    values = np.array([values for _, values in measured])
    return Table(
        signals=values,
        names=READ_FEATURES if values.shape[1] == len(READ_FEATURES) else FEATURES,
        changed=np.array([pair.changed for pair, _ in measured]),
        types=tuple(pair.type for pair, _ in measured),
        aside=np.array([pair.group // FOLDS % FOLDS == 0 for pair, _ in measured]),
    )


def without_misaligned(rows: Sequence[tuple[Pair, Floats]]) -> list[tuple[Pair, Floats]]:
    """Rows without the sentences whose own translation is so unlike them that the corpus must have slipped."""
    unlike = READ_FEATURES.index("unlike")
    slipped = {pair.group for pair, values in rows if pair.type == FAITHFUL and values[unlike] > SLIPPED}
    return [row for row in rows if row[0].group not in slipped]


def fit_table(table: Table) -> Fit:
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


def _bins(p: Floats) -> Iterator[npt.NDArray[np.bool_]]:
    """Which pairs lie in each bin of equal width that has any."""
    places = np.minimum((p * BINS).astype(int), BINS - 1)
    return (places == number for number in np.unique(places))


def calibration_error(p: Floats, changed: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error: mean distance of confidence and frequency over bins of equal width."""
    return float(sum(m.mean() * abs(p[m].mean() - changed[m].mean()) for m in _bins(p)))


def reliability(p: Floats, changed: npt.NDArray[np.bool_]) -> str:
    """Of each bin: the mean probability, how often there was a change, and how many pairs there are."""
    return ", ".join(f"{p[m].mean():.2f}: {changed[m].mean():.2f} ({m.sum()})" for m in _bins(p))


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


def stacked(base: Fit, table: Table) -> Fit:
    """Weights of ``READ_FEATURES``: those of ``base``, and ``HEARD`` of what the scorer adds to them.

    ``base`` was fitted on other pairs without the scorer; ``table`` holds pairs that it was not trained on.
    """
    split = len(FEATURES)
    plain, read = table.signals[:, :split], table.signals[:, split:]
    changed = table.changed.astype(np.float64)
    logit = base[0] + plain @ base[1]
    ones = np.ones(len(changed))
    _, scale, *extra = fit(np.column_stack([ones, logit, read]), changed)
    heard = HEARD * np.array(extra)
    shift, stretch = fit(np.column_stack([ones, scale * logit + read @ heard]), changed)
    bias = float(shift + stretch * scale * base[0]) + _to_even_odds(table.changed)
    return bias, np.concatenate([stretch * scale * base[1], stretch * heard])


def told(name: str, found: Fit, table: Table, aside: Fit) -> dict[str, object]:
    """The weights of the file. Prints what ``aside``, fitted without them, makes of the pairs kept aside."""
    kept = table.where(table.aside)
    report(name, probabilities(*aside, kept.signals), kept)
    bias, coefficients = found
    influence = coefficients * table.signals.std(axis=0)
    order = np.argsort(-np.abs(influence))[:STRONGEST]
    print("  strongest: " + ", ".join(f"{table.names[k]} {influence[k]:+.2f}" for k in order))
    return {"bias": round(bias, 4), "coefficients": [round(float(c), 4) for c in coefficients]}

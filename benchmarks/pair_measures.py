"""What is measured on judged pairs: by type of damage, on faithful pairs, as inference; with intervals.

Intervals are those of the percentile bootstrap (Efron 1979) over groups: pairs that share a text rise and
fall together, so whole groups are drawn, with replacement, from a generator that is passed in.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.evaluation import auroc, recall_at_false_alarms
from benchmarks.pair_judges import Outcome
from checker.types import Severity, Verdict

DRAWS = 500
EVEN = 0.5
"""The ``drift`` score is a probability, so from here on a change is the likelier case."""
CONTRADICTS = frozenset(f"MQ10{n}" for n in range(1, 10))
"""Rules on a value, name or word that the source gives differently."""
CLASSES = ("ok", "contradiction", "addition")

Rows = npt.NDArray[np.int64]
Statistic = Callable[[Rows], float]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with its 95 % interval; higher is better unless ``lower``."""

    name: str
    value: float
    low: float
    high: float
    n: int
    aim: float | None = None
    lower: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None where there is none, or nothing was measured."""
        if self.aim is None or math.isnan(self.value):
            return None
        return self.value <= self.aim if self.lower else self.value >= self.aim


@dataclass(frozen=True, slots=True)
class Separation:
    """How well a score tells damaged pairs from faithful ones."""

    auroc: float
    recall: float
    """At 5 % false alarms, with the threshold that all types share."""
    alarms: float | None = None
    """Share it objects to, where it says yes or no."""


@dataclass(frozen=True, slots=True)
class DamageRow:
    """One type of damage, or several together."""

    name: str
    n: int
    drift: Separation
    error: float
    right_error: float | None
    """Share with an error of a right rule; None where no rule of that level names the change."""
    right: float | None
    """Share with a finding of a right rule at any level."""
    warning: float
    marked: float | None
    """Of those found under a right rule, the share whose marks touch the changed words."""
    others: tuple[Separation, ...]
    """The baselines."""


@dataclass(frozen=True, slots=True)
class FaithfulRow:
    """Faithful pairs of one kind, or several together: everything said of them is a false alarm."""

    name: str
    n: int
    error: float
    warning: float
    unrecognised: float
    """Share judged not to be the same utterance."""
    alarms: tuple[float | None, ...] = ()
    """Of the baselines that say yes or no."""


Scored = tuple[Sequence[float], Sequence[bool] | None]
"""Scores of a baseline in the order of the outcomes, and its alarms where it has any."""


def share(flags: Iterable[bool]) -> float:
    """The share that is true; NaN of nothing."""
    values = list(flags)
    return sum(values) / len(values) if values else float("nan")


def faithful(outcomes: Sequence[Outcome]) -> list[int]:
    """Where the faithful pairs are."""
    return [n for n, o in enumerate(outcomes) if o.pair.label == "ok"]


def damaged(outcomes: Sequence[Outcome], types: Iterable[str] | None = None) -> list[int]:
    """Where the damaged pairs are, of some types or of all."""
    chosen = None if types is None else frozenset(types)
    return [
        n
        for n, o in enumerate(outcomes)
        if o.pair.label == "drift" and (chosen is None or o.pair.type in chosen)
    ]


def separation(
    scores: Sequence[float], kept: Sequence[int], lost: Sequence[int], alarms: Sequence[bool] | None = None
) -> Separation:
    """How well ``scores`` tell the rows ``lost`` (damaged) from the rows ``kept`` (faithful)."""
    values = [scores[n] for n in (*lost, *kept)]
    truth = [True] * len(lost) + [False] * len(kept)
    objected = None if alarms is None else share(alarms[n] for n in lost)
    return Separation(auroc(values, truth), recall_at_false_alarms(values, truth), objected)


def damage_row(
    name: str, outcomes: Sequence[Outcome], rows: Sequence[int], others: Sequence[Scored]
) -> DamageRow:
    """What is said of the damaged pairs at ``rows``, with all faithful pairs of the set as the other class."""
    kept, chosen = faithful(outcomes), [outcomes[n] for n in rows]
    named = [o for o in chosen if o.pair.rules]
    weighty = [o for o in named if o.pair.level == "error"]
    marks = [o.marked for o in chosen if o.marked is not None]
    return DamageRow(
        name=name,
        n=len(rows),
        drift=separation([o.drift for o in outcomes], kept, rows),
        error=share(o.has(Severity.ERROR) for o in chosen),
        right_error=share(o.right(Severity.ERROR) for o in weighty) if weighty else None,
        right=share(o.right() for o in named) if named else None,
        warning=share(o.has(Severity.WARNING) for o in chosen),
        marked=share(marks) if marks else None,
        others=tuple(separation(scores, kept, rows, alarms) for scores, alarms in others),
    )


def faithful_row(
    name: str, outcomes: Sequence[Outcome], rows: Sequence[int], others: Sequence[Scored]
) -> FaithfulRow:
    """What is said of the faithful pairs at ``rows``."""
    chosen = [outcomes[n] for n in rows]
    return FaithfulRow(
        name=name,
        n=len(rows),
        error=share(o.has(Severity.ERROR) for o in chosen),
        warning=share(o.has(Severity.WARNING) for o in chosen),
        unrecognised=share(o.verdict == Verdict.UNVERIFIED.value for o in chosen),
        alarms=tuple(None if alarms is None else share(alarms[n] for n in rows) for _, alarms in others),
    )


def by_type(outcomes: Sequence[Outcome], label: str) -> dict[str, list[int]]:
    """Rows of one label by type, types in alphabetical order."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, outcome in enumerate(outcomes):
        if outcome.pair.label == label:
            found[outcome.pair.type].append(n)
    return dict(sorted(found.items()))


def said(outcome: Outcome) -> str:
    """The class of inference that a result amounts to.

    ``contradiction``: a finding, at warning or error, that the source gives a value, name or word
    differently (``CONTRADICTS``). ``addition``: no such finding, but the source is judged not to report
    the utterance at all, or something was added (MQ111), or the ``drift`` score is at least even. ``ok``:
    none of these; what the source has beyond the quotation is no fault, since a hypothesis may say less.
    """
    weighty = {rule for rule, level in outcome.found if level != Severity.INFO.value}
    if weighty & CONTRADICTS:
        return "contradiction"
    unsupported = outcome.verdict == Verdict.UNVERIFIED.value or "MQ111" in weighty
    return "addition" if unsupported or outcome.drift >= EVEN else "ok"


def truth(outcome: Outcome) -> str:
    """The class that the set gives a pair."""
    if outcome.pair.label == "ok":
        return "ok"
    return "addition" if outcome.pair.type == "content-added" else "contradiction"


def macro_f1(right: Sequence[str], given: Sequence[str]) -> float:
    """Mean of the F1 of the classes that occur in ``right``."""
    scores = []
    for name in sorted(set(right)):
        hits = sum(r == g == name for r, g in zip(right, given, strict=True))
        total = right.count(name) + given.count(name)
        scores.append(2 * hits / total)
    return sum(scores) / len(scores) if scores else float("nan")


def best_accuracy(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Accuracy at the best threshold for this very set: more than a baseline would reach on another."""
    values, truth_ = np.asarray(scores, dtype=np.float64), np.asarray(positive, dtype=np.bool_)
    order = np.argsort(-values, kind="stable")
    gained = np.concatenate([[0], np.cumsum(np.where(truth_[order], 1, -1))])
    # A threshold falls between two different scores only.
    ends = np.concatenate([[True], np.diff(values[order]) != 0, [True]])
    return float((gained[ends].max() + (~truth_).sum()) / len(values)) if len(values) else float("nan")


def interval(
    groups: Sequence[str], statistic: Statistic, chance: np.random.Generator, draws: int = DRAWS
) -> tuple[float, float]:
    """The 95 % interval of ``statistic``, a function of row numbers; NaN where it has no value."""
    members: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        members[group].append(n)
    parts = [np.asarray(rows, dtype=np.int64) for rows in members.values()]
    if not parts:
        return float("nan"), float("nan")
    drawn = chance.integers(len(parts), size=(draws, len(parts)))
    values = np.array([statistic(np.concatenate([parts[k] for k in row])) for row in drawn])
    values = values[~np.isnan(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)

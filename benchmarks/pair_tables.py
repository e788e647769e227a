"""Tables of judged pairs, as Markdown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from benchmarks.evaluation import auroc
from benchmarks.pair_baselines import Baseline
from benchmarks.pair_judges import Outcome
from benchmarks.pair_measures import (
    DamageRow,
    FaithfulRow,
    Measure,
    Scored,
    Separation,
    best_accuracy,
    by_type,
    damage_row,
    damaged,
    faithful,
    faithful_row,
)


def percent(value: float | None) -> str:
    """A share; a dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{100 * value:.1f}"


def number(value: float | None) -> str:
    """A figure between 0 and 1; a dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{value:.3f}"


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table: the first column is text, the others are numbers."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main_table(measures: Iterable[Measure]) -> str:
    """Every main figure beside its aim."""
    rows = []
    for m in measures:
        aim = ""
        if m.aim is not None:
            missed = " (**missed**)" if m.met is False else ""
            aim = f"{'at most' if m.lower else 'at least'} {percent(m.aim)}{missed}"
        rows.append([m.name, percent(m.value), f"{percent(m.low)} to {percent(m.high)}", str(m.n), aim])
    return markdown(["figure, in %", "value", "95 % interval", "n", "aim"], rows)


def scored(baselines: Iterable[Baseline], size: int) -> list[tuple[str, Scored]]:
    """The baselines that apply to every pair of the set, by name."""
    found: list[tuple[str, Scored]] = []
    for baseline in baselines:
        scores = [s for s in baseline.scores if s is not None]
        alarms = None if baseline.alarms is None else [bool(a) for a in baseline.alarms]
        if len(scores) == size:
            found.append((baseline.name, (scores, alarms)))
    return found


def damage_rows(
    outcomes: Sequence[Outcome],
    others: Sequence[Scored],
    totals: Sequence[tuple[str, Callable[[Outcome], bool]]],
) -> Iterator[DamageRow]:
    """One row a type, then the totals, each of the damaged pairs it is true of."""
    for name, rows in by_type(outcomes, "drift").items():
        yield damage_row(name, outcomes, rows, others)
    for name, wanted in totals:
        rows = [n for n in damaged(outcomes) if wanted(outcomes[n])]
        if rows:
            yield damage_row(name, outcomes, rows, others)


def damage_table(rows: Iterable[DamageRow], names: Sequence[str]) -> str:
    """Types of damage: misquote's columns, then AUROC and recall of each baseline (and its objections)."""
    own = ["n", "AUROC", "recall", "error", "right error", "right rule", "warning", "marked"]
    return markdown(["type", *own, *names], [_damage_cells(row) for row in rows])


def _damage_cells(row: DamageRow) -> list[str]:
    shares = (row.drift.recall, row.error, row.right_error, row.right, row.warning, row.marked)
    return [
        row.name,
        str(row.n),
        number(row.drift.auroc),
        *map(percent, shares),
        *(_baseline_cell(other) for other in row.others),
    ]


def _baseline_cell(other: Separation) -> str:
    objected = "" if other.alarms is None else f" / {percent(other.alarms)}"
    return f"{number(other.auroc)} / {percent(other.recall)}{objected}"


def faithful_rows(
    outcomes: Sequence[Outcome], others: Sequence[Scored], label: str = "ok"
) -> Iterator[FaithfulRow]:
    """One row a kind of lawful change, then all."""
    for name, rows in by_type(outcomes, label).items():
        yield faithful_row(name, outcomes, rows, others)
    if label == "ok":
        yield faithful_row("all faithful pairs", outcomes, faithful(outcomes), others)


def faithful_table(rows: Iterable[FaithfulRow], names: Sequence[str]) -> str:
    """Faithful pairs: shares in per cent, all of them false alarms."""
    cells = [
        [r.name, str(r.n), *map(percent, (r.error, r.warning, r.unrecognised)), *map(percent, r.alarms)]
        for r in rows
    ]
    return markdown(["kind", "n", "error", "warning", "not recognised", *names], cells)


def language_rows(
    outcomes: Sequence[Outcome], right: Callable[[Outcome], bool | None]
) -> Iterator[list[str]]:
    """By pair of languages: the share ``right`` is true of, and the false alarms."""
    pairs = sorted({(o.pair.source_language, o.pair.quote_language) for o in outcomes})
    for source, quote in pairs:
        chosen = [o for o in outcomes if (o.pair.source_language, o.pair.quote_language) == (source, quote)]
        flags = [flag for o in chosen if (flag := right(o)) is not None]
        kept = faithful_row("", chosen, faithful(chosen), ())
        found = percent(sum(flags) / len(flags)) if flags else "–"
        yield [
            f"{source} to {quote}",
            str(len(flags)),
            found,
            str(kept.n),
            percent(kept.error),
            percent(kept.warning),
        ]


def language_table(rows: Iterable[Sequence[str]]) -> str:
    """Pairs of languages, source first."""
    header = ["languages", "error-level damages", "right error", "lawful", "error", "warning"]
    return markdown(header, rows)


def inference_row(
    name: str, outcomes: Sequence[Outcome], baselines: Iterable[Baseline]
) -> Iterator[list[str]]:
    """AUROC, best accuracy and objections of each score on a set of premise and hypothesis."""
    positive = [o.pair.label == "drift" for o in outcomes]
    scores: list[tuple[str, Scored]] = [("drift", ([o.drift for o in outcomes], None))]
    for score, (values, alarms) in [*scores, *scored(baselines, len(outcomes))]:
        accuracy = None
        if alarms is not None:
            accuracy = sum(a == p for a, p in zip(alarms, positive, strict=True)) / len(positive)
        cells = (number(auroc(values, positive)), percent(best_accuracy(values, positive)), percent(accuracy))
        yield [name, str(len(outcomes)), score, *cells]

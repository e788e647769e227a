"""The pairs that were judged wrongly, for reading: never those kept aside, of a public set its first half only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.pair_judges import Outcome
from checker.types import Severity


def readable(name: str, size: int) -> int:
    """How many pairs from the beginning of a set may be read: all that may be built with."""
    if name == "own-aside":
        return 0
    return size if name == "own-built" else size // 2


def is_wrong(outcome: Outcome) -> bool:
    """Whether a faithful pair got a warning or error, or a damage no finding of a right rule at its level."""
    weighty = outcome.has(Severity.ERROR) or outcome.has(Severity.WARNING)
    if outcome.pair.label == "ok":
        return weighty
    if outcome.pair.level == Severity.ERROR.value:
        return not outcome.right(Severity.ERROR)
    return not (outcome.right() if outcome.pair.rules else weighty)


def wrong_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Two lines a wrong pair: what was wanted and said, then both texts."""
    for outcome in filter(is_wrong, outcomes):
        pair = outcome.pair
        wanted = " or ".join(sorted(pair.rules)) + f" {pair.level}" if pair.rules else pair.label
        given = ", ".join(f"{rule} {level}" for rule, level in sorted(outcome.found)) or "nothing"
        yield f"{pair.id} {pair.type}: wanted {wanted}; said {given}; {outcome.verdict}, drift {outcome.drift:.2f}"
        yield f"    {pair.quote}  <=  {pair.source}"

"""Marked text for formats that wrap by themselves: a run of characters under the same mark, or under none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .exhibits import Side
from .segments import ELLIPSIS, Mark, clip, covering

_GAP = f" {ELLIPSIS} "


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one text, not made safe."""

    text: str
    mark: Mark | None = None
    last: bool = False
    """Whether the mark ends here, so that its label is said here."""


def runs_of(side: Side, budget: int) -> list[Run]:
    """The part of a side to show, at most about ``budget`` characters; each mark keeps its words.

    An ellipsis stands for what was left out. A mark that is cut, or crossed by another, has several runs.
    """
    excerpt = clip(side.text, side.visible, side.marks, budget)
    runs: list[Run] = []
    for number, part in enumerate(excerpt.parts):
        if number or excerpt.cut_before:
            runs.append(Run(_GAP.lstrip() if not number else _GAP))
        covered = covering(part, side.marks)
        runs += _runs(part.of(side.text), covered, side.marks)
    if excerpt.cut_after:
        runs.append(Run(_GAP.rstrip()))
    return _with_ends(runs)


def _runs(text: str, covered: Sequence[int | None], marks: Sequence[Mark]) -> Iterator[Run]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or covered[at] != covered[start]:
            number = covered[start]
            yield Run(text[start:at], None if number is None else marks[number])
            start = at


def _with_ends(runs: Sequence[Run]) -> list[Run]:
    """The runs, the last one of each mark told so."""
    ends = {id(run.mark): at for at, run in enumerate(runs) if run.mark is not None}
    last = set(ends.values())
    return [Run(run.text, run.mark, at in last) for at, run in enumerate(runs)]

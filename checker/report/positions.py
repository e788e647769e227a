"""Offsets as line and column; the only place that does so."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")


class Position(NamedTuple):
    """A place as editors count it: both from 1, the column in code points."""

    line: int
    column: int


class Lines:
    """The lines of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self._length = len(text)

    def position(self, offset: int) -> Position:
        """Where ``offset`` lies; an offset outside the text is moved to its nearest end."""
        inside = min(max(offset, 0), self._length)
        line = bisect_right(self._starts, inside)
        return Position(line, inside - self._starts[line - 1] + 1)

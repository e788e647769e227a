"""Text with marked words, cut to what matters and wrapped to rows of terminal cells.

A row holds pieces of text, each marked or not, and for every marked piece the place of its
caret line. Widths are in cells: a Chinese character takes two, a combining accent none.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, split_graphemes

from ..types import Span
from .safe_text import terminal_characters

ELLIPSIS = "…"

_NEVER_FIRST = frozenset(",.;:!?)]}%’”»›、。，；：！？）】》」』”’％…")
_NEVER_LAST = frozenset("([{‘“«‹（【《「『“‘")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to point at, and what to say beside them."""

    span: Span
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of one row, under the same mark or under none."""

    text: str
    column: int
    """Cells from the start of the row."""
    width: int
    mark: int | None = None
    """Which of the marks covers it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line on the screen."""

    pieces: tuple[Piece, ...]
    start: int
    """Offset of its first character in the text that was laid out."""

    @property
    def text(self) -> str:
        """The characters of the row."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a text."""

    text: str
    parts: tuple[Span, ...]
    """In order; between two of them something was left out."""
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    """One grapheme on the screen."""

    text: str
    width: int
    start: int
    mark: int | None
    breaks: bool
    """A line end of the text itself."""


def right_to_left(text: str) -> bool:
    """Whether the text holds letters that run from right to left, under which no caret can be aligned."""
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text if c > "\u0590")


def clip(text: str, visible: Span, marks: Sequence[Mark], budget: int) -> Excerpt:
    """The parts of ``text[visible]`` to show, at most about ``budget`` characters together.

    All of it when it fits. Else the surroundings of each mark, cut at spaces where there are
    some; of a mark too long to show, its two ends.
    """
    inside = _stripped(text, Span(max(0, visible.start), min(len(text), visible.end)))
    if inside.end - inside.start <= budget:
        return Excerpt(text, (inside,))
    spans = [m.span for m in marks if m.span.overlaps(inside)] or [Span(inside.start, inside.start)]
    share = max(24, budget // len(spans))
    wanted: list[Span] = []
    for span in spans:
        length = span.end - span.start
        if length > share:
            half = share // 2
            wanted += [Span(span.start - 12, span.start + half), Span(span.end - half, span.end + 12)]
        else:
            before = min((share - length) // 2, max(0, span.start - inside.start))
            wanted.append(Span(span.start - before, span.end + share - length - before))
    bounded = (Span(max(s.start, inside.start), min(s.end, inside.end)) for s in wanted)
    parts = _merged([_at_spaces(text, part, inside) for part in bounded])
    return Excerpt(text, tuple(parts), parts[0].start > inside.start, parts[-1].end < inside.end)


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _at_spaces(text: str, span: Span, inside: Span) -> Span:
    """``span`` without the part words at its ends, if a space is near."""
    start, end = span.start, span.end
    if start > inside.start:
        found = text.find(" ", start, min(start + 16, end))
        start = found + 1 if found >= 0 else start
    if end < inside.end:
        found = text.rfind(" ", max(end - 16, start), end)
        end = found if found >= 0 else end
    return Span(start, end) if start < end else span


def _merged(spans: Sequence[Span], near: int = 3) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end + near:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def rows(excerpt: Excerpt, marks: Sequence[Mark], width: int, *, keep_lines: bool = False) -> list[Row]:
    """The excerpt as rows of at most ``width`` cells, an ellipsis where something was left out.

    Line ends of the text become a space, or start a new row when ``keep_lines`` is set.
    """
    units = list(_units(excerpt, marks, keep_lines))
    laid: list[Row] = []
    first = 0
    while first < len(units):
        end, following = _row_end(units, first, width)
        if end > first:
            laid.append(_row(units[first:end]))
        first = following
    return [row for row in laid if row.pieces]


def _units(excerpt: Excerpt, marks: Sequence[Mark], keep_lines: bool) -> Iterator[_Unit]:
    for number, part in enumerate(excerpt.parts):
        if number:
            yield _Unit(" ", 1, part.start, None, False)
        if number or excerpt.cut_before:
            yield _Unit(ELLIPSIS, 1, part.start, None, False)
            yield _Unit(" ", 1, part.start, None, False)
        yield from _part_units(excerpt.text, part, marks, keep_lines)
    if excerpt.cut_after:
        end = excerpt.parts[-1].end
        yield _Unit(" ", 1, end, None, False)
        yield _Unit(ELLIPSIS, 1, end, None, False)


def _part_units(text: str, part: Span, marks: Sequence[Mark], keep_lines: bool) -> Iterator[_Unit]:
    raw = part.of(text)
    shown = terminal_characters(raw)
    starts = [0]
    for piece in shown:
        starts.append(starts[-1] + len(piece))
    line = "".join(shown)
    graphemes, _ = split_graphemes(line)
    covered = covering(part, marks)
    was_space = True
    for start, end, width in graphemes:
        at = max(0, bisect_left(starts, start + 1) - 1)
        character = line[start:end]
        breaks = keep_lines and raw[at] in "\n\r"
        is_space = character == " "
        if is_space and was_space and not breaks:
            continue  # runs of spaces and indents say nothing
        was_space = is_space
        yield _Unit(character, width, part.start + at, covered[at], breaks)


def covering(part: Span, marks: Sequence[Mark]) -> list[int | None]:
    """For each character of ``part`` the mark that covers it; the first wins."""
    covered: list[int | None] = [None] * (part.end - part.start)
    for number in range(len(marks) - 1, -1, -1):
        span = marks[number].span
        low, high = max(span.start, part.start), min(span.end, part.end)
        for at in range(low - part.start, high - part.start):
            covered[at] = number
    return covered


def _row_end(units: Sequence[_Unit], first: int, width: int) -> tuple[int, int]:
    """Where the row that starts at ``first`` ends, and where the next one starts."""
    used = 0
    best: tuple[int, int] | None = None
    for at in range(first, len(units)):
        unit = units[at]
        if unit.breaks:
            return at, at + 1
        if unit.text == " ":
            best = (at, at + 1)
        elif at > first and _may_break(units[at - 1], unit):
            best = (at, at)
        if used + unit.width > width and unit.text != " ":
            if best is not None and best[0] > first:
                return best
            return (at, at) if at > first else (at + 1, at + 1)
        used += unit.width
    return len(units), len(units)


def _may_break(before: _Unit, after: _Unit) -> bool:
    """Whether a line may end between two characters that no space parts (Chinese, Japanese)."""
    if after.text[0] in _NEVER_FIRST or before.text[-1] in _NEVER_LAST:
        return False
    return _ideograph(before) or _ideograph(after)


def _ideograph(unit: _Unit) -> bool:
    return unit.width == 2 and len(unit.text) == 1 and unit.text > "\u2e80"


def _row(units: Sequence[_Unit]) -> Row:
    used = list(units)
    while used and used[-1].text == " ":
        used.pop()
    pieces: list[Piece] = []
    column = 0
    at = 0
    while at < len(used):
        stop = at
        while stop < len(used) and used[stop].mark == used[at].mark:
            stop += 1
        width = sum(u.width for u in used[at:stop])
        pieces.append(Piece("".join(u.text for u in used[at:stop]), column, width, used[at].mark))
        column += width
        at = stop
    return Row(tuple(pieces), units[0].start)


def shorten(text: str, width: int) -> str:
    """Safe text of at most ``width`` cells on one line, cut at the end with an ellipsis."""
    parts = [Span(0, min(len(text), 4 * width))]
    line = " ".join("".join(terminal_characters(parts[0].of(text))).split())
    if cell_len(line) <= width and parts[0].end == len(text):
        return line
    kept: list[str] = []
    room = width - 1
    for start, end, cells in split_graphemes(line)[0]:
        room -= cells
        if room < 0:
            break
        kept.append(line[start:end])
    return "".join(kept).rstrip() + ELLIPSIS

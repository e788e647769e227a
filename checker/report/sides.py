"""One text under its caption, with carets under the marked words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from .exhibits import Side
from .page import Page, Styled
from .segments import Mark, Piece, Row, clip, right_to_left, rows, shorten

_STYLES = {"article": "bold magenta", "evidence": "bold green"}
_END = 3
"""Carets at each end of a mark that is longer than a row."""
_ROWS = 5
"""About so many rows of a text are shown; more hides the words that matter."""


class _Pointer(NamedTuple):
    """Carets under a row, in cells, and what is said beside them."""

    column: int
    width: int
    label: str


def write_side(page: Page, side: Side, gutter: int) -> None:
    """Write one text under its caption, with carets under the marked words."""
    _caption(page, side.caption)
    style = _STYLES[side.role]
    room = page.width - gutter - 5
    wide = sum(ord(c) > 0x2E7F for c in side.text[side.visible.start : side.visible.start + 400]) > 100
    excerpt = clip(side.text, side.visible, side.marks, _ROWS * room // (2 if wide else 1))
    laid = rows(excerpt, side.marks, room, keep_lines=side.lines is not None)
    no_carets = any(right_to_left(row.text) for row in laid)
    pointers = _pointers(laid, side.marks, room)
    bar = f"{'':>{gutter}} │ "
    numbered = 0
    for at, row in enumerate(laid):
        line = side.lines.position(row.start).line if side.lines else 0
        number = str(line) if line != numbered else ""
        numbered = line
        page.line("  ", (f"{number:>{gutter}} │ ", "dim"), *_styled(row, style))
        for under in () if no_carets else _carets(pointers[at], room):
            page.line("  ", (bar, "dim"), (under, style))
    for mark in side.marks if no_carets else ():
        named = f"marked: «{shorten(mark.span.of(side.text), 60)}» {mark.label}".rstrip()
        page.line("  ", (bar, "dim"), (named, style))


def _caption(page: Page, parts: Sequence[str]) -> None:
    """The parts with a dot between them, broken only between parts."""
    lines: list[list[str]] = [[]]
    for part in parts:
        used = sum(cell_len(p) + 3 for p in lines[-1])
        if lines[-1] and 2 + used + cell_len(part) > page.width:
            lines.append([])
        lines[-1].append(part)
    for number, line in enumerate(lines):
        first, rest = line[0], line[1:]
        lead = "  " if number == 0 else "    "
        page.line(lead, (first, "bold" if number == 0 else ""), "".join(f" · {part}" for part in rest))


def _styled(row: Row, style: str) -> list[Styled]:
    return [(piece.text, style if piece.mark is not None else "") for piece in row.pieces]


def _pointers(laid: Sequence[Row], marks: Sequence[Mark], room: int) -> list[list[_Pointer]]:
    """What stands under each row. Of a mark of about a row or more only the two ends are pointed at."""
    pieces: dict[int, list[tuple[int, Piece]]] = {}
    for at, row in enumerate(laid):
        for piece in row.pieces:
            if piece.mark is not None and piece.width:
                pieces.setdefault(piece.mark, []).append((at, piece))
    pointers: list[list[_Pointer]] = [[] for _ in laid]
    for mark, found in pieces.items():
        label = marks[mark].label
        (first_row, first), (last_row, last) = found[0], found[-1]
        if first_row == last_row or sum(piece.width for _, piece in found) * 3 <= room * 2:
            for at, piece in found:
                pointers[at].append(_Pointer(piece.column, piece.width, label if piece is last else ""))
            continue
        pointers[first_row].append(_Pointer(first.column, min(_END, first.width), "from here"))
        width = min(_END, last.width)
        said = f"to here: {label}" if label else "to here"
        pointers[last_row].append(_Pointer(last.column + last.width - width, width, said))
    return [sorted(row) for row in pointers]


def _carets(pointers: Sequence[_Pointer], room: int) -> list[str]:
    """The lines under a row: carets with the last label beside them, earlier labels below."""
    if not pointers:
        return []
    carets = ""
    for pointer in pointers:
        carets += " " * (pointer.column - len(carets)) + "^" * pointer.width
    labelled = [pointer for pointer in pointers if pointer.label]
    if pointers[-1].label and len(carets) + 1 + cell_len(pointers[-1].label) <= room:
        carets += " " + labelled.pop().label
    lower = [" " * max(0, min(p.column, room - cell_len(p.label))) + p.label for p in reversed(labelled)]
    return [carets, *lower]

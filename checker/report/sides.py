"""One text under its caption, with carets under the marked words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from ..types import Annotation, Span
from .page import Page, Styled
from .positions import Lines
from .segments import Mark, Row, clip, right_to_left, rows, shorten

ARTICLE_STYLE = "bold magenta"
EVIDENCE_STYLE = "bold green"
_ROWS = 5
"""About so many rows of a text are shown; more hides the words that matter."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts."""

    caption: tuple[str, ...]
    text: str
    visible: Span
    marks: tuple[Mark, ...]
    style: str
    lines: Lines | None = None
    """Where line numbers are shown."""


def marks_of(annotations: Sequence[Annotation]) -> tuple[Mark, ...]:
    """The words to point at; an annotation of no characters points at nothing."""
    return tuple(Mark(a.span, shorten(a.label, 40)) for a in annotations if a.span.start < a.span.end)


def write_side(page: Page, side: Side, gutter: int) -> None:
    """Write one text under its caption, with carets under the marked words."""
    _caption(page, side.caption)
    room = page.width - gutter - 5
    wide = sum(ord(c) > 0x2E7F for c in side.text[side.visible.start : side.visible.start + 400]) > 100
    excerpt = clip(side.text, side.visible, side.marks, _ROWS * room // (2 if wide else 1))
    laid = rows(excerpt, side.marks, room, keep_lines=side.lines is not None)
    no_carets = any(right_to_left(row.text) for row in laid)
    ends = {piece.mark: (at, piece) for at, row in enumerate(laid) for piece in row.pieces}
    numbered = 0
    for at, row in enumerate(laid):
        line = side.lines.position(row.start).line if side.lines else 0
        number = str(line) if line != numbered else ""
        numbered = line
        page.line("  ", (f"{number:>{gutter}} │ ", "dim"), *_styled(row, side.style))
        if not no_carets:
            labels = {
                p.mark: side.marks[p.mark].label
                for p in row.pieces
                if p.mark is not None and ends[p.mark] == (at, p)
            }
            for under in _carets(row, labels, room):
                page.line("  ", (f"{'':>{gutter}} │ ", "dim"), (under, side.style))
    if no_carets:
        for mark in side.marks:
            named = f"marked: «{shorten(mark.span.of(side.text), 60)}» {mark.label}".rstrip()
            page.line("  ", (f"{'':>{gutter}} │ ", "dim"), (named, side.style))


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


def _carets(row: Row, labels: dict[int, str], room: int) -> list[str]:
    """The lines under a row: carets with the last label beside them, earlier labels below."""
    marked = [piece for piece in row.pieces if piece.mark is not None and piece.width]
    if not marked:
        return []
    carets = ""
    for piece in marked:
        carets += " " * (piece.column - len(carets)) + "^" * piece.width
    labelled = [
        (piece, labels[piece.mark]) for piece in marked if piece.mark is not None and labels.get(piece.mark)
    ]
    under: list[str] = []
    if labelled and labelled[-1][0] is marked[-1] and len(carets) + 1 + cell_len(labelled[-1][1]) <= room:
        carets += " " + labelled.pop()[1]
    for piece, label in reversed(labelled):
        under.append(" " * max(0, min(piece.column, room - cell_len(label))) + label)
    return [carets, *under]

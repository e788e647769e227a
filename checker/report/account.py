"""A finding in a few plain lines, for formats that show text without any layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..types import Problem, Span, Suppression
from .captions import in_quotes, link
from .exhibits import Side, article_side, evidence_sides
from .passages import Placed
from .segments import shorten
from .wording import confidence

_SENTENCE = 500
_TEXT = 300
_WORDS = 80
"""Cells of a sentence, of a whole text and of marked words that are shown."""


def account(found: Placed) -> Iterator[str]:
    """The message, then a line for each text, why, and what to do; every line is safe for a terminal."""
    finding = found.finding
    yield shorten(finding.message, _SENTENCE)
    if found.segment:
        yield f"Segment: {shorten(found.segment, _WORDS)}"
    if finding.suppression is not None:
        yield set_aside(finding.suppression)
    yield exhibit(_quotation_side(found))
    for side in evidence_sides(found):
        yield exhibit(side)
    address = link(found.evidence.metadata) if found.evidence else None
    if address:
        yield f"Link: {shorten(address, 2000)}"
    yield f"Confidence: {confidence(finding.confidence)}."
    if finding.why.strip():
        yield f"Why: {shorten(finding.why, _SENTENCE)}"
    if finding.help.strip():
        yield f"What to do: {shorten(finding.help, _SENTENCE)}"


def _quotation_side(found: Placed) -> Side:
    """The article's side without the paragraph around the quotation, but with all marked words."""
    side = article_side(found)
    spans = [mark.span for mark in side.marks]
    spans.append(found.quotation.span if found.quotation else side.visible)
    return replace(side, visible=Span(min(s.start for s in spans), max(s.end for s in spans)))


def exhibit(side: Side) -> str:
    """``This article (Indonesian, speaker: Ratna Dewi): “Kami akan …”; marked: “akan” (affirmed)``."""
    title, *details = side.caption
    about = f" ({', '.join(details)})" if details else ""
    text = in_quotes(side.visible.of(side.text), _TEXT)
    marked = [
        in_quotes(mark.span.of(side.text), _WORDS) + (f" ({mark.label})" if mark.label else "")
        for mark in side.marks
    ]
    said = f"{title[:1].upper()}{title[1:]}{about}: {text}"
    return f"{said}; marked: {', '.join(marked)}" if marked else said


def set_aside(suppression: Suppression) -> str:
    """Why a finding does not count, in one line."""
    return f"Set aside ({shorten(suppression.kind, 20)}): {shorten(suppression.reason, _SENTENCE)}"


def mishap(problem: Problem) -> str:
    """What kept the run from being complete, and what to do, in one line."""
    return f"{shorten(problem.message, _SENTENCE)} What to do: {shorten(problem.remedy, _SENTENCE)}"

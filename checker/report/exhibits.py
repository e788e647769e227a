"""The two texts of a finding: which part of each is shown, which words are marked, under what caption.

Every format for people lays out the same exhibits; how they look is its own matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..languages import UNDETERMINED
from ..types import Annotation, Article, Evidence, QuoteResult, Span
from .captions import article_caption, evidence_caption
from .passages import Placed
from .positions import Lines
from .segments import Mark, shorten

_MOST_PASSAGES = 3
_SHORT_PASSAGE = 400
"""A passage of fewer characters is shown whole."""

Role = Literal["article", "evidence"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts. The caption is safe to show; ``text`` and ``language`` are not."""

    role: Role
    caption: tuple[str, ...]
    text: str
    visible: Span
    marks: tuple[Mark, ...] = ()
    language: str = UNDETERMINED
    lines: Lines | None = None
    """Where line numbers are shown."""
    evidence: Evidence | None = None
    """Where the text is from earlier coverage."""


def marks_of(annotations: Sequence[Annotation]) -> tuple[Mark, ...]:
    """The words to point at; an annotation of no characters points at nothing."""
    return tuple(Mark(a.span, shorten(a.label, 40)) for a in annotations if a.span.start < a.span.end)


def sides_of(placed: Placed) -> tuple[Side, ...]:
    """The article's text first, then the passages the finding points to, else the best evidence."""
    return (article_side(placed), *evidence_sides(placed))


def article_side(placed: Placed) -> Side:
    """The paragraph the finding is in."""
    article, quotation = placed.place.article, placed.quotation
    marks = marks_of([a for a in placed.finding.annotations if a.side == "article"])
    shown = [mark.span for mark in marks] or [placed.span]
    shown.append(_whole_lines(article, placed.span) if quotation is None else quotation.context)
    visible = Span(min(s.start for s in shown), max(s.end for s in shown))
    caption = tuple(article_caption(article, quotation))
    return Side("article", caption, article.text, visible, marks, article.language, placed.place.lines)


def evidence_sides(placed: Placed) -> list[Side]:
    """The passages the finding points to, else the best evidence with nothing marked."""
    result, finding = placed.result, placed.finding
    match = result.match if result else None
    known = {one.passage.id: one for one in match.evidence} if match else {}
    pointed: dict[str, list[Annotation]] = {}
    for annotation in finding.annotations:
        if annotation.side == "evidence":
            pointed.setdefault(annotation.passage_id or "", []).append(annotation)
    sides = []
    for passage_id, pointers in list(pointed.items())[:_MOST_PASSAGES]:
        evidence = known.get(passage_id) or (placed.evidence if not passage_id else None)
        if evidence is None:
            words = " … ".join(a.text for a in pointers)
            sides.append(Side("evidence", ("earlier coverage",), words, Span(0, len(words))))
        else:
            sides.append(passage_side(evidence, result, marks_of(pointers)))
    best = placed.evidence
    if not sides and best is not None:
        text = best.passage.text
        whole = len(text) < _SHORT_PASSAGE
        sides.append(passage_side(best, result, visible=None if whole else best.window))
    return sides


def passage_side(
    evidence: Evidence, result: QuoteResult | None, marks: tuple[Mark, ...] = (), visible: Span | None = None
) -> Side:
    """A passage of earlier coverage, whole unless ``visible`` says otherwise."""
    passage = evidence.passage
    caption = tuple(evidence_caption(evidence, result.match if result else None))
    shown = visible or Span(0, len(passage.text))
    return Side("evidence", caption, passage.text, shown, marks, passage.language, evidence=evidence)


def _whole_lines(article: Article, span: Span) -> Span:
    start = article.text.rfind("\n", 0, span.start) + 1
    end = article.text.find("\n", span.end)
    return Span(start, end if end >= 0 else len(article.text))

"""MQ403 extraction-suspect: the text as read is not the article as printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..types import Annotation, Extraction, Finding, Quotation, Severity, Span
from .base import ArticleRule, RuleInfo, fingerprint
from .reporting import normal, reporting_for

INFO = RuleInfo(
    "MQ403", "extraction-suspect", Severity.WARNING, "The text was not read as it was printed.", "form"
)

BROKEN = re.compile(
    "\ufffd|[\u00c3\u00c2][\u0080-\u00bf]|\u00e2(?:\u20ac|\u0080)[\u0080-\u00bf\u2018-\u2122\u0153\u00a6]?"
)
"""A letter that could not be read, and UTF-8 read as something else (``â€œ`` for a quotation mark)."""
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|&(?:nbsp|quot|amp|lt|gt|[lr][sd]quo|#\d{2,5});")
LONG = 80
"""Characters from which a paragraph is not repeated by chance."""
REPEATED = 3
"""Paragraphs that stand twice from which the whole text does."""
MOST_LINES = 5000
"""Lines of a page that are looked at."""


def check(extraction: Extraction) -> Iterator[Finding]:
    """Yield a finding for each quotation that was read badly, and one for each fault of the whole text."""
    for quotation in extraction.quotations:
        reason = _broken(quotation)
        if reason is not None:
            yield _finding(extraction, quotation.span, reason, quotation)
    lines = _lines(extraction.article.text)
    stub = _stub(extraction, lines)
    if stub is not None:
        yield _finding(extraction, stub, "This is the beginning of an article; the rest is for subscribers.")
    twice = _twice(extraction.article.text, lines)
    if twice is not None:
        yield _finding(extraction, twice, "The text stands in the file twice.")


def _broken(quotation: Quotation) -> str | None:
    if BROKEN.search(quotation.text):
        return "Letters of this quotation could not be read."
    if MARKUP.search(quotation.text):
        return "This quotation holds marks of a web page."
    return None


def _lines(text: str) -> list[Span]:
    found = []
    for match in re.finditer(r"[^\r\n]+", text):
        found.append(Span(match.start(), match.end()))
        if len(found) == MOST_LINES:
            break
    return found


def _stub(extraction: Extraction, lines: list[Span]) -> Span | None:
    """The line that offers the rest of the article for money."""
    phrases = reporting_for(extraction.article.language).stubs
    if not phrases:
        return None
    for span in reversed(lines):
        line = normal(span.of(extraction.article.text)[:300])
        if any(phrase in line for phrase in phrases):
            return span
    return None


def _twice(text: str, lines: list[Span]) -> Span | None:
    """The first line of the second copy where most long paragraphs stand in the text twice."""
    long = [span for span in lines if span.end - span.start >= LONG]
    counts = Counter(span.of(text).strip() for span in long)
    repeated = [words for words, count in counts.items() if count > 1]
    if len(repeated) < REPEATED or len(repeated) < 0.8 * len(counts):
        return None
    seen: set[str] = set()
    for span in long:
        words = span.of(text).strip()
        if words in seen:
            return span
        seen.add(words)
    return None


def _finding(extraction: Extraction, span: Span, reason: str, quotation: Quotation | None = None) -> Finding:
    text = extraction.article.text
    marked = span.of(text)
    return Finding(
        rule=INFO.code,
        name=INFO.name,
        severity=INFO.severity,
        confidence=0.9,
        message=reason,
        why="What was read is then not what was printed, and it is not checked as if it were."
        if quotation
        else "Quotations may be missing, or stand here more often than in print.",
        help="Get the text from its source again.",
        annotations=(Annotation("article", span, marked, "not as printed"),),
        quotation_id=quotation.id if quotation else None,
        fingerprint=fingerprint(INFO.code, marked[:500], "", reason),
    )


RULE = ArticleRule(INFO, check)

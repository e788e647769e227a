"""MQ401 unbalanced-marks: a quotation mark without its partner."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Annotation, Extraction, Finding, Severity
from .base import ArticleRule, RuleInfo, fingerprint

INFO = RuleInfo("MQ401", "unbalanced-marks", Severity.WARNING, "A quotation mark has no partner.", "form")


def check(extraction: Extraction) -> Iterator[Finding]:
    """Yield one finding per mark that stands alone in its paragraph."""
    text = extraction.article.text
    for problem in extraction.mark_problems:
        around = problem.paragraph.of(text)
        yield Finding(
            rule=INFO.code,
            name=INFO.name,
            severity=INFO.severity,
            confidence=0.9,
            message="A quotation mark has no partner in this paragraph.",
            why="Where a quotation begins or ends is then a guess; it was recovered as well as it can be.",
            help="Set the missing mark.",
            annotations=(Annotation("article", problem.span, problem.span.of(text), "no partner"),),
            quotation_id=None,
            fingerprint=fingerprint(INFO.code, around, "", str(problem.span.start - problem.paragraph.start)),
        )


RULE = ArticleRule(INFO, check)

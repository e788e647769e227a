"""MQ208 unattributed: a whole sentence in quotation marks, and nobody who is said to have spoken it."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.reported import reported_speakers
from ..types import Finding, QuotationKind, Severity
from .base import Case, Compared, Rule, RuleInfo, make_finding

INFO = RuleInfo("MQ208", "unattributed", Severity.INFO, "A quotation names no speaker.", "attribution")

FEW_WORDS = 4
"""Fewer words than this are a term or a slogan more often than a statement."""
QUESTION = ("?", "？")
"""A question without a speaker is most often the reporter's."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding for a direct quotation of an article without a speaker."""
    quotation = case.quotation
    if case.extraction is None or quotation.speaker is not None or quotation.kind is not QuotationKind.DIRECT:
        return
    best = case.best
    words = len(best.comparison.quote.words) if best else len(quotation.text.split())
    question = quotation.text.rstrip().endswith(QUESTION)
    if best is None and (words < FEW_WORDS or question):
        return
    name = _reported(best)
    yield make_finding(
        INFO,
        case,
        message=(
            f"No speaker is named for these words; earlier coverage gives them to {name}."
            if name
            else "No speaker is named for these words."
        ),
        why="Neither the sentence nor those around it say who spoke.",
        help=f"Attribute the words to {name}." if name else "Say who spoke, or take the marks away.",
        confidence=0.8,
        compared=best if name else None,
        labels=("nobody named", f"said by {name}" if name else ""),
    )


def _reported(best: Compared | None) -> str | None:
    speakers = reported_speakers(best.evidence.passage) if best is not None else ()
    return speakers[0].name if speakers else None


RULE = Rule(INFO, check)

"""MQ305 headline-not-in-body: the headline quotes what nobody says in the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..types import Finding, QuotationKind, Severity
from .alone import errors_alone
from .base import Case, Compared, Rule, RuleInfo, make_finding

INFO = RuleInfo(
    "MQ305",
    "headline-not-in-body",
    Severity.WARNING,
    "The headline quotes words that the article does not.",
    "provenance",
)

SAID = 0.75
"""Share of the headline's words that the quotations of the article must have."""
QUOTED = (QuotationKind.DIRECT.value, QuotationKind.MIXED.value)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where the quotations of the body lack the headline's words, or say otherwise."""
    if case.quotation.kind is not QuotationKind.HEADLINE or case.extraction is None:
        return
    quoted = [item for item in case.body if item.evidence.metadata.get("kind") in QUOTED]
    if _share(quoted) < SAID:
        indirect = _share(case.body) >= SAID
        yield make_finding(
            INFO,
            case,
            message="The headline quotes words that nobody is quoted with in the article.",
            why=(
                "The article has them as reported speech only."
                if indirect
                else "No quotation of the article has these words."
            ),
            help="Take words from a quotation of the article, or take the marks away.",
            confidence=0.75 if indirect else 0.85,
            labels=("only in the headline", ""),
        )
        return
    best = max(quoted, key=lambda item: item.comparison.alignment.quote_coverage)
    for finding, marked in errors_alone(case, best):
        yield make_finding(
            INFO,
            case,
            message=f"The headline changes the words: the article has “{marked.text}”.",
            why=f"Beside “{best.evidence.passage.text[:SHOWN]}”, which the article quotes, this is"
            f" {finding.rule} {finding.name}.",
            help="Quote in the headline what the article quotes.",
            confidence=finding.confidence,
            article_span=finding.annotations[0].span,
            labels=("not so in the article", ""),
        )
        return


SHOWN = 200
"""Characters of the body's quotation that are told."""


def _share(items: Sequence[Compared]) -> float:
    """Share of the headline's information that some quotations have together."""
    if not items:
        return 0.0
    side = items[0].comparison.quote
    strength = np.max([item.comparison.alignment.strength for item in items], axis=0)
    return float((side.weights * strength).sum()) / max(float(side.weights.sum()), 1e-9)


RULE = Rule(INFO, check)

"""MQ204 paraphrase-as-quotation: a reporter's words stand in quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, QuotationKind, Severity
from .base import Case, Rule, RuleInfo, make_finding

INFO = RuleInfo(
    "MQ204",
    "paraphrase-as-quotation",
    Severity.WARNING,
    "Narration or reported speech was put in quotation marks.",
    "attribution",
)

QUOTED = frozenset({QuotationKind.DIRECT, QuotationKind.MIXED, QuotationKind.HEADLINE})
CLOSE = 0.35
"""How much less probable than the best evidence a report in quotation marks may be and still be believed."""
FEW_WORDS = 8
"""A partial quotation up to this length that reported speech supports is only mentioned, not warned of."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where no report has the words as a quotation."""
    best = case.best
    if best is None or case.quotation.kind not in QUOTED:
        return
    near = [item for item in case.compared if item.probability >= best.probability - CLOSE]
    kinds = {o.get("kind", "") for item in near for o in item.evidence.passage.occurrences}
    if kinds & {kind.value for kind in QUOTED} or not kinds - {""}:
        return
    indirect = QuotationKind.INDIRECT.value in kinds
    short = case.quotation.kind is QuotationKind.MIXED and len(best.comparison.quote.words) <= FEW_WORDS
    yield make_finding(
        INFO,
        case,
        message=(
            "Earlier coverage has this only as reported speech, not as a quotation."
            if indirect
            else "Earlier coverage has this only in the reporter's own words."
        ),
        why="No report found has these words in quotation marks.",
        help="Take the marks away and report the statement, or find a report that quotes it.",
        confidence=0.6 * best.probability + 0.2,
        compared=best,
        labels=("quoted here", "reported speech" if indirect else "narration"),
        severity=Severity.INFO if case.quoted_perhaps or (indirect and short) else Severity.WARNING,
    )


RULE = Rule(INFO, check)

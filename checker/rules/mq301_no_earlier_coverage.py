"""MQ301 no-earlier-coverage: nothing in the index reports this utterance."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, QuotationKind, Severity, Verdict
from .base import Case, Rule, RuleInfo, make_finding

INFO = RuleInfo(
    "MQ301",
    "no-earlier-coverage",
    Severity.INFO,
    "No earlier report of this utterance was found.",
    "provenance",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding for a quotation that could be checked and has no earlier report."""
    if case.match is not None or case.verdict_hint is Verdict.UNCHECKED:
        return
    if case.quotation.kind is QuotationKind.INDIRECT:
        return
    yield make_finding(
        INFO,
        case,
        message="No earlier report of this utterance was found; it was not verified.",
        why="Nothing in the index says the same. That does not make the quotation false.",
        help="Verify it with its source, or add the coverage that has it to the index.",
        confidence=1.0,
    )


RULE = Rule(INFO, check)

"""MQ402 too-short-to-check: a word or two, and no report by this speaker to hold it against."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, Severity, Verdict
from .base import Case, Rule, RuleInfo, make_finding

INFO = RuleInfo(
    "MQ402", "too-short-to-check", Severity.INFO, "Too few words to tell one utterance from another.", "form"
)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding for a quotation left unchecked because it is too short."""
    if case.verdict_hint is not Verdict.UNCHECKED or case.match is not None:
        return
    yield make_finding(
        INFO,
        case,
        message="Too short to check by itself.",
        why="So few words occur in many statements; speaker and date did not point to one of them.",
        help="Check it by hand if the wording matters.",
        confidence=1.0,
    )


RULE = Rule(INFO, check)

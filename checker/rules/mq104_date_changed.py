"""MQ104 date-changed: another day, month, year or period is named."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.similarity import same_value
from ..types import DateValue, Finding, MentionKind, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .values import Clash, clashes

INFO = RuleInfo(
    "MQ104", "date-changed", Severity.ERROR, "Another day, month, year or period is named.", "wording"
)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per date that stands in the place of one it cannot be."""
    for clash in clashes(case, MentionKind.DATE):
        if not _incompatible(clash):
            continue
        yield make_finding(
            INFO,
            case,
            message=f"The date changed: “{clash.quote_words}” here, “{clash.source_words}” in earlier coverage.",
            why="The two dates stand in the same place of the same statement and cannot be the same day or period.",
            help="Check the date against the earlier report and its day of publication, and restore it.",
            confidence=clash.confidence,
            compared=clash.compared,
            quote_span=clash.quote.span,
            source_span=clash.source.span,
            labels=("this date", "was said"),
        )


def _incompatible(clash: Clash) -> bool:
    comparison = clash.compared.comparison
    both = isinstance(clash.quote.value, DateValue) and isinstance(clash.source.value, DateValue)
    return both and same_value(clash.quote, clash.source, comparison.quote, comparison.source) is False


RULE = Rule(INFO, check)

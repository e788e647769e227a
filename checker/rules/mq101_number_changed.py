"""MQ101 number-changed: a number of the quotation is not the one that was said."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, MentionKind, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .values import NUMBERS, exchanged_values, number_clashes

INFO = RuleInfo(
    "MQ101", "number-changed", Severity.ERROR, "A number differs from the one that was said.", "wording"
)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per number that stands in the place of another."""
    for clash in number_clashes(case):
        if clash.difference != "value":
            continue
        yield make_finding(
            INFO,
            case,
            message=f"The number changed: “{clash.quote_words}” here, “{clash.source_words}” in earlier coverage.",
            why=NUMBERS,
            help="Check the figure against the earlier report and restore it.",
            confidence=clash.confidence,
            compared=clash.compared,
            quote_span=clash.quote.span,
            source_span=clash.source.span,
            labels=("this number", "was said"),
        )
    yield from exchanged_values(INFO, case, MentionKind.NUMBER, "number")


RULE = Rule(INFO, check)

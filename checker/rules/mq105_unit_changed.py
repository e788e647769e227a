"""MQ105 unit-changed: the figure is the same, its scale, unit or currency is not."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .values import NUMBERS, number_clashes

INFO = RuleInfo(
    "MQ105", "unit-changed", Severity.ERROR, "The scale, unit or currency of a figure differs.", "wording"
)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per figure whose scale, unit or currency was replaced."""
    for clash in number_clashes(case):
        if clash.difference != "unit":
            continue
        yield make_finding(
            INFO,
            case,
            message=f"The unit or scale changed: “{clash.quote_words}” here, “{clash.source_words}” in earlier"
            " coverage.",
            why=NUMBERS,
            help="Restore the unit, or convert the figure together with it.",
            confidence=clash.confidence,
            compared=clash.compared,
            quote_span=clash.quote.span,
            source_span=clash.source.span,
            labels=("this unit", "was said"),
        )


RULE = Rule(INFO, check)

"""MQ105 unit-changed: the figure is the same, its scale, unit or currency is not."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .termpairs import exchanged, grounded, unpaired
from .values import NUMBERS, number_clashes

INFO = RuleInfo(
    "MQ105", "unit-changed", Severity.ERROR, "The scale, unit or currency of a figure differs.", "wording"
)

PERIOD = 0.1
"""Added for an exchange of periods, whose words have few other senses."""


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
    yield from _other_periods(case)


def _other_periods(case: Case) -> Iterator[Finding]:
    """ "Ten litres an hour" beside "ten litres a day": the period is a unit without a figure."""
    best = case.best
    if best is None:
        return
    found = unpaired(best.comparison, "period")
    for quote, source in exchanged(best.comparison, found, lambda a, b: a != b):
        spans = best.comparison.quote.span_of(quote.words), best.comparison.source.span_of(source.words)
        words = spans[0].of(best.comparison.quote.text), spans[1].of(best.comparison.source.text)
        yield make_finding(
            INFO,
            case,
            message=f"The period changed: “{words[0]}” here, “{words[1]}” in earlier coverage.",
            why="Both periods stand in the same place of the same statement.",
            help="Restore the period the figure is counted by.",
            confidence=grounded(best, (quote.words, True), (source.words, False)) + PERIOD,
            compared=best,
            quote_span=spans[0],
            source_span=spans[1],
            labels=("this period", "was said"),
        )


RULE = Rule(INFO, check)

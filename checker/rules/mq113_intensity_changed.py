"""MQ113 intensity-changed: stronger or weaker words than the speaker's."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .termpairs import exchanged, grounded, missing, unpaired

INFO = RuleInfo(
    "MQ113", "intensity-changed", Severity.WARNING, "The strength of a statement changed.", "wording"
)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per intensifier that was exchanged, added or left out."""
    best = case.best
    if best is None:
        return
    comparison = best.comparison
    pairing = unpaired(comparison, "intensity")
    done = set()
    for quote, source in exchanged(comparison, pairing, lambda a, b: a != b):
        done |= {quote, source}
        spans = comparison.quote.span_of(quote.words), comparison.source.span_of(source.words)
        yield make_finding(
            INFO,
            case,
            message=f"The statement is {'stronger' if quote.key == 'strong' else 'weaker'} here:"
            f" “{spans[0].of(comparison.quote.text)}” for “{spans[1].of(comparison.source.text)}”.",
            why="The two words stand in the same place and express different degrees.",
            help="Restore the degree the speaker expressed.",
            confidence=grounded(best, (quote.words, True), (source.words, False)),
            compared=best,
            quote_span=spans[0],
            source_span=spans[1],
            labels=("this degree", "was said"),
        )
    for term, of_quote in [(t, True) for t in pairing.quote] + [(t, False) for t in pairing.source]:
        if term in done or not term.reported or not missing(comparison, term, of_quote=of_quote):
            continue
        side = comparison.quote if of_quote else comparison.source
        span = side.span_of(term.words)
        yield make_finding(
            INFO,
            case,
            message=f"“{span.of(side.text)}” is {'added' if of_quote else 'left out'}:"
            f" the statement is {'stronger' if (term.key == 'strong') == of_quote else 'weaker'} here.",
            why="The words around it correspond; nothing on the other side stands for it.",
            help="Restore the degree the speaker expressed.",
            confidence=grounded(best, (term.words, of_quote)) - 0.1,
            compared=best,
            quote_span=span if of_quote else None,
            source_span=None if of_quote else span,
            labels=("this degree", "was said"),
        )


RULE = Rule(INFO, check)

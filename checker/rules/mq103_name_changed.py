"""MQ103 name-changed: another country, organisation or person is named."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, MentionKind, NameValue, Severity
from .base import Case, Compared, Rule, RuleInfo, make_finding
from .swaps import Swap, single_swaps
from .termpairs import grounded
from .values import Clash, clashes

INFO = RuleInfo(
    "MQ103", "name-changed", Severity.ERROR, "Another place, organisation or person is named.", "wording"
)

GAZETTEER = ("place:", "org:")
"""Prefixes of identities that come from a gazetteer, not from the spelling alone."""
SWAPPED = 0.06
"""Added confidence of an exchange: two places must fit at once."""
UNKNOWN_NAME = 0.6
"""Factor where a name is in no gazetteer: it may be a translation of the other that we do not know."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per name that stands in the place of another of its type."""
    for clash in clashes(case, MentionKind.NAME):
        factor = _certainty(clash)
        if factor == 0.0:
            continue
        yield make_finding(
            INFO,
            case,
            message=f"The name changed: “{clash.quote_words}” here, “{clash.source_words}” in earlier coverage.",
            why="The two names stand in the same place of the same statement and are not forms of one name.",
            help="Check who or what was named, and restore it.",
            confidence=clash.confidence * factor,
            compared=clash.compared,
            quote_span=clash.quote.span,
            source_span=clash.source.span,
            labels=("this name", "was said"),
        )
    best = case.best
    for swap in single_swaps(best.comparison)[MentionKind.NAME] if best is not None else ():
        if best is not None and not swap.one_clause:
            yield _swapped(case, best, swap)


def _swapped(case: Case, best: Compared, swap: Swap) -> Finding:
    """Two names that were put for each other in two clauses; within one clause MQ108 reports it."""
    quote, source = best.comparison.quote, best.comparison.source
    span, other = quote.span_of(swap.quote[0]), source.span_of(swap.source[0])
    return make_finding(
        INFO,
        case,
        message=f"Two names have changed places: “{span.of(quote.text)}” here,"
        f" “{other.of(source.text)}” in earlier coverage.",
        why="Each of the two stands where earlier coverage has the other.",
        help="Check which name belongs to which statement, and restore them.",
        confidence=grounded(best, *((words, True) for words in swap.quote)) + SWAPPED,
        compared=best,
        quote_span=span,
        source_span=other,
        labels=("this name", "was said"),
    )


def _certainty(clash: Clash) -> float:
    a, b = clash.quote.value, clash.source.value
    if not isinstance(a, NameValue) or not isinstance(b, NameValue):
        return 0.0
    if all(any(key.startswith(GAZETTEER) for key in value.identities) for value in (a, b)):
        return 1.0 if a.type == b.type else 0.7
    comparison = clash.compared.comparison
    if comparison.cross_language and _linked(clash):
        return 0.0
    return UNKNOWN_NAME if comparison.cross_language else 0.9


def _linked(clash: Clash) -> bool:
    """Whether a word of either name is aligned with some word: then it was translated, not replaced."""
    alignment = clash.compared.comparison.alignment
    rows = alignment.quote.words_in(clash.quote.span)
    columns = alignment.source.words_in(clash.source.span)
    return any(alignment.strength[i] >= 0.5 for i in rows) or any(alignment.to_quote[j] >= 0 for j in columns)


RULE = Rule(INFO, check)

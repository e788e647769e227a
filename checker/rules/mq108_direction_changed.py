"""MQ108 direction-changed: a word was put for its opposite."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.comparison import Comparison
from ..types import Finding, MentionKind, Severity
from .base import Case, Compared, Rule, RuleInfo, confidence_of, make_finding
from .opposites import opposites
from .swaps import Swap, edited_swaps, single_swaps, turned_comparisons
from .termpairs import grounded
from .values import supported_elsewhere

INFO = RuleInfo("MQ108", "direction-changed", Severity.ERROR, "A word was put for its opposite.", "wording")

SWAPPED = 0.06
"""Added confidence of an exchange: two places must fit at once."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per word whose opposite was said."""
    best = case.best
    if best is None:
        return
    for quote, source in opposites(best.comparison):
        if supported_elsewhere(case, quote):
            continue
        words = quote.span.of(best.comparison.quote.text), source.span.of(best.comparison.source.text)
        yield make_finding(
            INFO,
            case,
            message=f"The direction is reversed: “{words[0]}” here, “{words[1]}” in earlier coverage.",
            why="The two words are opposites and stand in the same place of the same statement.",
            help="Restore the direction the speaker expressed.",
            confidence=confidence_of(best, (quote, True), (source, False)),
            compared=best,
            quote_span=quote.span,
            source_span=source.span,
            labels=("this direction", "was said"),
        )
    for swap in _swaps(best.comparison):
        yield _swapped(case, best, swap)


def _swaps(comparison: Comparison) -> Iterator[Swap]:
    """Opposites, people and things that changed places in a sentence."""
    single = single_swaps(comparison)
    found = [
        *single[MentionKind.DIRECTION],
        *(s for s in single[MentionKind.NAME] if s.one_clause),
        *turned_comparisons(comparison),
        *edited_swaps(comparison),
    ]
    quote = comparison.quote
    valued = {
        i
        for kind in (MentionKind.NAME, MentionKind.NUMBER, MentionKind.DATE)
        for m in quote.of_kind(kind)
        for i in quote.words_in(m.span)
    }
    seen: set[int] = set()
    for swap in found:
        own = {*swap.quote[0], *swap.quote[1]}
        if not seen & own and (swap in single[MentionKind.NAME] or not valued & own):
            seen |= {*swap.quote[0], *swap.quote[1]}
            yield swap


def _swapped(case: Case, best: Compared, swap: Swap) -> Finding:
    quote, source = best.comparison.quote, best.comparison.source
    spans = quote.span_of(swap.quote[0]), source.span_of(swap.source[0])
    others = quote.span_of(swap.quote[1]), source.span_of(swap.source[1])
    return make_finding(
        INFO,
        case,
        message=f"“{spans[0].of(quote.text)}” and “{others[0].of(quote.text)}” have changed places.",
        why="In earlier coverage each stands where the quotation has the other; the words around them correspond.",
        help="Restore who did what, or which went up and which went down.",
        confidence=grounded(best, *((words, True) for words in swap.quote)) + SWAPPED,
        compared=best,
        quote_span=spans[0],
        source_span=spans[1],
        labels=("stands here", "was said"),
    )


RULE = Rule(INFO, check)

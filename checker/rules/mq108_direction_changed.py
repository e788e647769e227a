"""MQ108 direction-changed: a word was put for its opposite."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.alignment import SURE
from ..matching.comparison import Comparison
from ..types import Finding, MentionKind, Severity, Span
from .base import Case, Compared, Rule, RuleInfo, make_finding
from .learned import Learned, learned_opposites
from .swaps import Swap, edited_swaps, single_swaps
from .termpairs import grounded
from .turned import turned, turned_goals
from .values import SWAPPED, opposed_clashes

INFO = RuleInfo("MQ108", "direction-changed", Severity.ERROR, "A word was put for its opposite.", "wording")

UNSURE, GROUNDED = 0.4, 0.3
"""Confidence in opposites of the learned list, and what linked neighbours add: never enough for an error."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per word whose opposite was said."""
    best = case.best
    if best is None:
        return
    reported: set[int] = set()
    for clash in opposed_clashes(case):
        reported.update(best.comparison.quote.words_in(clash.quote.span))
        yield _reversed(case, best, clash.quote.span, clash.source.span, clash.confidence)
    for here, there in turned_goals(best.comparison):
        spans = best.comparison.quote.span_of(here), best.comparison.source.span_of(there)
        yield _reversed(case, best, *spans, grounded(best, (here, True), (there, False)))
    for swap in _swaps(best.comparison):
        reported.update(*swap.quote)
        yield _swapped(case, best, swap)
    for pair in learned_opposites(best.comparison):
        if pair.quote not in reported and not _said_elsewhere(case, pair):
            yield _learned(case, best, pair)


def _reversed(case: Case, best: Compared, quote: Span, source: Span, confidence: float) -> Finding:
    words = quote.of(best.comparison.quote.text), source.of(best.comparison.source.text)
    return make_finding(
        INFO,
        case,
        message=f"The direction is reversed: “{words[0]}” here, “{words[1]}” in earlier coverage.",
        why="The two are opposites and stand in the same place of the same statement.",
        help="Restore the direction the speaker expressed.",
        confidence=confidence,
        compared=best,
        quote_span=quote,
        source_span=source,
        labels=("this direction", "was said"),
    )


def _said_elsewhere(case: Case, pair: Learned) -> bool:
    """Whether other evidence of the utterance surely has the word."""
    return any(
        other.comparison.alignment.strength[pair.quote] >= SURE
        and not any(found.quote == pair.quote for found in learned_opposites(other.comparison))
        for other in case.compared[1:]
    )


def _learned(case: Case, best: Compared, pair: Learned) -> Finding:
    quote, source = best.comparison.quote, best.comparison.source
    own, other = range(pair.quote, pair.quote + 1), range(pair.source, pair.source + 1)
    spans = quote.span_of(own), source.span_of(other)
    ground = best.comparison.support_of(own, of_quote=True), best.comparison.support_of(other, of_quote=False)
    certainty = UNSURE + GROUNDED * min(1.0, 0.8 * sum(ground)) * pair.certainty
    return make_finding(
        INFO,
        case,
        message=f"Perhaps the opposite: “{spans[0].of(quote.text)}” here, “{spans[1].of(source.text)}” in earlier coverage.",
        why="A word list learned from dictionaries has the two as opposites, and they stand in the same place.",
        help="If the speaker meant the opposite, restore it; if the words agree here, nothing is wrong.",
        confidence=certainty * (0.7 + 0.3 * best.probability),
        severity=Severity.WARNING,
        compared=best,
        quote_span=spans[0],
        source_span=spans[1],
        labels=("this word", "was said"),
    )


def _swaps(comparison: Comparison) -> Iterator[Swap]:
    """Opposites, people and things that changed places in a sentence."""
    single = single_swaps(comparison)
    found = [
        *single[MentionKind.DIRECTION],
        *(s for s in single[MentionKind.NAME] if s.one_clause),
        *turned(comparison),
        *edited_swaps(comparison),
    ]
    valued = comparison.quote.words_of(MentionKind.NAME, MentionKind.NUMBER, MentionKind.DATE)
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

"""Negations that stand on one side only: shared by the rules on negation and on modality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from ..languages import get_language, is_known
from ..matching.alignment import Alignment
from ..matching.comparison import Comparison
from ..matching.edits import worded_alike
from ..matching.sides import Side
from ..matching.similarity import NOT_ONLY
from ..matching.wording import listed
from ..types import Mention, MentionKind, NegationValue
from .negative_words import negative_lists, negative_words
from .negators import plain_negators, told_otherwise
from .runs import one_character

COUNTERPART = 12
"""Words within which another negation is taken for the same one: languages place negation differently."""
SHIELD = 6
"""Words within which a word of negative meaning may carry the negation of the other side."""
PREDICATE_LINK = 0.4
"""How surely the negated word must be found on the other side."""
AUXILIARY = 3.0
"""Nats below which a word without partner is passed over on the way to the negated word ("have been")."""
TRANSLATED = 0.8
"""How surely a word of negative meaning must be found on the other side to explain nothing there."""
ASTRAY = 10
"""Words by which the link of the negated word may leave its neighbours before it is not believed."""


_STOPS = frozenset(";:.?!。；：？！")


@dataclass(frozen=True, slots=True)
class NegationClash:
    """A statement denied on one side and affirmed on the other."""

    negator: Mention
    of_quote: bool
    """Whether the quotation denies (and the evidence affirms), or the other way round."""
    predicate: int
    """Index of the negated word, on the negator's side."""
    partner: int
    """Index of the word it is aligned with, on the other side."""
    strength: float
    confirmed: float = 0.0
    """Probability of a change by which the scorer confirms it; 0 where it was not asked."""


def unpaired(comparison: Comparison) -> tuple[list[Mention], list[Mention]]:
    """Plain negators of the quotation, and of the evidence in scope, without any counterpart."""
    quote = plain_negators(comparison.quote)
    source = plain_negators(comparison.source)
    pairs = sorted(
        (_apart(comparison, q, s), a, b) for a, q in enumerate(quote) for b, s in enumerate(source)
    )
    done_quote: set[int] = set()
    done_source: set[int] = set()
    for distance, a, b in pairs:
        if distance <= COUNTERPART and a not in done_quote and b not in done_source:
            done_quote.add(a)
            done_source.add(b)
    return (
        [m for a, m in enumerate(quote) if a not in done_quote],
        [m for b, m in enumerate(source) if b not in done_source and comparison.in_scope(m)],
    )


def _apart(comparison: Comparison, quote: Mention, source: Mention) -> float:
    """How far two negators are from each other; none at all where they deny the same word."""
    alignment = comparison.alignment
    own = _negated_word(alignment.quote, quote, alignment.to_source)
    other = _negated_word(alignment.source, source, alignment.to_quote)
    if own is not None and other is not None and int(alignment.to_source[own]) == other:
        return -1.0
    return comparison.distance(quote, source)


def negation_clashes(comparison: Comparison) -> Iterator[NegationClash]:
    """Negators without counterpart whose negated word the other side affirms.

    None where the quotation has the very words of the report: there its edits tell more.
    """
    if worded_alike(comparison):
        return
    quote, source = unpaired(comparison)
    for mention in quote:
        yield from _clash(comparison, mention, of_quote=True)
    for mention in source:
        yield from _clash(comparison, mention, of_quote=False)


def _clash(comparison: Comparison, negator: Mention, *, of_quote: bool) -> Iterator[NegationClash]:
    alignment = comparison.alignment
    own, other, mapping = alignment.seen_from(quote=of_quote)
    predicate = _negated_word(own, negator, mapping)
    if predicate is None or mapping[predicate] < 0:
        return
    partner = int(mapping[predicate])
    row = predicate if of_quote else partner
    if alignment.strength[row] < PREDICATE_LINK or alignment.contrast[row]:
        return
    if abs(_place_without(alignment, predicate, of_quote=of_quote) - partner) > ASTRAY:
        return  # a stray link
    if comparison.cross_language and _left_standing(own, negator, other, alignment, of_quote=of_quote):
        return
    if own.stems[predicate] in _comparatives(own.language) or other.stems[partner] in _comparatives(
        other.language
    ):
        return  # "not more than" is a bound, which languages word in many ways
    if _is_rendered(comparison, negator, partner, of_quote=of_quote) or both_ask(
        own, predicate, other, partner
    ):
        return
    if is_shielded(comparison, partner, of_quote=not of_quote) or told_otherwise(
        own, predicate, other, partner
    ):
        return
    if _denied_twice(comparison, predicate, negator, of_quote=of_quote) or _coordinated(other, partner):
        return
    yield NegationClash(negator, of_quote, predicate, partner, float(alignment.strength[row]))


def _left_standing(own: Side, negator: Mention, other: Side, alignment: Alignment, *, of_quote: bool) -> bool:
    """Whether the negator itself stands untranslated on the other side."""
    words = own.words_in(negator.span)
    spelled = {own.words[i].norm for i in words}
    _, _, back = alignment.seen_from(quote=not of_quote)
    return any(
        w.norm in spelled and (back[j] < 0 or int(back[j]) in words) for j, w in enumerate(other.words)
    )


def _place_without(alignment: Alignment, index: int, *, of_quote: bool) -> float:
    """Where a word would stand on the other side, by its linked neighbours alone."""
    _, _, mapping = alignment.seen_from(quote=of_quote)
    linked = [i for i in range(len(mapping)) if mapping[i] >= 0 and i != index]
    if not linked:
        return float(mapping[index])
    near = sorted(linked, key=lambda i: abs(i - index))[:3]
    return float(np.median([mapping[i] + (index - i) for i in near]))


def _negated_word(side: Side, negator: Mention, mapping: npt.NDArray[np.intp]) -> int | None:
    """The first word after the negator that tells something (modals and the like are passed over)."""
    return governed_word(side, side.words_in(negator.span), mapping)


def governed_word(side: Side, own: range, mapping: npt.NDArray[np.intp]) -> int | None:
    """The first word after some words that tells something, in their clause; None where there is none."""
    if not own:
        return None
    modal = side.words_of(MentionKind.MODAL)
    for i in range(own[-1] + 1, min(len(side.words), own[-1] + 7)):
        if _parted(side, i - 1):
            return None
        if mapping[i] < 0 and (one_character(side, i) or side.weights[i] < AUXILIARY):
            continue  # the next character of the word may be the one that is linked, or the next verb
        if i not in modal and side.weights[i] >= 2.5 and side.sentence_of[i] == side.sentence_of[own[0]]:
            return i
    return None


def is_shielded(comparison: Comparison, around: int, *, of_quote: bool, opposite: int | None = None) -> bool:
    """Whether a word of negative meaning stands near: the negation may be expressed by it.

    A word that both sides have ("not only", "hanya") explains no difference between them, nor does one
    whose translation is sure, unless it implies a denial of something else. Where the word asked about
    and its ``opposite`` on the other side are themselves the difference, they explain none.
    """
    alignment = comparison.alignment
    side, facing, mapping = alignment.seen_from(quote=of_quote)
    lists = negative_lists(side.language)
    infinitive = around > 0 and side.words[around - 1].norm in lists.infinitive
    negative = negative_words(side)
    other = negative_words(facing)
    for i in _clause_around(side, around):
        if i not in negative or (opposite is not None and i == around):
            continue
        if infinitive and side.words[i].norm in lists.excess:
            return True
        if mapping[i] >= 0 and int(mapping[i]) in other and int(mapping[i]) != opposite:
            continue
        row = i if of_quote else int(mapping[i])
        translated = mapping[i] >= 0 and alignment.strength[row] >= TRANSLATED and not alignment.contrast[row]
        if i == around or not translated or side.words[i].norm in lists.implying:
            return True
    return False


@cache
def _comparatives(language: str) -> frozenset[str]:
    table = get_language(language).table("polarity") if is_known(language) else {}
    return frozenset(table.get("comparatives", ()))


def _is_rendered(comparison: Comparison, negator: Mention, partner: int, *, of_quote: bool) -> bool:
    """Whether the negator is aligned with a word of negative meaning ("no symptoms", "tanpa gejala")."""
    alignment = comparison.alignment
    own, other, mapping = alignment.seen_from(quote=of_quote)
    negative = negative_words(other) - {
        i
        for m in other.of_kind(MentionKind.NEGATION)
        if isinstance(m.value, NegationValue) and m.value.word == NOT_ONLY
        for i in other.words_in(m.span)
    }
    return any(
        int(mapping[i]) in negative and abs(int(mapping[i]) - partner) <= COUNTERPART
        for i in own.words_in(negator.span)
    )


def both_ask(own: Side, predicate: int, other: Side, partner: int) -> bool:
    """Whether both sentences are questions: "don't you have" and "do you have" ask the same."""
    return _asks(own, predicate) and _asks(other, partner)


def _asks(side: Side, index: int) -> bool:
    last = max(i for i in range(len(side.words)) if side.sentence_of[i] == side.sentence_of[index])
    end = side.words[last].span.end
    return any(mark in side.text[end : end + 3] for mark in "?？؟")


def _denied_twice(comparison: Comparison, predicate: int, negator: Mention, *, of_quote: bool) -> bool:
    """Whether another negation stands in the clause of a negator: the two may cancel each other.

    One that the other side has as well ("cancel", "membatalkan") cancels nothing.
    """
    alignment = comparison.alignment
    side, other, mapping = alignment.seen_from(quote=of_quote)
    own, negative = set(side.words_in(negator.span)), negative_words(other)
    clause = _clause_around(side, predicate)
    others = [side.words_in(m.span) for m in side.of_kind(MentionKind.NEGATION)]
    return any(
        words[0] in clause
        and not own & set(words)
        and all(mapping[i] < 0 or int(mapping[i]) not in negative for i in words)
        for words in others
    )


def _coordinated(side: Side, partner: int) -> bool:
    """Whether an earlier denial covers a word behind "or" too ("no wind or sound")."""
    joining = listed(side, "joining")
    return any(
        0 < partner - i <= COUNTERPART
        and side.sentence_of[i] == side.sentence_of[partner]
        and joining & set(range(i + 1, partner))
        and not any(side.text[w.span.end : w.span.end + 1] in _STOPS for w in side.words[i:partner])
        for m in side.of_kind(MentionKind.NEGATION)
        for i in side.words_in(m.span)
    )


def _clause_around(side: Side, around: int) -> range:
    """Up to ``SHIELD`` words on either side, not past a mark of punctuation."""
    low = high = around
    while low > 0 and around - low < SHIELD and not _parted(side, low - 1):
        low -= 1
    while high + 1 < len(side.words) and high - around < SHIELD and not _parted(side, high):
        high += 1
    return range(low, high + 1)


def _parted(side: Side, index: int) -> bool:
    """Whether punctuation stands between a word and the next."""
    between = side.text[side.words[index].span.end : side.words[index + 1].span.start]
    return any(c in between for c in ",;:.?!，。；：？！—–")

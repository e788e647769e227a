"""Learned opposites: words of the two sides in each other's place that a word list knows as opposites.

Beside the axes of :mod:`.opposites`, which are written by hand. The list over-generates, so a pair counts
only where the neighbours put both words in one place, neither has a translation on the other side, and no
word of negative meaning could turn one of them; and even then it is a hint.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..matching.alignment import SURE
from ..matching.antonyms import antonyms
from ..matching.comparison import Comparison
from ..matching.lexicon import translations
from ..types import MentionKind
from .opposites import REACH
from .polarity import is_shielded

LEAST = 0.7
"""Certainty of a pair of the list from which it is looked at."""
NEAR = 5
"""Words by which the two may stand apart where the alignment has not joined them."""
RENDERED = 0.1
"""Certainty of a translation by which a word is rendered on the other side."""
TELLING = 2.5
"""Nats below which a word is too common to have one opposite."""
VALUES = (
    MentionKind.NUMBER,
    MentionKind.DATE,
    MentionKind.NAME,
    MentionKind.NEGATION,
    MentionKind.MODAL,
)
"""What other rules compare by value."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A word of the quotation and the word of the evidence that it is put for."""

    quote: int
    source: int
    certainty: float
    """Of the two being opposites at all."""


def learned_opposites(comparison: Comparison) -> Iterator[Learned]:
    """Pairs of words across languages that stand for each other and are listed as opposites."""
    if not comparison.cross_language:
        return
    quote, source = comparison.quote, comparison.source
    places: dict[str, list[int]] = {}
    for j in comparison.scope:
        places.setdefault(source.stems[j], []).append(j)
    taken: set[int] = set()
    valued: tuple[frozenset[int], frozenset[int]] | None = None
    for i, stemmed in enumerate(quote.stems):
        if quote.weights[i] < TELLING:
            continue
        known = antonyms(stemmed, quote.language, source.language)
        if not known or known.keys().isdisjoint(places):
            continue
        valued = valued or (quote.words_of(*VALUES), source.words_of(*VALUES))
        near = [
            Learned(i, j, known[other])
            for other in known.keys() & places.keys()
            if known[other] >= LEAST
            for j in places[other]
            if i not in valued[0] and j not in valued[1] | taken and _exchanged(comparison, i, j)
        ]
        if near:
            best = max(near, key=lambda pair: (pair.certainty, -pair.source))
            taken.add(best.source)
            yield best


def _exchanged(comparison: Comparison, i: int, j: int) -> bool:
    """Whether the second word stands where the first would have to, and nothing else explains the two."""
    if _rendered(comparison, i, j, of_quote=True) or _rendered(comparison, j, i, of_quote=False):
        return False
    alignment = comparison.alignment
    there = abs(alignment.place(range(i, i + 1), from_quote=True) - j)
    here = abs(alignment.place(range(j, j + 1), from_quote=False) - i)
    if min(there, here) > (REACH if int(alignment.to_source[i]) == j else NEAR):
        return False
    return not (
        is_shielded(comparison, i, of_quote=True, opposite=j)
        or is_shielded(comparison, j, of_quote=False, opposite=i)
    )


def _rendered(comparison: Comparison, word: int, partner: int, *, of_quote: bool) -> bool:
    """Whether a translation of the word stands on the other side, or it is surely linked with another word."""
    own, other, mapping = comparison.alignment.seen_from(quote=of_quote)
    linked = int(mapping[word])
    row = word if of_quote else linked
    if linked >= 0 and linked != partner and comparison.alignment.strength[row] >= SURE:
        return True
    known = translations(own.stems[word], own.language, other.language)
    stems = set(other.stems) - {other.stems[partner]}
    return any(known.get(stemmed, 0.0) > RENDERED for stemmed in stems)

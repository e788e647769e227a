"""Terms of both sides paired by what they say and where they stand: shared by the rules on wording.

A term that has a partner of its own meaning nearby says nothing. What is left over is either put for
a term of another meaning (:func:`exchanged`) or has nothing in its place (:func:`missing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..matching.alignment import SURE
from ..matching.comparison import Comparison
from ..matching.wording import Term, terms
from ..types import MentionKind
from .base import Compared

REACH = 12
"""Words within which a term of the same meaning is taken for the counterpart: adverbs move."""
NEAR = 5
"""Words within which a term of another meaning is taken to stand in the place."""
AROUND = 3
"""Words by which the neighbours of a missing term may stand apart and still mark its place."""
HEARD = 3.1
"""Nats from which a word without partner may be the rendering that we do not know."""
TELLS = 2.0
"""Nats from which a link of a term tells that it was rendered."""
GROUND = 0.45
"""Share of the words around a missing term that must be linked."""

Same = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Terms of one kind without a counterpart."""

    quote: tuple[Term, ...]
    source: tuple[Term, ...]
    """Only those in the scope of the quotation."""


def same_key(a: str, b: str) -> bool:
    """Whether two terms say the same: the plain case."""
    return a == b


def distance(comparison: Comparison, quote: Term, source: Term) -> float:
    """Words between two terms once laid on one side; 0 where they are linked with each other."""
    alignment = comparison.alignment
    if any(int(alignment.to_source[i]) in source.words for i in quote.words):
        return 0.0
    there = alignment.place(quote.words, from_quote=True) - middle(source.words)
    here = alignment.place(source.words, from_quote=False) - middle(quote.words)
    return min(abs(there), abs(here))


def middle(words: range) -> float:
    """The middle of some words, as an index."""
    return (words[0] + words[-1]) / 2


def unpaired(comparison: Comparison, kind: str, same: Same = same_key, reach: float = REACH) -> Pairing:
    """The terms of one kind that no term of the same meaning stands for on the other side."""
    quote, source = terms(comparison.quote, kind), terms(comparison.source, kind)
    pairs = sorted(
        (distance(comparison, q, s), a, b)
        for a, q in enumerate(quote)
        for b, s in enumerate(source)
        if same(q.key, s.key) and not _busy(comparison, q, s)
    )
    done_quote: set[int] = set()
    done_source: set[int] = set()
    for apart, a, b in pairs:
        if apart <= reach and a not in done_quote and b not in done_source:
            done_quote.add(a)
            done_source.add(b)
    return Pairing(
        tuple(t for a, t in enumerate(quote) if a not in done_quote),
        tuple(
            t
            for b, t in enumerate(source)
            if b not in done_source and any(j in comparison.scope for j in t.words)
        ),
    )


def _busy(comparison: Comparison, quote: Term, source: Term) -> bool:
    """Whether one of two terms, an open word, surely renders some other word of the other side."""
    return (not quote.reported and rendered(comparison, quote, source.words, of_quote=True)) or (
        not source.reported and rendered(comparison, source, quote.words, of_quote=False)
    )


def exchanged(comparison: Comparison, pairing: Pairing, clash: Same) -> Iterator[tuple[Term, Term]]:
    """Terms of the quotation that stand where the evidence has one of a clashing meaning."""
    free = [t for t in pairing.source if t.reported]
    for term in pairing.quote:
        near = [t for t in free if clash(term.key, t.key) and distance(comparison, term, t) <= NEAR]
        if not term.reported or not near:
            continue
        other = min(near, key=lambda t: distance(comparison, term, t))
        if rendered(comparison, term, other.words, of_quote=True) or rendered(
            comparison, other, term.words, of_quote=False
        ):
            continue
        free.remove(other)
        yield term, other


def rendered(comparison: Comparison, term: Term, partner: Sequence[int], *, of_quote: bool) -> bool:
    """Whether a word of the term is surely linked with a word outside ``partner``: it was translated.

    Which "not" of a text renders which of the other the alignment cannot tell, so those links say nothing.
    """
    own, other, mapping = comparison.alignment.seen_from(quote=of_quote)
    alignment = comparison.alignment
    denials = own.words_of(MentionKind.NEGATION), other.words_of(MentionKind.NEGATION)
    for i in term.words:
        j = int(mapping[i])
        row = i if of_quote else j
        if j < 0 or other.weights[j] < TELLS or (i in denials[0] and j in denials[1]):
            continue
        if j not in partner and alignment.strength[row] >= SURE and not alignment.contrast[row]:
            return True
    return False


def missing(comparison: Comparison, term: Term, *, of_quote: bool) -> bool:
    """Whether nothing stands for a term on the other side.

    Its words have no partner, the words around it have one, and in its place on the other side no word
    is left over that might render it in a way the language files do not know.
    """
    own, other, mapping = comparison.alignment.seen_from(quote=of_quote)
    _, _, back = comparison.alignment.seen_from(quote=not of_quote)
    if any(mapping[i] >= 0 and own.weights[i] >= TELLS for i in term.words):
        return False
    if comparison.support_of(term.words, of_quote=of_quote) < GROUND:
        return False
    before = next((int(mapping[i]) for i in range(term.words[0] - 1, -1, -1) if mapping[i] >= 0), None)
    after = next(
        (int(mapping[i]) for i in range(term.words[-1] + 1, len(own.words)) if mapping[i] >= 0), None
    )
    # Languages order a noun's attributes otherwise, so each of the words before marks a place.
    nearby = (int(mapping[i]) for i in range(max(0, term.words[0] - AROUND), term.words[0]))
    place = {j for start in nearby if start >= 0 for j in range(start - 1, start + 3)}
    if after is not None:
        place |= set(range(after - 2, after + 2))
    if before is not None and (after is None or abs(after - before) <= 2 * AROUND):
        place |= set(range(before - 1, before + 3))
        place |= set(range(before, after)) if after is not None else set()
    return not any(0 <= j < len(other.words) and back[j] < 0 and other.weights[j] >= HEARD for j in place)


def grounded(compared: Compared, *words: tuple[range, bool]) -> float:
    """How sure a finding on terms is: the match, and how well the words around them are linked."""
    ground = [compared.comparison.support_of(w, of_quote=side) for w, side in words]
    base = 0.5 + 0.4 * min(1.0, 1.4 * (sum(ground) / len(ground) if ground else 0.0))
    return base * (0.7 + 0.3 * compared.probability)

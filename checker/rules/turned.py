"""What was turned round: which of two is more, which of two is denied, where from and where to.

Both things stand on both sides, so no value clashes and nothing is missing. The words that join them say
which is which: "than", "not ... but", "from ... to".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..matching.comparison import Comparison
from ..matching.sides import Side
from ..matching.wording import Term, listed, terms
from ..types import Mention, MentionKind
from .negative_words import weakening_words
from .swaps import CLAUSE_MARKS, Swap

LINKED = 0.5
"""How surely the words on either side of "than" must be found."""
COMPARATIVE_REACH = 4
"""Words before "than" in which its comparative stands."""
PREFERENCE_REACH = 7
"""The same for "rather", behind which all of what is preferred stands."""
TELLING = 3.0
"""Nats from which a word says which thing is meant."""
BEHIND = 4
"""Words behind the joining word that belong to it."""
CONTRAST_REACH = 10
"""Words around a denied thing in which the other thing stands that is affirmed."""
ANCHORED = 0.8
"""How surely the word before "from" and "to" must be the same."""
JOURNEY = 6
"""Words within which "to" follows "from"."""


def turned(comparison: Comparison) -> Iterator[Swap]:
    """Everything of a quotation that was turned round in one of the ways above."""
    yield from _turned_comparisons(comparison)
    yield from _turned_contrasts(comparison)
    yield from _turned_journeys(comparison)


def _turned_comparisons(comparison: Comparison) -> Iterator[Swap]:
    """ "Prices rose faster than wages" beside "wages rose faster than prices"; so with before and after."""
    for name in ("than", "before", "after"):
        for i in listed(comparison.quote, name):
            for j in listed(comparison.source, name):
                swap = _turned(comparison, i, j)
                if swap is not None:
                    yield swap


def _turned(comparison: Comparison, i: int, j: int) -> Swap | None:
    """What two words for "than" compare, if each side has it the other way round."""
    if _lessening(comparison.quote, i) != _lessening(comparison.source, j) or not _by_one_measure(
        comparison, i, j
    ):
        return None  # "they earn less than we do" is "we earn more than they do"
    ours, theirs = _compared(comparison.quote, i), _compared(comparison.source, j)
    links = _links(comparison, ours, of_quote=True)
    if any(b in theirs for _, b in links):
        return None  # the same is compared with
    there = next(((a, b) for a, b in links if _before(comparison.source, b, j)), None)
    back = _links(comparison, theirs, of_quote=False)
    here = next(((a, b) for a, b in back if _before(comparison.quote, a, i)), None)
    if there is None or here is None:
        return None
    return _swap(here, there)


def _lessening(side: Side, index: int) -> bool:
    """Whether "less" or the like stands before "than"."""
    before = range(index - COMPARATIVE_REACH, index)
    return not weakening_words(side).isdisjoint(before)


def _preferring(side: Side, index: int) -> bool:
    """Whether "rather" or the like stands before "than": that is the whole of the comparison."""
    before = range(index - PREFERENCE_REACH, index)
    return not listed(side, "preferring").isdisjoint(before)


def _by_one_measure(comparison: Comparison, i: int, j: int) -> bool:
    """Whether what is more or less on both sides is the same: a telling word before "than", or none at all."""
    if _preferring(comparison.quote, i) and _preferring(comparison.source, j):
        return True
    ours = [a for a in range(max(0, i - COMPARATIVE_REACH), i) if comparison.quote.weights[a] >= TELLING]
    there = range(j - COMPARATIVE_REACH, j)
    links = [int(comparison.alignment.to_source[a]) for a in ours]
    return not ours or any(b in there and comparison.source.weights[b] >= TELLING for b in links)


def _compared(side: Side, index: int) -> list[int]:
    """The telling words behind "than", up to a mark or the end of its sentence."""
    found: list[int] = []
    for i in range(index + 1, min(len(side.words), index + 1 + BEHIND)):
        text = side.text[side.words[i - 1].span.end : side.words[i].span.start]
        if side.sentence_of[i] != side.sentence_of[index] or any(mark in text for mark in CLAUSE_MARKS):
            break
        if side.weights[i] >= TELLING:
            found.append(i)
    return found


def _before(side: Side, index: int, pivot: int) -> bool:
    """Whether a word stands before another in its clause."""
    if not (index < pivot and side.sentence_of[index] == side.sentence_of[pivot]):
        return False
    text = side.text[side.words[index].span.end : side.words[pivot].span.start]
    return not any(mark in text for mark in CLAUSE_MARKS)


@dataclass(frozen=True, slots=True)
class _Contrast:
    """A thing that is denied so that another is affirmed: "the bridge, not the road"."""

    marker: range
    denied: list[int]
    """The telling words of it."""

    @property
    def reach(self) -> range:
        """All its words."""
        return range(self.marker[-1] + 1, self.denied[-1] + 1)


def _turned_contrasts(comparison: Comparison) -> Iterator[Swap]:
    """ "The bridge, not the road" beside "the road instead of the bridge"."""
    ours, theirs = _contrasts(comparison.quote), _contrasts(comparison.source)
    if len(ours) == len(theirs) == 1:  # of several, which stands for which is not known
        here, there = ours[0], theirs[0]
        swap = _exchanged(comparison, here, there)
        if (
            swap is not None
            and _beside(comparison.quote, here, swap.quote)
            and _beside(comparison.source, there, swap.source)
        ):
            yield swap


def _contrasts(side: Side) -> list[_Contrast]:
    marks = terms(side, "contrasted")
    buts = [t for t in marks if t.key == "but"]
    found = []
    for mark in marks:
        if mark.key == "but" or (mark.key == "not" and not _contrasting(side, mark, buts)):
            continue
        stop = min((b.words[0] for b in buts if b.words[0] > mark.words[-1]), default=len(side.words))
        denied = [i for i in _compared(side, mark.words[-1]) if i < stop]
        if denied:
            found.append(_Contrast(mark.words, denied))
    return found


def _contrasting(side: Side, negator: Term, buts: Sequence[Term]) -> bool:
    """Whether a mark stands right before a "not", or "but" behind it: else it denies the clause."""
    first, last = negator.words[0], negator.words[-1]
    gap = side.text[side.words[first - 1].span.end : side.words[first].span.start] if first else ""
    return any(mark in gap for mark in CLAUSE_MARKS) or any(
        last < b.words[0] <= last + CONTRAST_REACH and side.sentence_of[b.words[0]] == side.sentence_of[last]
        for b in buts
    )


def _beside(side: Side, contrast: _Contrast, words: tuple[range, range]) -> bool:
    """Whether the thing that is not denied stands near, in the sentence of the one that is."""
    start = contrast.marker[0]
    return all(
        side.sentence_of[word[0]] == side.sentence_of[start] and abs(word[0] - start) <= CONTRAST_REACH
        for word in words
    )


def _turned_journeys(comparison: Comparison) -> Iterator[Swap]:
    """ "From the port to the market" beside "from the market to the port"."""
    ours, theirs = _journeys(comparison.quote), _journeys(comparison.source)
    if len(ours) == len(theirs) == 1:
        (start, end), (begin, goal) = ours[0], theirs[0]
        first, second = _linked(comparison, start, goal), _linked(comparison, end, begin)
        straight = _linked(comparison, start, begin), _linked(comparison, end, goal)
        if first and second and not any(straight) and _differ(comparison.quote, first[0], second[0]):
            yield _swap(first, second)


def _journeys(side: Side) -> list[tuple[list[int], list[int]]]:
    """The telling words behind "from", and those behind the "to" that goes with it."""
    found = []
    targets = sorted(listed(side, "to"))
    for start in sorted(listed(side, "from")):
        end = next((t for t in targets if start < t <= start + JOURNEY), None)
        if end is None:
            continue
        behind, goal = _compared(side, start), _compared(side, end)[:2]
        if goal and end - 1 in behind:
            found.append(([i for i in behind if i < end], goal))
    return found


def turned_goals(comparison: Comparison) -> Iterator[tuple[range, range]]:
    """ "Exports to Japan" beside "exports from Japan"; the word before must be the same on both sides."""
    quote, source = comparison.quote, comparison.source
    for ours, theirs in comparison.mentions(MentionKind.NAME).equal:
        here, there = _preposition(quote, ours), _preposition(source, theirs)
        if here is None or there is None or {here[0], there[0]} != {"from", "toward"}:
            continue
        i, j = here[1] - 1, there[1] - 1
        if i < 0 or int(comparison.alignment.to_source[i]) != j or comparison.alignment.contrast[i]:
            continue
        if comparison.alignment.strength[i] >= ANCHORED and quote.weights[i] >= TELLING:
            goal, start = quote.words_in(ours.span), source.words_in(theirs.span)
            yield range(here[1], goal[-1] + 1), range(there[1], start[-1] + 1)


def _preposition(side: Side, name: Mention) -> tuple[str, int] | None:
    """Whether "from" or "to" stands before a name, and where."""
    words = side.words_in(name.span)
    for i in range(words[0] - 1, max(-1, words[0] - 3), -1) if words else ():
        found = next((kind for kind in ("from", "toward") if i in listed(side, kind)), None)
        if found:
            return found, i
        if side.weights[i] >= TELLING:
            return None
    return None


def _exchanged(comparison: Comparison, ours: _Contrast, theirs: _Contrast) -> Swap | None:
    """What is denied here and affirmed there, with what is affirmed here and denied there, surely linked."""
    out = _links(comparison, ours.denied, of_quote=True)
    back = _links(comparison, theirs.denied, of_quote=False)
    if not out or not back or any(j in theirs.reach for _, j in out) or any(i in ours.reach for i, _ in back):
        return None
    return _swap(back[0], out[0])


def _linked(comparison: Comparison, ours: Sequence[int], theirs: Sequence[int]) -> tuple[int, int] | None:
    """The first sure link between two groups of words."""
    return next((link for link in _links(comparison, ours, of_quote=True) if link[1] in theirs), None)


def _links(comparison: Comparison, words: Sequence[int], *, of_quote: bool) -> list[tuple[int, int]]:
    """The sure links of some words of one side, each as a word of the quotation and one of the evidence."""
    alignment = comparison.alignment
    _, _, mapping = alignment.seen_from(quote=of_quote)
    found = [(i, int(mapping[i])) if of_quote else (int(mapping[i]), i) for i in words if mapping[i] >= 0]
    return [(i, j) for i, j in found if alignment.strength[i] >= LINKED]


def _differ(side: Side, a: int, b: int) -> bool:
    return side.words[a].norm != side.words[b].norm


def _swap(*links: tuple[int, int]) -> Swap:
    """Two links of a word with its like, which stands where the other should."""
    (a, x), (b, y) = sorted(links)
    return Swap((range(a, a + 1), range(b, b + 1)), (range(y, y + 1), range(x, x + 1)), one_clause=True)

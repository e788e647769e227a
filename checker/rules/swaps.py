"""Things that changed places: who did it to whom, which rose and which fell. Shared by several rules.

A word that is right and stands in the place of another right word has no clash of values. It is found by
its neighbours: they show where on the other side it should stand, and there stands the other one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from ..matching.comparison import Comparison
from ..matching.edits import edits
from ..matching.sides import Side
from ..matching.similarity import same_value
from ..matching.wording import listed, wording_of
from ..types import Mention, MentionKind, NameValue, NumberValue
from .opposites import opposed

FITS = 3.0
"""Words by which a thing may miss the place of the other for the two to count as exchanged."""
BETTER = 2.0
"""Words by which that place must fit better than its own."""
CLAUSE_MARKS = ",;:.!?，。；：！？—–"
_SWAPPED = (MentionKind.NAME, MentionKind.DIRECTION, MentionKind.NUMBER)
PERSON = "person"
"""Unit of what is counted by heads: "three people" and "two suspects" are alike."""
ROLES = ("from", "to", "passive")
"""Lists of words that give the name behind them a part in the sentence."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Two things of the quotation, and those of the evidence that stand in their places."""

    quote: tuple[range, range]
    """Words of the quotation, in order."""
    source: tuple[range, range]
    """What stands in the place of each: the words of the evidence that mean the other one."""
    one_clause: bool
    """Whether both stand in one clause: then they changed roles, else one was put for the other."""


def swaps(comparison: Comparison, kind: MentionKind) -> Iterator[Swap]:
    """Mentions of one kind that changed places."""
    quote, source = comparison.quote, comparison.source
    found = [
        (q, quote.words_in(q.span), source.words_in(s.span))
        for q, s in comparison.mentions(kind).equal
        if comparison.in_scope(s)
    ]
    for (a, qa, sa), (b, qb, sb) in combinations([f for f in found if f[1] and f[2]], 2):
        if not (opposed(a, b) if kind is MentionKind.DIRECTION else _alike(comparison, a, b)):
            continue
        if qa[0] > qb[0]:
            qa, sa, qb, sb = qb, sb, qa, sa
        if _listed_together(quote, qa, qb) or _listed_together(source, *sorted((sa, sb), key=lambda r: r[0])):
            continue
        if set(sa) & set(sb) or quote.sentence_of[qa[0]] != quote.sentence_of[qb[0]]:
            continue
        if _roles_changed(comparison, (qa, qb), (sa, sb)) or (
            sb[0] < sa[0] and _changed_places(comparison, (qa, qb), (sa, sb))
        ):
            yield Swap((qa, qb), (sb, sa), not _parted(quote, qa, qb))


@lru_cache(maxsize=4)
def single_swaps(comparison: Comparison) -> dict[MentionKind, list[Swap]]:
    """The swaps of each kind; none where two kinds changed places at once.

    "Exports rose while imports fell" told in the other order exchanges two pairs, and nothing is changed.
    """
    found = {kind: list(swaps(comparison, kind)) for kind in _SWAPPED}
    apart: list[set[int]] = []
    for swap in (s for several in found.values() for s in several):
        words = {*swap.quote[0], *swap.quote[1]}
        if not any(words & other for other in apart):
            apart.append(words)
    return found if len(apart) < 2 else {kind: [] for kind in _SWAPPED}


def _alike(comparison: Comparison, a: Mention, b: Mention) -> bool:
    """Whether two things of the quotation are of one type and still not the same one."""
    if isinstance(a.value, NameValue) and isinstance(b.value, NameValue) and a.value.type != b.value.type:
        return False
    if isinstance(a.value, NumberValue) and isinstance(b.value, NumberValue):
        units = {a.value.unit, b.value.unit}
        if len(units) > 1 and units != {None, PERSON}:
            return False
    return same_value(a, b, comparison.quote, comparison.quote) is False


def _changed_places(comparison: Comparison, quote: tuple[range, range], source: tuple[range, range]) -> bool:
    """Whether each stands where its neighbours have the other, and the voice is the same."""
    (qa, qb), (sa, sb) = quote, source
    alignment = comparison.alignment
    if not _pivot(comparison, quote, source) or _passive(comparison.quote, qa, qb) != _passive(
        comparison.source, sb, sa
    ):
        return False
    here = (
        alignment.place(qa, from_quote=True, without=[*qb]),
        alignment.place(qb, from_quote=True, without=[*qa]),
    )
    other = abs(here[0] - _middle(sb)), abs(here[1] - _middle(sa))
    own = abs(here[0] - _middle(sa)) + abs(here[1] - _middle(sb))
    return max(other) <= FITS and sum(other) + BETTER <= own


def _pivot(comparison: Comparison, quote: tuple[range, range], source: tuple[range, range]) -> bool:
    """Whether a telling word stands between the two on both sides: a list may be told in any order."""
    (qa, qb), (sa, sb) = quote, source
    between = range(qa[-1] + 1, qb[0])
    there = range(sb[-1] + 1, sa[0])
    return any(
        comparison.quote.weights[i] >= 2.5 and int(comparison.alignment.to_source[i]) in there
        for i in between
    )


def _listed_together(side: Side, first: range, second: range) -> bool:
    """Whether only "and" or a comma stands between two things: their order says nothing."""
    between = range(first[-1] + 1, second[0])
    gap = side.text[side.words[first[-1]].span.end : side.words[second[0]].span.start]
    joined = bool(listed(side, "joining") & set(between)) or not between or "," in gap
    return joined and not any(side.weights[i] >= 2.5 for i in between if i not in listed(side, "joining"))


def _passive(side: Side, first: range, second: range) -> bool:
    between = range(first[-1] + 1, second[0])
    pattern = wording_of(side.language).passive_pattern
    return bool(listed(side, "passive") & set(between)) or any(
        pattern.fullmatch(side.words[i].norm) for i in between
    )


def _roles_changed(comparison: Comparison, quote: tuple[range, range], source: tuple[range, range]) -> bool:
    """Whether "from" or "by" stands before one of the two here and before the other there."""
    for name in ROLES:
        ours = [_marked(comparison.quote, words, name) for words in quote]
        theirs = [_marked(comparison.source, words, name) for words in source]
        if sum(ours) == sum(theirs) == 1 and ours != theirs:
            return True
    return False


def _marked(side: Side, words: range, name: str) -> bool:
    return words[0] > 0 and words[0] - 1 in listed(side, name)


def _parted(side: Side, first: range, second: range) -> bool:
    """Whether a clause ends between two words."""
    between = range(first[-1] + 1, second[0])
    text = side.text[side.words[first[-1]].span.end : side.words[second[0]].span.start]
    return bool(listed(side, "parting") & set(between)) or any(mark in text for mark in CLAUSE_MARKS)


def _middle(words: range) -> float:
    return (words[0] + words[-1]) / 2


def edited_swaps(comparison: Comparison) -> Iterator[Swap]:
    """Within one language: words that were put for each other in two places."""
    quote, source = comparison.quote, comparison.source
    for a, b in combinations(edits(comparison), 2):
        ours = [tuple(quote.words[i].norm for i in e.quote) for e in (a, b)]
        theirs = [tuple(source.words[j].norm for j in e.source) for e in (a, b)]
        if (
            all(ours)
            and ours == theirs[::-1]
            and ours[0] != ours[1]
            and _tells(quote, a.quote)
            and _tells(quote, b.quote)
        ):
            yield Swap((a.quote, b.quote), (a.source, b.source), not _parted(quote, a.quote, b.quote))


def _tells(side: Side, words: range) -> bool:
    return any(side.weights[i] >= 2.5 for i in words)

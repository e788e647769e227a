"""Words whose opposite stands in the corresponding place of the other side: shared by several rules.

The axis of a pair of opposites says which rule reports it: the axes ``not ...`` hold a word beside its
denial (able / unable), the axes ``when ...`` hold times (dawn / dusk), all others directions.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.comparison import Comparison
from ..matching.sides import Side
from ..matching.wording import listed, terms
from ..types import DirectionValue, Mention, MentionKind
from .negative_words import implying_words, weakening_words
from .negators import denials_of
from .termpairs import middle

DENYING, TIMED = "not ", "when "
"""How the names of axes begin that other rules than MQ108 report."""
SETTING = ("when ", "who ", "compass ", "before", "latitude", "longitude", "hand")
"""How the names of axes begin whose words are no predicates: a denial of the verb is none of them."""
REACH = 8
"""Words by which an opposite may have moved."""
NEAR = 3
"""The same where the alignment has not joined the two."""
NEGATED = 5
"""Words before an opposite in which a plain negator belongs to it."""
WEAKENED = 2
"""Words before an opposite in which a word of negative meaning turns it ("hardly clear")."""
ORDER = "before"
"""The axis of "before" and "after", which join two clauses that may be told in either order."""
FOUND = 0.4
"""How surely a word of these clauses must be found on the other side to tell their order."""
TELLING = 4.0
"""Nats from which it tells."""
AROUND = 6
"""Words around the joining word that belong to them."""
CLOSE = 1
"""The same for words that are no predicates ("not before")."""


def axis_of(mention: Mention) -> str:
    """The axis of a direction word; empty for any other mention."""
    return mention.value.axis if isinstance(mention.value, DirectionValue) else ""


def denies(mention: Mention) -> bool:
    """Whether a word of a ``not ...`` axis is the denial of the two."""
    return isinstance(mention.value, DirectionValue) and mention.value.pole < 0


def opposites(comparison: Comparison, prefix: str = "") -> Iterator[tuple[Mention, Mention]]:
    """Direction words on one side only whose opposite stands in the corresponding place of the other.

    Those of the axes whose names begin with ``prefix``; without one, those of plain directions.
    """
    found = comparison.mentions(MentionKind.DIRECTION)
    free = list(found.only_source)
    for mention in found.only_quote:
        if not _of_group(mention, prefix):
            continue
        near = [m for m in free if opposed(mention, m) and comparison.distance(mention, m) <= REACH]
        near = near or _joined(comparison, mention)
        if not near:
            continue
        other = min(near, key=lambda m: comparison.distance(mention, m))
        if comparison.cross_language and not _in_place(comparison, mention, other):
            continue  # only in the very place of the other: there are many more words than opposites
        if comparison.either_translated(mention, other):
            continue
        if _until(comparison.quote, mention, comparison.source, other) or _until(
            comparison.source, other, comparison.quote, mention
        ):
            continue  # "closed until he comes" is "will only open when he has come"
        if axis_of(mention) == ORDER and _turned_round(comparison, mention, other):
            continue  # "it sank before he came" is "he came after it sank"
        if _weakened(comparison, mention, of_quote=True) or _weakened(comparison, other, of_quote=False):
            continue
        reach = CLOSE if axis_of(mention).startswith(SETTING) else NEGATED
        if _negated(comparison, mention, reach, of_quote=True) != _negated(
            comparison, other, reach, of_quote=False
        ):
            continue  # "not weak" for "strong" keeps the meaning
        if other in free:
            free.remove(other)
        yield mention, other


def _joined(comparison: Comparison, mention: Mention) -> list[Mention]:
    """Opposites that the alignment joined with a word, though their own end stands elsewhere on this side too."""
    links = {int(comparison.alignment.to_source[i]) for i in comparison.quote.words_in(mention.span)}
    return [
        m
        for m in comparison.source.of_kind(MentionKind.DIRECTION)
        if opposed(mention, m) and links & set(comparison.source.words_in(m.span)) and comparison.in_scope(m)
    ]


def _until(own: Side, mention: Mention, other: Side, partner: Mention) -> bool:
    """Whether "until" stands behind the one word, and "only" right before its opposite or a day from which behind it."""
    words, others = own.words_in(mention.span), other.words_in(partner.span)
    if not words or not others:
        return False
    ends = range(words[-1] + 1, words[-1] + 1 + REACH)
    before = range(others[0] - NEAR, others[0])
    starts = range(others[-1] + 1, others[-1] + 1 + REACH)
    only = any(t.key == "only" and t.words[-1] in before for t in terms(other, "hedge"))
    day = not other.words_of(MentionKind.DATE).isdisjoint(starts) and not listed(other, "until")
    opened = day or not listed(other, "since").isdisjoint(starts)
    opened = opened and not listed(own, "until").isdisjoint(ends)
    return opened or (only and not implying_words(own).isdisjoint(ends))


def _turned_round(comparison: Comparison, quote: Mention, source: Mention) -> bool:
    """Whether what stands before the one word stands behind the other, and the reverse."""
    alignment = comparison.alignment
    here, there = comparison.quote.words_in(quote.span), comparison.source.words_in(source.span)
    own, other = comparison.quote, comparison.source
    straight = crossed = 0
    lengths = own.words_of(MentionKind.NUMBER)  # "two hours before" goes with the word between the clauses
    for i, j in enumerate(alignment.to_source):
        if j < 0 or i in lengths or i in here or int(j) in there or alignment.strength[i] < FOUND:
            continue
        if (
            own.sentence_of[i] != own.sentence_of[here[0]]
            or other.sentence_of[j] != other.sentence_of[there[0]]
        ):
            continue
        if own.weights[i] >= TELLING and min(abs(i - here[0]), abs(int(j) - there[0])) <= AROUND:
            if (i < here[0]) == (int(j) < there[0]):
                straight += 1
            else:
                crossed += 1
    return crossed > straight


def _in_place(comparison: Comparison, quote: Mention, source: Mention) -> bool:
    """Whether the two stand in one place by their neighbours: a stray link of two words proves nothing.

    The alignment takes an opposite for a poor translation: where it did not join them, they must be nearer.
    """
    alignment = comparison.alignment
    rows, columns = comparison.quote.words_in(quote.span), comparison.source.words_in(source.span)
    there = abs(alignment.place(rows, from_quote=True) - middle(columns))
    here = abs(alignment.place(columns, from_quote=False) - middle(rows))
    joined = any(int(alignment.to_source[i]) in columns for i in rows)
    return min(there, here) <= (REACH if joined else NEAR)


def _weakened(comparison: Comparison, mention: Mention, *, of_quote: bool) -> bool:
    """Whether a word that turns the mention without a negator stands right before it ("less clear")."""
    side, _, mapping = comparison.alignment.seen_from(quote=of_quote)
    own = side.words_in(mention.span)
    return any(0 < own[0] - i <= WEAKENED and mapping[i] < 0 for i in weakening_words(side) if own)


def _of_group(mention: Mention, prefix: str) -> bool:
    axis = axis_of(mention)
    return axis.startswith(prefix) if prefix else not axis.startswith((DENYING, TIMED))


def opposed(a: Mention, b: Mention) -> bool:
    """Whether two mentions stand at the two ends of one axis."""
    return isinstance(a.value, DirectionValue) and a.value.opposes(b.value)


def _negated(comparison: Comparison, mention: Mention, reach: int, *, of_quote: bool) -> bool:
    """Whether a denial of any kind stands shortly before the mention, in its sentence."""
    side = comparison.quote if of_quote else comparison.source
    own = side.words_in(mention.span)
    return any(
        own and 0 < own[0] - i <= reach and side.sentence_of[i] == side.sentence_of[own[0]]
        for m in denials_of(side)
        for i in side.words_in(m.span)
        if i not in own
    )

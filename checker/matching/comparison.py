"""A quotation laid beside one earlier report: which typed values agree, which stand alone, which clash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..languages import primary, same_macro
from ..types import DateValue, Mention, MentionKind, QuotationKind, Relation, Span
from .alignment import SURE, TELLING, Alignment
from .narration import narrated
from .sides import Side
from .similarity import same_value

NEAR = 5
"""Words by which a value may have moved and still be taken for the counterpart of another."""
SENTENCE_SHARE = 0.35
"""Share of a sentence the window must cover for the whole sentence to be in scope."""


@dataclass(frozen=True, slots=True)
class MentionComparison:
    """The mentions of one kind on both sides."""

    equal: tuple[tuple[Mention, Mention], ...]
    only_quote: tuple[Mention, ...]
    """Mentions of the quotation with no equal anywhere in the evidence passage."""
    only_source: tuple[Mention, ...]
    """Mentions in the scope of the evidence with no equal in the quotation."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """One quotation text beside one evidence text; what several rules ask for is found once."""

    alignment: Alignment
    scope: range
    """Evidence words that the quotation is answerable for: the window, or the sentences it covers."""
    kind: QuotationKind
    relation: Relation
    _paired: dict[MentionKind, MentionComparison] = field(default_factory=dict, init=False, repr=False)

    @property
    def quote(self) -> Side:
        """The quotation."""
        return self.alignment.quote

    @property
    def source(self) -> Side:
        """The evidence."""
        return self.alignment.source

    @property
    def cross_language(self) -> bool:
        """Whether the two texts are in languages that are not matched as one."""
        return not same_macro(self.quote.language, self.source.language)

    @cached_property
    def narrated(self) -> frozenset[int]:
        """Words of the evidence that its narrator says around the quoted speech ("he said on Monday")."""
        source = self.source
        days = source.words_of(MentionKind.DATE)
        linked = frozenset(
            j
            for j, i in enumerate(self.alignment.to_quote)
            if i >= 0 and j not in days and source.weights[j] >= TELLING
        )
        return narrated(self.source, linked)

    @property
    def window_span(self) -> Span:
        """The window in characters of the evidence text; empty at 0 where there is none."""
        window = self.alignment.window
        return self.source.span_of(window) if len(window) else Span(0, 0)

    def in_scope(self, mention: Mention) -> bool:
        """Whether an evidence mention lies among the words the quotation is answerable for."""
        words = self.source.words_in(mention.span)
        if mention.value in self.statement_days:
            return False
        return any(j in self.scope for j in words) and not self.narrated & set(words)

    @cached_property
    def statement_days(self) -> frozenset[DateValue]:
        """The day on which the evidence says it was said: its narrator's, with or without quotation marks."""
        values = (m.value for m in self.source.of_kind(MentionKind.DATE))
        return frozenset(v.counted_from for v in values if isinstance(v, DateValue) and v.counted_from)

    def mentions(self, kind: MentionKind) -> MentionComparison:
        """Pair the mentions of one kind by value."""
        if kind not in self._paired:
            self._paired[kind] = self._pair(kind)
        return self._paired[kind]

    def _pair(self, kind: MentionKind) -> MentionComparison:
        quote, source = self.quote.of_kind(kind), self.source.of_kind(kind)
        equal: list[tuple[Mention, Mention]] = []
        taken: set[int] = set()
        only_quote = []
        for mention in quote:
            partners = [
                n for n, other in enumerate(source) if same_value(mention, other, self.quote, self.source)
            ]
            if not partners:
                only_quote.append(mention)
                continue
            best = min(partners, key=lambda n: (n in taken, self.distance(mention, source[n])))
            taken.update(partners)  # said twice on one side and once on the other is no difference
            equal.append((mention, source[best]))
        only_source = tuple(m for n, m in enumerate(source) if n not in taken and self.in_scope(m))
        return MentionComparison(tuple(equal), tuple(only_quote), only_source)

    @cached_property
    def untold(self) -> tuple[tuple[Mention, Mention], ...]:
        """Dates that stand in each other's place, one of them counted from a day not given.

        "Yesterday" and "9 March" may be the same day: whether they are cannot be told here.
        """
        found = self.mentions(MentionKind.DATE)
        return tuple(
            (quote, source)
            for quote in found.only_quote
            for source in found.only_source
            if is_relative(quote) != is_relative(source)
            and self.distance(quote, source) <= NEAR
            and same_value(quote, source, self.quote, self.source) is None
        )

    def distance(self, mention: Mention, other: Mention) -> float:
        """How many words apart two mentions are, once laid on the same side."""
        rows, columns = self.quote.words_in(mention.span), self.source.words_in(other.span)
        if not rows or not columns:
            return float("inf")
        forward = abs(self.alignment.project(rows[0], from_quote=True) - columns[0])
        backward = abs(self.alignment.project(columns[0], from_quote=False) - rows[0])
        return min(forward, backward)

    def clashes(self, kind: MentionKind) -> tuple[tuple[Mention, Mention], ...]:
        """Mentions that stand alone on either side, in corresponding places: one put for the other."""
        found = self.mentions(kind)
        pairs = []
        free = list(found.only_source)
        for mention in found.only_quote:
            if not free:
                break
            near = [m for m in free if self.distance(mention, m) <= NEAR]
            if near:
                other = min(near, key=lambda m: (not self._excluded(mention, m), self.distance(mention, m)))
                pairs.append((mention, other))
                free.remove(other)
        return tuple(pairs)

    def _excluded(self, mention: Mention, other: Mention) -> bool:
        """Whether two mentions cannot say the same; a weekday and an hour, say, can both be told."""
        return same_value(mention, other, self.quote, self.source) is False

    def translated(self, mention: Mention, *partners: Mention, of_quote: bool) -> bool:
        """Whether a word of the mention is surely aligned with a word outside ``partners``.

        Then the other side says it in its own way, and nothing was put in its place.
        """
        alignment = self.alignment
        own, other, mapping = alignment.seen_from(quote=of_quote)
        excluded = {j for partner in partners for j in other.words_in(partner.span)}
        for i in own.words_in(mention.span):
            j = int(mapping[i])
            row = i if of_quote else j
            if (
                j >= 0
                and j not in excluded
                and alignment.strength[row] >= SURE
                and not alignment.contrast[row]
            ):
                return True
        return False

    def either_translated(self, quote: Mention, source: Mention) -> bool:
        """Whether either mention of a supposed clash has a sure counterpart elsewhere."""
        return self.translated(quote, source, of_quote=True) or self.translated(source, quote, of_quote=False)

    def support(self, mention: Mention, *, of_quote: bool, reach: int = 4) -> float:
        """How well the words around a mention are aligned, in [0, 1]: the ground a finding stands on."""
        side = self.quote if of_quote else self.source
        return self.support_of(side.words_in(mention.span), of_quote=of_quote, reach=reach)

    def support_of(self, own: range, *, of_quote: bool, reach: int = 4) -> float:
        """:meth:`support` of some words given by their indices."""
        side = self.quote if of_quote else self.source
        if not own:
            return 0.0
        around = [
            k for k in range(own[0] - reach, own[-1] + reach + 1) if 0 <= k < len(side.words) and k not in own
        ]
        return self._linked_share(around, of_quote=of_quote) if around else 0.0

    def _linked_share(self, indices: Sequence[int], *, of_quote: bool) -> float:
        side = self.quote if of_quote else self.source
        total = sum(min(float(side.weights[k]), 6.0) for k in indices)
        got = 0.0
        for k in indices:
            i = k if of_quote else int(self.alignment.to_quote[k])
            if i >= 0 and self.alignment.to_source[i] >= 0:
                got += min(float(side.weights[k]), 6.0) * float(self.alignment.strength[i])
        return got / total if total else 0.0


def compare_sides(alignment: Alignment, kind: QuotationKind) -> Comparison:
    """Decide what part of the evidence the quotation is answerable for, and how the two relate."""
    return Comparison(alignment, _scope(alignment, kind), kind, _relation(alignment))


def _scope(alignment: Alignment, kind: QuotationKind) -> range:
    window = alignment.window
    if not len(window) or kind in (QuotationKind.MIXED, QuotationKind.HEADLINE):
        return window
    source = alignment.source
    low, high = window[0], window[-1]
    for number in {int(source.sentence_of[low]), int(source.sentence_of[high])}:
        members = [j for j in range(len(source.words)) if source.sentence_of[j] == number]
        inside = sum(float(source.weights[j]) for j in members if j in window)
        if inside >= SENTENCE_SHARE * sum(float(source.weights[j]) for j in members):
            low, high = min(low, members[0]), max(high, members[-1])
    return range(low, high + 1)


def _relation(alignment: Alignment) -> Relation:
    if primary(alignment.quote.language) != primary(alignment.source.language):
        return Relation.TRANSLATION
    words = [w.norm for w in alignment.quote.words]
    window = [alignment.source.words[j].norm for j in alignment.window]
    return Relation.VERBATIM if words == window else Relation.PARAPHRASE


def is_relative(mention: Mention) -> bool:
    """Whether a date is told from another day ("yesterday")."""
    return isinstance(mention.value, DateValue) and mention.value.relative is not None

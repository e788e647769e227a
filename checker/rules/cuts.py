"""What each ellipsis of a quotation leaves out: shared by the rules on ellipses and on conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from ..languages import primary
from ..matching.comparison import Comparison
from ..matching.sides import Side
from ..types import Span
from .runs import ELLIPSIS

MARKING = 3.1
"""Nats from which a word marks a place: function words are linked anywhere."""
FIRST = 3
"""Words behind an opening ellipsis of which the earliest in the evidence marks the place: order changes."""
_MARK = regex.compile(r"[,;:.!?，。；：！？—–]")


@dataclass(frozen=True, slots=True)
class Cut:
    """What one ellipsis leaves out."""

    place: Span
    """The ellipsis, in the quotation."""
    gap: range
    """Words of the evidence that are left out."""
    before: int | None
    """The last quoted word of the evidence before them; None where the ellipsis opens the quotation."""
    after: int | None
    """The first quoted word behind them; None where the ellipsis ends the quotation."""


def cuts(comparison: Comparison) -> Iterator[Cut]:
    """The words of the evidence that each ellipsis of the quotation stands for."""
    quote, mapping = comparison.quote, comparison.alignment.to_source
    linked = [i for i in range(len(quote.words)) if mapping[i] >= 0]
    firm = [i for i in linked if quote.weights[i] >= MARKING]
    for found in ELLIPSIS.finditer(quote.text):
        place = Span(found.start(), found.end())
        behind = [i for i in range(len(quote.words)) if quote.words[i].span.start >= place.end]
        right = [int(mapping[i]) for i in firm if i in behind]
        if not any(word.span.end <= place.start for word in quote.words):
            cut = _opening(comparison, place, right)
        else:
            left = [i for i in firm if quote.words[i].span.end <= place.start]
            # before the first word that tells something, the little ones must do
            left = left or [i for i in linked if quote.words[i].span.end <= place.start][-1:]
            cut = _inner(comparison, place, [int(mapping[i]) for i in left], right, ends=not behind)
        if cut is not None and len(cut.gap):
            yield cut


def _opening(comparison: Comparison, place: Span, right: list[int]) -> Cut | None:
    """What stands before the first quoted words in their sentence."""
    numbers = comparison.source.sentence_of
    after = min((j for j in right[:FIRST] if numbers[j] == numbers[right[0]]), default=None)
    if after is None:
        return None
    first = next(j for j in range(len(numbers)) if numbers[j] == numbers[after])
    return Cut(place, range(first, after), None, after)


def _inner(
    comparison: Comparison, place: Span, left: list[int], right: list[int], *, ends: bool
) -> Cut | None:
    """What stands between the quoted words, or behind the last of them in their sentence."""
    if not left:
        return None
    before, after = left[-1], right[0] if right else None
    if not ends and (after is None or after <= before):
        return None
    end = after if after is not None else _sentence_end(comparison.source, before)
    return Cut(place, range(before + 1, end), before, after)


def _sentence_end(side: Side, index: int) -> int:
    numbers = side.sentence_of
    return next((j for j in range(index, len(numbers)) if numbers[j] != numbers[index]), len(numbers))


def swallowing(comparison: Comparison, clause: range) -> Cut | None:
    """The ellipsis that a clause was left out at: its sentence goes on at one.

    Across languages the clause may stand on the other side of what is quoted.
    """
    source = comparison.source
    sentence = source.sentence_of[clause[0]]
    near: list[Cut] = []
    for cut in cuts(comparison):
        if clause[0] in cut.gap:
            return cut
        if any(j is not None and source.sentence_of[j] == sentence for j in (cut.before, cut.after)):
            near.append(cut)
    apart = primary(source.language) != primary(comparison.quote.language)
    return near[0] if near and apart else None


def marked(side: Side, index: int) -> bool:
    """Whether punctuation stands behind a word."""
    end = side.words[index + 1].span.start if index + 1 < len(side.words) else len(side.text)
    return bool(_MARK.search(side.text, side.words[index].span.end, end))


def stopped(text: str) -> bool:
    """Whether a text ends in punctuation."""
    return bool(_MARK.search(text[-1:]))

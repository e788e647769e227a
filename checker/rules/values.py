"""Clashes of typed values that several rules report: numbers, names, dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from ..matching.alignment import SURE
from ..matching.comparison import Comparison
from ..matching.edits import edits
from ..matching.sides import Side
from ..matching.similarity import same_value
from ..matching.values import number_difference
from ..matching.wording import listed
from ..types import DirectionValue, Finding, Mention, MentionKind, NumberValue
from .base import Case, Compared, RuleInfo, confidence_of, make_finding
from .opposites import ORDER, axis_of, opposites
from .swaps import Swap, single_swaps
from .termpairs import grounded

NUMBERS = (
    "Both figures stand in the same place of the same statement, and neither side has the other's value."
)
LISTED = 3
"""Values in a row that make a list."""
SWAPPED = 0.06
"""Added confidence of an exchange: two places must fit at once."""
TOLD_ALIKE = 0.08
"""Added confidence of "before" put for "after": the clauses around them were found in the same order."""
BESIDE = 2
"""Words from a value within which another word goes with it."""
TELLING = 4.0
"""Nats from which such a word tells which value is meant."""
PERCENT, HUNDRED = "percent", Decimal(100)
MOST_PARTS = 20
"""Parts into which a whole is divided in words ("one in twenty")."""
SLACK = Decimal("0.02")
"""How exactly a written share must be the inverse of its ordinal."""
BOUND = "bound"
"""The axis of "more than" and "less than" in the language files."""
NEARLY = Decimal("0.75")
"""How near a bound must be to the number to be a rounding of it."""
ROUNDED = 0.6
"""Confidence in a number that was rounded to a bound that holds."""
_POINT = regex.compile(r"(?:^|\s)[.,]\Z")


@dataclass(frozen=True, slots=True, eq=False)
class Clash:
    """One value put for another."""

    compared: Compared
    quote: Mention
    source: Mention
    confidence: float
    difference: str = "value"

    @property
    def quote_words(self) -> str:
        """The words of the quotation."""
        return self.quote.span.of(self.compared.comparison.quote.text)

    @property
    def source_words(self) -> str:
        """The words of the evidence."""
        return self.source.span.of(self.compared.comparison.source.text)


def clashes(case: Case, kind: MentionKind) -> Iterator[Clash]:
    """Values of the quotation that stand in the place of another value, and that no evidence supports."""
    best = case.best
    if best is None:
        return
    found = best.comparison.clashes(kind)
    exchanged = [pair for pair in _edited(best.comparison, kind) if pair not in found]
    for quote, source in (*found, *exchanged):
        if not supported_elsewhere(case, quote):
            yield Clash(best, quote, source, confidence_of(best, (quote, True), (source, False)))


def opposed_clashes(case: Case, prefix: str = "") -> Iterator[Clash]:
    """Words put for their opposites that no evidence supports; ``prefix`` as for :func:`.opposites`."""
    best = case.best
    if best is None:
        return
    for quote, source in opposites(best.comparison, prefix):
        if not supported_elsewhere(case, quote):
            confidence = confidence_of(best, (quote, True), (source, False))
            told_alike = (
                axis_of(quote) == ORDER
            )  # else it would not be a clash: the clauses stand in one order
            yield Clash(best, quote, source, confidence + (TOLD_ALIKE if told_alike else 0.0))


def exchanged_values(
    info: RuleInfo, case: Case, kind: MentionKind, noun: str, *, one_clause: bool = True
) -> Iterator[Finding]:
    """One finding per two values of a kind that changed places; within one clause too only if ``one_clause``."""
    best = case.best
    for swap in single_swaps(best.comparison)[kind] if best is not None else ():
        if best is None or (swap.one_clause and not one_clause) or _kept(best.comparison, swap):
            continue
        quote, source = best.comparison.quote, best.comparison.source
        span, other = quote.span_of(swap.quote[0]), source.span_of(swap.source[0])
        yield make_finding(
            info,
            case,
            message=f"Two {noun}s have changed places: “{span.of(quote.text)}” here,"
            f" “{other.of(source.text)}” in earlier coverage.",
            why="Each of the two stands where earlier coverage has the other.",
            help=f"Check which {noun} belongs to which statement, and restore them.",
            confidence=grounded(best, *((words, True) for words in swap.quote)) + SWAPPED,
            compared=best,
            quote_span=span,
            source_span=other,
            labels=(f"this {noun}", "was said"),
        )


def _kept(comparison: Comparison, swap: Swap) -> bool:
    """Whether a word right beside a value stands beside the same value on the other side: it moved with it."""
    quote, source = comparison.quote, comparison.source
    values = quote.words_of(MentionKind.NUMBER, MentionKind.DATE)
    for own, same in zip(swap.quote, reversed(swap.source), strict=True):
        beside = [*range(own[0] - BESIDE, own[0]), *range(own[-1] + 1, own[-1] + 1 + BESIDE)]
        for i in beside:
            if not 0 <= i < len(quote.words) or quote.weights[i] < TELLING or i in values:
                continue
            j = int(comparison.alignment.to_source[i])
            near = j >= 0 and same[0] - BESIDE <= j <= same[-1] + BESIDE
            if near and source.weights[j] >= TELLING and comparison.alignment.strength[i] >= SURE:
                return True
    return False


def _edited(comparison: Comparison, kind: MentionKind) -> Iterator[tuple[Mention, Mention]]:
    """Within one language: a value that an edit put for another, though both texts may have both."""
    quote, source = comparison.quote, comparison.source
    found = edits(comparison)
    for edit in found:
        ours = [m for m in quote.of_kind(kind) if set(quote.words_in(m.span)) & set(edit.quote)]
        theirs = [m for m in source.of_kind(kind) if set(source.words_in(m.span)) & set(edit.source)]
        if len(ours) != 1 or len(theirs) != 1 or (_in_list(quote, ours[0]) and _in_list(source, theirs[0])):
            continue
        if same_value(ours[0], theirs[0], quote, source) is False:
            yield ours[0], theirs[0]


def _in_list(side: Side, mention: Mention) -> bool:
    """Whether at least three values of a kind stand one behind the other, this among them: their order is free."""
    run: list[Mention] = []
    for other in side.of_kind(mention.kind):
        words = side.words_in(other.span)
        between = range(side.words_in(run[-1].span)[-1] + 1, words[0]) if run else range(0)
        if run and not set(between) <= listed(side, "joining"):
            if mention in run:
                break
            run = []
        run.append(other)
    return mention in run and len(run) >= LISTED


def supported_elsewhere(case: Case, mention: Mention) -> bool:
    """Whether other evidence for the same utterance has this value of the quotation."""
    return any(
        same_value(mention, other, item.comparison.quote, item.comparison.source) is True
        for item in case.compared[1:]
        for other in item.comparison.source.of_kind(mention.kind)
    )


def number_clashes(case: Case) -> Iterator[Clash]:
    """Numbers that differ, with what differs: the value or the unit."""
    for clash in clashes(case, MentionKind.NUMBER):
        a, b = clash.quote.value, clash.source.value
        if not isinstance(a, NumberValue) or not isinstance(b, NumberValue):
            continue
        difference = number_difference(a, b)
        if difference is None or _share_of(a, b) or _share_of(b, a) or _cut_off(clash):
            continue
        confidence = clash.confidence * (0.8 if a.approximate or b.approximate else 1.0)
        if _bounds(clash, a, b):
            confidence *= ROUNDED
        yield Clash(clash.compared, clash.quote, clash.source, confidence, difference)


def _bounds(clash: Clash, quoted: NumberValue, said: NumberValue) -> bool:
    """Whether the quotation rounds to a bound that holds: "more than 500" where 528 was said."""
    side = clash.compared.comparison.quote
    words = side.words_in(clash.quote.span)
    near = range(words.start - 2, words.stop + 2)
    poles = {
        m.value.pole
        for m in side.of_kind(MentionKind.DIRECTION)
        if isinstance(m.value, DirectionValue)
        and m.value.axis == BOUND
        and any(i in near for i in side.words_in(m.span))
    }
    if len(poles) != 1:
        return False
    above = poles.pop() > 0
    return any(
        (bound <= value if above else value <= bound) and NEARLY * max(bound, value) <= min(bound, value)
        for bound in quoted.readings
        for value in said.readings
    )


def _share_of(ordinal: NumberValue, share: NumberValue) -> bool:
    """Whether one names the share that the other is: "a fifth" or "one in five" beside 20 per cent."""
    whole = HUNDRED if share.unit == PERCENT else Decimal(1)
    named = ordinal.ordinal or (
        ordinal.unit is None and ordinal.scale is None and all(1 < x <= MOST_PARTS for x in ordinal.readings)
    )
    shares = [y / whole for y in share.readings]
    return named and any(abs(x * y - 1) < SLACK for x in ordinal.readings for y in shares if 0 < y < 1)


def _cut_off(clash: Clash) -> bool:
    """Whether a point without a figure before it opens one of the two (.08), which is read without it."""
    comparison = clash.compared.comparison
    return any(
        _POINT.search(text[:start]) is not None
        for text, start in (
            (comparison.quote.text, clash.quote.span.start),
            (comparison.source.text, clash.source.span.start),
        )
    )

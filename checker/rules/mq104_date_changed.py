"""MQ104 date-changed: another day, month, year or period is named."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.comparison import NEAR, Comparison, is_relative
from ..matching.sides import Side
from ..matching.similarity import same_value
from ..matching.wording import listed
from ..types import DateValue, Finding, Mention, MentionKind, Severity
from .base import Case, Rule, RuleInfo, confidence_of, make_finding
from .opposites import TIMED
from .values import Clash, clashes, opposed_clashes

INFO = RuleInfo(
    "MQ104", "date-changed", Severity.ERROR, "Another day, month, year or period is named.", "wording"
)


OTHER = "The two dates stand in the same place of the same statement and cannot be the same day or period."
CHECK = "Check the date against the earlier report and its day of publication, and restore it."
RESOLVED = "The day named here is not the one that the report counts from the day of the statement."
LEAD = 2
"""Words before a date in which "since" or "until" goes with it."""
COUNT = "Count again from the day on which it was said."


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per date that stands in the place of one it cannot be."""
    found = [clash for clash in clashes(case, MentionKind.DATE) if _incompatible(clash)]
    seen = {clash.quote for clash in found}
    found += [clash for clash in _misresolved(case) if clash.quote not in seen]
    for clash in found:
        day = _said_on(clash)
        yield _finding(
            case,
            clash,
            message=f"The date changed: “{clash.quote_words}” here, “{clash.source_words}” in earlier coverage{day}.",
            why=RESOLVED if day else OTHER,
            help=COUNT if day else CHECK,
        )
    yield from _other_ends(case)
    yield from _other_times(case)


def _other_ends(case: Case) -> Iterator[Finding]:
    """The end of a period put for its beginning: "until 2019" for "since 2019"."""
    best = case.best
    if best is None:
        return
    comparison = best.comparison
    quote, source = comparison.quote, comparison.source
    for ours, theirs in comparison.mentions(MentionKind.DATE).equal:
        ends = _bounds(quote, ours), _bounds(source, theirs)
        if set(ends) != {"since", "until"} or not comparison.in_scope(theirs):
            continue
        if _told_from_the_other_end(quote, ours) or _told_from_the_other_end(source, theirs):
            continue
        if comparison.mentions(MentionKind.DIRECTION).only_quote:
            continue  # "closed until May" is "open from May"
        clash = Clash(best, ours, theirs, confidence_of(best, (ours, True), (theirs, False)))
        words = clash.quote_words, clash.source_words
        yield _finding(
            case,
            clash,
            message=f"The period changed: {ends[0]} “{words[0]}” here, {ends[1]} “{words[1]}” in earlier coverage.",
            why="One side names the end of the period where the other names its beginning.",
            help="Check from when to when it holds, and restore it.",
        )


def _bounds(side: Side, date: Mention) -> str:
    """Whether "since" or "until" stands shortly before a date; empty for neither."""
    words = side.words_in(date.span)
    near = range(words[0] - LEAD, words[0] + 1) if words else range(0)
    found = [name for name in ("since", "until") if not listed(side, name).isdisjoint(near)]
    return found[0] if len(found) == 1 else ""


def _told_from_the_other_end(side: Side, date: Mention) -> bool:
    """Whether a denial or "only" stands in its sentence: "not until May" is "only from May on"."""
    sentence = side.sentence_of[side.words_in(date.span)[0]]
    turning = listed(side, "only_after") | side.words_of(MentionKind.NEGATION)
    return any(side.sentence_of[i] == sentence for i in turning)


def _other_times(case: Case) -> Iterator[Finding]:
    """Times without a date that exclude each other: dawn and dusk, the first half and the second."""
    for clash in opposed_clashes(case, TIMED):
        yield _finding(
            case,
            clash,
            message=f"The time changed: “{clash.quote_words}” here, “{clash.source_words}” in earlier coverage.",
            why="The two times stand in the same place of the same statement and exclude each other.",
            help="Check the time against the earlier report, and restore it.",
            label="this time",
        )


def _finding(
    case: Case, clash: Clash, *, message: str, why: str, help: str, label: str = "this date"
) -> Finding:
    return make_finding(
        INFO,
        case,
        message=message,
        why=why,
        help=help,
        confidence=clash.confidence,
        compared=clash.compared,
        quote_span=clash.quote.span,
        source_span=clash.source.span,
        labels=(label, "was said"),
    )


def _misresolved(case: Case) -> Iterator[Clash]:
    """A date put for "yesterday" that is not the day it counts to, though the report may name it elsewhere.

    Often it is the day on which the words were said.
    """
    best = case.best
    if best is None:
        return
    comparison = best.comparison
    quote, source = comparison.quote, comparison.source
    dates = [m for m in quote.of_kind(MentionKind.DATE) if not is_relative(m)]
    settled = {other for _, other in comparison.mentions(MentionKind.DATE).equal}  # "kemarin" is there too
    told = [
        m
        for m in source.of_kind(MentionKind.DATE)
        if _counted(m)
        and m not in settled
        and _answerable(comparison, m)
        and not any(same_value(date, m, quote, source) for date in dates)
    ]
    for day in told:
        wrong = [date for date in dates if same_value(date, day, quote, source) is False]
        wrong = [date for date in wrong if not _supported(comparison, date)]
        for date in wrong:
            if len(wrong) == len(told) == 1 or comparison.distance(date, day) <= NEAR:
                yield Clash(best, date, day, confidence_of(best, (date, True), (day, False)))


def _answerable(comparison: Comparison, told: Mention) -> bool:
    """Whether the quotation is answerable for a day: also one between the words that surely correspond to it."""
    words = set(comparison.source.words_in(told.span))
    inside = any(j in comparison.alignment.reach for j in words) and not words & comparison.narrated
    return inside or comparison.in_scope(told)


def _supported(comparison: Comparison, quote: Mention) -> bool:
    """Whether the reported words have this date of the quotation, wherever."""
    return any(
        other.value not in comparison.statement_days
        and not comparison.narrated & set(comparison.source.words_in(other.span))
        and same_value(quote, other, comparison.quote, comparison.source)
        for other in comparison.source.of_kind(MentionKind.DATE)
    )


def _counted(mention: Mention) -> bool:
    return isinstance(mention.value, DateValue) and mention.value.counted_from is not None


def _said_on(clash: Clash) -> str:
    """The day of the statement, in words, for a relative day that was counted from it."""
    value, source = clash.source.value, clash.compared.comparison.source
    if not isinstance(value, DateValue) or value.counted_from is None:
        return ""
    words = [
        m.span.of(source.text) for m in source.of_kind(MentionKind.DATE) if m.value == value.counted_from
    ]
    return f", said on {words[0]}" if words else ""


def _incompatible(clash: Clash) -> bool:
    comparison = clash.compared.comparison
    both = isinstance(clash.quote.value, DateValue) and isinstance(clash.source.value, DateValue)
    return both and same_value(clash.quote, clash.source, comparison.quote, comparison.source) is False


RULE = Rule(INFO, check)

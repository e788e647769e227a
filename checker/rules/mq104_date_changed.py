"""MQ104 date-changed: another day, month, year or period is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..matching.comparison import NEAR
from ..matching.similarity import same_value
from ..types import DateValue, Finding, Mention, MentionKind, Severity
from .base import Case, Compared, Rule, RuleInfo, confidence_of, make_finding
from .opposites import TIMED
from .values import Clash, clashes, opposed_clashes

INFO = RuleInfo(
    "MQ104", "date-changed", Severity.ERROR, "Another day, month, year or period is named.", "wording"
)


LEAP_YEAR = 2024
"""Year in which a date without one is counted from."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per date that stands in the place of one it cannot be."""
    for clash in clashes(case, MentionKind.DATE):
        if not _incompatible(clash):
            continue
        yield make_finding(
            INFO,
            case,
            message=f"The date changed: “{clash.quote_words}” here, “{clash.source_words}” in earlier coverage.",
            why="The two dates stand in the same place of the same statement and cannot be the same day or period.",
            help="Check the date against the earlier report and its day of publication, and restore it.",
            confidence=clash.confidence,
            compared=clash.compared,
            quote_span=clash.quote.span,
            source_span=clash.source.span,
            labels=("this date", "was said"),
        )

    yield from _misresolved(case)
    yield from _other_times(case)


def _other_times(case: Case) -> Iterator[Finding]:
    """Times without a date that exclude each other: dawn and dusk, the first half and the second."""
    for clash in opposed_clashes(case, TIMED):
        yield make_finding(
            INFO,
            case,
            message=f"The time changed: “{clash.quote_words}” here, “{clash.source_words}” in earlier coverage.",
            why="The two times stand in the same place of the same statement and exclude each other.",
            help="Check the time against the earlier report, and restore it.",
            confidence=clash.confidence,
            compared=clash.compared,
            quote_span=clash.quote.span,
            source_span=clash.source.span,
            labels=("this time", "was said"),
        )


def _misresolved(case: Case) -> Iterator[Finding]:
    """A date put for "yesterday" that does not fit the day on which the report says it was said."""
    best = case.best
    if best is None:
        return
    comparison = best.comparison
    narrator = comparison.narrated
    said_on = [
        m
        for m in comparison.source.of_kind(MentionKind.DATE)
        if set(comparison.source.words_in(m.span)) <= narrator and _full(m)
    ]
    if len(said_on) != 1:
        return
    for quote in filter(_full, comparison.quote.of_kind(MentionKind.DATE)):
        for source in comparison.source.of_kind(MentionKind.DATE):
            resolved = _resolved(source, said_on[0]) if comparison.in_scope(source) else None
            value = quote.value
            if (
                resolved is None
                or not isinstance(value, DateValue)
                or comparison.distance(quote, source) > NEAR
            ):
                continue
            if (value.month, value.day) != (resolved.month, resolved.day):
                yield _wrong_day(case, best, quote, source, said_on[0])


def _full(mention: Mention) -> bool:
    value = mention.value
    return isinstance(value, DateValue) and None not in (value.month, value.day)


def _resolved(mention: Mention, said_on: Mention) -> date | None:
    """The day that "yesterday" names; the year only matters at the end of February."""
    value, base = mention.value, said_on.value
    if not isinstance(value, DateValue) or not isinstance(base, DateValue) or value.relative is None:
        return None
    steps, _, unit = value.relative.partition(" ")
    if unit != "day" or base.month is None or base.day is None:
        return None
    try:
        return date(base.year or LEAP_YEAR, base.month, base.day) + timedelta(days=int(steps))
    except ValueError:
        return None


def _wrong_day(case: Case, best: Compared, quote: Mention, source: Mention, said_on: Mention) -> Finding:
    texts = best.comparison.quote.text, best.comparison.source.text
    return make_finding(
        INFO,
        case,
        message=f"The date changed: “{quote.span.of(texts[0])}” here, “{source.span.of(texts[1])}” in earlier"
        f" coverage, said on {said_on.span.of(texts[1])}.",
        why="The day named here is not the one that the report counts from the day of the statement.",
        help="Count again from the day on which it was said.",
        confidence=confidence_of(best, (quote, True), (source, False)),
        compared=best,
        quote_span=quote.span,
        source_span=source.span,
        labels=("this date", "was said"),
    )


def _incompatible(clash: Clash) -> bool:
    comparison = clash.compared.comparison
    both = isinstance(clash.quote.value, DateValue) and isinstance(clash.source.value, DateValue)
    return both and same_value(clash.quote, clash.source, comparison.quote, comparison.source) is False


RULE = Rule(INFO, check)

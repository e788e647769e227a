"""MQ207 old-quote-as-new: words of long ago stand in the article as if they were new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..matching.mentions import find_mentions
from ..types import DateValue, Finding, MentionKind, QuotationKind, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .occurrences import firm_occurrences
from .reporting import has_any, reporting_for

INFO = RuleInfo(
    "MQ207",
    "old-quote-as-new",
    Severity.WARNING,
    "Words of long ago are given as new.",
    "attribution",
)

DATED_AS_NEW = 30
"""Days of age from which words are old that the article puts on a day of its own week."""
UNDATED = 180
"""Days of age from which words are old that the article puts on no day at all."""
RECENT = 14
"""Days before publication that count as now."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where every dated report is old and the article does not say so."""
    today = case.article.published
    if today is None or case.extraction is None or case.quotation.kind is not QuotationKind.DIRECT:
        return
    reports = [(o, o.published) for o in firm_occurrences(case)]
    days = [day for _, day in reports if day is not None]
    if not days or len(days) < len(reports):
        return
    latest, dated = max(days), _dated(case, today)
    age = (today - latest).days
    if dated == "old" or age < (DATED_AS_NEW if dated == "new" else UNDATED):
        return
    newest = next(o for o, day in reports if day == latest)
    yield make_finding(
        INFO,
        case,
        message=f"These words were reported {age} days before; the article gives them as new.",
        why=f"The latest report of them is of {latest.isoformat()}"
        + (", and the article puts them on a day of its own week." if dated == "new" else "."),
        help="Say when they were spoken, or find the report that shows they were said again.",
        confidence=0.85 if dated == "new" else 0.6,
        compared=newest.compared,
        labels=("given as new", f"reported {latest.isoformat()}"),
    )


def _dated(case: Case, today: date) -> str | None:
    """Whether the paragraph puts the words into the past ("old") or into the days before today ("new")."""
    around = _around(case)
    if has_any(around, reporting_for(case.article.language).past):
        return "old"
    found = None
    for mention in find_mentions(around, case.article.language, names=False):
        if mention.kind is MentionKind.DATE and isinstance(mention.value, DateValue):
            age = _age(mention.value, today)
            if age == "old":
                return "old"
            found = found or age
    return found


def _around(case: Case) -> str:
    """The paragraph without the quoted words."""
    text, context = case.article.text, case.quotation.context
    pieces, at = [], context.start
    for span in case.quotation.content:
        pieces.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    return " … ".join([*pieces, text[at : context.end]])


def _age(value: DateValue, today: date) -> str | None:
    """Whether a date lies in the days before ``today`` ("new"), earlier ("old"), or cannot be told (None)."""
    if value.relative is not None:
        count, _, unit = value.relative.partition(" ")
        if unit == "day" and count.lstrip("+-").isdecimal() and -RECENT <= int(count) <= 0:
            return "new"
        return "old" if count.startswith("-") else None
    if value.year is not None and value.year < today.year - 1:
        return "old"
    if value.day is not None and value.month is not None:
        for year in (value.year,) if value.year is not None else (today.year, today.year - 1):
            try:
                day = date(year, value.month, value.day)
            except ValueError:
                return None
            if timedelta(0) <= today - day:
                return "new" if (today - day).days <= RECENT else "old"
        return None
    if value.year is not None or value.month is not None:
        this_month = value.month in (None, today.month) and value.year in (None, today.year)
        return None if this_month else "old"
    return "new" if value.weekday is not None else None


RULE = Rule(INFO, check)

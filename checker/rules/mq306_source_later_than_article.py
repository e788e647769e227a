"""MQ306 source-later-than-article: the only reports of the words were published after the article."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .occurrences import occurrences

INFO = RuleInfo(
    "MQ306",
    "source-later-than-article",
    Severity.INFO,
    "The only coverage of the words is later than the article.",
    "provenance",
    once=True,
)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where every report has a day, and each is after that of the article."""
    today = case.article.published
    reports = [(o, o.published) for o in occurrences(case)]
    days = [day for _, day in reports if day is not None]
    if today is None or not days or len(days) < len(reports) or min(days) <= today:
        return
    first = next(o for o, day in reports if day == min(days))
    yield make_finding(
        INFO,
        case,
        message="The coverage that these words were checked against is later than the article.",
        why=f"The first report of them is of {min(days).isoformat()}, the article of {today.isoformat()}:"
        " it may have copied the article.",
        help="Check the dates, or add the earlier source to the index.",
        confidence=0.9,
        compared=first.compared,
        labels=("in this article", f"published {min(days).isoformat()}"),
    )


RULE = Rule(INFO, check)

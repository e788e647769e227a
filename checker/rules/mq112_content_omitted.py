"""MQ112 content-omitted: words inside the quotation were left out without an ellipsis."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.comparison import Comparison
from ..matching.edits import edits, worded_alike
from ..types import Finding, Severity, Span
from .base import Case, Compared, Rule, RuleInfo, make_finding
from .runs import ELLIPSIS, least_words, runs, telling

INFO = RuleInfo(
    "MQ112", "content-omitted", Severity.WARNING, "Words were left out without an ellipsis.", "wording"
)

MARGIN = 15
"""Characters around the place of an omission in which an ellipsis may stand: word order differs."""

BELIEVED = -1.5
"""Log-odds that the scorer must give one of the words: below, it finds them told in other words."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per unmarked omission between the first and the last quoted word."""
    best = case.best
    if best is None:
        return
    comparison = best.comparison
    for run in _omissions(comparison):
        place = _place(comparison, run)
        if (
            place is None
            or best.fault(run, of_quote=False) < BELIEVED
            or ELLIPSIS.search(comparison.quote.text, max(0, place.start - MARGIN), place.end + MARGIN)
            or _full_report(case)
        ):
            continue
        span = comparison.source.span_of(run)
        yield make_finding(
            INFO,
            case,
            message=f"Words are left out without an ellipsis: “{span.of(comparison.source.text)}”.",
            why="Earlier coverage has them between words that are quoted.",
            help="Mark the omission with an ellipsis, or restore the words.",
            confidence=0.6 * best.probability + 0.05 * min(len(run), 4),
            compared=best,
            quote_span=place,
            source_span=span,
            labels=("left out here", "was said"),
        )


def _omissions(comparison: Comparison) -> Iterator[range]:
    """What is left out: by its edits where the quotation has the words of the report, else by alignment."""
    least = least_words(comparison)
    if not worded_alike(comparison):
        yield from runs(comparison, of_quote=False, words=least)
        return
    narrator = comparison.narrated
    for edit in edits(comparison):
        if not edit.quote and telling(comparison.source, edit.source, narrator) >= least:
            yield edit.source


def _place(comparison: Comparison, run: range) -> Span | None:
    """The two quoted words between which the omission lies; None at the edges (a lawful trim)."""
    mapping = comparison.alignment.to_quote
    before = next((int(mapping[j]) for j in range(run[0] - 1, -1, -1) if mapping[j] >= 0), -1)
    after = next((int(mapping[j]) for j in range(run[-1] + 1, len(mapping)) if mapping[j] >= 0), -1)
    if before < 0 or after < 0:
        return None
    low, high = min(before, after), max(before, after)
    return comparison.quote.span_of(range(low, high + 1))


def _full_report(case: Case) -> bool:
    """Whether another report has the quotation without the words in question."""
    return any(_covers(item) for item in case.compared[1:])


def _covers(item: Compared) -> bool:
    alignment = item.comparison.alignment
    return alignment.quote_coverage >= 0.75 and alignment.window_coverage >= 0.75


RULE = Rule(INFO, check)

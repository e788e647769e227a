"""MQ111 content-added: the quotation has words that nobody reported."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .runs import least_words, runs

INFO = RuleInfo(
    "MQ111", "content-added", Severity.WARNING, "The quotation has words no report contains.", "wording"
)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per run of words that no evidence has."""
    best = case.best
    if best is None:
        return
    comparison = best.comparison
    for run in runs(comparison, of_quote=True, words=least_words(comparison)):
        if _in_other_evidence(case, run):
            continue
        span = comparison.quote.span_of(run)
        yield make_finding(
            INFO,
            case,
            message=f"These words are in no earlier report: “{span.of(comparison.quote.text)}”.",
            why="The rest of the quotation corresponds to earlier coverage; this part corresponds to nothing there.",
            help="Take the words out of the quotation marks, or find the report that has them.",
            confidence=0.65 * best.probability + 0.05 * min(len(run), 4),
            compared=best,
            quote_span=span,
            labels=("not in any report", "what was reported"),
        )


def _in_other_evidence(case: Case, run: range) -> bool:
    """Whether another report of the utterance has most of these words."""
    return any(
        sum(1 for i in run if item.comparison.alignment.to_source[i] >= 0) * 2 >= len(run)
        for item in case.compared[1:]
    )


RULE = Rule(INFO, check)

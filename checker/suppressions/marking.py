"""Marks the findings of a report that do not count, and says what that changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..types import Article, ArticleResult, Finding, QuoteResult, Report, Suppression, Verdict
from ..verdicts import verdict_of

Why = Callable[[Article, Finding], Suppression | None]
"""Why a finding of an article does not count; None where it does."""


def mark(report: Report, why: Why) -> Report:
    """The report with the findings that do not count marked; those that were marked before stay as they are.

    The findings are kept and shown to machines. A flagged quotation gets the verdict of what is left.
    """
    return replace(report, articles=tuple(_marked(result, why) for result in report.articles))


def _marked(result: ArticleResult, why: Why) -> ArticleResult:
    def marked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
        return tuple(_with(finding, why(result.article, finding)) for finding in findings)

    def judged(one: QuoteResult) -> QuoteResult:
        findings = marked(one.findings)
        if findings == one.findings:
            return one
        verdict = verdict_of(findings) if one.verdict is Verdict.FLAGGED else one.verdict
        return replace(one, findings=findings, verdict=verdict)

    results = tuple(judged(one) for one in result.results)
    return replace(result, results=results, findings=marked(result.findings))


def _with(finding: Finding, suppression: Suppression | None) -> Finding:
    if suppression is None or finding.suppression is not None:
        return finding
    return replace(finding, suppression=suppression)

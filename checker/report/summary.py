"""Counts of a report, and the exit status with its reason; the same for every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..types import ArticleResult, Finding, Gate, Report, Severity, Suppression, Verdict
from .wording import count

NEVER = "never"
FAIL_ON = ("error", "warning", "info", NEVER)
"""The values ``--fail-on`` takes."""
NO_EARLIER_COVERAGE = "MQ301"
"""The note on an unverified quotation."""
BASELINE = "baseline"
"""The kind of suppression that nobody has looked at yet."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many of what. Severities leave out findings that were reviewed and ignored."""

    articles: int
    quotations: int
    consistent: int
    flagged: int
    unverified: int
    unchecked: int
    errors: int
    warnings: int
    infos: int
    suppressed: int = 0
    baselined: int = 0
    """Of the suppressed those that a baseline set aside."""
    of_segments: bool = False
    """Segments of translation files were compared, not quotations of articles."""

    @property
    def unit(self) -> str:
        """What is counted, in a word."""
        return "segment" if self.of_segments else "quotation"


def aside_word(suppression: Suppression) -> str:
    """``baseline`` for what was there before and nobody looked at, ``ignored`` for what somebody decided on."""
    return BASELINE if suppression.kind == BASELINE else "ignored"


def all_findings(report: Report) -> Iterator[Finding]:
    """Every finding, suppressed ones too, article by article."""
    for article in report.articles:
        yield from article.all_findings


def active_findings(report: Report) -> Iterator[Finding]:
    """The findings that count."""
    return (finding for finding in all_findings(report) if finding.suppression is None)


def summarise(report: Report) -> Summary:
    """Count a report."""
    verdicts = Counter(result.verdict for article in report.articles for result in article.results)
    levels = Counter(finding.severity for finding in active_findings(report))
    aside = Counter(f.suppression.kind for f in all_findings(report) if f.suppression is not None)
    return Summary(
        articles=len(report.articles),
        quotations=verdicts.total(),
        consistent=verdicts[Verdict.CONSISTENT],
        flagged=verdicts[Verdict.FLAGGED],
        unverified=verdicts[Verdict.UNVERIFIED],
        unchecked=verdicts[Verdict.UNCHECKED],
        errors=levels[Severity.ERROR],
        warnings=levels[Severity.WARNING],
        infos=levels[Severity.INFO],
        suppressed=aside.total(),
        baselined=aside[BASELINE],
        of_segments=any(result.article.of_segments for result in report.articles),
    )


def exit_status(report: Report, fail_on: str, fail_on_unverified: bool) -> tuple[int, str]:
    """The exit status of a run and one sentence that says why; 2 outranks 1.

    ``fail_on`` is one of :data:`FAIL_ON`; the sentence is safe to print.
    """
    summary = summarise(report)
    if report.errors:
        many = count(len(report.errors), "problem")
        if not report.articles:
            return 2, f"Exit 2: the check did not run ({many})."
        return 2, f"Exit 2: the check is incomplete ({many})."
    run = Gate(fail_on, fail_on_unverified)
    reasons = []
    levels = {level for article in report.articles if (level := _failing_level(article, run))}
    if levels == {fail_on}:
        reasons.append(f"at least one finding is at or above --fail-on {fail_on}")
    elif levels:
        reasons.append("at least one finding is at or above the fail-on level of its path")
    unverified = sum(_unverified(article, run) for article in report.articles)
    if unverified:
        verb = "is" if unverified == 1 else "are"
        reasons.append(f"{count(unverified, summary.unit)} {verb} unverified (--fail-on-unverified)")
    if reasons:
        return 1, f"Exit 1: {'; '.join(reasons)}."
    return 0, f"Exit 0: {_why_nothing_failed(summary, fail_on)}."


def _failing_level(article: ArticleResult, run: Gate) -> str | None:
    """The level at or above which a finding of the article fails the run, if one does."""
    level = (article.gate or run).fail_on
    if level == NEVER:
        return None
    counting = (finding for finding in article.all_findings if finding.suppression is None)
    return level if any(f.severity.rank >= Severity(level).rank for f in counting) else None


def _unverified(article: ArticleResult, run: Gate) -> int:
    """How many unverified quotations fail the run; those that were reviewed and set aside do not."""
    if not (article.gate or run).fail_on_unverified:
        return 0
    return sum(
        result.verdict is Verdict.UNVERIFIED
        and not any(f.rule == NO_EARLIER_COVERAGE and f.suppression for f in result.findings)
        for result in article.results
    )


def _why_nothing_failed(summary: Summary, fail_on: str) -> str:
    if not summary.quotations and not summary.errors + summary.warnings + summary.infos:
        return f"no {summary.unit} was found, so there was nothing to check"
    if fail_on == NEVER:
        return "findings do not fail the run (--fail-on never)"
    reason = f"no finding is at or above --fail-on {fail_on}"
    if summary.unverified:
        return f"{reason}; unverified {summary.unit}s do not fail the run (see --fail-on-unverified)"
    return reason

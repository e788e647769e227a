"""Counts of a report, and the exit status with its reason; the same for every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..types import Finding, Report, Severity, Verdict
from .wording import count

NEVER = "never"
FAIL_ON = ("error", "warning", "info", NEVER)
"""The values ``--fail-on`` takes."""


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
        suppressed=sum(finding.suppression is not None for finding in all_findings(report)),
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
    reasons = []
    if fail_on != NEVER and any(f.severity.rank >= Severity(fail_on).rank for f in active_findings(report)):
        reasons.append(f"at least one finding is at or above --fail-on {fail_on}")
    if fail_on_unverified and summary.unverified:
        verb = "is" if summary.unverified == 1 else "are"
        reasons.append(f"{count(summary.unverified, 'quotation')} {verb} unverified (--fail-on-unverified)")
    if reasons:
        return 1, f"Exit 1: {'; '.join(reasons)}."
    return 0, f"Exit 0: {_why_nothing_failed(summary, fail_on)}."


def _why_nothing_failed(summary: Summary, fail_on: str) -> str:
    if not summary.quotations and not summary.errors + summary.warnings + summary.infos:
        return "no quotation was found, so there was nothing to check"
    if fail_on == NEVER:
        return "findings do not fail the run (--fail-on never)"
    reason = f"no finding is at or above --fail-on {fail_on}"
    if summary.unverified:
        return f"{reason}; unverified quotations do not fail the run (see --fail-on-unverified)"
    return reason

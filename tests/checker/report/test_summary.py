"""Counts, and every row of the exit-status table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.report import render
from checker.report.full import findings_sentence
from checker.report.summary import Summary, exit_status, summarise
from checker.types import ArticleResult, Problem, QuoteResult, Report, Severity, Suppression, Verdict

from .samples import BROKEN, EMPTY, ENGLISH, REPORT, RUN, finding, mark, quotation


def report_with(
    verdict: Verdict = Verdict.FLAGGED,
    severity: Severity | None = None,
    *,
    suppressed: bool = False,
    problems: int = 0,
) -> Report:
    words = "We start tomorrow morning"
    found = ()
    if severity is not None:
        one = finding("MQ101", "number-changed", severity, "m", (mark("article", ENGLISH.text, words),))
        found = (replace(one, suppression=Suppression("baseline", "old") if suppressed else None),)
    result = QuoteResult(quotation(ENGLISH, 1, words, None), verdict, None, found)
    return Report((ArticleResult(ENGLISH, (result,)),), (Problem("bad input", "mend it"),) * problems, RUN)


CLEAN = report_with(Verdict.CONSISTENT)
UNVERIFIED = report_with(Verdict.UNVERIFIED)
ERROR = report_with(severity=Severity.ERROR)
WARNING = report_with(severity=Severity.WARNING)
INFO = report_with(Verdict.CONSISTENT, Severity.INFO)
IGNORED = report_with(severity=Severity.ERROR, suppressed=True)
ERROR_AND_PROBLEM = report_with(severity=Severity.ERROR, problems=1)
CLEAN_AND_PROBLEM = report_with(Verdict.CONSISTENT, problems=2)
DID_NOT_RUN = Report((), (Problem("no index", "add one"),), RUN)


@pytest.mark.parametrize(
    ("report", "fail_on", "fail_on_unverified", "status", "reason"),
    [
        (CLEAN, "error", False, 0, "Exit 0: no finding is at or above --fail-on error."),
        (ERROR, "error", False, 1, "Exit 1: at least one finding is at or above --fail-on error."),
        (ERROR, "warning", False, 1, "Exit 1: at least one finding is at or above --fail-on warning."),
        (ERROR, "never", False, 0, "Exit 0: findings do not fail the run (--fail-on never)."),
        (WARNING, "error", False, 0, "Exit 0: no finding is at or above --fail-on error."),
        (WARNING, "warning", False, 1, "Exit 1: at least one finding is at or above --fail-on warning."),
        (INFO, "warning", False, 0, "Exit 0: no finding is at or above --fail-on warning."),
        (INFO, "info", False, 1, "Exit 1: at least one finding is at or above --fail-on info."),
        (IGNORED, "error", False, 0, "Exit 0: no finding is at or above --fail-on error."),
        (IGNORED, "info", False, 0, "Exit 0: no finding is at or above --fail-on info."),
        (
            UNVERIFIED, "error", False, 0,
            "Exit 0: no finding is at or above --fail-on error; unverified quotations do not fail the run "
            "(see --fail-on-unverified).",
        ),
        (UNVERIFIED, "error", True, 1, "Exit 1: 1 quotation is unverified (--fail-on-unverified)."),
        (UNVERIFIED, "never", True, 1, "Exit 1: 1 quotation is unverified (--fail-on-unverified)."),
        (CLEAN, "error", True, 0, "Exit 0: no finding is at or above --fail-on error."),
        (
            REPORT, "error", True, 1,
            "Exit 1: at least one finding is at or above --fail-on error; 1 quotation is unverified "
            "(--fail-on-unverified).",
        ),
        (ERROR_AND_PROBLEM, "error", False, 2, "Exit 2: the check is incomplete (1 problem)."),
        (CLEAN_AND_PROBLEM, "never", False, 2, "Exit 2: the check is incomplete (2 problems)."),
        (DID_NOT_RUN, "error", False, 2, "Exit 2: the check did not run (1 problem)."),
        (BROKEN, "error", True, 2, "Exit 2: the check is incomplete (2 problems)."),
        (EMPTY, "error", True, 0, "Exit 0: no quotation was found, so there was nothing to check."),
    ],
)  # fmt: skip
def test_exit_status(
    report: Report, fail_on: str, fail_on_unverified: bool, status: int, reason: str
) -> None:
    assert exit_status(report, fail_on, fail_on_unverified) == (status, reason)


def test_counts() -> None:
    assert summarise(REPORT) == Summary(
        articles=4, quotations=7, consistent=1, flagged=4, unverified=1, unchecked=1,
        errors=4, warnings=2, infos=3, suppressed=1,
    )  # fmt: skip


def test_an_ignored_finding_is_counted_apart() -> None:
    counted = summarise(IGNORED)
    assert (counted.errors, counted.suppressed) == (0, 1)


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ((), "Findings: 0 errors, 0 warnings, 0 info."),
        (("baseline",), "Findings: 0 errors, 0 warnings, 0 info (1 more in the baseline)."),
        (("ignored", "inline"), "Findings: 0 errors, 0 warnings, 0 info (2 more ignored)."),
        (
            ("ignored", "baseline", "baseline"),
            "Findings: 0 errors, 0 warnings, 0 info (1 more ignored, 2 more in the baseline).",
        ),
    ],
)
def test_a_baseline_is_not_said_to_be_reviewed(kinds: tuple[str, ...], said: str) -> None:
    [article] = report_with(Verdict.CONSISTENT).articles
    one = finding(
        "MQ101", "number-changed", Severity.ERROR, "m", (mark("article", ENGLISH.text, "We start"),)
    )
    found = tuple(replace(one, suppression=Suppression(kind, "as it was")) for kind in kinds)
    [result] = article.results
    report = Report((replace(article, results=(replace(result, findings=found),)),), (), RUN)
    assert findings_sentence(summarise(report)) == said
    shown = render(report, "concise", verbose=True)
    assert shown.count("[baseline]") == kinds.count("baseline")
    assert shown.count("[ignored]") == len(kinds) - kinds.count("baseline")

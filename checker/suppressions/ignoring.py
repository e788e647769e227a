"""What the ignore file's entries do to a report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..types import Article, Finding, Report, Suppression
from .ignore_file import Ignore
from .marking import mark

KIND = "ignored"


def apply_ignores(report: Report, ignores: Iterable[Ignore], today: date) -> Report:
    """The report with the ignored findings marked."""
    active = {i.fingerprint: Suppression(KIND, i.reason) for i in ignores if i.applies(today)}

    def why(_: Article, finding: Finding) -> Suppression | None:
        return active.get(finding.fingerprint)

    return mark(report, why) if active else report


def expired_hits(report: Report, ignores: Iterable[Ignore], today: date) -> tuple[Ignore, ...]:
    """The entries that ran out and would have hidden a finding of this report."""
    known = tuple(ignores)
    current = {i.fingerprint for i in known if i.applies(today)}
    return tuple(i for i in known if i.fingerprint in _fingerprints(report) - current)


def unused(report: Report, ignores: Iterable[Ignore]) -> tuple[Ignore, ...]:
    """The entries that no finding of this report has the fingerprint of, whether they ran out or not."""
    found = _fingerprints(report)
    return tuple(i for i in ignores if i.fingerprint not in found)


def _fingerprints(report: Report) -> frozenset[str]:
    return frozenset(f.fingerprint for article in report.articles for f in article.all_findings)

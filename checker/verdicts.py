"""What the findings of one quotation come to: which of them stand, and the verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from .types import Finding, QuoteResult, Severity, Span, Verdict

FORM = "MQ4"
"""Findings on form do not change a verdict."""
ELLIPSIS = "MQ119"
"""Says where words were left out, and so stands before what their lack changes."""
YIELDING = frozenset({"MQ102", "MQ106", "MQ108", "MQ109"})
"""Rules that say nothing of words that an ellipsis left out."""
LEARNED = "MQ117"
"""Says that something changed, and so says nothing beside a finding that names the change."""


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """``flagged`` with a warning or error that is not of form and not suppressed, else ``consistent``."""
    weighty = any(
        f.severity is not Severity.INFO and not f.rule.startswith(FORM) and f.suppression is None
        for f in findings
    )
    return Verdict.FLAGGED if weighty else Verdict.CONSISTENT


def without_repeats(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Drop doubles, and the general finding where a precise one marks the same words."""
    precise = [f for f in findings if f.rule < "MQ110" or f.rule in ("MQ118", ELLIPSIS)]
    marked = {
        side: [a.span for f in precise for a in f.annotations if a.side == side]
        for side in ("article", "evidence")
    }
    kept: dict[str, Finding] = {}
    for finding in findings:
        if finding.rule == "MQ121" and any(f.rule < "MQ2" and f.rule != "MQ121" for f in findings):
            continue
        if finding.rule == LEARNED and any(_names_a_change(f) for f in findings):
            continue
        if finding.rule in YIELDING and any(_left_out(finding, f) for f in findings):
            continue
        if finding.rule in ("MQ111", "MQ112") and _explained(finding, marked):
            continue
        kept.setdefault(finding.fingerprint, finding)
    return tuple(sorted(kept.values(), key=lambda f: (f.annotations[0].span.start, f.rule)))


def once_an_article(results: Sequence[QuoteResult], rules: Collection[str]) -> tuple[QuoteResult, ...]:
    """Leave a message of one of ``rules`` at the first quotation only, so that a report stays readable."""
    told: set[tuple[str, str]] = set()
    kept = []
    for result in results:
        findings = []
        for finding in result.findings:
            key = (finding.rule, finding.message)
            if finding.rule in rules and key in told:
                continue
            told.add(key)
            findings.append(finding)
        kept.append(replace(result, findings=tuple(findings)))
    return tuple(kept)


def _names_a_change(finding: Finding) -> bool:
    return finding.rule < "MQ2" and finding.rule != LEARNED and finding.severity is not Severity.INFO


def _left_out(finding: Finding, other: Finding) -> bool:
    """Whether ``other`` says that an ellipsis left out the words of the evidence that a finding marks."""
    own, omitted = finding.on("evidence"), other.on("evidence")
    if other.rule != ELLIPSIS or own is None or omitted is None or not own.span.overlaps(omitted.span):
        return False
    return other.severity is Severity.ERROR or finding.severity is not Severity.ERROR


def _explained(finding: Finding, marked: Mapping[str, list[Span]]) -> bool:
    """Whether a precise finding lies inside the words a general one marks."""
    side = "article" if finding.rule == "MQ111" else "evidence"
    own = finding.on(side)
    return own is not None and any(own.span.overlaps(span) for span in marked[side])

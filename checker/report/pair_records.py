"""Quotations held against given sources, as data: what ``schemas/compare*.json`` describe."""

from __future__ import annotations

from dataclasses import replace

from ..types import Finding, PairResult, QuoteResult, Report
from .passages import Place, places
from .records import (
    SCHEMA_VERSION,
    Record,
    pair_finding_record,
    problem_record,
    run_record,
    summary_record,
    suppression_record,
    tool_record,
)


def pair_record(result: PairResult) -> Record:
    """One result as data."""
    return {
        "id": result.id,
        "verdict": result.verdict.value,
        "drift": round(float(result.drift), 4),
        "findings": [_finding(finding) for finding in result.findings],
        **({"path": result.path, "line": result.line} if result.path is not None else {}),
    }


def _finding(finding: Finding) -> Record:
    """A finding of a line; one that was set aside says so."""
    aside = suppression_record(finding.suppression)
    return {**pair_finding_record(finding), **({"suppressed": aside} if aside else {})}


def segments_record(report: Report) -> Record:
    """All that was compared as data, as in ``schemas/compare-report.schema.json``."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_record(report),
        "run": run_record(report),
        "summary": summary_record(report),
        "pairs": [_segment(place, result) for place in places(report) for result in place.result.results],
        "errors": [problem_record(problem) for problem in report.errors],
    }


def _segment(place: Place, result: QuoteResult) -> Record:
    """One segment; offsets count from the start of its own texts, the line is that of the file."""
    quotation = result.quotation
    source = result.match.evidence[0].passage if result.match else None
    return {
        "id": quotation.id,
        "path": place.article.path,
        "line": place.position(quotation.span).line,
        "quote": quotation.text,
        "quote_language": place.article.language,
        "source": source.text if source else None,
        "source_language": source.language if source else None,
        "verdict": result.verdict.value,
        "drift": result.drift,
        "findings": [_segment_finding(finding, -quotation.span.start) for finding in result.findings],
    }


def _segment_finding(finding: Finding, shift: int) -> Record:
    own = tuple(
        replace(one, span=one.span.shift(shift)) if one.side == "article" else one
        for one in finding.annotations
    )
    return {
        **pair_finding_record(replace(finding, annotations=own)),
        "fingerprint": finding.fingerprint,
        "help": finding.help,
        "suppressed": suppression_record(finding.suppression),
    }

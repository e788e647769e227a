"""The report as plain data: the contract that other programs read, version 1.

``schemas/report.schema.json`` is its description; a field that is not in the schema is not
written. Text is given as it is; the serialiser makes it safe.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from ..types import (
    Annotation,
    Evidence,
    Finding,
    Problem,
    QuoteResult,
    Report,
    Speaker,
    Suppression,
)
from .passages import Place, Placed, placed, places
from .safe_text import for_json
from .summary import exit_status, summarise

SCHEMA_VERSION = "1"
SCHEMAS = ("report", "report-line", "quotes", "compare", "compare-report")
"""The published descriptions of what is written for programs."""
TOOL = "misquote"

Record = dict[str, Any]


def schema(name: str) -> Record:
    """The JSON Schema (2020-12) with this name, one of :data:`SCHEMAS`."""
    path = resources.files(__package__).joinpath("schemas", f"{name}.schema.json")
    loaded: Record = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def report_record(report: Report) -> Record:
    """The whole report as one object."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_record(report),
        "run": run_record(report),
        "summary": summary_record(report),
        "articles": [article_record(place) for place in places(report)],
        "findings": [finding_record(found) for found in placed(report)],
        "errors": [problem_record(problem) for problem in report.errors],
    }


def tool_record(report: Report) -> Record:
    """Which program made the report."""
    return {"name": TOOL, "version": report.run.tool_version}


def run_record(report: Report) -> Record:
    """What the result depends on besides the articles, and how the run ended."""
    run = report.run
    status, reason = exit_status(report, run.fail_on, run.fail_on_unverified)
    return {
        "index": {"path": run.index_path, "id": run.index_id, "passages": run.passages},
        "model": {"name": run.model, "revision": run.model_revision},
        "policy": run.policy,
        "fail_on": run.fail_on,
        "fail_on_unverified": run.fail_on_unverified,
        "started": run.started,
        "exit_status": status,
        "exit_reason": reason,
    }


def summary_record(report: Report) -> Record:
    """The counts."""
    summary = summarise(report)
    names = (
        "articles", "quotations", "consistent", "flagged", "unverified", "unchecked",
        "errors", "warnings", "infos",
    )  # fmt: skip
    return {name: getattr(summary, name) for name in names}


def article_record(place: Place) -> Record:
    """One article with its quotations."""
    return {
        **about_record(place),
        "quotations": [quotation_record(place, result) for result in place.result.results],
    }


def about_record(place: Place) -> Record:
    """Which article it is, and which originals it alone was held against, where it was."""
    known = {"path": place.path, "language": place.article.language}
    return {**known, "originals": list(place.result.originals)} if place.result.originals else known


def quotation_record(place: Place, result: QuoteResult) -> Record:
    """One quotation with its verdict and evidence."""
    quotation = result.quotation
    line, column = place.position(quotation.span)
    return {
        "id": quotation.id,
        "text": quotation.text,
        "kind": quotation.kind.value,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "line": line,
        "column": column,
        "speaker": _speaker(quotation.speaker),
        "verdict": result.verdict.value,
        "probability": _rounded(result.match.probability) if result.match else None,
        "evidence": [_evidence(one) for one in result.match.evidence] if result.match else [],
        "findings": [finding.fingerprint for finding in result.findings],
    }


def finding_record(found: Placed) -> Record:
    """One finding with its place."""
    finding = found.finding
    start = found.place.lines.position(found.span.start)
    end = found.place.lines.position(found.span.end)
    evidence = finding.on("evidence")
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "confidence": _rounded(finding.confidence),
        "message": finding.message,
        "help": finding.help,
        "path": found.place.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "quotation": finding.quotation_id,
        "article_span": span_record(finding.annotations[0]),
        "evidence_span": {"passage_id": evidence.passage_id, **span_record(evidence)} if evidence else None,
        "suppressed": suppression_record(finding.suppression),
    }


def pair_finding_record(finding: Finding) -> Record:
    """One finding of ``misquote compare``."""
    quote, source = finding.on("article"), finding.on("evidence")
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "confidence": _rounded(finding.confidence),
        "message": finding.message,
        "quote_span": span_record(quote) if quote else None,
        "source_span": span_record(source) if source else None,
    }


def problem_record(problem: Problem) -> Record:
    """One thing that kept the run from being complete."""
    return {
        "message": problem.message,
        "remedy": problem.remedy,
        "path": problem.path,
        "line": problem.line,
    }


def span_record(annotation: Annotation) -> Record:
    """Marked words with their offsets in code points."""
    return {"start": annotation.span.start, "end": annotation.span.end, "text": annotation.text}


def serialise(record: Mapping[str, Any], *, indent: int | None = None) -> str:
    """JSON that can be written as UTF-8 and shown on a terminal without harm."""
    separators = (",", ": ") if indent is not None else (",", ":")
    return for_json(
        json.dumps(record, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    )


def _speaker(speaker: Speaker | None) -> Record | None:
    if speaker is None:
        return None
    return {"name": speaker.name, "surface": speaker.surface, "role": speaker.role}


def _evidence(evidence: Evidence) -> Record:
    metadata = evidence.metadata
    return {
        "passage_id": evidence.passage.id,
        "article_id": metadata.get("article_id"),
        "text": evidence.passage.text,
        "speaker": metadata.get("speaker") or None,
        "outlet": metadata.get("outlet") or None,
        "url": metadata.get("url") or None,
        "published": metadata.get("published") or None,
        "language": evidence.passage.language,
        "relation": evidence.relation.value,
        "score": _rounded(evidence.score),
    }


def suppression_record(suppression: Suppression | None) -> Record | None:
    """Why a finding does not count; None where it does."""
    if suppression is None:
        return None
    return {"kind": suppression.kind, "reason": suppression.reason}


def _rounded(number: float) -> float:
    """Four decimals: more would change from machine to machine."""
    return round(float(number), 4)

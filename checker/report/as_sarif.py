"""``sarif``: the Static Analysis Results Interchange Format, version 2.1.0, an OASIS standard.

A result points at the article; the texts of earlier coverage are its related locations, which name the
article they are from and, where it has one, its address. Every rule of the registry is described with its
page, so that a viewer can explain a finding without misquote. The level stands with each result, since
settings and policies may change that of the rule.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ..rules import RuleInfo, all_rules
from ..rules.pages import page_of
from ..types import Evidence, Problem, Report, Severity, Span, Suppression
from .account import account, exhibit, mishap
from .exhibits import evidence_sides
from .passages import Place, Placed, placed, places
from .records import TOOL, Record, report_record, serialise
from .safe_text import for_href, for_sarif, for_uri
from .segments import shorten
from .view import View

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "quotationAndEvidence/v1"
"""Key of the partial fingerprint: the hash of rule, quotation and evidence that every format shows."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SNIPPET = 1000
"""Cells of a text that is repeated in the log."""


def render(report: Report, view: View) -> str:
    """The log of one run, findings that were set aside included as suppressed."""
    log = {"$schema": SCHEMA, "version": VERSION, "runs": [_run(report)]}
    return serialise(log, indent=2) + "\n"


def _run(report: Report) -> Record:
    rules = _rules(report)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    record = report_record(report)
    return {
        "tool": {"driver": {"name": TOOL, "semanticVersion": report.run.tool_version, "rules": rules}},
        "automationDetails": {"id": f"{TOOL}/"},
        "invocations": [_invocation(report, record["run"])],
        "artifacts": [_artifact(place) for place in places(report)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, numbers) for found in placed(report)],
        "properties": {
            "summary": record["summary"],
            "index": record["run"]["index"],
            "model": record["run"]["model"],
            "policy": report.run.policy,
            "failOn": report.run.fail_on,
            "failOnUnverified": report.run.fail_on_unverified,
        },
    }


def _rules(report: Report) -> list[Record]:
    """The registry in order of code, and behind it rules that only this report knows."""
    known = {info.code: _rule(info) for info in all_rules()}
    for found in placed(report):
        code, name = found.finding.rule, found.finding.name
        known.setdefault(code, {"id": code, "name": name, "shortDescription": {"text": name}})
    return list(known.values())


def _rule(info: RuleInfo) -> Record:
    page = page_of(info)
    return {
        "id": info.code,
        "name": info.name,
        "shortDescription": {"text": info.summary},
        "fullDescription": {"text": info.summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[info.severity]},
        "properties": {"tags": [info.group], "problem.severity": _problem_severity(info.severity)},
    }


def _problem_severity(severity: Severity) -> str:
    """The word that GitHub code scanning sorts alerts by."""
    return "recommendation" if severity is Severity.INFO else severity.value


def _invocation(report: Report, run: Record) -> Record:
    invocation: Record = {
        "executionSuccessful": not report.errors,
        "exitCode": run["exit_status"],
        "exitCodeDescription": run["exit_reason"],
        "toolExecutionNotifications": [_notification(problem) for problem in report.errors],
    }
    started = _utc(report.run.started)
    return {**invocation, "startTimeUtc": started} if started else invocation


def _utc(started: str | None) -> str | None:
    """The start as SARIF wants it, in UTC; nothing where it is no time."""
    try:
        when = datetime.fromisoformat(started or "")
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _notification(problem: Problem) -> Record:
    notification: Record = {"level": "error", "message": {"text": for_sarif(mishap(problem))}}
    if problem.path is not None:
        place: Record = {"artifactLocation": _location(problem.path)}
        if problem.line is not None:
            place["region"] = {"startLine": problem.line}
        notification["locations"] = [{"physicalLocation": place}]
    return notification


def _artifact(place: Place) -> Record:
    return {
        "location": _location(place.path),
        "roles": ["analysisTarget"],
        "properties": {"language": place.article.language},
    }


def _location(path: str) -> Record:
    """A relative path is one of the repository that is checked, whatever folder that lies in."""
    uri = for_uri(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _result(found: Placed, numbers: dict[str, int]) -> Record:
    finding = found.finding
    result: Record = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": for_sarif("\n".join(account(found)))},
        "locations": [{"physicalLocation": _physical(found), **_segment(found)}],
        "relatedLocations": _related(found),
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "rank": round(100 * float(finding.confidence), 2),
        "properties": _properties(found),
    }
    if finding.suppression is not None:
        result["suppressions"] = [_suppression(finding.suppression)]
    return result


def _segment(found: Placed) -> Record:
    """The segment of a file of translations, which viewers show beside the line."""
    if not found.segment:
        return {}
    return {"logicalLocations": [{"name": shorten(found.segment, 200), "kind": "segment"}]}


def _physical(found: Placed) -> Record:
    place, span = found.place, found.span
    quotation = found.quotation
    context = quotation.context if quotation else None
    physical: Record = {
        "artifactLocation": _location(place.path),
        "region": {**_region(place, span), "snippet": _snippet(span.of(place.article.text))},
    }
    if found.segment:  # the stand-in has nothing around the segment that the file has
        return physical
    if context is not None and context.start <= span.start and span.end <= context.end and context != span:
        snippet = _snippet(context.of(place.article.text))
        physical["contextRegion"] = {**_region(place, context), "snippet": snippet}
    return physical


def _region(place: Place, span: Span) -> Record:
    start, end = place.lines.position(span.start), place.lines.position(span.end)
    if place.article.of_segments:
        return {"startLine": start.line}
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _snippet(text: str) -> Record:
    return {"text": shorten(text, _SNIPPET)}


def _related(found: Placed) -> list[Record]:
    return [
        {
            "id": number,
            "message": {"text": for_sarif(exhibit(side))},
            **(_source(side.evidence, side.text) if side.evidence else {}),
        }
        for number, side in enumerate(evidence_sides(found), 1)
    ]


def _source(evidence: Evidence, text: str) -> Record:
    """Where a text of earlier coverage is from: always its article, and its address where it has one."""
    article = evidence.metadata.get("article_id", "")
    address = for_href(evidence.metadata.get("url", ""))
    logical: Record = {"name": shorten(evidence.passage.id, 80), "kind": "passage"}
    if article:
        logical["fullyQualifiedName"] = f"{shorten(article, 200)}#{shorten(evidence.passage.id, 80)}"
    source: Record = {"logicalLocations": [logical]}
    if address:
        source["physicalLocation"] = {
            "artifactLocation": {"uri": address},
            "region": {"startLine": 1, "snippet": _snippet(text)},
        }
    return source


def _properties(found: Placed) -> dict[str, Any]:
    finding = found.finding
    result = found.result
    return {
        "confidence": round(float(finding.confidence), 4),
        "quotation": finding.quotation_id,
        "verdict": result.verdict.value if result else None,
        "language": found.place.article.language,
    }


def _suppression(suppression: Suppression) -> Record:
    """Inline comments are in the source; an ignore file or a baseline is outside it."""
    return {
        "kind": "inSource" if suppression.kind == "inline" else "external",
        "justification": for_sarif(suppression.reason),
        "properties": {"kind": suppression.kind},
    }

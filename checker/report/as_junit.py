"""``junit``: test reports that any CI reads; a suite an article, a case a quotation.

A quotation fails when a finding of it fails the run (``--fail-on``), so that the CI's verdict and the exit
status agree. Unverified and unchecked quotations are skipped, never passed; what else was found stands in
the output of a case.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as Tree

from ..types import Finding, Gate, Problem, QuoteResult, Report, Severity, Verdict
from .account import mishap
from .block import finding_block
from .captions import in_quotes, speaker_name
from .page import Page
from .passages import Place, Placed, places
from .safe_text import for_xml
from .segments import shorten
from .summary import NEVER, NO_EARLIER_COVERAGE
from .view import View
from .wording import meanings

_WIDTH = 100
_PATH = 1000
"""Cells of a path; no file system takes longer ones, only an article's id can be."""
Outcome = Literal["failure", "error", "skipped"]


@dataclass(frozen=True, slots=True)
class _Case:
    """One test case, its texts not yet safe."""

    name: str
    path: str
    line: int | None = None
    outcome: Outcome | None = None
    message: str = ""
    kind: str = ""
    body: str = ""
    output: str = ""


def render(report: Report, view: View) -> str:
    """An XML document; line and file of each case are attributes, as GitLab and pytest write them."""
    suites = [(place.path, [*_cases(place, report)]) for place in places(report)]
    if report.errors:
        suites.insert(0, ("misquote run", [_problem(problem) for problem in report.errors]))
    root = Tree.Element("testsuites", {"name": "misquote", **_counts([c for _, cs in suites for c in cs])})
    for number, (name, cases) in enumerate(suites):
        suite = Tree.SubElement(root, "testsuite", {"name": for_xml(shorten(name, _PATH)), **_counts(cases)})
        if report.run.started:
            suite.set("timestamp", for_xml(report.run.started))
        if not number:  # of the run; a reader that joins the suites takes them once
            _properties(suite, report)
        for case in cases:
            _write(suite, case)
    Tree.indent(root)
    buffer = io.StringIO()
    Tree.ElementTree(root).write(buffer, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{buffer.getvalue()}\n'


def _cases(place: Place, report: Report) -> Iterable[_Case]:
    for result in place.result.results:
        yield _quotation(place, result, report)
    for finding in place.result.findings:
        found = Placed(place, finding)
        yield _judged(
            f"{finding.rule} {finding.name}",
            found.place.path,
            place.position(found.span).line,
            [found],
            report,
        )


def _quotation(place: Place, result: QuoteResult, report: Report) -> _Case:
    quotation = result.quotation
    said = in_quotes(quotation.text, 70)
    who = "" if place.article.of_segments and quotation.speaker is None else speaker_name(quotation.speaker)
    name = f"{quotation.id} {said} {who}".rstrip()
    line = place.position(quotation.span).line
    case = _judged(name, place.path, line, [Placed(place, one) for one in result.findings], report)
    if case.outcome is not None or result.verdict not in (Verdict.UNVERIFIED, Verdict.UNCHECKED):
        return case
    message = f"{result.verdict.value}: {meanings(place.article.of_segments)[result.verdict]}"
    reviewed = any(one.rule == NO_EARLIER_COVERAGE and one.suppression for one in result.findings)
    gate = _gate(place, report)
    if result.verdict is Verdict.UNVERIFIED and gate.fail_on_unverified and not reviewed:
        return _Case(name, place.path, line, "failure", message, "unverified", message, case.output)
    return _Case(name, place.path, line, "skipped", message, output=case.output)


def _judged(name: str, path: str, line: int, found: Sequence[Placed], report: Report) -> _Case:
    """A case that fails by those findings that fail the run; the others are its output."""
    failing = [one for one in found if _fails(one.finding, _gate(one.place, report))]
    rest = _blocks([one for one in found if one not in failing])
    if not failing:
        return _Case(name, path, line, output=rest)
    worst = max((one.finding for one in failing), key=lambda finding: finding.severity.rank)
    kind = f"{worst.rule} {worst.name}"
    return _Case(
        name, path, line, "failure", f"{kind}: {shorten(worst.message, 300)}", kind, _blocks(failing), rest
    )


def _gate(place: Place, report: Report) -> Gate:
    return place.result.gate or Gate(report.run.fail_on, report.run.fail_on_unverified)


def _fails(finding: Finding, gate: Gate) -> bool:
    if finding.suppression is not None or gate.fail_on == NEVER:
        return False
    return finding.severity.rank >= Severity(gate.fail_on).rank


def _blocks(found: Sequence[Placed]) -> str:
    page = Page(_WIDTH, color=False)
    for one in found:
        page.blank()
        finding_block(page, one)
    return str(page)


def _problem(problem: Problem) -> _Case:
    where = shorten(problem.path or "", 70)
    name = f"{where}: the check is incomplete" if where else "the check is incomplete"
    message = shorten(problem.message, 300)
    path = problem.path or "misquote"
    return _Case(name, path, problem.line, "error", message, "incomplete", mishap(problem))


def _counts(cases: Sequence[_Case]) -> dict[str, str]:
    outcomes = [case.outcome for case in cases]
    return {
        "tests": str(len(cases)),
        "failures": str(outcomes.count("failure")),
        "errors": str(outcomes.count("error")),
        "skipped": str(outcomes.count("skipped")),
        "time": "0",
    }


def _properties(suite: Tree.Element, report: Report) -> None:
    run = report.run
    known = {
        "misquote.version": run.tool_version, "misquote.index": run.index_id, "misquote.model": run.model,
        "misquote.policy": run.policy, "misquote.fail_on": run.fail_on,
    }  # fmt: skip
    element = Tree.SubElement(suite, "properties")
    for name, value in known.items():
        if value is not None:
            Tree.SubElement(element, "property", {"name": name, "value": for_xml(value)})


def _write(suite: Tree.Element, case: _Case) -> None:
    path = for_xml(shorten(case.path, _PATH))
    place = {"classname": path, "name": for_xml(case.name), "file": path, "time": "0"}
    element = Tree.SubElement(suite, "testcase", place)
    if case.line is not None:
        element.set("line", str(case.line))
    if case.outcome is not None:
        told = Tree.SubElement(element, case.outcome, {"message": for_xml(case.message)})
        if case.kind:
            told.set("type", for_xml(case.kind))
        if case.body:
            told.text = for_xml(case.body)
    if case.output:
        Tree.SubElement(element, "system-out").text = for_xml(case.output)

"""``github``: workflow commands, which GitHub Actions shows beside the lines of a pull request.

GitHub shows at most ten annotations of each type for a step; the rest stay in the log. So the summary
comes first, the worst findings next, and the summary says when some will not be shown.
"""

from __future__ import annotations

from collections import Counter

from ..types import Problem, Report, Severity
from .account import account, mishap
from .full import findings_sentence, verdicts_sentence
from .passages import Placed, placed
from .safe_text import for_workflow, for_workflow_property
from .summary import exit_status, summarise
from .view import View

SHOWN_OF_A_TYPE = 10
"""GitHub's own limit for a step."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, view: View) -> str:
    """A command a line; findings that were set aside are left out unless the view is verbose."""
    found = sorted(
        (one for one in placed(report) if _shown(one, view)), key=lambda one: -one.finding.severity.rank
    )
    commands = [*map(_problem, report.errors), *map(_finding, found)]
    return "".join(line + "\n" for line in [_summary(report, commands), *commands])


def _shown(one: Placed, view: View) -> bool:
    return view.shows(one.finding.severity) and (one.finding.suppression is None or view.verbose)


def _finding(found: Placed) -> str:
    finding, lines = found.finding, found.place.lines
    start, end = lines.position(found.span.start), lines.position(found.span.end)
    properties = {"file": found.place.path, "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line and not found.segment:  # GitHub refuses columns of a range of lines
        properties |= {"col": str(start.column), "endColumn": str(max(end.column, start.column))}
    title = f"{finding.rule} {finding.name}"
    level = finding.severity
    if finding.suppression is not None:
        title, level = f"{title} (set aside)", Severity.INFO
    return _command(_COMMANDS[level], {**properties, "title": title}, "\n".join(account(found)))


def _problem(problem: Problem) -> str:
    properties = {"file": problem.path} if problem.path is not None else {}
    if problem.path is not None and problem.line is not None:
        properties["line"] = str(problem.line)
    return _command("error", {**properties, "title": "misquote: the check is incomplete"}, mishap(problem))


def _summary(report: Report, commands: list[str]) -> str:
    summary = summarise(report)
    _, reason = exit_status(report, report.run.fail_on, report.run.fail_on_unverified)
    said = [verdicts_sentence(summary), findings_sentence(summary)] if report.articles else []
    types = Counter(command[2:].split(" ", 1)[0] for command in commands)
    types["notice"] += 1
    hidden = sum(max(0, number - SHOWN_OF_A_TYPE) for number in types.values())
    if hidden:
        said.append(f"GitHub shows {SHOWN_OF_A_TYPE} annotations of a type; {hidden:,} more are in the log.")
    return _command("notice", {"title": "misquote"}, "\n".join([*said, reason]))


def _command(name: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{key}={for_workflow_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{for_workflow(message)}"

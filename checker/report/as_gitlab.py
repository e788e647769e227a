"""``gitlab``: the code quality report of GitLab, a subset of the Code Climate specification.

GitLab hides ``check_name``, so the code is in the description too. It drops a second entry with the same
fingerprint, so a quotation that stands in two files is told apart by its path.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ..types import Problem, Report, Severity
from .account import account, mishap
from .passages import Placed, placed
from .safe_text import for_json, for_terminal
from .view import View

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, view: View) -> str:
    """A list of entries: what kept the run from being complete, then the findings in order."""
    taken: dict[str, int] = {}
    entries = [_problem(problem, taken) for problem in report.errors]
    entries += [_finding(found, taken) for found in placed(report)]
    return for_json(json.dumps(entries, ensure_ascii=False, indent=2)) + "\n"


def _finding(found: Placed, taken: dict[str, int]) -> dict[str, Any]:
    finding, lines = found.finding, found.place.lines
    severity = _SEVERITIES[finding.severity]
    code = f"{finding.rule} {finding.name}"
    if finding.suppression is not None:
        severity, code = "info", f"{code} (set aside)"
    return {
        "description": f"{for_terminal(code)}: {' '.join(account(found))}",
        "check_name": for_terminal(f"{finding.rule}-{finding.name}"),
        "fingerprint": _unique((finding.fingerprint, found.place.path), taken),
        "severity": severity,
        "location": {
            "path": _path(found.place.path),
            "lines": {
                "begin": lines.position(found.span.start).line,
                "end": lines.position(found.span.end).line,
            },
        },
    }


def _problem(problem: Problem, taken: dict[str, int]) -> dict[str, Any]:
    path, line = problem.path or ".", problem.line or 1
    return {
        "description": f"The check is incomplete: {mishap(problem)}",
        "check_name": "incomplete",
        "fingerprint": _unique(("incomplete", problem.message, path), taken),
        "severity": "blocker",
        "location": {"path": _path(path), "lines": {"begin": line, "end": line}},
    }


def _path(path: str) -> str:
    """Relative to the root of the repository, as GitLab compares it."""
    return path.replace("\\", "/").removeprefix("./")


def _unique(parts: tuple[str, ...], taken: dict[str, int]) -> str:
    """32 hex digits of the parts; where they occur again, of the parts and a counter."""
    joined = "\x1f".join(parts)
    taken[joined] = taken.get(joined, 0) + 1
    if taken[joined] > 1:
        joined += f"\x1f{taken[joined]}"
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]

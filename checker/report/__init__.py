"""Reports: one file per format, one line in :mod:`registry <checker.report.registry>` per format.

A format's module has ``render(report, view) -> str``; it is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..types import Report, Severity
from .registry import Format, formats_for, renderer
from .view import View

FORMATS: Mapping[str, Format] = formats_for("report")
"""The formats of a report by name; the first is the default."""


def render(
    report: Report,
    format: str,
    *,
    width: int = 100,
    color: bool = False,
    verbose: bool = False,
    show_consistent: bool = False,
    min_severity: Severity = Severity.INFO,
    explain: bool = False,
) -> str:
    """A report in one of :data:`FORMATS`; the same report gives the same text.

    Raises:
        KeyError: there is no such format.
    """
    view = View(width, color, verbose, show_consistent, min_severity, explain)
    return renderer("report", format)(report, view)

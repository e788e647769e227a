"""``json``: one object, described by ``schemas/report.schema.json``."""

from __future__ import annotations

from ..types import Report
from .records import report_record, serialise
from .view import View


def render(report: Report, view: View) -> str:
    """The whole report, whatever the view leaves out."""
    return serialise(report_record(report), indent=2) + "\n"

"""``json``: one object, described by ``schemas/report.schema.json``, or for segments ``compare-report``."""

from __future__ import annotations

from ..types import Report
from .pair_records import segments_record
from .records import report_record, serialise
from .view import View


def render(report: Report, view: View) -> str:
    """The whole report, whatever the view leaves out."""
    return serialise(report_record(report), indent=2) + "\n"


def of_segments(report: Report, view: View) -> str:
    """All segments that were compared."""
    return serialise(segments_record(report), indent=2) + "\n"

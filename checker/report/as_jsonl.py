"""``jsonl``: one record a line, its sort in ``type``; for batches too large for one object."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Report
from .passages import placed, places
from .records import (
    SCHEMA_VERSION,
    Record,
    about_record,
    finding_record,
    problem_record,
    quotation_record,
    run_record,
    serialise,
    summary_record,
    tool_record,
)
from .view import View


def render(report: Report, view: View) -> str:
    """A ``run`` line, then ``quotation``, ``finding`` and ``error`` lines, and ``summary`` last."""
    return "".join(serialise(record) + "\n" for record in _records(report))


def _records(report: Report) -> Iterator[Record]:
    yield {"type": "run", "schema_version": SCHEMA_VERSION, "tool": tool_record(report), **run_record(report)}
    for place in places(report):
        about = about_record(place)
        for result in place.result.results:
            yield {"type": "quotation", **about, **quotation_record(place, result)}
    for found in placed(report):
        yield {"type": "finding", **finding_record(found)}
    for problem in report.errors:
        yield {"type": "error", **problem_record(problem)}
    yield {"type": "summary", **summary_record(report)}

"""Reports: one file per format, one line in :data:`FORMATS` per file.

A format's module has ``render(report, view) -> str``; it is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Protocol, cast

from ..types import Report, Severity
from .view import View

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "full": "full",
        "concise": "concise",
        "json": "as_json",
        "jsonl": "as_jsonl",
    }
)
"""Name of a format, and its module in this package; the first is the default."""


class Renderer(Protocol):
    """What the module of a format offers."""

    def render(self, report: Report, view: View) -> str:
        """The report in this format, ending in a newline."""
        ...


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
    module = cast(Renderer, import_module(f".{FORMATS[format]}", __package__))
    view = View(width, color, verbose, show_consistent, min_severity, explain)
    return module.render(report, view)

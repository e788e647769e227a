"""Which formats there are, what each can show, and where its renderer is: one line a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, Literal

from .view import View

Shown = Literal["report", "quotes", "pairs", "segments"]
"""What a format shows: ``check``'s report, ``quotes``' quotations, ``compare``'s pairs one by one, or all of
them as a report."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format. A renderer is named ``module:function`` and imported when it is used."""

    summary: str
    """For whom it is; completed on the command line and shown in ``docs/formats.md``."""
    ending: str
    """Usual ending of a file in this format."""
    report: str | None = None
    quotes: str | None = None
    pairs: str | None = None
    segments: str | None = None


def _both(summary: str, ending: str, place: str) -> Format:
    """A format that shows segments just as it shows the quotations of articles."""
    return Format(summary, ending, report=place, segments=place)


EVERY_FORMAT: Mapping[str, Format] = MappingProxyType(
    {
        "full": Format("editors at a terminal", "txt", "full:render", "quotes:as_table", "pairs:as_blocks"),
        "concise": _both("problem panes and grep: a finding a line", "txt", "concise:render"),
        "json": Format("programs: one object", "json", "as_json:render", segments="as_json:of_segments"),
        "jsonl": Format(
            "programs: a record a line", "jsonl", "as_jsonl:render", "quotes:as_lines", "pairs:as_lines"
        ),
        "github": _both("annotations in GitHub Actions", "txt", "as_github:render"),
        "gitlab": _both("GitLab code quality", "json", "as_gitlab:render"),
        "sarif": _both("code scanning and archives: SARIF 2.1.0", "sarif", "as_sarif:render"),
        "junit": _both("test reports in any CI: a case a quotation", "xml", "as_junit:render"),
        "markdown": _both("step summaries and comments", "md", "as_markdown:render"),
        "html": _both("editors, lawyers and archives: one page", "html", "as_html:render"),
    }
)
"""Name of a format, and what it offers; the first is the default."""


def formats_for(shown: Shown) -> Mapping[str, Format]:
    """The formats that can show this, in order."""
    return MappingProxyType({name: one for name, one in EVERY_FORMAT.items() if getattr(one, shown)})


PAIR_FORMATS: Mapping[str, Format] = MappingProxyType(
    {name: one for name, one in EVERY_FORMAT.items() if one.pairs or one.segments}
)
"""What ``misquote compare`` can write."""


def renderer(shown: Shown, name: str) -> Callable[[Any, View], str]:
    """The function that shows this in the format called ``name``; its text ends in a newline.

    Raises:
        KeyError: there is no such format, or it cannot show this.
    """
    place = formats_for(shown)[name]
    module, _, function = getattr(place, shown).partition(":")
    found: Callable[[Any, View], str] = getattr(import_module(f".{module}", __package__), function)
    return found

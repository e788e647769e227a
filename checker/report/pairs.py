"""Quotations held against given sources: blocks for people, one record a line for programs."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Finding, PairResult, Report, Span, Verdict
from .block import advice, headline, to_ignore
from .exhibits import Role, Side, marks_of
from .page import Page
from .pair_records import pair_record
from .records import serialise
from .registry import EVERY_FORMAT, renderer
from .safe_text import for_terminal
from .segments import shorten
from .sides import write_side
from .view import View
from .wording import drift

_VERDICT_STYLE = {
    Verdict.CONSISTENT: "bold green",
    Verdict.FLAGGED: "bold red",
    Verdict.UNVERIFIED: "bold yellow",
    Verdict.UNCHECKED: "bold yellow",
}

_SAYS = {
    Verdict.UNVERIFIED: "the source does not report this quotation",
    Verdict.UNCHECKED: "too little to compare, or a language that is not supported",
}


def render_pairs(
    results: Sequence[PairResult],
    format: str,
    *,
    width: int = 100,
    color: bool = False,
    verbose: bool = False,
) -> str:
    """The results in order, in one of the formats that :func:`~.registry.formats_for` lists.

    May be called once a result.

    Raises:
        KeyError: there is no such format, or it shows all results together.
    """
    return renderer("pairs", format)(results, View(width, color, verbose))


def at_once(format: str) -> bool:
    """Whether a format shows each result by itself, so that nobody has to wait for the others."""
    return EVERY_FORMAT[format].pairs is not None


def render_segments(report: Report, format: str, *, width: int = 100, color: bool = False) -> str:
    """All results together as the report that ``compare`` makes of them.

    Raises:
        KeyError: there is no such format, or it shows each result by itself.
    """
    return renderer("segments", format)(report, View(width, color))


def as_lines(results: Sequence[PairResult], view: View) -> str:
    """``jsonl``: one result a line, as in ``schemas/compare.schema.json``."""
    return "".join(serialise(pair_record(result)) + "\n" for result in results)


def as_blocks(results: Sequence[PairResult], view: View) -> str:
    """``full``: each result with its verdict in words, both texts and what was found."""
    page = Page(view.cells, view.color)
    for result in results:
        _pair(page, result)
        page.blank()
    return str(page)


def _pair(page: Page, result: PairResult) -> None:
    says = _SAYS.get(result.verdict) or drift(result.drift, flagged=result.verdict is Verdict.FLAGGED)
    named = shorten(result.id, 40)
    if result.path is not None:
        page.line((for_terminal(f"{result.path}:{result.line}"), "bold"))
    page.line(
        (f"pair {named}: " if named else "", "bold"),
        (result.verdict.value, _VERDICT_STYLE[result.verdict]),
        f" · {says}",
    )
    for finding in result.findings:
        headline(page, finding)
        _sides(page, result, finding)
        advice(page, finding)
        to_ignore(page, finding)
    if not result.findings:
        _sides(page, result, None)


def _sides(page: Page, result: PairResult, finding: Finding | None) -> None:
    texts: tuple[tuple[Role, str, str], ...] = (
        ("article", "quotation", result.quote),
        ("evidence", "source", result.source),
    )
    for role, title, words in texts:
        marks = marks_of([a for a in finding.annotations if a.side == role]) if finding else ()
        write_side(page, Side(role, (title,), words, Span(0, len(words)), marks), gutter=0)

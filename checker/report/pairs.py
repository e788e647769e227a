"""Quotations held against given sources: blocks for people, one record a line for programs."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Finding, PairResult, Span, Verdict
from .block import advice, headline
from .page import Page
from .records import Record, pair_finding_record, serialise
from .segments import shorten
from .sides import ARTICLE_STYLE, EVIDENCE_STYLE, Side, marks_of, write_side
from .wording import drift

FORMATS = ("full", "jsonl")

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
    """The results in order, in one of :data:`FORMATS`; may be called once a result.

    Raises:
        KeyError: there is no such format.
    """
    if format == "jsonl":
        return compare_jsonl(results)
    if format == "full":
        return pairs_full(results, width=width, color=color)
    raise KeyError(format)


def compare_jsonl(results: Sequence[PairResult]) -> str:
    """One result a line, as in ``schemas/compare.schema.json``."""
    return "".join(serialise(pair_record(result)) + "\n" for result in results)


def pair_record(result: PairResult) -> Record:
    """One result as data."""
    return {
        "id": result.id,
        "verdict": result.verdict.value,
        "drift": round(float(result.drift), 4),
        "findings": [pair_finding_record(finding) for finding in result.findings],
    }


def pairs_full(results: Sequence[PairResult], *, width: int = 100, color: bool = False) -> str:
    """Each result with its verdict in words, both texts and what was found."""
    page = Page(max(width, 40), color)
    for result in results:
        _pair(page, result)
        page.blank()
    return str(page)


def _pair(page: Page, result: PairResult) -> None:
    says = _SAYS.get(result.verdict) or drift(result.drift)
    named = shorten(result.id, 40)
    page.line(
        (f"pair {named}: " if named else "", "bold"),
        (result.verdict.value, _VERDICT_STYLE[result.verdict]),
        f" · {says}",
    )
    for finding in result.findings:
        headline(page, finding)
        _sides(page, result, finding)
        advice(page, finding)
    if not result.findings:
        _sides(page, result, None)


def _sides(page: Page, result: PairResult, finding: Finding | None) -> None:
    for side, title, text, style in (
        ("article", "quotation", result.quote, ARTICLE_STYLE),
        ("evidence", "source", result.source, EVIDENCE_STYLE),
    ):
        marks = marks_of([a for a in finding.annotations if a.side == side]) if finding else ()
        write_side(page, Side((title,), text, Span(0, len(text)), marks, style), gutter=0)

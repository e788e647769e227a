"""The quotations of articles: a table for people, one record a line for programs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from ..types import Extraction, Quotation, Span
from .page import Page, Styled
from .passages import article_path
from .positions import Lines
from .records import Record, serialise
from .registry import renderer
from .safe_text import for_terminal
from .segments import Excerpt, clip, rows, shorten
from .view import View
from .wording import count, language_name

_GAP = "  "
_ROWS = 4


def render_quotes(
    extractions: Sequence[Extraction],
    format: str,
    *,
    width: int = 100,
    color: bool = False,
    verbose: bool = False,
) -> str:
    """The quotations found, in one of the formats that :func:`~.registry.formats_for` lists.

    Raises:
        KeyError: there is no such format.
    """
    return renderer("quotes", format)(extractions, View(width, color, verbose))


def as_lines(extractions: Sequence[Extraction], view: View) -> str:
    """``jsonl``: one quotation a line, as in ``schemas/quotes.schema.json``."""
    return "".join(
        serialise(quote_record(one, quotation)) + "\n" for one in extractions for quotation in one.quotations
    )


def quote_record(extraction: Extraction, quotation: Quotation) -> Record:
    """One quotation; offsets are code points into the text as read."""
    article, speaker = extraction.article, quotation.speaker
    return {
        "path": article_path(article),
        "text": quotation.text,
        "kind": quotation.kind.value,
        "spans": [[span.start, span.end] for span in quotation.content],
        "cue": quotation.cue.of(article.text) if quotation.cue else None,
        "speaker": {"name": speaker.name, "surface": speaker.surface} if speaker else None,
        "carrier": quotation.carrier,
    }


def as_table(extractions: Sequence[Extraction], view: View) -> str:
    """``full``: for each article a table of place, sort, speaker and words; long quotations are cut unless verbose."""
    page = Page(view.cells, view.color)
    for extraction in extractions:
        page.blank()
        _article(page, extraction, view.verbose)
    total = sum(len(one.quotations) for one in extractions)
    page.blank()
    page.line(f"{count(total, 'quotation')} in {count(len(extractions), 'article')}.")
    return str(page)


def _article(page: Page, extraction: Extraction, verbose: bool) -> None:
    article = extraction.article
    page.line((for_terminal(article_path(article)), "bold"), f" · {language_name(article.language)}")
    if not extraction.quotations:
        page.line("  no quotation was found")
        return
    lines = Lines(article.text)
    places = [lines.position(quotation.span.start) for quotation in extraction.quotations]
    where = [f"{at.line}:{at.column}" for at in places]
    speakers = [_speaker(quotation, page.width // 4) for quotation in extraction.quotations]
    wide = (
        max(map(len, [*where, "place"])),
        max(len(q.kind.value) for q in extraction.quotations),
        max(cell_len(name) for name in [*speakers, "speaker"]),
    )
    page.line("  ", (_cells(("place", "kind", "speaker"), wide) + "words", "dim"))
    for number, quotation in enumerate(extraction.quotations):
        first = _cells((where[number], quotation.kind.value, speakers[number]), wide)
        _row(page, first, quotation, verbose)
    for problem in extraction.mark_problems:
        at = lines.position(problem.span.start)
        mark = for_terminal(problem.span.of(article.text))
        page.prose(f"{at.line}:{at.column} this {mark} has no partner", style="yellow")


def _row(page: Page, first: str, quotation: Quotation, verbose: bool) -> None:
    lead = cell_len(first) + 2
    narrow = page.width - lead < 24
    room = page.width - (4 if narrow else lead)
    text = quotation.text
    whole = Span(0, len(text))
    shown = Excerpt(text, (whole,)) if verbose else clip(text, whole, (), room * _ROWS)
    laid = rows(shown, (), room)
    if narrow:
        page.line("  ", first.rstrip())
    for number, row in enumerate(laid):
        before: Styled | str = "    " if narrow else "  " + (first if number == 0 else " " * (lead - 2))
        page.line(before, row.text)


def _speaker(quotation: Quotation, width: int) -> str:
    name = quotation.speaker.name.strip() if quotation.speaker else ""
    through = f", through {quotation.carrier}" if quotation.carrier else ""
    return shorten((name or "not named") + through, max(width, 16))


def _cells(values: Sequence[str], wide: Sequence[int]) -> str:
    padded = (value + " " * (w - cell_len(value)) for value, w in zip(values, wide, strict=True))
    return "".join(cell + _GAP for cell in padded)

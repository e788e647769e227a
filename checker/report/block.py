"""One finding for people: both texts, the words marked, who published it, what to do."""

from __future__ import annotations

from ..types import Annotation, Article, Finding, Severity, Span
from .captions import article_caption, evidence_caption, link
from .page import Page
from .passages import Placed
from .safe_text import for_terminal
from .sides import ARTICLE_STYLE, EVIDENCE_STYLE, Side, marks_of, write_side
from .wording import confidence

SEVERITY_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_MOST_PASSAGES = 3


def finding_block(page: Page, placed: Placed) -> None:
    """Write one finding with everything an editor needs to decide."""
    finding = placed.finding
    line, column = placed.place.position(placed.span)
    page.line((f"{for_terminal(placed.place.path)}:{line}:{column}", "bold"))
    headline(page, finding)
    gutter = len(str(placed.place.position(Span(placed.span.end, placed.span.end)).line))
    for side in [_article_side(placed), *_evidence_sides(placed)]:
        write_side(page, side, gutter)
    evidence = placed.evidence
    address = link(evidence.metadata) if evidence else None
    if address:
        page.line("  ", ("link:   ", "dim"), for_terminal(address))
    advice(page, finding)
    if finding.suppression is None:
        page.line(
            "  ", ("ignore: ", "dim"), f'misquote ignore {for_terminal(finding.fingerprint)} --reason "…"'
        )


def headline(page: Page, finding: Finding) -> None:
    """The level, the rule, how sure it is, and the message."""
    page.line(
        (finding.severity.value, SEVERITY_STYLE[finding.severity]),
        " ",
        (f"{for_terminal(finding.rule)} {for_terminal(finding.name)}", "bold"),
        (f"  confidence: {confidence(finding.confidence)}", "dim"),
    )
    page.prose(finding.message)


def advice(page: Page, finding: Finding) -> None:
    """Why, and what to do; for an ignored finding the reason that was given."""
    if finding.why.strip():
        page.prose(finding.why, label="why:    ")
    if finding.help.strip():
        page.prose(finding.help, label="help:   ")
    if finding.suppression is not None:
        kind = finding.suppression.kind
        page.prose(f"{finding.suppression.reason} ({kind}; this finding does not count)", label="ignored: ")


def _article_side(placed: Placed) -> Side:
    article, quotation = placed.place.article, placed.quotation
    marks = marks_of([a for a in placed.finding.annotations if a.side == "article"])
    shown = [mark.span for mark in marks] or [placed.span]
    if quotation is None:
        shown.append(_whole_lines(article, placed.span))
    else:
        shown.append(quotation.context)
    visible = Span(min(s.start for s in shown), max(s.end for s in shown))
    caption = article_caption(article.language, quotation)
    return Side(tuple(caption), article.text, visible, marks, ARTICLE_STYLE, placed.place.lines)


def _whole_lines(article: Article, span: Span) -> Span:
    start = article.text.rfind("\n", 0, span.start) + 1
    end = article.text.find("\n", span.end)
    return Span(start, end if end >= 0 else len(article.text))


def _evidence_sides(placed: Placed) -> list[Side]:
    """The passages the finding points to, else the best evidence with nothing marked."""
    result, finding = placed.result, placed.finding
    match = result.match if result else None
    known = {one.passage.id: one for one in match.evidence} if match else {}
    pointed: dict[str, list[Annotation]] = {}
    for annotation in finding.annotations:
        if annotation.side == "evidence":
            pointed.setdefault(annotation.passage_id or "", []).append(annotation)
    sides = []
    for passage_id, pointers in list(pointed.items())[:_MOST_PASSAGES]:
        evidence = known.get(passage_id) or (placed.evidence if not passage_id else None)
        if evidence is None:
            words = " … ".join(a.text for a in pointers)
            sides.append(Side(("earlier coverage",), words, Span(0, len(words)), (), EVIDENCE_STYLE))
            continue
        caption = tuple(evidence_caption(evidence, match))
        whole = Span(0, len(evidence.passage.text))
        sides.append(Side(caption, evidence.passage.text, whole, marks_of(pointers), EVIDENCE_STYLE))
    best = placed.evidence
    if not sides and best is not None:
        text = best.passage.text
        visible = Span(0, len(text)) if len(text) < 400 else best.window
        sides.append(Side(tuple(evidence_caption(best, match)), text, visible, (), EVIDENCE_STYLE))
    return sides

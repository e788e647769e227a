"""One finding for people: both texts, the words marked, who published it, what to do."""

from __future__ import annotations

from ..types import Finding, Severity, Span
from .captions import link
from .exhibits import sides_of
from .page import Page
from .passages import Placed
from .safe_text import for_terminal
from .segments import shorten
from .sides import write_side
from .summary import aside_word
from .wording import confidence

SEVERITY_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}

_LONGEST_PATH = 5000
"""Characters; no file system takes longer ones, only an article's id can be."""


def finding_block(page: Page, placed: Placed) -> None:
    """Write one finding with everything an editor needs to decide."""
    finding = placed.finding
    segment = f" · segment {shorten(placed.segment, 60)}" if placed.segment else ""
    path = for_terminal(placed.place.path[:_LONGEST_PATH])
    page.line((f"{path}:{placed.place.spot(placed.span)}", "bold"), segment)
    headline(page, finding)
    gutter = len(str(placed.place.position(Span(placed.span.end, placed.span.end)).line))
    for side in sides_of(placed):
        write_side(page, side, gutter)
    evidence = placed.evidence
    address = link(evidence.metadata) if evidence else None
    if address:
        page.line("  ", ("link:   ", "dim"), for_terminal(address))
    advice(page, finding)
    to_ignore(page, finding)


def headline(page: Page, finding: Finding) -> None:
    """The level, the rule, how sure it is, and the message."""
    page.line(
        (finding.severity.value, SEVERITY_STYLE[finding.severity]),
        " ",
        (f"{for_terminal(finding.rule)} {for_terminal(finding.name)}", "bold"),
        (f"  confidence: {confidence(finding.confidence)}", "dim"),
    )
    page.prose(finding.message)


def to_ignore(page: Page, finding: Finding) -> None:
    """The command that sets a finding aside, where that was not done."""
    if finding.suppression is None:
        page.line(
            "  ", ("ignore: ", "dim"), f'misquote ignore {for_terminal(finding.fingerprint)} --reason "…"'
        )


def advice(page: Page, finding: Finding) -> None:
    """Why, and what to do; for an ignored finding the reason that was given."""
    if finding.why.strip():
        page.prose(finding.why, label="why:    ")
    if finding.help.strip():
        page.prose(finding.help, label="help:   ")
    if finding.suppression is not None:
        kind, label = finding.suppression.kind, f"{aside_word(finding.suppression)}: "
        page.prose(f"{finding.suppression.reason} ({kind}; this finding does not count)", label=label)

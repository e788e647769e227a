"""MQ110 qualifier-dropped: almost, allegedly, at least: the speaker hedged, the quotation does not."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.comparison import Comparison
from ..matching.wording import Term
from ..types import Finding, MentionKind, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .runs import ELLIPSIS
from .termpairs import REACH, grounded, missing, unpaired

INFO = RuleInfo(
    "MQ110",
    "qualifier-dropped",
    Severity.WARNING,
    "A word that limits the statement is left out.",
    "wording",
)

BOUNDS = frozenset(("at-least", "up-to", "approximately"))
"""Qualifiers of a figure: only those right before one are judged."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per qualifier of the evidence that nothing in the quotation stands for."""
    best = case.best
    if best is None or ELLIPSIS.search(best.comparison.quote.text):
        return  # what an ellipsis leaves out is judged by MQ119
    comparison = best.comparison
    for term in dropped(comparison):
        span = comparison.source.span_of(term.words)
        yield make_finding(
            INFO,
            case,
            message=f"A qualifier is left out: earlier coverage has “{span.of(comparison.source.text)}”.",
            why="The words around it are quoted; nothing in the quotation stands for the qualifier.",
            help="Restore the qualifier: without it the speaker claims more.",
            confidence=grounded(best, (term.words, False)),
            compared=best,
            source_span=span,
            labels=("said without reserve", "the qualifier"),
        )


def dropped(comparison: Comparison) -> Iterator[Term]:
    """Qualifiers of the evidence without counterpart."""
    for term in unpaired(comparison, "hedge", reach=2 * REACH).source:
        if not term.reported or (term.key in BOUNDS and not _before_number(comparison, term)):
            continue
        if missing(comparison, term, of_quote=False):
            yield term


def _before_number(comparison: Comparison, term: Term) -> bool:
    return term.words[-1] + 1 in comparison.source.words_of(MentionKind.NUMBER)


RULE = Rule(INFO, check)

"""MQ121 not-verbatim: same language, other words, same meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..matching.comparison import Comparison
from ..matching.edits import Edit, edits
from ..matching.sides import Side
from ..types import Finding, QuotationKind, Relation, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .runs import BRACKET

INFO = RuleInfo(
    "MQ121",
    "not-verbatim",
    Severity.INFO,
    "The words differ from the report in the same language.",
    "wording",
)
TOLD = 3
"""Changes up to which the message names them all."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where a quotation in the language of the report is not word for word."""
    best = case.best
    if best is None or case.quotation.kind is QuotationKind.INDIRECT:
        return
    if any(item.evidence.relation is Relation.VERBATIM for item in case.compared):
        return
    if best.evidence.relation is not Relation.PARAPHRASE or not _reworded(case):
        return
    quote = best.comparison.quote
    glossed = _glossed(quote)
    changed = [e for e in edits(best.comparison) if e.quote and e.quote[0] not in glossed]
    first = changed[0] if changed else None
    yield make_finding(
        INFO,
        case,
        message=f"The wording is not that of the earlier report in the same language{_told(best.comparison, changed)}.",
        why="Some words have no identical counterpart; nothing says that the meaning changed.",
        help="Use the words as reported, or take them out of the quotation marks.",
        confidence=0.9,
        compared=best,
        quote_span=quote.span_of(first.quote) if first else None,
        source_span=best.comparison.source.span_of(first.source) if first and first.source else None,
        labels=("worded otherwise", "as reported"),
    )


def _told(comparison: Comparison, changed: Sequence[Edit]) -> str:
    """The words that differ, as far as they are few: ``: “reply to” for “answer”``."""
    quote, source = comparison.quote, comparison.source
    if not 0 < len(changed) <= TOLD:
        return ""
    words = []
    for edit in changed:
        ours = f"“{quote.span_of(edit.quote).of(quote.text)}”"
        theirs = f" for “{source.span_of(edit.source).of(source.text)}”" if edit.source else " put in"
        words.append(ours + theirs)
    return f": {', '.join(words)}"


def _glossed(side: Side) -> frozenset[int]:
    """The words in brackets."""
    glosses = [range(m.start(), m.end()) for m in BRACKET.finditer(side.text)]
    return frozenset(i for i, w in enumerate(side.words) if any(w.span.start in gloss for gloss in glosses))


def _reworded(case: Case) -> bool:
    """Whether a word outside brackets is not among the words of any report."""
    best = case.best
    if best is None:
        return False
    side = best.comparison.quote
    glossed = _glossed(side)
    own = {w.norm for i, w in enumerate(side.words) if i not in glossed}
    return all(own - {w.norm for w in item.comparison.source.words} for item in case.compared)


RULE = Rule(INFO, check)

"""MQ121 not-verbatim: same language, other words, same meaning."""

from __future__ import annotations

from collections.abc import Iterator

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


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where a quotation in the language of the report is not word for word."""
    best = case.best
    if best is None or case.quotation.kind is QuotationKind.INDIRECT:
        return
    if any(item.evidence.relation is Relation.VERBATIM for item in case.compared):
        return
    if best.evidence.relation is not Relation.PARAPHRASE or not _reworded(case):
        return
    yield make_finding(
        INFO,
        case,
        message="The wording is not that of the earlier report in the same language.",
        why="Some words have no identical counterpart; nothing says that the meaning changed.",
        help="Use the words as reported, or take them out of the quotation marks.",
        confidence=0.9,
        compared=best,
        labels=("worded otherwise", "as reported"),
    )


def _reworded(case: Case) -> bool:
    """Whether a word outside brackets is not among the words of any report."""
    best = case.best
    if best is None:
        return False
    side = best.comparison.quote
    glosses = [range(m.start(), m.end()) for m in BRACKET.finditer(side.text)]
    own = {w.norm for w in side.words if not any(w.span.start in gloss for gloss in glosses)}
    return all(own - {w.norm for w in item.comparison.source.words} for item in case.compared)


RULE = Rule(INFO, check)

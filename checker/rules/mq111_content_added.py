"""MQ111 content-added: the quotation has words that nobody reported."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.alignment import TELLING
from ..matching.comparison import Comparison
from ..matching.edits import edits
from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .mq109_condition_dropped import conditional_clause
from .runs import least_words, runs, telling
from .termpairs import REACH, unpaired

INFO = RuleInfo(
    "MQ111", "content-added", Severity.WARNING, "The quotation has words no report contains.", "wording"
)


REWORDED = 0.1
"""Share of words changed elsewhere from which a quotation counts as reworded."""
BELIEVED = -1.0
"""Log-odds that the scorer must give one of the words: below, it reads them as another wording of the report.

On generated pairs that it was not trained on, nine tenths of the added phrases reach this and two fifths of
the lawful rewordings that would be reported.
"""
INSERTED = 4
"""Words in a row from which an insertion within one language is reported."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per run of words that no evidence has."""
    best = case.best
    if best is None:
        return
    comparison = best.comparison
    for run in additions(comparison):
        if _in_other_evidence(case, run) or best.fault(run, of_quote=True) < BELIEVED:
            continue
        span = comparison.quote.span_of(run)
        yield make_finding(
            INFO,
            case,
            message=f"These words are in no earlier report: “{span.of(comparison.quote.text)}”.",
            why="The rest of the quotation corresponds to earlier coverage; this part corresponds to nothing there.",
            help="Take the words out of the quotation marks, or find the report that has them.",
            confidence=0.65 * best.probability + 0.05 * min(len(run), 4),
            compared=best,
            quote_span=span,
            labels=("not in any report", "what was reported"),
        )


def additions(comparison: Comparison) -> list[range]:
    """Runs of words that the evidence has nothing for, each word in one of them."""
    found = list(runs(comparison, of_quote=True, words=least_words(comparison)))
    for run in (*_inserted(comparison), *_reasons(comparison)):
        if not any(set(run) & set(other) for other in found):
            found.append(run)
    return found


def _inserted(comparison: Comparison) -> Iterator[range]:
    """Within one language: several words in a row put between or behind words that are kept."""
    found = edits(comparison)
    changed = sum(len(edit.quote) for edit in found)
    for edit in found:
        if changed - len(edit.quote) > REWORDED * len(comparison.quote.words):
            continue  # in a free rewording an insertion says nothing by itself
        if not edit.source and len(edit.quote) >= INSERTED and telling(comparison.quote, edit.quote) >= 2:
            yield edit.quote


def _reasons(comparison: Comparison) -> Iterator[range]:
    """Reasons ("because ...") where the evidence gives none: short, and no speaker's own."""
    quote, mapping = comparison.quote, comparison.alignment.to_source
    for term in unpaired(comparison, "cause", reach=2 * REACH).quote:
        if not term.reported:
            continue
        clause = conditional_clause(quote, quote.span_of(term.words))
        told = [i for i in clause if quote.weights[i] >= TELLING and i not in term.words]
        linked = [i for i in told if mapping[i] >= 0]
        if telling(quote, clause) >= 2 and 3 * len(linked) < len(told):
            yield clause


def _in_other_evidence(case: Case, run: range) -> bool:
    """Whether another report of the utterance has most of these words."""
    return any(
        sum(1 for i in run if item.comparison.alignment.to_source[i] >= 0) * 2 >= len(run)
        for item in case.compared[1:]
    )


RULE = Rule(INFO, check)

"""MQ116 question-to-statement: the speaker asked; the quotation asserts."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.alignment import TELLING
from ..matching.comparison import Comparison
from ..matching.sides import Side
from ..matching.wording import terms
from ..types import Finding, QuotationKind, Severity
from .base import Case, Rule, RuleInfo, make_finding

INFO = RuleInfo(
    "MQ116",
    "question-to-statement",
    Severity.WARNING,
    "The speaker asked; the quotation states it.",
    "wording",
)

ASKS = "?？؟"
SHARED = 0.5
"""Share of the question that must be found in the statement."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per question of the evidence that the quotation gives as a statement."""
    best = case.best
    if best is None or case.quotation.kind in (QuotationKind.MIXED, QuotationKind.HEADLINE):
        return
    for statement, question in stated(best.comparison):
        spans = best.comparison.quote.span_of(statement), best.comparison.source.span_of(question)
        yield make_finding(
            INFO,
            case,
            message="A question is quoted as a statement.",
            why="Earlier coverage has a question mark after these words; here nothing asks.",
            help="Restore the question, or say in your own words what was asked.",
            confidence=0.85 * (0.6 + 0.4 * best.probability),
            compared=best,
            quote_span=spans[0],
            source_span=spans[1],
            labels=("stated here", "was asked"),
        )


def stated(comparison: Comparison) -> Iterator[tuple[range, range]]:
    """Sentences of the evidence that ask, each with the sentence of the quotation that states the same."""
    quote, source, mapping = comparison.quote, comparison.source, comparison.alignment.to_quote
    for question in _sentences(source):
        if not _asks(source, question):
            continue
        telling = [j for j in question if source.weights[j] >= TELLING]
        rows = [int(mapping[j]) for j in telling if mapping[j] >= 0]
        if len(rows) < 2 or len(rows) < SHARED * len(telling):
            continue
        numbers = [int(quote.sentence_of[i]) for i in rows]
        number = max(set(numbers), key=numbers.count)
        statement = next(s for s in _sentences(quote) if quote.sentence_of[s[0]] == number)
        if not _asks(quote, statement) and not any(t.words[0] in statement for t in terms(quote, "question")):
            yield statement, question


def _sentences(side: Side) -> Iterator[range]:
    start = 0
    for i in range(1, len(side.words) + 1):
        if i == len(side.words) or side.sentence_of[i] != side.sentence_of[start]:
            yield range(start, i)
            start = i


def _asks(side: Side, sentence: range) -> bool:
    """Whether a question mark follows a word of the sentence, inside it or at its end."""
    last = sentence[-1]
    end = side.words[last + 1].span.start if last + 1 < len(side.words) else len(side.text)
    return any(mark in side.text[side.words[sentence[0]].span.start : end] for mark in ASKS)


RULE = Rule(INFO, check)

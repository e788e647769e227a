"""MQ117 meaning-changed: the scorer, and all that was aligned, tell of a change that no rule can name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..matching.consistency import drift, meaning_changed
from ..matching.sides import FloatArray
from ..types import Finding, Relation, Severity
from .base import Case, Compared, Rule, RuleInfo, make_finding

INFO = RuleInfo(
    "MQ117",
    "meaning-changed",
    Severity.WARNING,
    "Read together, quotation and report do not seem to say the same.",
    "wording",
)

BAR = 0.75
"""Drift from which it is reported; from even odds up to this the rule abstains."""
SURE = 0.8
"""Probability of a change that the scorer by itself must give.

Both were chosen on generated pairs that the scorer was not trained on (``training/drift.py``) and on the
project's own pairs. Of the first, 7 in 1,000 faithful ones and about 125 in 1,000 changed ones reach them
where no other rule warns.
"""
AT_FAULT = 0.0
"""Log-odds from which a word is marked."""
BESIDE = 2.0
"""How far below the worst word its neighbours may lie and still be marked with it."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where a change is likely, whatever report was read."""
    best = case.best
    if best is None or best.reading is None or best.evidence.relation is Relation.INDIRECT_SUPPORT:
        return
    read = [item for item in case.compared if item.reading is not None]
    probability = min(_changed(item) for item in read)
    if probability < BAR:
        return
    comparison = best.comparison
    quoted, reported = worst_words(best.reading.quote), worst_words(best.reading.source)
    quote_span = comparison.quote.span_of(quoted) if len(quoted) else None
    source_span = comparison.source.span_of(reported) if len(reported) else None
    yield make_finding(
        INFO,
        case,
        message=_message(
            quote_span.of(comparison.quote.text) if quote_span else "",
            source_span.of(comparison.source.text) if source_span else "",
        ),
        why=f"A model that reads both texts together takes a change of meaning for likely ({probability:.0%}); no other rule found the reason.",
        help="Compare the marked words. If in doubt, ask a speaker of the language; if the meaning is the same, ignore this.",
        confidence=probability * (0.7 + 0.3 * best.probability),
        compared=best,
        quote_span=quote_span,
        source_span=source_span,
        labels=("what is quoted", "what was reported"),
    )


def _changed(item: Compared) -> float:
    """The drift score by what the rules do not see; 0 where the scorer reads no change."""
    if item.reading is None or meaning_changed(item.comparison, item.reading) < SURE:
        return 0.0
    return drift(item.comparison, item.cosine, (), item.reading)


def worst_words(logits: FloatArray | Sequence[float]) -> range:
    """The word with the highest log-odds and its neighbours at fault; empty if there is none."""
    if not len(logits):
        return range(0)
    worst = max(range(len(logits)), key=lambda n: logits[n])
    if logits[worst] < AT_FAULT:
        return range(0)
    least = max(AT_FAULT, logits[worst] - BESIDE)
    first = last = worst
    while first > 0 and logits[first - 1] >= least:
        first -= 1
    while last + 1 < len(logits) and logits[last + 1] >= least:
        last += 1
    return range(first, last + 1)


def _message(quoted: str, reported: str) -> str:
    if quoted and reported:
        return f"“{quoted}” may not mean what was reported: “{reported}”."
    if quoted:
        return f"“{quoted}” may say more, or something else, than was reported."
    if reported:
        return f"What was reported as “{reported}” may be missing here, or mean something else."
    return "The quotation may not say what was reported."


RULE = Rule(INFO, check)

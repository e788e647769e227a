"""MQ118 stitched: one quotation made of words said in different places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import regex

from ..matching.alignment import TELLING
from ..matching.comparison import Comparison
from ..matching.phrases import key_of
from ..matching.reported import reported_speakers
from ..matching.wording import wording_of
from ..quotations import same_speaker
from ..types import Finding, MentionKind, Severity, Span
from .base import Case, Compared, Rule, RuleInfo, make_finding, said
from .runs import ELLIPSIS

INFO = RuleInfo(
    "MQ118",
    "stitched",
    Severity.WARNING,
    "One quotation is made of words said in different places.",
    "wording",
)


LEAST = 2
"""Telling words that each of two statements must have in the quotation."""
_SENTENCE = regex.compile(r"[.!?]\s|[。！？]")
ACCOUNTED = 0.75
"""Share of the quotation that both parts together must account for to be sure."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where parts of the quotation come from different statements."""
    if len(case.stitched) < 2:
        yield from _two_statements(case)
        return
    first, second = case.stitched[:2]
    across = _different_speakers(first, second)
    yield make_finding(
        INFO,
        case,
        message=(
            "The quotation joins the words of two speakers."
            if across
            else "The quotation joins words that were said in different places."
        ),
        why=f"One part is reported as said by {said(first.evidence.metadata)}; another by"
        f" {said(second.evidence.metadata)}.",
        help="Give the parts as two quotations, each with its own attribution.",
        confidence=_confidence(first, second),
        compared=second,
        quote_span=_covered(second),
        labels=("from another statement", "said here"),
        severity=Severity.ERROR if across else Severity.WARNING,
    )


def _two_statements(case: Case) -> Iterator[Finding]:
    """One report that gives two statements, each on its own occasion or topic, quoted as one."""
    best = case.best
    parts = separate_statements(best.comparison) if best is not None else None
    if best is None or parts is None:
        return
    second, between = parts
    span = best.comparison.source.span_of(between)
    yield make_finding(
        INFO,
        case,
        message="The quotation joins words that were said in different places.",
        why=f"Between the two parts earlier coverage has “{span.of(best.comparison.source.text)}”.",
        help="Give the parts as two quotations, each with its own attribution.",
        confidence=0.85 * best.probability,
        compared=best,
        quote_span=best.comparison.quote.span_of(second),
        source_span=span,
        labels=("from another statement", "said between"),
    )


def separate_statements(comparison: Comparison) -> tuple[range, range] | None:
    """The second part of a quotation, and the narrator's words that part the two statements in the report.

    The narrator must begin a sentence between them, and name another day or topic there: "he said" alone
    only interrupts.
    """
    quote, source = comparison.quote, comparison.source
    narrator = comparison.narrated
    rows = [
        (int(i), j)
        for j, i in enumerate(comparison.alignment.to_quote)
        if i >= 0 and j not in narrator and source.weights[j] >= TELLING
    ]
    for low, high in pairwise([-1, *_parting(comparison, narrator), len(source.words)]):
        first = [i for i, j in rows if j <= low]
        second = [i for i, j in rows if low < j <= high]
        if low < 0 or len(first) < LEAST or len(second) < LEAST:
            continue
        if max(first) < min(second) and not ELLIPSIS.search(
            quote.text, quote.words[max(first)].span.start, quote.words[min(second)].span.end
        ):
            start = next(j for j in range(low, -1, -1) if j not in narrator) + 1
            return range(min(second), max(second) + 1), range(start, low + 1)
    return None


def _parting(comparison: Comparison, narrator: frozenset[int]) -> Iterator[int]:
    """The last word of each stretch of narration that parts two statements."""
    source = comparison.source
    topics = [key_of(phrase) for phrase in wording_of(source.language).lists["topic"]]
    days = source.words_of(MentionKind.DATE)
    run: list[int] = []
    for j in (*sorted(narrator), len(source.words) + 1):
        if run and j != run[-1] + 1:
            norms = tuple(source.words[k].norm for k in run)
            named = bool(days & set(run)) or any(
                norms[n : n + len(key)] == key for key in topics for n in range(len(norms))
            )
            text = source.text[source.words[run[0]].span.start : source.words[run[-1]].span.end]
            if run[0] > 0 and named and _SENTENCE.search(text):
                yield run[-1]
            run = []
        run.append(j)


def _confidence(first: Compared, second: Compared) -> float:
    """How much of the quotation the two parts account for together: each alone is only a part."""
    a, b = first.comparison.alignment, second.comparison.alignment
    weights = a.quote.weights
    joined = float((weights * np.maximum(a.strength, b.strength)).sum()) / max(float(weights.sum()), 1e-9)
    return 0.98 * min(1.0, joined / ACCOUNTED)


def _covered(item: Compared) -> Span | None:
    rows = [i for i, j in enumerate(item.comparison.alignment.to_source) if j >= 0]
    return item.comparison.quote.span_of(range(rows[0], rows[-1] + 1)) if rows else None


def _different_speakers(first: Compared, second: Compared) -> bool:
    ours, theirs = (reported_speakers(item.evidence.passage)[:1] for item in (first, second))
    return bool(ours and theirs) and same_speaker(ours[0], theirs[0]) is False


RULE = Rule(INFO, check)

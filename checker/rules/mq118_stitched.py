"""MQ118 stitched: one quotation made of words said in different places."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..matching.reported import reported_speakers
from ..quotations import same_speaker
from ..types import Finding, Severity, Span
from .base import Case, Compared, Rule, RuleInfo, make_finding, said

INFO = RuleInfo(
    "MQ118",
    "stitched",
    Severity.WARNING,
    "One quotation is made of words said in different places.",
    "wording",
)


ACCOUNTED = 0.75
"""Share of the quotation that both parts together must account for to be sure."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where parts of the quotation come from different statements."""
    if len(case.stitched) < 2:
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

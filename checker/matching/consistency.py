"""How likely it is that the meaning changed: the ``drift`` score of a compared pair.

A logistic function of what the typed rules found and of what the alignment left over on either
side. Coefficients come from ``training/drift.py`` (pairs of the training text, half of them damaged).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..types import Finding, Severity
from .comparison import Comparison

COEFFICIENTS: tuple[float, ...] = (-2.2, 4.0, 1.5, 2.0, 2.0, 1.5, 0.6, 0.6)
"""Bias, then one per feature of :func:`features`."""


def features(comparison: Comparison, cosine: float, findings: Sequence[Finding]) -> tuple[float, ...]:
    """What the score is made of; every feature grows with the likelihood of a change."""
    alignment = comparison.alignment
    wording = [f for f in findings if f.rule < "MQ2" and f.rule != "MQ121"]
    errors = max((f.confidence for f in wording if f.severity is Severity.ERROR), default=0.0)
    warnings = max((f.confidence for f in wording if f.severity is Severity.WARNING), default=0.0)
    return (
        errors,
        warnings,
        1.0 - alignment.quote_coverage,
        1.0 - alignment.window_coverage,
        1.0 - cosine,
        _longest_gap(comparison, of_quote=True),
        _longest_gap(comparison, of_quote=False),
    )


def drift(comparison: Comparison, cosine: float, findings: Sequence[Finding]) -> float:
    """Probability in [0, 1] that the quotation does not say what the source says."""
    values = (1.0, *features(comparison, cosine, findings))
    logit = sum(c * v for c, v in zip(COEFFICIENTS, values, strict=True))
    return 1.0 / (1.0 + math.exp(-logit))


def _longest_gap(comparison: Comparison, *, of_quote: bool) -> float:
    """Information of the heaviest run without counterpart, on a log scale."""
    side = comparison.quote if of_quote else comparison.source
    mapping = comparison.alignment.to_source if of_quote else comparison.alignment.to_quote
    indices = range(len(side.words)) if of_quote else comparison.scope
    best = total = 0.0
    for i in indices:
        total = total + min(float(side.weights[i]), 7.0) if mapping[i] < 0 else 0.0
        best = max(best, total)
    return float(np.log1p(best / 5.0))

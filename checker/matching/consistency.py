"""How likely it is that the meaning changed: the ``drift`` score of a compared pair.

A logistic function of :func:`~checker.matching.signals.signals`, the scorer's reading among them, with one
set of weights for pairs across languages and one for pairs within a language. ``training/drift.py`` fits
them on pairs of the training text that the scorer was not trained on, half of them damaged, and writes
``drift.json``: so the score is the probability of a change where changed and faithful quotations are
equally common.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from ..errors import CheckerError
from ..types import Finding
from .comparison import Comparison
from .scorer import Reading
from .sides import FloatArray
from .signals import CLIP, FEATURES, READ_FEATURES, signals

WEIGHTS = "drift.json"
PARTS = ("read", "unread", "meaning")
"""The parts of either set of weights in the file, in the order of :class:`Fitted`."""
REMEDY = "install misquote again, or fit the weights anew with `python -m training.drift`"


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """One fitted logistic function."""

    bias: float
    coefficients: FloatArray
    """One per signal."""

    def probability(self, values: FloatArray) -> float:
        """The logistic function of ``values``, of the shape of the coefficients; in [0, 1], never NaN."""
        logit = self.bias + float(self.coefficients @ values)
        return 1.0 / (1.0 + math.exp(-min(max(logit, -40.0), 40.0)))


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """The weights for pairs across languages, or for pairs within one."""

    read: Weights
    """Of ``READ_FEATURES``: pairs that the scorer has read."""
    unread: Weights
    """Of ``FEATURES``: there is no scorer for the encoder in use."""
    meaning: Weights
    """Of the scorer's log-odds alone: what they are worth as a probability."""


def drift(
    comparison: Comparison, cosine: float, findings: Sequence[Finding], reading: Reading | None = None
) -> float:
    """Probability in [0, 1] that the quotation does not say what the source says.

    ``cosine`` is that of the two whole texts, ``findings`` are those of the rules on this pair.

    Raises:
        CheckerError: the weights are missing from the installation, or of another version.
    """
    weights = _for(comparison)
    chosen = weights.unread if reading is None else weights.read
    return chosen.probability(signals(comparison, cosine, findings, reading))


def meaning_changed(comparison: Comparison, reading: Reading) -> float:
    """The scorer's own probability in [0, 1] that the meaning changed, calibrated as ``drift`` is.

    Raises:
        CheckerError: the weights are missing from the installation, or of another version.
    """
    return _for(comparison).meaning.probability(np.array([min(max(reading.changed, -CLIP), CLIP)]))


def _for(comparison: Comparison) -> Fitted:
    across, within = fitted()
    return across if comparison.cross_language else within


@cache
def fitted() -> tuple[Fitted, Fitted]:
    """The shipped weights: across languages, and within one."""
    path = resources.files(__package__).joinpath(WEIGHTS)
    if not path.is_file():
        raise CheckerError("the weights of the drift score are missing from the installation", REMEDY)
    return parse_weights(path.read_text(encoding="utf-8"))


def parse_weights(text: str) -> tuple[Fitted, Fitted]:
    """The weights of a ``drift.json``: across languages, and within one.

    Raises:
        CheckerError: it is no such file, or was fitted on other signals than this version computes.
    """
    try:
        record = json.loads(text)
        names, sets = record["features"], (record["across"], record["within"])
        across, within = (Fitted(*(_weights(s[part]) for part in PARTS)) for s in sets)
    except (ValueError, KeyError, TypeError) as problem:
        raise CheckerError(f"{WEIGHTS} cannot be read: {problem}", REMEDY) from problem
    if tuple(names) != READ_FEATURES or not all(_fits(one) for one in (across, within)):
        raise CheckerError(f"{WEIGHTS} was fitted on other signals than this version computes", REMEDY)
    return across, within


def _fits(weights: Fitted) -> bool:
    lengths = (weights.read, len(READ_FEATURES)), (weights.unread, len(FEATURES)), (weights.meaning, 1)
    return all(one.coefficients.shape == (length,) for one, length in lengths)


def _weights(record: dict[str, Any]) -> Weights:
    weights = Weights(float(record["bias"]), np.array(record["coefficients"], dtype=np.float64))
    if not math.isfinite(weights.bias) or not np.isfinite(weights.coefficients).all():
        raise ValueError("it holds values that are no numbers")
    return weights

"""How likely it is that the meaning changed: the ``drift`` score of a compared pair.

A logistic function of :func:`~checker.matching.signals.signals`, with one set of weights for pairs
across languages and one for pairs within a language. ``training/drift.py`` fits them on pairs of the
training text, half of them damaged, and writes ``drift.json``: so the score is the probability of a
change where changed and faithful quotations are equally common.
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
from .sides import FloatArray
from .signals import FEATURES, signals

WEIGHTS = "drift.json"
REMEDY = "install misquote again, or fit the weights anew with `python -m training.drift`"


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """One fitted logistic function."""

    bias: float
    coefficients: FloatArray
    """One per name in ``FEATURES``."""

    def probability(self, values: FloatArray) -> float:
        """The logistic function of ``values``, shape ``(len(FEATURES),)``; in [0, 1], never NaN."""
        logit = self.bias + float(self.coefficients @ values)
        return 1.0 / (1.0 + math.exp(-min(max(logit, -40.0), 40.0)))


def drift(comparison: Comparison, cosine: float, findings: Sequence[Finding]) -> float:
    """Probability in [0, 1] that the quotation does not say what the source says.

    ``cosine`` is that of the two whole texts, ``findings`` are those of the rules on this pair.

    Raises:
        CheckerError: the weights are missing from the installation, or of another version.
    """
    across, within = fitted()
    weights = across if comparison.cross_language else within
    return weights.probability(signals(comparison, cosine, findings))


@cache
def fitted() -> tuple[Weights, Weights]:
    """The shipped weights: across languages, and within one."""
    path = resources.files(__package__).joinpath(WEIGHTS)
    if not path.is_file():
        raise CheckerError("the weights of the drift score are missing from the installation", REMEDY)
    return parse_weights(path.read_text(encoding="utf-8"))


def parse_weights(text: str) -> tuple[Weights, Weights]:
    """The weights of a ``drift.json``: across languages, and within one.

    Raises:
        CheckerError: it is no such file, or was fitted on other signals than this version computes.
    """
    try:
        record = json.loads(text)
        names, sets = record["features"], (record["across"], record["within"])
        weights = tuple(_weights(s) for s in sets)
    except (ValueError, KeyError, TypeError) as problem:
        raise CheckerError(f"{WEIGHTS} cannot be read: {problem}", REMEDY) from problem
    if tuple(names) != FEATURES or any(w.coefficients.shape != (len(FEATURES),) for w in weights):
        raise CheckerError(f"{WEIGHTS} was fitted on other signals than this version computes", REMEDY)
    if not all(np.isfinite(w.coefficients).all() and math.isfinite(w.bias) for w in weights):
        raise CheckerError(f"{WEIGHTS} holds values that are no numbers", REMEDY)
    return weights[0], weights[1]


def _weights(record: dict[str, Any]) -> Weights:
    return Weights(float(record["bias"]), np.array(record["coefficients"], dtype=np.float64))

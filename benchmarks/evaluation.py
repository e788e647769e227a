"""Where the public test sets lie, how they are read, and the measures taken on them."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "eval"
"""Beside the project; the project works without it, the figures on public sets do not."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; higher is better unless ``lower``."""

    name: str
    value: float
    lower: bool = False
    detail: str = ""

    def line(self) -> str:
        """As it is printed."""
        return f"{self.name:<58} {self.value:8.4f}  {self.detail}".rstrip()


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a compressed JSONL file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a compressed TSV file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def auroc(scores: npt.ArrayLike, positive: npt.ArrayLike) -> float:
    """Probability that a positive scores above a negative; ties count half (Mann-Whitney)."""
    values = np.asarray(scores, dtype=np.float64)
    truth = np.asarray(positive, dtype=np.bool_)
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(1, len(values) + 1)
    unique, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    sums = np.bincount(inverse, weights=ranks, minlength=len(unique))
    ranks = (sums / counts)[inverse]
    n, m = int(truth.sum()), int((~truth).sum())
    if not n or not m:
        return float("nan")
    return float((ranks[truth].sum() - n * (n + 1) / 2) / (n * m))


def recall_at_false_alarms(scores: npt.ArrayLike, positive: npt.ArrayLike, rate: float = 0.05) -> float:
    """Share of positives above the score that ``rate`` of the negatives exceed."""
    values = np.asarray(scores, dtype=np.float64)
    truth = np.asarray(positive, dtype=np.bool_)
    if not truth.any() or truth.all():
        return float("nan")
    threshold = np.quantile(values[~truth], 1.0 - rate, method="higher")
    return float(np.mean(values[truth] > threshold))


def recall_at_one(queries: npt.NDArray[np.float32], passages: npt.NDArray[np.float32]) -> float:
    """Share of rows whose nearest passage is that of the same row."""
    nearest = np.argmax(queries @ passages.T, axis=1)
    return float(np.mean(nearest == np.arange(len(queries))))

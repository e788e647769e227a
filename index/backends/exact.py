"""Brute force with NumPy: no file, no training, exact; the right choice for small segments."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..types import Backend, BoolVector, FloatMatrix
from . import StoredVectors

NEEDS_FILE = False
_BLOCK = 16_384
"""Rows turned into float32 at a time, so that memory stays bounded on a memory-mapped file."""


def build(vectors: StoredVectors, factory: str, path: Path) -> None:
    """Nothing to write: the stored vectors are the index."""


def load(vectors: StoredVectors, path: Path) -> Backend:
    """Search over ``vectors`` as they are."""
    return ExactBackend(vectors)


def preload() -> None:
    """NumPy is there already."""


def is_exact(factory: str) -> bool:
    """Always."""
    return True


class ExactBackend:
    """Inner products with every row, block by block."""

    def __init__(self, vectors: StoredVectors) -> None:
        self._vectors = vectors

    def __len__(self) -> int:
        return int(self._vectors.shape[0])

    def search(
        self, queries: FloatMatrix, k: int, *, allowed: BoolVector | None = None
    ) -> tuple[FloatMatrix, npt.NDArray[np.int64]]:
        """The ``k`` greatest inner products of each query; ties go to the lower row."""
        scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
        rows = np.full((len(queries), k), -1, dtype=np.int64)
        for start in range(0, len(self), _BLOCK):
            block = np.asarray(self._vectors[start : start + _BLOCK], dtype=np.float32)
            numbers = np.arange(start, start + len(block), dtype=np.int64)
            if allowed is not None:
                chosen = allowed[start : start + len(block)]
                block, numbers = block[chosen], numbers[chosen]
            found = queries @ block.T
            scores, rows = best(
                np.concatenate([scores, found], axis=1),
                np.concatenate([rows, np.broadcast_to(numbers, found.shape)], axis=1),
                k,
            )
        return scores, rows


def best(
    scores: FloatMatrix, rows: npt.NDArray[np.int64], k: int
) -> tuple[FloatMatrix, npt.NDArray[np.int64]]:
    """The ``k`` best columns of each line: by score, then by row number; padded with -1."""
    if scores.shape[1] > 4 * k:  # a first cut in linear time; ties at the cut are kept apart below
        threshold = -np.partition(-scores, k - 1, axis=1)[:, k - 1 : k]
        width = int((scores >= threshold).sum(axis=1).max())
        if width < scores.shape[1]:
            kept = np.argpartition(-scores, width - 1, axis=1)[:, :width]
            scores = np.take_along_axis(scores, kept, axis=1)
            rows = np.take_along_axis(rows, kept, axis=1)
    order = np.lexsort((rows, -scores), axis=1)[:, :k]
    return np.take_along_axis(scores, order, axis=1), np.take_along_axis(rows, order, axis=1)

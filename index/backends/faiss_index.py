"""FAISS, described by an ``index_factory`` string; the only file that imports it.

Import torch (an encoder) before this on macOS: the other order can crash the process
(sentence-transformers issue 2291). The store loads FAISS at the first search, after the encoder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import StoreError
from ..types import Backend, BoolVector, FloatMatrix
from . import StoredVectors

NEEDS_FILE = True
_BLOCK = 65_536
_MAX_TRAINING = 262_144
"""Vectors used to train a quantiser, evenly spaced over the segment; about 400 MB at 384 dimensions."""
_PROBES = 32
_BREADTH = 128


def _faiss() -> Any:  # noqa: ANN401 - its stubs do not know half of it
    import faiss

    return faiss


def preload() -> None:
    """Import FAISS, which takes longer than a search."""
    _faiss()


def is_exact(factory: str) -> bool:
    """Only ``Flat`` compares with every vector as it is."""
    return factory == "Flat"


def build(vectors: StoredVectors, factory: str, path: Path) -> None:
    """Train where the factory asks for it, add all rows and write the file.

    Raises:
        StoreError: FAISS does not know the factory, or cannot train it on so few vectors.
    """
    faiss = _faiss()
    try:
        index = faiss.index_factory(int(vectors.shape[1]), factory, faiss.METRIC_INNER_PRODUCT)
        if not index.is_trained:
            step = max(1, -(-len(vectors) // _MAX_TRAINING))
            index.train(np.asarray(vectors[::step], dtype=np.float32))
        for start in range(0, len(vectors), _BLOCK):
            index.add(np.asarray(vectors[start : start + _BLOCK], dtype=np.float32))
    except (RuntimeError, AssertionError) as error:
        raise StoreError(
            f"cannot build a FAISS index {factory!r} over {len(vectors)} vectors: {_reason(error)}",
            "use the factory Flat, or one with fewer lists or bits than there are vectors to train on",
        ) from error
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        raise OSError(f"FAISS cannot write {path.name}: {_reason(error)}") from error


def load(vectors: StoredVectors, path: Path) -> Backend:
    """Open the file and hold it against the stored vectors.

    Raises:
        StoreError: the file is missing, damaged or of other vectors.
    """
    faiss = _faiss()
    try:
        index = faiss.read_index(str(path))
    except (RuntimeError, MemoryError) as error:
        raise _damaged(path, _reason(error)) from error
    rows, dimension = vectors.shape
    if (index.ntotal, index.d) != (rows, dimension) or index.metric_type != faiss.METRIC_INNER_PRODUCT:
        raise _damaged(path, f"it holds {index.ntotal} x {index.d} values, expected {rows} x {dimension}")
    return FaissBackend(index)


class FaissBackend:
    """One FAISS index over unit vectors; scores are inner products (approximate when quantised)."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - see _faiss
        faiss = _faiss()
        self._index = index
        self._lists = faiss.try_extract_index_ivf(index)
        if self._lists is not None:
            self._lists.nprobe = min(_PROBES, self._lists.nlist)
        if isinstance(index, faiss.IndexHNSW):
            index.hnsw.efSearch = _BREADTH

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, queries: FloatMatrix, k: int, *, allowed: BoolVector | None = None
    ) -> tuple[FloatMatrix, npt.NDArray[np.int64]]:
        """See ``index.types.Backend``."""
        wanted = np.ascontiguousarray(queries, dtype=np.float32)
        try:
            scores, rows = self._index.search(wanted, k, params=self._parameters(allowed))
        except RuntimeError as error:
            if allowed is None:
                raise StoreError(
                    f"FAISS cannot search: {_reason(error)}", "build the index again with the factory Flat"
                ) from error
            return self._search_all(wanted, k, allowed)
        return scores, rows

    def _parameters(self, allowed: BoolVector | None) -> Any:  # noqa: ANN401 - see _faiss
        faiss = _faiss()
        if allowed is None:
            return None
        selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        if self._lists is not None:
            return faiss.SearchParametersIVF(sel=selector, nprobe=self._lists.nprobe)
        if isinstance(self._index, faiss.IndexHNSW):
            return faiss.SearchParametersHNSW(sel=selector, efSearch=_BREADTH)
        return faiss.SearchParameters(sel=selector)

    def _search_all(
        self, queries: FloatMatrix, k: int, allowed: BoolVector
    ) -> tuple[FloatMatrix, npt.NDArray[np.int64]]:
        """For the kinds of index that take no selector: rank everything, then leave out."""
        every_score, every_row = self._index.search(queries, len(self))
        scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
        rows = np.full((len(queries), k), -1, dtype=np.int64)
        for line, (line_scores, line_rows) in enumerate(zip(every_score, every_row, strict=True)):
            kept = np.flatnonzero((line_rows >= 0) & allowed[line_rows])[:k]
            scores[line, : len(kept)] = line_scores[kept]
            rows[line, : len(kept)] = line_rows[kept]
        return scores, rows


def _reason(error: BaseException) -> str:
    """The last part of a FAISS message; the first is the place in its source."""
    return (str(error).rsplit(": ", 1)[-1].strip() or type(error).__name__)[:200]


def _damaged(path: Path, what: str) -> StoreError:
    return StoreError(
        f"the index file {path} is damaged: {what}",
        "restore the folder from a copy, or build the index again in another folder; nothing was changed",
        path=str(path),
    )

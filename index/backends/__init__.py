"""Nearest-neighbour search, one backend per file; ``exact`` is the measure for the others.

A *factory* string picks the backend of a segment: ``exact`` is the NumPy one, every other string
is an ``index_factory`` description for FAISS (``Flat``, ``HNSW32``, ``IVF256,SQ8`` ...). To add a
backend, write one module with ``build`` and ``load`` and add one line to ``BACKENDS``.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from ..types import Backend

StoredVectors = npt.NDArray[np.float16]
"""Unit rows of one segment as stored, shape ``(passages, dimension)``; usually memory-mapped."""

BACKENDS: dict[str, str] = {"exact": "exact"}
"""Factory string to module of this package; what is not listed is for ``FAISS_MODULE``."""
FAISS_MODULE = "faiss_index"

DENSE_FILE = "dense.faiss"


class BackendModule(Protocol):
    """What each backend module offers."""

    NEEDS_FILE: bool
    """Whether ``build`` writes ``path``."""

    def build(self, vectors: StoredVectors, factory: str, path: Path) -> None:
        """Write the search structure for ``vectors`` to ``path``."""
        ...

    def load(self, vectors: StoredVectors, path: Path) -> Backend:
        """Open what ``build`` wrote. Raises ``StoreError`` when it is damaged."""
        ...

    def is_exact(self, factory: str) -> bool:
        """Whether the scores and the order need no second look."""
        ...

    def preload(self) -> None:
        """Import the library that the backend stands on."""
        ...


def backend_module(factory: str) -> BackendModule:
    """The module for a factory string, imported now."""
    name = BACKENDS.get(factory, FAISS_MODULE)
    return cast(BackendModule, importlib.import_module(f".{name}", __package__))


def preload() -> None:
    """Import what searching needs ahead of the first search, as in a thread that has nothing else to do.

    Not where torch will be imported in the same process, which must come first (see ``faiss_index``).
    """
    backend_module(FAISS_MODULE).preload()

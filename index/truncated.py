"""Shorter vectors: the first dimensions of an encoder whose first dimensions carry most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from .errors import ModelError
from .manifest import MANIFEST, read_manifest
from .types import Encoder, FloatMatrix, ModelInfo, TextKind, TokenVectors

SMALLEST = 16
"""Fewer dimensions than these tell nothing apart."""


class TruncatedEncoder:
    """Keeps the first ``dimension`` numbers of every sentence vector and makes it a unit vector again.

    That is what ``truncate_dim`` of sentence-transformers does. It costs little where a model was
    trained for it (Kusupati et al. 2022, Matryoshka Representation Learning) or where its first
    dimensions are the principal ones, as those of the embedded model are.

    The vectors of the last layer are cut in the same way, since their means stand beside sentence
    vectors. Those that tell words apart stay whole: they are only held against each other.
    """

    def __init__(self, encoder: Encoder, dimension: int) -> None:
        """Wrap ``encoder``.

        Raises:
            ModelError: ``dimension`` is below ``SMALLEST`` or above that of the model.
        """
        own = encoder.info
        if not SMALLEST <= dimension <= own.dimension:
            raise ModelError(
                f"vectors of {dimension:,} dimensions cannot be had of the model {own.name}, which has"
                f" {own.dimension:,}",
                f"give a number from {SMALLEST} to {own.dimension}, or 0 for all of them"
                if own.dimension > SMALLEST
                else "leave the dimension out",
            )
        self._encoder = encoder
        self._info = replace(own, dimension=dimension)

    @property
    def info(self) -> ModelInfo:
        """That of the whole model, but for the dimension."""
        return self._info

    def encode(self, texts: Sequence[str], *, kind: TextKind = "passage") -> FloatMatrix:
        """Unit vectors, shape ``(len(texts), info.dimension)``."""
        return self._cut(self._encoder.encode(texts, kind=kind))

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The token vectors of each text; ``vectors`` has all dimensions of the model."""
        return [
            tokens if tokens.last is None else replace(tokens, last=self._cut(tokens.last))
            for tokens in self._encoder.encode_tokens(texts)
        ]

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        """``encode`` and ``encode_tokens``; ``last`` is always there, with ``info.dimension`` columns."""
        vectors, tokens = self._encoder.encode_both(texts, kind=kind)
        return self._cut(vectors), [
            replace(one, last=self._cut(one.vectors if one.last is None else one.last)) for one in tokens
        ]

    def _cut(self, rows: FloatMatrix) -> FloatMatrix:
        kept = rows[:, : self._info.dimension]
        norms = np.linalg.norm(kept, axis=1, keepdims=True)
        return np.asarray(kept / np.maximum(norms, 1e-12), dtype=np.float32)


def truncated(encoder: Encoder, dimension: int | None) -> Encoder:
    """``encoder`` with that many dimensions; None and 0 leave it whole.

    Raises:
        ModelError: it has not so many, or they are too few.
    """
    return encoder if dimension in (None, 0, encoder.info.dimension) else TruncatedEncoder(encoder, dimension)


def fit_to_index(encoder: Encoder, index: Path) -> Encoder:
    """``encoder`` cut to the dimension of the index in the folder ``index``, if the index was built with it.

    Where there is no index, or one of another model, the encoder comes back as it is: what opens the
    index says what is wrong.

    Raises:
        StoreError: the manifest of the index is damaged.
    """
    built = model_of_index(index)
    if built is None or built.checksum != encoder.info.checksum or built.dimension >= encoder.info.dimension:
        return encoder
    return TruncatedEncoder(encoder, built.dimension)


def model_of_index(index: Path) -> ModelInfo | None:
    """The model that the index in a folder was built with; None where there is no index.

    Raises:
        StoreError: the manifest is damaged.
    """
    return read_manifest(index).model if (index / MANIFEST).is_file() else None

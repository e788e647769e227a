"""Stand-ins for the trained encoder: small, deterministic, no files and no heavy imports.

Use ``from tests.fakes import FakeEncoder``.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from index.types import FloatMatrix, ModelInfo, TextKind, TokenVectors

_WORD = re.compile(r"\w+")


class FakeEncoder:
    """Hashes character trigrams into signed buckets: texts that share letters are near each other.

    It satisfies ``index.types.Encoder``. Equal texts get equal vectors on every machine and run.
    """

    def __init__(self, dimension: int = 64, *, name: str = "fake-trigrams", revision: str = "1") -> None:
        self._info = ModelInfo(
            name=name, revision=revision, dimension=dimension, checksum=f"{dimension:064x}", max_tokens=128
        )
        self.texts_seen: list[str] = []

    @property
    def info(self) -> ModelInfo:
        return self._info

    def encode(self, texts: Sequence[str], *, kind: TextKind = "passage") -> FloatMatrix:
        self.texts_seen.extend(texts)
        rows = np.zeros((len(texts), self._info.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[:] = self._vector(text)
        return rows

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        return [self._tokens(text) for text in texts]

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        return self.encode(texts, kind=kind), self.encode_tokens(texts)

    def _tokens(self, text: str) -> TokenVectors:
        spans = tuple((m.start(), m.end()) for m in _WORD.finditer(text))
        vectors = np.zeros((len(spans), self._info.dimension), dtype=np.float32)
        for row, (start, end) in zip(vectors, spans, strict=True):
            row[:] = self._vector(text[start:end])
        return TokenVectors(spans=spans, vectors=vectors)

    def _vector(self, text: str) -> FloatMatrix:
        padded = f"  {' '.join(text.casefold().split())}  "
        vector = np.zeros(self._info.dimension, dtype=np.float32)
        for start in range(len(padded) - 2):
            code = zlib.crc32(padded[start : start + 3].encode("utf-8", "surrogatepass"))
            vector[code % self._info.dimension] += 1.0 if code & 0x80000000 else -1.0
        norm = float(np.linalg.norm(vector))
        if norm == 0.0:
            vector[0], norm = 1.0, 1.0
        return (vector / np.float32(norm)).astype(np.float32)

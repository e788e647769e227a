"""Records and protocols of the vector store. It knows nothing of quotations or news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

FloatMatrix = npt.NDArray[np.float32]
BoolVector = npt.NDArray[np.bool_]
Metadata = Mapping[str, str]

TextKind = Literal["query", "passage"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One retrieval unit with every place it occurs in.

    ``id`` is a hash of language and normalised text, so the same words printed by ten
    outlets are one passage with ten occurrences.
    """

    id: str
    text: str
    language: str
    occurrences: tuple[Metadata, ...]
    """One mapping per occurrence, oldest first; key ``article_id`` is always there."""
    anchors: tuple[str, ...] = ()
    """Language-free keys (numbers, names, dates) that the caller gave; opaque here."""

    @property
    def metadata(self) -> Metadata:
        """The metadata of the first occurrence."""
        return self.occurrences[0]


@dataclass(frozen=True, slots=True)
class NewPassage:
    """One occurrence of a text that is to be stored."""

    text: str
    language: str
    metadata: Metadata
    """Must hold ``article_id``; all values are strings."""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One retrieved passage; ``score`` is the inner product of unit vectors, ``rank`` starts at 0."""

    passage: Passage
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model made the vectors."""

    name: str
    revision: str
    dimension: int
    checksum: str
    """sha256 over the model's files, hex."""
    max_tokens: int = 128


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The vectors of one text's tokens, special tokens left out."""

    spans: tuple[tuple[int, int], ...]
    """Half-open code-point offsets of each token into the text."""
    vectors: FloatMatrix
    """Shape ``(len(spans), dimension)``, unit rows: those that tell words apart."""
    last: FloatMatrix | None = None
    """The last hidden layer, unit rows, where it is another one than ``vectors`` and was asked for."""
    averages: bool = True
    """Whether the mean of these rows of the last layer over a part of the text is close to the sentence
    vector of that part: true of models that pool by mean."""


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def info(self) -> ModelInfo:
        """Identity of the model."""
        ...

    def encode(self, texts: Sequence[str], *, kind: TextKind = "passage") -> FloatMatrix:
        """Unit vectors, shape ``(len(texts), info.dimension)``."""
        ...

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The token vectors of each text."""
        ...

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        """:meth:`encode` and :meth:`encode_tokens`, with one run of the model where it can."""
        ...


class Backend(Protocol):
    """Nearest-neighbour search over the vectors of one segment."""

    def search(
        self, queries: FloatMatrix, k: int, *, allowed: BoolVector | None = None
    ) -> tuple[FloatMatrix, npt.NDArray[np.int64]]:
        """Scores and row numbers, both of shape ``(len(queries), k)``; -1 pads missing rows.

        ``allowed`` (one flag per row) leaves the other rows out.
        """
        ...

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class AddResult:
    """What one call of add did."""

    passages: int
    """New passages written."""
    occurrences: int
    """Occurrences written, new passages included."""
    articles: int
    skipped: int
    """Occurrences that were there already."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One article of the index."""

    id: str
    passages: int
    """How many of its passages are stored."""
    metadata: Metadata
    """Of its first stored occurrence."""


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What ``index info`` shows."""

    path: str
    id: str
    model: ModelInfo
    passages: int
    occurrences: int
    articles: int
    segments: int
    removed: int
    languages: Mapping[str, int] = field(default_factory=dict)
    bytes: int = 0

"""A model that reads two texts together: how far their meanings differ, and in which tokens.

It stands on the token vectors of the encoder's lower layers, which the caller has already, and runs the
joint layers on top (``training/scorer``). One ONNX graph; its weights are 8-bit, its arithmetic float32.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .description import read_description
from .embedded import scorer_folder
from .onnx_session import Session, broken_model
from .types import FloatMatrix, ModelInfo, TokenVectors

GRAPH_FILE = "pairs.int8.onnx"
FEATURES = 5
"""What a token brings besides its vector: see :func:`nearness`."""
NONE = -1.0
"""Cosine where there is no other token."""
_BATCH_TOKENS = 4_096
"""Tokens, padding included, in one run of the graph: bounds memory."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadText:
    """A text as the model reads it."""

    text: str
    tokens: TokenVectors

    def __len__(self) -> int:
        return len(self.tokens.spans)


@dataclass(frozen=True, slots=True, eq=False)
class PairLogits:
    """Log-odds that something differs; to be calibrated by the caller."""

    changed: float
    """Of the whole pair."""
    first: npt.NDArray[np.float32]
    """Of each token of the first text."""
    second: npt.NDArray[np.float32]


def load_pair_model(
    encoder: ModelInfo, folder: Path | None = None, *, threads: int | None = None
) -> PairModel | None:
    """The model that stands on ``encoder``, from ``folder`` or the package; None if there is none.

    Token vectors of another encoder would mean nothing to it.

    Raises:
        ModelError: the folder is damaged.
    """
    folder = folder or scorer_folder()
    if not folder.is_dir():
        return None
    made_for = read_description(folder).get("encoder")
    return PairModel(folder, threads=threads) if made_for == encoder.revision else None


class PairModel:
    """The model of one folder.

    Raises:
        ModelError: the graph is missing or cannot be loaded.
    """

    def __init__(self, folder: Path, *, threads: int | None = None, brief: bool = False) -> None:
        path = Path(folder) / GRAPH_FILE
        if not path.is_file():
            raise broken_model(Path(folder), f"{GRAPH_FILE} is missing")
        self._session = Session(path, threads=threads, brief=brief)

    def score(self, pairs: Sequence[tuple[ReadText, ReadText]]) -> list[PairLogits]:
        """The logits of each pair, in order; a text without tokens gives no marks."""
        found: list[PairLogits | None] = [None] * len(pairs)
        order = sorted(range(len(pairs)), key=lambda number: _length(pairs[number]))
        begin = 0
        while begin < len(order):
            end = begin + 1
            while end < len(order) and (end - begin + 1) * _length(pairs[order[end]]) <= _BATCH_TOKENS:
                end += 1
            numbers = order[begin:end]
            for number, logits in zip(numbers, self._run([pairs[n] for n in numbers]), strict=True):
                found[number] = logits
            begin = end
        return [logits for logits in found if logits is not None]

    def _run(self, pairs: Sequence[tuple[ReadText, ReadText]]) -> list[PairLogits]:
        longest = max(1, *(_length(pair) for pair in pairs))
        width = pairs[0][0].tokens.vectors.shape[1]
        vectors = np.zeros((len(pairs), longest, width), dtype=np.float32)
        features = np.zeros((len(pairs), longest, FEATURES), dtype=np.float32)
        sides = np.zeros((len(pairs), longest), dtype=np.int64)
        mask = np.zeros((len(pairs), longest), dtype=np.int64)
        for row, (first, second) in enumerate(pairs):
            middle, length = len(first), len(first) + len(second)
            vectors[row, :middle] = first.tokens.vectors
            vectors[row, middle:length] = second.tokens.vectors
            features[row, :middle], features[row, middle:length] = both_nearness(first, second)
            sides[row, middle:] = 1
            mask[row, :length] = 1
        changed, marks = self._session.run(
            ("changed", "marks"), {"vectors": vectors, "features": features, "sides": sides, "mask": mask}
        )
        return [
            PairLogits(
                float(changed[row]),
                marks[row, : len(first)].copy(),
                marks[row, len(first) : len(first) + len(second)].copy(),
            )
            for row, (first, second) in enumerate(pairs)
        ]


def both_nearness(first: ReadText, second: ReadText) -> tuple[FloatMatrix, FloatMatrix]:
    """:func:`nearness` of the tokens of either text."""
    cosines = first.tokens.vectors @ second.tokens.vectors.T
    keys = np.array(_keys(first), dtype=object), np.array(_keys(second), dtype=object)
    same = keys[0][:, None] == keys[1][None, :]
    return nearness(cosines, same), nearness(cosines.T, same.T)


def nearness(cosines: FloatMatrix, same: npt.NDArray[np.bool_]) -> FloatMatrix:
    """What each token (row) sees of the other text (columns): shape ``(rows, FEATURES)``.

    The cosine of the nearest token, how far it stands above the second, whether the choice is mutual,
    whether the other text has the very same token, and how far off its place is.
    """
    rows, columns = cosines.shape
    if not rows or not columns:
        empty = np.zeros((rows, FEATURES), dtype=np.float32)
        empty[:, 0] = NONE
        return empty
    nearest = cosines.argmax(axis=1)
    best = cosines.max(axis=1)
    second = np.partition(cosines, -2, axis=1)[:, -2] if columns > 1 else np.full(rows, NONE)
    own = np.arange(rows)
    mutual = cosines.argmax(axis=0)[nearest] == own
    return np.stack(
        [best, best - second, mutual, same.any(axis=1), np.abs(own / rows - nearest / columns)], axis=1
    ).astype(np.float32)


def _keys(read: ReadText) -> list[str]:
    return [read.text[start:end].casefold() for start, end in read.tokens.spans]


def _length(pair: tuple[ReadText, ReadText]) -> int:
    return len(pair[0]) + len(pair[1])

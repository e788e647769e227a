"""Sentence and token vectors with ONNX Runtime and tokenizers: quick to start, no torch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from .description import listed_checksums, read_description
from .durable import sha256_of
from .embedded import MODEL_FILE
from .errors import ModelError
from .onnx_session import Session, broken_model, first_line
from .texts import storable
from .types import FloatMatrix, ModelInfo, TextKind, TokenVectors

GRAPH_FILES = ("model.int8.onnx", "onnx/model.onnx")
"""The first that is there is used, unless ``misquote.json`` names another as ``onnx``."""
WORDS_FILE = "words.int8.onnx"
"""The lower layers alone, for ``word_embeddings``; a model may do without."""
WEIGHTS_FILES = ("weights.int8.bin", "model.safetensors")
"""Weights that both graphs refer to; a graph may hold its own instead."""
TOKENIZER_FILE = "tokenizer.json"

_BATCH_TOKENS = 4_096
"""Tokens, padding included, in one run of the graph: bounds memory."""
_BATCH_TEXTS = 64
_MOST_PADDING = 16
"""A text is not run beside one with more tokens than this above its own: padding costs what words do."""
_CHARACTERS_PER_TOKEN = 32
"""A text is cut at this many code points per token before it is tokenised, since what comes later
would be cut anyway and a line of many megabytes would take minutes."""


class _Encoding(Protocol):
    """What is used of ``tokenizers.Encoding``."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    special_tokens_mask: list[int]


class OnnxEncoder:
    """One model folder with ``misquote.json``, ``tokenizer.json`` and an ONNX graph.

    The graph takes ``input_ids`` and ``attention_mask`` (and ``token_type_ids`` if it asks) and
    gives ``sentence_embedding`` ``[n, d]``, ``token_embeddings`` ``[n, t, d]`` (last layer) and, if it
    can, ``word_embeddings`` (a lower layer, in which words are still words). A second graph may give
    these alone, from the same inputs.
    """

    def __init__(self, folder: Path, *, threads: int | None = None, brief: bool = False) -> None:
        """Load the model; takes a fraction of a second.

        With ``brief`` the weights stay in their stored form, which loads several times faster and
        runs small batches at half the speed.

        Raises:
            ModelError: a file is missing or cannot be read.
        """
        self._folder = Path(folder)
        self._description = read_description(self._folder)
        self._graph_file = _graph_file(self._folder, self._description)
        self._listed = listed_checksums(self._description)
        self._info = self._model_info()
        self._tokenizer = self._load_tokenizer()
        self._threads, self._brief = threads, brief
        self._session = self._load_session(self._graph_file)
        self._word_session: Session | None = None
        words = "word_embeddings" in self._session.outputs
        self._word_output = "word_embeddings" if words else "token_embeddings"

    @property
    def info(self) -> ModelInfo:
        """Identity of the model; the checksum is taken from ``misquote.json``, see ``verify``."""
        return self._info

    def encode(self, texts: Sequence[str], *, kind: TextKind = "passage") -> FloatMatrix:
        """Unit vectors, shape ``(len(texts), info.dimension)``; ``kind`` makes no difference here."""
        vectors = np.zeros((len(texts), self._info.dimension), dtype=np.float32)
        for numbers, _, outputs in self._batches(texts, ["sentence_embedding"]):
            vectors[numbers] = _unit(outputs[0])
        return vectors

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The token vectors of each text; a graph of their own spares the layers above."""
        tokens: dict[int, TokenVectors] = {}
        if self._word_session is None:
            lower = self._word_output == "word_embeddings" and (self._folder / WORDS_FILE).is_file()
            self._word_session = self._load_session(WORDS_FILE) if lower else self._session
        for numbers, encodings, (words,) in self._batches(texts, [self._word_output], self._word_session):
            for number, encoding, rows in zip(numbers, encodings, words, strict=True):
                tokens[number] = _token_vectors(encoding, rows)
        return [tokens[number] for number in range(len(texts))]

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        """``encode`` and ``encode_tokens`` in one run of the model, and the last layer too."""
        vectors = np.zeros((len(texts), self._info.dimension), dtype=np.float32)
        tokens: dict[int, TokenVectors] = {}
        names = ["sentence_embedding", self._word_output, "token_embeddings"]
        for numbers, encodings, (sentences, words, hidden) in self._batches(texts, names):
            vectors[numbers] = _unit(sentences)
            for number, encoding, rows, last in zip(numbers, encodings, words, hidden, strict=True):
                tokens[number] = _token_vectors(encoding, rows, last)
        return vectors, [tokens[number] for number in range(len(texts))]

    def verify(self) -> list[str]:
        """Read all listed files and compare their checksums; what is wrong, or nothing."""
        problems = []
        for name, expected in self._listed.items():
            path = self._folder / name
            if not path.is_file():
                problems.append(f"model {self._info.name}: {name} is missing")
            elif sha256_of(path) != expected:
                problems.append(f"model {self._info.name}: {name} does not match its checksum")
        return problems

    def _batches(
        self,
        texts: Sequence[str],
        outputs: list[str],
        session: Session | None = None,
    ) -> Iterator[tuple[list[int], list[_Encoding], list[FloatMatrix]]]:
        """Runs of texts of like length: their numbers, encodings and the graph's outputs."""
        limit = self._info.max_tokens * _CHARACTERS_PER_TOKEN
        # Surrogates are replaced one for one, so the offsets stay those of the given text.
        encodings = self._tokenizer.encode_batch([storable(text, limit) for text in texts])
        order = sorted(range(len(texts)), key=lambda number: len(encodings[number].ids))
        start = 0
        while start < len(order):
            end = start + 1
            while (
                end < len(order)
                and end - start < _BATCH_TEXTS
                and (end - start + 1) * len(encodings[order[end]].ids) <= _BATCH_TOKENS
                and len(encodings[order[end]].ids) - len(encodings[order[start]].ids) <= _MOST_PADDING
            ):
                end += 1
            numbers = order[start:end]
            batch = [encodings[number] for number in numbers]
            yield numbers, batch, self._run(session or self._session, batch, outputs)
            start = end

    def _run(
        self,
        session: Session,
        batch: Sequence[_Encoding],
        outputs: list[str],
    ) -> list[FloatMatrix]:
        longest = max(len(encoding.ids) for encoding in batch)
        ids = np.zeros((len(batch), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(batch):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        given: dict[str, npt.NDArray[np.int64]] = {"input_ids": ids, "attention_mask": mask}
        if "token_type_ids" in session.inputs:
            given["token_type_ids"] = np.zeros_like(ids)
        return session.run(outputs, given)

    def _model_info(self) -> ModelInfo:
        shared = {name for name in (WORDS_FILE, *WEIGHTS_FILES) if (self._folder / name).is_file()}
        used = {self._graph_file, TOKENIZER_FILE, *shared}
        listed = {name: sha for name, sha in self._listed.items() if name in used}
        try:
            if listed.keys() != used:
                listed = {name: sha256_of(self._folder / name) for name in used}
            lines = "".join(f"{listed[name]}  {name}\n" for name in sorted(listed))
            return ModelInfo(
                name=str(self._description["name"]),
                revision=str(self._description.get("revision", "")),
                dimension=int(self._description["dimension"]),
                checksum=hashlib.sha256(lines.encode()).hexdigest(),
                max_tokens=int(self._description.get("max_tokens", 128)),
            )
        except OSError as error:
            raise self._broken(f"{error.filename} cannot be read") from error
        except (KeyError, TypeError, ValueError) as error:
            raise self._broken(f"{MODEL_FILE} lacks name or dimension") from error

    def _load_tokenizer(self) -> Any:  # noqa: ANN401 - untyped library
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER_FILE))
        except Exception as error:  # tokenizers raises bare Exception
            raise self._broken(f"{TOKENIZER_FILE} cannot be read ({first_line(error)})") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length=self._info.max_tokens)
        return tokenizer

    def _load_session(self, file: str) -> Session:
        return Session(self._folder / file, threads=self._threads, brief=self._brief)

    def _broken(self, what: str) -> ModelError:
        return broken_model(self._folder, what)


def _graph_file(folder: Path, description: Mapping[str, Any]) -> str:
    named = description.get("onnx")
    candidates = (named,) if isinstance(named, str) else GRAPH_FILES
    for name in candidates:
        if ".." not in Path(name).parts and (folder / name).is_file():
            return name
    raise broken_model(folder, f"{candidates[0]} is missing")


def _token_vectors(encoding: _Encoding, rows: FloatMatrix, last: FloatMatrix | None = None) -> TokenVectors:
    kept = [i for i, special in enumerate(encoding.special_tokens_mask) if not special]
    return TokenVectors(
        spans=tuple(encoding.offsets[i] for i in kept),
        vectors=_unit(rows[kept]),
        last=None if last is None else _unit(last[kept]),
    )


def _unit(rows: FloatMatrix) -> FloatMatrix:
    rows = np.asarray(rows, dtype=np.float32)
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)

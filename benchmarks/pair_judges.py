"""What misquote says of pairs, and how alike an encoder finds them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from benchmarks.pair_sets import Pair
from checker import Checker, Source
from checker.types import PairResult, Severity
from index import Encoder, FloatMatrix, load_encoder
from index.types import ModelInfo, TextKind, TokenVectors

CHUNK = 256
"""Pairs whose texts are encoded in one call."""
TASK = 1024
"""Pairs given to one process at a time; it loads the model once for them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What misquote says of one pair."""

    pair: Pair
    verdict: str
    drift: float
    cosine: float
    """Of the encoder's vectors of quotation and source: a baseline, not what the verdict rests on."""
    found: frozenset[tuple[str, str]]
    """Rule and severity of each finding."""
    marked: bool | None = None
    """Whether a finding of a right rule marks the changed words; None where it cannot be told."""

    def has(self, severity: Severity) -> bool:
        """Whether there is a finding of this severity."""
        return any(level == severity.value for _, level in self.found)

    def right(self, severity: Severity | None = None) -> bool:
        """Whether a finding names the change, at one severity or at any."""
        return any(
            rule in self.pair.rules and (severity is None or level == severity.value)
            for rule, level in self.found
        )


class PreparedEncoder:
    """An encoder that looks up what was encoded in one batch before, and asks the model for the rest.

    Pairs of one group share a text, which is encoded once. The vectors are those of the model: the
    embedded one gives a text the same vectors in any batch.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, FloatMatrix] = {}
        self._tokens: dict[str, TokenVectors] = {}

    @property
    def info(self) -> ModelInfo:
        """Identity of the model."""
        return self._encoder.info

    def prepare(self, texts: Sequence[str]) -> None:
        """Encode these texts, forget all others."""
        wanted = list(dict.fromkeys(texts))
        vectors, tokens = self._encoder.encode_both(wanted)
        self._vectors = {text: vectors[n] for n, text in enumerate(wanted)}
        self._tokens = dict(zip(wanted, tokens, strict=True))

    def encode(self, texts: Sequence[str], *, kind: TextKind = "passage") -> FloatMatrix:
        """Unit vectors, shape ``(len(texts), info.dimension)``."""
        if kind == "passage" and all(text in self._vectors for text in texts):
            return np.stack([self._vectors[text] for text in texts])
        return self._encoder.encode(texts, kind=kind)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The token vectors of each text."""
        if all(text in self._tokens for text in texts):
            return [self._tokens[text] for text in texts]
        return self._encoder.encode_tokens(texts)

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        """Both of the above."""
        if kind == "passage" and all(text in self._tokens for text in texts):
            return self.encode(texts), self.encode_tokens(texts)
        return self._encoder.encode_both(texts, kind=kind)


def judge(pairs: Sequence[Pair], encoder: Encoder) -> list[Outcome]:
    """Every pair through :meth:`checker.Checker.compare`, in the given order."""
    order = sorted(range(len(pairs)), key=lambda n: pairs[n].group)
    outcomes: dict[int, Outcome] = {}
    prepared = PreparedEncoder(encoder)
    checker = Checker(encoder=prepared)
    for start in range(0, len(order), CHUNK):
        chosen = order[start : start + CHUNK]
        prepared.prepare([text for n in chosen for text in (pairs[n].quote, pairs[n].source)])
        for n in chosen:
            outcomes[n] = _outcome(pairs[n], compare(checker, pairs[n]), cosine(prepared, pairs[n]))
    return [outcomes[n] for n in range(len(pairs))]


def judge_in_processes(pairs: Sequence[Pair], jobs: int, model: str | None = None) -> list[Outcome]:
    """The same as :func:`judge`, by ``jobs`` processes with one thread each."""
    order = sorted(range(len(pairs)), key=lambda n: pairs[n].group)
    size = max(1, min(TASK, -(-len(order) // jobs)))
    parts = [order[start : start + size] for start in range(0, len(order), size)]
    # A process that was forked after ONNX Runtime started its threads can hang.
    context = multiprocessing.get_context("spawn")
    outcomes: dict[int, Outcome] = {}
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        judged = pool.map(_judge_part, [[pairs[n] for n in part] for part in parts], [model] * len(parts))
        for part, found in zip(parts, judged, strict=True):
            outcomes.update(zip(part, found, strict=True))
    return [outcomes[n] for n in range(len(pairs))]


def _judge_part(pairs: Sequence[Pair], model: str | None) -> list[Outcome]:
    return judge(pairs, load_encoder(model, threads=1))


def compare(checker: Checker, pair: Pair) -> PairResult:
    """One pair, as `misquote compare` judges it when the languages are given."""
    source = Source(pair.source, pair.source_language)
    return checker.compare(pair.quote, [source], id=pair.id, language=pair.quote_language)


def cosine(encoder: Encoder, pair: Pair) -> float:
    """Cosine of the vectors of quotation and source."""
    vectors = encoder.encode([pair.quote, pair.source])
    return float(vectors[0] @ vectors[1])


def _outcome(pair: Pair, result: PairResult, similarity: float) -> Outcome:
    return Outcome(
        pair=pair,
        verdict=result.verdict.value,
        drift=result.drift,
        cosine=similarity,
        found=frozenset((f.rule, f.severity.value) for f in result.findings),
        marked=_marked(pair, result),
    )


def _marked(pair: Pair, result: PairResult) -> bool | None:
    """Whether a right finding marks some of the changed words, on a side where the pair names them."""
    right = [f for f in result.findings if f.rule in pair.rules]
    named = {"article": (pair.quote, pair.quote_words), "evidence": (pair.source, pair.source_words)}
    places = {side: tuple(_places(text, words)) for side, (text, words) in named.items() if words}
    if not right or not places:
        return None
    return any(
        a.span.start < end and start < a.span.end
        for f in right
        for a in f.annotations
        for start, end in places.get(a.side, ())
    )


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Every place where ``words`` stand in ``text``, as half-open offsets."""
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)

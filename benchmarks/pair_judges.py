"""What misquote says of pairs, and how alike an encoder finds them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from benchmarks.pair_sets import Pair
from checker import Checker, Source
from checker import Pair as Asked
from checker.types import PairResult, Severity
from index import AheadEncoder, Encoder, load_encoder

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


def judge(pairs: Sequence[Pair], encoder: Encoder) -> list[Outcome]:
    """Every pair through :meth:`checker.Checker.compare`, in the given order."""
    order = sorted(range(len(pairs)), key=lambda n: pairs[n].group)
    outcomes: dict[int, Outcome] = {}
    ahead = AheadEncoder(encoder)
    checker = Checker(encoder=ahead)
    for n in ahead.over(order, lambda n: (pairs[n].quote, pairs[n].source)):
        outcomes[n] = _outcome(pairs[n], compare(checker, pairs[n]), cosine(ahead, pairs[n]))
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


def asked(pair: Pair) -> Asked:
    """One pair, as `misquote compare` is given it with its languages."""
    return Asked(pair.quote, (Source(pair.source, pair.source_language),), pair.id, pair.quote_language)


def compare(checker: Checker, pair: Pair) -> PairResult:
    """One pair, as `misquote compare` judges it when the languages are given."""
    own = asked(pair)
    return checker.compare(own.quote, own.sources, id=own.id, language=own.language)


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

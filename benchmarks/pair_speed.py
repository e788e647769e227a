"""How long judging takes, and how much of it is the encoder."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.pair_judges import compare
from benchmarks.pair_sets import Pair
from checker import Checker
from index import Encoder, FloatMatrix
from index.types import ModelInfo, TextKind, TokenVectors

AIM = 20.0
"""Seconds for 1,000 pairs on two cores."""
WARM_UP = 10
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds for 1,000 pairs, judged one after the other."""

    pairs: int
    """Measured on so many."""
    wall: float
    processor: float
    """Of all threads together; more telling than ``wall`` on a busy machine."""
    encoder: float
    """Of ``processor``, what the encoder took."""

    @property
    def met(self) -> bool:
        """Whether the aim is reached."""
        return self.wall <= AIM


class TimedEncoder:
    """An encoder that adds up the processor time it takes."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.seconds = 0.0

    @property
    def info(self) -> ModelInfo:
        """Identity of the model."""
        return self._encoder.info

    def encode(self, texts: Sequence[str], *, kind: TextKind = "passage") -> FloatMatrix:
        """Unit vectors, shape ``(len(texts), info.dimension)``."""
        start = time.process_time()
        vectors = self._encoder.encode(texts, kind=kind)
        self.seconds += time.process_time() - start
        return vectors

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The token vectors of each text."""
        start = time.process_time()
        tokens = self._encoder.encode_tokens(texts)
        self.seconds += time.process_time() - start
        return tokens

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        """Both of the above."""
        start = time.process_time()
        both = self._encoder.encode_both(texts, kind=kind)
        self.seconds += time.process_time() - start
        return both


def speed(pairs: Sequence[Pair], encoder: Encoder) -> Speed:
    """Judge ``pairs`` as `misquote compare` does, one by one, after a few to warm up.

    Raises:
        ValueError: there are too few pairs to measure anything.
    """
    measured = pairs[WARM_UP:]
    if not measured:
        raise ValueError(f"give more than {WARM_UP} pairs")
    timed = TimedEncoder(encoder)
    checker = Checker(encoder=timed)
    for pair in pairs[:WARM_UP]:
        compare(checker, pair)
    timed.seconds = 0.0
    wall, processor = time.perf_counter(), time.process_time()
    for pair in measured:
        compare(checker, pair)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    scale = THOUSAND / len(measured)
    return Speed(len(measured), scale * wall, scale * processor, scale * timed.seconds)


def speed_text(result: Speed) -> str:
    """The measurement in words."""
    met = "" if result.met else " (**missed**)"
    share = result.encoder / result.processor if result.processor else 0.0
    return (
        f"Judging 1,000 pairs: {result.wall:.1f} s, aim at most {AIM:.0f} s{met}; "
        f"{result.processor:.1f} s of processor time, of which the encoder {100 * share:.0f} % "
        f"(measured on {result.pairs} pairs, one after the other)."
    )

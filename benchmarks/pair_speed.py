"""How long judging takes, and how much of it is the encoder."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.pair_judges import asked, compare
from benchmarks.pair_sets import Pair
from checker import Checker
from index import AheadEncoder, Encoder

AIM = 20.0
"""Seconds for 1,000 pairs on two cores."""
WARM_UP = 10
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds for 1,000 pairs."""

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


def speed(pairs: Sequence[Pair], encoder: Encoder) -> Speed:
    """Judge ``pairs`` as `misquote compare` does those of a file, after a few to warm up.

    The encoder works beside the rules, so what it takes is measured on the same texts once more, alone.

    Raises:
        ValueError: there are too few pairs to measure anything.
    """
    measured = [asked(pair) for pair in pairs[WARM_UP:]]
    if not measured:
        raise ValueError(f"give more than {WARM_UP} pairs")
    checker = Checker(encoder=encoder)
    for pair in pairs[:WARM_UP]:
        compare(checker, pair)
    wall, processor = time.perf_counter(), time.process_time()
    judged = sum(1 for _ in checker.compare_many(measured))
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    alone = time.process_time()
    ahead = AheadEncoder(encoder)
    for _ in ahead.over(measured, lambda pair: pair.texts):
        pass
    alone = time.process_time() - alone
    scale = THOUSAND / judged
    return Speed(judged, scale * wall, scale * processor, scale * alone)


def speed_text(result: Speed) -> str:
    """The measurement in words."""
    met = "" if result.met else " (**missed**)"
    share = result.encoder / result.processor if result.processor else 0.0
    return (
        f"Judging 1,000 pairs: {result.wall:.1f} s, aim at most {AIM:.0f} s{met}; "
        f"{result.processor:.1f} s of processor time, of which the encoder {100 * share:.0f} % "
        f"(measured on {result.pairs} pairs)."
    )

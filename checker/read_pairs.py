"""Pairs laid side by side and read by the consistency scorer, several together, before they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from index import AheadEncoder, Encoder
from index.ahead import work_ahead

from .matching.readings import with_readings
from .matching.scorer import Reading, Scorer, readable
from .pairs import Held, Pair, hold

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, eq=False)
class ReadPair:
    """A pair with what the scorer says of it."""

    held: Held
    """The evidence in it has its readings."""
    reading: Reading | None
    """Of ``held.comparison``; None where there is no scorer or nothing to read."""


class PairReader:
    """Reads pairs, one by one or ahead of the caller.

    Args:
        encoder: gives the encoder when the first pair is read.
        scorer: gives the scorer that stands on it; None where there is none.
    """

    def __init__(self, encoder: Callable[[], Encoder], scorer: Callable[[], Scorer | None]) -> None:
        self._encoder = encoder
        self._scorer = scorer
        self._now: Sequence[ReadPair] = ()

    def read(self, pair: Pair) -> ReadPair:
        """The pair with its reading: at once where it is the current one of :meth:`over`.

        Raises:
            ModelError: a model cannot run.
        """
        known = next((own for own in self._now if own.held.pair == pair), None)
        return known or self._read([hold(pair, self._encoder())])[0]

    def over(self, items: Iterable[Item], pair_of: Callable[[Item], Pair | None]) -> Iterator[Item]:
        """The items as they are, each once its pair, if it has one, was read.

        Some hundred items are taken before they are asked for, so ``items`` must not wait for what the
        caller makes of the ones before. An error in taking them comes behind the items before it, and a
        pair that cannot be read fails when it is asked for.
        """
        ahead = AheadEncoder(self._encoder())

        def texts_of(item: Item) -> Sequence[str]:
            pair = pair_of(item)
            return () if pair is None else pair.texts

        held = ((item, _hold(pair_of(item), ahead)) for item in ahead.over(items, texts_of))
        for stretch, read in work_ahead(held, self._read_stretch, "scorer"):
            self._now = read
            for item, _ in stretch:
                yield item
        self._now = ()

    def _read_stretch(self, stretch: Sequence[tuple[object, Held | None]], before: object) -> list[ReadPair]:
        try:
            return self._read([held for _, held in stretch if held is not None])
        except Exception:  # whatever it is comes again, in the caller's thread, where the pair is asked for
            return []

    def _read(self, held: Sequence[Held]) -> list[ReadPair]:
        scorer = self._scorer()
        if scorer is None:
            return [ReadPair(one, None) for one in held]
        matched = with_readings([one.matched for one in held], scorer)
        best = [one.judged[0].reading if one.judged else None for one in matched]
        apart = [
            n
            for n, one in enumerate(held)
            if one.supported and not one.matched.judged and readable(one.comparison)
        ]
        alone = dict(zip(apart, scorer.read([held[n].comparison for n in apart]), strict=True))
        return [
            ReadPair(replace(one, matched=matched[n]), alone.get(n, best[n])) for n, one in enumerate(held)
        ]


def _hold(pair: Pair | None, encoder: Encoder) -> Held | None:
    try:
        return None if pair is None else hold(pair, encoder)
    except Exception:  # as above
        return None

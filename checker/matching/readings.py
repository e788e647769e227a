"""Has the scorer read what was found for the quotations of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .consistency import meaning_changed
from .matching import Judged, Matched
from .scorer import Scorer, readable

DOUBT = 0.5
"""Probability of a change from which the other reports of the utterance are read as well."""
MOST = 3
"""Reports of one utterance that are read at the most: each costs as much as encoding it."""


def with_readings(matched: Sequence[Matched], scorer: Scorer) -> list[Matched]:
    """The same with the best evidence of each read; where it seems changed, its other evidence too.

    Raises:
        ModelError: the model cannot run.
    """
    first = _read(matched, scorer, [(n, 0) for n, item in enumerate(matched) if item.judged])
    others = [
        (n, k)
        for n, item in enumerate(first)
        if item.judged and _doubtful(item.judged[0])
        for k in range(1, min(MOST, len(item.judged)))
    ]
    return _read(first, scorer, others)


def _doubtful(judged: Judged) -> bool:
    return judged.reading is not None and meaning_changed(judged.comparison, judged.reading) >= DOUBT


def _read(matched: Sequence[Matched], scorer: Scorer, places: Sequence[tuple[int, int]]) -> list[Matched]:
    """``places`` are numbers of an item and of its evidence."""
    found = list(matched)
    wanted = [(n, k) for n, k in places if readable(found[n].judged[k].comparison)]
    if not wanted:
        return found
    readings = scorer.read([found[n].judged[k].comparison for n, k in wanted])
    for (n, k), reading in zip(wanted, readings, strict=True):
        judged = list(found[n].judged)
        judged[k] = replace(judged[k], reading=reading)
        found[n] = replace(found[n], judged=tuple(judged))
    return found

"""Runs of words that one side has and the other lacks: shared by content-added and content-omitted."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..matching.alignment import TELLING, gaps
from ..matching.comparison import Comparison
from ..matching.sides import Side

SAME_LANGUAGE, ACROSS = 3, 4
"""The lexicon does not know every translation, so a run across languages must be longer."""
BRIDGE = 2
"""Linked words that may interrupt a run."""
ELLIPSIS = regex.compile(r"…|\.\s?\.\s?\.|\[\s*\]|⋯")
BRACKET = regex.compile(r"[\[(（［][^\])）］]*[\])）］]")


def least_words(comparison: Comparison) -> int:
    """Content words in a row without a counterpart from which a run is reported."""
    return ACROSS if comparison.cross_language else SAME_LANGUAGE


def runs(comparison: Comparison, *, of_quote: bool, words: int) -> Iterator[range]:
    """Runs with at least ``words`` content words that have no counterpart, short bridges included."""
    side = comparison.quote if of_quote else comparison.source
    merged: list[range] = []
    for gap in gaps(comparison.alignment, of_quote=of_quote):
        if (
            merged
            and gap[0] - merged[-1][-1] - 1 <= BRIDGE
            and _weak_bridge(comparison, merged[-1], gap, of_quote)
        ):
            merged[-1] = range(merged[-1][0], gap[-1] + 1)
        else:
            merged.append(gap)
    for run in merged:
        if telling(side, run) >= words:
            yield run


def _weak_bridge(comparison: Comparison, left: range, right: range, of_quote: bool) -> bool:
    side = comparison.quote if of_quote else comparison.source
    return all(side.weights[i] < TELLING for i in range(left[-1] + 1, right[0]))


def telling(side: Side, run: range) -> int:
    """How many content words a run has; bracketed words (a lawful gloss) do not count."""
    glosses = [range(m.start(), m.end()) for m in BRACKET.finditer(side.text)]
    return sum(
        1
        for i in run
        if side.weights[i] >= TELLING and not any(side.words[i].span.start in gloss for gloss in glosses)
    )

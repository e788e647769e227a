"""Runs of words that one side has and the other lacks: shared by content-added and content-omitted."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import regex

from ..matching.alignment import TELLING, gaps
from ..matching.comparison import Comparison
from ..matching.sides import Side

SAME_LANGUAGE, ACROSS = 3, 4
"""The lexicon does not know every translation, so a run across languages must be longer."""
REWORDED = 0.67
"""Share of a run that the other side may have in words of its own for it to be a rewording."""
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
    narrator = frozenset() if of_quote else comparison.narrated
    for run in merged:
        told = telling(side, run, narrator)
        if told >= words and _counterpart(comparison, run, of_quote) < REWORDED * told:
            yield run


def _counterpart(comparison: Comparison, run: range, of_quote: bool) -> int:
    """Content words without a partner in the corresponding place of the other side.

    Where both sides have such words in one place, something was said in other words, not added or left
    out.
    """
    _, _, mapping = comparison.alignment.seen_from(quote=of_quote)
    other, _, taken = comparison.alignment.seen_from(quote=not of_quote)
    before = next((int(mapping[i]) for i in range(run[0] - 1, -1, -1) if mapping[i] >= 0), -1)
    after = next((int(mapping[i]) for i in range(run[-1] + 1, len(mapping)) if mapping[i] >= 0), len(taken))
    low, high = min(before, after), max(before, after)
    free = [j for j in range(low + 1, high) if taken[j] < 0]
    return telling(other, range(free[0], free[-1] + 1)) if free else 0


def _weak_bridge(comparison: Comparison, left: range, right: range, of_quote: bool) -> bool:
    side = comparison.quote if of_quote else comparison.source
    return all(side.weights[i] < TELLING for i in range(left[-1] + 1, right[0]))


def telling(side: Side, run: range, without: Collection[int] = ()) -> int:
    """How many content words a run has; bracketed words (a lawful gloss) do not count.

    A character of a script without spaces is half a word.
    """
    glosses = [range(m.start(), m.end()) for m in BRACKET.finditer(side.text)]
    halves = sum(
        1 if one_character(side, i) else 2
        for i in run
        if side.weights[i] >= TELLING
        and i not in without
        and not any(side.words[i].span.start in gloss for gloss in glosses)
    )
    return halves // 2


def one_character(side: Side, index: int) -> bool:
    """Whether a word is one character of a script without spaces."""
    text = side.words[index].text
    return len(text) == 1 and not text.isascii()

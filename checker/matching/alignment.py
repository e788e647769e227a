"""Which words of a quotation correspond to which words of the evidence.

Links are made one to one, surest first, with a bonus for neighbours of sure links
(competitive linking, Melamed 2000). The part of the evidence the quotation corresponds to is the
best-scoring run of evidence words (maximum-sum segment).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from .sides import FloatArray, Side
from .similarity import similarity

LINK_FLOOR = 0.3
"""Similarity from which two words may be linked."""
SURE = 0.6
"""Link strength from which a word counts as found."""
TELLING = 3.0
"""Nats from which a word counts as content."""
NOT_EVERYWHERE = 1.5
"""Nats of the words that stand in nearly every sentence, and mark no place, at the most."""
NEIGHBOUR_BONUS = 0.15
UNLINKED_COST = 0.4
"""Cost, per nat, of a word inside the window that corresponds to nothing."""


@dataclass(frozen=True, eq=False)
class Alignment:
    """Links between the words of a quotation and those of one evidence text."""

    quote: Side
    source: Side
    to_source: npt.NDArray[np.intp]
    """For each quotation word the evidence word it is linked to, or -1."""
    to_quote: npt.NDArray[np.intp]
    """The inverse."""
    strength: FloatArray
    """Weight of each quotation word's link, 0 where there is none."""
    contrast: npt.NDArray[np.bool_]
    """Whether the link joins opposites (stronger / weaker)."""
    window: range
    """Evidence words the quotation corresponds to; empty when nothing does."""

    @property
    def quote_coverage(self) -> float:
        """Share of the quotation's information that is found in the evidence, in [0, 1]."""
        total = float(self.quote.weights.sum())
        return float((self.quote.weights * self.strength).sum()) / total if total else 0.0

    @property
    def window_coverage(self) -> float:
        """Share of the window's information that is found in the quotation, in [0, 1]."""
        inside = list(self.window)
        weights = self.source.weights[inside]
        linked = np.array([self.strength[self.to_quote[j]] if self.to_quote[j] >= 0 else 0.0 for j in inside])
        total = float(weights.sum())
        return float((weights * linked).sum()) / total if total else 0.0

    @property
    def reach(self) -> range:
        """From the first to the last evidence word that is surely linked and not alone: wider than the window
        where a long part in between has no counterpart."""
        sure = [
            j
            for j, i in enumerate(self.to_quote)
            if i >= 0 and self.strength[i] >= SURE and self.source.weights[j] >= NOT_EVERYWHERE
        ]
        firm = [
            j
            for n, j in enumerate(sure)
            if any(abs(j - k) <= 4 for k in sure[max(0, n - 1) : n + 2] if k != j)
        ]
        return range(firm[0], firm[-1] + 1) if firm else self.window

    def seen_from(self, *, quote: bool) -> tuple[Side, Side, npt.NDArray[np.intp]]:
        """One side, the other, and for each word of the first its partner: from the quotation or the evidence."""
        if quote:
            return self.quote, self.source, self.to_source
        return self.source, self.quote, self.to_quote

    def project(self, index: int, *, from_quote: bool) -> float:
        """Where a word would stand on the other side, by its nearest linked neighbours."""
        mapping, linked = self._linked[from_quote]
        if not linked:
            return 0.0
        if mapping[index] >= 0:
            return float(mapping[index])
        after = bisect_left(linked, index)
        near = [mapping[k] + (1 if index > k else -1) for k in linked[max(0, after - 1) : after + 1]]
        return sum(near) / len(near)

    @cached_property
    def _linked(self) -> dict[bool, tuple[list[int], list[int]]]:
        """Of the quotation (True) and of the evidence: the partner of each word, and the words with one."""
        partners = {True: self.to_source.tolist(), False: self.to_quote.tolist()}
        return {
            side: (mapping, [i for i, j in enumerate(mapping) if j >= 0])
            for side, mapping in partners.items()
        }

    def place(self, words: range, *, from_quote: bool, without: Collection[int] = ()) -> float:
        """Where some words would stand on the other side, by the three linked words nearest to them.

        Their own links and those of ``without`` do not count. Where nothing else is linked, the middle of
        the other side.
        """
        mapping, all_linked = self._linked[from_quote]
        linked = [i for i in all_linked if i not in words and i not in without]
        if not linked:
            return len((self.source if from_quote else self.quote).words) / 2
        near = sorted(linked, key=lambda i: min(abs(i - words[0]), abs(i - words[-1])))[:3]
        middle = words[0] if len(words) == 1 else (words[0] + words[-1]) / 2
        return float(median([mapping[i] + (middle - i) for i in near]))


def align(quote: Side, source: Side) -> Alignment:
    """Align two texts. Cost grows with the product of their word counts."""
    scores, contrast = similarity(quote, source)
    linked = _link(scores, quote, source)
    to_source = np.full(len(quote.words), -1, dtype=np.intp)
    to_quote = np.full(len(source.words), -1, dtype=np.intp)
    strength = np.zeros(len(quote.words))
    opposed = np.zeros(len(quote.words), dtype=np.bool_)
    for i, j in linked:
        to_source[i], to_quote[j] = j, i
        strength[i] = min(1.0, float(scores[i, j]))
        opposed[i] = bool(contrast[i, j])
    window = _window(source, to_quote, strength)
    return Alignment(quote, source, to_source, to_quote, strength, opposed, window)


def _link(scores: FloatArray, quote: Side, source: Side) -> list[tuple[int, int]]:
    """Competitive linking in two rounds: sure links first, then all, drawn to the neighbours of sure ones."""
    if not scores.size:
        return []
    weight = np.sqrt(np.minimum(quote.weights[:, None], source.weights[None, :]) + 0.3)
    rows = np.arange(scores.shape[0])[:, None] / scores.shape[0]
    columns = np.arange(scores.shape[1])[None, :] / scores.shape[1]
    # of two equal words the one in the like place is meant
    sure = _greedy(scores * weight - 0.3 * np.abs(rows - columns), scores >= 0.7)
    anchored = scores + NEIGHBOUR_BONUS * _near(sure, scores.shape) * (scores > 0)
    return _greedy(anchored * weight, anchored >= LINK_FLOOR + 0.02)


def _greedy(priority: FloatArray, allowed: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    rows, columns = np.nonzero(allowed)
    order = np.argsort(-priority[rows, columns], kind="stable")
    used_rows: set[int] = set()
    used_columns: set[int] = set()
    links = []
    for position in order:
        i, j = int(rows[position]), int(columns[position])
        if i in used_rows or j in used_columns:
            continue
        used_rows.add(i)
        used_columns.add(j)
        links.append((i, j))
    return links


def _near(links: list[tuple[int, int]], shape: tuple[int, ...]) -> FloatArray:
    """1 beside a sure link, falling off over four words on either side."""
    near = np.zeros(shape)
    for i, j in links:
        top, left = max(0, i - _REACH), max(0, j - _REACH)
        block = near[top : i + _REACH + 1, left : j + _REACH + 1]
        rows, columns = top - i + _REACH, left - j + _REACH
        falling = _FALLING[rows : rows + block.shape[0], columns : columns + block.shape[1]]
        np.maximum(block, falling, out=block)
    return near


def _falling(reach: int) -> FloatArray:
    """1 in the middle of a square, less the farther from it and from the diagonal."""
    away = np.abs(np.arange(-reach, reach + 1))
    rows, columns = away[:, None], away[None, :]
    return np.asarray(1.0 / (1.0 + 0.5 * np.abs(rows - columns) + 0.25 * (rows + columns)))


_REACH = 4
_FALLING = _falling(_REACH)


def _window(source: Side, to_quote: npt.NDArray[np.intp], strength: FloatArray) -> range:
    """The run of evidence words that gains most from its links (Kadane's maximum-sum segment)."""
    best, best_range = 0.0, range(0)
    total, start = 0.0, 0
    for j in range(len(source.words)):
        i = to_quote[j]
        weight = min(float(source.weights[j]), 7.0)
        total += weight * float(strength[i]) if i >= 0 else -UNLINKED_COST * weight
        if total > best:
            best, best_range = total, range(start, j + 1)
        if total <= 0.0:
            total, start = 0.0, j + 1
    return best_range


def gaps(alignment: Alignment, *, of_quote: bool) -> list[range]:
    """Runs of words without a partner: of the quotation, or of the evidence within reach."""
    mapping = alignment.to_source if of_quote else alignment.to_quote
    indices = list(range(len(mapping))) if of_quote else sorted({*alignment.window, *alignment.reach})
    missing = [i for i in indices if mapping[i] < 0]
    runs: list[list[int]] = [[missing[0]]] if missing else []
    for before, here in pairwise(missing):
        if here == before + 1:
            runs[-1].append(here)
        else:
            runs.append([here])
    return [range(run[0], run[-1] + 1) for run in runs]

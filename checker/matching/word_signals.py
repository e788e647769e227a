"""Signals from single words: what has no counterpart, what resembles nothing, what changed places.

Part of :mod:`checker.matching.signals`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import regex

from ..languages import same_macro
from ..types import MentionKind
from .alignment import SURE, TELLING
from .comparison import Comparison
from .lexicon import translations
from .sides import FloatArray, Side

Mask = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]

HEAVIEST = 7.0
"""Nats up to which a word counts: the rarest words are often only spelled in an unusual way."""
LIKE = 0.35
"""Cosine of two words that have nothing to do with each other."""
RUN = 3
"""Content words in a row that are weighed together."""
CLAUSE = 3
"""Content words a clause must have to be looked at by itself."""
TORN = 4
"""Words by which neighbours must be driven apart: adjectives and possessors change places lawfully."""
FAR = 12.0
"""Words beyond which a name is simply elsewhere."""

_ELLIPSIS = regex.compile(r"…|\.\s?\.\s?\.|\[\s?\]|⋯")
_GLOSS = regex.compile(r"[\[(（［][^\[(（［\])）］]{0,200}[\])）］]")
_CLAUSE_MARK = regex.compile(r"[,;:.!?…—–，；：。！？、]")

ONE_SIDED = (
    "uncovered",
    "unlinked",
    "unlinked information",
    "gap",
    "clause",
    "unlike mean",
    "unlike low",
    "unlike most",
    "unfound most",
    "missed most",
    "missed run",
    "missed mean",
)
"""Signals of one side; see :func:`_one_sided`."""
ORDER = ("disorder", "torn", "scrambled", "names reversed", "name moved")


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One side of a comparison as seen from the other; arrays have one entry per word."""

    side: Side
    other: Side
    asked: Mask
    """Words that must have a counterpart."""
    strength: FloatArray
    """Of each word's link, 0 where there is none."""
    cut: Mask
    """Words before the first and behind the last sure link that have none: not asked, often lawfully cut."""
    near: FloatArray
    """Best cosine with a word of the other side; 0 where no model was asked."""

    @property
    def content(self) -> Mask:
        """Asked words that tell something of their own."""
        return self.asked & (self.side.weights >= TELLING)

    @property
    def information(self) -> float:
        """What the asked words tell together, in nats."""
        return float(np.minimum(self.side.weights, HEAVIEST)[self.asked].sum())

    def gaps(self) -> list[range]:
        """Runs of asked words without a link."""
        return _runs(self.asked & (self.strength <= 0.0))

    def told(self, run: range) -> float:
        """What a run of words tells, in nats."""
        return float(np.minimum(self.side.weights[list(run)], HEAVIEST).sum())


def views_of(comparison: Comparison) -> tuple[View, View]:
    """Both sides: brackets of the quotation need no counterpart, and each ellipsis excuses the heaviest gap."""
    alignment = comparison.alignment
    quote, source = comparison.quote, comparison.source
    cosine = _cosines(quote, source)
    back = np.zeros(len(source.words))
    linked = alignment.to_quote >= 0
    back[linked] = alignment.strength[alignment.to_quote[linked]]
    scope = np.zeros(len(source.words), dtype=np.bool_)
    scope[list(comparison.scope) or slice(None)] = True  # where nothing corresponds, all was left out
    cut = scope & (back <= 0.0) & _outside(back >= SURE)
    uncut = np.zeros(len(quote.words), dtype=np.bool_)
    there = View(
        quote, source, _unbracketed(quote), alignment.strength, uncut, cosine.max(axis=1, initial=0.0)
    )
    whole = View(source, quote, scope & ~cut, back, cut, cosine.max(axis=0, initial=0.0))
    asked = whole.asked.copy()
    heaviest = sorted(whole.gaps(), key=lambda run: -whole.told(run))
    for run in heaviest[: len(_ELLIPSIS.findall(quote.text))]:
        asked[list(run)] = False
    return there, replace(whole, asked=asked)


def _outside(sure: Mask) -> Mask:
    """Places before the first and behind the last True; nowhere if there is none."""
    inside = np.logical_or.accumulate(sure) & np.logical_or.accumulate(sure[::-1])[::-1]
    return ~inside if sure.any() else np.zeros_like(sure)


def _runs(chosen: Mask) -> list[range]:
    """Runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], chosen, [False])).astype(np.int8)))
    return [range(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _cosines(quote: Side, source: Side) -> FloatArray:
    a, b = quote.vectors, source.vectors
    if a is None or b is None or not len(a) or not len(b):
        return np.zeros((len(quote.words), len(source.words)))
    return np.asarray(a @ b.T, dtype=np.float64)


def _unbracketed(side: Side) -> Mask:
    inside = np.zeros(len(side.text) + 1, dtype=np.bool_)
    for gloss in _GLOSS.finditer(side.text):
        inside[gloss.start() : gloss.end()] = True
    asked = np.array([not inside[w.span.start] for w in side.words], dtype=np.bool_)
    return asked if asked.any() else ~asked


def word_signals(views: tuple[View, View]) -> Iterator[float]:
    """The signals ``ONE_SIDED``, of the quotation and of the evidence in turn."""
    for values in zip(*(_one_sided(view) for view in views), strict=True):
        yield from values


def _one_sided(view: View) -> list[float]:
    return [*_uncovered(view), *_unlike(view), *_missed(view)]


def _uncovered(view: View) -> Iterator[float]:
    """What has no link: in all, in the heaviest run, in the worst clause."""
    weights = np.minimum(view.side.weights, HEAVIEST) * view.asked
    missing = view.asked & (view.strength <= 0.0)
    content = view.content
    yield 1.0 - float((weights * view.strength).sum()) / max(float(weights.sum()), 1e-9)
    yield float((missing & content).sum()) / max(1, int(content.sum()))
    yield float(np.log1p((weights * missing).sum() / 5.0))
    yield float(np.log1p(max(map(view.told, view.gaps()), default=0.0) / 5.0))
    kept = [
        float((weights[c] * view.strength[c]).sum() / weights[c].sum()) for c in _clauses(view.side, content)
    ]
    yield 1.0 - min(kept, default=1.0)


def _clauses(side: Side, content: Mask) -> Iterator[Indices]:
    """Indices of the content words between two marks, where there are enough of them."""
    starts = [
        i
        for i, (before, word) in enumerate(pairwise(side.words), start=1)
        if _CLAUSE_MARK.search(side.text, before.span.end, word.span.start)
    ]
    for low, high in pairwise([0, *starts, len(side.words)]):
        members = low + np.flatnonzero(content[low:high])
        if len(members) >= CLAUSE:
            yield members


def _unlike(view: View) -> Iterator[float]:
    """How unlike all of the other side the content words are, by the vectors of their tokens."""
    chosen = view.content
    if not chosen.any():
        yield from (0.0,) * 4
        return
    near = view.near[chosen]
    yield 1.0 - float(near.mean())
    yield 1.0 - float(np.quantile(near, 0.1))
    yield 1.0 - float(near.min())
    yield 1.0 - float(np.maximum(near, view.strength[chosen]).min())


def _missed(view: View) -> Iterator[float]:
    """Words whose translations are well known and none of which is there: most, in a row, on average."""
    chosen = np.flatnonzero(view.content)
    if not len(chosen):
        yield from (0.0,) * 3
        return
    likeness = np.clip((view.near[chosen] - LIKE) / (1.0 - LIKE), 0.0, 1.0)
    known = np.array([_known(view.side.stems[i], view.side.language, view.other.language) for i in chosen])
    missed = known * (1.0 - np.maximum(view.strength[chosen], likeness))
    yield float(missed.max())
    yield float(np.convolve(missed, np.ones(min(RUN, len(missed)))).max())
    yield float(missed.mean())


def _known(stemmed: str, language: str, other: str) -> float:
    """How surely a word would be recognised on the other side, in [0, 1]."""
    if same_macro(language, other):
        return 1.0
    return max(translations(stemmed, language, other).values(), default=0.0)


def outer_gap(source: View) -> float:
    """The heaviest run that the evidence says before the first or behind the last sure link."""
    return float(np.log1p(max(map(source.told, _runs(source.cut)), default=0.0) / 5.0))


def order(comparison: Comparison) -> Iterator[float]:
    """Linked content words in reverse order, neighbours torn apart, names that changed places."""
    alignment = comparison.alignment
    rows = np.flatnonzero((alignment.strength >= 0.5) & (comparison.quote.weights >= TELLING))
    places = alignment.to_source[rows]
    disorder = _reversed(places)
    jumps = np.abs(np.diff(places) - np.diff(rows)) >= TORN
    torn = float(jumps.mean()) if len(jumps) > 1 else 0.0
    yield from (disorder, torn, disorder * torn)
    equal = comparison.mentions(MentionKind.NAME).equal
    spans = [(comparison.quote.words_in(a.span), comparison.source.words_in(b.span)) for a, b in equal]
    spans = [(a, b) for a, b in spans if a and b]
    yield _reversed(np.array([b[0] for _, b in spans], dtype=np.intp))
    moved = [abs(_expected(rows, places, a) - b[0]) for a, b in spans]
    yield float(np.log1p(min(max(moved, default=0.0), FAR)))


def _reversed(places: Indices) -> float:
    """Share of pairs that stand in reverse order."""
    if len(places) < 2:
        return 0.0
    later = np.triu(places[:, None] > places[None, :], k=1).sum()
    return float(later) / (len(places) * (len(places) - 1) / 2)


def _expected(rows: Indices, places: Indices, own: range) -> float:
    """Where words should stand on the other side by the linked words around them."""
    outside = (rows < own[0]) | (rows > own[-1])
    near, there = rows[outside], places[outside]
    if not len(near):
        return float(own[0])
    after = int(np.searchsorted(near, own[0]))
    beside = [k for k in (after - 1, after) if 0 <= k < len(near)]
    return float(np.mean([there[k] + own[0] - near[k] for k in beside]))

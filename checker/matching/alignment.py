"""Which words of a quotation correspond to which words of the evidence.

Similarity of two words is the best of: same word or stem, learned translation, cognate, equal
typed value (number, name, date), equal place on an axis; joined with the cosine of their token
vectors. Links are made one to one, surest first, with a bonus for neighbours of sure links
(competitive linking, Melamed 2000). The part of the evidence the quotation corresponds to is the
best-scoring run of evidence words (maximum-sum segment).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import JaroWinkler, Levenshtein

from ..languages import same_macro
from ..types import (
    DateValue,
    DirectionValue,
    Mention,
    ModalValue,
    NameValue,
    NegationValue,
    NumberValue,
    TermValue,
)
from .lexicon import PIVOT, pivot_of, translations
from .sides import FloatArray, Side
from .values import same_date, same_name, same_number

LINK_FLOOR = 0.3
"""Similarity from which two words may be linked."""
NOT_ONLY = "not-only"
"""Key of negators that deny nothing: what they go with is affirmed."""
OPPOSED = 0.5
"""Similarity of two different values that stand in one place."""
SURE = 0.6
"""Link strength from which a word counts as found."""
TELLING = 3.0
"""Nats from which a word counts as content."""
NOT_EVERYWHERE = 1.5
"""Nats of the words that stand in nearly every sentence, and mark no place, at the most."""
NEIGHBOUR_BONUS = 0.15
UNLINKED_COST = 0.4
"""Cost, per nat, of a word inside the window that corresponds to nothing."""
COGNATE_FLOOR = 0.78
SYNONYM = 0.7
"""Weight of a word that shares a translation: it may also be another sense."""


@dataclass(frozen=True, slots=True, eq=False)
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

    def project(self, index: int, *, from_quote: bool) -> float:
        """Where a word would stand on the other side, by its nearest linked neighbours."""
        mapping = self.to_source if from_quote else self.to_quote
        linked = np.flatnonzero(mapping >= 0)
        if not len(linked):
            return 0.0
        if mapping[index] >= 0:
            return float(mapping[index])
        after = int(np.searchsorted(linked, index))
        near = [int(linked[k]) for k in (after - 1, after) if 0 <= k < len(linked)]
        return float(np.mean([mapping[k] + np.sign(index - k) for k in near]))


def similarity(quote: Side, source: Side) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Word similarity in [0, 1] and whether the best reason is an opposition; shape (quote, source)."""
    scores = _lexical(quote, source)
    contrast = np.zeros(scores.shape, dtype=np.bool_)
    if quote.vectors is not None and source.vectors is not None:
        cosine = np.asarray(quote.vectors @ source.vectors.T, dtype=np.float64)
        learned = np.clip((cosine - 0.45) / 0.4, 0.0, 1.0) * 0.75
        scores = 1.0 - (1.0 - scores) * (1.0 - learned * _content(quote, source))
    for mention, other, value, opposed in _mention_scores(quote, source):
        rows, columns = list(quote.words_in(mention.span)), list(source.words_in(other.span))
        for a, i in enumerate(rows):
            # words of multi-word values are laid out in order, the last ones sharing a partner
            j = columns[min(a, len(columns) - 1)] if columns else None
            if j is None:
                continue
            scores[i, j] = max(scores[i, j], value) if not opposed else value
            contrast[i, j] = opposed
    return scores, contrast


def _content(quote: Side, source: Side) -> FloatArray:
    """Damps vector similarity between a function word and a content word."""
    gap = np.abs(np.minimum(quote.weights, 6.0)[:, None] - np.minimum(source.weights, 6.0)[None, :])
    return np.asarray(1.0 - np.clip((gap - 2.0) / 4.0, 0.0, 0.8), dtype=np.float64)


def _lexical(quote: Side, source: Side) -> FloatArray:
    scores = np.zeros((len(quote.words), len(source.words)))
    places: dict[str, list[int]] = {}
    for j, stemmed in enumerate(source.stems):
        places.setdefault(stemmed, []).append(j)
    monolingual = same_macro(quote.language, source.language)
    for i, stemmed in enumerate(quote.stems):
        known = (
            _synonyms(stemmed, quote.language)
            if monolingual
            else _translations(stemmed, quote.language, source.language)
        )
        for other, weight in known.items():
            for j in places.get(other, ()):
                scores[i, j] = max(scores[i, j], weight)
        for j, word in enumerate(source.words):
            if word.norm == quote.words[i].norm:
                scores[i, j] = 1.0 if monolingual or len(word.norm) > 3 else max(scores[i, j], 0.6)
            elif scores[i, j] < COGNATE_FLOOR and not monolingual:
                scores[i, j] = max(scores[i, j], cognate(quote.words[i].norm, word.norm))
    return scores


def _translations(stemmed: str, language: str, other: str) -> dict[str, float]:
    direct = translations(stemmed, language, other)
    if direct or PIVOT in (language, other):
        return direct
    found: dict[str, float] = {}  # two languages without a table of their own meet in English
    for english, first in translations(stemmed, language, PIVOT).items():
        for word, second in translations(english, PIVOT, other).items():
            found[word] = max(found.get(word, 0.0), first * second)
    return found


@lru_cache(maxsize=16384)
def _synonyms(stemmed: str, language: str) -> dict[str, float]:
    """The word itself, and words that share a translation with it (pivoting, Bannard and Callison-Burch 2005)."""
    pivot = pivot_of(language)
    found: dict[str, float] = {}
    for foreign, first in translations(stemmed, language, pivot).items():
        for word, second in translations(foreign, pivot, language).items():
            found[word] = max(found.get(word, 0.0), SYNONYM * first * second)
    return {**found, stemmed: 0.95}


@lru_cache(maxsize=65536)
def _sounded(word: str) -> str:
    """Spelling reduced to what languages that borrow a word keep: c, q and k are one, doubles are single."""
    for written, heard in (
        ("ph", "f"),
        ("ce", "se"),
        ("ci", "si"),
        ("x", "ks"),
        ("y", "i"),
        ("v", "f"),
        ("z", "s"),
    ):
        word = word.replace(written, heard)
    word = word.replace("c", "k").replace("q", "k")
    return "".join(c for c, before in zip(word, " " + word, strict=False) if c != before)


def cognate(a: str, b: str) -> float:
    """Similarity of two spellings of one word (komitmen, commitment); 0 below the floor."""
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 5 or not a[0].isalpha():
        return 0.0
    x, y = _sounded(a), _sounded(b)
    if x[0] != y[0]:
        return 0.0
    score = max(Levenshtein.normalized_similarity(x, y), JaroWinkler.similarity(x, y) - 0.08)
    return float(score) if score >= COGNATE_FLOOR else 0.0


def _mention_scores(quote: Side, source: Side) -> Iterator[tuple[Mention, Mention, float, bool]]:
    """Pairs of mentions whose values are equal or opposed, with the similarity that gives their words."""
    settled: set[Mention] = set()
    clashing = []
    for mention in quote.mentions:
        for other in source.mentions:
            if mention.kind is not other.kind:
                continue
            equal = same_value(mention, other, quote, source)
            if equal is True:
                settled |= {mention, other}
                yield mention, other, 1.0 if not isinstance(mention.value, DirectionValue) else 0.85, False
            elif equal is False and _comparable(mention, other):
                clashing.append((mention, other))
            elif equal is None and _same_role(mention, other):
                yield mention, other, 0.7, False
    for mention, other in clashing:
        # One put for the other: the place is the same, the value is not. The rules say what it means.
        if mention not in settled and other not in settled:
            yield mention, other, OPPOSED, True


def _comparable(a: Mention, b: Mention) -> bool:
    """Whether two different values could stand for each other: same unit, same type, same parts of a date."""
    match a.value, b.value:
        case NumberValue() as x, NumberValue() as y:
            return x.unit == y.unit and x.ordinal == y.ordinal
        case NameValue() as x, NameValue() as y:
            return x.type == y.type
        case DateValue() as x, DateValue() as y:
            return (x.year is None) == (y.year is None) and (x.relative is None) == (y.relative is None)
        case DirectionValue(), DirectionValue():
            return True
        case _:
            return False


def _same_role(a: Mention, b: Mention) -> bool:
    """Whether two function words do the same: both deny, or both express about the same commitment."""
    match a.value, b.value:
        case NegationValue() as x, NegationValue() as y:
            return x.lexical == y.lexical and (x.word == y.word or NOT_ONLY not in (x.word, y.word))
        case ModalValue() as x, ModalValue() as y:
            return abs(x.rank - y.rank) <= 1
        case _:
            return False


def same_value(a: Mention, b: Mention, quote: Side, source: Side) -> bool | None:
    """Whether two mentions of one kind say the same; None where their values cannot be compared."""
    match a.value, b.value:
        case NumberValue() as x, NumberValue() as y:
            return same_number(x, y)
        case NameValue() as x, NameValue() as y:
            return same_name(x, y)
        case DateValue() as x, DateValue() as y:
            return same_date(x, y, published_a=quote.published, published_b=source.published)
        case DirectionValue() as x, DirectionValue() as y:
            return x.pole == y.pole if x.axis == y.axis else None
        case TermValue() as x, TermValue() as y:
            return x.key == y.key
        case _:
            return None


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
        top, left = max(0, i - 4), max(0, j - 4)
        block = near[top : i + 5, left : j + 5]
        rows = np.abs(np.arange(top, top + block.shape[0]) - i)[:, None]
        columns = np.abs(np.arange(left, left + block.shape[1]) - j)[None, :]
        np.maximum(block, 1.0 / (1.0 + 0.5 * np.abs(rows - columns) + 0.25 * (rows + columns)), out=block)
    return near


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

"""How likely two words of two texts stand for each other.

The best of: same word or stem, learned translation, cognate, equal typed value (number, name, date),
equal place on an axis; joined with the cosine of their token vectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler, Levenshtein

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

NOT_ONLY = "not-only"
"""Key of negators that deny nothing: what they go with is affirmed."""
OPPOSED = 0.5
"""Similarity of two different values that stand in one place."""
UNLIKE, ALIKE = 0.38, 0.73
"""Cosines of word vectors: 19 in 20 unrelated words lie below the first or just above, nine in ten
translations of each other above the second (measured on the training text)."""
LEARNED = 0.8
"""Similarity that the vectors alone can give."""
COGNATE_FLOOR = 0.78
SHORTEST_ALIKE = 5
"""Letters from which the likeness of two spellings tells anything."""
SLIP = 0.8
"""Similarity of spellings of one language from which they are taken for one word."""
SYNONYM = 0.7
"""Weight of a word that shares a translation: it may also be another sense."""


def similarity(quote: Side, source: Side) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Word similarity in [0, 1] and whether the best reason is an opposition; shape (quote, source)."""
    scores = _lexical(quote, source)
    contrast = np.zeros(scores.shape, dtype=np.bool_)
    if quote.vectors is not None and source.vectors is not None:
        cosine = np.asarray(quote.vectors @ source.vectors.T, dtype=np.float64)
        learned = np.clip((cosine - UNLIKE) / (ALIKE - UNLIKE), 0.0, 1.0) * LEARNED
        scores = 1.0 - (1.0 - scores) * (1.0 - learned * _content(quote, source))
    for mention, other, value, opposed in _mention_scores(quote, source):
        rows, columns = quote.words_in(mention.span), source.words_in(other.span)
        for i, j in _cells(rows, columns, every=opposed):
            if not opposed:
                scores[i, j] = max(scores[i, j], value)
            elif scores[i, j] < value or len(rows) == len(columns) == 1:
                scores[i, j] = value
                contrast[i, j] = True
    return scores, contrast


def _cells(rows: range, columns: range, *, every: bool) -> Iterator[tuple[int, int]]:
    """Word pairs of two mentions: in order, the last ones sharing a partner; or every pair.

    Of two opposed phrases ("early days", "hari terakhir") some words may translate each other all the
    same, and the order tells nothing of the rest.
    """
    if every:
        yield from ((i, j) for i in rows for j in columns)
    elif columns:
        yield from ((i, columns[min(n, len(columns) - 1)]) for n, i in enumerate(rows))


def _content(quote: Side, source: Side) -> FloatArray:
    """Damps vector similarity between a function word and a content word."""
    gap = np.abs(np.minimum(quote.weights, 6.0)[:, None] - np.minimum(source.weights, 6.0)[None, :])
    return np.asarray(1.0 - np.clip((gap - 2.0) / 4.0, 0.0, 0.8), dtype=np.float64)


def _lexical(quote: Side, source: Side) -> FloatArray:
    scores = np.zeros((len(quote.words), len(source.words)))
    places: dict[str, list[int]] = {}
    for j, stemmed in enumerate(source.stems):
        places.setdefault(stemmed, []).append(j)
    spellings: dict[str, list[int]] = {}
    for j, word in enumerate(source.words):
        spellings.setdefault(word.norm, []).append(j)
    monolingual = same_macro(quote.language, source.language)
    alike: dict[str, list[str]] = {}
    for other in spellings:
        if len(other) >= SHORTEST_ALIKE:
            alike.setdefault(_initial(other, monolingual=monolingual), []).append(other)
    for i, stemmed in enumerate(quote.stems):
        known = (
            _synonyms(stemmed, quote.language)
            if monolingual
            else _translations(stemmed, quote.language, source.language)
        )
        for other, weight in known.items():
            for j in places.get(other, ()):
                scores[i, j] = max(scores[i, j], weight)
        norm = quote.words[i].norm
        for j in spellings.get(norm, ()):
            scores[i, j] = 1.0 if monolingual or len(norm) > 3 else max(scores[i, j], 0.6)
        if norm not in spellings and len(norm) >= SHORTEST_ALIKE:
            for other in alike.get(_initial(norm, monolingual=monolingual), ()):
                likeness = misspelling(norm, other) if monolingual else cognate(norm, other)
                for j in spellings[other] if likeness else ():
                    scores[i, j] = max(scores[i, j], likeness)
    return scores


def _initial(norm: str, *, monolingual: bool) -> str:
    """What words that are alike begin with: a letter, across languages its sound."""
    return norm[0] if monolingual else _sounded(norm)[0]


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
    if min(len(a), len(b)) < SHORTEST_ALIKE or abs(len(a) - len(b)) > 5 or not a[0].isalpha():
        return 0.0
    x, y = _sounded(a), _sounded(b)
    if x[0] != y[0]:
        return 0.0
    score = max(Levenshtein.normalized_similarity(x, y), JaroWinkler.similarity(x, y) - 0.08)
    return float(score) if score >= COGNATE_FLOOR else 0.0


def misspelling(a: str, b: str) -> float:
    """Similarity of two spellings within a language; 0 unless one is a slip of the other (one letter in five)."""
    if min(len(a), len(b)) < SHORTEST_ALIKE or abs(len(a) - len(b)) > 2 or a[0] != b[0] or not a[0].isalpha():
        return 0.0
    score = float(DamerauLevenshtein.normalized_similarity(a, b))
    return score if score >= SLIP else 0.0


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
            if (x.relative is None) != (y.relative is None):
                # A relative day that its own text dates, or whose weekday is named, is a day like any other.
                return any(d.relative and (d.counted_from or d.weekday is not None) for d in (x, y))
            return (x.year is None) == (y.year is None)
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

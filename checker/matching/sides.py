"""One text of a comparison with all that is known of its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import regex

from index.types import TokenVectors

from ..types import Mention, MentionKind, Span
from .lexicon import information, stem
from .mentions import find_mentions
from .statements import counted
from .words import Word, words_of

FloatArray = npt.NDArray[np.float64]

MAX_WORDS = 500
"""Words of a text that are aligned; a quotation of a page is longer than any newspaper prints."""
_SENTENCE_END = regex.compile(r"""[.!?…][”"’'»」』)\]]*(?=\s)|[。！？][”」』）]*|\n+""")
_ABBREVIATION = regex.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|St|No|vs|Jr|Sr|Inc|Ltd|Co|Hj|Ir|Drs|Rp|tgl|dll|dsb)|\b\p{Lu}|\.\p{L})\.$"
)


@dataclass(frozen=True, eq=False)
class Side:
    """A text of a comparison: its words, stems, weights and mentions."""

    text: str
    language: str
    words: tuple[Word, ...]
    stems: tuple[str, ...]
    weights: FloatArray
    """Information of each word in nats, shape ``(len(words),)``; numbers and names count as rare words."""
    mentions: tuple[Mention, ...]
    sentence_of: npt.NDArray[np.intp]
    """Index of the sentence each word stands in."""
    vectors: npt.NDArray[np.float32] | None
    """Unit word vectors, shape ``(len(words), dimension)``, or None where no model was asked."""
    published: date | None = None
    tokens: TokenVectors | None = None
    """What the encoder gave; None where no model was asked."""

    def of_kind(self, kind: MentionKind) -> tuple[Mention, ...]:
        """The mentions of one kind, in order."""
        return self._of_kinds.get(kind, ())

    @cached_property
    def _of_kinds(self) -> dict[MentionKind, tuple[Mention, ...]]:
        kinds = dict.fromkeys(m.kind for m in self.mentions)
        return {kind: tuple(m for m in self.mentions if m.kind is kind) for kind in kinds}

    def words_of(self, *kinds: MentionKind) -> frozenset[int]:
        """Indices of the words of all mentions of these kinds."""
        return frozenset(i for kind in kinds for m in self.of_kind(kind) for i in self.words_in(m.span))

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Where the words start, and where they end."""
        return [w.span.start for w in self.words], [w.span.end for w in self.words]

    def words_in(self, span: Span) -> range:
        """Indices of the words that overlap ``span``."""
        starts, ends = self._bounds
        first = bisect_right(ends, span.start)
        return range(first, max(first, bisect_left(starts, span.end)))

    def span_of(self, indices: range) -> Span:
        """From the first to the last of some words."""
        return Span(self.words[indices[0]].span.start, self.words[indices[-1]].span.end)


def sentences_of(text: str) -> tuple[Span, ...]:
    """Sentences of ``text`` without surrounding space. Abbreviations and initials do not end one."""
    spans, start = [], 0
    for found in _SENTENCE_END.finditer(text):
        if found.group()[0] == "." and _ABBREVIATION.search(
            text[max(start, found.start() - 8) : found.start() + 1]
        ):
            continue
        if found.group()[0] in ".…" and text[found.end() : found.end() + 2].strip()[:1].islower():
            continue  # an ellipsis inside a sentence
        spans.append((start, found.end()))
        start = found.end()
    spans.append((start, len(text)))
    trimmed = []
    for a, b in spans:
        piece = text[a:b]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            trimmed.append(Span(a + lead, a + len(piece.rstrip())))
    return tuple(trimmed)


def make_side(
    text: str, language: str, *, tokens: TokenVectors | None = None, published: date | None = None
) -> Side:
    """Analyse one text. ``tokens`` are its token vectors, if the encoder was asked.

    Words past ``MAX_WORDS`` are not aligned: cost grows with the product of two texts' lengths.
    """
    words = words_of(text)[:MAX_WORDS]
    stems = tuple(stem(w.norm, language) for w in words)
    weights = np.array([information(s, language) for s in stems], dtype=np.float64)
    sentence_of = np.zeros(len(words), dtype=np.intp)
    at = 0
    for number, sentence in enumerate(sentences_of(text)):
        while at < len(words) and words[at].span.start < sentence.end:
            sentence_of[at] = number
            at += 1
    mentions = find_mentions(text[: words[-1].span.end] if words else "", language)
    return Side(
        text=text,
        language=language,
        words=words,
        stems=stems,
        weights=weights,
        mentions=counted(text, language, words, mentions),
        sentence_of=sentence_of,
        vectors=word_vectors(words, tokens) if tokens is not None and tokens.spans else None,
        published=published,
        tokens=tokens,
    )


def word_vectors(words: tuple[Word, ...], tokens: TokenVectors) -> npt.NDArray[np.float32]:
    """The mean of the vectors of each word's tokens, unit rows; zero where the text was cut off."""
    result = np.zeros((len(words), tokens.vectors.shape[1]), dtype=np.float32)
    position = 0
    for i, word in enumerate(words):
        while position < len(tokens.spans) and tokens.spans[position][1] <= word.span.start:
            position += 1
        end = position
        while end < len(tokens.spans) and tokens.spans[end][0] < word.span.end:
            end += 1
        if end == position + 1:
            result[i] = tokens.vectors[position]
        elif end > position:
            result[i] = np.add.reduce(tokens.vectors[position:end], axis=0) / np.float32(end - position)
    norms = np.linalg.norm(result, axis=1, keepdims=True)
    return np.asarray(result / np.maximum(norms, 1e-9), dtype=np.float32)

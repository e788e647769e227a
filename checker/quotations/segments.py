"""Paragraphs, and the words of a text outside its quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ..types import Span

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WRAP_WIDTH = 120
_WRAP_SLACK = 22
_WRAP_MIN = 40
_MAX_BLOCK = 5_000
"""Lines without a blank one between them that are looked at together."""
_MAX_PARAGRAPH = 200_000
"""Characters; a longer line is cut, so that what is done inside of a paragraph stays bounded."""
_CUT_REACH = 2_000
_MAX_PART = 1_000_000
"""Characters that are read together: at most some hundred megabytes of tokens."""
_MAX_PARAGRAPHS = 100_000
"""Paragraphs that are read together."""
_MAX_CACHED = 40
_APOSTROPHES = ("’", "'")
_ENDINGS = frozenset("s’'")

_TOKEN = re.compile(
    r"[^\W_]++(?:[-’'./&][^\W_]++)*+(?:(?<=[^\W\d_]\.[^\W\d_])\.)?"  # U.S., G.K. keep their last full stop
    r"|[^\w\s]|_"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of prose; its lines are joined where they were only wrapped."""

    span: Span
    number: int


def paragraphs_of(text: str, furniture: Sequence[Span] = ()) -> list[Paragraph]:
    """The paragraphs of ``text`` that are not page furniture.

    A blank line always ends a paragraph. A single line break ends one too, unless the lines
    look wrapped: nearly equal in length, or the next one goes on in lower case.
    """
    return [Paragraph(span, number) for number, span in enumerate(_paragraph_spans(text, furniture))]


def parts_of(text: str, furniture: Sequence[Span] = ()) -> Iterator[list[Paragraph]]:
    """The paragraphs in stretches that are read apart from each other, numbered from 0 in each.

    Any article is one part. Only texts of more than a million characters have several, so that
    memory is bounded whatever is given; names are not resolved from one part to the next.
    """
    part: list[Paragraph] = []
    size = 0
    for span in _paragraph_spans(text, furniture):
        length = span.end - span.start
        if part and (size + length > _MAX_PART or len(part) >= _MAX_PARAGRAPHS):
            yield part
            part, size = [], 0
        part.append(Paragraph(span, len(part)))
        size += length
    if part:
        yield part


def _paragraph_spans(text: str, furniture: Sequence[Span]) -> Iterator[Span]:
    for block in _blocks(text, furniture):
        for span in _join_wrapped(text, block):
            yield from _cut(text, span)


def _blocks(text: str, furniture: Sequence[Span]) -> Iterator[list[Span]]:
    """Lines with no blank line and no furniture between them."""
    block: list[Span] = []
    starts = [s.start for s in furniture]
    for match in _LINE.finditer(text):
        line = _trim(text, match.start(), match.end())
        if line is None or _is_furniture(line, furniture, starts):
            if block:
                yield block
            block = []
            continue
        if block and (text.count("\n", block[-1].end, line.start) > 1 or len(block) >= _MAX_BLOCK):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _cut(text: str, span: Span) -> Iterator[Span]:
    """A paragraph of absurd length in pieces that end with a sentence, a word or just anywhere."""
    if span.end - span.start <= _MAX_PARAGRAPH:
        yield span
        return
    start = span.start
    while span.end - start > _MAX_PARAGRAPH:
        limit = start + _MAX_PARAGRAPH
        end = (
            max(text.rfind(". ", limit - _CUT_REACH, limit), text.rfind("。", limit - _CUT_REACH, limit)) + 1
        )
        end = end or text.rfind(" ", limit - _CUT_REACH, limit) + 1 or limit
        piece = _trim(text, start, end)
        if piece is not None:
            yield piece
        start = end
    rest = _trim(text, start, span.end)
    if rest is not None:
        yield rest


def _trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space at either end; None when nothing is left."""
    words = text[start:end]
    start = end - len(words := words.lstrip())
    return Span(start, start + len(words.rstrip())) if words else None


def _is_furniture(line: Span, furniture: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether most of the line lies in a furniture span (spans are in order)."""
    at = bisect_right(starts, line.end) - 1
    covered = 0
    while at >= 0 and furniture[at].end > line.start:
        covered += min(line.end, furniture[at].end) - max(line.start, furniture[at].start)
        at -= 1
    return covered * 2 > line.end - line.start


def _join_wrapped(text: str, lines: list[Span]) -> list[Span]:
    """The lines of a block, joined where a line break is only a wrap."""
    if len(lines) == 1:
        return lines
    lengths = [line.end - line.start for line in lines]
    longest = max(lengths)
    even = _WRAP_MIN <= longest <= _WRAP_WIDTH and min(lengths[:-1]) >= longest - _WRAP_SLACK
    even = even and len(lines) > 2  # two lines of equal length are as likely a doubled caption
    joined = [lines[0]]
    for line in lines[1:]:
        before = joined[-1]
        if even or text[line.start].islower() or text[before.end - 1] == ",":
            joined[-1] = Span(before.start, line.end)
        else:
            joined.append(line)
    return joined


def bare_word(word: str) -> str:
    """The word without a possessive ending."""
    last = word[-1:]
    if last not in _ENDINGS:
        return word
    if last == "s" and word[-2:-1] in _APOSTROPHES:
        return word[:-2]
    return word.rstrip("’'") if last in _APOSTROPHES else word


class Token(NamedTuple):
    """A word, a punctuation character or a whole quotation (``quote`` is its number, else -1)."""

    start: int
    end: int
    text: str
    lower: str
    bare: str
    """``lower`` without a possessive ending."""
    is_word: bool
    capital: bool
    quote: int


_make = tuple.__new__


def _shape(word: str) -> tuple[str, str, str, bool, bool, int]:
    """What does not depend on a token's place, in the order of the fields."""
    if not word[0].isalnum():
        return word, word, word, False, False, -1
    lower = word.lower()
    bare = bare_word(lower)
    if lower == word:
        return word, word, bare, True, False, -1
    return word, lower, bare, True, word[0] != lower[0], -1


_known_shape = lru_cache(maxsize=1 << 15)(_shape)
"""Text repeats its words: made once, they are also hashed once by all that looks them up."""


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words and punctuation characters of ``text[start:end]``."""
    return [
        _make(Token, m.span() + (_known_shape(w) if len(w := m[0]) <= _MAX_CACHED else _shape(w)))
        for m in _TOKEN.finditer(text, start, end)
    ]


def quote_token(start: int, end: int, number: int) -> Token:
    """A token that stands for a whole quotation, its marks included."""
    return Token(start, end, "", "", "", False, False, number)


_NO_START = frozenset(".!?。！？…,;:)]”’")
_MAX_SENTENCE = 300
_STOPS = frozenset(".!?。！？…")


def sentences_of(tokens: Sequence[Token], text: str, abbreviations: frozenset[str]) -> list[tuple[int, int]]:
    """Half-open token ranges of the sentences; a quotation is one token and is never split.

    A sentence of more than ``_MAX_SENTENCE`` tokens is cut, which keeps the work on it bounded.
    A sentence also ends after a quotation that ends one itself, when a capital letter follows.
    """
    ranges: list[tuple[int, int]] = []
    start = 0
    for i, token in enumerate(tokens):
        if token.is_word:
            ends = False
        elif token.quote >= 0:
            ends = _quote_ends_sentence(tokens, i, text)
        else:
            ends = token.text in _STOPS and _is_sentence_end(tokens, i, abbreviations)
        if ends or i - start >= _MAX_SENTENCE:
            ranges.append((start, i + 1))
            start = i + 1
    if start < len(tokens):
        ranges.append((start, len(tokens)))
    return ranges


def _is_sentence_end(tokens: Sequence[Token], i: int, abbreviations: frozenset[str]) -> bool:
    if i + 1 == len(tokens):
        return True
    following = tokens[i + 1]
    if tokens[i].text == "." and i > 0:
        before = tokens[i - 1]
        touching = before.end == tokens[i].start
        if touching and before.is_word and following.start > tokens[i].end:
            if before.lower in abbreviations or (len(before.text) == 1 and before.capital):
                return False
        elif touching and following.start == tokens[i].end and following.is_word:
            return following.capital  # "akhir.Namun": a lost space
    return following.text not in _NO_START and not (following.is_word and following.text[0].islower())


def _quote_ends_sentence(tokens: Sequence[Token], i: int, text: str) -> bool:
    """Whether a quotation token closes its sentence: it ends in a stop and a new one begins."""
    if i + 1 == len(tokens):
        return True
    tail = text[max(tokens[i].start, tokens[i].end - 4) : tokens[i].end].rstrip("”\"“»’'」』›＂ \u00a0")
    following = tokens[i + 1]
    return bool(tail) and tail[-1] in ".…。" and (following.capital or following.quote >= 0)

"""Text as words with spans: the unit of alignment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex
from anyascii import anyascii

from ..types import Span

_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]"  # scripts without spaces: one character is one word
    r"|[\p{N}]+(?:[.,:/]\p{N}+)*%?"
    r"|(?:\p{L}\.){2,}"  # U.S., A.S.
    r"|(?P<half>\p{L}{2,40}+)[-‐‑](?P=half)(?![\p{L}\p{M}])"  # reduplication is one word: hari-hari
    r"|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)*",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text; hyphenated words are several, but a reduplication (``hari-hari``) is one."""

    span: Span
    text: str
    """As written."""
    norm: str
    """Lower case, accents folded, ``’`` as ``'``; a reduplication is given by its half."""


@lru_cache(maxsize=65536)
def normalise_word(text: str) -> str:
    """Lower case with accents folded to ASCII for Latin text; other scripts are kept as they are."""
    lowered = text.lower().replace("’", "'")
    if lowered.isascii():
        return lowered
    return anyascii(lowered).lower() if regex.fullmatch(r"[\p{Latin}\p{M}'.]+", lowered) else lowered


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of ``text`` in order; punctuation is left out. Linear in the length of the text."""
    return tuple(
        Word(Span(m.start(), m.end()), m.group(), normalise_word(m.group("half") or m.group()))
        for m in _WORD.finditer(text)
    )

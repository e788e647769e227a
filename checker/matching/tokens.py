"""Words with what surrounds them: which ones stand side by side, which ones open a sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..types import Span
from .words import Word, words_of

_SOFT_GAP = frozenset(" \t\n\u00a0\u202f\u2009\u3000-\u2010\u2011")
_HYPHENS = frozenset("-\u2010\u2011")
_OPENERS = frozenset('.!?:;…\n"“”„«»「」『』‘•*|。！？：；')
_MAX_SOFT_GAP = 2


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one text, with the facts about their neighbours that every finder needs."""

    text: str
    words: tuple[Word, ...]
    norms: tuple[str, ...]
    joined: tuple[bool, ...]
    """Whether word ``i`` follows word ``i - 1`` with only a space or a hyphen between them."""
    starts: tuple[bool, ...]
    """Whether word ``i`` opens a sentence, a quotation or a line, where capitals say nothing."""

    def __len__(self) -> int:
        return len(self.words)

    def span(self, start: int, end: int) -> Span:
        """The characters from word ``start`` up to and without word ``end``."""
        return Span(self.words[start].span.start, self.words[end - 1].span.end)

    def gap(self, i: int) -> str:
        """The characters between word ``i - 1`` and word ``i`` (empty for the first word)."""
        if not 0 < i < len(self.words):
            return ""
        return self.text[self.words[i - 1].span.end : self.words[i].span.start]

    def hyphenated(self, i: int) -> bool:
        """Whether one hyphen, and nothing else, stands before word ``i``."""
        gap = self.gap(i)
        return len(gap) == 1 and gap in _HYPHENS

    def touches(self, i: int) -> bool:
        """Whether word ``i`` follows word ``i - 1`` with nothing between them."""
        return 0 < i < len(self.words) and self.words[i - 1].span.end == self.words[i].span.start

    def norm(self, i: int) -> str:
        """The normal form of word ``i``; empty outside the text."""
        return self.norms[i] if 0 <= i < len(self.norms) else ""

    def before(self, i: int, count: int) -> tuple[str, ...]:
        """The normal forms of up to ``count`` words before word ``i``."""
        return self.norms[max(0, i - count) : i]

    def capitalised(self, i: int) -> bool:
        """Whether word ``i`` begins with a capital letter."""
        return 0 <= i < len(self.words) and self.words[i].text[:1].isupper()


def _norm(word: Word) -> str:
    """The normal form, with a reduplication kept apart from its half: ``kira-kira`` is not ``kira``."""
    return f"{word.norm}-{word.norm}" if not _HYPHENS.isdisjoint(word.text) else word.norm


def tokens_of(text: str, abbreviations: Collection[str] = ()) -> Tokens:
    """Cut ``text`` into words; a full stop after one of ``abbreviations`` ends no sentence."""
    words = words_of(text)
    norms = tuple(_norm(w) for w in words)
    joined: list[bool] = []
    starts: list[bool] = []
    for i, word in enumerate(words):
        left = words[i - 1].span.end if i else 0
        width = word.span.start - left
        gap = text[left : left + 8] if width > 8 else text[left : word.span.start]
        joined.append(bool(i) and width <= _MAX_SOFT_GAP and _SOFT_GAP.issuperset(gap))
        opens = i == 0 or width > 8 or not _OPENERS.isdisjoint(gap)
        if opens and i and gap.rstrip() == ".":
            previous = words[i - 1]
            initial = len(previous.text) == 1 and previous.text.isupper()
            opens = not (initial or previous.norm in abbreviations)
        starts.append(opens)
    return Tokens(text, words, norms, tuple(joined), tuple(starts))

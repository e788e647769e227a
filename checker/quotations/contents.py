"""The words of a reported clause, without what belongs to the narrator at its ends."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Span
from .attribution import Sieve
from .clauses import MIN_WORDS
from .discourse import Sentence
from .lexicon import Speech
from .segments import Token


class Contents:
    """Cuts contents with one language's words; ``clauses`` keeps those with words in marks."""

    def __init__(self, speech: Speech, sieve: Sieve, *, clauses: bool) -> None:
        self._speech = speech
        self._sieve = sieve
        self._clauses = clauses

    def around(
        self, tokens: Sequence[Token], sentence: Sentence, before: int, after: int
    ) -> tuple[Span, ...]:
        """The clause that "X said" stands behind or inside of."""
        start = self._sieve.subjects.after_dateline(tokens, sentence)
        first = self.of(tokens, start, before, shortest=1)
        rest = sentence.last
        if after < rest and tokens[after].text == ",":
            second = self.of(tokens, after + 1, rest)
            if second:
                return first + second
        return self.of(tokens, start, before)

    def of(
        self, tokens: Sequence[Token], start: int, end: int, shortest: int = MIN_WORDS
    ) -> tuple[Span, ...]:
        """The words ``[start, end)`` without the complementiser and the final stop."""
        speech = self._speech
        if start + 1 < end and tokens[start].lower in speech.openers and tokens[start].capital:
            start += 1 if tokens[start + 1].text != "," else 2
        if not speech.keep_complementiser and start < end and tokens[start].lower in speech.complementisers:
            start += 1
        while end > start and not tokens[end - 1].is_word and tokens[end - 1].text not in ")]%":
            if tokens[end - 1].quote >= 0:
                break
            end -= 1
        marked = any(tokens[i].quote >= 0 for i in range(start, end))
        if marked and not self._clauses:
            return ()
        words = sum(tokens[i].is_word for i in range(start, end))
        if words < shortest and not (marked and words):
            return ()
        return (Span(tokens[start].start, tokens[end - 1].end),)

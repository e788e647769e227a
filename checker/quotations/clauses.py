"""Where a reported clause ends, and the narrator goes on."""

from __future__ import annotations

from collections.abc import Sequence

from .attribution import Sieve
from .discourse import Sentence
from .lexicon import Speech
from .segments import Token

MIN_WORDS = 3
"""The shortest reported clause."""


class ClauseEnds:
    """Finds the ends of clauses with one language's words."""

    def __init__(self, speech: Speech, sieve: Sieve) -> None:
        self._speech = speech
        self._sieve = sieve

    def of(self, tokens: Sequence[Token], start: int, sentence: Sentence) -> int:
        """Where the reported clause ends: at a semicolon, or where the narrator reports again."""
        speech = self._speech
        depth = 0
        for at in range(start + 1, sentence.last):
            token = tokens[at]
            if token.text in ("(", "["):
                depth += 1
            elif token.text in (")", "]"):
                depth -= 1
                if depth < 0:
                    return at
            elif depth <= 0 and token.text and token.text in ",;；" and self._is_over(tokens, at, sentence):
                return at
            elif token.is_word and token.lower in speech.say and at - start >= MIN_WORDS:
                before = at - 1
                while before > start and tokens[before].lower in speech.adverbs:
                    before -= 1
                if tokens[before].lower in speech.resuming or tokens[before].text == ",":
                    return before
                again = self._resumes_at(tokens, before, sentence)
                if again is not None and again > start:
                    return again
            elif token.lower in self._sieve.source_heads and tokens[at - 1].text == ",":
                return at - 1
        return sentence.last

    def _is_over(self, tokens: Sequence[Token], comma: int, sentence: Sentence) -> bool:
        """Whether the narrator goes on after a comma: with a participle, or with the main clause."""
        speech = self._speech
        if tokens[comma].text != ",":
            return True
        if comma + 1 >= sentence.last:
            return False
        following = tokens[comma + 1]
        pattern = speech.participle_pattern
        plain = following.lower not in speech.not_participles and not following.capital
        if plain and pattern is not None and pattern.fullmatch(following.lower):
            return True
        if tokens[sentence.first].lower not in speech.subordinators:
            return False
        return following.lower in speech.pronouns or (comma + 1) in sentence.by_first

    def _resumes_at(self, tokens: Sequence[Token], subject: int, sentence: Sentence) -> int | None:
        """Where "but he said" begins, when ``subject`` is the last token of its subject."""
        group = sentence.by_last.get(subject + 1)
        if group is None and tokens[subject].lower not in self._speech.pronouns:
            return None
        first = group.first if group is not None else subject
        return first - 1 if first > 0 and tokens[first - 1].lower in self._speech.resuming else None

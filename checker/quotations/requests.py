"""Who was told, and what they were asked to do ("warned officials to boost security").

English puts the addressee between the verb and the clause, with no preposition; promises and
requests have an infinitive for a clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .attribution import Sieve
from .clauses import ClauseEnds
from .clues import Clue
from .discourse import Sentence
from .lexicon import Speech
from .segments import Token

_NOUNS = 4
_TIME = 3
_INFINITIVE = "to"


@dataclass(frozen=True, slots=True)
class Request:
    """A reporting clause and the tokens ``[start, end)`` of the infinitive it governs."""

    clue: Clue
    start: int
    end: int


class RequestReader:
    """Reads addressees and infinitives with one language's words."""

    def __init__(self, speech: Speech, sieve: Sieve, ends: ClauseEnds) -> None:
        self._speech = speech
        self._sieve = sieve
        self._ends = ends
        self._time = speech.months | speech.adverbs
        verbs = speech.say | speech.tag | speech.urge | speech.copulas
        self._no_noun = verbs | speech.obliques | speech.breaks | speech.complementisers | speech.resuming

    def request(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Request | None:
        """``promised to ...``, ``urged the council to ...``; None when the verb at ``at`` has no infinitive."""
        speech = self._speech
        word = tokens[at].lower
        if word in speech.commit_verbs:
            start = at + 1
        elif word in speech.request_verbs:
            start = self.addressee(tokens, at, sentence)
            start = start if start > at + 1 else sentence.last
        else:
            return None
        if start + 1 >= sentence.last or tokens[start].lower != _INFINITIVE or not tokens[start + 1].is_word:
            return None
        clue = self._sieve.fronted(tokens, at, sentence)
        if not clue.near or (clue.group is None and clue.words is None):
            return None
        return Request(clue, start, self._ends.of(tokens, start, sentence))

    def addressee(self, tokens: Sequence[Token], verb: int, sentence: Sentence) -> int:
        """The token after the addressee and a day behind the verb; the next one when there is none."""
        speech = self._speech
        at = verb + 1
        while at < sentence.last and tokens[at].lower in speech.articles:
            at += 1
        group = sentence.by_first.get(at)
        if group is not None:
            at = group.last
        elif at < sentence.last and tokens[at].lower in speech.object_pronouns:
            at += 1
        else:
            start = at
            while at < sentence.last and at - start < _NOUNS and self._is_noun(tokens[at]):
                at += 1
        for _ in range(_TIME):
            if at < sentence.last and tokens[at].lower in self._time:
                at += 1
        return at

    def clause(self, tokens: Sequence[Token], verb: int, sentence: Sentence) -> int | None:
        """Where the clause begins that the addressee was told, with no "that" ("told the court he had ...")."""
        at = self.addressee(tokens, verb, sentence)
        if at <= verb + 1 or at + 1 >= sentence.last or not tokens[at].is_word:
            return None
        opens = tokens[at].lower in self._speech.pronouns or tokens[at].lower in self._speech.articles
        return at if opens or at in sentence.by_first else None

    def _is_noun(self, token: Token) -> bool:
        lower = token.lower
        pronoun = lower in self._speech.pronouns
        return token.is_word and not pronoun and lower not in self._no_noun and lower != _INFINITIVE

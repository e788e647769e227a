"""A reporting clause as it was read: its verb, its subject, who carried the words and who was told.

An outlet behind ``dikutip dari`` carried the words and did not speak; CNN in "told CNN" was
told. Both are kept apart from the speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..types import Span
from .discourse import Sentence
from .groups import Group
from .lexicon import Speech
from .segments import Token

_REACH = 12
_NEAR = 4
_NOUNS = 3


class Clue(NamedTuple):
    """A reporting clause: the cue, and its subject as it is worded."""

    cue: Span
    cue_at: int
    """Token index of the cue."""
    group: Group | None = None
    pronoun: bool = False
    """The subject is a pronoun, or shared with an earlier clause."""
    shared: bool = False
    words: str | None = None
    """The pronoun, as written."""
    near: bool = True
    """Whether the subject stands right beside the verb."""
    carrier: str | None = None
    addressee: str | None = None
    end: int = 0
    """Token index after the clause's last word that was read."""


class CompanyReader:
    """Finds carriers and addressees with one language's words."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        verbs = speech.say | speech.tag | speech.copulas | speech.urge | speech.pronouns
        words = verbs | speech.breaks | speech.obliques | speech.complementisers | speech.months
        self._no_noun = words | speech.adverbs | speech.resuming | speech.not_names - speech.unnamed

    def complete(self, tokens: Sequence[Token], clue: Clue, sentence: Sentence) -> Clue:
        """The clause with its carrier and its addressee."""
        carrier = self._carrier(tokens, clue, sentence)
        addressee = self._addressee(tokens, clue, sentence)
        return clue._replace(carrier=carrier, addressee=addressee)

    def _carrier(self, tokens: Sequence[Token], clue: Clue, sentence: Sentence) -> str | None:
        speech = self._speech
        for at in range(sentence.first, sentence.last):
            if tokens[at].lower not in speech.carriers or (at == clue.cue_at and not clue.pronoun):
                continue
            following = at + 1
            while following < sentence.last and tokens[following].lower in speech.carrier_links:
                following += 1
            group = sentence.by_first.get(following)
            if group is not None and group is not clue.group:
                return group.surface
        return None

    def _addressee(self, tokens: Sequence[Token], clue: Clue, sentence: Sentence) -> str | None:
        """Whom the words were told: behind the verb ("told the court"), or behind a preposition."""
        speech = self._speech
        if tokens[clue.cue_at].lower in speech.addressee_verbs:
            return self._phrase(tokens, clue.cue_at + 1, clue, sentence)
        start = max(clue.cue_at + 1, clue.end)
        reach = _REACH if speech.clitic else _NEAR
        for at in range(start, min(sentence.last, start + reach)):
            if tokens[at].quote >= 0:
                break
            if tokens[at].lower in speech.addressee_links:
                told = self._phrase(tokens, at + 1, clue, sentence)
                if told is not None:
                    return told
        if tokens[sentence.first].lower in speech.addressee_links:  # "Kepada wartawan, X mengatakan"
            return self._phrase(tokens, sentence.first + 1, clue, sentence)
        return None

    def _phrase(self, tokens: Sequence[Token], at: int, clue: Clue, sentence: Sentence) -> str | None:
        """The people or the outlet that begins at ``at``; plain nouns count behind an article or a verb."""
        speech = self._speech
        start = at
        while at < sentence.last and tokens[at].lower in speech.articles:
            at += 1
        group = sentence.by_first.get(at)
        if group is not None:
            return group.surface if group is not clue.group and not self._is_time(group) else None
        end = at
        while end < min(sentence.last, at + _NOUNS) and self._is_noun(tokens[end]):
            end += 1
        return " ".join(t.text for t in tokens[start:end]) if end > at else None

    def _is_time(self, group: Group) -> bool:
        return any(w in self._speech.months for w in group.plain.lower().split())

    def _is_noun(self, token: Token) -> bool:
        if not token.is_word or token.lower.isdigit():
            return False
        return token.lower not in self._no_noun

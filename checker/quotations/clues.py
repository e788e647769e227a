"""A reporting clause as it was read: its verb, its subject, who carried the words and who was told.

An outlet behind ``dikutip dari`` carried the words and did not speak; CNN in "told CNN" was
told. Both are kept apart from the speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..types import Span
from .discourse import Sentence
from .groups import Group
from .lexicon import Speech
from .segments import Token

_REACH = 4


@dataclass(frozen=True, slots=True)
class Clue:
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

    def complete(self, tokens: Sequence[Token], clue: Clue, sentence: Sentence) -> Clue:
        """The clause with its carrier and its addressee."""
        carrier = self._carrier(tokens, clue, sentence)
        return replace(clue, carrier=carrier, addressee=self._addressee(tokens, clue, sentence))

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
        speech = self._speech
        start = max(clue.cue_at + 1, clue.end if clue.end > clue.cue_at else 0)
        for at in range(start, min(sentence.last, start + _REACH)):
            if tokens[at].lower in speech.addressee_links:
                group = sentence.by_first.get(at + 1)
                return group.surface if group is not None else None
            if not tokens[at].is_word:
                break
        if tokens[clue.cue_at].lower in speech.addressee_verbs:
            group = sentence.by_first.get(clue.cue_at + 1)
            if group is not None and group is not clue.group:
                return group.surface
        return None

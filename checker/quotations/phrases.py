"""A noun group, and the plain words of its phrase ("the finance ministry", "pejabat dinas pendidikan").

The nouns that head such groups are in the language file; the words that qualify them are not.
English puts them in front, behind an article; Indonesian and Malay put them behind, before the
verb of saying or a determiner.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..types import SpeakerKind
from .lexicon import Speech
from .segments import Token

_MODIFIERS = 4
_FULL_NAME = 3
"""Words of an office and a full name behind it."""


class Group(NamedTuple):
    """A noun group: tokens ``[first, last)`` of one paragraph."""

    first: int
    last: int
    start: int
    end: int
    surface: str
    name: tuple[str, ...]
    """The words of a person's or an unknown proper name; empty when there is none."""
    role: str | None
    affiliation: str | None
    kind: SpeakerKind
    bare: int = 0
    """Where ``surface`` goes on after its article."""
    possessive: bool = False
    """``Clinton's`` van: no subject."""

    @property
    def plain(self) -> str:
        """The words without an article."""
        return self.surface[self.bare :]

    @property
    def is_plain(self) -> bool:
        """Whether the group is of common nouns alone."""
        return self.kind is SpeakerKind.UNNAMED and not self.role and not self.affiliation

    @property
    def is_person(self) -> bool:
        """Whether the group names a person."""
        return bool(self.name) and self.kind is SpeakerKind.PERSON


@lru_cache(maxsize=32)
def _stops(speech: Speech) -> frozenset[str]:
    """Words that no phrase holds."""
    verbs = speech.tag | speech.say | speech.urge | speech.bare | speech.passive | speech.copulas
    words = verbs | speech.breaks | speech.obliques | speech.pronouns | speech.adverbs | speech.relatives
    return words | speech.shared_subject | speech.complementisers | speech.resuming | speech.pairing


@lru_cache(maxsize=32)
def _before(speech: Speech) -> frozenset[str]:
    """Words that a phrase may begin behind."""
    return speech.tag | speech.articles | frozenset(s[-1] for s in speech.sources)


class PhraseReader:
    """Widens groups to their phrases with one language's words."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._stops = _stops(speech)
        self._before = _before(speech)

    def whole(self, tokens: Sequence[Token], group: Group, floor: int, last: int, text: str) -> Group:
        """The group with the plain words that qualify it; as it is when it has a name."""
        if group.name or group.possessive or (tokens[group.first].capital and group.first > floor):
            return group
        if self._speech.clitic:
            return self._widened_right(tokens, group, last, text)
        return self._widened_left(tokens, group, floor, text)

    def ends_name(self, tokens: Sequence[Token], at: int, end: int) -> bool:
        """Whether a full name stands before ``end``, which no "of the" follows ("Professor X Y of the Z")."""
        if end - at < _FULL_NAME:
            return False
        speech = self._speech
        for token in tokens[end - 2 : end]:
            known = token.lower in speech.roles or token.lower in speech.affiliations
            plain = token.lower in speech.common or token.lower in speech.ordinary
            if not token.capital or known or plain or token.lower in speech.places or token.text.isupper():
                return False
        return True

    def _is_plain(self, token: Token) -> bool:
        return token.is_word and not token.capital and token.lower not in self._stops

    def _widened_left(self, tokens: Sequence[Token], group: Group, floor: int, text: str) -> Group:
        """Back to the article ("the county sheriff's office", "a senior negotiator")."""
        articles = self._speech.articles
        at = group.first
        while at > floor and group.first - at < _MODIFIERS and self._is_plain(tokens[at - 1]):
            if tokens[at - 1].lower in articles:
                break
            at -= 1
        if at == group.first or at <= floor or tokens[at - 1].lower not in articles:
            return group
        start = tokens[at - 1].start
        bare = tokens[at].start - start
        return group._replace(
            first=at, start=start, surface=" ".join(text[start : group.end].split()), bare=bare
        )

    def _widened_right(self, tokens: Sequence[Token], group: Group, last: int, text: str) -> Group:
        """On to the verb of saying, or to the comma or stop when a verb stands before the phrase."""
        speech = self._speech
        end = group.last
        while end < min(last, group.last + _MODIFIERS) and self._is_qualifier(tokens[end]):
            end += 1
        if end == group.last:
            return group
        stop = tokens[end] if end < last else None
        told = group.first > 0 and tokens[group.first - 1].lower in self._before
        if stop is None or stop.text in (",", "."):
            closed = told
        else:
            closed = stop.lower in speech.say or stop.lower in speech.determiners
        if not closed:
            return group
        surface = " ".join(text[group.start : tokens[end - 1].end].split())
        return group._replace(last=end, end=tokens[end - 1].end, surface=surface)

    def _is_qualifier(self, token: Token) -> bool:
        """A plain noun or the name of a place, and no verb."""
        if token.capital:
            return token.lower in self._speech.places or (token.lower,) in self._speech.countries
        acting = self._speech.predicate_pattern
        return self._is_plain(token) and (acting is None or acting.fullmatch(token.lower) is None)

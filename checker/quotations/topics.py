"""Whom a sentence is about, so that a later "she said" means that person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..types import SpeakerKind
from .discourse import Sentence, Unit
from .groups import Group
from .lexicon import Speech
from .names import Evidence
from .segments import Token

_DESCRIPTION = 5
_PAIR_REACH = 8


@lru_cache(maxsize=32)
def _light_words(speech: Speech) -> frozenset[str]:
    """Words in front of a name that do not claim it."""
    light = speech.not_names | speech.adverbs | speech.breaks | speech.articles | speech.determiners
    return light | speech.shared_subject | speech.complementisers | speech.months | speech.roles


class Topics:
    """Judges the subjects of one document's sentences."""

    def __init__(self, units: Sequence[Unit], speech: Speech, evidence: Evidence) -> None:
        self._units = units
        self._speech = speech
        self._voiced = evidence.voiced
        self._light = _light_words(speech)

    def is_topic(self, group: Group, unit: Unit, sentence: Sentence, *, first: bool, known: bool) -> bool:
        """Whether ``group`` is a person whom a pronoun may mean from now on.

        An office or a verb of saying elsewhere tells so; without either, a name of several words
        does when the document has named nobody yet (``first``) or a quotation follows at once. So
        does an age or an office behind the name, and the short name of someone ``known``.
        """
        if self._is_subject(unit.tokens, group, sentence):
            if self._is_described(unit.tokens, group.last) or (
                known and self._is_met_again(unit.tokens, group)
            ):
                return True
            if group.role or any(w.lower() in self._voiced for w in group.name):
                return True
            if len(group.name) > 1 and (first or group.affiliation):
                return True
        opens = group.first == sentence.first or unit.tokens[group.first - 1].text == ","
        return (
            self._is_subject(unit.tokens, group, sentence)
            and (len(group.name) > 1 or opens)
            and self._introduces(group, unit, sentence)
        )

    def _is_met_again(self, tokens: Sequence[Token], group: Group) -> bool:
        """Whether a short name, which is no ordinary word, is what a verb follows."""
        return self._acts(tokens, group) and not any(self._is_common(w.lower()) for w in group.name)

    def _acts(self, tokens: Sequence[Token], group: Group) -> bool:
        """Whether a verb follows the group ("Gatot declined to ...")."""
        if group.last >= len(tokens) or not tokens[group.last].is_word or tokens[group.last].capital:
            return False
        lower = tokens[group.last].lower
        return lower not in self._speech.obliques and lower not in self._speech.pairing

    def is_new(self, group: Group, unit: Unit, sentence: Sentence) -> bool:
        """Whether an office without a name is spoken of for the first time, and a quotation follows."""
        if group.kind is not SpeakerKind.UNNAMED or not group.role or group.first > sentence.first + 1:
            return False
        follows = sentence.last < len(unit.tokens) and unit.tokens[sentence.last].quote >= 0
        opening = unit.tokens[sentence.first].lower
        if opening not in self._speech.single:
            one = group.first == sentence.first or opening in self._speech.definite
            office = any(w in self._speech.roles for w in group.role.lower().split())
            return follows and one and office and self._acts(unit.tokens, group)
        return follows or (sentence.last >= len(unit.tokens) and self._opens_next(unit))

    def is_definite(self, tokens: Sequence[Token], group: Group) -> bool:
        """Whether the words mean someone already named ("the coach", "pelatih asal Swiss itu")."""
        speech = self._speech
        heads = {tokens[group.first].lower, tokens[max(0, group.first - 1)].lower}
        if heads & speech.definite:
            return True
        for at in range(group.last, min(len(tokens), group.last + _DESCRIPTION)):
            if not tokens[at].is_word or tokens[at].lower in speech.relatives:
                return False
            if tokens[at].lower in speech.determiners:
                return True
        return False

    def pair(self, group: Group, unit: Unit, sentence: Sentence) -> tuple[str, Group] | None:
        """The second of two people who are the subject, behind its "and" ("A of the bank and B arrived")."""
        tokens = unit.tokens
        for at in range(group.last, min(sentence.last - 1, group.last + _PAIR_REACH)):
            lower = tokens[at].lower
            if lower in self._speech.pairing:
                other = sentence.by_first.get(at + 1)
                joined = other is not None and other.is_person and not other.possessive
                return (tokens[at].text, other) if other is not None and joined else None
            inside = lower in self._speech.role_joiners or lower in self._speech.particles
            if not (tokens[at].capital or inside or lower in self._speech.obliques):
                return None
        return None

    def _is_common(self, word: str) -> bool:
        speech = self._speech
        return word in speech.ordinary or word in speech.common or word in speech.places

    def is_plain(self, group: Group) -> bool:
        """Whether a group without a person is only a common noun with a capital, as after a lost heading."""
        words = group.plain.lower().split()
        return group.role is None and len(words) == 1 and words[0] in self._speech.ordinary

    def _is_subject(self, tokens: Sequence[Token], group: Group, sentence: Sentence) -> bool:
        """Whether no plain noun in front claims the group for itself ("the book of X", "tulisan X")."""
        at = group.first - 1
        if at < sentence.first or not tokens[at].is_word or tokens[at].capital:
            return True
        return (
            tokens[at].lower in self._light or self._speech.clitic == "" or tokens[at].lower.startswith("di")
        )

    def _introduces(self, group: Group, unit: Unit, sentence: Sentence) -> bool:
        """Whether a quotation follows, and the name is one of a person."""
        tokens, speech = unit.tokens, self._speech
        words = [w.lower() for w in group.name]
        told = self._is_described(tokens, group.last)
        if sentence.last >= len(tokens):
            sure = told or (speech.clitic != "" and any(w in speech.given for w in words))
            return sure and self._opens_next(unit)
        if tokens[sentence.last].quote < 0:
            return False
        if told or any(w in speech.given for w in words):
            return True
        acting = speech.acting_pattern
        at = group.last
        while at < sentence.last - 1 and tokens[at].lower in speech.adverbs:
            at += 1
        verb = acting is None or bool(acting.fullmatch(tokens[at].lower))
        return verb and not any(self._is_common(w) for w in words)

    def _is_described(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a comma and an office follow ("X, a nurse from ...")."""
        described = tokens[at : at + _DESCRIPTION]
        if len(described) < 2:
            return False
        if described[0].text == "(":
            return described[1].text.isdigit()  # an age
        if described[0].text != ",":
            return False
        return described[1].text.isdigit() or any(t.lower in self._speech.roles for t in described)

    def _opens_next(self, unit: Unit) -> bool:
        """Whether the paragraph after ``unit`` begins with a quotation."""
        at = unit.paragraph.number + 1
        return at < len(self._units) and self._units[at].tokens[0].quote >= 0

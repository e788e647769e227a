"""The subject of a verb of saying that stands to its left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..types import SpeakerKind
from .discourse import Sentence
from .groups import Group
from .lexicon import Speech
from .segments import Token

_STEPS = 12
_PRONOUN_REACH = 18
_BRACKET = 12
_PLAIN_WORDS = 5
_ADVERBIAL = 24
_DATELINE = 12
_DASHES = frozenset(("-", "–", "—"))
_APART = frozenset((",", ")", "]", "-", "–", "—"))


class Subject(NamedTuple):
    """Who the verb has for a subject; all empty when nobody was found."""

    group: Group | None = None
    words: str | None = None
    """A pronoun, as written."""
    shared: bool = False
    """The verb shares the subject of a clause before ("... and said", "dengan mengatakan")."""
    near: bool = True
    """Whether the subject stands right beside the verb, or is set off from it by a comma."""


class SubjectFinder:
    """Finds subjects with one language's words."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        verbs = speech.tag | speech.say | speech.urge | speech.complementisers | speech.resuming
        self._verbs = verbs | speech.pronouns | speech.shared_subject | speech.months | speech.copulas
        self._governing = speech.obliques | speech.pairing
        self._adverbials = speech.obliques | speech.breaks
        self._openers = speech.subordinators | speech.openers | speech.resuming
        self._no_subject = (verbs | speech.breaks | speech.obliques | speech.pronouns | speech.adverbs) - (
            speech.articles
        )
        self._no_noun = verbs | speech.breaks | speech.obliques | speech.pronouns | speech.shared_subject

    def of(self, tokens: Sequence[Token], cue: int, sentence: Sentence) -> Subject:
        """The subject of the verb at ``cue``: beside it, else the first source of its clause."""
        speech = self._speech
        at = cue - 1
        for _ in range(_STEPS):
            if at < sentence.first:
                break
            token = tokens[at]
            group = sentence.by_last.get(at + 1)
            if group is not None and not group.possessive:
                if not self.is_oblique(tokens, group, sentence):
                    return Subject(self._head_of(tokens, self.joint(tokens, group, sentence), sentence))
                head = self._governor(tokens, group, sentence)
                if head is not None:
                    return Subject(self._head_of(tokens, head, sentence))
                break
            if token.is_word and token.lower in speech.pronouns:
                if at == sentence.first or tokens[at - 1].text == ",":
                    return Subject(words=token.text)
                return self._in_clause(tokens, at, sentence)._replace(words=token.text, shared=False)
            if token.text in (")", "]"):
                at = open_bracket(tokens, at, sentence.first) - 1
            elif token.is_word and token.lower in speech.adverbs:
                at -= 1
            elif token.is_word and token.lower in speech.shared_subject:
                return self._in_clause(tokens, at, sentence)._replace(shared=True)
            else:
                break
        plain = self._plain_subject(tokens, at, sentence) if self._speech.bare_clause else None
        if plain is not None:
            return Subject(plain)
        apart = at >= sentence.first and tokens[at].text in _APART
        return self._in_clause(tokens, cue, sentence)._replace(near=apart)

    def described(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Group | None:
        """The person whom plain words at ``at`` lead to: harbour master X; tuan rumah, Menteri X."""
        start = at
        while at < min(sentence.last, start + _PLAIN_WORDS):
            token = tokens[at]
            group = sentence.by_first.get(at)
            if group is not None and group.is_person:
                return group if at > start and not group.possessive else None
            if at == start and token.lower in self._speech.articles:
                at += 1
                continue
            if not token.is_word or token.capital or token.lower in self._no_noun:
                break
            at += 1
        if at == start or at >= sentence.last or tokens[at].text != ",":
            return None
        group = sentence.by_first.get(at + 1)
        told = tokens[start].lower in self._speech.articles
        return group if group is not None and group.is_person and (group.role or told) else None

    def _plain_subject(self, tokens: Sequence[Token], last: int, sentence: Sentence) -> Group | None:
        """A subject of common nouns that ends at ``last`` ("several former clerks", "another slide")."""
        at = last + 1
        while at > sentence.first and last - at < _PLAIN_WORDS:
            token = tokens[at - 1]
            opens = at - 1 == sentence.first
            if not token.is_word or (token.capital and not opens) or token.lower in self._no_subject:
                break
            at -= 1
            if token.lower in self._speech.articles:
                break
        if at > last or (at == last and tokens[at].lower in self._speech.articles):
            return None
        if at > sentence.first and tokens[at - 1].lower in self._governing and tokens[at - 2].text != ",":
            return None
        first = tokens[at]
        bounded = at == sentence.first or tokens[at - 1].text == "," or tokens[at - 1].lower in self._openers
        if not (bounded or first.lower in self._speech.articles) or (first.capital and at == last):
            return None
        surface = " ".join(t.text for t in tokens[at : last + 1])
        bare = len(first.text) + 1 if first.lower in self._speech.articles and at < last else 0
        kind = SpeakerKind.UNNAMED
        return Group(at, last + 1, first.start, tokens[last].end, surface, (), None, None, kind, bare)

    def _in_clause(self, tokens: Sequence[Token], cue: int, sentence: Sentence) -> Subject:
        """The first person before the cue that no preposition governs, else another source."""
        other: Group | None = None
        for group in sentence.groups:
            if group.last > cue:
                break
            if group.possessive or self.is_oblique(tokens, group, sentence):
                continue
            if group.is_person:
                return Subject(group)
            other = other or group
        if other is not None:
            return Subject(other)
        for at in range(max(sentence.first, cue - _PRONOUN_REACH), cue):
            if tokens[at].lower in self._speech.pronouns:
                return Subject(words=tokens[at].text)
        return Subject(shared=True)

    def joint(self, tokens: Sequence[Token], group: Group, sentence: Sentence) -> Group:
        """``A and B said``: both, where they open the clause; else the group as it is."""
        at = group.first - 1
        while at > sentence.first and tokens[at].lower in self._speech.articles:
            at -= 1
        before = sentence.by_last.get(at) if tokens[at].lower in self._speech.pairing else None
        if before is None or before.possessive or not (before.name or before.kind is SpeakerKind.INSTITUTION):
            return group
        opens = before.first
        while opens > sentence.first and tokens[opens - 1].lower in self._speech.articles:
            opens -= 1
        if opens > sentence.first and tokens[opens - 1].text not in (",", ":", "-", "–", "—"):
            return group
        words = f"{before.surface} {tokens[at].text} {group.surface}"
        name = (*before.name, tokens[at].text, *group.name) if before.name and group.name else ()
        kind = SpeakerKind.PERSON if name else SpeakerKind.INSTITUTION
        return group._replace(
            first=before.first,
            start=before.start,
            surface=words,
            name=name,
            role=None,
            affiliation=None,
            kind=kind,
            bare=before.bare,
        )

    def _governor(self, tokens: Sequence[Token], group: Group, sentence: Sentence) -> Group | None:
        """The group that a phrase belongs to ("a spokesman for the mayor", "Dimas dari Kantor Air")."""
        at = group.first - 1
        for _ in range(_STEPS):
            if at < sentence.first or not tokens[at].is_word or tokens[at].lower in self._verbs:
                return None
            before = sentence.by_last.get(at + 1)
            if before is None:
                at -= 1
            elif before.possessive or not self.is_oblique(tokens, before, sentence):
                return None if before.possessive else before
            else:
                at = before.first - 1
        return None

    def _head_of(self, tokens: Sequence[Token], group: Group, sentence: Sentence) -> Group:
        """``Pengajar UNJ, Rakhmat H, mengatakan``; ``Abdian S, Koordinator E, mengatakan``."""
        if group.is_person or group.first - 1 <= sentence.first or tokens[group.first - 1].text != ",":
            return group
        before = sentence.by_last.get(group.first - 1)
        if before is not None and before.is_person and not self.is_oblique(tokens, before, sentence):
            return before
        return group

    def after_adverbial(self, tokens: Sequence[Token], sentence: Sentence) -> int:
        """Where the sentence goes on after a phrase of time or place in front ("In the report, ...")."""
        first = self.after_dateline(tokens, sentence)
        if tokens[first].lower not in self._adverbials:
            return first
        for at in range(first + 1, min(sentence.last, first + _ADVERBIAL)):
            if tokens[at].lower in self._speech.copulas:
                break
            if tokens[at].text == ",":
                return at + 1
        return first

    def after_dateline(self, tokens: Sequence[Token], sentence: Sentence) -> int:
        """Where the sentence begins behind a place, an outlet and a dash ("PADANG, Outlet - ", "IPOH: ")."""
        for at in range(sentence.first, min(sentence.last - 1, sentence.first + _DATELINE)):
            token = tokens[at]
            if token.text in _DASHES and at > sentence.first:
                return at + 1
            if token.text == ":" and sentence.first == 0 < at:
                return at + 1 if all(t.text.isupper() for t in tokens[:at] if t.is_word) else 0
            if token.quote >= 0 or (token.is_word and not token.capital):
                break
        return sentence.first

    def is_oblique(self, tokens: Sequence[Token], group: Group, sentence: Sentence) -> bool:
        """Whether a preposition governs the group ("kepada CNN", "to reporters")."""
        at = group.first - 1
        while at >= sentence.first and tokens[at].lower in self._speech.articles:
            at -= 1
        return at >= sentence.first and tokens[at].is_word and tokens[at].lower in self._speech.obliques


def skip_bracket(tokens: Sequence[Token], at: int, last: int) -> int:
    """The token after a short bracket that opens at ``at``; ``at`` itself when none does."""
    if at < last and tokens[at].text in ("(", "["):
        for i in range(at + 1, min(last, at + _BRACKET)):
            if tokens[i].text in (")", "]"):
                return i + 1
    return at


def open_bracket(tokens: Sequence[Token], at: int, first: int) -> int:
    """Where the bracket that closes at ``at`` opens; ``at`` itself when it is too far."""
    for i in range(at - 1, max(first, at - _BRACKET) - 1, -1):
        if tokens[i].text in ("(", "["):
            return i
    return at

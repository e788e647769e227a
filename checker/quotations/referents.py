"""Whom a pronoun, a shared subject or "the judge" means at the place that is being read.

A pronoun stands for the last person spoken of whom it can mean: "she" for no man, "it" for no
person. Where two of equal standing are left it stands for nobody: a wrong speaker is worse
than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..types import Speaker, SpeakerKind
from .clues import Clue
from .lexicon import Speech
from .segments import Token
from .speakers import Registry
from .topics import Topics

_REMEMBERED = 6


class Referents:
    """The people and bodies of one document, the last one first."""

    def __init__(self, registry: Registry, topics: Topics, speech: Speech) -> None:
        self._registry = registry
        self._topics = topics
        self._speech = speech
        self.focus: Speaker | None = None
        """The last person (or other source) that was the subject of a sentence or of a verb of saying."""
        self.fresh = False
        """Whether the sentence before set ``focus``."""
        self._people: list[Speaker] = []
        self._both: Speaker | None = None
        """The two who were the subject of the last sentence about anybody."""
        self._body: Speaker | None = None
        """The last institution, or other source that is no person."""

    def note(self, speaker: Speaker) -> None:
        """The sentence is about, or quotes, ``speaker``."""
        self.focus, self.fresh, self._both = speaker, True, None
        if self._is_body(speaker):
            self._body = speaker
            return
        self._people = [p for p in self._people if p.name != speaker.name][: _REMEMBERED - 1]
        self._people.insert(0, speaker)

    def mention(self, speaker: Speaker) -> None:
        """``speaker`` said something in passing; "it" may mean such a body from now on."""
        if self._is_body(speaker):
            self._body = speaker

    def forget(self, both: Speaker | None = None) -> None:
        """The sentence is about two at once: a later "she" may be either, "they" are ``both``."""
        self.focus, self._both = None, both or self._both
        self._people.clear()

    def resolve(
        self, clue: Clue, said: Speaker | None, tokens: Sequence[Token], *, headline: bool = False
    ) -> Speaker | None:
        """The speaker of a reporting clause; ``said`` spoke before in the same sentence."""
        words = clue.words
        if words is not None and (clue.group is None or said is not None):
            found = said if said is not None and self._may_mean(words.lower(), said) else None
            found = found or (None if headline else self._meant(words.lower()))
        elif said is not None and (clue.shared or clue.group is None):
            found = said
        elif clue.group is None:
            found = None if headline else self.focus
        else:
            found = self._named(clue, tokens, headline=headline)
        return found if found is None or words is None else replace(found, surface=words)

    def _named(self, clue: Clue, tokens: Sequence[Token], *, headline: bool) -> Speaker | None:
        if clue.group is None:
            return None
        speaker = self._registry.resolve(clue.group)
        focus = None if headline else self.focus
        if speaker.kind is not SpeakerKind.UNNAMED or focus is None or not speaker.role:
            return speaker
        if self._topics.is_definite(tokens, clue.group) and self._registry.may_be(speaker, focus):
            return replace(focus, surface=speaker.surface)
        return speaker

    def _meant(self, word: str) -> Speaker | None:
        """Whom a pronoun means; nobody when two may be meant alike."""
        speech = self._speech
        if word in speech.it_pronouns:
            return self._body
        if word in speech.both_words:
            return self._both
        if word in speech.they_pronouns:
            if self.focus is None and self._both is not None:
                return self._both
            plural = self.focus is not None and self._may_mean(word, self.focus)
            return self.focus if plural else self._body
        if self.focus is not None and word in speech.pronouns and self._is_joint(self.focus):
            return None
        if word not in speech.he_pronouns and word not in speech.she_pronouns:
            return self.focus
        if self.focus is None:
            return None
        possible = [p for p in self._people if self._may_mean(word, p)]
        if not possible or possible[0] is self.focus or len(possible) == 1:
            return possible[0] if possible else None
        sure = [p for p in possible if self._registry.gender(p)]
        return sure[0] if sure and (sure[0] is possible[0] or len(sure) == 1) else None

    def _may_mean(self, word: str, speaker: Speaker) -> bool:
        """Whether the pronoun agrees with the speaker."""
        speech = self._speech
        if word in speech.they_pronouns:
            return self._is_joint(speaker) or speaker.kind is not SpeakerKind.PERSON
        if word in speech.it_pronouns:
            return speaker.kind is not SpeakerKind.PERSON
        wanted = "he" if word in speech.he_pronouns else "she" if word in speech.she_pronouns else ""
        if not wanted:
            return True
        if self._is_joint(speaker):
            return False
        return not self._is_body(speaker) and self._registry.gender(speaker) in ("", wanted)

    def _is_joint(self, speaker: Speaker) -> bool:
        """Whether two speak together."""
        return any(f" {link} " in speaker.name for link in self._speech.pairing)

    def _is_body(self, speaker: Speaker) -> bool:
        """Whether a source is no person: an institution, a company, a report."""
        if speaker.kind is SpeakerKind.PERSON:
            return False
        if speaker.kind is SpeakerKind.INSTITUTION:
            return True
        words = (speaker.role or "").lower().split()
        return not words or any(w in self._speech.things for w in words)

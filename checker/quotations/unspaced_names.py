"""Names in scripts without spaces: what follows an office, less words of time and place."""

from __future__ import annotations

import re
from functools import lru_cache

from ..types import Span, Speaker, SpeakerKind
from .lexicon import Speech

_LONGEST = 64
_MAX_NAME = 12
_MAX_FULL = 500
_FOREIGN = re.compile(r"[\u3400-\u9fffA-Za-z]{1,12}(?:(?P<dot>[·・‧•])[\u3400-\u9fffA-Za-z-]{1,10}){1,3}")


@lru_cache(maxsize=32)
def _patterns(speech: Speech) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Offices, and the words that end a name."""
    stops = speech.adverbs | speech.time_and_place | speech.addressee_links
    return alternatives("role", speech.roles, frozenset()), alternatives("stop", stops, frozenset())


class UnspacedNames:
    """Reads the words before a verb of saying as a speaker; full names are those of ``text[span]``."""

    def __init__(self, text: str, span: Span, speech: Speech) -> None:
        self._speech = speech
        self._role, self._stop = _patterns(speech)
        self._full: dict[str, str] = {}
        """Given names with their dot, and the family name (and perhaps more) after it."""
        for match in _FOREIGN.finditer(text, span.start, span.end):
            name = self.clean(self._cut_name(match.group()))
            first, dot, last = name.rpartition(match.group("dot"))
            if last and len(self._full) < _MAX_FULL:
                self._full.setdefault(first + dot, last)

    def clean(self, words: str) -> str:
        """The words without those of time, place and addressee around a name."""
        words = words.strip()
        if words[:1] in "(（" and len(words) > 1:  # a dateline
            words = words[1 + max(words.find(")"), words.find("）"), -1) :].strip()
        at = 0
        while (leading := self._stop.match(words, at)) is not None and leading.group("stop"):
            at = leading.end()
            while at < len(words) and words[at].isspace():
                at += 1
        words = words[at:]
        cut = next((m.start() for m in self._stop.finditer(words) if m.start() > 0), len(words))
        return words[:cut].strip()

    def _cut_name(self, words: str) -> str:
        """What follows the last office in ``words``."""
        ends = [m.end() for m in self._role.finditer(words) if m.group("role")]
        return words[ends[-1] :] if ends and ends[-1] < len(words) else words

    def speaker(self, subject: str, focus: Speaker | None) -> Speaker | None:
        """The speaker that the words before a verb name; ``focus`` is whom a pronoun stands for."""
        speech = self._speech
        surface = self.clean(subject)
        if not surface or len(surface) > _LONGEST:
            return None
        if surface in speech.pronouns:
            return (
                None
                if focus is None
                else Speaker(focus.name, surface, focus.role, focus.affiliation, focus.kind)
            )
        if surface in speech.institutions:
            return Speaker(surface, surface, kind=SpeakerKind.INSTITUTION)
        roles = [m for m in self._role.finditer(surface) if m.group("role")]
        if roles:
            return self._titled(surface, roles[-1])
        if any(surface.endswith(tail) for tail in speech.affiliations):
            return Speaker(surface, surface, kind=SpeakerKind.INSTITUTION)
        if surface in speech.unnamed:
            return Speaker(surface, surface, kind=SpeakerKind.UNNAMED)
        return Speaker(self._fullest(surface), surface) if len(surface) <= _MAX_NAME else None

    def _titled(self, surface: str, role: re.Match[str]) -> Speaker:
        name, title = surface[role.end() :].strip(), role.group("role")
        affiliation = surface[: role.start()].strip() or None
        if name:
            return Speaker(self._fullest(name), surface, title, affiliation)
        if affiliation and not self._is_organisation(affiliation):
            return Speaker(self._fullest(affiliation), surface, title)  # the office follows the name
        return Speaker(surface, surface, title, affiliation, SpeakerKind.UNNAMED)

    def _is_organisation(self, words: str) -> bool:
        speech = self._speech
        if words in speech.institutions or any(words.endswith(tail) for tail in speech.affiliations):
            return True
        return any(words.startswith(place) for place in speech.places) or len(words) > _MAX_NAME

    def _fullest(self, name: str) -> str:
        """A family name alone gets the given name that the text puts before it elsewhere."""
        owners = [first for first, last in self._full.items() if last.startswith(name)]
        return owners[0] + name if len(owners) == 1 else name


def alternatives(name: str, words: frozenset[str], barred: frozenset[str]) -> re.Pattern[str]:
    """Longest first; barred words are matched before and without a group."""
    group = "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"
    wrong = "|".join(sorted(map(re.escape, barred), key=len, reverse=True))
    return re.compile(f"{wrong + '|' if wrong else ''}(?P<{name}>{group})")

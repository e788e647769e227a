"""Who is named by a phrase, in a language without capital letters.

A phrase names a person when it has an office, a form of address or a known family name beside the
name; a short name counts when the text gives one full name with it. Other words are an institution
or an unnamed source when the language's lists say so, and nobody otherwise: no speaker is better
than a wrong one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..types import Span, Speaker, SpeakerKind
from .frames import MASK, STOP, Frame

_LONGEST = 90
_TRIES = 6
_MAX_KNOWN = 300
_LEAST_PART = 1
_BRACKET = re.compile(r"\s?[(（\[][^()（）\[\]]{0,40}[)）\]]\s*$")
_BOUND = re.compile(rf"[,，、،;；:：“”\"|{MASK}{STOP}]|\s[-–—]\s")
_PARTS = re.compile(r"[ ・＝=]")
_PRONOUN = "pronoun"


class Source(NamedTuple):
    """What a phrase names; ``kind`` is None for a pronoun."""

    kind: SpeakerKind | None
    name: str
    surface: str
    role: str | None = None
    end: int = 0
    """Where the words go on behind the subject and its particle."""


class Topic(NamedTuple):
    """Whom a sentence is about; nobody where two are possible."""

    source: Source | None


class FrameNames:
    """Reads phrases with one language's frame; full names are those of ``text[span]``."""

    def __init__(self, text: str, span: Span, frame: Frame) -> None:
        self._frame = frame
        self._others = (
            (frame.institutions, SpeakerKind.INSTITUTION),
            (frame.unnamed, SpeakerKind.UNNAMED),
            (frame.roles, SpeakerKind.UNNAMED),
        )
        self._full: dict[str, str | None] = {}
        """Full names with the office they were met with."""
        self._shorts: set[str] = set()
        for match in frame.shorts.finditer(text, span.start, span.end):
            if len(self._shorts) < _MAX_KNOWN:
                self._shorts.add(match.group("name"))
        for pattern in frame.mentions:
            for match in pattern.finditer(text, span.start, span.end):
                self._learn(match)
        self._bodies: dict[str, None] = {}

    def _learn(self, match: re.Match[str]) -> None:
        groups = match.groupdict()
        name = groups.get("name") or self._proved(groups.get("maybe"))
        if name and (self._full.get(name) or len(self._full) < _MAX_KNOWN):
            self._full[name] = self._full.get(name) or groups.get("role")

    def _proved(self, maybe: str | None) -> str | None:
        """A doubtful full name, if the text uses the beginning of it as a name."""
        if maybe is None:
            return None
        return maybe if any(maybe[:n] in self._shorts for n in range(_LEAST_PART, len(maybe))) else None

    # -- phrases ------------------------------------------------------------------------------

    def before(self, region: str) -> Source | None:
        """The subject in the words in front of a verb or of a quotation."""
        if not self._frame.marked:
            return self._within(region)
        for ends in self._frame.subject_ends:
            for match in reversed(list(ends.finditer(region))[-_TRIES:]):
                if _PRONOUN in ends.groupindex and match.group(_PRONOUN):
                    return Source(None, "", match.group(_PRONOUN), end=match.end())
                found = self.read(region[: match.start()])
                if found is not None:
                    return found._replace(end=match.end())
        return None

    def _within(self, region: str) -> Source | None:
        """The subject where nothing marks it: the last person of the clause, else another source."""
        cut = max(0, len(region) - _LONGEST)
        found = [
            (match.span(), source._replace(end=match.end()))
            for pattern in self._frame.persons
            for match in pattern.finditer(region, cut)
            if (source := self._person(match)) is not None
        ]
        found += [
            (match.span(), Source(None, "", match.group(), end=match.end()))
            for match in self._frame.pronouns.finditer(region, cut)
        ]
        if found:  # of two that overlap the one that begins first
            found.sort(key=lambda each: (each[0][0], -each[0][1]))
            last = found[0]
            for each in found[1:]:
                last = each if each[0][0] >= last[0][1] else last
            return last[1]
        for pattern, kind in self._others:
            match = next(iter(reversed(list(pattern.finditer(region, cut)))), None)
            if match is not None and (plain := self._plain(kind, match.group("name"))) is not None:
                return plain._replace(end=match.end())
        return None

    def after(self, lead: str, region: str) -> tuple[Source | None, str]:
        """The subject in the words behind a verb, and these words; ``lead`` stands in front of it."""
        region = region[:_LONGEST]
        stop = self._frame.subject_stops.search(region)
        phrase, comma, rest = (region[: stop.start()] if stop else region).strip().partition("،")
        fronted = self._frame.fronted.search(lead[-_LONGEST:]) if not phrase.strip(" :") else None
        if fronted is not None:
            phrase, comma, rest = fronted.group("subject").strip().partition("،")
        source = self.read(phrase)
        apposed = self.read(rest.partition("،")[0]) if comma else None
        if apposed is not None and apposed.kind is SpeakerKind.PERSON and " " in apposed.name:
            return apposed, phrase  # the office, the name
        return source, phrase.strip(" :")

    def topic(self, sentence: str) -> Topic | None:
        """Whom a sentence that reports nothing is about; None when it tells nothing of that."""
        source = self.before(sentence) if self._frame.marked else None
        people = [name for name in self._full if name in sentence]
        if source is not None and source.kind is SpeakerKind.PERSON and people in ([], [source.name]):
            return Topic(source)
        if not people:
            return None
        if len(people) > 1:
            return Topic(None)
        return Topic(Source(SpeakerKind.PERSON, people[0], people[0], self._full[people[0]]))

    def read(self, phrase: str) -> Source | None:
        """What the end of ``phrase`` names (of all of it, where the verb stands first)."""
        phrase = self._cut(phrase)
        if not phrase:
            return None
        frame = self._frame
        if frame.pronouns.fullmatch(phrase):
            return Source(None, "", phrase)
        if sum(name in phrase for name in self._full) > 1:
            return None  # two together
        for pattern in frame.persons:
            match = pattern.search(phrase)
            if match is not None and (source := self._person(match)) is not None:
                return source._replace(surface=phrase)
        if phrase in self._full:
            return Source(SpeakerKind.PERSON, phrase, phrase, self._full[phrase])
        for pattern, kind in self._others:
            match = pattern.search(phrase)
            if match is not None:
                return self._plain(kind, match.group("name"))
        return None

    def _cut(self, phrase: str) -> str:
        """The part behind the last comma or quotation, without a bracket behind it."""
        phrase = _BRACKET.sub("", phrase[-_LONGEST:].rstrip())
        bounds = [m.end() for m in _BOUND.finditer(phrase)]
        return phrase[bounds[-1] :].strip() if bounds else phrase.strip()

    def _person(self, match: re.Match[str]) -> Source | None:
        groups = match.groupdict()
        role = groups.get("role")
        name = groups.get("name") or self._proved(groups.get("maybe"))
        if name:
            full = self._fullest(name) or name
            return Source(SpeakerKind.PERSON, full, match.group().strip(), role or self._full.get(full))
        short = groups.get("short") or groups.get("maybe")
        full = self._fullest(short) if short else None
        if full is None:
            return None
        return Source(SpeakerKind.PERSON, full, match.group().strip(), role or self._full[full])

    def _fullest(self, name: str) -> str | None:
        """The only full name of the text with ``name`` at its beginning or among its words."""
        owners = [full for full in self._full if full != name and _is_part(name, full)]
        if len(owners) == 1:
            return owners[0]
        return name if name in self._full else None

    def _plain(self, kind: SpeakerKind, words: str) -> Source | None:
        """An institution by its fullest name, an office by its only holder."""
        words = words.strip()
        if not words:
            return None
        if kind is SpeakerKind.INSTITUTION:
            longer = [body for body in self._bodies if body != words and body.endswith(words)]
            if len(longer) == 1:
                return Source(kind, longer[0], words)
            if len(self._bodies) < _MAX_KNOWN:
                self._bodies[words] = None
            return Source(kind, words, words)
        if not self._frame.indefinite.search(words):
            holders = [name for name, role in self._full.items() if role and words.endswith(role)]
            if len(holders) == 1:
                return Source(SpeakerKind.PERSON, holders[0], words, self._full[holders[0]])
        return Source(kind, words, words)

    @staticmethod
    def speaker(source: Source | None) -> Speaker | None:
        """The speaker that a source is; None for a pronoun."""
        if source is None or source.kind is None:
            return None
        return Speaker(source.name, source.surface, source.role, kind=source.kind)


def _is_part(name: str, full: str) -> bool:
    """Whether ``name`` is a short form: whole words where names have them, else the beginning."""
    words = _PARTS.split(full)
    if len(words) > 1:
        return name in words or full.startswith(f"{name} ") or full.endswith(f" {name}")
    return full.startswith(name)

"""How a language without capital letters words a reporting clause, parsed from its ``[frame]`` table.

Names cannot be known by their capitals there. What stands around them tells instead: an office or a
form of address beside the name, a family name from a list, the particle that marks a subject, the
verb that opens or closes the clause. The table holds these as regular expressions in which ``{role}``
and the like stand for the words of the language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MASK = "\ue000"
"""In place of every character of a quotation, so that offsets stay."""
STOP = "\ue001"
"""In place of its last one, where the quotation ends the sentence."""

_NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class Frame:
    """The reporting clauses of one language; all patterns are bounded."""

    verb_first: bool
    """Whether the subject follows its verb (Arabic)."""
    marked: bool
    """Whether a particle ends the subject."""
    verbs: re.Pattern[str]
    links: re.Pattern[str]
    """The "that" right behind a quotation or a reported clause, in front of its verb."""
    told_links: re.Pattern[str]
    """The end of a reported clause in front of its verb."""
    that: re.Pattern[str]
    """The "that" between a verb and what follows it."""
    subject_ends: tuple[re.Pattern[str], ...]
    """Particles behind a subject, the surest first; one of them may be a pronoun of its own."""
    after_sources: re.Pattern[str]
    """The "according to" behind the source."""
    before_sources: re.Pattern[str]
    """The "according to" in front of it."""
    naming: re.Pattern[str]
    """Words in front of marks that hold a name (وكالة «…»)."""
    lead_in: re.Pattern[str]
    """Words of time and place between a subject and what is reported."""
    fronted: re.Pattern[str]
    """A subject in front of its verb after all, group ``subject`` (وكان X قد زعم)."""
    carried: re.Pattern[str]
    """A clause that names the outlet and the speaker, groups ``carrier`` and ``subject``."""
    stops: re.Pattern[str]
    """The end of a sentence."""
    subject_stops: re.Pattern[str]
    """Words that end a subject behind its verb."""
    persons: tuple[re.Pattern[str], ...]
    """A person at the end of a phrase: ``name`` a full one, ``short`` one to be looked up, ``maybe`` a
    full one if the text uses its beginning elsewhere; ``role`` the office."""
    mentions: tuple[re.Pattern[str], ...]
    """Full names anywhere in a text."""
    shorts: re.Pattern[str]
    """Short names beside an office anywhere in a text."""
    institutions: re.Pattern[str]
    unnamed: re.Pattern[str]
    roles: re.Pattern[str]
    """An office at the end of a phrase."""
    indefinite: re.Pattern[str]
    """Words that keep an office from meaning someone already named ("a doctor")."""
    pronouns: re.Pattern[str]
    least_letters: int
    """Letters that a quotation without any clause has at least, to be speech."""


def _alternatives(words: object) -> str:
    listed = words.split() if isinstance(words, str) else words if isinstance(words, list) else []
    return "|".join(sorted((re.escape(str(w)) for w in listed), key=len, reverse=True)) or _NEVER


def parse_frame(table: Mapping[str, Any]) -> Frame | None:
    """The frame of a language's table; None when it has none.

    A pattern may use ``{role}``, ``{address}``, ``{body}``, ``{who}``, ``{family}``, ``{given}``,
    ``{bar}`` (no part of a name), ``{verb}`` and ``{letter}`` (the inside of a character class).
    """
    frame = table.get("frame")
    if not isinstance(frame, Mapping):
        return None
    words = {
        "role": _alternatives(table.get("roles")),
        "address": _alternatives(table.get("honorifics")),
        "body": _alternatives(table.get("affiliations")),
        "who": _alternatives(table.get("unnamed")),
        "verb": _alternatives(table.get("tag")),
        "family": _alternatives(frame.get("families")),
        "given": _alternatives(frame.get("given")),
        "bar": _alternatives(frame.get("bar")),
        "pronoun": _alternatives(table.get("pronouns")),
    }

    def compiled(source: object) -> re.Pattern[str]:
        pattern = str(source or _NEVER)
        for name, alternatives in words.items():
            pattern = pattern.replace(f"{{{name}}}", f"(?:{alternatives})")
        return re.compile(pattern.replace("{letter}", str(frame.get("letters", r"\w"))))

    def several(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(compiled(p) for p in frame.get(key, ()))

    return Frame(
        verb_first=bool(frame.get("verb_first", False)),
        marked=bool(frame.get("subject_ends")),
        verbs=compiled(frame.get("verbs", "{verb}")),
        links=compiled(frame.get("links")),
        told_links=compiled(frame.get("told_links")),
        that=compiled(frame.get("that")),
        subject_ends=several("subject_ends"),
        after_sources=compiled(frame.get("after_sources")),
        before_sources=compiled(frame.get("before_sources")),
        naming=compiled(frame.get("naming")),
        lead_in=compiled(frame.get("lead_in")),
        fronted=compiled(frame.get("fronted")),
        carried=compiled(frame.get("carried")),
        stops=compiled(rf"(?:{frame.get('stops', '[.!?]')})|{STOP}"),
        subject_stops=compiled(frame.get("subject_stops")),
        persons=several("persons"),
        mentions=several("mentions"),
        shorts=compiled(frame.get("shorts")),
        institutions=compiled(frame.get("institutions")),
        unnamed=compiled(frame.get("unnamed", "(?P<name>.*{who})$")),
        roles=compiled(frame.get("roles", "(?P<name>.*{role})$")),
        indefinite=compiled(frame.get("indefinite")),
        pronouns=compiled(frame.get("pronoun", "{pronoun}")),
        least_letters=int(frame.get("least_letters", 15)),
    )

"""The words that rules on attribution need: the strength of a cue, offices, outlets, how a report was made.

Read from ``[attribution]`` and from ``strength`` in ``[speech]`` of ``checker/languages/<code>.toml``.
Phrases are compared word by word in their normal form, so that scripts without spaces need no rule of
their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ..languages import LANGUAGES, get_language, is_known, primary
from ..matching.phrases import phrases_in, rows
from ..matching.words import words_of

LONGEST = 200_000
"""Characters of an article that are read for a name."""
OTHER = "other"
"""Key of the offices that only contain the word for another one (a ``president director``)."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """What one language says of sources; phrases are in normal form, see :func:`normal`."""

    strength: Mapping[str, str]
    """Cue to its class, such as ``claim``; a cue that is not here is neutral."""
    clitic: str
    """Ending of a cue that stands for the subject (``klaimnya``)."""
    media: tuple[str, ...]
    offices: Mapping[str, str]
    """Phrase to the key of an office."""
    portfolios: Mapping[str, str]
    spoken: Mapping[str, str]
    """Phrase to the code of the language that was spoken."""
    anonymous: tuple[str, ...]
    former: tuple[str, ...]
    acting: tuple[str, ...]
    deputy: tuple[str, ...]
    past: tuple[str, ...]
    translated: tuple[str, ...]
    transcripts: tuple[str, ...]
    corrections: tuple[str, ...]
    stubs: tuple[str, ...]


NOTHING = Reporting({}, "", (), {}, {}, {}, (), (), (), (), (), (), (), (), ())
"""For a language without a data file."""


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """The words of ``text`` in normal form, one space around each; empty when there are none."""
    joined = " ".join(word.norm for word in words_of(text))
    return f" {joined} " if joined else ""


def names_outlet(text: str, outlet: str) -> bool:
    """Whether a text of any length has the words of an outlet's name; False for no name."""
    name = normal(outlet)
    return bool(name) and name in normal(text[:LONGEST])


def has_any(text: str, phrases: Iterable[str]) -> bool:
    """Whether ``text`` has one of the normal phrases."""
    plain = normal(text)
    return any(phrase in plain for phrase in phrases)


def keys_in(text: str, table: Mapping[str, str]) -> frozenset[str]:
    """The keys of all phrases of ``table`` in ``text``; a phrase inside a longer one found does not count."""
    plain = normal(text)
    found = set()
    for phrase in sorted(table, key=len, reverse=True):
        if phrase in plain:
            found.add(table[phrase])
            plain = plain.replace(phrase, " / ")
    return frozenset(found)


@cache
def reporting_for(language: str) -> Reporting:
    """The words of one language."""
    if not is_known(language):
        return NOTHING
    data = get_language(primary(language))
    speech, table = data.table("speech"), data.table("attribution")

    def phrases(name: str) -> tuple[str, ...]:
        return tuple(normal(phrase) for phrase in table.get(name, ()))

    return Reporting(
        strength=_keyed(str(speech.get("strength", ""))),
        clitic=str(speech.get("clitic", "")),
        media=tuple(normal(word) for word in str(table.get("media", "")).split()),
        offices=_keyed(str(table.get("offices", ""))),
        portfolios=_keyed(str(table.get("portfolios", ""))),
        spoken=_keyed(str(table.get("spoken", ""))),
        anonymous=phrases("anonymous"),
        former=phrases("former"),
        acting=phrases("acting"),
        deputy=phrases("deputy"),
        past=phrases("past"),
        translated=phrases("translated"),
        transcripts=phrases("transcripts"),
        corrections=phrases("corrections"),
        stubs=phrases("stubs"),
    )


def _keyed(block: str) -> Mapping[str, str]:
    return {normal(phrase): key for key, line in rows(block) for phrase in phrases_in(line)}


def strength_of(cue: str, language: str) -> str:
    """The class of the verb in a cue, such as ``claim``; ``neutral`` where it only says that it was said."""
    words = reporting_for(language)
    plain = normal(cue)
    for phrase, name in words.strength.items():
        if phrase in plain or (words.clitic and f"{phrase.rstrip()}{words.clitic} " in plain):
            return name
    return "neutral"


@cache
def every_phrase(name: str) -> tuple[str, ...]:
    """The phrases of one list, such as ``transcripts``, of every language."""
    found: dict[str, None] = {}
    for code in LANGUAGES:
        found.update(dict.fromkeys(getattr(reporting_for(code), name)))
    return tuple(found)

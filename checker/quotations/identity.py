"""Whether two speakers are one, across documents, languages and spellings."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from ..languages import LANGUAGES
from ..languages.sounds import transliterated
from ..types import Speaker, SpeakerKind
from .lexicon import lexicon_for

_SIMILAR = 0.90
_SHORTEST = 3
_SHORTEST_ALIKE = 5
_SHORTEST_CUT = 4
_SHORTEST_FULL = 3
_SPLIT = re.compile(r"[^a-z0-9]+")
_TITLES = ("jr", "sr", "ii", "iii", "mr", "mrs", "ms", "dr")
_LINKS = ("bin", "binti", "al", "de", "van", "von", "der", "da", "del", "dos", "la", "le", "el", "ibn")
_PARTICLES = frozenset((*_TITLES, *_LINKS))
_SMALL = frozenset(("of", "the", "and", "for", "on", "in", "dan", "untuk", "atas", "de", "la", "du", "des"))
_BRACKET = re.compile(r"[(（]([^()（）]{1,80})[)）]")
_MAX_NAME = 200
_FIRST_WIDE = "\u2e80"
"""Scripts without spaces between words begin here."""


@lru_cache(maxsize=8192)
def fold_name(word: str) -> str:
    """One word in lower case ASCII letters and digits."""
    return _SPLIT.sub("", anyascii(word).lower())


def _words(name: str) -> list[str]:
    return [w for w in _SPLIT.split(anyascii(name[:200].replace("’", "'").replace("'", "")).lower()) if w]


def speaker_key(name: str) -> str:
    """A language-free key: ASCII, lower case, without titles and particles, in sorted order.

    Sorting makes "Widodo, Joko", "Joko Widodo" and family-name-first spellings equal.
    """
    words = [w for w in _words(name) if w not in _PARTICLES]
    return " ".join(sorted(words or _words(name)))


def _alike(a: str, b: str) -> bool:
    """Whether two words are one name in two transliterations (Zelensky, Zelenskyy; Halim, Khalim)."""
    if a == b:
        return True
    if min(len(a), len(b)) < _SHORTEST:
        return False
    a, b = transliterated(a), transliterated(b)
    if a == b:
        return True
    long_enough = min(len(a), len(b)) >= _SHORTEST_ALIKE and a[0] == b[0]
    return long_enough and bool(JaroWinkler.similarity(a, b) >= _SIMILAR)


def _is_initial(a: str, b: str) -> bool:
    return (len(a) == 1 or len(b) == 1) and a[:1] == b[:1]


def _compare_names(a: list[str], b: list[str]) -> bool | None:
    """True when the shorter name is in the longer one; None when only some words agree."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    used: set[int] = set()
    matched = whole_words = 0
    for word in short:
        at = next((i for i, w in enumerate(long) if i not in used and _alike(word, w)), None)
        whole_words += at is not None
        if at is None:
            at = next((i for i, w in enumerate(long) if i not in used and _is_initial(word, w)), None)
        if at is not None:
            used.add(at)
            matched += 1
    if matched == len(short):
        return True
    if whole_words == 0:  # an initial alone fits many names
        if len(short) == 1 and len(long) > 1 and _may_be_short_for(short[0], long):
            return None
        joined, whole = "".join(short), "".join(long)
        return _alike(joined, whole)
    family = _alike(a[-1], b[-1])
    given = _alike(a[0], b[0])
    if family != given and whole_words == matched == 1 and (len(long) == 2 or _all_full(short, long)):
        return False  # Hillary Clinton and Bill Clinton
    return None


def _all_full(*names: list[str]) -> bool:
    """Whether the names begin and end in words, not in initials."""
    return all(len(word) >= _SHORTEST_FULL for name in names for word in (name[0], name[-1]))


def _may_be_short_for(word: str, name: list[str]) -> bool:
    """Whether one word may be a name cut short: Risma for Rismaharini, Jokowi for Joko Widodo."""
    if len(word) < _SHORTEST_CUT:
        return False
    blends = (a[:cut] + b[: len(word) - cut] for a, b in pairwise(name) for cut in range(2, len(word) - 1))
    return any(w.startswith(word) for w in name) or word in blends


def _acronym_of(short: list[str], long: list[str]) -> bool:
    """KPK and Komisi Pemberantasan Korupsi."""
    if len(short) != 1 or len(long) < 2:
        return False
    return short[0] == "".join(w[0] for w in long if w not in _SMALL)


@cache
def _offices() -> frozenset[str]:
    """Ranks, offices and forms of address of every language, folded."""
    speeches = [lexicon_for(code).speech for code in LANGUAGES]
    return frozenset(
        fold_name(w) for s in speeches if s.spaced for w in s.roles | s.role_tails | s.honorifics
    )


@cache
def _nouns() -> frozenset[str]:
    """Words for sources without a name, of every language, folded."""
    speeches = [lexicon_for(code).speech for code in LANGUAGES]
    words = (s.unnamed | s.affiliations | s.articles | s.pronouns for s in speeches if s.spaced)
    return frozenset(fold_name(w) for group in words for w in group)


class _Reading:
    """The words of one name as they are compared."""

    __slots__ = ("nameless", "whole", "wide", "words")

    def __init__(self, name: str) -> None:
        every = _words(name)
        self.whole = [w for w in every if w not in _PARTICLES] or every
        self.wide = any(c >= _FIRST_WIDE for c in name)
        self.nameless = all(w in _offices() or w in _nouns() for w in self.whole)
        start = 0
        while start < len(self.whole) - 1 and self.whole[start] in _offices():
            start += 1
        self.words = self.whole if self.nameless else self.whole[start:]
        """Without the ranks and offices in front; those behind are part of the name (Stephen King)."""


@lru_cache(maxsize=8192)
def _readings(name: str) -> tuple[_Reading, ...]:
    """A name in characters with its Latin spelling in brackets has two readings."""
    name = name[:_MAX_NAME]
    outside = _BRACKET.sub(" ", name)
    inside = [m for m in _BRACKET.findall(name) if any("a" <= c.lower() <= "z" for c in m)]
    if not inside or not any(c >= _FIRST_WIDE for c in outside):
        return (_Reading(name),)
    return (_Reading(outside), *map(_Reading, inside))


def same_speaker(a: Speaker | str, b: Speaker | str) -> bool | None:
    """Whether two speakers are the same; None when the words do not tell.

    Ranks, offices and forms of address of every language count for nothing in front of a name. A
    role without a name, an unnamed source, a person against an institution, and a name in Latin
    letters against one in characters are never different by the words alone; two different named
    persons are.
    """
    name_a, kind_a = (a.name, a.kind) if isinstance(a, Speaker) else (a, None)
    name_b, kind_b = (b.name, b.kind) if isinstance(b, Speaker) else (b, None)
    kinds = (kind_a, kind_b)
    verdicts = [_same(x, y, kinds) for x in _readings(name_a) for y in _readings(name_b)]
    if True in verdicts:
        return True
    return False if False in verdicts else None


def _same(a: _Reading, b: _Reading, kinds: tuple[SpeakerKind | None, SpeakerKind | None]) -> bool | None:
    if not a.words or not b.words:
        return None
    if sorted(a.whole) == sorted(b.whole):
        return True
    if SpeakerKind.UNNAMED in kinds:
        return None
    if _acronym_of(a.whole, b.whole) or _acronym_of(b.whole, a.whole):
        return True
    if None not in kinds and kinds[0] is not kinds[1]:
        return None
    verdict = _compare_names(a.whole, b.whole)
    if verdict is not True:
        verdict = _compare_names(a.words, b.words)
    untold = a.nameless or b.nameless or a.wide is not b.wide
    if verdict is not True and (untold or SpeakerKind.INSTITUTION in kinds):
        return None  # institutions are translated and foreign names rewritten: unlike words prove nothing
    return verdict

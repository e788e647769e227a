"""Whether two speakers are one, across documents, languages and spellings."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from ..types import Speaker, SpeakerKind

_SIMILAR = 0.90
_SPLIT = re.compile(r"[^a-z0-9]+")
_TITLES = ("jr", "sr", "ii", "iii", "mr", "mrs", "ms", "dr")
_LINKS = ("bin", "binti", "al", "de", "van", "von", "der", "da", "del", "dos", "la", "le", "el", "ibn")
_PARTICLES = frozenset((*_TITLES, *_LINKS))
_SMALL = frozenset(("of", "the", "and", "for", "on", "in", "dan", "untuk", "atas", "de", "la", "du", "des"))


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
    """Whether two words are one name in two transliterations (Zelensky, Zelenskyy)."""
    if a == b:
        return True
    if not a or not b or a[0] != b[0] or min(len(a), len(b)) < 3:
        return False
    return bool(JaroWinkler.similarity(a, b) >= _SIMILAR)


def _is_initial(a: str, b: str) -> bool:
    return (len(a) == 1 or len(b) == 1) and a[:1] == b[:1]


def _compare_names(a: list[str], b: list[str]) -> bool | None:
    """True when the shorter name is in the longer one; None when only some words agree."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    used: set[int] = set()
    matched = 0
    for word in short:
        at = next((i for i, w in enumerate(long) if i not in used and _alike(word, w)), None)
        if at is None:
            at = next((i for i, w in enumerate(long) if i not in used and _is_initial(word, w)), None)
        if at is not None:
            used.add(at)
            matched += 1
    if matched == len(short):
        return True
    if matched == 0:
        joined, whole = "".join(short), "".join(long)
        return _alike(joined, whole)
    family = _alike(a[-1], b[-1])
    given = _alike(a[0], b[0])
    if len(short) == 2 and len(long) == 2 and family != given:
        return False  # Hillary Clinton and Bill Clinton
    return None


def _acronym_of(short: list[str], long: list[str]) -> bool:
    """KPK and Komisi Pemberantasan Korupsi."""
    if len(short) != 1 or len(long) < 2:
        return False
    return short[0] == "".join(w[0] for w in long if w not in _SMALL)


def same_speaker(a: Speaker | str, b: Speaker | str) -> bool | None:
    """Whether two speakers are the same; None when the words do not tell.

    A role without a name, an unnamed source, and a person against an institution are never
    decided from the words alone, except that two different named persons are different.
    """
    name_a, kind_a = (a.name, a.kind) if isinstance(a, Speaker) else (a, None)
    name_b, kind_b = (b.name, b.kind) if isinstance(b, Speaker) else (b, None)
    words_a = [w for w in _words(name_a) if w not in _PARTICLES] or _words(name_a)
    words_b = [w for w in _words(name_b) if w not in _PARTICLES] or _words(name_b)
    if not words_a or not words_b:
        return None
    if sorted(words_a) == sorted(words_b):
        return True
    if SpeakerKind.UNNAMED in (kind_a, kind_b):
        return None
    if _acronym_of(words_a, words_b) or _acronym_of(words_b, words_a):
        return True
    if kind_a is not None and kind_b is not None and kind_a is not kind_b:
        return None
    verdict = _compare_names(words_a, words_b)
    if SpeakerKind.INSTITUTION in (kind_a, kind_b) and verdict is not True:
        return None  # institutions are translated, so unlike words prove nothing
    return verdict

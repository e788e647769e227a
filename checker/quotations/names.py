"""Which words of a noun group are the name, and which the office and the organisation.

Offices and organisation words come from the language file. The rest is decided by the document,
which usually repeats a name in its short form ("Direktur ... Kementerian Sosial Asep Sasa
Purnama", later "kata Asep").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from .lexicon import Speech
from .segments import bare_word

_MAX_NAME = 5
_LONG_NAME = 3
_MAX_COUNTRY = 4
_INITIALS = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole document says about its words."""

    lowered: frozenset[str]
    """Words that occur in lower case somewhere: such a capitalised word may be a common noun."""
    solo: frozenset[str]
    """Words that stand alone as a name next to a verb of saying."""
    voiced: frozenset[str]
    """Capitalised words beside a verb of saying."""
    inside: frozenset[str]
    """Words that have a capital in the middle of a sentence."""
    counts: Counter[str]
    """How often each capitalised word occurs."""
    pairs: Mapping[tuple[str, str], int]
    """How often two capitalised words follow each other."""
    nicknames: Mapping[tuple[str, ...], tuple[str, ...]]
    """Nicknames that stand inside a name, folded, with the words of the name around them."""


def is_acronym(word: str) -> bool:
    """NATO, KPK, PBB; not A.B. and not an ordinary capitalised word."""
    if word != word.upper():
        return False
    letters = word if word.isalpha() else "".join(filter(str.isalpha, word))
    return len(letters) >= 2 and all(map(str.isupper, letters))


@dataclass(slots=True)
class _Parts:
    """The words of a group, sorted so far; each is an index."""

    run: list[int] = field(default_factory=list)
    """What reads as a name."""
    office: list[int] = field(default_factory=list)
    org: list[int] = field(default_factory=list)
    owed: bool = False
    """Whether an organisation word still waits for its own first word."""

    def shelve(self) -> None:
        """What read as a name qualifies the office that follows it after all."""
        self.org.extend(self.run)
        self.run.clear()
        self.owed = False


@lru_cache(maxsize=32)
def _titles(speech: Speech) -> frozenset[str]:
    """Words that may belong to an office or a title."""
    return speech.roles | speech.role_tails | speech.honorifics | speech.affiliations | speech.unnamed


def _has_digit(word: str) -> bool:
    return not word.isalpha() and any(c.isdigit() for c in word)


class NameSplitter:
    """Splits the words of a group with one language's words and one document's evidence."""

    def __init__(self, speech: Speech, evidence: Evidence) -> None:
        self._speech = speech
        self._evidence = evidence
        self._titles = _titles(speech)

    def split(
        self, words: Sequence[str], lowers: tuple[str, ...], breaks: set[int]
    ) -> tuple[tuple[str, ...], list[str], list[str]]:
        """The name, the words of the office, and those of the organisation."""
        parts = _Parts()
        shouted = len(words) > 1 and words[0].isupper() and all(w.isupper() for w in words)
        country = 0  # where a country's name ends that began behind an office
        for i, lower in enumerate(lowers):
            if i in breaks:
                parts.shelve()
            if (parts.office or parts.org) and not parts.run and i >= country:
                country = self._country_end(i, lowers)
            initial = words[i][0]
            capital = initial != initial.lower() or not initial.isalpha()
            if i < country:
                parts.org.append(i)
                parts.owed = False
            elif lower in self._titles and self._is_office(i, lowers, parts, capital=capital):
                parts.shelve()
                parts.office.append(i)
            elif lower in self._speech.affiliations and not self._ends_place(i, lowers):
                parts.shelve()
                parts.org.append(i)
                parts.owed = capital and not is_acronym(words[i]) and lower not in self._speech.org_tails
            elif lower in self._speech.institutions and capital and parts.office and not parts.run:
                parts.org.append(i)
                parts.owed = False
            elif not capital and lower in self._speech.particles and parts.run:
                parts.run.append(i)  # Muniandy a/l Raman
                parts.owed = False
            elif not capital:
                parts.org.append(i)
                parts.owed = parts.owed or lower in self._speech.org_joiners
            elif self._qualifies(i, words, lowers, parts, shouted=shouted):
                parts.shelve()
                parts.org.append(i)
            elif (parts.owed and self._belongs_to_org(i, lowers)) or _has_digit(words[i]):
                parts.org.append(i)
                parts.owed = False
            else:
                parts.run.append(i)
                parts.owed = False
        run = self._trim_left(parts.run, lowers, parts.org) if parts.office or parts.org else parts.run
        if shouted:  # the byline of a transcript
            words = [w.capitalize() for w in words]
        name = tuple(bare_word(words[i]) for i in run[-_MAX_NAME:])
        return name, [words[i] for i in parts.office], [words[i] for i in parts.org]

    def _belongs_to_org(self, i: int, lowers: tuple[str, ...]) -> bool:
        """Whether the word after an organisation word is its name; a first name is after an eponym only."""
        return lowers[i] not in self._speech.given or (i > 0 and lowers[i - 1] in self._speech.eponyms)

    def _country_end(self, i: int, lowers: tuple[str, ...]) -> int:
        """Where a country that begins at ``i`` ends, 0 when none does or no name could follow it."""
        for length in range(min(_MAX_COUNTRY, len(lowers) - i), 0, -1):
            left = len(lowers) - i - length
            if lowers[i : i + length] in self._speech.countries and left >= (1 if length > 1 else 2):
                return i + length
        return 0

    def _is_office(self, i: int, lowers: tuple[str, ...], parts: _Parts, *, capital: bool) -> bool:
        """Whether a word belongs to an office or a title; "kota" does in "wali kota" only."""
        speech = self._speech
        lower = lowers[i]
        if parts.owed and i - 1 in parts.org and lower not in speech.not_names:
            return False  # the Association of Directors, Unit Pelaksana Teknis
        if lower in speech.role_tails:
            return bool(parts.office) and parts.office[-1] == i - 1
        if lower in speech.honorifics and i + 1 < len(lowers) and capital:
            return True
        if lower in speech.affiliations:
            beside = lowers[max(0, i - 1) : i] + lowers[i + 1 : i + 2]
            return lower in speech.roles and any(w in speech.roles for w in beside)
        return lower in speech.roles or (not capital and lower in speech.unnamed)

    def _ends_place(self, i: int, lowers: tuple[str, ...]) -> bool:
        """Amerika Serikat is a country, though "serikat" alone is a union."""
        places = self._speech.places
        return i > 0 and lowers[i] in places and lowers[i - 1] in places

    def _qualifies(
        self, i: int, words: Sequence[str], lowers: tuple[str, ...], parts: _Parts, *, shouted: bool
    ) -> bool:
        """Whether a capitalised word qualifies an office and is no part of the name behind it."""
        lower, run = lowers[i], parts.run
        last = i == len(words) - 1
        if last and run and lowers[run[-1]] in self._evidence.solo:
            return False  # a family name that is a place or a common noun as well
        if self._follows_given(lower, lowers, run):
            return False
        return self._is_office_word(lower, words[i], bool(run), bool(parts.office or parts.org), shouted)

    def _is_office_word(
        self, lower: str, word: str, after_name: bool, after_office: bool, shouted: bool
    ) -> bool:
        speech = self._speech
        if lower in speech.places or lower in speech.months or not word[0].isalpha():
            return True
        if is_acronym(word) and not shouted and (len(word) > 2 or not (after_name or after_office)):
            return True
        if speech.noun_pattern is not None and not after_name and speech.noun_pattern.fullmatch(lower):
            return after_office or lower not in self._evidence.solo
        if not after_office:
            return False
        if (lower in speech.common or lower in speech.not_names) and lower not in speech.given:
            return True
        return lower in self._evidence.lowered and lower not in self._evidence.solo

    def _follows_given(self, lower: str, lowers: Sequence[str], run: Sequence[int]) -> bool:
        """Behind a first name even a common noun is part of the name (Budi Karya), a place is not."""
        given = self._speech.given
        return bool(run) and lower not in self._speech.places and any(lowers[i] in given for i in run)

    def _trim_left(self, run: list[int], lowers: Sequence[str], org: list[int]) -> list[int]:
        """Give organisation words at the head of a name back to the organisation.

        The document decides: a name starts at a word that it uses alone ("kata Asep"), or at one
        before that which never occurs without it; a first word met elsewhere is no first name.
        """
        seen = self._evidence
        if run and self._is_behind_title(run[0], lowers):
            return run
        plain = self._last_plain(run, lowers)
        org.extend(run[:plain])
        run = run[plain:]
        alone = next((k for k, i in enumerate(run) if lowers[i] in seen.solo), None)
        given = next((k for k, i in enumerate(run) if lowers[i] in self._speech.given), None)
        if len(run) <= 2 and all(self._is_plain(lowers[i]) for i in run) and (org or len(run) == 2):
            start = len(run)  # the last words of the organisation
        elif len(run) <= 2:
            start = 0
        elif (named := self._organisation_end(run, lowers)) is not None:
            start = named
        elif alone is not None:
            start = alone
            while start > 0 and self._precedes(run, lowers, start):
                start -= 1
        elif given is not None and given < len(run) - 1:
            start = given
            short = len(run) - start < _LONG_NAME and org
            if start > 0 and short and self._is_first_name(lowers, run, start - 1):
                start -= 1
        else:
            start = (
                len(run) - 2 if len(run) > _LONG_NAME and org and not self._is_met_apart(run, lowers) else 0
            )
            while len(run) - start > 2 and not self._inseparable(lowers[run[start]], lowers[run[start + 1]]):
                start += 1
        particles = self._speech.particles
        while 0 < start < len(run) and particles & {lowers[run[start]], lowers[run[start - 1]]}:
            start -= 1  # Siti binti Umar, of whom the document speaks as Siti or as Umar
        org.extend(run[:start])
        return run[start:]

    def _is_behind_title(self, first: int, lowers: Sequence[str]) -> bool:
        """Whether a form of address or a rank stands in front: behind it nothing but the name follows."""
        speech = self._speech
        if first == 0:
            return False
        if lowers[max(0, first - 2) : first] in speech.ranks:
            return True
        before = lowers[first - 2] if first > 1 else ""
        office = before in speech.eponyms or (before in speech.roles and lowers[first - 1] in speech.roles)
        return lowers[first - 1] in speech.honorifics and not office  # RSUD dr X; Direktur Jenderal X

    def _last_plain(self, run: Sequence[int], lowers: Sequence[str]) -> int:
        """Where the words go on that may be a name: behind the last ordinary word of the organisation.

        At least two words are left, and a first name ends the search: behind it a word may be both.
        """
        start = 0
        for k in range(len(run) - 2):
            if lowers[run[k]] in self._speech.given:
                break
            if self._is_plain(lowers[run[k]]):
                start = k + 1
        return start

    def _precedes(self, run: list[int], lowers: Sequence[str], start: int) -> bool:
        """Whether the word before ``run[start]``, which the document uses alone, is part of the name.

        A known first name is, and so are initials. An unknown word is part of it when it stands in
        front of a family name; in front of a first name it is the organisation's ("Lokataru Haris A").
        """
        left = run[start - 1]
        if lowers[left] in self._speech.given or len(lowers[left]) <= _INITIALS:
            return True
        if start < len(run) - 1 or self._is_plain(lowers[left]):
            return False
        return self._inseparable(lowers[left], lowers[run[start]])

    def _is_first_name(self, lowers: Sequence[str], run: list[int], k: int) -> bool:
        """Whether a word never stands without the one behind it, and nothing else speaks for a common noun."""
        return not self._is_plain(lowers[run[k]]) and self._inseparable(lowers[run[k]], lowers[run[k + 1]])

    def _is_plain(self, lower: str) -> bool:
        """Whether a word is an ordinary one and no name that the document or the language knows."""
        speech = self._speech
        known = lower in speech.given or lower in self._evidence.solo
        return (lower in speech.ordinary or lower in speech.borrowed) and not known

    def _is_met_apart(self, run: list[int], lowers: Sequence[str]) -> bool:
        """Whether the document writes the whole run again, without the organisation in front of it."""
        pairs = self._evidence.pairs
        return all(pairs.get((lowers[a], lowers[b]), 0) > 1 for a, b in pairwise(run))

    def _organisation_end(self, run: list[int], lowers: Sequence[str]) -> int | None:
        """Where a name of two words or more ends that the document repeats without what follows."""
        pairs = self._evidence.pairs
        for k in range(len(run) - 2, 1, -1):
            before, left, right = (lowers[i] for i in run[k - 2 : k + 1])
            given = self._speech.given
            if (before in given or left in given) and not any(lowers[i] in given for i in run[k:]):
                continue  # the short form of a long name (Ida Bagus)
            if left not in self._evidence.solo and pairs.get((before, left), 0) > pairs.get((left, right), 0):
                return k
        return None

    def _inseparable(self, left: str, right: str) -> bool:
        if left in self._speech.given:
            return True
        return self._evidence.counts.get(left, 0) <= self._evidence.pairs.get((left, right), 0)

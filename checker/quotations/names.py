"""Which words of a noun group are the name, and which the office and the organisation.

Offices and organisation words come from the language file. The rest is decided by the document,
which usually repeats a name in its short form ("Direktur ... Kementerian Sosial Asep Sasa
Purnama", later "kata Asep").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .lexicon import Speech

_MAX_NAME = 5
_APOSTROPHES = ("’", "'")


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


def is_acronym(word: str) -> bool:
    """NATO, KPK, PBB; not A.B. and not an ordinary capitalised word."""
    letters = [c for c in word if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters)


def bare_word(word: str) -> str:
    """The word without a possessive ending."""
    last = word[-1:]
    if last == "s" and word[-2:-1] in _APOSTROPHES:
        return word[:-2]
    return word.rstrip("’'") if last in _APOSTROPHES else word


class NameSplitter:
    """Splits the words of a group with one language's words and one document's evidence."""

    def __init__(self, speech: Speech, evidence: Evidence) -> None:
        self._speech = speech
        self._evidence = evidence

    def split(
        self, words: list[str], lowers: tuple[str, ...], breaks: set[int]
    ) -> tuple[tuple[str, ...], list[str], list[str]]:
        """The name, the words of the office, and those of the organisation."""
        speech = self._speech
        run: list[int] = []
        office: list[int] = []
        org: list[int] = []
        owed = False  # an organisation word still waits for its own first word
        shouted = len(words) > 1 and all(w.isupper() for w in words)
        for i, lower in enumerate(lowers):
            word = words[i]
            if i in breaks and (office or org or i + 1 < len(lowers)):
                self._shelve(run, org)
                owed = False
            capital = word[0] != word[0].lower() or not word[0].isalpha()
            if lower in speech.honorifics and i + 1 < len(lowers) and capital:
                self._shelve(run, org)
                office.append(i)
                owed = False
            elif lower in speech.affiliations and not (
                lower in speech.roles
                and any(w in speech.roles for w in lowers[max(0, i - 1) : i] + lowers[i + 1 : i + 2])
            ):
                self._shelve(run, org)
                org.append(i)
                owed = capital and not is_acronym(word) and lower not in speech.org_tails
            elif lower in speech.roles or (not capital and lower in speech.unnamed):
                self._shelve(run, org)
                office.append(i)
                owed = False
            elif lower in speech.particles and run:
                run.append(i)
            elif not capital:
                org.append(i)
                owed = owed or lower in speech.org_joiners
            elif (
                i == len(words) - 1
                and run
                and lowers[run[-1]] in self._evidence.solo
                and lower in speech.places
            ):
                run.append(i)
            elif self._is_office_word(lower, word, bool(run), bool(office or org), shouted) and not (
                self._follows_given(lower, lowers, run)
            ):
                self._shelve(run, org)
                org.append(i)
                owed = False
            elif owed:
                org.append(i)
                owed = False
            else:
                run.append(i)
        if office or org:
            run = self._trim_left(run, lowers, org)
        run = run[-_MAX_NAME:]
        if shouted:  # the byline of a transcript
            words = [w.capitalize() for w in words]
        name = tuple(bare_word(words[i]) for i in run)
        return name, [words[i] for i in office], [words[i] for i in org]

    @staticmethod
    def _shelve(run: list[int], org: list[int]) -> None:
        """Words read as a name so far turn out to qualify the office that follows them."""
        org.extend(run)
        run.clear()

    def _is_office_word(
        self, lower: str, word: str, after_name: bool, after_office: bool, shouted: bool
    ) -> bool:
        speech = self._speech
        if lower in speech.places or lower in speech.months or not word[0].isalpha():
            return True
        if is_acronym(word) and not shouted and (len(word) > 2 or not (after_name or after_office)):
            return True
        if speech.noun_pattern is not None and not after_name and speech.noun_pattern.fullmatch(lower):
            return lower not in self._evidence.solo
        if not after_office:
            return False
        return lower in speech.common or (
            lower in self._evidence.lowered and lower not in self._evidence.solo
        )

    def _follows_given(self, lower: str, lowers: Sequence[str], run: Sequence[int]) -> bool:
        """Behind a first name even a common noun is part of the name (Budi Karya), a place is not."""
        given = self._speech.given
        return lower not in self._speech.places and any(lowers[i] in given for i in run)

    def _trim_left(self, run: list[int], lowers: Sequence[str], org: list[int]) -> list[int]:
        """Give organisation words at the head of a name back to the organisation.

        The document decides: a name starts at a word that it uses alone ("kata Asep"), or at one
        before that which never occurs without it; a first word met elsewhere is no first name.
        """
        seen = self._evidence
        alone = next((k for k, i in enumerate(run) if lowers[i] in seen.solo), None)
        given = next((k for k, i in enumerate(run) if lowers[i] in self._speech.given), None)
        if len(run) <= 2:
            start = 0
        elif alone is not None:
            start = alone
            while start > 0 and self._inseparable(lowers[run[start - 1]], lowers[run[start]]):
                start -= 1
        elif given is not None and given < len(run) - 1:
            start = given
        else:
            start = 0
            while len(run) - start > 2 and not self._inseparable(lowers[run[start]], lowers[run[start + 1]]):
                start += 1
        org.extend(run[:start])
        return run[start:]

    def _inseparable(self, left: str, right: str) -> bool:
        if left in self._speech.given:
            return True
        return self._evidence.counts.get(left, 0) <= self._evidence.pairs.get((left, right), 0)

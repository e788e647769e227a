"""Institutions of one document: their acronyms, and the general words that stand for them.

"PT Bumi Raya (BR)" makes BR the company; "the ministry" is the one ministry that the document
has named before. Two that fit leave the words as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..types import SpeakerKind
from .discourse import Unit
from .groups import Group
from .lexicon import Speech
from .names import is_acronym
from .segments import Token

_MAX_BODIES = 500
_MAX_WORDS = 2
_FULL = 2


class Bodies:
    """The named institutions of one document."""

    def __init__(self, units: Iterable[Unit], speech: Speech) -> None:
        self._speech = speech
        self._acronyms: dict[str, str] = {}
        self._by_word: dict[str, list[tuple[int, str, frozenset[str]]]] = {}
        """Word to the institutions with it: where each is first named, its name, its words."""
        self._pairs: dict[str, int] = {}
        """Two bodies named together, and where first."""
        self._both: set[int] = set()
        """Where a general word means two bodies ("kedua lembaga itu")."""
        seen: set[str] = set()
        for unit in units:
            for sentence in unit.sentences:
                for i, group in enumerate(sentence.groups):
                    if i and self._may_be_body(group):
                        self._pair(unit.tokens, sentence.groups[i - 1], group)
                    if group.first and unit.tokens[group.first - 1].lower in speech.both_determiners:
                        self._both.add(group.start)
                    if i and self._in_brackets(unit.tokens, sentence.groups[i - 1], group):
                        self._acronyms.setdefault(group.plain, sentence.groups[i - 1].plain)
                    if self._is_named(group) and len(seen) < _MAX_BODIES and group.plain not in seen:
                        seen.add(group.plain)
                        self._add(group)

    def full(self, group: Group) -> str | None:
        """The name of the institution that ``group`` stands for, if the words are not its own name."""
        plain = group.plain
        if plain in self._acronyms:
            return self._acronyms[plain]
        words = [w for w in plain.lower().split() if w not in self._speech.determiners]
        if not 0 < len(words) <= _MAX_WORDS or plain[1:] != plain[1:].lower() or not self._is_told(group):
            return None
        head = words[0] if self._speech.clitic else words[-1]
        if head not in self._speech.affiliations and head not in self._speech.company_words:
            return None  # a name of its own (Ukraine), not a general word
        fitting = self._fitting(words, group.start)
        if not fitting and words[-1] in self._speech.company_words:
            forms = self._speech.companies
            fitting = {name for form in forms for name in self._fitting([form], group.start)}
        return next(iter(fitting)) if len(fitting) == 1 else None

    def joint(self, group: Group) -> str | None:
        """The two bodies that "the agencies" or "kedua lembaga itu" stands for, if only two are named together."""
        joint = self._is_told(group) and group.plain.lower() in self._speech.joint_words
        if group.start not in self._both and not joint:
            return None
        pairs = [name for name, at in self._pairs.items() if at < group.start]
        return pairs[0] if len(pairs) == 1 else None

    def _is_told(self, group: Group) -> bool:
        """Whether the words mean one already named: "the bank", and "bank itu" or "bank" alike."""
        return bool(self._speech.clitic) or group.surface.split()[0].lower() in self._speech.definite

    def _fitting(self, words: Sequence[str], before: int) -> set[str]:
        wanted = frozenset(words)
        return {
            name
            for at, name, known in self._by_word.get(words[-1], [])
            if at < before and wanted <= known and name.lower() != " ".join(words)
        }

    def _may_be_body(self, group: Group) -> bool:
        """Whether a group names an institution, or reads like a person without any sign of one."""
        if not group.is_person:
            return self._is_named(group)
        if len(group.name) < _FULL:
            return False
        speech = self._speech
        known = speech.given | speech.he_words | speech.she_words
        return not (group.role or group.possessive or group.affiliation) and not any(
            w.lower() in known for w in group.name
        )

    def _pair(self, tokens: Sequence[Token], first: Group, second: Group) -> None:
        """Note two bodies with only an "and" between them."""
        between = [t for t in tokens[first.last : second.first] if t.lower not in self._speech.articles]
        joined = len(between) == 1 and between[0].lower in self._speech.pairing
        if joined and self._may_be_body(first) and len(self._pairs) < _MAX_BODIES:
            self._pairs.setdefault(f"{first.plain} {between[0].text} {second.surface}", first.start)

    def _is_named(self, group: Group) -> bool:
        if group.possessive or group.kind is SpeakerKind.PERSON or group.role:
            return False
        words = group.plain.split()
        return len(words) > 1 and any(w[0].isupper() for w in words[1:])

    def _add(self, group: Group) -> None:
        words = frozenset(group.plain.lower().split())
        for word in words:
            self._by_word.setdefault(word, []).append((group.start, group.plain, words))

    @staticmethod
    def _in_brackets(tokens: Sequence[Token], full: Group, short: Group) -> bool:
        """Whether ``short`` is the acronym in brackets behind a longer name."""
        if full.last + 1 != short.first or tokens[full.last].text != "(" or short.last >= len(tokens):
            return False
        return tokens[short.last].text == ")" and is_acronym(short.plain) and " " in full.plain

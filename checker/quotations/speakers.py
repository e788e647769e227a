"""Who speaks, by the fullest name the document gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..types import Speaker, SpeakerKind
from .bodies import Bodies
from .discourse import Unit
from .groups import Group
from .identity import fold_name
from .lexicon import Speech

_MAX_NAMES = 2000
_MIN_ALIAS = 4
_MAX_ALIASED = 200
_START = 2
"""Letters of a word that every contraction keeps."""
_ALIAS_REACH = 7
_MAX_ALIAS_WORDS = 2


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the document."""

    name: str
    tokens: frozenset[str]
    """Folded words of the name."""
    role: str | None
    affiliation: str | None


def aliases_of(units: Iterable[Unit], speech: Speech) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Short names that the text introduces ("X, yang akrab disapa Y"), folded, with the full ones."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    if not speech.called_words:
        return found
    for unit in units:
        for sentence in unit.sentences:
            people = [g for g in sentence.groups if g.is_person]
            for full, short in pairwise(people):
                between = unit.tokens[full.last : short.first]
                if len(between) > _ALIAS_REACH or not any(t.lower in speech.called_words for t in between):
                    continue
                if len(short.name) <= _MAX_ALIAS_WORDS and len(full.name) > 1 and short.role is None:
                    found[tuple(fold_name(w) for w in short.name)] = tuple(fold_name(w) for w in full.name)
    return found


class Registry:
    """The persons of one document; short names, titles and aliases lead to the full name."""

    def __init__(
        self,
        groups: Iterable[Group],
        speech: Speech,
        aliases: Mapping[tuple[str, ...], tuple[str, ...]],
        bodies: Bodies,
    ) -> None:
        self._bodies = bodies
        self._speech = speech
        self._aliases = aliases
        self._by_token: dict[str, list[int]] = {}
        self._by_start: dict[str, list[int]] = {}
        """The first people with names of several words, by what a contraction keeps of one of these."""
        self._people: list[Person] = []
        self._by_office: dict[str, list[int]] = {}
        """The people with an office, by its first word."""
        self._genders: dict[tuple[str, ...], str] = {}
        """Whether titles, offices or first names show a man ("he") or a woman, by name."""
        self._collect(list(groups))

    def _collect(self, groups: list[Group]) -> None:
        """Longest names first, so that a shorter one finds the name it is part of."""
        seen: dict[tuple[str, ...], tuple[str, str | None, str | None]] = {}
        read: dict[tuple[tuple[str, ...], str | None], tuple[tuple[str, ...], str]] = {}
        for group in groups:
            if not group.is_person:
                continue
            words = group.name, group.role
            if words not in read:
                key = tuple(map(fold_name, group.name))
                read[words] = key, self._shown(group.role, key)
            key, shown = read[words]
            if shown:
                self._genders[key] = shown
            old = seen.get(key)
            if old is None and len(seen) < _MAX_NAMES:
                seen[key] = (" ".join(group.name), group.role, group.affiliation)
            elif old is not None and old[1] is None and group.role:
                seen[key] = (old[0], group.role, group.affiliation or old[2])
        for key in sorted(seen, key=lambda k: -len(k)):
            if self._aliases.get(key, key) != key:
                continue
            name, role, affiliation = seen[key]
            owners = self._owners(frozenset(key))
            if len(owners) == 1 and owners[0] >= 0:
                self._enrich(owners[0], role, affiliation)
                continue
            if len(key) == 1 and (len(owners) > 1 or self._aliased(key[0])):
                continue
            self._add(key, Person(name, frozenset(key), role, affiliation))
        for number, person in enumerate(self._people):
            if person.role:
                self._by_office.setdefault(person.role.lower().split()[0], []).append(number)

    def _add(self, key: Sequence[str], person: Person) -> None:
        number = len(self._people)
        self._people.append(person)
        for token in set(key):
            self._by_token.setdefault(token, []).append(number)
        if number < _MAX_ALIASED and len(key) > 1:
            for start in {fold_name(word)[:_START] for word in person.name.split()}:
                self._by_start.setdefault(start, []).append(number)

    def _enrich(self, number: int, role: str | None, affiliation: str | None) -> None:
        person = self._people[number]
        if person.role is None and role:
            self._people[number] = Person(person.name, person.tokens, role, affiliation or person.affiliation)

    def _owners(self, tokens: frozenset[str]) -> list[int]:
        """The people whose name holds every one of ``tokens``."""
        lists = [self._by_token.get(t, []) for t in tokens]
        if not lists or not all(lists):
            return []
        shortest = min(lists, key=len)
        return [n for n in shortest if tokens <= self._people[n].tokens]

    def _shown(self, role: str | None, key: tuple[str, ...]) -> str:
        """ "he" or "she" where the title, the office or the first name tells so, else empty."""
        words = {w.strip(".") for w in (role or "").lower().split()}
        for found in (words, set(key[:1])):
            he, she = bool(found & self._speech.he_words), bool(found & self._speech.she_words)
            if he is not she:
                return "he" if he else "she"
        return ""

    def gender(self, speaker: Speaker) -> str:
        """ "he" or "she" where the document shows which pronoun a speaker has, else empty."""
        key = tuple(fold_name(w) for w in speaker.name.split())
        shown = self._shown(speaker.role, key) or self._genders.get(key, "")
        return (
            shown or self._genders.get(key[-1:], "") if len(self._owners(frozenset(key[-1:]))) < 2 else shown
        )

    def _agreeing(self, owners: list[int], group: Group) -> list[int]:
        """Those of one name whom the form of address allows ("Ms Frayne")."""
        shown = self._shown(group.role, ())
        if len(owners) < 2 or not shown:
            return owners
        named = {n: tuple(fold_name(w) for w in self._people[n].name.split()) for n in owners}
        return [n for n in owners if self._genders.get(named[n], shown) == shown]

    def is_full(self, group: Group) -> bool:
        """Whether a short name stands for one whom the document has named in full."""
        owners = self._owners(frozenset(fold_name(w) for w in group.name))
        return len(group.name) == 1 and len(owners) == 1 and len(self._people[owners[0]].tokens) > 1

    def _aliased(self, token: str) -> list[int]:
        """People whom a contraction may stand for: Risma for Rismaharini, Jokowi for Joko Widodo."""
        if len(token) < _MIN_ALIAS:
            return []
        found: list[int] = []
        for number in self._by_start.get(token[:_START], ()):
            words = [fold_name(w) for w in self._people[number].name.split()]
            shortened = any(w.startswith(token) for w in words) and len(words) > 1
            blended = len(words) > 1 and any(
                token == a[:cut] + b[: len(token) - cut]
                for a, b in pairwise(words)
                for cut in range(2, len(token) - 1)
            )
            if shortened or blended:
                found.append(number)
        return found

    def _holders(self, group: Group) -> list[int]:
        """The people whose office may be that of ``group``: the words of one are all in the other."""
        role = (group.role or "").lower().split()
        wanted = {*role, *(group.affiliation or "").lower().split()}
        found = []
        for number in self._by_office.get(role[0], []) if role else ():
            person = self._people[number]
            known = {*(person.role or "").lower().split(), *(person.affiliation or "").lower().split()}
            if wanted <= known or (known <= wanted and len(known) > 1):
                found.append(number)
        return found

    def may_be(self, unnamed: Speaker, person: Speaker) -> bool:
        """Whether an office may be that of ``person``: no other office is known of them."""
        if not unnamed.role or person.kind is SpeakerKind.INSTITUTION:
            return False
        if unnamed.role.lower().split()[-1] in self._speech.plurals and person.kind is SpeakerKind.PERSON:
            return any(f" {link} " in person.name for link in self._speech.pairing)
        if person.kind is SpeakerKind.UNNAMED:
            return bool(person.role) and person.name.split()[-1:] == unnamed.name.split()[-1:]
        known = set((person.role or "").lower().split())
        return not known or bool(known & set(unnamed.role.lower().split()))

    def named(self, words: Sequence[str]) -> Speaker | None:
        """The only person whose name has these words."""
        owners = self._owners(frozenset(fold_name(w) for w in words))
        if len(owners) != 1:
            return None
        person = self._people[owners[0]]
        return Speaker(person.name, " ".join(words), person.role, person.affiliation)

    def resolve(self, group: Group) -> Speaker:
        """The speaker that ``group`` stands for; two candidates leave the words as they are."""
        if group.is_person:
            key = tuple(fold_name(w) for w in group.name)
            owners = self._owners(frozenset(self._aliases.get(key, key)))
            owners = self._agreeing(owners, group)
            if not owners and len(group.name) == 1:
                owners = self._aliased(fold_name(group.name[0]))
            if len(owners) == 1:
                person = self._people[owners[0]]
                return Speaker(
                    name=person.name,
                    surface=group.surface,
                    role=group.role or person.role,
                    affiliation=group.affiliation or person.affiliation,
                )
            return Speaker(" ".join(group.name), group.surface, group.role, group.affiliation)
        if group.surface.isupper() and group.kind is SpeakerKind.INSTITUTION:  # the byline of a transcript
            owners = self._owners(frozenset(fold_name(w) for w in group.plain.split()))
            if len(owners) == 1:
                person = self._people[owners[0]]
                return Speaker(person.name, group.surface, person.role, person.affiliation)
        if (both := self._bodies.joint(group)) is not None:
            return Speaker(both, group.surface, kind=SpeakerKind.INSTITUTION)
        if group.kind is SpeakerKind.UNNAMED and group.role:
            numbers = self._holders(group)
            if len(numbers) == 1:
                person = self._people[numbers[0]]
                return Speaker(person.name, group.surface, person.role, person.affiliation)
        elif (body := self._bodies.full(group)) is not None:
            return Speaker(body, group.surface, kind=SpeakerKind.INSTITUTION)
        return Speaker(group.plain, group.surface, group.role, group.affiliation, group.kind)

    def both(self, first: Group, link: str, second: Group) -> Speaker:
        """Two people who are spoken of together."""
        names = f"{self.resolve(first).name} {link} {self.resolve(second).name}"
        return Speaker(names, names)

"""An office, a comma and the name of its holder ("the head of the port office, Alma Reyes, ...").

The office and the name are two noun groups; they become one, so that every pattern that looks
for a source finds a person. An office with a name of its own ("President Alma Reyes, Dimas
Hartanto said") stays as it is, unless that name is only the organisation's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..types import Span
from .groups import Group
from .lexicon import Speech
from .names import Evidence
from .segments import Token

_REACH = 9
_BEFORE = 3
_QUALIFIERS = 3
_FULL = 2
_MARKS = frozenset((",", ":", "：", "–", "—", "-", ")", "]"))


@lru_cache(maxsize=32)
def _stops_and_openers(speech: Speech) -> tuple[frozenset[str], frozenset[str]]:
    """Words that end the phrase of an office, and words that a new clause begins behind."""
    phrase = speech.role_joiners | speech.org_joiners | speech.determiners | speech.articles
    verbs = speech.tag | speech.say | speech.urge | speech.bare
    openers = verbs | speech.passive | speech.by_words | speech.complementisers | speech.resuming
    stops = (verbs | speech.breaks | speech.obliques | speech.pronouns) - phrase
    return stops, openers | {s[-1] for s in speech.sources}


class AppositionReader:
    """Joins offices and names with one language's words and one document's evidence."""

    def __init__(self, speech: Speech, evidence: Evidence) -> None:
        self._speech = speech
        self._evidence = evidence
        self._stops, self._openers = _stops_and_openers(speech)

    def join(self, tokens: Sequence[Token], groups: list[Group], first: int, last: int) -> list[Group]:
        """The groups of the sentence ``tokens[first:last]``, offices joined with their names."""
        if not any(map(self._is_office, groups)):
            return groups
        at = {g.first: i for i, g in enumerate(groups)}
        joined: list[Group] = []
        i = 0
        while i < len(groups):
            group = groups[i]
            while (holder := self._next(tokens, groups, i, at, Span(first, last))) is not None:
                group = groups[holder] = _with_office(group, groups[holder])
                i = holder
            joined.append(group)
            i += 1
        return joined

    def _next(
        self, tokens: Sequence[Token], groups: list[Group], i: int, at: dict[int, int], ends: Span
    ) -> int | None:
        """The group behind the comma that holds the office ``groups[i]``, if there is one."""
        if not self._is_office(groups[i]):
            return None
        if (linked := self._linked(tokens, groups, i)) is not None:
            return linked
        comma = self._comma(tokens, groups, i, at, ends.end)
        holder = self._holder(tokens, comma + 1, ends.end, at) if comma is not None else None
        if holder is None or not self._belong(tokens, groups, i, groups[holder], ends):
            return None
        return holder

    def _linked(self, tokens: Sequence[Token], groups: Sequence[Group], i: int) -> int | None:
        """The organisation with a name behind the office ("Pengamat politik dari Universitas X, Budi S")."""
        speech = self._speech
        if not speech.office_links or groups[i].name or i + 1 >= len(groups):
            return None
        holder = groups[i + 1]
        between = tokens[groups[i].last : holder.first]
        if not 0 < len(between) <= _QUALIFIERS or holder.possessive or not holder.is_person:
            return None
        if holder.role or not holder.affiliation or len(holder.name) < _FULL:
            return None
        *plain, last = between
        if last.lower not in speech.office_links:
            plain = list(between)
        acting = speech.acting_pattern
        for token in plain:
            verb = acting is not None and acting.fullmatch(token.lower)
            if not token.is_word or token.capital or token.lower in self._stops or verb:
                return None
        return i + 1

    def _holder(self, tokens: Sequence[Token], start: int, last: int, at: dict[int, int]) -> int | None:
        """The group at ``start``, or a few plain words behind it ("its chairman, retired judge X")."""
        for here in range(start, min(last, start + _BEFORE)):
            if here in at:
                return at[here]
            if not tokens[here].is_word or tokens[here].capital or tokens[here].lower in self._stops:
                return None
        return None

    def _is_office(self, group: Group) -> bool:
        return bool(group.role) and not group.possessive

    def _comma(
        self, tokens: Sequence[Token], groups: Sequence[Group], i: int, at: dict[int, int], last: int
    ) -> int | None:
        """The comma that ends the phrase of the office ``groups[i]`` ("head of the port office,")."""
        here = groups[i].last
        while here < min(last, groups[i].last + _REACH):
            token = tokens[here]
            if token.text == ",":
                return here
            number = at.get(here)
            if number is not None and not groups[i].name:
                if groups[number].role:
                    return None
                here = groups[number].last
            elif token.is_word and not token.capital and token.lower not in self._stops:
                here += 1
            else:
                return None
        return None

    def _belong(
        self, tokens: Sequence[Token], groups: Sequence[Group], i: int, holder: Group, ends: Span
    ) -> bool:
        """Whether ``holder`` has the office ``groups[i]``; ``ends`` are those of the sentence."""
        office = groups[i]
        if not holder.is_person or holder.possessive:
            return False
        following = tokens[holder.last] if holder.last < ends.end else None
        if following is not None and following.lower in self._speech.resuming:
            return False  # a list
        if not self._opens(tokens, groups, i, ends.start):
            closed = following is None or following.text in (",", ".")
            return closed and not office.name and holder.role is None
        plain = len(office.name) == 1 and not self._has_given(office) and not self._is_met(office)
        if not office.name or plain or self._is_eponym(tokens, office):
            return True
        aside = following is not None and following.text == ","
        behind = tokens[holder.last + 1] if aside and holder.last + 1 < ends.end else None
        if behind is not None and behind.lower in self._speech.resuming:
            return False  # a list as well
        aside = behind is not None and behind.is_word and not behind.capital
        sure = aside or self._is_met(holder)
        person = self._is_met(office) or (self._has_given(office) and not sure)
        return not person and holder.role is None and len(holder.name) > 1

    def _is_eponym(self, tokens: Sequence[Token], office: Group) -> bool:
        """Whether the name is that of a place (the head of Adiwijaya Hospital)."""
        words = tokens[office.first : office.last]
        at = next((i for i, t in enumerate(words) if t.text == office.name[0]), 0)
        return at > 0 and any(t.lower in self._speech.eponyms for t in words[max(0, at - 2) : at])

    def _is_met(self, group: Group) -> bool:
        """Whether the document uses a word of the name alone, beside a verb of saying."""
        return any(w.lower() in self._evidence.solo for w in group.name)

    def _has_given(self, group: Group) -> bool:
        return any(w.lower() in self._speech.given for w in group.name)

    def _opens(self, tokens: Sequence[Token], groups: Sequence[Group], i: int, first: int) -> bool:
        """Whether the office begins a clause, and is no apposition to a name before it."""
        at = groups[i].first - 1
        for _ in range(_BEFORE):
            if at < first or not tokens[at].is_word or tokens[at].capital:
                break
            lower = tokens[at].lower
            if lower in self._openers or (lower in self._stops and lower not in self._speech.articles):
                break
            at -= 1
        if at < first or tokens[at].quote >= 0:
            return True
        if tokens[at].text in _MARKS:
            return i == 0 or not groups[i - 1].is_person or groups[i - 1].last != at
        return tokens[at].lower in self._openers


def _with_office(office: Group, holder: Group) -> Group:
    """The name with the office: the words used are the holder's."""
    organisation = " ".join(w for w in (office.affiliation or "", *office.name) if w)
    return holder._replace(
        first=office.first,
        start=office.start,
        role=office.role or holder.role,
        affiliation=organisation or holder.affiliation,
    )

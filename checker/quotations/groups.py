"""Noun groups that may name a source: where they start and end, and which words are the name.

A group is a run of capitalised words, offices and nouns for unnamed sources ("Press Secretary
Karine Jean-Pierre", "politisi senior Partai Golkar", "a source"). No parser and no name list is
needed: offices and organisation words come from the language file, the rest from the document
itself, which usually repeats a name in its short form.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..types import SpeakerKind
from .lexicon import Speech
from .names import Evidence, NameSplitter, is_acronym
from .phrases import Group as Group
from .phrases import PhraseReader
from .segments import Token, bare_word

_MAX_GROUP = 24
_MAX_BRACKET = 8
_MAX_LIST = 9
_ABBREVIATION = 5
_OPEN_BRACKETS = "(["
_CLOSE_BRACKETS = ")]"


_Parts = tuple[tuple[str, ...], str | None, str | None, SpeakerKind]
"""The name, the office, the organisation and the kind of a group."""


class _Words(NamedTuple):
    """Sets that the reader needs for every article."""

    heads: frozenset[str]
    office_joiners: frozenset[str]
    naming: frozenset[str]
    never: frozenset[str]


@lru_cache(maxsize=32)
def _words_of(speech: Speech) -> _Words:
    heads = speech.roles | speech.unnamed | speech.affiliations | speech.institutions
    heads -= speech.not_names & speech.pronouns
    naming = speech.tag | frozenset(s[-1] for s in speech.sources)
    never = speech.not_names - heads - speech.common - speech.given
    return _Words(heads, speech.role_joiners | speech.office_joiners, naming, never)


class GroupReader:
    """Finds the noun groups of a paragraph's tokens."""

    def __init__(self, speech: Speech, evidence: Evidence) -> None:
        self._speech = speech
        self._evidence = evidence
        self._names = NameSplitter(speech, evidence)
        words = _words_of(speech)
        self._heads, self._naming, self._never = words.heads, words.naming, words.never
        self._office_joiners = words.office_joiners
        self._phrases = PhraseReader(speech)
        self._known: dict[tuple[tuple[str, ...], frozenset[int]], _Parts | None] = {}
        """A document repeats its names, and reads them alike each time."""

    def read(self, tokens: Sequence[Token], first: int, last: int, text: str) -> list[Group]:
        """The groups in ``tokens[first:last]`` (one sentence), in order."""
        groups: list[Group] = []
        heads, end = self._heads, first
        for at, token in enumerate(tokens[first:last], first):
            if at < end or not (token.capital or token.bare in heads):
                continue
            if self._starts(tokens, at, first, last):
                end, possessive = self._grow(tokens, at, last)
                group = self._analyse(tokens, at, end, text, possessive, first)
                if group is not None:
                    group = self._phrases.whole(tokens, group, first, last, text)
                    groups.append(group)
                    end = max(end, group.last)
        return groups

    # -- extent -----------------------------------------------------------------------------

    def _starts(self, tokens: Sequence[Token], at: int, first: int, last: int) -> bool:
        """Whether a group starts at ``at``, where a capital or the head of a group stands."""
        token = tokens[at]
        lower = token.bare
        if not token.capital:
            return token.is_word
        if at == first and lower in self._speech.passive:
            return False  # "Dijelaskan X, ..."
        if at == first and at + 1 < last and tokens[at + 1].lower in self._speech.determiners:
            return lower in self._heads or lower in self._evidence.solo  # "Tudingan itu": an ordinary noun
        if lower in self._heads:
            return True
        if lower in self._speech.not_names or lower in self._speech.months:
            return self._is_named(tokens, at, first)
        if at > first and tokens[at - 1].text not in ("“", ":", "-", "–", "—"):
            return True
        if lower in self._evidence.solo:
            return True
        pattern = self._speech.opening_pattern
        before_name = at + 1 < last and tokens[at + 1].lower in self._evidence.solo
        once = before_name and self._evidence.counts[lower] == 1
        if once and pattern is not None and (pattern.fullmatch(lower) or self._is_plain(lower)):
            return False
        if self._has_office_behind(tokens, at, last) or self._is_rare(tokens[at]):
            return True
        if lower in self._evidence.inside:
            return True
        followed = at + 1 < last and tokens[at + 1].capital
        return followed and lower not in self._evidence.lowered

    def _is_plain(self, lower: str) -> bool:
        return lower in self._speech.ordinary and lower not in self._speech.given

    def _is_rare(self, token: Token) -> bool:
        """Whether the language's list of common words does not know a word, nor the document in lower case."""
        speech = self._speech
        if not speech.ordinary or token.lower in speech.ordinary or token.lower in self._evidence.lowered:
            return False
        derived = speech.opening_pattern is not None and speech.opening_pattern.fullmatch(token.lower)
        return len(token.text) > 2 and not derived and "-" not in token.text

    def _is_named(self, tokens: Sequence[Token], at: int, first: int) -> bool:
        """A first name that is a common word as well, behind a verb of saying ("kata Hari")."""
        lower = tokens[at].lower
        return at > first and lower in self._speech.given and tokens[at - 1].lower in self._naming

    def _has_office_behind(self, tokens: Sequence[Token], at: int, last: int) -> bool:
        """``Dedi, kepala regu itu, ...``: a first word with an office in apposition."""
        if at + 2 >= last or tokens[at + 1].text != "," or self._is_plain(tokens[at].lower):
            return False
        return tokens[at + 2].lower in self._speech.roles

    def _grow(self, tokens: Sequence[Token], at: int, last: int) -> tuple[int, bool]:
        """The end of the group that starts at ``at``, and whether it ends in a possessive."""
        speech = self._speech
        end = at
        limit = min(last, at + _MAX_GROUP)
        org = office = False
        while end < limit:
            token = tokens[end]
            if token.is_word:
                lower, bare = token.lower, token.bare
                if bare != lower and token.capital:
                    return end + 1, True
                org = org or bare in speech.affiliations or bare in speech.unnamed
                office = office or bare in speech.roles
                joins = lower in speech.particles or (org and lower in speech.org_joiners)
                joins = joins or (office and lower in self._office_joiners) or lower in speech.honorifics
                joins = joins and end + 1 < limit and end > at
                joins = joins and (tokens[end + 1].capital or self._before_article(tokens, end + 1, limit))
                joins = joins and self._goes_on(lower, tokens[end + 1].lower)
                joins = joins and (tokens[end + 1].capital or not self._phrases.ends_name(tokens, at, end))
                joins = joins or (office and lower in speech.role_tails)
                if end > at and token.capital and lower in self._never:
                    titled = (org or office) and end + 1 < limit and tokens[end + 1].capital
                    if not titled or tokens[end - 1].lower in self._never:
                        break
                numbered = lower.isdigit() and (org or office) and end + 1 < limit and tokens[end + 1].capital
                joins = joins or (end > at + 1 and self._before_article(tokens, end, limit))
                if not (token.capital or lower in self._heads or joins or numbered):
                    break
                if token.capital and lower in speech.months:
                    break
                if lower in speech.breaks and not token.capital and not joins:
                    break
            elif end > at and self._links(tokens, end, limit):
                pass
            elif token.text == "," and (office or org) and (close := self._list_end(tokens, end, limit)):
                end = close
            elif token.text in _OPEN_BRACKETS and end > at:
                close = self._bracket(tokens, end, limit)
                if close is None or close + 1 >= limit or not tokens[close + 1].capital:
                    break
                end = close
            else:
                break
            end += 1
        while end > at + 1 and not tokens[end - 1].is_word:
            end -= 1
        return end, False

    def _before_article(self, tokens: Sequence[Token], at: int, limit: int) -> bool:
        """Whether an article and a capital stand at ``at``, behind a preposition ("Minister for the Sea")."""
        if tokens[at].lower not in self._speech.definite or tokens[at - 1].lower not in self._office_joiners:
            return False
        return at + 1 < limit and tokens[at + 1].capital

    def _goes_on(self, joiner: str, following: str) -> bool:
        """Whether a word after "and" belongs to the same office; another office is another person's."""
        speech = self._speech
        if joiner in speech.honorifics or joiner in speech.office_joiners or following in speech.common:
            return True
        first_name = (
            following in speech.given or following in speech.he_words or following in speech.she_words
        )
        return following not in speech.roles and not first_name

    def _list_end(self, tokens: Sequence[Token], comma: int, limit: int) -> int | None:
        """The "and" of a list inside an office ("Minister of Politics, Law, and Security X")."""
        before = tokens[comma - 1]
        if not (self._is_field(before) or before.lower in self._speech.affiliations):
            return None
        fields = 0
        for at in range(comma, min(limit - 2, comma + _MAX_LIST)):
            if tokens[at].lower in self._speech.org_joiners:
                return at if fields and tokens[at + 1].capital else None
            if self._is_field(tokens[at]):
                fields += 1
            elif tokens[at].text != ",":
                return None
        return None

    def _is_field(self, token: Token) -> bool:
        """Whether a capitalised word names a field of work ("Law") and no person."""
        lower = token.lower
        speech = self._speech
        if not token.capital or lower in self._evidence.solo or lower in speech.given:
            return False
        return lower in speech.common or lower in speech.role_tails or lower in speech.ordinary

    @staticmethod
    def _links(tokens: Sequence[Token], mark: int, limit: int) -> bool:
        """Rep. Butterfield, H. Ahmad: a short word, a full stop, a capital; Menteri / Kepala."""
        if mark + 1 >= limit or not tokens[mark + 1].capital:
            return False
        if tokens[mark].text == "/":
            return True
        before = tokens[mark - 1]
        short = before.is_word and before.end == tokens[mark].start and len(before.text) <= _ABBREVIATION
        return tokens[mark].text == "." and short

    @staticmethod
    def _bracket(tokens: Sequence[Token], at: int, limit: int) -> int | None:
        for i in range(at + 1, min(limit, at + _MAX_BRACKET)):
            if tokens[i].text and tokens[i].text in _CLOSE_BRACKETS:
                return i
        return None

    # -- which words are the name -----------------------------------------------------------

    def _analyse(
        self, tokens: Sequence[Token], first: int, last: int, text: str, possessive: bool, floor: int
    ) -> Group | None:
        parts = self._parts(tokens, first, last)
        if parts is None:
            return None
        start, end = tokens[first].start, tokens[last - 1].end
        before = tokens[first - 1] if first > floor else None
        bare = 0
        if before is not None and before.lower in self._speech.articles:
            start = before.start
            bare = len(" ".join(text[start : tokens[first].start].split())) + 1
        surface = tokens[first].text if last == first + 1 and not bare else " ".join(text[start:end].split())
        surface = bare_word(surface) if possessive else surface
        made = (first, last, start, end, surface)
        if before is not None and before.lower in self._speech.collectives and not before.capital:
            return Group(*made, (), None, None, SpeakerKind.INSTITUTION, bare, possessive)
        return Group(*made, *parts, bare, possessive)

    def _parts(self, tokens: Sequence[Token], first: int, last: int) -> _Parts | None:
        """Name, office, organisation and kind by the words; None where they are no source."""
        words, lowers, breaks = self._plain_words(tokens, first, last)
        if not words:
            return None
        key = words, frozenset(breaks)
        if key not in self._known:
            self._known[key] = self._read_words(words, lowers, breaks)
        return self._known[key]

    def _read_words(self, words: tuple[str, ...], lowers: tuple[str, ...], breaks: set[int]) -> _Parts | None:
        speech = self._speech
        nameless = (), None, None, SpeakerKind.INSTITUTION
        if self._is_institution(lowers):
            return nameless
        name, role_words, org_words = self._names.split(words, lowers, breaks)
        if name and lowers[0] in speech.collectives and not self._may_be_named(name[0].lower()):
            name, org_words = (), [*org_words, *name]  # the people of a place
        if not role_words and len(name) == 1 and name[0].lower() in speech.unnamed & speech.not_names:
            return (), None, None, SpeakerKind.UNNAMED  # One
        if name and self._names_a_place(name, lowers, role_words, org_words):
            name, org_words = (), [*org_words, *name]
        role = " ".join(role_words) or None
        affiliation = " ".join(org_words) or None
        if name:
            if not role and is_acronym(name[0]) and all(map(is_acronym, name)):
                return nameless
            return name, role, affiliation, SpeakerKind.PERSON
        if any(w in speech.roles or w in speech.unnamed for w in lowers):
            return (), role, affiliation, SpeakerKind.UNNAMED
        if all(w in speech.months or w in speech.not_names for w in lowers):
            return None
        return nameless

    def _names_a_place(
        self, name: tuple[str, ...], lowers: tuple[str, ...], role: list[str], org: list[str]
    ) -> bool:
        """Whether what reads as a name is a place's or a company's: Mount Kelang, the mayor of Lereng."""
        speech = self._speech
        first = name[0].lower()
        if self._may_be_named(first):
            return False
        company = (
            lowers[0] in speech.companies or lowers[-1] in speech.companies or lowers[-1] in speech.org_tails
        )
        if not role and (company or first in speech.place_nouns):
            return not any(self._may_be_named(w.lower()) for w in name)
        if len(name) > 1:
            return False
        office = tuple(w.lower() for w in role)
        return (bool(org) and not role) or (bool(office) and office[-1] in speech.territory_roles)

    def _may_be_named(self, lower: str) -> bool:
        return lower in self._speech.given or lower in self._evidence.solo

    @staticmethod
    def _plain_words(
        tokens: Sequence[Token], first: int, last: int
    ) -> tuple[tuple[str, ...], tuple[str, ...], set[int]]:
        """The words outside brackets, also bare, and where an acronym in brackets ends an organisation."""
        words: list[str] = []
        lowers: list[str] = []
        breaks: set[int] = set()
        depth = 0
        for token in tokens[first:last]:
            if token.is_word:
                if depth == 0:
                    words.append(token.text)
                    lowers.append(token.bare)
                elif token.text[0].isalpha():
                    breaks.add(len(words))
            elif token.text and token.text in _OPEN_BRACKETS:
                depth += 1
            elif token.text and token.text in _CLOSE_BRACKETS:
                depth -= 1
        return tuple(words), tuple(lowers), breaks

    def _is_institution(self, lowers: tuple[str, ...]) -> bool:
        speech = self._speech
        if lowers and lowers[0] in speech.articles:
            lowers = lowers[1:]
        return (len(lowers) == 1 and lowers[0] in speech.institutions) or lowers in speech.institution_phrases

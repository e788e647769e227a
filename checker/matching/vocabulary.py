"""The words of one language that carry a comparable value, as one frozen record.

Read from the tables ``[meaning]`` and ``[names]`` of ``checker/languages/<code>.toml`` and from
``checker/languages/places.tsv``. The blocks are literal strings with one ``key: phrase, phrase``
line per value, since that reads well and loads in a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from ..languages import LANGUAGES, get_language, is_known, primary
from ..types import DirectionValue, MentionKind, MentionValue, ModalValue, NegationValue, TermValue
from .phrases import PhraseTable, phrases_in, rows

Terms = tuple[tuple[MentionKind, MentionValue], ...]

_FORCES = {
    "possibility": 1,
    "ability": 2,
    "permission": 2,
    "recommendation": 3,
    "intention": 4,
    "obligation": 5,
    "certainty": 4,
    "necessity": 6,
}
_FORCE_NAMES = {"obligation": "necessity"}


_NUMBER_LISTS = (
    "approximate",
    "section",
    "counting",
    "period",
    "ordinal_prefix",
    "ordinal_suffix",
    "not_after",
    "not_second",
    "not_second_prefix",
    "not_half",
    "fraction_of",
    "range",
    "classifier",
    "until",
)

_DATE_LISTS = ("lead", "month_lead", "clock_lead", "clock_after", "decade_tail", "statement")


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word of the number grammar: what it does (``role``) and its value."""

    role: str
    value: Decimal
    scale: str | None = None


@dataclass(frozen=True, slots=True)
class DateWord:
    """A word of the date grammar; ``text`` holds what is not a small number (``-1 week``)."""

    role: str
    value: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class ClockPattern:
    """A way to say a clock time: words, with ``H`` for the hour and ``M`` for minutes (``M past H``)."""

    words: tuple[str, ...]
    minutes: int
    """What is added to the hour; with ``M`` among the words, 1 or -1."""
    plain: bool
    """Whether the words alone make it a clock time."""


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A known name. ``exact`` names are acronyms, which count only in capitals."""

    identities: frozenset[str]
    type: str
    exact: bool = False
    cased: bool = True


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What :func:`checker.matching.mentions.find_mentions` knows of one language."""

    language: str
    decimal: str
    compact: bool
    """Whether the script writes words without spaces, so that a phrase is a run of characters."""
    day_first: bool | None
    """How ``6/7`` is read; None where both ways are in use."""
    terms: PhraseTable[Terms]
    numbers: PhraseTable[NumberWord]
    units: PhraseTable[str]
    unit_prefixes: Mapping[str, str]
    number_lists: Mapping[str, frozenset[str]]
    """Word lists of the number grammar: ``approximate``, ``section``, ``counting`` ..."""
    dates: PhraseTable[DateWord]
    date_lists: Mapping[str, frozenset[str]]
    """Word lists of the date grammar: ``lead``, ``month_lead``, ``clock_lead``, ``decade_tail`` ..."""
    clocks: Mapping[str, tuple[ClockPattern, ...]]
    """How clock times are said, by the first word of the pattern."""
    names: PhraseTable[NameEntry]
    ordinary: frozenset[str]
    """Ordinary words of all languages; with a capital they are still no names."""
    name_lists: Mapping[str, frozenset[str]]
    """Word lists of the name finder: ``titles``, ``common``, ``connectors``."""


def _words(block: str) -> frozenset[str]:
    return frozenset(phrase.lower() for line in block.splitlines() for phrase in phrases_in(line))


def _valued_phrases(meaning: Mapping[str, Any]) -> Iterator[tuple[str, MentionKind, MentionValue]]:
    for block, lexical in (("negation", False), ("lexical_negation", True)):
        for key, line in rows(meaning.get(block, "")):
            negation = NegationValue(key, lexical)
            yield from ((phrase, MentionKind.NEGATION, negation) for phrase in phrases_in(line))
    for key, line in rows(meaning.get("modal", "")):
        modal = ModalValue(_FORCE_NAMES.get(key, key), _FORCES[key])
        yield from ((phrase, MentionKind.MODAL, modal) for phrase in phrases_in(line))
    for block, kind in (("quantifier", MentionKind.QUANTIFIER), ("condition", MentionKind.CONDITION)):
        for key, line in rows(meaning.get(block, "")):
            term = TermValue(key)
            yield from ((phrase, kind, term) for phrase in phrases_in(line))
    for axis, line in rows(meaning.get("direction", "")):
        for pole, side in zip((1, -1), line.split("|"), strict=True):
            direction = DirectionValue(axis, pole)
            yield from ((phrase, MentionKind.DIRECTION, direction) for phrase in phrases_in(side))


def _read_terms(meaning: Mapping[str, Any]) -> PhraseTable[Terms]:
    found: dict[str, Terms] = {}
    for phrase, kind, value in _valued_phrases(meaning):
        known = found.get(phrase, ())
        if (kind, value) not in known:
            found[phrase] = (*known, (kind, value))
    for line in meaning.get("ignore", "").splitlines():
        for phrase in phrases_in(line):
            found.setdefault(phrase, ())
    table: PhraseTable[Terms] = PhraseTable()
    for phrase, terms in found.items():
        table.put(phrase, terms)
    return table


def _read_numbers(meaning: Mapping[str, Any]) -> PhraseTable[NumberWord]:
    table: PhraseTable[NumberWord] = PhraseTable()
    for key, line in rows(meaning.get("number", "")):
        role, _, rest = key.partition(" ")
        value, _, scale = rest.partition(" ")
        word = NumberWord(role, Decimal(value or "0"), scale or None)
        for phrase in phrases_in(line):
            table.put(phrase, word)
    return table


def _read_dates(meaning: Mapping[str, Any]) -> PhraseTable[DateWord]:
    table: PhraseTable[DateWord] = PhraseTable()
    for key, line in rows(meaning.get("date", "")):
        role, _, rest = key.partition(" ")
        word = DateWord(role, int(rest), rest) if rest.isdecimal() else DateWord(role, 0, rest)
        for phrase in phrases_in(line):
            table.put(phrase, word)
    return table


def _read_clocks(meaning: Mapping[str, Any]) -> dict[str, tuple[ClockPattern, ...]]:
    found: dict[str, tuple[ClockPattern, ...]] = {}
    for block, plain in (("clock", True), ("clock_beside", False)):
        for key, line in rows(meaning.get(block, "")):
            minutes = int(key.replace("M", "1"))
            for phrase in phrases_in(line):
                words = tuple(phrase.split())
                found[words[0]] = (*found.get(words[0], ()), ClockPattern(words, minutes, plain))
    return found


def _read_units(meaning: Mapping[str, Any]) -> PhraseTable[str]:
    table: PhraseTable[str] = PhraseTable()
    for key, line in rows(meaning.get("unit", "")):
        for phrase in phrases_in(line):
            table.put(phrase, key)
    return table


def _put_names(
    table: PhraseTable[NameEntry], kind: str, type_: str, key: str, phrases: Iterable[str]
) -> None:
    identities = frozenset(f"{kind}:{part}" for part in key.split())
    for phrase in phrases:
        first = phrase[:1]
        letters = phrase.replace(".", "")
        exact = letters.isupper() and letters.isascii() and len(letters) <= 6
        table.put(phrase, NameEntry(identities, type_, exact, first.isupper()))


def _gazetteer() -> Iterator[str]:
    """The lines of the two tables of places: territories, and cities and regions."""
    for name in ("places.tsv", "cities.tsv"):
        yield from (
            resources.files("checker.languages").joinpath(name).read_text(encoding="utf-8").splitlines()
        )


def _read_names(code: str, names: Mapping[str, Any]) -> PhraseTable[NameEntry]:
    table: PhraseTable[NameEntry] = PhraseTable()
    columns = sorted({1, LANGUAGES.index(code) + 1})
    for line in _gazetteer():
        cells = line.split("\t")
        if len(cells) > columns[-1] and not line.startswith("#"):
            # English spellings are common in copy of any language.
            for column in columns:
                _put_names(table, "place", "place", cells[0], filter(None, cells[column].split(";")))
    # English names are left standing in copy of any language; the language's own come last and win.
    english = get_language(LANGUAGES[0]).table("names")
    for block in (english, names) if names is not english else (names,):
        for kind, type_ in (("place", "place"), ("org", "organisation"), ("other", "other")):
            for key, line in rows(block.get(kind, "")):
                _put_names(table, kind, type_, key, phrases_in(line))
    return table


@cache
def _common_words() -> frozenset[str]:
    """Ordinary words of every language with a list: titles are often left in another language."""
    words: set[str] = set()
    for code in LANGUAGES:
        path = resources.files("checker.languages").joinpath(f"common.{code}.txt")
        if path.is_file():
            words.update(path.read_text(encoding="utf-8").split())
    return frozenset(words)


def _build(code: str, meaning: Mapping[str, Any], names: Mapping[str, Any]) -> Vocabulary:
    return Vocabulary(
        language=code,
        decimal=meaning.get("decimal", "."),
        compact=bool(meaning.get("compact", False)),
        day_first=meaning.get("day_first"),
        terms=_read_terms(meaning),
        numbers=_read_numbers(meaning),
        units=_read_units(meaning),
        unit_prefixes={
            phrase: key for key, line in rows(meaning.get("unit_prefix", "")) for phrase in phrases_in(line)
        },
        number_lists={name: _words(meaning.get(name, "")) for name in _NUMBER_LISTS},
        dates=_read_dates(meaning),
        date_lists={name: _words(meaning.get(f"date_{name}", "")) for name in _DATE_LISTS},
        clocks=_read_clocks(meaning),
        names=_read_names(code, names) if code in LANGUAGES else PhraseTable(),
        ordinary=_common_words() if code in LANGUAGES else frozenset(),
        name_lists={
            "titles": _words(names.get("titles", "")),
            "connectors": _words(names.get("connectors", "")),
            "enclitics": _words(names.get("enclitics", "")),
            "common": _words(names.get("common", "")),
        },
    )


@cache
def _load(code: str) -> Vocabulary:
    if code not in LANGUAGES:
        return _build(code, {}, {})
    language = get_language(code)
    return _build(code, language.table("meaning"), language.table("names"))


def get_vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language; an empty one, that knows digits only, for unknown languages."""
    return _load(primary(language) if is_known(language) else "und")

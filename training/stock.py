"""What damages are made from: names, words and phrases of the training text and of the language files."""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from checker.languages import get_language
from checker.matching.alignment import TELLING
from checker.matching.lexicon import information, stem
from checker.matching.mentions import find_mentions
from checker.matching.phrases import phrases_in, rows
from checker.matching.words import words_of
from checker.types import MentionKind, NameValue

Swaps = Mapping[str, tuple[str, ...]]
"""A word in lower case, and the words that may be put for it."""

FAMILIES = (
    ("year", "month", "week", "day", "hour", "decade"),
    ("km", "m", "mile", "foot", "cm"),
    ("kg", "g", "tonne", "pound"),
    ("EUR", "dollar", "IDR", "JPY"),
    ("percent", "person"),
    ("thousand", "million", "billion", "trillion"),
)
"""Units and scales that are taken for one another."""
NEGATED = ("cannot", "cant", "wont", "takkan")
"""Modals with a negation inside: exchanging them changes two things at once."""
ENDING = 3
"""Letters at the end by which a word is exchanged for one of its sort (-ing, -kan)."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What one language has to put in the place of something else."""

    language: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of the text by type: ``place``, ``person`` ..."""
    sentences: tuple[str, ...] = ()
    """Sentences to take phrases from."""
    antonyms: Swaps = field(default_factory=dict)
    modals: Swaps = field(default_factory=dict)
    numbers: Swaps = field(default_factory=dict)
    digits: Mapping[str, str] = field(default_factory=dict)
    """The word for each figure from 2 to 9."""
    units: Swaps = field(default_factory=dict)
    dates: Swaps = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Content words of the text by ending."""
    negators: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    """Words behind or before which a negator stands."""
    function_words: frozenset[str] = frozenset()


AUXILIARIES = {
    "en": "is are was were will would can could should must may might has have had",
    "id": "akan bisa dapat harus boleh mau ingin telah mungkin",
    "ms": "akan boleh dapat harus mahu ingin telah mungkin",
}
"""Grammar of the training text only; nothing of it ships."""


def stock_of(language: str, sentences: Sequence[str], antonyms: Iterable[tuple[str, str]] = ()) -> Stock:
    """The stock of one language: its file, the sentences given, and further pairs of antonyms."""
    tables = get_language(language)
    meaning = tables.table("meaning")
    return Stock(
        language=language,
        names=_names(sentences, language),
        sentences=tuple(sentences),
        antonyms=_joined(_axes(meaning.get("direction", "")), antonyms),
        modals=_between(_groups(meaning.get("modal", ""))),
        numbers=_within(_number_words(meaning.get("number", ""))),
        digits=_digits(meaning.get("number", "")),
        units=_units(meaning),
        dates=_within(_date_words(meaning.get("date", ""))),
        words=_content_words(sentences, language),
        negators=frozenset(p for _, line in rows(meaning.get("negation", "")) for p in phrases_in(line)),
        auxiliaries=frozenset(AUXILIARIES.get(language, "").split()),
        function_words=frozenset(tables.table("detection").get("function_words", ())),
    )


def read_antonyms(path: Path) -> list[tuple[str, str]]:
    """Single-word pairs of a two-column file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        pairs = [tuple(line.rstrip("\n").split("\t")[:2]) for line in lines]
    return [
        (p[0], p[1])
        for p in pairs
        if len(p) == 2 and all(w.isalpha() and w.islower() and len(w) > 2 for w in p)
    ]


def _names(sentences: Sequence[str], language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for text in sentences:
        for mention in find_mentions(text, language):
            if mention.kind is MentionKind.NAME and isinstance(mention.value, NameValue):
                words = mention.span.of(text)
                if len(words.split()) <= 3 and words[:1].isupper():
                    found[mention.value.type].add(words)
    return {kind: tuple(sorted(names)) for kind, names in found.items()}


def _content_words(sentences: Sequence[str], language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for text in sentences:
        for word in words_of(text):
            if word.text.islower() and len(word.norm) > ENDING + 1 and is_content(word.norm, language):
                found[word.norm[-ENDING:]].add(word.norm)
    return {ending: tuple(sorted(words)) for ending, words in found.items() if len(words) > 4}


def is_content(norm: str, language: str) -> bool:
    """Whether a word tells something of its own."""
    return information(stem(norm, language), language) >= TELLING


def _axes(block: str) -> Iterator[tuple[str, str]]:
    """Words at the same place of the two ends of an axis: stronger and weaker."""
    for _, line in rows(block):
        ends = [[p for p in phrases_in(end) if " " not in p] for end in line.split("|")]
        for own, other in ((ends[0], ends[1]), (ends[1], ends[0])):
            for n, word in enumerate(own):
                same_form = [w for w in other if w[-2:] == word[-2:]]
                choice = same_form or other[n : n + 1] or other[:1]
                yield from ((word, w) for w in choice[:2])


def _joined(
    first: Iterable[tuple[str, str]], second: Iterable[tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word, other in (*first, *second):
        if other not in found[word] and other != word:
            found[word].append(other)
    return {word: tuple(others) for word, others in found.items() if others}


def _groups(block: str) -> list[list[str]]:
    """Modals by rung; neighbouring rungs are joined, since they translate each other."""
    lines = {
        key: [p for p in phrases_in(line) if p not in NEGATED and p.isalpha()] for key, line in rows(block)
    }
    low = lines.get("possibility", [])
    middle = lines.get("ability", []) + lines.get("permission", [])
    future = lines.get("intention", [])
    high = lines.get("necessity", []) + [w for w in lines.get("obligation", []) if w == "harus"]
    return [low, middle, future, high]


def _number_words(block: str) -> Iterator[list[str]]:
    """Number words by the part they play; the members of one list are exchanged."""
    by_role: dict[str, list[list[str]]] = defaultdict(list)
    for key, line in rows(block):
        role = key.split()[0]
        if role in ("atom", "ordinal", "group", "multiple"):
            by_role[role].append([p for p in phrases_in(line) if " " not in p])
    for role in sorted(by_role):
        yield [words[0] for words in by_role[role] if words]


def _digits(block: str) -> dict[str, str]:
    atoms = [
        (key.split(), next(phrases_in(line), "")) for key, line in rows(block) if key.startswith("atom ")
    ]
    return {key[1]: word for key, word in atoms if len(key[1]) == 1 and key[1] in "23456789"}


def _units(meaning: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    forms: dict[str, list[str]] = {}
    for key, line in rows(str(meaning.get("unit", ""))):
        forms[key] = [p for p in phrases_in(line) if " " not in p and len(p) > 3]
    for key, line in rows(str(meaning.get("number", ""))):
        if key.startswith("scale "):
            forms[key.split()[2]] = [p for p in phrases_in(line) if " " not in p]
    found: dict[str, tuple[str, ...]] = {}
    for family in FAMILIES:
        for key in family:
            for n, form in enumerate(forms.get(key, ())):
                others = [forms[k][min(n, len(forms[k]) - 1)] for k in family if k != key and forms.get(k)]
                if others:
                    found[form] = tuple(others)
    return found


def _date_words(block: str) -> Iterator[list[str]]:
    by_role: dict[str, list[str]] = defaultdict(list)
    for key, line in rows(block):
        role = key.split()[0]
        if role in ("month", "weekday", "relative"):
            first = next(iter(phrases_in(line)), "")
            by_role[role].append(first)
    for role in sorted(by_role):
        yield by_role[role]


def _within(groups: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Each word with the others of its group."""
    return {
        word.lower(): tuple(w for w in group if w != word)
        for group in groups
        for word in group
        if len(group) > 1
    }


def _between(groups: Sequence[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Each word with the first words of the other groups."""
    return {
        word: tuple(w for m, other in enumerate(groups) if m != n for w in other[:2])
        for n, group in enumerate(groups)
        for word in group
    }

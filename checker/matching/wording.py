"""Words that carry no typed value and still change what was said: qualifiers, persons, tense, questions.

Read from the table ``[wording]`` of the language files, and offices from ``[attribution]``. A word here is no mention, so it does not take
part in the alignment; the rules on wording ask for the words they judge. Each kind is matched by
itself, longest phrase first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import regex

from ..languages import get_language, is_known, primary
from .phrases import PhraseTable, phrases_in, rows
from .sides import Side
from .tokens import Tokens, tokens_of

KINDS = (
    "quantity",
    "hedge",
    "intensity",
    "person",
    "tense",
    "question",
    "denied_frame",
    "duty",
    "cause",
    "period",
    "doubting",
    "factive",
    "limit",
    "undone",
    "undoing",
    "pending",
    "contrasted",
)
OFFICES = ("offices", "portfolios")
"""Kinds of terms that stand in the table ``[attribution]``."""
IDIOM = "-"
"""Key of phrases that hold a word of the table without its meaning."""
_LISTS = (
    "perfect",
    "perfect_endings",
    "perfect_words",
    "contrast",
    "passive",
    "than",
    "preferring",
    "before",
    "after",
    "from",
    "to",
    "joining",
    "also",
    "since",
    "until",
    "only_after",
    "parting",
    "topic",
    "third_person",
    "deputy",
    "chief",
    "toward",
    "that",
    "when",
)
_NOTHING = regex.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase of a text with what it says."""

    key: str
    words: range
    """Indices into ``Side.words``."""
    reported: bool
    """Whether a rule may report it; the others only stand for a word of the other side."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The table ``[wording]`` of one language."""

    tables: Mapping[str, PhraseTable[str]]
    lists: Mapping[str, frozenset[str]]
    passive_pattern: regex.Pattern[str]


def _parse(table: Mapping[str, Any], attribution: Mapping[str, Any]) -> Wording:
    tables: dict[str, PhraseTable[str]] = {}
    for kind in (*KINDS, *OFFICES):
        tables[kind] = PhraseTable()
        lines = list(rows((attribution if kind in OFFICES else table).get(kind, "")))
        # what may be reported comes last and wins over what is only heard
        for key, line in sorted(lines, key=lambda row: not row[0].endswith("?")):
            for phrase in phrases_in(line):
                tables[kind].put(phrase, key)
    return Wording(
        tables=tables,
        lists={name: frozenset(table.get(name, ())) for name in _LISTS},
        passive_pattern=regex.compile(table["passive_pattern"]) if "passive_pattern" in table else _NOTHING,
    )


@cache
def wording_of(language: str) -> Wording:
    """The table of a language; empty for a language without a file."""
    code = primary(language)
    if not is_known(code):
        return _parse({}, {})
    data = get_language(code)
    return _parse(data.table("wording"), data.table("attribution"))


@lru_cache(maxsize=64)
def _tokens(text: str) -> Tokens:
    """The words of a text, kept for the many kinds that are looked for in it one after the other."""
    return tokens_of(text)


@lru_cache(maxsize=8192)
def _terms(text: str, language: str, kind: str) -> tuple[Term, ...]:
    table = wording_of(language).tables[kind]
    tokens = _tokens(text)
    found, i = [], 0
    while i < len(tokens):
        match = table.match(tokens, i)
        if match is None:
            i += 1
            continue
        end, key = match
        if key != IDIOM:
            found.append(Term(key.rstrip("?"), range(i, end), not key.endswith("?")))
        i = end
    return tuple(found)


def terms(side: Side, kind: str) -> tuple[Term, ...]:
    """The terms of one kind in a text, in order. Linear in its length."""
    return tuple(t for t in _terms(side.text, side.language, kind) if t.words[-1] < len(side.words))


def listed(side: Side, name: str) -> frozenset[int]:
    """Indices of the words that stand in one of the lists of the language, such as ``than``."""
    words = wording_of(side.language).lists[name]
    return frozenset(i for i, word in enumerate(side.words) if word.norm in words)

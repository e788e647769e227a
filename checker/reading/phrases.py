"""The phrases that page furniture begins with, taken from the language files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from ..languages import LANGUAGES, get_language, is_known, primary

PATTERN_TIMEOUT = 0.5
"""Seconds for the patterns on one line; they are bounded, so this never runs out in practice."""

_LEADING = "*_#>-–—•·|▶►▸→»›[(【〔~+ \t\u00a0\u3000\ufeff\u200b"
_TRAILING = " \t\u00a0\u3000*_|:：.…!>»›→▼▶-–—])】\u200b"
_DELIMITER = regex.compile(r"[\s*_]*[:：|>»→–—][\s*_]*|\s+-\s+")
_SPACES = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The furniture phrases in force for one article."""

    lines: frozenset[str]
    prompts: Mapping[str, tuple[str, ...]]
    open_prompts: frozenset[str]
    credits_: Mapping[str, tuple[str, ...]]
    bylines: Mapping[str, tuple[str, ...]]
    sections: frozenset[str]
    brackets: regex.Pattern[str]
    inline: regex.Pattern[str]
    pattern: regex.Pattern[str]


def phrases_for(language: str) -> Phrases:
    """The phrases of the language's macro group and of the languages whose phrases every page uses.

    For a language without a file all phrases are used.
    """
    if not is_known(language):
        return _load(LANGUAGES)
    macro = get_language(language).macro
    chosen = [code for code in LANGUAGES if get_language(code).macro == macro or _table(code).get("shared")]
    return _load(tuple(chosen) if primary(language) in chosen else LANGUAGES)


def key_of(line: str) -> str:
    """The line in lower case with single spaces, without bullets and markup at its start."""
    return str(_SPACES.sub(" ", line.strip().lstrip(_LEADING))).lower()


def bare(key: str) -> str:
    """The key without punctuation at its end."""
    return key.rstrip(_TRAILING)


def opening(key: str, phrases: Mapping[str, tuple[str, ...]]) -> tuple[str, str, bool] | None:
    """The longest phrase that ``key`` opens with, the rest of the key, and whether a colon or bar stands between."""
    for phrase in (*phrases.get(key[:2], ()), *phrases.get(key[:1], ())):
        if not key.startswith(phrase):
            continue
        rest = key[len(phrase) :]
        match = _DELIMITER.match(rest)
        if match:
            return phrase, rest[match.end() :], True
        if not rest or not (rest[0].isalnum() and phrase[-1].isascii()):
            return phrase, rest.strip(), False
    return None


def _table(code: str) -> Mapping[str, Any]:
    return get_language(code).table("furniture")


@cache
def _load(codes: tuple[str, ...]) -> Phrases:
    def every(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(phrase for code in codes for phrase in _table(code).get(name, ())))

    return Phrases(
        lines=frozenset(every("lines")),
        prompts=_by_start(every("prompts")),
        open_prompts=frozenset(every("open_prompts")),
        credits_=_by_start(every("credits")),
        bylines=_by_start(every("bylines")),
        sections=frozenset(every("sections")),
        brackets=regex.compile(
            rf"[(\[（【]\s?(?:{_any(every('brackets'))})(?:\s[\p{{L}}.]{{1,20}})?\s?[:：/][^()\[\]（）【】\r\n]{{0,160}}[)\]）】]",
            regex.IGNORECASE,
        ),
        inline=regex.compile(
            rf"[.!?”\")。」*][ \t\u00a0]{{0,2}}(?P<link>(?:{_any(every('open_prompts'))})\s?[:：])",
            regex.IGNORECASE,
        ),
        pattern=regex.compile("|".join(f"(?:{pattern})" for pattern in every("patterns")), regex.IGNORECASE),
    )


def _any(phrases: Iterable[str]) -> str:
    return "|".join(regex.escape(p) for p in sorted(phrases, key=len, reverse=True))


def _by_start(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases by their first two characters, longest first."""
    table: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        table.setdefault(phrase[:2], []).append(phrase)
    return {start: tuple(group) for start, group in table.items()}

"""Tables of phrases: written compactly in the language files, matched longest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from .tokens import Tokens
from .words import words_of

T = TypeVar("T")


def expand(pattern: str) -> Iterator[str]:
    """The phrases of a pattern with braces: ``{me,di}naik{,kan}`` gives four; braces do not nest."""
    head, brace, rest = pattern.partition("{")
    if not brace:
        yield pattern
        return
    choices, _, tail = rest.partition("}")
    for ending in expand(tail):
        for choice in choices.split(","):
            yield head + choice + ending


def split_outside_braces(line: str, separator: str = ",") -> list[str]:
    """Cut at separators that stand outside braces; blanks are trimmed, empty parts dropped."""
    if "{" not in line:
        return [part for raw in line.split(separator) if (part := raw.strip())]
    parts: list[str] = []
    depth = begin = 0
    for at, char in enumerate(line):
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == separator and depth == 0:
            parts.append(line[begin:at])
            begin = at + 1
    parts.append(line[begin:])
    return [part for raw in parts if (part := raw.strip())]


def phrases_in(line: str) -> Iterator[str]:
    """Every phrase of a comma-separated list, braces expanded."""
    for pattern in split_outside_braces(line):
        yield from expand(pattern)


def rows(block: str) -> Iterator[tuple[str, str]]:
    """The ``key: phrases`` lines of a block; ``#`` starts a comment line."""
    for line in block.splitlines():
        key, colon, rest = line.partition(":")
        if colon and not key.lstrip().startswith("#"):
            yield key.strip(), rest.strip()


def key_of(phrase: str) -> tuple[str, ...]:
    """The normal forms of the words of a phrase, as :func:`words_of` would cut them."""
    if phrase.isascii() and "." not in phrase:
        return tuple(phrase.lower().replace("-", " ").split())
    return tuple(word.norm for word in words_of(phrase))


class PhraseTable(Generic[T]):
    """Phrases with a value each; filled once, then only read."""

    __slots__ = ("_entries", "_longest")

    def __init__(self) -> None:
        self._entries: dict[tuple[str, ...], T] = {}
        self._longest: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, phrase: str, value: T) -> None:
        """Add a phrase; the last value given for one counts."""
        key = key_of(phrase)
        if key:
            self._entries[key] = value
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def get(self, phrase: str) -> T | None:
        """The value of exactly this phrase."""
        return self._entries.get(key_of(phrase))

    def one(self, norm: str) -> T | None:
        """The value of a one-word phrase given in its normal form."""
        return self._entries.get((norm,))

    def match(self, tokens: Tokens, i: int) -> tuple[int, T] | None:
        """The longest phrase that starts at word ``i``: where it ends, and its value."""
        norms = tokens.norms
        if i >= len(norms):
            return None
        longest = self._longest.get(norms[i], 0)
        end = i + 1
        while end < len(norms) and end - i < longest and tokens.joined[end]:
            end += 1
        while longest and end > i:
            value = self._entries.get(norms[i:end])
            if value is not None:
                return end, value
            end -= 1
        return None

"""Tables of phrases: written compactly in the language files, matched longest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from .tokens import Tokens, tokens_of

T = TypeVar("T")

_FIRST_HAN, _LAST_HAN = "\u3400", "\u9fff"


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


def phrases_in(line: str) -> Iterator[str]:
    """Every phrase of a comma-separated list, braces expanded."""
    pending = ""
    for part in line.split(","):
        # A comma inside braces cut the pattern in two: put it together again.
        pattern = f"{pending},{part}" if pending else part
        if pattern.count("{") > pattern.count("}"):
            pending = pattern
            continue
        pending = ""
        pattern = pattern.strip()
        if "{" in pattern:
            yield from expand(pattern)
        elif pattern:
            yield pattern


def rows(block: str) -> Iterator[tuple[str, str]]:
    """The ``key: phrases`` lines of a block; ``#`` starts a comment line."""
    for line in block.splitlines():
        key, colon, rest = line.partition(":")
        if colon and not key.lstrip().startswith("#"):
            yield key.strip(), rest.strip()


def key_of(phrase: str) -> tuple[str, ...]:
    """The normal forms of the words of a phrase, as :func:`tokens_of` would cut them.

    A word said twice (``kira kira``) is one word, however it is written in the language file.
    """
    if phrase.isascii() and "." not in phrase:
        words = phrase.lower().replace("-", " ").split()
        if len(words) == 1 or len(set(words)) == len(words):
            return tuple(words)
        doubled = [f"{w}-{w}" if words[i + 1 : i + 2] == [w] else w for i, w in enumerate(words)]
        return tuple(w for i, w in enumerate(doubled) if not i or doubled[i - 1] != f"{w}-{w}")
    if phrase.isalpha() and min(phrase) >= _FIRST_HAN and max(phrase) <= _LAST_HAN:
        return tuple(phrase)
    return tokens_of(phrase).norms


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
            if len(key) > self._longest.get(key[0], 0):
                self._longest[key[0]] = len(key)

    def get(self, phrase: str) -> T | None:
        """The value of exactly this phrase."""
        return self._entries.get(key_of(phrase))

    def one(self, norm: str) -> T | None:
        """The value of a one-word phrase given in its normal form."""
        return self._entries.get((norm,))

    def match(self, tokens: Tokens, i: int, norms: tuple[str, ...] | None = None) -> tuple[int, T] | None:
        """The longest phrase that starts at word ``i``: where it ends, and its value.

        ``norms`` stands in for the normal forms of the tokens, such as those without endings.
        """
        norms = tokens.norms if norms is None else norms
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

"""Words of negative meaning that are no negators: listed ones, and those with a negative affix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from ..languages import get_language, is_known
from ..matching.lexicon import UNSEEN_INFORMATION as UNSEEN
from ..matching.lexicon import information, stem
from ..matching.sides import Side
from ..types import MentionKind

AFFIXED = 6
"""Letters from which a word may have a negative affix."""


@dataclass(frozen=True, slots=True)
class NegativeLists:
    """What the table ``[polarity]`` of a language says of words with a negation inside."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    loose_prefixes: tuple[str, ...]
    """Those that count only before a known word (im-possible, but not im-age)."""
    suffixes: tuple[str, ...]
    mistaken: frozenset[str]
    """Words that only look as if they had a negative prefix (increase, information)."""
    weakening: frozenset[str]
    """Words that turn the word behind them (less clear)."""
    implying: frozenset[str]
    """Words that deny something even where they are translated (too late to, before it is)."""
    excess: frozenset[str]
    """Words that deny the infinitive behind them wherever they stand (too short for planes to land)."""
    infinitive: frozenset[str]


@cache
def negative_lists(language: str) -> NegativeLists:
    """The table of a language; empty where there is none."""
    table = get_language(language).table("polarity") if is_known(language) else {}
    return NegativeLists(
        frozenset(table.get("negative_words", ())),
        tuple(table.get("negative_prefixes", ())),
        tuple(table.get("loose_prefixes", ())),
        tuple(table.get("negative_suffixes", ())),
        frozenset(table.get("mistaken", ())),
        frozenset(table.get("weakening", ())),
        frozenset(table.get("implying", ())),
        frozenset(table.get("excess", ())),
        frozenset(table.get("infinitive", ())),
    )


def negative_words(side: Side) -> frozenset[int]:
    """Indices of the words of negative meaning: negators, listed words, negative affixes."""
    listed = negative_lists(side.language).words
    found = set(side.words_of(MentionKind.NEGATION))
    for i, word in enumerate(side.words):
        if (
            word.norm in listed
            or side.stems[i] in listed
            or _affixed(word.norm, side.stems[i], side.language)
        ):
            found.add(i)
    return frozenset(found)


def implying_words(side: Side) -> frozenset[int]:
    """Indices of the words that deny something even where they are translated, such as "until"."""
    return _indices(side, negative_lists(side.language).implying)


def weakening_words(side: Side) -> frozenset[int]:
    """Indices of the words that turn the word behind them, such as "less" before "clear"."""
    return _indices(side, negative_lists(side.language).weakening)


def _indices(side: Side, words: frozenset[str]) -> frozenset[int]:
    return frozenset(i for i, word in enumerate(side.words) if word.norm in words)


@lru_cache(maxsize=65536)
def _affixed(norm: str, stemmed: str, language: str) -> bool:
    """Whether a word is another word with a negative affix (unsafe, hopeless), not just spelled like one."""
    table = negative_lists(language)
    if len(norm) < AFFIXED or norm in table.mistaken or stemmed in table.mistaken:
        return False
    if norm.endswith(table.suffixes) or norm.startswith(table.prefixes):
        return True
    return any(
        norm.startswith(prefix) and information(stem(norm[len(prefix) :], language), language) < UNSEEN
        for prefix in table.loose_prefixes
    )

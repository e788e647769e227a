"""Affix rules of a language: which stems a word may have. Candidates only, never a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..languages import get_language, is_known


@dataclass(frozen=True, slots=True)
class Morphology:
    """The affixes of one language, as ``(affix, replacement)``."""

    prefixes: tuple[tuple[str, str], ...] = ()
    suffixes: tuple[tuple[str, str], ...] = ()
    minimum_stem: int = 4
    double_consonants: bool = False

    @classmethod
    def parse(cls, table: Mapping[str, Any]) -> Morphology:
        """Read the ``[morphology]`` table of a language file."""
        return cls(
            prefixes=tuple((a, b) for a, b in table.get("prefixes", ())),
            suffixes=tuple((a, b) for a, b in table.get("suffixes", ())),
            minimum_stem=int(table.get("minimum_stem", 4)),
            double_consonants=bool(table.get("double_consonants", False)),
        )

    def candidates(self, word: str) -> tuple[str, ...]:
        """Possible stems of ``word`` (lower case), fewest changes first; ``word`` itself is left out."""
        ends = [word, *self._without_suffix(word)]
        found = [*ends[1:]]
        for end in ends:
            found.extend(self._without_prefix(end))
        return tuple(dict.fromkeys(c for c in found if c != word and len(c) >= self.minimum_stem))

    def _without_suffix(self, word: str) -> Iterator[str]:
        for affix, replacement in self.suffixes:
            if not word.endswith(affix) or len(word) - len(affix) < self.minimum_stem - 1:
                continue
            stem = word[: -len(affix)] + replacement
            yield stem
            if self.double_consonants and len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]  # running, bigger

    def _without_prefix(self, word: str) -> Iterator[str]:
        for affix, replacement in self.prefixes:
            if word.startswith(affix) and len(word) - len(affix) >= self.minimum_stem - 1:
                yield replacement + word[len(affix) :]


@cache
def morphology_of(language: str) -> Morphology:
    """The affix rules of ``language``; none for a language without a file."""
    return (
        Morphology.parse(get_language(language).table("morphology")) if is_known(language) else Morphology()
    )

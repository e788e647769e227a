"""Opposites across languages at run time: which words of one language deny what a word of another says.

Made by ``training/antonyms.py`` from WordNet and the dictionaries. A pair found in it is a hint with a
certainty, never a proof: most words have more than one sense.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from .lexicon import macro_of

OPPOSITES = "antonyms.tsv"
_Table = dict[str, dict[str, float]]


def antonyms(stemmed: str, language: str, other: str) -> Mapping[str, float]:
    """Stems of ``other`` that are opposites of ``stemmed``, with a certainty in (0, 1]; empty if none is known."""
    return _tables().get((macro_of(language), macro_of(other)), {}).get(stemmed, {})


@cache
def _tables() -> Mapping[tuple[str, str], _Table]:
    """The pairs by language and word, in both directions. Without the file there are none."""
    path = resources.files(__package__).joinpath(OPPOSITES)
    if not path.is_file():
        return {}
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    first, second = head.removeprefix("# ").split("\t")
    there: _Table = {}
    back: _Table = {}
    for line in lines:
        word, others = line.split("\t")
        for entry in others.split(" "):
            other, certainty = entry.rsplit(":", 1)
            there.setdefault(word, {})[other] = int(certainty) / 100
            back.setdefault(other, {})[word] = int(certainty) / 100
    return {(first, second): there, (second, first): back}

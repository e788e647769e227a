"""The alignment lexicon at run time: stems, translations and how much a word tells.

Made by ``training/lexicon.py`` from parallel text (IBM Model 1, both directions). It is read word by
word from SQLite, so opening it costs nothing; a word is looked up once per process.
"""

from __future__ import annotations

import sqlite3
from functools import cache, lru_cache
from importlib import resources

from ..errors import CheckerError
from ..languages import get_language, is_known
from .morphology import morphology_of

PIVOT, SECOND_PIVOT = "en", "ms"
"""The language that every table translates from or to, and the macro language with the largest table."""
UNSEEN_INFORMATION = 9.0
"""Nats given to a word the training text did not hold: about one sentence in eight thousand."""
STRONG_TRANSLATION = 0.3
"""Model 1 weights (geometric mean of both directions; stored in thousandths) from here on count as certain."""


@cache
def _store() -> sqlite3.Connection:
    path = resources.files(__package__).joinpath("lexicon.sqlite")
    if not path.is_file():
        raise CheckerError("the alignment lexicon is missing from the installation", "install misquote again")
    # immutable: package data; no lock file is written beside it, and threads may share it.
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@lru_cache(maxsize=64)
def macro_of(language: str) -> str:
    """The macro language whose tables serve ``language``."""
    return get_language(language).macro if is_known(language) else language


def pivot_of(language: str) -> str:
    """The language through which synonyms of ``language`` are found."""
    return SECOND_PIVOT if macro_of(language) == PIVOT else PIVOT


@lru_cache(maxsize=65536)
def stem(norm: str, language: str) -> str:
    """The stem of a normalised word.

    A word the training text did not hold takes the stem of the first affix candidate that it did.
    """
    macro = macro_of(language)
    known = _known_stem(norm, macro)
    if known is not None:
        return known
    if _information(norm, macro) is not None:
        return norm
    for candidate in morphology_of(language).candidates(norm):
        found = _known_stem(candidate, macro)
        if found is not None:
            return found
        if _information(candidate, macro) is not None:
            return candidate
    return norm


def _known_stem(norm: str, macro: str) -> str | None:
    row = _store().execute("SELECT stem FROM stem WHERE language=? AND word=?", (macro, norm)).fetchone()
    return None if row is None else str(row[0])


def _information(stemmed: str, macro: str) -> float | None:
    row = (
        _store()
        .execute("SELECT idf FROM information WHERE language=? AND stem=?", (macro, stemmed))
        .fetchone()
    )
    return None if row is None else int(row[0]) / 100


@lru_cache(maxsize=65536)
def information(stemmed: str, language: str) -> float:
    """How much a stem tells, in nats: near 0 for function words, 9 for words never seen."""
    found = _information(stemmed, macro_of(language))
    return UNSEEN_INFORMATION if found is None else found


@lru_cache(maxsize=65536)
def translations(stemmed: str, language: str, other: str) -> dict[str, float]:
    """Stems of ``other`` that translate ``stemmed``, with a certainty in (0, 1]; empty if none is known."""
    rows = _store().execute(
        "SELECT other, weight FROM translation WHERE pair=? AND word=?",
        (f"{macro_of(language)}-{macro_of(other)}", stemmed),
    )
    return {str(word): min(1.0, int(weight) / 1000 / STRONG_TRANSLATION) for word, weight in rows}

"""What differs by language, as data: one TOML file per language, one entry in ``LANGUAGES``.

A stage reads only its own tables of the file and turns them into its own frozen record
(``checker.reading.detection``, ``checker.quotations.lexicon``, ``checker.matching.vocabulary``),
so that code never branches on a language code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from ..errors import LanguageError

LANGUAGES: tuple[str, ...] = ("en", "id", "ms", "zh")
"""Languages with a data file, best supported first."""

UNDETERMINED = "und"


@dataclass(frozen=True, slots=True)
class Language:
    """One language file: its identity, and the raw tables that the stages parse."""

    code: str
    name: str
    macro: str
    """Languages of one macro group are matched as one (Indonesian and Malay)."""
    tables: Mapping[str, Any]

    def table(self, name: str) -> Mapping[str, Any]:
        """The top-level table ``name`` of the file, empty when it is not there."""
        found = self.tables.get(name, {})
        return found if isinstance(found, Mapping) else {}


@lru_cache(maxsize=256)
def primary(code: str) -> str:
    """The primary subtag in lower case: ``zh-Hans`` gives ``zh``, ``in`` (old Indonesian) ``id``."""
    tag = code.replace("_", "-").split("-")[0].strip().lower()
    return {"in": "id", "may": "ms", "zsm": "ms", "ind": "id", "eng": "en", "zho": "zh", "cmn": "zh"}.get(
        tag, tag
    )


def is_known(code: str) -> bool:
    """Whether there is a data file for this language."""
    return primary(code) in LANGUAGES


@cache
def get_language(code: str) -> Language:
    """The data of one language.

    Raises:
        LanguageError: there is no file for it.
    """
    tag = primary(code)
    if tag not in LANGUAGES:
        raise LanguageError(
            f"unknown language {code!r}",
            f"use one of {', '.join(LANGUAGES)}, or leave --lang out to have it detected",
        )
    raw = resources.files(__package__).joinpath(f"{tag}.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(raw)
    return Language(code=tag, name=tables["name"], macro=tables["macro"], tables=tables)


def same_macro(a: str, b: str) -> bool:
    """Whether two languages are matched as one (equal, or of one macro group)."""
    left, right = primary(a), primary(b)
    if left == right:
        return True
    return is_known(left) and is_known(right) and get_language(left).macro == get_language(right).macro

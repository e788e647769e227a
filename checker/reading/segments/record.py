"""What every file of segments gives: a translation beside its source."""

from __future__ import annotations

from dataclasses import dataclass

from ...types import Problem
from ..detection import declared_language

MAX_SEGMENT = 100_000
"""The longest text of one side in code points; a longer one is reported and left out."""
UNDETERMINED = frozenset({"", "und", "mul", "zxx", "*all*", "*none*"})


@dataclass(frozen=True, slots=True)
class Segment:
    """One pair of texts; both are judged as wholes."""

    id: str
    quote: str
    """The translation, without markup, on one line."""
    source: str
    quote_language: str | None = None
    """None is detected."""
    source_language: str | None = None
    speaker: str | None = None
    source_speaker: str | None = None
    line: int | None = None
    """Where it begins in the file."""


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A segment that has no translation yet, or is not to have one; there is nothing to compare."""

    id: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the caller knows better than the file."""

    quote_language: str | None = None
    source_language: str | None = None
    quote_column: str | None = None
    """Name or number (from 1) of the column with the translations."""
    source_column: str | None = None


Item = Segment | Untranslated | Problem


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def language_of(code: str | None) -> str | None:
    """A language tag as the stages have it; None where the file leaves it open.

    Raises:
        LanguageError: it is no language.
    """
    tag = (code or "").strip().replace("_", "-")
    return None if tag.lower() in UNDETERMINED else declared_language(tag)

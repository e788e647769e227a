"""Words of a text by place and by value: spans, comments, and the typed mentions that are compared.

Part of :mod:`checker.types`, from which everything here is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The same span, moved ``by`` code points to the right."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a document that is addressed to misquote."""

    text: str
    """What follows ``misquote:``, on one line."""
    line: int
    """Of the file, from 1."""
    paragraph: Span | None
    """The part of the article's text it counts for; None where nothing follows it."""


class MentionKind(StrEnum):
    """The kinds of words whose value can be compared."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    MODAL = "modal"
    QUANTIFIER = "quantifier"
    CONDITION = "condition"
    DIRECTION = "direction"


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A number by value. ``readings`` holds more than one where the notation is ambiguous (1.500)."""

    readings: tuple[Decimal, ...]
    unit: str | None = None
    """Canonical unit: ``percent``, ``percentage-point``, ``km``, ``USD``, ``person`` ...; None if bare."""
    scale: str | None = None
    """The scale word used, canonical (``million``), already multiplied into ``readings``."""
    ordinal: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class DateValue:
    """A calendar reference; the parts that were not said are None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """Monday is 0."""
    relative: str | None = None
    """Such as ``+1 month`` (next month), ``-1 day`` (yesterday), ``0 day`` (today)."""
    clock: str | None = None
    """Such as ``13:00``."""
    half_known: bool = False
    """Whether the half of the day is known for the clock time: ``4 pm``, ``16:00``, but not ``four o'clock``."""
    counted_from: DateValue | None = None
    """The day on which a relative time was said, where its text gives it."""


@dataclass(frozen=True, slots=True)
class NameValue:
    """A proper name with the identities it may stand for."""

    identities: frozenset[str]
    """Language-free keys: ``place:UA``, ``place:europe``, ``org:un``, else ``name:<ascii folded>``."""
    type: str
    """``place``, ``organisation``, ``person`` or ``other``."""


@dataclass(frozen=True, slots=True)
class NegationValue:
    """A negator. ``lexical`` marks words that carry a negation inside (fail, without, gagal)."""

    word: str
    lexical: bool = False


@dataclass(frozen=True, slots=True)
class ModalValue:
    """A modal. ``force`` is a rung of the ladder."""

    force: str
    """``possibility``, ``ability``, ``permission``, ``recommendation``, ``intention``, ``certainty`` or ``necessity``."""
    rank: int
    """Rung on the ladder of commitment, 1 (may) to 6 (must)."""


@dataclass(frozen=True, slots=True)
class DirectionValue:
    """A word that stands at one end of an axis (stronger / weaker)."""

    axis: str
    pole: int
    """+1 or -1."""

    def opposes(self, other: object) -> bool:
        """Whether ``other`` stands at the other end of the same axis."""
        return isinstance(other, DirectionValue) and self.axis == other.axis and self.pole != other.pole


@dataclass(frozen=True, slots=True)
class TermValue:
    """A word compared by its canonical key: quantifiers (``all``, ``most``), conditions (``if``)."""

    key: str


MentionValue = NumberValue | DateValue | NameValue | NegationValue | ModalValue | DirectionValue | TermValue


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text whose value can be compared with that of other words."""

    kind: MentionKind
    span: Span
    """Into the text the mention was found in."""
    value: MentionValue

"""The small parts of a date: a day with its suffix, a month name, a year after a comma."""

from __future__ import annotations

from ..types import DateValue
from .tokens import Tokens
from .vocabulary import DateWord, Vocabulary

FIRST_YEAR, LAST_YEAR = 1900, 2100
OLDEST_YEAR = 1700
"""Beside a month, or with its mark, a number this low is still a year."""
_COMMA_GAPS = frozenset((" ", ", ", " (", "(", " - ", "\u00a0", ", (", "，"))
_DASHES = frozenset(("", "-", "–", "—", "‑"))

Parsed = tuple[int, DateValue]


def word_at(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, DateWord] | None:
    """The date word or phrase that starts at word ``i``."""
    return vocabulary.dates.match(tokens, i) if i < len(tokens) else None


def role_at(tokens: Tokens, i: int, vocabulary: Vocabulary) -> str:
    """The role of word ``i`` in the date grammar; empty when it has none."""
    found = vocabulary.dates.one(tokens.norm(i))
    return found.role if found else ""


def number_at(tokens: Tokens, i: int, low: int, high: int) -> int | None:
    """The plain whole number at word ``i`` when it lies in range."""
    text = tokens.words[i].text if 0 <= i < len(tokens) else ""
    if not text.isdecimal() or len(text) > 4:
        return None
    value = int(text)
    return value if low <= value <= high else None


def near(tokens: Tokens, i: int) -> bool:
    """Whether word ``i`` follows the one before as the parts of a date do (space, comma, bracket)."""
    return 0 < i < len(tokens) and (tokens.gap(i) in _COMMA_GAPS or tokens.touches(i))


def year_after(tokens: Tokens, i: int) -> int | None:
    """The four digits of a year at word ``i``, when it follows closely."""
    return (
        number_at(tokens, i, OLDEST_YEAR, LAST_YEAR)
        if near(tokens, i) and len(tokens.words[i].text) == 4
        else None
    )


def day_end(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """A day of the month at word ``i``, its ordinal suffix included: the word after it, the day."""
    day = number_at(tokens, i, 1, 31) if i < len(tokens) and len(tokens.words[i].text) <= 2 else None
    if day is None:
        return None
    end = i + 1
    if tokens.touches(end):
        if tokens.norms[end] not in vocabulary.number_lists["ordinal_suffix"]:
            return None
        end += 1
    return end, day


def days_end(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Like :func:`day_end`, for ``9-11`` too: the word after the last day, the first day."""
    first = day_end(tokens, i, vocabulary)
    if first is None or first[0] >= len(tokens) or tokens.gap(first[0]).strip() not in _DASHES:
        return first
    last = day_end(tokens, first[0], vocabulary) if tokens.gap(first[0]).strip() else None
    return (last[0], first[1]) if last and last[1] > first[1] else first


def month_at(
    tokens: Tokens, i: int, vocabulary: Vocabulary, *, beside_number: bool
) -> tuple[int, int] | None:
    """A month name at word ``i``; the open ones (May, Mar) only beside a number."""
    found = word_at(tokens, i, vocabulary)
    if found is None:
        return None
    end, word = found
    if word.role == "month" and (vocabulary.compact or tokens.capitalised(i) or beside_number):
        return end, word.value
    if beside_number and word.role in ("weak-month", "short-month") and tokens.capitalised(i):
        return end, word.value
    return None


def month_after(tokens: Tokens, end: int, day: int, vocabulary: Vocabulary) -> Parsed | None:
    """The month, and perhaps the year, after a day: ``13 [of] June [2023]``."""
    at = end
    if tokens.norm(at) in vocabulary.number_lists["fraction_of"]:
        at += 1
    if at >= len(tokens) or not tokens.joined[at]:
        return None
    month = month_at(tokens, at, vocabulary, beside_number=True)
    if month is None:
        return None
    year = year_after(tokens, month[0])
    return month[0] + (year is not None), DateValue(year=year, month=month[1], day=day)

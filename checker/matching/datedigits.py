"""Dates in digits: ``13/6/2023``, ``2022-02-24``, ``2022年2月24日``, ``2022``."""

from __future__ import annotations

import re

from ..types import DateValue
from .dateparts import (
    FIRST_YEAR,
    LAST_YEAR,
    OLDEST_YEAR,
    Parsed,
    days_end,
    month_after,
    number_at,
    role_at,
)
from .tokens import Tokens
from .vocabulary import Vocabulary

_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?")
_ISO = re.compile(r"(19|20)\d\d[/.]\d{1,2}[/.]\d{1,2}")


def digits_at(tokens: Tokens, i: int, vocabulary: Vocabulary, *, bare_year: bool = True) -> Parsed | None:
    """The date in digits that starts at word ``i``; ``bare_year`` allows a year on its own."""
    if i >= len(tokens) or not tokens.words[i].text[0].isdecimal():
        return None
    marked = _marked(tokens, i, vocabulary)
    if marked is not None:
        return marked
    day = days_end(tokens, i, vocabulary)
    if day is not None:
        dated = month_after(tokens, day[0], day[1], vocabulary)
        if dated is not None:
            return dated
    numeric = _numeric(tokens, i, vocabulary)
    if numeric is not None or not bare_year:
        return numeric
    return _bare_year(tokens, i, vocabulary)


def _marked(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Parsed | None:
    """Numbers each followed by its mark (2022年2月24日)."""
    value, at = DateValue(), i
    for role, low, high in (("year", OLDEST_YEAR, LAST_YEAR), ("month", 1, 12), ("day", 1, 31)):
        number = number_at(tokens, at, low, high)
        if (
            number is None
            or role_at(tokens, at + 1, vocabulary) != f"{role}-mark"
            or not tokens.joined[at + 1]
        ):
            continue
        if at > i and not tokens.joined[at]:
            break
        year, month, day = value.year, value.month, value.day
        value = DateValue(
            year=number if role == "year" else year,
            month=number if role == "month" else month,
            day=number if role == "day" else day,
        )
        at += 2
    return (at, value) if at > i else None


def _numeric(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Parsed | None:
    """``13/6``, ``13/6/2023``, ``2022-02-24``; the order of day and month as in the language."""
    text = tokens.words[i].text
    if tokens.hyphenated(i + 1) and tokens.hyphenated(i + 2):
        year, month, day = (
            number_at(tokens, i, 1900, 2100),
            number_at(tokens, i + 1, 1, 12),
            number_at(tokens, i + 2, 1, 31),
        )
        if year and month and day:
            return i + 3, DateValue(year=year, month=month, day=day)
    if _ISO.fullmatch(text):
        year, month, day = (int(part) for part in re.split(r"[/.]", text))
        return (
            (i + 1, DateValue(year=year, month=month, day=day))
            if 1 <= month <= 12 and 1 <= day <= 31
            else None
        )
    match = _NUMERIC.fullmatch(text)
    if match is None or ("/" not in text and text.count(".") < 2) or ("/" in text and "." in text):
        return None
    first, second = int(match[1]), int(match[2])
    year_text = match[3]
    bracketed = "(" in tokens.gap(i) or (
        i and role_at(tokens, i - 1, vocabulary).endswith(("weekday", "lead"))
    )
    if year_text is None and not bracketed:
        return None
    day_first = vocabulary.day_first if max(first, second) <= 12 else first > 12
    if day_first is None:
        return None
    day, month = (first, second) if day_first else (second, first)
    year = int(year_text) + (2000 if len(year_text) == 2 else 0) if year_text else None
    return (
        (i + 1, DateValue(year=year, month=month, day=day)) if 1 <= month <= 12 and 1 <= day <= 31 else None
    )


def _bare_year(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Parsed | None:
    text = tokens.words[i].text
    year = number_at(tokens, i, FIRST_YEAR, LAST_YEAR) if len(text) == 4 else None
    if year is None:
        return None
    before = tokens.text[max(0, tokens.words[i].span.start - 1) : tokens.words[i].span.start]
    if before in ("$", "€", "£", "#", "@", "/", "_") or tokens.norm(i - 1) in vocabulary.unit_prefixes:
        return None
    if tokens.touches(i + 1) or tokens.hyphenated(i + 1):
        if tokens.norms[i + 1] in vocabulary.date_lists["decade_tail"]:
            return (i + 2, DateValue(relative=f"{year}s")) if year % 10 == 0 else None
        if tokens.touches(i + 1) and not vocabulary.compact:
            return None
    follows = i + 1 < len(tokens) and tokens.joined[i + 1]
    if follows and (vocabulary.units.match(tokens, i + 1) or _multiplies(tokens.norms[i + 1], vocabulary)):
        return None
    if tokens.text[tokens.words[i].span.end :][:2].lstrip()[:1] in ("%", "€", "$"):
        return None
    lead = tokens.joined[i] and tokens.norm(i - 1) in vocabulary.date_lists["lead"]
    lead = lead or role_at(tokens, i - 1, vocabulary).endswith("month")
    if not lead and year % 100 == 0:
        return None
    return i + 1, DateValue(year=year)


def _multiplies(norm: str, vocabulary: Vocabulary) -> bool:
    found = vocabulary.numbers.one(norm)
    return found is not None and found.role in ("scale", "times", "count")

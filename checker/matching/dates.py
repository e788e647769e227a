"""Calendar references: weekdays, days, months, years, "next month", clock times.

A word that is also another word (May, March, Minggu) counts only beside something that makes it a
date; in doubt there is no mention.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..types import DateValue, Mention, MentionKind
from .tokens import Tokens
from .vocabulary import DateWord, Vocabulary

_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?")
_ISO = re.compile(r"(19|20)\d\d[/.]\d{1,2}[/.]\d{1,2}")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?::[0-5]\d)?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_COMMA_GAPS = frozenset((" ", ", ", " (", "(", " - ", "\u00a0", ", (", "，"))

_DASHES = frozenset(("", "-", "–", "—", "‑"))

Parsed = tuple[int, DateValue]
Found = tuple[int, Mention]


def date_at(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Found | None:
    """The date that starts at word ``i``: the word after it, and its mention; None when there is none."""
    parsed = _clock(tokens, i, vocabulary) or _worded(tokens, i, vocabulary) or _digits(tokens, i, vocabulary)
    if parsed is None:
        return None
    end, value = parsed
    return end, Mention(MentionKind.DATE, tokens.span(i, end), value)


def _word(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, DateWord] | None:
    return vocabulary.dates.match(tokens, i) if i < len(tokens) else None


def _role(tokens: Tokens, i: int, vocabulary: Vocabulary) -> str:
    found = vocabulary.dates.one(tokens.norm(i))
    return found.role if found else ""


def _number(tokens: Tokens, i: int, low: int, high: int) -> int | None:
    """The plain whole number at word ``i`` when it lies in range."""
    text = tokens.words[i].text if 0 <= i < len(tokens) else ""
    if not text.isdecimal() or len(text) > 4:
        return None
    value = int(text)
    return value if low <= value <= high else None


def _near(tokens: Tokens, i: int) -> bool:
    """Whether word ``i`` follows the one before as the parts of a date do (space, comma, bracket)."""
    return 0 < i < len(tokens) and (tokens.gap(i) in _COMMA_GAPS or tokens.touches(i))


def _year_after(tokens: Tokens, i: int) -> int | None:
    return (
        _number(tokens, i, _FIRST_YEAR - 200, _LAST_YEAR)
        if _near(tokens, i) and len(tokens.words[i].text) == 4
        else None
    )


def _day_end(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """A day of the month at word ``i``, its ordinal suffix included: the word after it, the day."""
    day = _number(tokens, i, 1, 31) if i < len(tokens) and len(tokens.words[i].text) <= 2 else None
    if day is None:
        return None
    end = i + 1
    if tokens.touches(end):
        if tokens.norms[end] not in vocabulary.number_lists["ordinal_suffix"]:
            return None
        end += 1
    return end, day


def _days_end(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Like :func:`_day_end`, for ``9-11`` too: the word after the last day, the first day."""
    first = _day_end(tokens, i, vocabulary)
    if first is None or first[0] >= len(tokens) or tokens.gap(first[0]).strip() not in _DASHES:
        return first
    last = _day_end(tokens, first[0], vocabulary) if tokens.gap(first[0]).strip() else None
    return (last[0], first[1]) if last and last[1] > first[1] else first


def _month_at(
    tokens: Tokens, i: int, vocabulary: Vocabulary, *, beside_number: bool
) -> tuple[int, int] | None:
    """A month name at word ``i``; the open ones (May, Mar) only beside a number."""
    found = _word(tokens, i, vocabulary)
    if found is None:
        return None
    end, word = found
    if word.role == "month" and (vocabulary.compact or tokens.capitalised(i) or beside_number):
        return end, word.value
    if beside_number and word.role in ("weak-month", "short-month") and tokens.capitalised(i):
        return end, word.value
    return None


def _worded(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Parsed | None:
    found = _word(tokens, i, vocabulary)
    if found is None:
        return None
    end, word = found
    if word.role == "relative":
        weak = _role(tokens, i, vocabulary) == "weak-weekday" and tokens.capitalised(i)
        return None if weak else (end, DateValue(relative=word.text))
    if word.role in ("weekday", "weak-weekday"):
        return _weekday(tokens, i, end, word, vocabulary)
    if word.role.endswith("month"):
        return _month_first(tokens, i, end, word, vocabulary)
    if word.role == "day-lead" and (day := _day_end(tokens, end, vocabulary)):
        return _month_after(tokens, day[0], day[1], vocabulary) or (day[0], DateValue(day=day[1]))
    if word.role == "noon":
        return end, DateValue(clock=f"{word.value:02d}:00")
    return None


def _weekday(tokens: Tokens, i: int, end: int, word: DateWord, vocabulary: Vocabulary) -> Parsed | None:
    full = end < len(tokens) and _near(tokens, end)
    rest = _digits(tokens, end, vocabulary, bare_year=False) if full else None
    if rest is None and full:
        rest = _worded_month(tokens, end, vocabulary)
    dated = rest is not None and (rest[1].day is not None)
    if word.role == "weak-weekday" and not dated and (not tokens.capitalised(i) or tokens.starts[i]):
        return None
    if not (vocabulary.compact or tokens.capitalised(i) or dated or end - i > 1):
        return None
    if rest is not None and dated:
        return rest[0], replace(rest[1], weekday=word.value)
    return end, DateValue(weekday=word.value)


def _worded_month(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Parsed | None:
    found = _word(tokens, i, vocabulary)
    if found is None or not found[1].role.endswith("month"):
        return None
    return _month_first(tokens, i, found[0], found[1], vocabulary)


def _month_first(tokens: Tokens, i: int, end: int, word: DateWord, vocabulary: Vocabulary) -> Parsed | None:
    """``June 13, 2023``, ``June 2023``, ``June``."""
    sure = word.role == "month" or tokens.capitalised(i)
    day = _days_end(tokens, end, vocabulary) if sure and end < len(tokens) and tokens.joined[end] else None
    if day is not None:
        year = _year_after(tokens, day[0])
        return day[0] + (year is not None), DateValue(year=year, month=word.value, day=day[1])
    year = _year_after(tokens, end)
    if year is not None and sure:
        return end + 1, DateValue(year=year, month=word.value)
    if word.role == "month" and (vocabulary.compact or tokens.capitalised(i)):
        return end, DateValue(month=word.value)
    if word.role == "weak-month" and tokens.capitalised(i) and not tokens.starts[i]:
        lead = tokens.norm(i - 1) in vocabulary.date_lists["month_lead"] and tokens.joined[i]
        return (end, DateValue(month=word.value)) if lead and not tokens.capitalised(end) else None
    return None


def _month_after(tokens: Tokens, end: int, day: int, vocabulary: Vocabulary) -> Parsed | None:
    """The month, and perhaps the year, after a day: ``13 [of] June [2023]``."""
    at = end
    if tokens.norm(at) in vocabulary.number_lists["fraction_of"]:
        at += 1
    if at >= len(tokens) or not tokens.joined[at]:
        return None
    month = _month_at(tokens, at, vocabulary, beside_number=True)
    if month is None:
        return None
    year = _year_after(tokens, month[0])
    return month[0] + (year is not None), DateValue(year=year, month=month[1], day=day)


def _digits(tokens: Tokens, i: int, vocabulary: Vocabulary, *, bare_year: bool = True) -> Parsed | None:
    if i >= len(tokens) or not tokens.words[i].text[0].isdecimal():
        return None
    marked = _marked(tokens, i, vocabulary)
    if marked is not None:
        return marked
    day = _days_end(tokens, i, vocabulary)
    if day is not None:
        dated = _month_after(tokens, day[0], day[1], vocabulary)
        if dated is not None:
            return dated
    numeric = _numeric(tokens, i, vocabulary)
    if numeric is not None or not bare_year:
        return numeric
    return _bare_year(tokens, i, vocabulary)


def _marked(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Parsed | None:
    """Numbers each followed by its mark (2022年2月24日)."""
    value, at = DateValue(), i
    for role, low, high in (("year", _FIRST_YEAR - 200, _LAST_YEAR), ("month", 1, 12), ("day", 1, 31)):
        number = _number(tokens, at, low, high)
        if number is None or _role(tokens, at + 1, vocabulary) != f"{role}-mark" or not tokens.joined[at + 1]:
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
            _number(tokens, i, 1900, 2100),
            _number(tokens, i + 1, 1, 12),
            _number(tokens, i + 2, 1, 31),
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
    bracketed = "(" in tokens.gap(i) or (i and _role(tokens, i - 1, vocabulary).endswith(("weekday", "lead")))
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
    year = _number(tokens, i, _FIRST_YEAR, _LAST_YEAR) if len(text) == 4 else None
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
    lead = lead or _role(tokens, i - 1, vocabulary).endswith("month")
    if not lead and year % 100 == 0:
        return None
    return i + 1, DateValue(year=year)


def _multiplies(norm: str, vocabulary: Vocabulary) -> bool:
    found = vocabulary.numbers.one(norm)
    return found is not None and found.role in ("scale", "times", "count")


def _clock(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Parsed | None:
    """``13:00``, ``1 pm``, ``pukul 13.00``, ``jam 3 sore``."""
    led = tokens.norm(i) in vocabulary.date_lists["clock_lead"]
    at = i + 1 if led else i
    if at >= len(tokens) or (led and not tokens.joined[at]):
        return None
    text = tokens.words[at].text
    match = _CLOCK.fullmatch(text)
    if match:
        hour, minute = int(match[1]), match[2]
    elif text.isdecimal() and len(text) <= 2 and int(text) <= 24:
        hour, minute = int(text), "00"
    else:
        return None
    end = at + 1
    after = (
        _role(tokens, end, vocabulary)
        if end < len(tokens) and (tokens.joined[end] or tokens.touches(end))
        else ""
    )
    if after == "oclock":
        end += 1
        after = _role(tokens, end, vocabulary) if end < len(tokens) and tokens.joined[end] else ""
        led = True
    plain_colon = bool(match) and ":" in text
    if not (led or plain_colon or after in ("am", "pm")):
        return None
    if after in ("am", "pm"):
        end += 1
        hour = _twelve(hour, after)
    return end, DateValue(clock=f"{hour:02d}:{minute}")


def _twelve(hour: int, half: str) -> int:
    if half == "pm":
        return hour + 12 if hour < 12 else hour
    return 0 if hour == 12 else hour

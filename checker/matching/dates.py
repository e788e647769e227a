"""Calendar references: weekdays, days, months, years, "next month", clock times.

A word that is also another word (May, March, Minggu) counts only beside something that makes it a
date; in doubt there is no mention.
"""

from __future__ import annotations

from dataclasses import replace

from ..types import DateValue, Mention, MentionKind
from .clocks import clock_at
from .datedigits import digits_at
from .dateparts import Parsed, day_end, days_end, month_after, near, role_at, word_at, year_after
from .tokens import Tokens
from .vocabulary import DateWord, Vocabulary

Found = tuple[int, Mention]


def date_at(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Found | None:
    """The date that starts at word ``i``: the word after it, and its mention; None when there is none."""
    parsed = (
        clock_at(tokens, i, vocabulary) or _worded(tokens, i, vocabulary) or digits_at(tokens, i, vocabulary)
    )
    if parsed is None:
        return None
    end, value = parsed
    return end, Mention(MentionKind.DATE, tokens.span(i, end), value)


def _worded(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Parsed | None:
    found = word_at(tokens, i, vocabulary)
    if found is None:
        return None
    end, word = found
    if word.role == "relative":
        weak = role_at(tokens, i, vocabulary) == "weak-weekday" and tokens.capitalised(i)
        return None if weak else (end, DateValue(relative=word.text))
    if word.role == "relative-weekday":
        weekday, _, relative = word.text.partition(" ")
        return end, DateValue(weekday=int(weekday), relative=relative)
    if word.role in ("weekday", "weak-weekday"):
        return _weekday(tokens, i, end, word, vocabulary)
    if word.role.endswith("month"):
        return _month_first(tokens, i, end, word, vocabulary)
    if word.role == "day-lead" and (day := day_end(tokens, end, vocabulary)):
        return month_after(tokens, day[0], day[1], vocabulary) or (day[0], DateValue(day=day[1]))
    if word.role == "noon":
        return end, DateValue(clock=f"{word.value:02d}:00", half_known=True)
    return None


def _weekday(tokens: Tokens, i: int, end: int, word: DateWord, vocabulary: Vocabulary) -> Parsed | None:
    full = end < len(tokens) and near(tokens, end)
    rest = digits_at(tokens, end, vocabulary, bare_year=False) if full else None
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
    found = word_at(tokens, i, vocabulary)
    if found is None or not found[1].role.endswith("month"):
        return None
    return _month_first(tokens, i, found[0], found[1], vocabulary)


def _month_first(tokens: Tokens, i: int, end: int, word: DateWord, vocabulary: Vocabulary) -> Parsed | None:
    """``June 13, 2023``, ``June 2023``, ``June``."""
    sure = word.role == "month" or tokens.capitalised(i)
    beside = end < len(tokens) and (
        tokens.joined[end] or (word.role == "short-month" and tokens.gap(end) == ". ")
    )
    day = days_end(tokens, end, vocabulary) if sure and beside else None
    if day is not None:
        year = year_after(tokens, day[0])
        return day[0] + (year is not None), DateValue(year=year, month=word.value, day=day[1])
    year = year_after(tokens, end)
    if year is not None and sure:
        return end + 1, DateValue(year=year, month=word.value)
    if word.role == "month" and (vocabulary.compact or tokens.capitalised(i)):
        return end, DateValue(month=word.value)
    if word.role == "weak-month" and tokens.capitalised(i) and not tokens.starts[i]:
        lead = tokens.norm(i - 1) in vocabulary.date_lists["month_lead"] and tokens.joined[i]
        return (end, DateValue(month=word.value)) if lead and not tokens.capitalised(end) else None
    return None

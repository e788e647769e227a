"""Clock times, in digits or in words: ``13:00``, ``half past four``, ``pukul setengah lima``, ``下午三点半``.

How a language says them is in its file: patterns of words with ``H`` for the hour and ``M`` for the minutes.
"""

from __future__ import annotations

import re

from ..types import DateValue
from .dateparts import Parsed, role_at, word_at
from .numberwords import read_small
from .numberwords import role_at as number_role_at
from .tokens import Tokens
from .vocabulary import ClockPattern, Vocabulary

_DIGITS = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?::[0-5]\d)?")
_HALF_DAY, _DAY = 12 * 60, 24 * 60
_CONTINUES = frozenset(("times", "scale", "teen", "atom", "group", "plural", "part", "count", "ordinal"))
"""Number words behind an hour that make it another number."""

Said = tuple[int, int, int, bool]
"""The word after a clock time, its hour, the minutes to add to it, and whether the words alone tell it."""


def clock_at(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Parsed | None:
    """The clock time that starts at word ``i``.

    ``4.30`` or ``four`` is one only beside a word for the clock (``pukul``) or for a part of the day (``am``).
    """
    at, led, part = _opened(tokens, i, vocabulary)
    if at >= len(tokens) or (at > i and not tokens.joined[at]):
        return None
    said = _digits(tokens, at) or _worded(tokens, at, vocabulary)
    if said is None:
        return None
    end, hour, minutes, plain = said
    strong = False
    if part is None:
        end, part, strong = _day_part(tokens, end, hour, vocabulary)
    follows = tokens.norm(i - 1) in vocabulary.date_lists["clock_after"] and i > 0 and tokens.joined[i]
    halved = bool(minutes) and part is not None  # "setengah delapan malam" is no length of time
    if not (plain or led or strong or halved or (follows and (part is not None or vocabulary.compact))):
        return None
    return end, _value(hour, minutes, part)


def _opened(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, bool, int | None]:
    """Where the time itself starts, whether a word leads to it, and from which hour the part of the day counts."""
    if tokens.norm(i) in vocabulary.date_lists["clock_lead"]:
        return i + 1, True, None
    found = word_at(tokens, i, vocabulary)
    if found and found[1].role == "day-part-before":
        return found[0], True, found[1].value
    if found and found[1].role == "noon" and vocabulary.compact:
        return found[0], True, _around(found[1].value)
    return i, False, None


def _around(hour: int) -> int:
    """The twelve hours around noon, or around midnight."""
    return (hour - 6) % 24


def _digits(tokens: Tokens, i: int) -> Said | None:
    """``13:00``, ``8.30``."""
    match = _DIGITS.fullmatch(tokens.words[i].text)
    return (i + 1, int(match[1]), int(match[2]), ":" in match[0]) if match else None


def _worded(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Said | None:
    """The longest pattern of the language that fits at word ``i``."""
    best: Said | None = None
    openings = [tokens.norms[i]]
    if _counted(tokens, i, vocabulary) is not None:
        openings += ["H", "M"]
    for opening in openings:
        for pattern in vocabulary.clocks.get(opening, ()):
            said = _fits(tokens, i, pattern, vocabulary)
            if said and (best is None or (said[0], said[3]) > (best[0], best[3])):
                best = said
    return best


def _fits(tokens: Tokens, i: int, pattern: ClockPattern, vocabulary: Vocabulary) -> Said | None:
    at, hour, minutes = i, 0, pattern.minutes
    for word in pattern.words:
        if at >= len(tokens) or (at > i and not tokens.joined[at]):
            return None
        if word not in ("H", "M"):
            if tokens.norms[at] != word:
                return None
            at += 1
            continue
        found = _counted(tokens, at, vocabulary)
        if found is None or not 0 <= found[1] <= (24 if word == "H" else 59):
            return None
        if word == "H":
            at, hour = found
        else:
            at, minutes = found[0], minutes * found[1]
    if pattern.words[-1] in ("H", "M") and _goes_on(tokens, at, vocabulary):
        return None
    return at, hour, minutes, pattern.plain


def _counted(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """A small whole number in digits or in words: the word after it, its value."""
    text = tokens.words[i].text
    if text.isdecimal():
        return (i + 1, int(text)) if len(text) <= 2 else None
    return read_small(tokens, i, vocabulary)


def _goes_on(tokens: Tokens, i: int, vocabulary: Vocabulary) -> bool:
    """Whether a number at the end of a time counts something, or is part of a greater one."""
    if i >= len(tokens) or not tokens.joined[i]:
        return tokens.text[tokens.words[i - 1].span.end :][:1] in ("%", "$", "€")
    return number_role_at(tokens, i, vocabulary) in _CONTINUES or (
        vocabulary.units.match(tokens, i) is not None and not role_at(tokens, i, vocabulary)
    )


def _day_part(tokens: Tokens, i: int, hour: int, vocabulary: Vocabulary) -> tuple[int, int | None, bool]:
    """A part of the day behind a time: where it ends, the hour it counts from, whether it makes a time by itself."""
    found = word_at(tokens, i, vocabulary) if i < len(tokens) and tokens.joined[i] else None
    if found is None:
        return i, None, False
    end, word = found
    if word.role == "noon":
        return end, _around(word.value), hour == 12
    if word.role == "relative":  # "pagi ini" is a day of its own, and says which half of it
        end, word = i, vocabulary.dates.one(tokens.norms[i]) or word
    if word.role in ("half-day", "day-part"):
        return end, word.value, word.role == "half-day"
    return i, None, False


def _value(hour: int, minutes: int, part: int | None) -> DateValue:
    """The time, in the twelve hours from ``part`` on where the part of the day was said."""
    total = (hour * 60 + minutes) % _DAY
    known = part is not None or not 0 < hour <= 12
    if part is not None and hour <= 12:
        start = part * 60
        total = min(
            (total % _HALF_DAY, total % _HALF_DAY + _HALF_DAY), key=lambda time: (time - start) % _DAY
        )
    return DateValue(clock=f"{total // 60:02d}:{total % 60:02d}", half_known=known)

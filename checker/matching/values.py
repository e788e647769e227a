"""Whether two typed values say the same thing. None means that it cannot be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from ..types import DateValue, Mention, NameValue, NumberValue
from .mentions import find_mentions
from .units import convert, units_agree

_ROUNDING = Decimal("0.005")
"""Two figures within half a percent are one figure rounded differently (0.333 and a third)."""
_CONVERSION = Decimal("0.06")
"""Slack for a figure converted to another unit and rounded by an editor."""
_CONVERTED_UNITS_ROUNDED = frozenset(("month", "year", "week", "day"))
_SAME_NAME = 0.90
_STEMMED_NAME = 0.84
_PARTICLES = frozenset(
    ("al", "el", "bin", "binti", "ibn", "van", "von", "de", "der", "den", "da", "di", "la", "le", "of")
)


def _close(a: Decimal, b: Decimal, slack: Decimal) -> bool:
    return a == b or abs(a - b) <= slack * max(abs(a), abs(b))


def _slack(a: NumberValue, b: NumberValue) -> Decimal:
    """Whole numbers must agree exactly; only fractions and figures called approximate are rounded."""
    fraction = any(r % 1 and len(r.as_tuple().digits) > 6 for v in (a, b) for r in v.readings)
    return _ROUNDING if fraction else Decimal(0)


def same_number(a: NumberValue, b: NumberValue) -> bool:
    """Whether any reading of ``a`` equals one of ``b``, and the units agree or convert.

    An ordinal equals its cardinal, since languages differ in where they use one.
    """
    return number_difference(a, b) is None


def number_difference(a: NumberValue, b: NumberValue) -> Literal["value", "unit"] | None:
    """What differs between two numbers; None when they agree.

    ``unit`` covers a changed unit, currency or scale word with the figure in front of it kept
    (2 million, 2 billion).
    """
    slack = _slack(a, b)
    equal = any(_close(x, y, slack) for x in a.readings for y in b.readings)
    if units_agree(a.unit, b.unit):
        if equal or _percent_half(a, b):
            return None
        return "unit" if _scale_slipped(a, b) else "value"
    if a.unit is not None and b.unit is not None and _converted(a, b):
        return None
    return "unit" if equal else "value"


def _scale_slipped(a: NumberValue, b: NumberValue) -> bool:
    """Whether only the scale word changed: the figures differ by a power of a thousand."""
    if a.scale == b.scale or a.scale is None or b.scale is None:
        return False
    powers = [Decimal(10) ** n for n in (3, 6, 9)]
    return any(x == y * p or y == x * p for x in a.readings for y in b.readings for p in powers)


def _converted(a: NumberValue, b: NumberValue) -> bool:
    unit_a, unit_b = a.unit or "", b.unit or ""
    for x in a.readings:
        other = convert(x, unit_a, unit_b)
        if other is not None and any(_close(other, y, _CONVERSION) for y in b.readings):
            return True
    return False


def _percent_half(a: NumberValue, b: NumberValue) -> bool:
    """Whether one is a percentage and the other the same share as a bare fraction (half, 50 percent)."""
    for share, percent in ((a, b), (b, a)):
        if percent.unit == "percent" and share.unit is None:
            pairs = ((x, y) for x in share.readings for y in percent.readings)
            return any(0 < x < 1 and _close(x * 100, y, _ROUNDING) for x, y in pairs)
    return False


def same_date(
    a: DateValue, b: DateValue, *, published_a: date | None = None, published_b: date | None = None
) -> bool | None:
    """Whether two calendar references can mean the same time; None when it cannot be told.

    Parts that both name must agree. Parts that only one names are resolved with the day of
    publication: "Tuesday" in one report and "13 June" in another.
    """
    shared = [(getattr(a, part), getattr(b, part)) for part in ("year", "month", "day", "weekday", "clock")]
    named = [(x, y) for x, y in shared if x is not None and y is not None]
    if any(x != y for x, y in named):
        return False if not _only_clock_differs(a, b) else _same_clock(a.clock or "", b.clock or "")
    if a.relative is not None and a.relative == b.relative:
        return _same_week(published_a, published_b, a.relative)
    window_a, window_b = _window(a, published_a), _window(b, published_b)
    if window_a and window_b:
        return window_a[0] <= window_b[1] and window_b[0] <= window_a[1]
    return True if named and a.relative is None and b.relative is None else None


def _only_clock_differs(a: DateValue, b: DateValue) -> bool:
    parts = ("year", "month", "day", "weekday")
    return not any(
        getattr(a, p) is not None and getattr(b, p) is not None and getattr(a, p) != getattr(b, p)
        for p in parts
    )


def _same_clock(a: str, b: str) -> bool:
    """Clock times agree when equal, or twelve hours apart for one given without a half of the day."""
    hour_a, minute_a = int(a[:2]), a[3:]
    hour_b, minute_b = int(b[:2]), b[3:]
    return minute_a == minute_b and abs(hour_a - hour_b) == 12


def _same_week(published_a: date | None, published_b: date | None, relative: str) -> bool | None:
    """Equal relative words mean the same time only when said at about the same time."""
    if published_a is None or published_b is None:
        return True
    apart = abs((published_a - published_b).days)
    slack = {"day": 1, "week": 6, "weekend": 6, "month": 27, "year": 330}.get(
        relative.rsplit(" ", 1)[-1], 10**6
    )
    if apart <= slack:
        return True
    return None


def _window(value: DateValue, published: date | None) -> tuple[date, date] | None:
    """The first and last day a reference can mean; None when its publication day is needed and unknown."""
    if value.relative is not None:
        return _relative_window(value.relative, published)
    year = value.year if value.year is not None else _nearest_year(value, published)
    if year is None:
        if value.weekday is None or value.month is not None or published is None:
            return None
        return _weekday_window(value.weekday, published)
    try:
        if value.month is None:
            return (date(year, 1, 1), date(year, 12, 31)) if value.day is None else None
        if value.day is None:
            return date(year, value.month, 1), _month_end(year, value.month)
        exact = date(year, value.month, value.day)
    except ValueError:
        return None
    # A day of slack: the same event falls on two dates in two time zones.
    return exact - timedelta(days=1), exact + timedelta(days=1)


def _nearest_year(value: DateValue, published: date | None) -> int | None:
    if published is None or value.month is None:
        return None
    months = [
        (abs((year - published.year) * 12 + value.month - published.month), year)
        for year in (published.year - 1, published.year, published.year + 1)
    ]
    return min(months)[1]


def _weekday_window(weekday: int, published: date) -> tuple[date, date]:
    """The days of this name in the week before and after publication, as one stretch around the nearest."""
    back = (published.weekday() - weekday) % 7
    nearest = published - timedelta(days=back)
    return nearest - timedelta(days=1), nearest + timedelta(days=8)


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _relative_window(relative: str, published: date | None) -> tuple[date, date] | None:
    amount, _, unit = relative.partition(" ")
    if published is None:
        return None
    if not unit:
        return date(int(amount[:4]), 1, 1), date(int(amount[:4]) + 9, 12, 31)
    steps = int(amount)
    if unit == "day":
        day = published + timedelta(days=steps)
        return day - timedelta(days=1), day + timedelta(days=1)
    if unit in ("week", "weekend"):
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=steps)
        return monday - timedelta(days=1), monday + timedelta(days=7)
    if unit == "month":
        index = published.year * 12 + published.month - 1 + steps
        year, month = divmod(index, 12)
        return date(year, month + 1, 1), _month_end(year, month + 1)
    return date(published.year + steps, 1, 1), date(published.year + steps, 12, 31)


def same_name(a: NameValue, b: NameValue) -> bool | None:
    """Whether two names can stand for the same thing; None when it cannot be told.

    Known names are compared by identity, others by spelling: any word order, a surname alone,
    spelling variants of one transliteration, an acronym and its long form.
    """
    if a.identities & b.identities:
        return True
    loose_a, loose_b = _spelling(a), _spelling(b)
    if not loose_a and not loose_b:
        return False
    if not loose_a or not loose_b:
        # A known place or organisation beside an unlisted name: an old name, a translation?
        return None if "person" not in (a.type, b.type) else False
    return _same_spelling(loose_a, loose_b)


def _spelling(value: NameValue) -> list[str]:
    for identity in sorted(value.identities):
        if identity.startswith("name:"):
            return [word for word in identity[5:].replace("'", "").split() if word not in _PARTICLES]
    return []


def _same_spelling(a: list[str], b: list[str]) -> bool:
    if "".join(a) == "".join(b):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) == 1 and len(long) > 1 and len(short[0]) == len(long):
        if all(word.startswith(c) for word, c in zip(long, short[0], strict=True)):
            return True
    hits = sum(any(_similar(word, other) for other in long) for word in short)
    if hits == len(short):
        return True
    # Two words of a longer name, the last among them: a middle name or patronymic was dropped.
    return hits >= 2 and _similar(a[-1], b[-1])


def _similar(a: str, b: str) -> bool:
    from rapidfuzz.distance import JaroWinkler

    if a == b:
        return True
    if not a or not b or min(len(a), len(b)) < 4:
        return False
    if a[0] != b[0] and {a[0], b[0]} not in _INITIALS:
        return False
    bar = _SAME_NAME if a[0] == b[0] else _STEMMED_NAME
    return JaroWinkler.similarity(a, b) >= bar


_INITIALS = (
    {"q", "g"},
    {"k", "q"},
    {"c", "k"},
    {"y", "j"},
    {"i", "y"},
    {"z", "s"},
    {"v", "w"},
    {"f", "v"},
    {"x", "h"},
    {"u", "o"},
    {"y", "e"},
)


def anchors(text: str, language: str, mentions: Iterable[Mention] | None = None) -> tuple[str, ...]:
    """Language-free keys of a text for the index: ``n:325000000``, ``place:UA``, ``name:korvin``, ``y:2022``.

    Sorted, without doubles. Each word of an unlisted name is a key of its own; numbers below ten and
    bare weekdays say too little to be keys.
    """
    keys: set[str] = set()
    for mention in mentions if mentions is not None else find_mentions(text, language):
        value = mention.value
        if isinstance(value, NumberValue):
            keys.update(_number_keys(value))
        elif isinstance(value, NameValue):
            for identity in value.identities:
                loose = identity.startswith("name:")
                keys.update(f"name:{w}" for w in identity[5:].split() if len(w) > 2) if loose else keys.add(
                    identity
                )
        elif isinstance(value, DateValue):
            keys.update(_date_keys(value))
    return tuple(sorted(keys))


def _number_keys(value: NumberValue) -> Iterable[str]:
    suffix = "%" if value.unit == "percent" else ""
    for reading in value.readings:
        if abs(reading) >= 10 or reading % 1 or suffix:
            yield f"n:{format(reading.normalize(), 'f')}{suffix}"


def _date_keys(value: DateValue) -> Iterable[str]:
    if value.year is not None:
        yield f"y:{value.year}"
    if value.month is not None and value.day is not None:
        yield f"d:{value.month:02d}-{value.day:02d}"
    elif value.month is not None:
        yield f"m:{value.month:02d}"
    if value.clock is not None:
        yield f"t:{value.clock}"

"""Whether two calendar references can mean the same time. None means that it cannot be told."""

from __future__ import annotations

from datetime import date, timedelta

from ..types import DateValue

_YEARS = (2023, 2024)
"""A common year and a leap year: a date without its year must come out the same in both."""
_LENGTHS = {"day": 1, "weekend": 2, "week": 7, "month": 30, "year": 365}


def same_date(
    a: DateValue, b: DateValue, *, published_a: date | None = None, published_b: date | None = None
) -> bool | None:
    """Whether two calendar references can mean the same time; None when it cannot be told.

    Parts that both name must agree. Parts that only one names are resolved with the day of
    publication: "Tuesday" in one report and "13 June" in another. Where the text of "yesterday" gives the
    day on which it was said, the day is counted from that one, and must agree exactly.
    """
    if (a.relative is None) != (b.relative is None):
        resolved = _same_resolved(a, b) if a.relative is not None else _same_resolved(b, a)
        if resolved is not None:
            return resolved
    shared = [(getattr(a, part), getattr(b, part)) for part in ("year", "month", "day", "weekday", "clock")]
    named = [(x, y) for x, y in shared if x is not None and y is not None]
    if any(x != y for x, y in named):
        return _only_clock_differs(a, b) and _same_clock(a, b)
    if a.relative is not None and a.relative == b.relative:
        return _same_week(published_a, published_b, a.relative)
    if a.relative is not None and b.relative is not None and published_a == published_b:
        return _same_shift(a.relative, b.relative)
    weekday = _weekday_fits(a, b)
    if weekday is not True:
        return weekday
    published_a, published_b = published_a or published_b, published_b or published_a
    window_a, window_b = _window(a, published_a), _window(b, published_b)
    if window_a and window_b:
        return window_a[0] <= window_b[1] and window_b[0] <= window_a[1]
    vague = any(value.relative is not None and value.weekday is None for value in (a, b))
    return True if named and not vague else None


def _same_resolved(relative: DateValue, other: DateValue) -> bool | None:
    """Whether a relative day, counted from the day on which it was said, is the day named."""
    day = _resolved(relative)
    if day is None:
        return None
    shared = [(getattr(day, part), getattr(other, part)) for part in ("month", "day", "weekday")]
    named = [x == y for x, y in shared if x is not None and y is not None]
    if not all(named):
        return False
    exact = other.day is not None or (other.weekday is not None and day.weekday is not None)
    return True if exact else None


def _resolved(value: DateValue) -> DateValue | None:
    """The day that "yesterday" or "Wednesday of next week" is; None where the text does not tell it."""
    base = value.counted_from
    if base is None or base.month is None or base.day is None or value.relative is None:
        return None
    amount, _, unit = value.relative.partition(" ")
    weekday = base.weekday
    exact = _exact(base)
    if weekday is None and exact is not None:
        weekday = exact.weekday()
    if unit == "day":
        shift = int(amount)
    elif unit == "week" and value.weekday is not None and weekday is not None:
        shift = 7 * int(amount) + value.weekday - weekday
    else:
        return None
    try:
        days = {
            (day.month, day.day)
            for year in ([base.year] if base.year else _YEARS)
            for day in [date(year, base.month, base.day) + timedelta(days=shift)]
        }
    except (ValueError, OverflowError):
        return None
    if len(days) != 1:
        return None
    [(month, number)] = days
    return DateValue(month=month, day=number, weekday=None if weekday is None else (weekday + shift) % 7)


def _same_shift(a: str, b: str) -> bool | None:
    """Two different shifts counted from one day: False where they cannot meet ("today", "next week").

    "Tomorrow" may lie in "next week", and "this week" in "this month": those cannot be told.
    """
    (steps_a, _, unit_a), (steps_b, _, unit_b) = a.partition(" "), b.partition(" ")
    if unit_a not in _LENGTHS or unit_b not in _LENGTHS:
        return None
    first, second = int(steps_a), int(steps_b)
    if unit_a == unit_b or (first > 0) - (first < 0) == -((second > 0) - (second < 0)) != 0:
        return False
    if first and second:
        # Said of one event, next week and next year are two times; tomorrow and next week may meet.
        return False if "day" not in (unit_a, unit_b) else None
    if not first and not second:
        return None
    moved, still = (unit_a, unit_b) if first else (unit_b, unit_a)
    return False if _LENGTHS[moved] > _LENGTHS[still] else None


def _weekday_fits(a: DateValue, b: DateValue) -> bool | None:
    """Whether a bare weekday is that of the full date on the other side (a day off may be the time zone)."""
    for bare, full in ((a, b), (b, a)):
        exact = _exact(full)
        if bare.weekday is None or bare.month is not None or full.weekday is not None or exact is None:
            continue
        apart = (bare.weekday - exact.weekday()) % 7
        if apart:
            return None if apart in (1, 6) else False
    return True


def _exact(value: DateValue) -> date | None:
    if value.year is None or value.month is None or value.day is None:
        return None
    try:
        return date(value.year, value.month, value.day)
    except ValueError:
        return None


def _only_clock_differs(a: DateValue, b: DateValue) -> bool:
    parts = ("year", "month", "day", "weekday")
    return not any(
        getattr(a, p) is not None and getattr(b, p) is not None and getattr(a, p) != getattr(b, p)
        for p in parts
    )


def _same_clock(a: DateValue, b: DateValue) -> bool:
    """Whether two different clock times may be one: twelve hours apart, the half of one day not said."""
    if a.clock is None or b.clock is None or (a.half_known and b.half_known):
        return False
    return abs(int(a.clock[:2]) - int(b.clock[:2])) == 12 and a.clock[3:] == b.clock[3:]


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

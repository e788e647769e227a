"""Which units measure the same thing, so that a converted figure is not taken for a changed one."""

from __future__ import annotations

from decimal import Decimal

_FACTORS: dict[str, dict[str, str]] = {
    "time": {
        "second": "1",
        "minute": "60",
        "hour": "3600",
        "day": "86400",
        "week": "604800",
        "month": "2629800",
        "year": "31557600",
        "decade": "315576000",
        "century": "3155760000",
    },
    "length": {
        "mm": "0.001",
        "cm": "0.01",
        "m": "1",
        "km": "1000",
        "inch": "0.0254",
        "foot": "0.3048",
        "yard": "0.9144",
        "mile": "1609.344",
    },
    "area": {"sqm": "1", "hectare": "10000", "acre": "4046.856", "sqkm": "1000000"},
    "mass": {"mg": "0.000001", "g": "0.001", "kg": "1", "pound": "0.45359237", "tonne": "1000"},
    "volume": {"litre": "1", "gallon": "3.785", "barrel": "158.987"},
    "speed": {"kmh": "1", "mph": "1.609344"},
    "share": {"percentage-point": "1", "basis-point": "0.01"},
    "power": {"megawatt": "1", "gigawatt": "1000"},
}
_BY_UNIT = {unit: (kind, Decimal(f)) for kind, units in _FACTORS.items() for unit, f in units.items()}
_DOLLARS = frozenset(("USD", "SGD", "AUD", "HKD", "CAD", "TWD", "NZD"))


SCALE_FACTORS = {
    "thousand": Decimal(10**3),
    "myriad": Decimal(10**4),
    "million": Decimal(10**6),
    "yi": Decimal(10**8),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
"""What a scale word multiplies by, under its canonical name."""


def units_agree(a: str | None, b: str | None) -> bool:
    """Whether two canonical units can name the same one; an unnamed unit agrees with every unit.

    "Dollars" alone may be those of any country, "pounds" money or weight, and "degrees" of any scale.
    """
    if a is None or b is None or a == b:
        return True
    pair = {a, b}
    if "yuan" in pair:  # the character is used of the Chinese money and of any dollar
        return bool(pair & {"CNY", "dollar"} or pair & _DOLLARS)
    if "dollar" in pair:
        return bool(pair & _DOLLARS)
    if "degree" in pair:
        return bool(pair & {"celsius", "fahrenheit"})
    return pair == {"pound", "GBP"}


def convert(value: Decimal, unit: str, other: str) -> Decimal | None:
    """``value`` expressed in ``other``; None when the two units do not measure the same thing."""
    here, there = _BY_UNIT.get(unit), _BY_UNIT.get(other)
    if here is None or there is None or here[0] != there[0]:
        return None
    return value * here[1] / there[1]

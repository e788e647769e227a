"""Numbers written with digits: how a literal can be read, whatever the locale."""

from __future__ import annotations

import re
from decimal import Decimal

_MAX_DIGITS = 24
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_GROUP = 3


def read_literal(word: str, decimal: str) -> tuple[Decimal, ...]:
    """The readings of ``1,234.5``; most likely first, empty when it is no number (1.2.3, 13:00).

    ``decimal`` is the decimal sign of the language. A single full stop with three digits after it
    is open (1.500 is 1500 in Indonesian, 1.5 in English), since copy mixes the two conventions.
    """
    if len(word) > _MAX_DIGITS or ":" in word or "/" in word:
        return ()
    digits = word.replace(",", "").replace(".", "")
    if not digits.isdecimal():
        return ()
    signs = [c for c in word if c in ",."]
    if not signs:
        return (Decimal(digits),)
    if len(set(signs)) == 2:
        return _mixed(word, signs)
    sign = signs[0]
    parts = word.split(sign)
    grouped = 0 < len(parts[0]) <= _GROUP and all(len(p) == _GROUP for p in parts[1:]) and parts[0][0] != "0"
    if len(signs) > 1:
        return (Decimal(digits),) if grouped else ()
    broken = Decimal(f"{parts[0]}.{parts[1]}")
    if not grouped:
        return (broken,)
    if sign == decimal:
        return (broken, Decimal(digits))
    return (Decimal(digits), broken) if sign == "." else (Decimal(digits),)


def _mixed(word: str, signs: list[str]) -> tuple[Decimal, ...]:
    """``1.234,5`` or ``1,234.5``: the last sign is the decimal one, the others must group by three."""
    group, point = signs[0], signs[-1]
    if signs.count(point) > 1 or group == point:
        return ()
    whole, fraction = word.rsplit(point, 1)
    parts = whole.split(group)
    if not 0 < len(parts[0]) <= _GROUP or any(len(p) != _GROUP for p in parts[1:]):
        return ()
    return (Decimal(f"{''.join(parts)}.{fraction}"),)


def read_roman(word: str) -> int:
    """The value of a Roman numeral in capitals up to XXXIX; 0 when it is none."""
    if not word or not _ROMAN.fullmatch(word):
        return 0
    values = [_ROMAN_VALUES[c] for c in word]
    return sum(-v if any(v < later for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values))

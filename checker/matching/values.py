"""Whether two typed values say the same thing. None means that it cannot be told."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ..languages.sounds import transliterated
from ..types import NameValue, NumberValue
from .anchors import anchors
from .moments import same_date
from .units import SCALE_FACTORS, convert, units_agree

__all__ = ["anchors", "number_difference", "same_date", "same_name", "same_number"]

_ROUNDING = Decimal("0.005")
"""Two figures within half a percent are one figure rounded differently (0.333 and a third)."""
_CONVERSION = Decimal("0.06")
"""Slack for a figure converted to another unit and rounded by an editor."""
_SAME_NAME = 0.90
"""Jaro-Winkler similarity of transliterations: variants of one name score above, other names below."""
_SHORTEST = 4
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
    """Whether only the scale word changed: the figure in front of it is the same (30 million, 30亿)."""
    if a.scale == b.scale or a.scale is None or b.scale is None:
        return False
    scale_a, scale_b = SCALE_FACTORS.get(a.scale, Decimal(1)), SCALE_FACTORS.get(b.scale, Decimal(1))
    powers = [Decimal(10) ** n for n in (3, 6, 9)]
    return any(
        x / scale_a == y / scale_b or any(x == y * p or y == x * p for p in powers)
        for x in a.readings
        for y in b.readings
    )


def _converted(a: NumberValue, b: NumberValue) -> bool:
    """Whether one figure is the other in another unit; only the likely reading is converted.

    With every reading, 500.000 ton could be half a million kilograms.
    """
    other = convert(a.readings[0], a.unit or "", b.unit or "")
    return other is not None and _close(other, b.readings[0], _CONVERSION)


def _percent_half(a: NumberValue, b: NumberValue) -> bool:
    """Whether one is a percentage and the other the same share as a bare fraction (half, 50 percent)."""
    for share, percent in ((a, b), (b, a)):
        if percent.unit == "percent" and share.unit is None:
            pairs = ((x, y) for x in share.readings for y in percent.readings)
            return any(0 < x < 1 and _close(x * 100, y, _ROUNDING) for x, y in pairs)
    return False


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
    if len(short) == 1 < len(long) and short[0] == "".join(word[0] for word in long):
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
    if min(len(a), len(b)) < _SHORTEST:
        return False
    plain_a, plain_b = transliterated(a), transliterated(b)
    if plain_a == plain_b:
        return True
    return plain_a[:1] == plain_b[:1] and JaroWinkler.similarity(plain_a, plain_b) >= _SAME_NAME

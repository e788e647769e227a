"""What is written around a number: currency signs, units, and the other end of a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..types import Mention, NumberValue
from .numberwords import Amount
from .tokens import Tokens
from .units import SCALE_FACTORS
from .vocabulary import Vocabulary

SYMBOLS = {
    "$": "dollar",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
    "₽": "RUB",
    "₺": "TRY",
    "₴": "UAH",
}
_DOLLARS = {
    "us": "USD",
    "u.s.": "USD",
    "as": "USD",
    "s": "SGD",
    "a": "AUD",
    "hk": "HKD",
    "nt": "TWD",
    "c": "CAD",
}
PERCENT_SIGNS = frozenset("%％٪")
_PREFIX_GAPS = frozenset(("", " ", ".", ". ", "\u00a0"))
_DASHES = frozenset("-–—‒‑~")


def currency_before(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, str | None]:
    """Whether word ``i`` is a currency before a number (Rp, US in US$): the number's word, the unit."""
    if i + 1 < len(tokens) and tokens.words[i + 1].text[0].isdecimal():
        norm, gap = tokens.norms[i], tokens.gap(i + 1)
        if gap in _PREFIX_GAPS and norm in vocabulary.unit_prefixes:
            return i + 1, vocabulary.unit_prefixes[norm]
        if gap.strip() == "$" and len(gap) <= 2 and norm in _DOLLARS and tokens.words[i].text[0].isupper():
            return i + 1, _DOLLARS[norm]
    before = tokens.text[max(0, tokens.words[i].span.start - 2) : tokens.words[i].span.start].rstrip()
    return i, SYMBOLS.get(before[-1:]) if tokens.words[i].text[0].isdecimal() else None


def with_unit(tokens: Tokens, amount: Amount, unit: str | None, vocabulary: Vocabulary) -> Amount:
    """The amount with the unit written before or after it."""
    end = amount.end
    if amount.unit or amount.ordinal:
        return amount
    if (
        unit is None
        and end
        and tokens.text[tokens.words[end - 1].span.end :][:2].lstrip()[:1] in PERCENT_SIGNS
    ):
        return replace(amount, unit="percent")
    at = end
    if (amount.approximate or amount.scale) and tokens.norm(at) in vocabulary.number_lists["fraction_of"]:
        at += 1
    found = vocabulary.units.match(tokens, at) if at < len(tokens) and tokens.joined[at] else None
    if found is None:
        tail = tokens.text[tokens.words[end - 1].span.end :][:2].lstrip()[:1]
        return replace(amount, unit=unit or SYMBOLS.get(tail))
    if unit is not None:
        # "US$5 dollars" says its currency twice; "$5 a day" has another unit after it.
        return replace(amount, unit=unit, end=found[0] if found[1] in (unit, "dollar") else end)
    return replace(amount, unit=found[1], end=found[0])


def share_ranges(mentions: Sequence[Mention], text: str, connectors: frozenset[str]) -> list[Mention]:
    """Give the first number of a range the scale and unit of the second: ``5 to 10 million dollars``."""
    shared = list(mentions)
    for i in range(len(shared) - 2, -1, -1):
        here, after = shared[i], shared[i + 1]
        a, b = here.value, after.value
        if not (isinstance(a, NumberValue) and isinstance(b, NumberValue)) or a.ordinal or b.ordinal:
            continue
        between = text[here.span.end : after.span.start].strip().lower()
        if not between or not (between in connectors or _DASHES.issuperset(between)):
            continue
        readings = a.readings
        if a.scale is None and b.scale is not None and a.unit is None and a.readings[0] < 1000:
            factor = SCALE_FACTORS.get(b.scale, Decimal(1))
            readings = (*(r * factor for r in a.readings), *a.readings)
        shared[i] = replace(here, value=replace(a, readings=readings, unit=a.unit or b.unit))
    return shared

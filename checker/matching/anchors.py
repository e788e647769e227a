"""Language-free keys of a text, by which the index finds reports that share its facts."""

from __future__ import annotations

from collections.abc import Iterable

from ..types import DateValue, Mention, NameValue, NumberValue
from .mentions import find_mentions


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

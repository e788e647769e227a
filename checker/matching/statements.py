"""The day on which words were said, where their text gives it: what "yesterday" and "tomorrow" count from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import regex

from ..types import DateValue, Mention
from .vocabulary import get_vocabulary
from .words import Word

_QUOTED = regex.compile(r"“[^”]*[”]?|\"[^\"]*\"|「[^」]*」|『[^』]*』|«[^»]*»|„[^“”]*[“”]")
_MARKS = regex.compile(r"[.,;:!?，。；：“”「」]")
_REACH = 3
"""Words between a word of saying and the day it was said on ("told reporters in Geneva on 9 October")."""
_NEAR = 12
"""Characters between the two in a script without spaces."""


@lru_cache(maxsize=4096)
def speech_in(text: str) -> tuple[tuple[int, int], ...]:
    """What stands in quotation marks, marks included."""
    return tuple(m.span() for m in _QUOTED.finditer(text))


def counted(
    text: str, language: str, words: tuple[Word, ...], mentions: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """The mentions, the relative days among them with the day that they count from.

    That is a full date beside the quotation marks for days inside them; without marks, the one beside a word of
    saying ("speaking on 14 October"). Where there are two such dates, nothing is counted.
    """
    relative = [m for m in mentions if isinstance(m.value, DateValue) and m.value.relative is not None]
    dated = [m for m in mentions if isinstance(m.value, DateValue) and _full(m.value)]
    if not relative or not dated:
        return mentions
    spoken = speech_in(text)
    outside = [m for m in dated if not _within(m, spoken)]
    said = [m for m in outside if _beside_saying(m, text, language, words)]
    days = said or (outside if spoken else [])
    if len({m.value for m in days}) != 1:
        return mentions
    day = days[0].value
    found = {m for m in relative if not spoken or _within(m, spoken)}
    return tuple(
        replace(m, value=replace(m.value, counted_from=day))
        if m in found and isinstance(m.value, DateValue) and isinstance(day, DateValue)
        else m
        for m in mentions
    )


def _full(value: DateValue) -> bool:
    return value.month is not None and value.day is not None and value.relative is None


def _within(mention: Mention, spans: Iterable[tuple[int, int]]) -> bool:
    return any(a <= mention.span.start < b for a, b in spans)


def _beside_saying(mention: Mention, text: str, language: str, words: tuple[Word, ...]) -> bool:
    """Whether a word of saying stands shortly before a date; in a script without spaces, behind it."""
    vocabulary = get_vocabulary(language)
    saying = vocabulary.date_lists["statement"]
    if vocabulary.compact:
        behind = _MARKS.split(text[mention.span.end : mention.span.end + _NEAR])[0]
        return any(word in behind for word in saying)
    before = [w for w in words if w.span.end <= mention.span.start][-_REACH - 1 :]
    return any(
        word.norm in saying and not _MARKS.search(text[word.span.end : mention.span.start]) for word in before
    )

"""Relative days count from the day on which the text says the words were said, and from no other."""

from __future__ import annotations

import pytest

from checker.matching.sides import make_side
from checker.matching.values import same_date
from checker.types import DateValue, MentionKind


def told(text: str, language: str) -> DateValue:
    """The one relative day of a text."""
    values = [m.value for m in make_side(text, language).of_kind(MentionKind.DATE)]
    [value] = [v for v in values if isinstance(v, DateValue) and v.relative is not None]
    return value


@pytest.mark.parametrize(
    ("text", "language", "same", "other"),
    [
        (
            'The guide said on 3 March: "The last hut burned down yesterday."',
            "en",
            DateValue(month=3, day=2),
            DateValue(month=3, day=3),
        ),
        (
            "Speaking on Friday, 3 May, the guide said the hut had burned down the day before yesterday.",
            "en",
            DateValue(weekday=2),
            DateValue(weekday=3),
        ),
        (
            "The guide told reporters on Sept. 3 that the hut will open tomorrow.",
            "en",
            DateValue(month=9, day=4),
            DateValue(month=9, day=3),
        ),
        (
            "Pondok itu terbakar kemarin, kata pemandu itu pada 1 Juni.",
            "id",
            DateValue(month=5, day=31),
            DateValue(month=6, day=1),
        ),
        (
            "“小屋昨天烧毁了，”向导5月6日说。",
            "zh",
            DateValue(month=5, day=5),
            DateValue(month=5, day=6),
        ),
        (
            "“小屋下周三开放，”向导2024年5月6日说。",
            "zh",
            DateValue(month=5, day=15),
            DateValue(month=5, day=8),
        ),
    ],
)
def test_a_relative_day_is_the_one_it_counts_to(
    text: str, language: str, same: DateValue, other: DateValue
) -> None:
    assert same_date(told(text, language), same) is True
    assert same_date(other, told(text, language)) is False


@pytest.mark.parametrize(
    "text",
    [
        "The hut that opened on 3 March burned down yesterday.",
        'The hut opened on 3 March. "It burned down yesterday," he said on 9 May, and she said on 12 May.',
        'He said on 3 March: "The hut was cold." The hut burned down yesterday.',
        "It burned down yesterday.",
    ],
)
def test_without_one_day_of_the_statement_nothing_is_counted(text: str) -> None:
    assert told(text, "en").counted_from is None


def test_the_end_of_february_cannot_be_told_without_a_year() -> None:
    value = told('The guide said on 1 March: "The hut burned down yesterday."', "en")
    assert same_date(value, DateValue(month=2, day=28)) is None
    assert same_date(value, DateValue(month=3, day=2)) is None

"""Calendar references compare by the time they mean, not by their words."""

from __future__ import annotations

from datetime import date

import pytest

from checker.matching.mentions import find_mentions
from checker.matching.values import same_date
from checker.types import DateValue, MentionKind


def dates(text: str, language: str) -> list[DateValue]:
    found = find_mentions(text, language)
    return [m.value for m in found if m.kind is MentionKind.DATE and isinstance(m.value, DateValue)]


def only(text: str, language: str) -> DateValue:
    found = dates(text, language)
    assert len(found) == 1, (text, found)
    return found[0]


EQUAL = [
    ("on Tuesday", "en", "pada Selasa", "id"),
    ("on Tuesday", "en", "pada hari Selasa", "ms"),
    ("on Thursday", "en", "pada Khamis", "ms"),
    ("on Tuesday", "en", "星期二", "zh"),
    ("on Sunday", "en", "pada hari Minggu", "id"),
    ("on Sunday", "en", "pada Ahad", "ms"),
    ("in February 2022", "en", "pada Februari 2022", "id"),
    ("in February 2022", "en", "2022年2月", "zh"),
    ("in March", "en", "pada Maret", "id"),
    ("in March", "en", "pada Mac", "ms"),
    ("in May 2022", "en", "pada Mei 2022", "id"),
    ("on June 13, 2023", "en", "13 Juni 2023", "id"),
    ("on 13 June 2023", "en", "13 Jun 2023", "ms"),
    ("on the 13th of June 2023", "en", "13/6/2023", "id"),
    ("on June 13, 2023", "en", "2023-06-13", "id"),
    ("on June 13, 2023", "en", "2023年6月13日", "zh"),
    ("Tuesday, June 13, 2023", "en", "Selasa (13/6/2023)", "id"),
    ("Tuesday, June 13", "en", "Selasa (13/6)", "id"),
    ("March 9-11, 2010", "en", "9-11 Maret 2010", "id"),
    ("in 2022", "en", "pada tahun 2022", "id"),
    ("since 2014", "en", "sejak 2014", "ms"),
    ("in the 1990s", "en", "pada tahun 1990-an", "id"),
    ("next month", "en", "bulan depan", "id"),
    ("next month", "en", "下个月", "zh"),
    ("last week", "en", "pekan lalu", "id"),
    ("last week", "en", "minggu lalu", "ms"),
    ("last year", "en", "tahun lalu", "id"),
    ("this year", "en", "tahun ini", "id"),
    ("yesterday", "en", "kemarin", "id"),
    ("yesterday", "en", "semalam", "ms"),
    ("tomorrow", "en", "besok", "id"),
    ("tomorrow", "en", "明天", "zh"),
    ("today", "en", "hari ini", "id"),
    ("at 1 pm", "en", "pukul 13.00", "id"),
    ("at 1 p.m.", "en", "jam 1 siang", "id"),
    ("at 13:00", "en", "pukul 1 petang", "ms"),
    ("at noon", "en", "pukul 12.00", "id"),
    ("at half past four", "en", "pukul setengah lima", "id"),
    ("at half past four in the afternoon", "en", "pukul setengah lima sore", "id"),
    ("at half past twelve", "en", "jam setengah satu siang", "id"),
    ("at a quarter to seven", "en", "pukul tujuh kurang seperempat", "id"),
    ("at quarter past seven", "en", "pukul tujuh lewat seperempat malam", "id"),
    ("at ten minutes to nine", "en", "pukul sembilan kurang sepuluh menit", "id"),
    ("at twenty past two", "en", "pukul dua lewat dua puluh", "id"),
    ("at four o’clock", "en", "jam 4 sore", "id"),
    ("at 8.30 am", "en", "pukul 08.30", "id"),
    ("at eight in the evening", "en", "pukul delapan malam", "id"),
    ("at 11 a.m.", "en", "pukul 11 siang", "id"),
    ("at midnight", "en", "pukul 12 malam", "id"),
    ("at half past eight", "en", "pukul lapan setengah", "ms"),
    ("at 8.30 p.m.", "en", "pukul lapan setengah malam", "ms"),
    ("at a quarter past seven", "en", "pukul tujuh suku", "ms"),
    ("at 1 pm", "en", "pukul 1 tengah hari", "ms"),
    ("pukul 7.30 pagi", "ms", "pukul setengah delapan pagi", "id"),
    ("at half past four", "en", "四点半", "zh"),
    ("at a quarter past seven", "en", "七点一刻", "zh"),
    ("at a quarter to seven", "en", "差一刻七点", "zh"),
    ("at 3 pm", "en", "下午三点", "zh"),
    ("at 4.45 pm", "en", "下午四点四十五分", "zh"),
    ("at midnight", "en", "晚上十二点", "zh"),
    ("at noon", "en", "中午十二点", "zh"),
    ("next Wednesday", "en", "下周三", "zh"),
    ("pekan depan", "id", "下周三", "zh"),
]

DIFFERENT = [
    ("on Tuesday", "en", "pada Rabu", "id"),
    ("in February 2022", "en", "pada Februari 2023", "id"),
    ("in February 2022", "en", "pada Maret 2022", "id"),
    ("in 2030", "en", "pada 2035", "id"),
    ("on June 13, 2023", "en", "14 Juli 2023", "id"),
    ("on June 13, 2023", "en", "2023年6月23日", "zh"),
    ("at 1 pm", "en", "pukul 15.00", "id"),
    ("next week", "en", "tahun depan", "id"),
    ("next month", "en", "bulan lalu", "id"),
    ("yesterday", "en", "besok", "id"),
    ("today", "en", "pekan depan", "id"),
    ("at half past four", "en", "pukul setengah empat", "id"),
    ("at half past four", "en", "pukul empat", "id"),
    ("at a quarter to seven", "en", "pukul tujuh lewat seperempat", "id"),
    ("pukul 8.30", "ms", "pukul setengah delapan", "id"),
    ("at 4 am", "en", "pukul 4 sore", "id"),
    ("at 3 in the morning", "en", "下午三点", "zh"),
    ("at half past five", "en", "四点半", "zh"),
    ("next Thursday", "en", "下周三", "zh"),
]


@pytest.mark.parametrize(("a", "language_a", "b", "language_b"), EQUAL)
def test_equal_times_come_out_equal(a: str, language_a: str, b: str, language_b: str) -> None:
    assert same_date(only(a, language_a), only(b, language_b)) is True


@pytest.mark.parametrize(("a", "language_a", "b", "language_b"), DIFFERENT)
def test_damages_come_out_different(a: str, language_a: str, b: str, language_b: str) -> None:
    assert same_date(only(a, language_a), only(b, language_b)) is False


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("allies may spend more", "en"),
        ("May we go now?", "en"),
        ("they march to the capital", "en"),
        ("the sun sat on the hills", "en"),
        ("It costs $2022 a day", "en"),
        ("2000 troops", "en"),
        ("selama dua minggu", "id"),
        ("Minggu lalu kami pergi", "id"),
        ("cahaya bulan di laut", "id"),
        ("lima jam kemudian", "id"),
        ("about 5/6 of it", "en"),
        ("it killed four in the morning", "en"),
        ("from a quarter to one third", "en"),
        ("from ten minutes to two hours", "en"),
        ("selama tiga malam", "id"),
        ("setengah lima kilo", "id"),
        ("mereka pukul dua orang", "id"),
        ("他提出三点建议", "zh"),
    ],
)
def test_doubtful_words_give_no_date(text: str, language: str) -> None:
    assert dates(text, language) == []


def test_a_clock_time_and_the_part_of_the_day_are_one_mention() -> None:
    text = "pukul setengah lima pagi hari"
    [mention] = find_mentions(text, "id")
    assert mention.span.of(text) == text
    assert mention.value == DateValue(clock="04:30", half_known=True)


def test_this_morning_stays_a_day_beside_a_clock_time() -> None:
    clock, day = dates("pukul setengah lima pagi ini", "id")
    assert (clock.clock, clock.half_known, day.relative) == ("04:30", True, "0 day")


def test_five_midnight_raids_are_five() -> None:
    found = find_mentions("five midnight raids", "en")
    assert [m.kind for m in found] == [MentionKind.NUMBER, MentionKind.DATE]


def test_minggu_is_sunday_only_inside_a_sentence_with_a_capital() -> None:
    assert only("Ia tiba pada Minggu pagi", "id") == DateValue(weekday=6)
    assert only("Ia tiba minggu lalu", "id") == DateValue(relative="-1 week")


def test_a_year_before_a_unit_is_a_number() -> None:
    found = find_mentions("2000 people came in 2000", "en")
    assert [m.kind for m in found] == [MentionKind.NUMBER, MentionKind.DATE]


def test_a_weekday_and_a_day_of_the_month_meet_at_the_publication_day() -> None:
    tuesday, thirteenth = only("on Tuesday", "en"), only("13 Juni 2023", "id")
    told = date(2023, 6, 14)
    assert same_date(tuesday, thirteenth, published_a=told, published_b=told) is True
    assert same_date(tuesday, only("2023年6月16日", "zh")) is False
    assert same_date(tuesday, only("14 Juni 2023", "id")) is None
    late = date(2023, 7, 26)
    assert same_date(tuesday, thirteenth, published_a=late, published_b=told) is False


def test_yesterday_meets_the_date_it_means() -> None:
    yesterday, dated = only("yesterday", "en"), only("13 Juni 2023", "id")
    assert same_date(yesterday, dated, published_a=date(2023, 6, 14)) is True
    assert same_date(yesterday, dated, published_a=date(2023, 6, 24)) is False


def test_next_month_said_in_two_months_cannot_be_told() -> None:
    here, there = only("next month", "en"), only("bulan depan", "id")
    assert same_date(here, there, published_a=date(2023, 6, 14), published_b=date(2023, 6, 15)) is True
    assert same_date(here, there, published_a=date(2023, 6, 14), published_b=date(2023, 9, 1)) is None


def test_next_month_and_last_month_differ_on_one_day() -> None:
    here, there = only("next month", "en"), only("bulan lalu", "id")
    told = date(2023, 6, 14)
    assert same_date(here, there, published_a=told, published_b=told) is False


def test_tomorrow_may_lie_in_next_week() -> None:
    assert same_date(only("tomorrow", "en"), only("pekan depan", "id")) is None
    assert same_date(only("this week", "en"), only("bulan ini", "id")) is None


def test_impossible_dates_do_not_raise() -> None:
    broken = DateValue(year=2023, month=2, day=31)
    assert same_date(broken, DateValue(year=2023)) is True
    assert same_date(broken, DateValue(relative="-1 day"), published_b=date(2023, 3, 1)) is None

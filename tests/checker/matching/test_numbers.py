"""Numbers said in two languages or notations compare by value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.matching.literals import read_literal, read_roman
from checker.matching.mentions import find_mentions
from checker.matching.values import number_difference, same_number
from checker.types import MentionKind, NumberValue


def numbers(text: str, language: str) -> list[NumberValue]:
    found = find_mentions(text, language)
    return [m.value for m in found if m.kind is MentionKind.NUMBER and isinstance(m.value, NumberValue)]


def only(text: str, language: str) -> NumberValue:
    found = numbers(text, language)
    assert len(found) == 1, (text, found)
    return found[0]


EQUAL = [
    ("fifty thousand", "en", "lima puluh ribu", "id"),
    ("fifty thousand", "en", "五万", "zh"),
    ("50,000", "en", "50.000", "id"),
    ("50,000", "en", "5万", "zh"),
    ("twenty-one", "en", "dua puluh satu", "id"),
    ("one hundred and fifteen", "en", "seratus lima belas", "id"),
    ("1,200", "en", "seribu dua ratus", "id"),
    ("nineteen", "en", "sembilan belas", "id"),
    ("eighteen", "en", "lapan belas", "ms"),
    ("eleven", "en", "sebelas", "ms"),
    ("1.5 million", "en", "1,5 juta", "id"),
    ("1.5 million", "en", "1.5 juta", "ms"),
    ("325 million US dollars", "en", "325 juta dollar AS", "id"),
    ("US$325 million", "en", "325 juta dolar Amerika Serikat", "id"),
    ("$325m", "en", "USD 325 juta", "id"),
    ("3.25亿美元", "zh", "325 million U.S. dollars", "en"),
    ("3亿5000万", "zh", "350 million", "en"),
    ("2 billion", "en", "2 miliar", "id"),
    ("2 billion", "en", "2 bilion", "ms"),
    ("2 billion", "en", "20亿", "zh"),
    ("three trillion", "en", "tiga triliun", "id"),
    ("three trillion", "en", "tiga trilion", "ms"),
    ("Rp 25 ribu", "id", "25,000 rupiah", "en"),
    ("RM12 juta", "ms", "12 million ringgit", "en"),
    ("5%", "en", "5 persen", "id"),
    ("5 per cent", "en", "5 peratus", "ms"),
    ("five percent", "en", "百分之五", "zh"),
    ("2.1%", "en", "2,1 persen", "id"),
    ("two percentage points", "en", "dua poin persentase", "id"),
    ("two percentage points", "en", "dua mata peratusan", "ms"),
    ("two thirds of them", "en", "dua pertiga dari mereka", "id"),
    ("two-thirds", "en", "三分之二", "zh"),
    ("a third of the fleet", "en", "sepertiga armada", "id"),
    ("The fleet shrank by a third.", "en", "Armada itu menyusut sepertiga.", "id"),
    ("more than one fifth, he said", "en", "lebih daripada satu perlima, katanya", "ms"),
    ("8 degrees Celsius", "en", "8 derajat Selsius", "id"),
    ("32 degrees Fahrenheit", "en", "華氏32度", "zh"),
    ("three quarters", "en", "tiga perempat", "id"),
    ("half a million people", "en", "setengah juta orang", "id"),
    ("a quarter of a million trees", "en", "seperempat juta pohon", "id"),
    ("half an hour", "en", "setengah jam", "id"),
    ("30 minutes", "en", "setengah jam", "id"),
    ("two and a half million", "en", "dua setengah juta", "id"),
    ("half of the ships", "en", "separuh kapal itu", "id"),
    ("half of the ships", "en", "50 persen kapal itu", "id"),
    ("two point five", "en", "dua koma lima", "id"),
    ("dozens of people", "en", "puluhan orang", "id"),
    ("hundreds of ships", "en", "ratusan kapal", "id"),
    ("thousands of refugees", "en", "ribuan pengungsi", "id"),
    ("tens of thousands of people", "en", "puluhan ribu orang", "id"),
    ("hundreds of millions of dollars", "en", "ratusan juta dolar", "id"),
    ("Article 5 applies", "en", "Pasal V berlaku", "id"),
    ("Article V applies", "en", "Pasal 5 berlaku", "id"),
    ("the fifth ship", "en", "kapal ke-5", "id"),
    ("the 5th ship", "en", "kapal kelima", "id"),
    ("第五", "zh", "the fifth ship", "en"),
    ("the twenty-first ship", "en", "kapal ke-21", "id"),
    ("the first time", "en", "pertama kali", "id"),
    ("their second trip", "en", "perjalanan kedua mereka", "id"),
    ("a million", "en", "sejuta", "id"),
    ("a hundred", "en", "seratus", "ms"),
    ("a dozen", "en", "selusin", "id"),
    ("for a year", "en", "selama setahun", "id"),
    ("one year", "en", "satu tahun", "id"),
    ("a year and a half", "en", "satu setengah tahun", "id"),
    ("200 millions", "en", "200 juta", "id"),
    ("the second-largest ship", "en", "kapal terbesar kedua", "id"),
    ("12 months", "en", "satu tahun", "id"),
    ("10 miles", "en", "16 kilometer", "id"),
    ("twice as many", "en", "dua kali lipat", "id"),
    ("three times", "en", "tiga kali", "id"),
    ("King Charlon III", "en", "Raja Charlon III", "id"),
    ("7 days", "en", "tujuh hari", "id"),
]

DIFFERENT = [
    ("2.1%", "en", "3,1 persen", "id", "value"),
    ("2.1 million", "en", "21 juta", "id", "value"),
    ("2.1%", "en", "2,1 poin persentase", "id", "unit"),
    ("2 million", "en", "2 miliar", "id", "unit"),
    ("2 billion", "en", "2 juta", "id", "unit"),
    ("2 billion", "en", "2 triliun", "id", "unit"),
    ("30 million dollars", "en", "30亿美元", "zh", "unit"),
    ("fifty thousand", "en", "lima belas ribu", "id", "value"),
    ("fifty thousand", "en", "五十万", "zh", "unit"),
    ("15 percent", "en", "50 persen", "id", "value"),
    ("325 million dollars", "en", "325 juta euro", "id", "unit"),
    ("325 million dollars", "en", "235 juta dolar", "id", "value"),
    ("10 miles", "en", "10 kilometer", "id", "unit"),
    ("10 years", "en", "10 bulan", "id", "unit"),
    ("two thirds of them", "en", "sepertiga dari mereka", "id", "value"),
    ("Article 5 applies", "en", "Pasal 4 berlaku", "id", "value"),
    ("Article V applies", "en", "Pasal IV berlaku", "id", "value"),
    ("1,500 people", "en", "15.000 orang", "id", "value"),
    ("hundreds of ships", "en", "ribuan kapal", "id", "value"),
    ("eleven", "en", "dua belas", "id", "value"),
    ("Rp 25 ribu", "id", "25 million rupiah", "en", "unit"),
    ("one million", "en", "sepuluh juta", "id", "value"),
    ("the fifth ship", "en", "kapal keenam", "id", "value"),
]


@pytest.mark.parametrize(("a", "language_a", "b", "language_b"), EQUAL)
def test_equal_facts_come_out_equal(a: str, language_a: str, b: str, language_b: str) -> None:
    first, second = only(a, language_a), only(b, language_b)
    assert same_number(first, second), (first, second)
    assert same_number(second, first)


@pytest.mark.parametrize(("a", "language_a", "b", "language_b", "what"), DIFFERENT)
def test_damages_come_out_different(a: str, language_a: str, b: str, language_b: str, what: str) -> None:
    first, second = only(a, language_a), only(b, language_b)
    assert number_difference(first, second) == what, (first, second)
    assert number_difference(second, first) == what


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("one of them said so", "en"),
        ("they helped one another", "en"),
        ("no one came", "en"),
        ("one day we will see", "en"),
        ("a ship and an island", "en"),
        ("wait a second", "en"),
        ("salah satu dari mereka", "id"),
        ("satu sama lain", "id"),
        ("seorang pejabat dan sebuah kapal", "id"),
        ("kedua negara itu", "id"),
        ("pedagang kaki lima", "id"),
        ("tiba di Lima kemarin", "id"),
        ("COVID-19", "en"),
        ("an F-16 jet", "en"),
        ("jaringan 5G", "id"),
        ("version 1.2.3", "en"),
        ("flight QZ417", "en"),
        ("统一的不同", "zh"),
        ("the half-hearted plan", "en"),
    ],
)
def test_words_that_do_not_count_give_no_number(text: str, language: str) -> None:
    assert numbers(text, language) == []


@pytest.mark.parametrize(
    ("word", "decimal", "readings"),
    [
        ("1.500", ",", ("1500", "1.500")),
        ("1.500", ".", ("1.500", "1500")),
        ("1,500", ".", ("1500",)),
        ("2.1", ",", ("2.1",)),
        ("2,1", ".", ("2.1",)),
        ("1.234,56", ",", ("1234.56",)),
        ("1,234.56", ",", ("1234.56",)),
        ("1.234.567", ".", ("1234567",)),
        ("0.125", ",", ("0.125",)),
        ("12.34.5", ",", ()),
        ("1,23.4", ".", ()),
        ("13:00", ".", ()),
        ("9" * 40, ".", ()),
        ("²", ".", ()),
        ("٣٢٥", ".", ("325",)),
    ],
)
def test_literals(word: str, decimal: str, readings: tuple[str, ...]) -> None:
    assert read_literal(word, decimal) == tuple(Decimal(r) for r in readings)


@pytest.mark.parametrize(
    ("word", "value"), [("V", 5), ("IX", 9), ("XXI", 21), ("XIV", 14), ("", 0), ("VX", 0)]
)
def test_roman_numerals(word: str, value: int) -> None:
    assert read_roman(word) == value


def test_a_bare_roman_letter_is_no_number() -> None:
    assert numbers("I think I saw X there", "en") == []


def test_the_first_of_a_range_takes_scale_and_unit_of_the_second() -> None:
    low, high = numbers("between 5 and 10 million dollars", "en")
    other_low, other_high = numbers("antara 5 juta hingga 10 juta dolar", "id")
    assert same_number(low, other_low)
    assert same_number(high, other_high)
    assert low.unit == "dollar"


def test_units_and_approximation_are_recorded() -> None:
    about = only("sekitar 20 kilometer", "id")
    assert (about.unit, about.approximate) == ("km", True)
    assert only("about 20 km", "en").approximate
    assert not only("exactly 20 km", "en").approximate


def test_the_span_covers_sign_number_and_unit() -> None:
    text = "It cost $325 million, or 5 % more."
    spans = [m.span.of(text) for m in find_mentions(text, "en") if m.kind is MentionKind.NUMBER]
    assert spans == ["$325 million", "5 %"]


def test_a_bare_number_agrees_with_one_that_names_its_unit() -> None:
    assert same_number(only("20 people", "en"), only("20 tentara", "id"))

"""Names compare by identity, or by spelling where nobody listed them."""

from __future__ import annotations

import pytest

from checker.matching.mentions import find_mentions
from checker.matching.values import anchors, same_name
from checker.types import MentionKind, NameValue


def names(text: str, language: str) -> list[NameValue]:
    found = find_mentions(text, language)
    return [m.value for m in found if m.kind is MentionKind.NAME and isinstance(m.value, NameValue)]


def surfaces(text: str, language: str) -> list[str]:
    return [m.span.of(text) for m in find_mentions(text, language) if m.kind is MentionKind.NAME]


def only(text: str, language: str) -> NameValue:
    found = names(text, language)
    assert len(found) == 1, (text, found)
    return found[0]


EQUAL = [
    ("aid to Ukraine", "en", "bantuan untuk Ukraina", "id"),
    ("the Ukrainian army", "en", "tentara Ukraina", "id"),
    ("Ukrainians", "en", "乌克兰", "zh"),
    ("the United States", "en", "milik Amerika Serikat", "id"),
    ("the U.S. army", "en", "tentara AS", "id"),
    ("Americans", "en", "warga Amerika", "id"),
    ("America", "en", "Amerika Syarikat", "ms"),
    ("the United States", "en", "美国", "zh"),
    ("Britain", "en", "Inggris", "id"),
    ("the UK", "en", "Britain", "ms"),
    ("in China", "en", "di Tiongkok", "id"),
    ("in China", "en", "di Cina", "id"),
    ("Chinese ships", "en", "kapal China", "ms"),
    ("North Korea", "en", "Korut", "id"),
    ("Pyongyang", "en", "Korea Utara", "id"),
    ("Hong Kong's harbour", "en", "pelabuhan Hong Kong", "id"),
    ("our French teacher", "en", "guru bahasa Prancisnya", "id"),
    ("the African Union", "en", "African Union", "id"),
    ("Japan", "en", "Jepun", "ms"),
    ("the United Nations", "en", "PBB", "id"),
    ("the UN", "en", "Perserikatan Bangsa-Bangsa", "id"),
    ("the UN", "en", "联合国", "zh"),
    ("the EU", "en", "Uni Eropa", "id"),
    ("the EU", "en", "Kesatuan Eropah", "ms"),
    ("NATO", "en", "北约", "zh"),
    ("the World Bank", "en", "Bank Dunia", "id"),
    ("the World Health Organization", "en", "WHO", "id"),
    ("the White House", "en", "Gedung Putih", "id"),
    ("the White House", "en", "Rumah Putih", "ms"),
    ("World War II", "en", "Perang Dunia Kedua", "id"),
    ("Second World War", "en", "Perang Dunia II", "id"),
    ("the South China Sea", "en", "di Laut China Selatan", "id"),
    ("said Mirela Dovantes", "en", "kata Mirela Dovantes", "id"),
    ("said Dovantes", "en", "kata Mirela Dovantes", "id"),
    ("said Volodymyr Karpenchuk", "en", "kata Volodimir Karpenchuk", "id"),
    ("said Yusuf Khalimov", "en", "kata Yusuf Halimov", "id"),
    ("said Soemarjo Wiranata", "en", "kata Sumaryo Wiranata", "id"),
    ("said Yusuf al-Qadrani", "en", "kata Yusuf Al Qadrani", "id"),
]

DIFFERENT = [
    ("aid to Ukraine", "en", "bantuan untuk Rusia", "id"),
    ("the United States", "en", "Inggris", "id"),
    ("North Korea", "en", "Korea Selatan", "id"),
    ("the UN", "en", "NATO", "id"),
    ("the World Bank", "en", "IMF", "id"),
    ("World War II", "en", "Perang Dunia I", "id"),
    ("said Mirela Dovantes", "en", "kata Mirela Santovic", "id"),
    ("said Dovantes", "en", "kata Karpenchuk", "id"),
    ("Europe", "en", "亚洲", "zh"),
]


@pytest.mark.parametrize(("a", "language_a", "b", "language_b"), EQUAL)
def test_one_thing_has_one_identity(a: str, language_a: str, b: str, language_b: str) -> None:
    assert same_name(only(a, language_a), only(b, language_b)) is True


@pytest.mark.parametrize(("a", "language_a", "b", "language_b"), DIFFERENT)
def test_another_thing_has_another(a: str, language_a: str, b: str, language_b: str) -> None:
    assert same_name(only(a, language_a), only(b, language_b)) is False


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Article five was read by the Prime Minister", "en"),
        ("Yesterday we spoke with the Foreign Minister", "en"),
        ("We met on Monday in February", "en"),
        ("turkey and china plates", "en"),
        ("asap dan nasi", "id"),
        ("Kementerian Kesehatan memberi laporan", "id"),
        ("Presiden dan Wakil Perdana Menteri", "id"),
        ("Cuba selesaikan ayat ini", "ms"),
        ("tell us who it is", "en"),
    ],
)
def test_capitals_alone_make_no_name(text: str, language: str) -> None:
    assert names(text, language) == []


def test_an_acronym_inside_a_word_is_none() -> None:
    assert surfaces("ASAP kata tentara AS di Asrama", "id") == ["AS"]


def test_a_sentence_opens_with_a_capital_that_proves_nothing() -> None:
    assert surfaces("Sailors left. Dovantes stayed behind.", "en") == []
    assert surfaces("Dovantes stayed. We thanked Dovantes.", "en") == ["Dovantes", "Dovantes"]
    assert surfaces("Mirela Dovantes stayed.", "en") == ["Mirela Dovantes"]


def test_titles_and_places_part_from_the_person() -> None:
    text = "menurut Presiden Rusia Ivan Karpenchuk dan Dr. Lestari Wiranata"
    assert surfaces(text, "id") == ["Rusia", "Ivan Karpenchuk", "Lestari Wiranata"]


def test_a_headline_in_title_case_keeps_known_names_only() -> None:
    assert surfaces("Dovantes Tells Crowds In Jakarta To Stay Calm", "en") == ["Jakarta"]


def test_possessives_are_left_out_of_the_identity() -> None:
    assert only("we read Dovantes's letter", "en").identities == frozenset({"name:dovantes"})
    assert only("inside NATO's building", "en").identities == frozenset({"org:nato"})


def test_a_place_and_an_unlisted_name_cannot_be_told_apart_from_an_old_name() -> None:
    place = NameValue(frozenset({"place:MM"}), "place")
    assert same_name(place, NameValue(frozenset({"name:old pagan"}), "other")) is None
    assert same_name(place, NameValue(frozenset({"name:mirela dovantes"}), "person")) is False


def test_an_acronym_is_its_long_form() -> None:
    short = NameValue(frozenset({"name:bpd"}), "organisation")
    assert same_name(short, NameValue(frozenset({"name:badan perahu darat"}), "other")) is True
    assert same_name(short, NameValue(frozenset({"name:badan perahu laut"}), "other")) is False


def test_anchors_speak_no_language() -> None:
    english = anchors("On 24 February 2022 Mirela Dovantes sent 325 million dollars to Ukraine.", "en")
    indonesian = anchors("Pada 24 Februari 2022 Mirela Dovantes mengirim 325 juta dolar ke Ukraina.", "id")
    assert english == indonesian
    assert set(english) == {
        "d:02-24", "n:325000000", "name:dovantes", "name:mirela", "place:UA", "y:2022",
    }  # fmt: skip


def test_names_can_be_left_out() -> None:
    found = find_mentions("Ukraine gets 5 ships", "en", names=False)
    assert [m.kind for m in found] == [MentionKind.NUMBER]


def test_an_unknown_language_gets_digits_and_capitals() -> None:
    found = find_mentions("dagen kom Mirela Dovantes med 325 skip", "nn")
    assert [m.kind for m in found] == [MentionKind.NAME, MentionKind.NUMBER]

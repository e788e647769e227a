"""Whom pronouns, general words, nicknames and labels mean; what stays unknown."""

from __future__ import annotations

import pytest

from checker.quotations import extract
from checker.types import Article, Quotation


def quotations(text: str, language: str) -> list[Quotation]:
    return list(extract(Article(id="a", text=text, language=language)).quotations)


def speaker_of(text: str, words: str, language: str) -> str | None:
    quotation = next(q for q in quotations(text, language) if words in q.text)
    return quotation.speaker.name if quotation.speaker is not None else None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Mr Colin Hale met Ms Winnie Brook on Monday. “It rained,” Ms Brook said. “Late,” he said.",
            "Colin Hale",
        ),
        ("Mr Tom Hale and Ms Winnie Brook arrived. “It was late,” he said.", None),
        ("The finance ministry said it had been told. “It is for the owners,” it said.", "finance ministry"),
        ("Tom Hale said he had paid. “It is for the owners,” it said.", None),
        ("Both women were tired. “It was late,” she said.", None),
    ],
)
def test_pronouns_agree_with_whom_they_mean(text: str, speaker: str | None) -> None:
    last = quotations("The council met on Monday.\n\n" + text, "en")[-1]
    assert (last.speaker.name if last.speaker is not None else None) == speaker


def test_one_family_name_and_two_people() -> None:
    text = (
        "The manager, Colin Frayne, sent a memo. The union's secretary, Winnie Frayne, read it.\n\n"
        "“We are cold in here,” Ms Frayne said."
    )
    assert speaker_of(text, "We are cold", "en") == "Winnie Frayne"


@pytest.mark.parametrize(
    ("office", "name", "short"),
    [
        ("Direktur Lokaraya", "Haris Mandira", "Haris"),
        ("Camat Karangwetan", "Hardono Wibawa", "Hardono"),
        ("Kepala Bidang Humas Polda Sagara Komisaris Besar", "Trunasena Wisnu Andaka", "Trunasena"),
        ("Wakil Ketua Komisi IX DPR dari Fraksi PDR-P", "Charles Manuhutu", "Charles"),
        ("Manajer Persiraya FC", "Ruddy Wiratama", "Ruddy"),
    ],
)
def test_names_behind_offices_are_whole(office: str, name: str, short: str) -> None:
    text = (
        f"Beras naik.\n\n“Kami menunggu kabar,” kata {office} {name}, Senin.\n\n“Semua siap,” ujar {short}."
    )
    assert [q.speaker.name if q.speaker else None for q in quotations(text, "id")] == [name, name]


def test_a_nickname_leads_to_the_name() -> None:
    text = 'Yohanis "Opa" Resuba bermain penuh.\n\n“Telinga saya sudah tua,” kata Opa.'
    assert speaker_of(text, "Telinga", "id") == "Yohanis Resuba"


def test_an_interview_knows_its_two_sides() -> None:
    text = (
        "Jurnalis Bram Sitaloka menemui peneliti Wulan Kertarajasa di laut.\n\n"
        "Tanya: Mengapa kembali?\n\nJawab: Karena karang berubah.\n\n"
        "Tanya: Sejak kapan?\n\nJawab: Sejak lama."
    )
    names = [q.speaker.name if q.speaker else None for q in quotations(text, "id")]
    assert names == ["Bram Sitaloka", "Wulan Kertarajasa"] * 2


def test_an_inner_quotation_has_its_own_speaker() -> None:
    text = "Ketua RT Budi Santika berkata, “Anak saya pernah bertanya, ‘Kapan kita pulang?’ setiap malam.”"
    inner = quotations("Warga panik.\n\n" + text, "id")[-1]
    assert inner.text == "Kapan kita pulang?"
    assert inner.speaker is not None
    assert inner.speaker.name == "Anak saya"
    assert inner.carrier == "Budi Santika"


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        ("«A mí me llamó mi cuñado —relata Saturno Belda—, que pesca río arriba.»", "es", 2),
        ("« On nous disait que c'était fou, sourit Maryse Lestrac. Ce matin, tout va bien. »", "fr", 2),
        ("«Мы не хотим ждать, — сказал директор Глеб Ратмин. — Люди устали».", "ru", 2),
    ],
)
def test_clauses_inside_the_marks_are_cut_out(text: str, language: str, parts: int) -> None:
    found = quotations(text, language)
    assert len(found) == 1
    assert len(found[0].content) == parts
    assert found[0].speaker is not None


def test_a_country_is_no_general_word_for_a_headline() -> None:
    text = (
        "NARO Harap Serangan Ukraina\n\nPerang berlanjut pekan ini.\n\n"
        "Ukraina mengatakan bahwa serangan balasan sudah disiapkan sejak lama."
    )
    assert speaker_of(text, "serangan balasan", "id") == "Ukraina"

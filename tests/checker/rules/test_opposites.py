"""Opposites across languages: reported in the place of each other, silent where something turns them."""

from __future__ import annotations

import pytest

from checker import Checker, Source
from checker.languages import get_language
from checker.matching.phrases import phrases_in, rows
from index import Encoder, load_encoder

LANGUAGES = ("en", "id", "ms", "zh")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None)


def rules_of(encoder: Encoder, quote: str, language: str, source: str, other: str) -> set[str]:
    result = Checker(encoder=encoder).compare(quote, [Source(source, other)], language=language)
    return {finding.rule for finding in result.findings}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_axis_has_a_counterpart_in_english(language: str) -> None:
    """An axis that one language alone has could never be reported across languages."""
    english = {axis for axis, _ in rows(get_language("en").table("meaning")["direction"])}
    own = {axis for axis, _ in rows(get_language(language).table("meaning")["direction"])}
    assert own <= english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_on_both_poles_of_an_axis(language: str) -> None:
    for axis, line in rows(get_language(language).table("meaning")["direction"]):
        poles = [set(phrases_in(pole)) for pole in line.split("|")]
        assert len(poles) == 2, axis
        assert not poles[0] & poles[1], axis


@pytest.mark.parametrize(
    ("quote", "source", "rule"),
    [
        ("Pengadilan menghukum kedua perwira itu.", "The court acquitted the two officers.", "MQ108"),
        ("Gerbang timur ditutup untuk umum.", "The north gate is closed to the public.", "MQ108"),
        ("Pembantu itu mengakui telah mengambil uang.", "The maid denied taking the money.", "MQ102"),
        ("Kapal itu tiba di pulau saat senja.", "The ship arrived at the island at dawn.", "MQ104"),
    ],
)
def test_an_opposite_is_reported_by_the_rule_of_its_axis(
    encoder: Encoder, quote: str, source: str, rule: str
) -> None:
    assert rule in rules_of(encoder, quote, "id", source, "en")


@pytest.mark.parametrize(
    ("quote", "language", "source", "other"),
    [
        ("Jawaban itu kurang jelas bagi kami.", "id", "The answer was unclear to us.", "en"),
        ("Para dokter tidak pesimistis.", "id", "The doctors were not pessimistic.", "en"),
        ("我找不到她。", "zh", "I could not find her.", "en"),
        (
            "Orang tua murid berterima kasih kepada kepala sekolah.",
            "id",
            "The parents thanked the head teacher.",
            "en",
        ),
    ],
)
def test_a_word_that_is_turned_or_stands_elsewhere_is_no_opposite(
    encoder: Encoder, quote: str, language: str, source: str, other: str
) -> None:
    assert not {"MQ102", "MQ108"} & rules_of(encoder, quote, language, source, other)


@pytest.mark.parametrize(
    ("word", "negative"),
    [("injured", False), ("information", False), ("unsafe", True), ("impossible", True), ("hopeless", True)],
)
def test_a_negative_prefix_is_one_only_before_a_word(word: str, negative: bool) -> None:
    from checker.matching.sides import make_side
    from checker.rules.negative_words import negative_words

    assert bool(negative_words(make_side(word, "en"))) is negative


def test_a_share_is_no_other_number_than_its_ordinal(encoder: Encoder) -> None:
    quote = "Jumlah pengunjung turun lebih dari seperlima tahun lalu."
    assert "MQ101" not in rules_of(
        encoder, quote, "id", "The number of visitors fell by more than a fifth last year.", "en"
    )


def test_a_condition_may_be_worded_as_a_time(encoder: Encoder) -> None:
    source = "The doors open by themselves if the alarm sounds."
    quote = "Pintu-pintu itu terbuka sendiri ketika alarm berbunyi."
    assert "MQ109" not in rules_of(encoder, quote, "id", source, "en")

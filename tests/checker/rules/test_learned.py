"""Learned opposites: a warning under MQ108, and only where nothing else explains the two words."""

from __future__ import annotations

from importlib import resources

import pytest

from checker import Checker, Finding, Severity, Source
from checker.matching.antonyms import antonyms
from checker.matching.lexicon import translations
from index import Encoder, load_encoder

LARGEST = 1_000_000


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None)


def opposites_in(encoder: Encoder, quote: str, language: str, source: str, other: str) -> list[Finding]:
    result = Checker(encoder=encoder).compare(quote, [Source(source, other)], language=language)
    return [finding for finding in result.findings if finding.rule == "MQ108"]


def test_the_list_is_read_from_both_languages() -> None:
    assert antonyms("wide", "en", "id")["sempit"] == antonyms("sempit", "id", "en")["wide"] > 0.5
    assert antonyms("wide", "en", "ms") == antonyms("wide", "en", "id")


def test_what_is_not_listed_has_no_opposite() -> None:
    assert not antonyms("zzzz", "en", "id")
    assert not antonyms("artificial", "en", "zh")
    assert not antonyms("artificial", "en", "en")


@pytest.mark.parametrize("word", ["man", "mother", "husband"])
def test_another_person_is_no_opposite(word: str) -> None:
    assert not antonyms(word, "en", "id")


@pytest.mark.parametrize("word", ["new", "artificial", "wide", "deep", "difficult"])
def test_a_translation_is_never_listed_as_an_opposite(word: str) -> None:
    assert antonyms(word, "en", "id")
    assert not antonyms(word, "en", "id").keys() & translations(word, "en", "id").keys()


@pytest.mark.parametrize(
    ("quote", "language", "source", "other", "marked"),
    [
        (
            "Jembatan lama itu akan diperbaiki tahun depan.",
            "id",
            "The new bridge will be repaired next year.",
            "en",
            ("lama", "new"),
        ),
        (
            "The old library will be moved to another street.",
            "en",
            "Perpustakaan baharu itu akan dipindahkan ke jalan lain.",
            "ms",
            ("old", "baharu"),
        ),
        (
            "The chemical is harmless to the fish in the river.",
            "en",
            "Bahan kimia itu berbahaya bagi ikan di sungai.",
            "id",
            ("harmless", "berbahaya"),
        ),
    ],
)
def test_a_learned_opposite_is_a_warning(
    encoder: Encoder, quote: str, language: str, source: str, other: str, marked: tuple[str, str]
) -> None:
    (finding,) = opposites_in(encoder, quote, language, source, other)
    assert finding.severity is Severity.WARNING
    assert finding.confidence <= 0.7
    assert tuple(a.text for a in finding.annotations) == marked


@pytest.mark.parametrize(
    ("quote", "language", "source", "other"),
    [
        (
            "Bahan kimia itu tidak berbahaya bagi ikan di sungai.",
            "id",
            "The chemical is harmless to the fish in the river.",
            "en",
        ),
        (
            "The stairs to the tower are narrow and dark.",
            "en",
            "Tangga menuju menara itu tidak lebar dan gelap.",
            "id",
        ),
        (
            "Jembatan lama dan jembatan baru itu akan diperbaiki.",
            "id",
            "The new bridge and the old bridge will be repaired.",
            "en",
        ),
    ],
)
def test_a_denied_or_a_rendered_word_is_no_opposite(
    encoder: Encoder, quote: str, language: str, source: str, other: str
) -> None:
    assert not opposites_in(encoder, quote, language, source, other)


def test_the_list_is_small() -> None:
    assert len(resources.files("checker.matching").joinpath("antonyms.tsv").read_bytes()) < LARGEST

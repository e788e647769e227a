"""The words about sources: which verbs are strong, which offices, and that each language has them."""

from __future__ import annotations

import pytest

from checker.languages import LANGUAGES, get_language
from checker.rules.mq205_reporting_verb_strengthened import EFFECT
from checker.rules.reporting import (
    NOTHING,
    every_phrase,
    has_any,
    keys_in,
    normal,
    reporting_for,
    strength_of,
)

FIELDS = (
    "anonymous",
    "former",
    "acting",
    "deputy",
    "past",
    "translated",
    "transcripts",
    "corrections",
    "stubs",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_list(language: str) -> None:
    words = reporting_for(language)
    assert all(getattr(words, field) for field in FIELDS)
    assert words.media
    assert set(words.strength.values()) == set(EFFECT)
    assert {"minister", "spokesperson", "president"} <= set(words.offices.values())
    assert {"en", "id", "ms", "zh"} <= set(words.spoken.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_strong_verb_stands_in_one_class_only(language: str) -> None:
    block = str(get_language(language).table("speech")["strength"])
    verbs = [verb.strip() for line in block.splitlines() for verb in line.partition(":")[2].split(",")]
    verbs = [verb for verb in verbs if verb]
    assert len(verbs) == len(set(verbs))


@pytest.mark.parametrize(
    ("cue", "language", "strength"),
    [
        ("said", "en", "neutral"),
        ("claimed", "en", "claim"),
        ("later admitted", "en", "admit"),
        ("katanya", "id", "neutral"),
        ("tegasnya", "id", "neutral"),
        ("klaimnya", "id", "claim"),
        ("dakwanya", "ms", "claim"),
        ("mengaku", "ms", "admit"),
        ("mengaku", "id", "neutral"),
        ("声称", "zh", "claim"),
        ("表示", "zh", "neutral"),
        ("behauptete", "de", "neutral"),
        ("", "en", "neutral"),
    ],
)
def test_the_class_of_a_cue(cue: str, language: str, strength: str) -> None:
    assert strength_of(cue, language) == strength


@pytest.mark.parametrize(
    ("words", "language", "offices"),
    [
        ("Transport Minister", "en", {"minister"}),
        ("Prime Minister", "en", {"prime-minister"}),
        ("president director", "en", {"other"}),
        ("press secretary", "en", {"spokesperson"}),
        ("Sekretaris Jenderal", "id", {"secretary-general"}),
        ("Wali Kota", "id", {"mayor"}),
        ("外交部长", "zh", {"minister"}),
        ("head of supply", "en", set()),
    ],
)
def test_the_longest_office_wins(words: str, language: str, offices: set[str]) -> None:
    assert keys_in(words, reporting_for(language).offices) == offices


def test_phrases_are_whole_words() -> None:
    assert has_any("A Former judge", reporting_for("en").former)
    assert not has_any("The reformers", reporting_for("en").former)
    assert has_any("前总统", reporting_for("zh").former)
    assert normal("…") == ""


def test_a_language_without_data_knows_nothing() -> None:
    assert reporting_for("xx") == NOTHING


def test_lists_of_all_languages_hold_each_phrase_once() -> None:
    found = every_phrase("transcripts")
    assert normal("transkrip") in found
    assert normal("transcript") in found
    assert len(found) == len(set(found))

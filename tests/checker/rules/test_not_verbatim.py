"""MQ121 names the words that differ, where they are few."""

from __future__ import annotations

import pytest

from checker import Checker, Source
from checker.types import Finding
from index import load_encoder

SOURCE = "He blamed the police for the fire in the old harbour and left it."


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(encoder=load_encoder(None))


def finding(checker: Checker, quote: str) -> Finding:
    result = checker.compare(quote, [Source(SOURCE, "en")], language="en")
    (found,) = [f for f in result.findings if f.rule == "MQ121"]
    return found


def test_the_words_that_differ_are_marked_and_named(checker: Checker) -> None:
    found = finding(checker, SOURCE.replace("police", "army"))
    assert found.message.endswith("in the same language: “army” for “police”.")
    assert [a.text for a in found.annotations] == ["army", "police"]


def test_words_put_in_are_named_too(checker: Checker) -> None:
    found = finding(checker, SOURCE.replace("He blamed", "He openly blamed"))
    assert "“openly” put in" in found.message


def test_a_gloss_in_brackets_is_no_difference(checker: Checker) -> None:
    found = finding(checker, SOURCE.replace("police", "army").replace("left it", "left [the hall]"))
    assert "hall" not in found.message


def test_many_changes_are_not_listed(checker: Checker) -> None:
    quote = "He blamed the cops for the blaze in the ancient harbour and quit it."
    assert finding(checker, quote).message.endswith("in the same language.")

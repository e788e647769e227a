"""How pairs of opposites are weighed and cleaned."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from training.antonyms import certainty_of, denied_form, english_antonyms, negators, translating


@pytest.mark.parametrize(
    ("word", "base", "denied"),
    [
        ("unofficial", "official", True),
        ("official", "unofficial", False),
        ("harmless", "harmful", True),
        ("harmful", "harmless", False),
        ("narrow", "wide", False),
    ],
)
def test_a_denied_form_is_a_base_with_a_negative_affix(word: str, base: str, denied: bool) -> None:
    assert denied_form(word, base) is denied


def test_several_ways_are_surer_than_the_surest() -> None:
    assert certainty_of({"a": 0.5}) == pytest.approx(0.5)
    assert certainty_of({"a": 0.5, "b": 0.5}) == pytest.approx(0.75)


def test_people_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    with lzma.open(tmp_path / "lexicon" / "wordnet-antonyms.en.tsv.xz", "wt", encoding="utf-8") as file:
        file.write("wide\tnarrow\nwoman\tman\n")
    found = english_antonyms(tmp_path)
    assert found == {"wide": {"narrow"}, "narrow": {"wide"}}


def test_words_that_stand_for_each_other_in_faithful_text_are_no_opposites(tmp_path: Path) -> None:
    (tmp_path / "parallel").mkdir()
    rows = [("the zzz lamp", "lampu qqq"), ("the yyy lamp", "lampu ppp"), ("the zzz lamp", "lampu tidak qqq")]
    with lzma.open(tmp_path / "parallel" / "en-id.tsv.xz", "wt", encoding="utf-8") as file:
        for english, other in rows * 4:
            file.write(f"{english}\t{other}\tinvented\tpermissive\n")
    texts = {english for english, _ in rows}
    wrong = translating(tmp_path, [("zzz", "qqq"), ("yyy", "qqq")], texts)
    assert wrong == {("zzz", "qqq")}


def test_negators_are_single_words() -> None:
    assert "tidak" in negators("id")
    assert not any(" " in word for word in negators("id"))

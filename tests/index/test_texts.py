from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import NewPassage, StoreError, passage_id
from index.texts import MAX_ANCHORS, MAX_TEXT, MAX_VALUE, bounded, storable, terms_of

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“We will not go,” he said", '"We will not go," he said'),
        ("two  spaces\nand a line", "two spaces and a line"),
        ("soft\u00adhyphen", "softhyphen"),
        ("cafe\u0301", "café"),
        ("2020–2024", "2020-2024"),
        ("\u202ehidden", "hidden"),
    ],
)
def test_typography_makes_no_new_passage(one, other):
    assert passage_id(one, "en") == passage_id(other, "EN")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tell us", "tell US"),
        ("10² m", "102 m"),
        ("He did not go.", "He did go."),
        ("5 percent", "6 percent"),
    ],
)
def test_what_can_change_the_meaning_makes_another_passage(one, other):
    assert passage_id(one, "en") != passage_id(other, "en")


def test_the_language_is_part_of_the_identity():
    assert passage_id("air", "en") != passage_id("air", "id")
    assert len(passage_id("air", "en")) == 20


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Menteri Keuangan: 5,2 persen", ["menteri", "keuangan", "5", "2", "persen"]),
        ("Café ＡＢＣ", ["cafe", "abc"]),
        ("总理不会加税", ["总理", "理不", "不会", "会加", "加税"]),
        ("税", ["税"]),
        ("NATO说no", ["nato", "说", "no"]),
        ("a_b", ["a", "b"]),
        ("", []),
    ],
)
def test_terms(text, terms):
    assert terms_of(text) == terms


@given(ANY_TEXT)
def test_any_text_has_terms_an_id_and_a_storable_form(text):
    assert len(passage_id(text, "en")) == 20
    kept = storable(text, 50)
    kept.encode("utf-8")
    assert len(kept) == min(len(text), 50)
    for term in terms_of(text):
        assert term
        assert '"' not in term
        assert " " not in term


def test_everything_is_bounded():
    kept = bounded(
        NewPassage(
            text="x" * (MAX_TEXT + 1),
            language="en",
            metadata={"article_id": "a", **{f"k{i}": "v" * (MAX_VALUE + 1) for i in range(100)}},
            anchors=("long" * 100, *(f"n:{i}" for i in range(MAX_ANCHORS + 5))),
        )
    )
    assert len(kept.text) == MAX_TEXT
    assert kept.metadata["article_id"] == "a"
    assert len(kept.metadata) == 64
    assert max(map(len, kept.metadata.values())) == MAX_VALUE
    assert kept.anchors[0] == "n:0"
    assert len(kept.anchors) == MAX_ANCHORS


@pytest.mark.parametrize("article", ["", "x" * 1_001, "bad\ud800", "bad\0"])
def test_an_unusable_article_id_is_refused(article):
    with pytest.raises(StoreError, match="article id") as caught:
        bounded(NewPassage("text", "en", {"article_id": article}))
    assert caught.value.remedy

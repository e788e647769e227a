"""Alignment without a model: lexicon, cognates, values and positions alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.matching.alignment import Alignment, align, gaps
from checker.matching.comparison import compare_sides
from checker.matching.sides import Side, make_side, sentences_of, word_vectors
from checker.matching.similarity import cognate
from checker.matching.words import words_of
from checker.types import MentionKind, QuotationKind, Relation
from index.types import TokenVectors

QUOTE = "Kami tidak akan menutup pelabuhan sebelum 12 kapal tiba dari Jepang"
SOURCE = "We will not close the harbour before 12 ships arrive from Japan"


def aligned(quote: str = QUOTE, source: str = SOURCE, languages: tuple[str, str] = ("id", "en")) -> Alignment:
    return align(make_side(quote, languages[0]), make_side(source, languages[1]))


def partner(alignment: Alignment, word: str) -> str | None:
    i = next(n for n, w in enumerate(alignment.quote.words) if w.text == word)
    j = int(alignment.to_source[i])
    return alignment.source.words[j].text if j >= 0 else None


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tidak", "not"),
        ("menutup", "close"),
        ("pelabuhan", "harbour"),
        ("12", "12"),
        ("kapal", "ships"),
        ("Jepang", "Japan"),
    ],
)
def test_words_meet_their_translation(word: str, expected: str) -> None:
    assert partner(aligned(), word) == expected


def test_links_are_one_to_one_and_inverse() -> None:
    alignment = aligned()
    for i, j in enumerate(alignment.to_source):
        if j >= 0:
            assert alignment.to_quote[j] == i
    linked = [int(j) for j in alignment.to_source if j >= 0]
    assert len(linked) == len(set(linked))


def test_opposites_are_linked_as_opposites() -> None:
    alignment = aligned("posisi mereka semakin lemah", "their position is getting stronger")
    i = [w.text for w in alignment.quote.words].index("lemah")
    assert partner(alignment, "lemah") == "stronger"
    assert alignment.contrast[i]


def test_a_replaced_number_keeps_its_place_and_is_not_equal() -> None:
    alignment = aligned(QUOTE.replace("12", "21"))
    assert partner(alignment, "21") == "12"
    comparison = compare_sides(alignment, QuotationKind.DIRECT)
    assert [
        (q.span.of(QUOTE.replace("12", "21")), s.span.of(SOURCE))
        for q, s in comparison.clashes(MentionKind.NUMBER)
    ] == [("21 kapal", "12 ships")] or len(comparison.clashes(MentionKind.NUMBER)) == 1


def test_the_window_leaves_the_rest_of_a_long_passage_out() -> None:
    before = "The committee met for nine hours and drank a lot of coffee. "
    alignment = aligned(source=before + SOURCE)
    words = [alignment.source.words[j].text for j in alignment.window]
    assert "coffee" not in words
    assert {"close", "harbour", "Japan"} <= set(words)


def test_coverage_falls_with_what_is_missing() -> None:
    whole, part = aligned(), aligned(QUOTE + " dan membayar seluruh biaya perbaikan jembatan tua itu")
    assert whole.quote_coverage > part.quote_coverage + 0.15


def test_gaps_name_the_words_without_counterpart() -> None:
    alignment = aligned(
        source="We will not, whatever the angry mayor of Lisbon says, close the harbour before 12 ships arrive from Japan"
    )
    missing = {alignment.source.words[j].text for run in gaps(alignment, of_quote=False) for j in run}
    assert {"angry", "mayor", "Lisbon"} <= missing


@pytest.mark.parametrize(
    ("a", "b", "related"),
    [
        ("komitmen", "commitment", True),
        ("aliansi", "alliance", True),
        ("meja", "table", False),
        ("12345", "12346", False),
    ],
)
def test_cognates(a: str, b: str, related: bool) -> None:
    assert (cognate(a, b) > 0) is related


def test_the_relation_follows_the_languages() -> None:
    def relation(quote: str, source: str, languages: tuple[str, str]) -> Relation:
        return compare_sides(aligned(quote, source, languages), QuotationKind.DIRECT).relation

    assert relation(QUOTE, SOURCE, ("id", "en")) is Relation.TRANSLATION
    assert relation(SOURCE, SOURCE, ("en", "en")) is Relation.VERBATIM
    assert relation(SOURCE.replace("arrive", "come"), SOURCE, ("en", "en")) is Relation.PARAPHRASE


def test_sentences_end_neither_at_initials_nor_inside_an_ellipsis() -> None:
    text = "Dr. Falk met J. Okoro. They have the right... to stay. 我们走。好！"
    assert [s.of(text) for s in sentences_of(text)] == [
        "Dr. Falk met J. Okoro.",
        "They have the right... to stay.",
        "我们走。",
        "好！",
    ]


def test_a_reduplication_is_one_word() -> None:
    assert [w.norm for w in words_of("hari-hari anak-anak well-known")] == ["hari", "anak", "well", "known"]


def test_word_vectors_are_means_of_token_vectors() -> None:
    words = words_of("harbour town")
    tokens = TokenVectors(((0, 3), (3, 7), (8, 12)), np.eye(3, dtype=np.float32))
    vectors = word_vectors(words, tokens)
    assert vectors.shape == (2, 3)
    assert vectors[0] == pytest.approx([2**-0.5, 2**-0.5, 0.0])
    assert vectors[1] == pytest.approx([0.0, 0.0, 1.0])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120), st.sampled_from(["en", "id", "ms", "zh", "fr"]))
def test_any_text_can_be_aligned(quote: str, source: str, language: str) -> None:
    first: Side = make_side(quote, language)
    alignment = align(first, make_side(source, "en"))
    assert 0.0 <= alignment.quote_coverage <= 1.0 + 1e-9
    assert 0.0 <= alignment.window_coverage <= 1.0 + 1e-9
    assert all(w.span.of(quote) == w.text for w in first.words)
    comparison = compare_sides(alignment, QuotationKind.DIRECT)
    for kind in MentionKind:
        comparison.clashes(kind)

"""The drift score: its weights file, its range, and that damage raises it."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

from checker import Checker, Source
from checker.errors import CheckerError
from checker.matching.alignment import align
from checker.matching.comparison import Comparison, compare_sides
from checker.matching.consistency import drift, fitted, meaning_changed, parse_weights
from checker.matching.scorer import Reading
from checker.matching.sides import make_side
from checker.matching.signals import FEATURES, READ_FEATURES, signals
from checker.types import QuotationKind
from index import load_encoder

SOURCE = "Governor Ratna Wulandari said on Tuesday that 40 schools in the district will not open before the new roof is safe."
FAITHFUL = "Gubernur Ratna Wulandari mengatakan pada hari Selasa bahwa 40 sekolah di kabupaten itu tidak akan dibuka sebelum atap barunya aman."
OTHER = "Harga beras naik tajam karena panen gagal di tiga provinsi."


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(encoder=load_encoder(None))


def score(
    checker: Checker, quote: str, source: str = SOURCE, *, language: str = "id", other: str = "en"
) -> float:
    return checker.compare(quote, [Source(source, other)], language=language).drift


def compared(quote: str, source: str, language: str = "id", other: str = "en") -> Comparison:
    return compare_sides(align(make_side(quote, language), make_side(source, other)), QuotationKind.DIRECT)


def named(comparison: Comparison) -> dict[str, float]:
    return dict(zip(FEATURES, signals(comparison, 0.9, ()), strict=True))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("40 sekolah", "90 sekolah"),
        ("tidak akan", "akan"),
        ("Ratna Wulandari", "Bambang Prakoso"),
        ("hari Selasa", "hari Jumat"),
        ("sebelum atap barunya aman", "karena murid di sana menolak belajar"),
    ],
)
def test_damage_raises_the_score(checker: Checker, before: str, after: str) -> None:
    assert before in FAITHFUL
    faithful, damaged = score(checker, FAITHFUL), score(checker, FAITHFUL.replace(before, after))
    assert damaged > faithful + 0.2


def test_faithful_translation_is_below_one_half(checker: Checker) -> None:
    assert score(checker, FAITHFUL) < 0.5


def test_a_sentence_of_its_own_does_not_drift(checker: Checker) -> None:
    assert score(checker, SOURCE, language="en") < 0.2


def test_another_statement_altogether(checker: Checker) -> None:
    assert score(checker, OTHER) > 0.9


@pytest.mark.parametrize("quote", ["a\u202e\x00\ud800", "x" * 4000, "a " * 600, "a()[]", "不", "[a]", "("])
def test_odd_texts_still_get_a_probability(checker: Checker, quote: str) -> None:
    assert 0.0 <= score(checker, quote) <= 1.0
    assert 0.0 <= score(checker, SOURCE, quote, language="en", other="id") <= 1.0


@pytest.mark.parametrize("text", ["", " ", "…", "\u202e\x00\ud800", "[" * 5000, "(a" * 300])
def test_texts_without_a_word_still_get_a_probability(text: str) -> None:
    for comparison in (compared(text, SOURCE), compared(SOURCE, text, "en", "id"), compared(text, text)):
        assert 0.0 <= drift(comparison, 0.0, ()) <= 1.0


def test_signals_need_no_vectors() -> None:
    values = signals(compared(FAITHFUL, SOURCE), 0.9, ())
    assert values.shape == (len(FEATURES),)
    assert np.isfinite(values).all()
    assert 0.0 <= drift(compared(FAITHFUL, SOURCE), 0.9, ()) <= 1.0


def test_names_of_the_signals_are_unique() -> None:
    assert len(set(FEATURES)) == len(FEATURES)


def test_a_number_without_counterpart_is_lonely_on_either_side() -> None:
    found = named(compared(FAITHFUL.replace("40", "90"), SOURCE))
    assert found["lonely number quote"] > 0.0
    assert found["lonely number source"] > 0.0
    kept = named(compared(FAITHFUL, SOURCE))
    assert kept["lonely number quote"] == kept["lonely number source"] == 0.0


def test_a_denial_is_counted_on_the_side_that_has_it() -> None:
    dropped = named(compared(FAITHFUL.replace("tidak ", ""), SOURCE))
    assert dropped["denied source"] == 1.0
    assert dropped["denied quote"] == 0.0
    assert named(compared(FAITHFUL, SOURCE))["denied source"] == 0.0


def test_an_ellipsis_excuses_the_words_it_stands_for() -> None:
    source = "The schools, which stand near the river in the old harbour, will not open before the new roof is safe."
    bare = named(compared("The schools will not open before the new roof is safe.", source, "en"))
    marked = named(compared("The schools … will not open before the new roof is safe.", source, "en"))
    assert marked["gap source"] < bare["gap source"]
    assert marked["unlinked information source"] < bare["unlinked information source"]


def test_words_left_out_at_the_end_are_told_from_words_left_out_inside() -> None:
    cut = named(compared(SOURCE.replace(" before the new roof is safe", ""), SOURCE, "en"))
    hole = named(compared(SOURCE.replace(" schools in the district", ""), SOURCE, "en"))
    assert cut["outer gap"] > 0.0
    assert hole["outer gap"] == 0.0
    assert hole["gap source"] > 0.0


def test_a_bracketed_gloss_is_no_addition() -> None:
    source = "They will not open the schools before the new roof is safe."
    plain = named(
        compared(
            "They [Ratna Wulandari] will not open the schools before the new roof is safe.", source, "en"
        )
    )
    bare = named(
        compared("They Ratna Wulandari will not open the schools before the new roof is safe.", source, "en")
    )
    assert plain["gap quote"] < bare["gap quote"]


def test_words_in_another_order_show_as_disorder() -> None:
    shuffled = "safe the district before schools roof open Tuesday Wulandari new 40 said Ratna not Governor in will on that is."
    assert named(compared(shuffled, SOURCE, "en"))["disorder"] > 0.2
    assert named(compared(SOURCE, SOURCE, "en"))["disorder"] == 0.0


def test_a_question_made_of_a_statement() -> None:
    assert named(compared(SOURCE[:-1] + "?", SOURCE, "en"))["question"] == 1.0
    assert named(compared(SOURCE, SOURCE, "en"))["question"] == 0.0


def test_the_shipped_weights_fit_this_version() -> None:
    for weights in fitted():
        assert weights.read.coefficients.shape == (len(READ_FEATURES),)
        assert weights.unread.coefficients.shape == (len(FEATURES),)


def test_no_finding_of_a_rule_lowers_the_score() -> None:
    rules = [n for n, name in enumerate(FEATURES) if name.startswith("rule ")]
    for weights in fitted():
        assert (weights.read.coefficients[rules] >= 0.0).all()
        assert (weights.unread.coefficients[rules] >= 0.0).all()
        assert weights.meaning.coefficients[0] > 0.0


LENGTHS = {"read": len(READ_FEATURES), "unread": len(FEATURES), "meaning": 1}


def _set(bias: object = 0.0, value: float = 0.0, **changes: object) -> dict[str, object]:
    parts = {part: {"bias": bias, "coefficients": [value] * length} for part, length in LENGTHS.items()}
    return {**parts, **changes}


def _record(**changes: object) -> str:
    return json.dumps({"features": list(READ_FEATURES), "across": _set(), "within": _set(), **changes})


def test_weights_of_zero_give_one_half() -> None:
    across, within = parse_weights(_record())
    assert across.unread.probability(np.ones(len(FEATURES))) == 0.5
    assert within.read.probability(np.zeros(len(READ_FEATURES))) == 0.5


def test_extreme_signals_do_not_overflow() -> None:
    across, _ = parse_weights(_record(across=_set(1e9, -1e300)))
    assert 0.0 <= across.read.probability(np.full(len(READ_FEATURES), 1e5)) <= 1.0


def test_a_reading_moves_the_score_and_its_own_probability() -> None:
    comparison = compared(FAITHFUL, SOURCE)
    calm, alarmed = (
        Reading(
            logit, np.full(len(comparison.quote.words), logit), np.full(len(comparison.source.words), logit)
        )
        for logit in (-6.0, 6.0)
    )
    assert drift(comparison, 0.9, (), calm) < drift(comparison, 0.9, (), alarmed)
    assert meaning_changed(comparison, calm) < 0.2 < 0.8 < meaning_changed(comparison, alarmed)


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[]",
        "{}",
        _record(features=["other"]),
        _record(features=list(reversed(READ_FEATURES))),
        _record(across=_set(read={"bias": 0.0, "coefficients": [0.0]})),
        _record(across=_set("x")),
        _record(within=_set(0.0, float("nan"))),
        _record(within={"read": _set()["read"]}),
        _record(within=None),
    ],
)
def test_a_foreign_weights_file_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(CheckerError) as caught:
        parse_weights(text)
    assert "misquote" in str(caught.value.remedy)


def test_the_score_costs_little(checker: Checker) -> None:
    comparison = compared(FAITHFUL, SOURCE)
    drift(comparison, 0.9, ())
    started = time.process_time()
    for _ in range(50):
        drift(comparison, 0.9, ())
    assert (time.process_time() - started) / 50 < 0.01

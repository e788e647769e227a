"""Generated damages: each does what its name says, the same way for a given seed, and mends what it can."""

from __future__ import annotations

import random

import pytest

from training.damages import DAMAGES
from training.lawful import LAWFUL
from training.stock import Stock, stock_of

ENGLISH = (
    "On Monday the harbour master Ratna Wulandari, who had seen the flood, said that 40 boats may not leave Kendari.",
    "If the river rises by three metres, the schools will close.",
    "She told Bambang Prakoso that Makassar would support the new and stronger bridge.",
    "They do not want the old market to close before March 2031.",
    "Teachers said the village increased its harvest of rice and maize last year.",
    "The council of Ternate wrote to Gorontalo about the price of diesel.",
    "Ambon, Palu, Bitung and Manado sent letters.",
)


@pytest.fixture(scope="module")
def stock() -> Stock:
    return stock_of("en", ENGLISH, [("old", "new")])


def changed(kind: str, text: str, stock: Stock, seed: int = 1) -> str:
    table = {**DAMAGES, **LAWFUL}
    result = table[kind](text, stock, random.Random(seed))
    assert result is not None
    assert result != text
    return result


def test_a_number_is_another_number(stock: Stock) -> None:
    for seed in range(20):
        result = changed("number", ENGLISH[0], stock, seed)
        assert " 40 " not in result
        assert "boats may not leave" in result


def test_dropped_negation_takes_its_do_with_it(stock: Stock) -> None:
    assert changed("negation dropped", ENGLISH[3], stock).startswith("They want the old market")
    assert changed("negation dropped", "He didn't wait.", stock) == "He did wait."
    assert changed("negation dropped", "We can't wait.", stock) == "We can wait."


def test_not_only_denies_nothing_and_is_left_alone(stock: Stock) -> None:
    assert DAMAGES["negation dropped"]("Not only boats were lost.", stock, random.Random(1)) is None


def test_added_negation_stands_behind_an_auxiliary(stock: Stock) -> None:
    assert changed("negation added", ENGLISH[1], stock).endswith("the schools will not close.")


def test_a_modal_becomes_one_of_another_rung(stock: Stock) -> None:
    for seed in range(20):
        assert changed("modal", "The schools will close.", stock, seed).split()[2] in (
            "may",
            "might",
            "can",
            "could",
            "must",
        )


def test_an_antonym_comes_from_the_axes_or_from_the_pairs_given(stock: Stock) -> None:
    results = {changed("antonym", ENGLISH[2], stock, seed) for seed in range(30)}
    assert any("weaker bridge" in r for r in results)


def test_a_name_is_replaced_by_a_name_of_the_data(stock: Stock) -> None:
    result = changed("name", ENGLISH[5], stock, 3)
    assert any(name in result for names in stock.names.values() for name in names)


def test_roles_exchange_two_names_but_not_the_members_of_a_list(stock: Stock) -> None:
    assert changed("roles", ENGLISH[5], stock).startswith("The council of Gorontalo wrote to Ternate")
    assert DAMAGES["roles"](ENGLISH[6], stock, random.Random(1)) is None


def test_a_dropped_clause_leaves_clean_punctuation(stock: Stock) -> None:
    result = changed("dropped clause", ENGLISH[0], stock)
    assert "Ratna Wulandari said that" in result


def test_a_dropped_condition_takes_its_clause_with_it(stock: Stock) -> None:
    assert changed("dropped condition", ENGLISH[1], stock) == "The schools will close."
    assert LAWFUL["trimmed"](ENGLISH[1], stock, random.Random(1)) is None


def test_an_ellipsis_marks_what_is_left_out(stock: Stock) -> None:
    text = ENGLISH[0].replace("On Monday the", "The long-serving and much liked")
    result = changed("ellipsis", text, stock)
    assert "had seen the flood" not in result
    assert any(mark in result for mark in ("…", "...", "[...]"))


def test_a_small_figure_is_spelled_as_its_own_word(stock: Stock) -> None:
    assert changed("number format", "They lost 3 boats.", stock) == "They lost three boats."
    assert changed("number format", "They lost 12,500 boats.", stock) == "They lost 12500 boats."


def test_halves_change_places(stock: Stock) -> None:
    assert (
        changed("halves", ENGLISH[1], stock) == "The schools will close if the river rises by three metres."
    )


@pytest.mark.parametrize("kind", sorted({**DAMAGES, **LAWFUL}))
def test_every_change_is_the_same_for_a_seed_and_bears_odd_text(kind: str, stock: Stock) -> None:
    change = {**DAMAGES, **LAWFUL}[kind]
    for text in (*ENGLISH, "", ",", "…", "\u202e\ud800", "not", "5", ", , ,", "A, b, c, d, e."):
        first = change(text, stock, random.Random(5))
        assert first == change(text, stock, random.Random(5))
        assert first is None or isinstance(first, str)

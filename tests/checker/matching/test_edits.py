"""What was done to a quotation in the language of its report, and what of a report is narration."""

from __future__ import annotations

import pytest

from checker.matching.alignment import align
from checker.matching.comparison import Comparison, compare_sides
from checker.matching.edits import edits, worded_alike
from checker.matching.sides import make_side
from checker.matching.wording import terms
from checker.rules.mq118_stitched import separate_statements
from checker.rules.swaps import edited_swaps, single_swaps
from checker.types import MentionKind, QuotationKind


def compared(
    quote: str, source: str, *, quote_language: str = "en", source_language: str = "en"
) -> Comparison:
    alignment = align(make_side(quote, quote_language), make_side(source, source_language))
    return compare_sides(alignment, QuotationKind.DIRECT)


def worded(comparison: Comparison) -> list[tuple[str, str]]:
    quote, source = comparison.quote.words, comparison.source.words
    return [
        (" ".join(quote[i].text for i in e.quote), " ".join(source[j].text for j in e.source))
        for e in edits(comparison)
    ]


def test_edits_are_what_was_replaced_put_in_or_cut_out_of_the_middle() -> None:
    source = "The old bridge will not open before the last inspection in May."
    assert worded(compared("The old bridge will open before the last inspection in June.", source)) == [
        ("", "not"),
        ("June", "May"),
    ]


@pytest.mark.parametrize(
    "quote", ["The bridge is closed", "and we wait for the boat", "The bridge is closed, and we wait"]
)
def test_what_is_cut_off_at_either_end_is_no_edit(quote: str) -> None:
    comparison = compared(quote, "The bridge is closed, and we wait for the boat.")
    assert worded_alike(comparison)
    assert edits(comparison) == ()


def test_of_two_equal_words_the_nearer_is_meant() -> None:
    comparison = compared(
        "we will pay the boatmen", "We did not sell the boats, and we will pay the boatmen."
    )
    assert edits(comparison) == ()


def test_other_words_or_another_language_have_no_edits() -> None:
    source = "The bridge is closed, and we wait for the boat."
    free = compared("Nobody can cross the river until a ferry comes.", source)
    foreign = compared("Jembatan ditutup, dan kami menunggu kapal.", source, quote_language="id")
    assert [worded_alike(free), worded_alike(foreign)] == [False, False]
    assert edits(free) == edits(foreign) == ()


def test_the_narrators_words_are_no_part_of_the_speech() -> None:
    source = "“The bridge is closed,” the mayor said on Monday, “and we wait for the boat.”"
    comparison = compared("The bridge is closed, and we wait for the boat.", source)
    said = [comparison.source.words[j].text for j in sorted(comparison.narrated)]
    assert said == ["the", "mayor", "said", "on", "Monday"]
    assert not any(comparison.in_scope(m) for m in comparison.source.of_kind(MentionKind.DATE))


def test_where_the_narration_is_quoted_nothing_is_set_aside() -> None:
    source = "The mayor closed the bridge on Monday and called it “a very sad day”."
    assert compared("The mayor closed the bridge on Monday", source).narrated == frozenset()


def test_two_statements_are_parted_by_another_day_and_not_by_he_said() -> None:
    quote = "The bridge is closed. The boatmen ask too much."
    two = "“The bridge is closed,” she said on Monday. Asked about prices, she said: “The boatmen ask too much.”"
    one = "“The bridge is closed,” the mayor said. “The boatmen ask too much.”"
    assert separate_statements(compared(quote, two)) is not None
    assert separate_statements(compared(quote, one)) is None


def test_names_that_changed_places_are_found_and_lists_may_be_told_in_any_order() -> None:
    turned = compared(
        "Norway asked Indonesia to extend the treaty.", "Indonesia asked Norway to extend the treaty."
    )
    listed = compared("We sell to Norway and Indonesia.", "We sell to Indonesia and Norway.")
    assert len(single_swaps(turned)[MentionKind.NAME]) == 1
    assert single_swaps(listed)[MentionKind.NAME] == []


def test_words_that_changed_places_within_a_language() -> None:
    turned = compared(
        "Onions fell in the village while garlic rose in the town.",
        "Onions rose in the village while garlic fell in the town.",
    )
    assert len(list(edited_swaps(turned))) == 1


def test_the_longest_phrase_says_what_a_word_means() -> None:
    side = make_side("Not all of them came, but almost all the boats did, and a few of the nets.", "en")
    assert [t.key for t in terms(side, "quantity")] == ["not-all", "nearly-all", "some"]
    assert [t.key for t in terms(side, "hedge") if t.reported] == ["almost"]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from checker.report.positions import Lines, Position
from checker.report.segments import ELLIPSIS, Excerpt, Mark, clip, right_to_left, rows, shorten
from checker.types import Span

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


def whole(text: str) -> Excerpt:
    return Excerpt(text, (Span(0, len(text)),))


def laid(text: str, width: int, *marks: Mark, keep_lines: bool = False) -> list[str]:
    return [row.text for row in rows(whole(text), marks, width, keep_lines=keep_lines)]


def marked(text: str, width: int, mark: Mark) -> list[tuple[str, int, int]]:
    found = [piece for row in rows(whole(text), (mark,), width) for piece in row.pieces if piece.mark == 0]
    return [(piece.text, piece.column, piece.width) for piece in found]


def test_rows_break_at_spaces_and_hang_nothing_over() -> None:
    assert laid("we will not raise the fares", 11) == ["we will not", "raise the", "fares"]


def test_a_word_longer_than_the_row_is_cut() -> None:
    assert laid("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]


def test_chinese_breaks_anywhere_but_not_before_a_full_stop() -> None:
    assert laid("票价将上涨。他说", 10) == ["票价将上", "涨。他说"]


def test_line_ends_are_spaces_or_rows() -> None:
    assert laid("one\n\n  two\tthree", 40) == ["one two three"]
    assert laid("one\r\n\n  two", 40, keep_lines=True) == ["one", "two"]


def test_a_mark_is_measured_in_cells() -> None:
    text = "票价上涨15%。"
    assert marked(text, 40, Mark(Span(4, 7))) == [("15%", 8, 3)]
    assert marked("e\u0301 e\u0301 not", 40, Mark(Span(6, 9))) == [("not", 4, 3)]


def test_a_mark_over_two_rows_keeps_its_columns() -> None:
    assert marked("they will not raise", 9, Mark(Span(5, 13))) == [("will", 5, 4), ("not", 0, 3)]


def test_an_invisible_character_takes_the_room_of_its_number() -> None:
    assert marked("a\u200bb not", 40, Mark(Span(4, 7))) == [("not", 11, 3)]


def test_the_first_of_two_marks_on_the_same_words_wins() -> None:
    found = rows(whole("will not raise"), (Mark(Span(5, 8)), Mark(Span(0, 14))), 40)[0].pieces
    assert [(piece.text, piece.mark) for piece in found] == [("will ", 1), ("not", 0), (" raise", 1)]


def test_a_long_text_is_cut_to_the_surroundings_of_its_marks() -> None:
    text = "alpha " * 200 + "NOT " + "beta " * 200 + "NEVER " + "gamma " * 200
    marks = [Mark(Span(text.index(word), text.index(word) + len(word))) for word in ("NOT", "NEVER")]
    excerpt = clip(text, Span(0, len(text)), marks, 160)
    shown = " ".join(row.text for row in rows(excerpt, marks, 50))
    assert "alpha NOT beta" in shown
    assert "beta NEVER gamma" in shown
    assert shown.startswith(ELLIPSIS + " alpha")
    assert shown.endswith("gamma " + ELLIPSIS)
    assert shown.count(ELLIPSIS) == 3
    assert len(shown) < 240


def test_of_a_mark_too_long_to_show_both_ends_are_shown() -> None:
    text = "He said first " + "word " * 20_000 + "last thing."
    mark = Mark(Span(8, len(text) - 1))
    shown = " ".join(row.text for row in rows(clip(text, Span(0, len(text)), [mark], 300), [mark], 80))
    assert shown.startswith("He said first word")
    assert shown.endswith("last thing.")
    assert len(shown) < 400


def test_a_short_text_is_not_cut_and_has_no_ellipsis() -> None:
    excerpt = clip("  before. We will.  \n", Span(0, 21), [], 100)
    assert [row.text for row in rows(excerpt, (), 80)] == ["before. We will."]


@given(ANY_TEXT, st.integers(8, 40), st.integers(0, 200), st.integers(0, 200))
def test_no_row_is_too_wide_and_every_piece_is_where_it_says(text: str, width: int, a: int, b: int) -> None:
    mark = Mark(Span(min(a, b), max(a, b)))
    for row in rows(clip(text, Span(0, len(text)), [mark], 60), [mark], width):
        at = 0
        for piece in row.pieces:
            assert piece.column == at
            at += piece.width
        assert at <= width


@pytest.mark.parametrize(
    ("text", "rtl"), [("will not", False), ("票价", False), ("قال", True), ("a לא b", True)]
)
def test_right_to_left_letters_are_noticed(text: str, rtl: bool) -> None:
    assert right_to_left(text) is rtl


@given(ANY_TEXT, st.integers(4, 30))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert cell_len(shorten(text, width)) <= width


def test_shorten_says_that_it_cut() -> None:
    assert shorten("one  two\nthree", 40) == "one two three"
    assert shorten("one two three", 8) == "one two…"
    assert shorten("票价将上涨", 6) == "票价…"


def test_positions_count_from_one_in_code_points() -> None:
    lines = Lines("a\r\n日本\nc\rd")
    assert lines.position(0) == Position(1, 1)
    assert lines.position(4) == Position(2, 2)
    assert lines.position(6) == Position(3, 1)
    assert lines.position(8) == Position(4, 1)
    assert lines.position(99) == Position(4, 2)
    assert lines.position(-3) == Position(1, 1)

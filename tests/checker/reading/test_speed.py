"""Time grows with the length of the input and no faster, whatever the input is made of."""

import time

import pytest

from checker.reading import read_text
from checker.reading.decoding import decode

SENTENCE = "Gubernur mengatakan bahwa “jembatan” itu akan dibuka karena perbaikan sudah selesai. "
SIZE = 200_000


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        '"',
        "a",
        " ",
        "(Foto: ",
        "<a ",
        "<!--",
        "Baca Juga: ",
        "![",
        "](",
        "\n",
        "Baca Juga:\n",
        "一",
        "*",
        "x\n",
        "-- ",
        "https://",
    ],
)
def test_hostile_texts_are_read_in_linear_time(unit):
    text = "Judul\n\n" + SENTENCE + "\n\n" + unit * (SIZE // len(unit))
    started = time.perf_counter()
    article = read_text(text)
    assert time.perf_counter() - started < 4
    assert article.text == text


def test_one_huge_line_and_a_million_marks():
    text = SENTENCE * 20_000
    started = time.perf_counter()
    assert read_text(text).furniture == ()
    read_text("“" * 1_000_000 + " kata")
    assert time.perf_counter() - started < 6


def test_an_ordinary_article_takes_a_few_milliseconds():
    data = ("Judul berita\n\n" + (SENTENCE * 4 + "\n\n") * 15).encode()
    read_text(decode(data))
    best = min(_timed(data) for _ in range(5))
    assert best < 0.05


def _timed(data):
    started = time.perf_counter()
    read_text(decode(data))
    return time.perf_counter() - started

"""Hostile texts: the time grows with the length and no faster, and so does the memory only up to a bound.

Times are of the processor, not of the clock. ``python -m benchmarks.extraction_speed --hostile`` runs the
same texts at full size: 100 MB, a million marks.
"""

from __future__ import annotations

import time
import tracemalloc
from itertools import pairwise

import pytest

from benchmarks.extraction_speed import HOSTILE, Hostile
from checker.quotations import extract, segments
from checker.quotations.segments import paragraphs_of, parts_of
from checker.types import Article

from .test_properties import check_invariants

SMALL = 6_000
LINEAR = 4
NOISE = 2
"""A machine that does other work doubles the time of a run now and then, seldom three times in a row."""


def seconds(hostile: Hostile, characters: int) -> float:
    article = Article(id="a", text=hostile.make(characters), language=hostile.language)
    started = time.process_time()
    extract(article)
    return time.process_time() - started


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda h: h.name)
def test_four_times_the_text_costs_four_times_the_time(hostile: Hostile) -> None:
    seconds(hostile, 1_000)
    tries = ((seconds(hostile, SMALL), seconds(hostile, 4 * SMALL)) for _ in range(3))
    assert any(large <= max(0.02, LINEAR * NOISE * small) for small, large in tries)


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda h: h.name)
def test_what_is_found_in_hostile_texts_is_in_them(hostile: Hostile) -> None:
    for language in ("en", hostile.language):
        check_invariants(Article(id="a", text=hostile.make(2_000), language=language))


PARAGRAPHS = ["“We wait,” said Alma Reyes.", "Nobody said more.", "“The ferry is late,” Dimas said."]


def test_a_long_text_is_read_in_parts_with_the_same_quotations(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(PARAGRAPHS * 40)
    whole = extract(Article(id="a", text=text, language="en"))
    monkeypatch.setattr(segments, "_MAX_PART", 300)
    assert len(list(parts_of(text))) > 5
    assert extract(Article(id="a", text=text, language="en")) == whole


@pytest.mark.parametrize("limit", ["_MAX_PART", "_MAX_PARAGRAPHS"])
def test_parts_hold_every_paragraph_once_and_are_bounded(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(PARAGRAPHS * 40)
    monkeypatch.setattr(segments, limit, 100 if limit == "_MAX_PART" else 3)
    parts = list(parts_of(text))
    assert [p.span for part in parts for p in part] == [p.span for p in paragraphs_of(text)]
    for part in parts:
        assert [p.number for p in part] == list(range(len(part)))
        assert len(part) <= 3
    assert len(parts) >= 40


def test_only_the_first_part_has_a_headline(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ferry ‘will sail’, says Reyes\n\n" + "\n\n".join(PARAGRAPHS[2:] * 9)
    monkeypatch.setattr(segments, "_MAX_PART", 90)
    kinds = [q.kind.value for q in extract(Article(id="a", text=text, language="en")).quotations]
    assert kinds == ["headline"] + ["direct"] * 9


@pytest.mark.parametrize(
    ("unit", "ends"),
    [("One more word is here. ", "."), ("word ", "d"), ("x", "x"), ("雨下了很久。", "。")],
)
def test_a_line_without_an_end_is_cut(unit: str, ends: str) -> None:
    text = unit * (450_000 // len(unit))
    spans = [p.span for p in paragraphs_of(text)]
    assert len(spans) == 3
    assert "".join(s.of(text) for s in spans).replace(" ", "") == text.replace(" ", "")
    assert all(s.of(text)[-1] == ends for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_lines_without_a_blank_one_are_looked_at_in_bounded_blocks() -> None:
    text = "Nobody said more.\n" * 12_000
    assert len(paragraphs_of(text)) == 12_000


def test_memory_does_not_grow_with_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prose without quotations keeps nothing once it is read."""
    monkeypatch.setattr(segments, "_MAX_PART", 8_000)

    def peak(characters: int) -> int:
        article = Article(id="a", text="The ferry was late again. " * (characters // 26), language="en")
        monkeypatch.setattr(segments, "_MAX_PARAGRAPH", 4_000)
        tracemalloc.start()
        extract(article)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(1_000)
    assert peak(80_000) < 1.5 * peak(20_000)

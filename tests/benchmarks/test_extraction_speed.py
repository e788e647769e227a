"""The stopwatch counts each moment once, and the functions it is put around exist and are given back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from benchmarks.extraction_speed import (
    HOSTILE,
    REST,
    STAGES,
    Hostile,
    Stopwatch,
    measure_hostile,
    read_sets,
    run_hostile,
    speed_row,
    stage_seconds,
    timed,
)
from checker.quotations import extraction


def test_a_moment_belongs_to_the_innermost_stage() -> None:
    ticks = count()
    watch = Stopwatch(clock=lambda: float(next(ticks)))
    inner = watch.around("marks", lambda: None)
    with watch.stage("segments"):
        inner()
        inner()
    assert watch.seconds["marks"] == 2
    assert watch.seconds["segments"] == 3  # before, between and after
    assert watch.seconds[REST] == 1


def test_of_a_generator_only_its_own_time_counts() -> None:
    ticks = count()
    watch = Stopwatch(clock=lambda: float(next(ticks)))

    def numbers() -> Iterator[int]:
        yield 1
        yield 2

    assert list(watch.around("indirect", numbers)()) == [1, 2]
    assert watch.seconds["indirect"] == 3  # two items, and the end
    assert watch.seconds[REST] == 3


def test_every_stage_is_timed_and_the_functions_are_given_back(tmp_path: Path) -> None:
    (_, articles), *public = read_sets(tmp_path, 60)
    assert public == []
    before = extraction.parts_of
    with timed(Stopwatch()):
        assert extraction.parts_of is not before
    assert extraction.parts_of is before
    english = [a for a in articles if a.language == "en"][:3]
    chosen = english + [a for a in articles if a.language == "zh"][:1]
    seconds = stage_seconds(chosen or articles)
    assert set(seconds) == {*STAGES, REST}
    assert all(seconds[stage] > 0 for stage in STAGES if stage != "scripts without capital letters")


def test_a_row_has_the_median_of_the_runs(tmp_path: Path) -> None:
    name, articles = next(iter(read_sets(tmp_path, 2)))
    cells = [cell.strip() for cell in speed_row(name, articles, 3).strip("|").split("|")]
    assert cells[:2] == ["own articles", "2"]
    assert int(cells[3]) > 0
    assert len(cells) == 6


def test_hostile_texts_have_the_length_asked_for() -> None:
    assert len({h.name for h in HOSTILE}) == len(HOSTILE)
    for hostile in HOSTILE:
        assert 900 <= len(hostile.make(1_000)) <= 1_000
    assert Hostile("x", "“‘", back="’”").make(8) == "“‘“‘’”’”"
    assert {h.language for h in HOSTILE} == {"ar", "hi", "id", "ja", "ko", "ta", "th", "zh"}


def test_a_hostile_text_is_measured_even_when_reading_refuses_it(capsys: pytest.CaptureFixture[str]) -> None:
    breaks = next(h for h in HOSTILE if h.name == "line breaks")
    assert "| 500 | refused: the article has no text |" in measure_hostile(breaks, 500)
    assert run_hostile("no such text", 10) == 2
    assert "no hostile text has that name" in capsys.readouterr().err

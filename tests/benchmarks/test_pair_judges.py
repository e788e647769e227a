"""Judging pairs in batches changes nothing; baselines stand beside it where they apply."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.pair_baselines import baselines, string_tools
from benchmarks.pair_judges import compare, judge, judge_in_processes
from benchmarks.pair_sets import Pair
from benchmarks.pair_tables import scored
from benchmarks.quality import own_figures
from checker import Checker
from checker.types import Severity
from index import load_encoder

from .outcomes import NEGATION, OUTCOMES, outcome

PAIRS = [
    Pair(
        "n",
        "g",
        "Kami akan menutup 14 sekolah itu.",
        "We will not close the 14 schools.",
        "id",
        "en",
        "drift",
        "negation-changed",
        frozenset({"MQ102"}),
        "error",
        "akan menutup",
        "not",
    ),
    Pair(
        "k",
        "g",
        "Kami tidak akan menutup 14 sekolah itu.",
        "We will not close the 14 schools.",
        "id",
        "en",
        "ok",
        "literal",
    ),
]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(None, threads=1)


def test_judging_in_batches_says_what_compare_says(encoder):
    judged = judge(PAIRS, encoder)
    assert [o.pair.id for o in judged] == ["n", "k"]
    for one, pair in zip(judged, PAIRS, strict=True):
        alone = compare(Checker(encoder=encoder), pair)
        assert one.drift == pytest.approx(alone.drift, abs=1e-3)
        assert one.verdict == alone.verdict.value
        assert one.found == {(f.rule, f.severity.value) for f in alone.findings}
    assert judged[0].right(Severity.ERROR)
    assert judged[0].marked is True
    assert judged[1].marked is None


def test_processes_give_the_same_in_the_same_order(encoder):
    alone = judge(PAIRS, encoder)
    for one, other in zip(alone, judge_in_processes(PAIRS, 2), strict=True):
        assert (one.pair, one.verdict, one.found, one.marked) == (
            other.pair,
            other.verdict,
            other.found,
            other.marked,
        )
        assert one.drift == pytest.approx(other.drift, abs=1e-3)


def test_the_gate_measures_what_was_built_with_and_what_was_kept_aside(encoder):
    figures = list(own_figures(encoder, 4))
    assert {figure.name.split(":")[0] for figure in figures} == {"own-built", "own-aside"}
    assert {figure.name for figure in figures if figure.lower} == {
        f"own-{part}: lawful pairs with {what}"
        for part in ("built", "aside")
        for what in ("an error", "a warning")
    }


def test_cosines_apply_everywhere_and_string_tools_within_a_language_only(tmp_path: Path, monkeypatch):
    (tmp_path / "quotecheck.py").write_text(
        "class Match:\n  similarity, ok = 0.75, False\ndef check(quote, source):\n  return Match()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    mixed = [OUTCOMES[0], outcome(1, NEGATION, 0.9, languages=("id", "id"))]
    tools = {b.name: b for b in string_tools([o.pair for o in mixed], Path(sys.executable))}
    assert tools["quotecheck"].scores == (None, 0.25)
    assert tools["quotecheck"].alarms == (None, True)
    assert string_tools([OUTCOMES[0].pair], Path(sys.executable)) == []
    found = baselines(mixed, None)
    assert [b.name for b in found] == ["cosine"]
    assert [name for name, _ in scored([*found, *tools.values()], 2)] == ["cosine"]


def test_a_tool_that_is_not_installed_is_named_as_left_out(capsys, tmp_path: Path):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    assert string_tools([outcome(1, NEGATION, 0.9, languages=("id", "id")).pair], python) == []
    assert "left out: quotecheck" in capsys.readouterr().err

"""What could be wrong in the pairs' benchmark without anybody seeing it in the figures."""

from __future__ import annotations

import json
import lzma
import math
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.pair_baselines import baselines
from benchmarks.pair_claims import Judged, inference_claims, own_claims, rendering_claims
from benchmarks.pair_errors import readable, wrong_lines
from benchmarks.pair_measures import (
    Measure,
    best_accuracy,
    by_type,
    damage_row,
    faithful_row,
    interval,
    macro_f1,
    said,
)
from benchmarks.pair_sets import DETECTION, read_public, sample
from benchmarks.pair_speed import Speed, speed_text
from benchmarks.pair_tables import inference_row, main_table, markdown
from benchmarks.pairs import as_json, english_tables, main, measures, read, set_tables

from .outcomes import FAITHFUL, NEGATION, OUTCOMES, outcome


def test_a_row_counts_errors_right_errors_and_marks_apart():
    row = damage_row("negation", OUTCOMES, by_type(OUTCOMES, "drift")["negation-changed"], ())
    assert (row.n, row.error, row.right_error, row.right, row.warning) == (2, 1.0, 0.5, 0.5, 0.0)
    assert row.marked == 1.0
    assert row.drift.auroc == pytest.approx((3 + 1) / 6)
    assert row.drift.recall == 0.5  # above 0.4, the highest of the faithful ones


def test_a_type_whose_rule_is_a_warning_has_no_right_error():
    row = damage_row("added", OUTCOMES, by_type(OUTCOMES, "drift")["content-added"], ())
    assert row.right_error is None
    assert (row.right, row.warning, row.marked) == (1.0, 1.0, 0.0)


def test_a_type_without_a_rule_has_no_right_finding():
    unnamed = [*OUTCOMES, outcome(6, ("drift", "shuffled", (), ""), 1.0, (("MQ102", "error"),))]
    row = damage_row("shuffled", unnamed, [6], ())
    assert row.right_error is row.right is None
    assert row.error == 1.0


def test_faithful_pairs_show_false_alarms_of_each_level():
    row = faithful_row("all", OUTCOMES, [0, 2, 4], [([0.0] * 6, [True, False, True, True, False, False])])
    assert (row.n, row.error, row.warning, row.unrecognised) == (3, 0.0, 1 / 3, 1 / 3)
    assert row.alarms == (2 / 3,)


@pytest.mark.parametrize(
    ("found", "verdict", "drift", "wanted"),
    [
        ((("MQ102", "warning"),), "flagged", 0.1, "contradiction"),
        ((("MQ102", "info"),), "consistent", 0.1, "ok"),
        ((("MQ112", "warning"),), "flagged", 0.4, "ok"),
        ((("MQ112", "warning"),), "flagged", 0.5, "addition"),
        ((("MQ111", "warning"),), "flagged", 0.1, "addition"),
        ((("MQ111", "warning"), ("MQ101", "error")), "flagged", 0.1, "contradiction"),
        ((), "unverified", 0.1, "addition"),
        ((), "consistent", 0.1, "ok"),
    ],
)
def test_a_result_amounts_to_one_class(found, verdict, drift, wanted):
    assert said(outcome(0, FAITHFUL, drift, found, verdict=verdict)) == wanted


def test_macro_f1_is_the_mean_over_classes():
    right = ["ok", "ok", "addition", "contradiction"]
    given = ["ok", "addition", "addition", "ok"]
    assert macro_f1(right, given) == pytest.approx((0.5 + 2 / 3 + 0.0) / 3)
    assert macro_f1(right, right) == 1.0


def test_best_accuracy_never_splits_equal_scores():
    assert best_accuracy([0.1, 0.2, 0.8, 0.9], [False, False, True, True]) == 1.0
    assert best_accuracy([0.5, 0.5, 0.5, 0.5], [False, True, True, True]) == 0.75
    assert best_accuracy([0.9, 0.1], [False, True]) == 0.5


def test_an_interval_holds_the_value_is_repeatable_and_draws_whole_groups():
    flags = np.array([1.0, 0.0] * 40)
    pairs = [f"g{n // 2}" for n in range(80)]

    def mean(rows):
        return float(flags[rows].mean())

    assert interval(pairs, mean, np.random.default_rng(1)) == (0.5, 0.5)  # each group has one of each
    single = [str(n) for n in range(80)]
    low, high = interval(single, mean, np.random.default_rng(1))
    assert 0.3 < low < 0.5 < high < 0.7
    assert (low, high) == interval(single, mean, np.random.default_rng(1))
    assert all(math.isnan(v) for v in interval([], mean, np.random.default_rng(1)))


def test_own_figures_know_their_aims():
    found = {m.name: m for m in own_claims(Judged("own", OUTCOMES, np.random.default_rng(1)))}
    right = found["own: error-level damages with an error of the right rule"]
    assert (right.value, right.n, right.aim, right.met) == (0.5, 2, 0.9, False)
    alarms = found["own: lawful pairs with an error"]
    assert (alarms.value, alarms.n, alarms.met) == (0.0, 3, True)
    marks = found["own: of the right findings, those whose marks touch the changed words"]
    assert (marks.value, marks.n) == (0.5, 2)


def test_what_was_not_measured_is_neither_met_nor_missed():
    figures = list(rendering_claims(Judged(DETECTION[0], OUTCOMES, np.random.default_rng(1))))
    numbers = next(m for m in figures if m.name.endswith("numbers"))
    assert numbers.n == 0
    assert numbers.met is None
    assert as_json(numbers)["value"] is None
    assert "missed" not in main_table([numbers])


def test_inference_sets_of_two_classes_have_no_three_way_figure():
    two = [o for o in OUTCOMES if o.pair.type != "content-added"]
    names = [m.name for m in inference_claims(Judged("fever", two, np.random.default_rng(1)))]
    assert not any("three classes" in name for name in names)
    three = [m.name for m in inference_claims(Judged("nli", OUTCOMES, np.random.default_rng(1)))]
    assert "nli: macro F1 of three classes" in three


def test_a_sample_is_the_same_in_any_order_and_grows():
    pairs = [o.pair for o in OUTCOMES]
    few = sample(pairs, 3)
    assert {p.id for p in sample(pairs[::-1], 3)} == {p.id for p in few}
    assert {p.id for p in few} < {p.id for p in sample(pairs, 4)}
    assert [p.id for p in few] == sorted(p.id for p in few)
    assert sample(pairs, None) == sample(pairs, 100) == pairs


def test_public_pairs_keep_type_group_and_rules(tmp_path: Path):
    rows = [
        {"type": None, "label": "ok", "group": 7},
        {"type": "critical_id8_negation", "label": "drift", "group": 7},
        {"type": "refutes", "label": "drift"},
    ]
    texts = {"quote": "q", "source": "s", "quote_language": "id", "source_language": "en"}
    lines = "".join(json.dumps({"id": str(n), **row, **texts}) + "\n" for n, row in enumerate(rows))
    (tmp_path / "pairs").mkdir()
    (tmp_path / "pairs" / "set.jsonl.xz").write_bytes(lzma.compress(lines.encode()))
    plain, negation, refuted = read_public(tmp_path, "set")
    assert (plain.type, plain.group, plain.rules) == ("original", "7", frozenset())
    assert (negation.rules, negation.level) == (frozenset({"MQ102"}), "error")
    assert (refuted.group, refuted.rules, refuted.level) == ("2", frozenset(), "")


def test_a_set_that_is_not_there_is_none(tmp_path: Path):
    assert read(DETECTION[0], tmp_path) is None


def test_tables_have_one_width():
    for name in ("own-built", DETECTION[0], "indonli-val"):
        for part in set_tables(name, OUTCOMES, baselines(OUTCOMES, None)):
            rows = [line for line in part.splitlines() if line.startswith("|")]
            assert len({row.count("|") for row in rows}) <= 1, part
    assert markdown(["a", "b"], [["x", "1"]]) == "| a | b |\n| --- | ---: |\n| x | 1 |"


def test_the_english_part_of_a_mixed_set_has_totals_only():
    english = [outcome(n, what, 0.3, languages=("en", "en")) for n, what in enumerate((FAITHFUL, NEGATION))]
    text = "\n".join(english_tables("own", [*OUTCOMES, *english], []))
    assert "| all damages | 1 |" in text
    assert "negation-changed" not in text
    assert english_tables("own", english, []) == []


def test_inference_rows_score_the_tools_own_answer():
    rows = list(inference_row("set", OUTCOMES, []))
    assert [row[2] for row in rows] == ["drift"]
    assert rows[0][1] == "6"


def test_figures_of_a_set_are_seeded():
    first, again = (measures("own-built", OUTCOMES) for _ in range(2))
    assert [m.name for m in first] == [m.name for m in again]
    assert [(m.low, m.high) for m in first if not math.isnan(m.low)] == [
        (m.low, m.high) for m in again if not math.isnan(m.low)
    ]


def test_an_aim_is_met_from_the_right_side():
    assert Measure("x", 0.9, 0.8, 1.0, 5, aim=0.9).met is True
    assert Measure("x", 0.011, 0.0, 0.1, 5, aim=0.01, lower=True).met is False
    assert Measure("x", 0.5, 0.4, 0.6, 5).met is None


def test_speed_says_whether_the_aim_is_missed():
    assert "**missed**" in speed_text(Speed(100, 21.0, 30.0, 15.0))
    assert "**missed**" not in speed_text(Speed(100, 19.9, 30.0, 15.0))
    assert "the encoder 50 %" in speed_text(Speed(100, 19.9, 30.0, 15.0))


def test_the_command_prints_a_report_and_writes_its_figures(tmp_path: Path, monkeypatch, capsys):
    target = tmp_path / "figures.json"
    monkeypatch.setattr(
        sys,
        "argv",
        [
            "pairs",
            "--only",
            "own-built",
            "--only",
            "pud-nli.public",
            "--limit",
            "6",
            "--eval",
            str(tmp_path),
            "--json",
            str(target),
        ],
    )
    main()
    shown = capsys.readouterr()
    assert "## own-built: damages" in shown.out
    assert "left out: pud-nli.public" in shown.err
    record = json.loads(target.read_text())
    assert record["limit"] == 6
    assert record["speed"] is None
    assert {f["n"] for f in record["figures"]} <= set(range(7))


def test_wrong_pairs_are_listed_but_never_those_kept_aside():
    lines = [line.split()[0] for line in wrong_lines(OUTCOMES) if not line.startswith(" ")]
    assert lines == ["p2", "p3"]  # a warning on a faithful pair, an error of another rule
    assert readable("own-aside", 100) == 0
    assert readable("own-built", 100) == 100
    assert readable("pud-nli.public", 101) == 50

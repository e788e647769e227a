"""``misquote check``: the table of exit statuses, what goes where, and several outputs in one run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker.report import FORMATS
from checker.report.records import schema

from .conftest import CHANGED, FAITHFUL, Run


def rules(desk: Path, level: str) -> None:
    (desk / "misquote.toml").write_text(f'[rules]\nMQ102 = "{level}"\n', encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["faithful.txt"], 0),
        (["silent.txt"], 0),
        (["french.txt"], 0),
        (["new.txt"], 0),
        (["new.txt", "--fail-on", "warning"], 0),
        (["new.txt", "--fail-on", "info"], 1),
        (["new.txt", "--fail-on-unverified"], 1),
        (["new.txt", "--fail-on", "never", "--fail-on-unverified"], 1),
        (["faithful.txt", "--fail-on-unverified"], 0),
        (["changed.txt"], 1),
        (["changed.txt", "--fail-on", "warning"], 1),
        (["changed.txt", "--fail-on", "info"], 1),
        (["changed.txt", "--fail-on", "never"], 0),
        (["changed.txt", "missing.txt"], 2),
        (["changed.txt", "missing.txt", "--fail-on", "never"], 2),
        (["new.txt", "missing.txt", "--fail-on-unverified"], 2),
        (["missing.txt"], 2),
        (["changed.txt", "--index", "nowhere"], 2),
        (["changed.txt", "--lang", "xx"], 2),
        (["changed.txt", "--format", "xml"], 2),
        (["changed.txt", "--fail-on", "fatal"], 2),
        (["changed.txt", "--no-such-option"], 2),
        ([], 2),
    ],
)
def test_exit_status(desk: Path, misquote: Run, arguments: list[str], status: int) -> None:
    assert misquote("check", *arguments).status == status


@pytest.mark.parametrize(
    ("level", "fail_on", "status"),
    [
        ("error", "error", 1),
        ("warning", "error", 0),
        ("warning", "warning", 1),
        ("info", "warning", 0),
        ("info", "info", 1),
        ("off", "info", 0),
    ],
)
def test_the_level_of_a_rule_and_the_gate_meet(
    desk: Path, misquote: Run, level: str, fail_on: str, status: int
) -> None:
    rules(desk, level)
    assert misquote("check", "changed.txt", "--fail-on", fail_on).status == status


def test_the_gate_of_the_settings_file_and_the_command_line_over_it(desk: Path, misquote: Run) -> None:
    (desk / "misquote.toml").write_text('fail-on = "never"\nfail-on-unverified = true\n', encoding="utf-8")
    assert misquote("check", "changed.txt").status == 0
    assert misquote("check", "changed.txt", "--fail-on", "error").status == 1
    assert misquote("check", "new.txt").status == 1
    assert misquote("check", "new.txt", "--allow-unverified").status == 0


def test_the_changed_quotation_is_shown_with_both_texts(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "changed.txt")
    assert "changed.txt:3:" in ran.out
    assert "MQ102 negation-changed" in ran.out
    assert "Harian Pelabuhan" in ran.out
    assert ran.err == ""


def test_json_is_valid_and_alone_on_standard_output(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "changed.txt", "faithful.txt", "missing.txt", "--format", "json")
    Draft202012Validator(schema("report")).validate(ran.json)
    assert ran.json["summary"]["articles"] == 2  # type: ignore[index]
    assert [error["path"] for error in ran.json["errors"]] == ["missing.txt"]  # type: ignore[union-attr, attr-defined]
    assert "missing.txt does not exist" in ran.err
    assert "Exit 2" in ran.err


def test_jsonl_lines_are_valid(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "changed.txt", "new.txt", "-f", "jsonl")
    validator = Draft202012Validator(schema("report-line"))
    lines = [json.loads(line) for line in ran.out.splitlines()]
    for line in lines:
        validator.validate(line)
    assert [line["type"] for line in lines].count("quotation") == 2


def test_several_reports_in_one_run(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "changed.txt", "--report", "json:out/a.json", "--report", "concise:a.txt")
    assert ran.status == 1
    assert json.loads((desk / "out/a.json").read_text(encoding="utf-8"))["summary"]["flagged"] == 1
    assert (desk / "a.txt").read_text(encoding="utf-8").startswith("changed.txt:3:")
    assert "MQ102 negation-changed" in ran.out
    assert sorted(p.name for p in (desk / "out").iterdir()) == ["a.json"]


def test_a_report_replaces_an_older_one(desk: Path, misquote: Run) -> None:
    (desk / "a.txt").write_text("old\n" * 1000, encoding="utf-8")
    misquote("check", "changed.txt", "--report", "concise:a.txt")
    assert "old" not in (desk / "a.txt").read_text(encoding="utf-8")


def test_quiet_prints_no_report_but_says_why_it_fails(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "changed.txt", "--quiet")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("Exit 1:")
    assert misquote("check", "faithful.txt", "-q").err == ""


def test_standard_input(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "-", "-f", "concise", stdin=CHANGED.encode())
    assert ran.status == 1
    assert ran.out.startswith("-:3:")


def test_folders_and_patterns(desk: Path, misquote: Run) -> None:
    (desk / "news").mkdir()
    for name in ("b.txt", "a.txt"):
        (desk / "news" / name).write_text(CHANGED, encoding="utf-8")
    for argument in ("news", "news/*.txt"):
        ran = misquote("check", argument, "-f", "concise")
        assert [line.split(":")[0] for line in ran.out.splitlines()[:2]] == ["news/a.txt", "news/b.txt"]


def test_an_article_without_quotations_says_so(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "silent.txt")
    assert ran.status == 0
    assert "no quotation was found, so there was nothing to check" in ran.out


def test_a_language_without_data_is_unchecked_and_named(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "french.txt")
    assert ran.status == 0
    assert "1 unchecked" in ran.out
    assert "french.txt is in French, so 1 quotation could not be checked" in ran.err


def test_the_index_of_the_environment(desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / ".misquote").rename(desk / "elsewhere")
    assert misquote("check", "changed.txt").status == 2
    monkeypatch.setenv("MISQUOTE_INDEX", "elsewhere/index")
    assert misquote("check", "changed.txt").status == 1


def test_the_time_in_a_report_can_be_held(desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    first, second = (misquote("check", "changed.txt", "-f", "json") for _ in range(2))
    assert first.out == second.out
    assert first.json["run"]["started"] == "2026-01-01T00:00:00+00:00"  # type: ignore[index]


@pytest.mark.parametrize("epoch", ["tomorrow", "²", "9" * 30])
def test_a_time_that_is_none(desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    ran = misquote("check", "changed.txt")
    assert ran.status == 2
    assert "SOURCE_DATE_EPOCH" in ran.err


def test_help_names_every_format(misquote: Run) -> None:
    assert all(name in misquote("check", "--help").out for name in FORMATS)


def test_a_faithful_article_lists_its_evidence_when_asked(desk: Path, misquote: Run) -> None:
    (desk / "faithful.txt").write_text(FAITHFUL, encoding="utf-8")
    assert "Kabar Teluk" not in misquote("check", "faithful.txt").out
    assert "Kabar Teluk" in misquote("check", "faithful.txt", "--verbose").out


@pytest.mark.parametrize(
    ("front", "line", "column"),
    [
        ("---\nlang: en\ntitle: 'Captain: \"We sail tonight whatever happens\"'\n---\n", 3, 19),
        ('---\ntitle: "Captain: \\"We sail tonight whatever happens\\""\nlang: en\n---\n', 2, 20),
        ("+++\nlang = 'en'\ntitle = 'Captain: “We sail tonight whatever happens”'\n+++\n", 3, 20),
    ],
)
def test_a_finding_on_the_title_points_into_the_front_matter(
    desk: Path, misquote: Run, front: str, line: int, column: int
) -> None:
    body = "\nThe ferry stayed in the harbour.\n\n“We wait until the wind drops,” Ingrid Solvang said.\n"
    (desk / "titled.md").write_text(front + body, encoding="utf-8")
    report: dict[str, Any] = misquote("check", "titled.md", "--format", "json").json
    [found] = [f for f in report["findings"] if f["rule"] == "MQ305"]
    assert (found["line"], found["column"]) == (line, column)
    headline = report["articles"][0]["quotations"][0]
    assert (headline["kind"], headline["text"]) == ("headline", "We sail tonight whatever happens")
    assert (headline["line"], headline["column"]) == (line, column)

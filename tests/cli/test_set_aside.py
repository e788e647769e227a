"""Comments in articles and out-of-date entries of ignore files, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.suppressions import FILE_NAME

from .conftest import CHANGED, FARES, Run

COMMENT = "<!-- misquote: ignore MQ102 -- the ministry confirmed it -->"
OTHER = "0123456789abcdef"


def write(desk: Path, text: str, name: str = "a.md") -> str:
    (desk / name).write_text(text, encoding="utf-8")
    return name


def test_a_finding_set_aside_by_a_comment_stays_in_the_report(desk: Path, misquote: Run) -> None:
    name = write(desk, CHANGED.replace("\n\n", f"\n\n{COMMENT}\n"))
    ran = misquote("check", name, "-f", "json")
    assert (ran.status, ran.err) == (0, "")
    [finding] = [f for f in ran.json["findings"] if f["rule"] == "MQ102"]  # type: ignore[attr-defined]
    assert finding["suppressed"] == {"kind": "inline", "reason": "the ministry confirmed it"}
    assert ran.json["articles"][0]["quotations"][0]["verdict"] == "consistent"  # type: ignore[index]


def test_a_comment_in_a_web_page(desk: Path, misquote: Run) -> None:
    quoted = FARES.replace("tidak ", "")
    body = (
        "<p>Jakarta - Tarif kembali dibicarakan oleh kementerian dan para operator kapal pada hari Kamis.</p>"
        f"{{}}<p>“{quoted},” kata Menteri Perhubungan Ratna Suryani di Jakarta, Kamis.</p>"
    )
    whole = f"<!doctype html><html lang='id'><body><article>{body}</article></body></html>"
    assert misquote("check", write(desk, whole.format(""), "a.html")).status == 1
    assert misquote("check", write(desk, whole.format(COMMENT), "a.html")).status == 0


def test_a_comment_counts_for_its_paragraph_only(desk: Path, misquote: Run) -> None:
    name = write(desk, f"{COMMENT}\n\nJakarta - Tarif kembali dibicarakan.\n\n" + CHANGED)
    ran = misquote("check", name)
    assert ran.status == 1
    assert "a.md:1: the comment that ignores MQ102 has nothing to ignore" in ran.err


def test_of_several_rules_the_idle_one_is_named(desk: Path, misquote: Run) -> None:
    both = COMMENT.replace("MQ102", "negation-changed, number-changed")
    ran = misquote("check", write(desk, CHANGED.replace("\n\n", f"\n\n{both}\n")))
    assert ran.status == 0
    assert "a.md:3: the comment that ignores MQ101 has nothing to ignore" in ran.err


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        (COMMENT.replace("MQ102", "MQ999"), "there is no rule 'MQ999'"),
        (COMMENT.replace("MQ102", ""), "names no rule"),
        (COMMENT.replace(" -- the ministry confirmed it", ""), "gives no reason"),
        (COMMENT.replace("the ministry confirmed it", " "), "gives no reason"),
        (COMMENT.replace("ignore", "ignroe"), "'ignroe'"),
    ],
)
def test_a_comment_that_cannot_be_read_is_a_problem(
    desk: Path, misquote: Run, comment: str, said: str
) -> None:
    ran = misquote("check", write(desk, CHANGED.replace("\n\n", f"\n\n{comment}\n")), "-f", "json")
    assert ran.status == 2
    [problem] = ran.json["errors"]  # type: ignore[misc]
    assert said in problem["message"]  # type: ignore[index]
    assert (problem["path"], problem["line"]) == ("a.md", 3)  # type: ignore[index]
    assert problem["remedy"]  # type: ignore[index]


def test_entries_that_met_nothing_are_named_when_folders_are_checked(desk: Path, misquote: Run) -> None:
    misquote("ignore", OTHER, "--reason", "long ago")
    assert misquote("check", "faithful.txt").err == ""
    ran = misquote("check", "*.txt", "--fail-on", "never")
    assert f"{FILE_NAME}:1: {OTHER} met no finding in this run" in ran.err


def test_an_entry_that_ran_out_and_met_nothing_says_both(
    desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773187200")  # 11 March 2026
    misquote("ignore", OTHER, "--reason", "long ago", "--expires", "2026-03-12")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773360000")
    ran = misquote("check", "*.txt", "--fail-on", "never")
    assert "met no finding in this run and ended on 2026-03-12" in ran.err


def test_many_idle_entries_are_counted(desk: Path, misquote: Run) -> None:
    for number in range(7):
        misquote("ignore", f"{number:016x}", "--reason", "long ago")
    ran = misquote("check", "*.txt", "--fail-on", "never")
    assert ran.err.count("met no finding in this run") == 5
    assert "2 more entries of ignore files met no finding" in ran.err

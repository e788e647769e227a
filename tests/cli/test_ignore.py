"""``misquote ignore`` and ``.misquote-ignore.toml``: what was reviewed does not gate and is not lost."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import ConfigError
from checker.suppressions import FILE_NAME, Ignore, add_ignore, read_ignores

from .conftest import CHANGED, Run

TODAY = date(2026, 3, 11)
PRINT = "0123456789abcdef"


def fingerprint_of(misquote: Run, *paths: str) -> str:
    found = misquote("check", *paths, "-f", "json").json["findings"]
    [finding] = [one for one in found if one["rule"] == "MQ102"]  # type: ignore[attr-defined]
    return str(finding["fingerprint"])


def test_an_ignored_finding_stays_in_the_report_and_does_not_gate(desk: Path, misquote: Run) -> None:
    fingerprint = fingerprint_of(misquote, "changed.txt")
    ran = misquote("ignore", fingerprint, "--reason", "Corrected by the ministry", "--by", "desk")
    assert (ran.status, ran.out) == (0, "")
    assert FILE_NAME in ran.err
    ran = misquote("check", "changed.txt", "-f", "json")
    assert ran.status == 0
    [finding] = [f for f in ran.json["findings"] if f["rule"] == "MQ102"]  # type: ignore[attr-defined]
    assert finding["suppressed"] == {"kind": "ignored", "reason": "Corrected by the ministry"}
    assert ran.json["summary"]["errors"] == 0  # type: ignore[index]
    assert ran.json["articles"][0]["quotations"][0]["verdict"] == "consistent"  # type: ignore[index]
    ran = misquote("check", "changed.txt")
    assert "MQ102" not in ran.out
    assert "1 more ignored" in ran.out
    assert "Corrected by the ministry" in misquote("check", "changed.txt", "-v").out


def test_other_findings_still_gate(desk: Path, misquote: Run) -> None:
    misquote("ignore", PRINT, "--reason", "something else")
    assert misquote("check", "changed.txt").status == 1


def test_the_file_lies_beside_the_settings(
    desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    fingerprint = fingerprint_of(misquote, "changed.txt")
    (desk / "misquote.toml").write_text('index = ".misquote/index"\n', encoding="utf-8")
    (desk / "deep").mkdir()
    monkeypatch.chdir(desk / "deep")
    assert misquote("ignore", fingerprint, "--reason", "seen").status == 0
    assert (desk / FILE_NAME).exists()
    assert misquote("check", "../changed.txt").status == 0


def test_settings_beside_the_articles_do_not_hide_the_file_of_the_working_folder(
    desk: Path, misquote: Run
) -> None:
    (desk / "news").mkdir()
    (desk / "news" / "changed.txt").write_text(CHANGED, encoding="utf-8")
    index = (desk / ".misquote" / "index").as_posix()
    (desk / "news" / "misquote.toml").write_text(f'index = "{index}"\n', encoding="utf-8")
    misquote("ignore", fingerprint_of(misquote, "news/changed.txt"), "--reason", "seen")
    assert (desk / FILE_NAME).exists()
    assert misquote("check", "news/changed.txt").status == 0


def test_an_entry_ends(desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprint = fingerprint_of(misquote, "changed.txt")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773187200")  # 11 March 2026
    misquote("ignore", fingerprint, "--reason", "until the correction", "--expires", "2026-03-12")
    assert misquote("check", "changed.txt").status == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773273600")  # the last day
    assert misquote("check", "changed.txt").status == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773360000")
    ran = misquote("check", "changed.txt")
    assert ran.status == 1
    assert f"the ignore of {fingerprint} ended on 2026-03-12" in ran.err
    assert misquote("ignore", fingerprint, "--reason", "once more").status == 0
    ran = misquote("check", "changed.txt")
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([PRINT[:8], "--reason", "x"], "is no fingerprint"),
        (["g" * 16, "--reason", "x"], "is no fingerprint"),
        ([PRINT, "--reason", "  "], "the reason is empty"),
        ([PRINT, "--reason", "x", "--expires", "soon"], "'soon' is no date"),
        ([PRINT, "--reason", "x", "--expires", "2020-01-01"], "is over already"),
        ([PRINT], "--reason"),
        ([], "FINGERPRINT"),
    ],
)
def test_bad_arguments(desk: Path, misquote: Run, arguments: list[str], reason: str) -> None:
    ran = misquote("ignore", *arguments)
    assert ran.status == 2
    assert reason in ran.err
    assert not (desk / FILE_NAME).exists()


def test_the_same_finding_twice(desk: Path, misquote: Run) -> None:
    misquote("ignore", PRINT, "--reason", "first")
    before = (desk / FILE_NAME).read_bytes()
    ran = misquote("ignore", PRINT.upper(), "--reason", "second")
    assert ran.status == 2
    assert "is ignored already" in ran.err
    assert "first" in ran.err
    assert (desk / FILE_NAME).read_bytes() == before


DAMAGED = [
    ("x = [", "not TOML"),
    ("\x00", "not TOML"),
    ('fingerprint = "a"', "unknown key 'fingerprint'"),
    ("ignore = 3", "ignore is no list"),
    ("ignore = [3]", "an entry is no table"),
    (f'[[ignore]]\nfingerprint = "{PRINT}"', "the entry has no reason"),
    ('[[ignore]]\nreason = "r"', "the entry has no fingerprint"),
    ('[[ignore]]\nreason = "r"\nfingerprint = "1"', "is no fingerprint"),
    (f'[[ignore]]\nfingerprint = "{PRINT}"\nreason = "r"\nexpire = 2026-01-01', "did you mean expires?"),
    (f'[[ignore]]\nfingerprint = "{PRINT}"\nreason = "r"\nexpires = "soon"', "is no date"),
    (f'[[ignore]]\nfingerprint = "{PRINT}"\nreason = "r"\nby = 3', "by is no text"),
]


@pytest.mark.parametrize(("text", "reason"), DAMAGED)
def test_a_damaged_file_stops_the_check_and_is_kept(
    desk: Path, misquote: Run, text: str, reason: str
) -> None:
    (desk / FILE_NAME).write_text(text, encoding="utf-8")
    for command in (["check", "changed.txt"], ["ignore", PRINT, "--reason", "x"]):
        ran = misquote(*command)
        assert (ran.status, ran.out) == (2, "")
        assert FILE_NAME in ran.err
        assert reason in ran.err
        assert "  help: " in ran.err
    assert (desk / FILE_NAME).read_text(encoding="utf-8") == text


def test_the_place_of_a_wrong_entry_is_named(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    good = f'[[ignore]]\nfingerprint = "{PRINT}"\nreason = "r"\n'
    path.write_text(f"# reviewed\n{good}\n[[ignore]]\nfinger = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_ignores(path)
    assert caught.value.line == 6


def test_what_is_there_stays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    first = "# our file\r\n[[ignore]]\r\nfingerprint = \"aaaaaaaaaaaaaaaa\"\r\nreason = 'odd' # note"
    path.write_bytes(first.encode())
    add_ignore(path, Ignore(PRINT, "seen"), TODAY)
    assert path.read_bytes().startswith(first.encode() + b"\n")
    assert [one.fingerprint for one in read_ignores(path)] == ["a" * 16, PRINT]
    assert [p.name for p in tmp_path.iterdir()] == [FILE_NAME]


def test_a_file_that_cannot_be_added_to_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    text = 'ignore = [{fingerprint = "aaaaaaaaaaaaaaaa", reason = "r"}]\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError):
        add_ignore(path, Ignore(PRINT, "seen"), TODAY)
    assert path.read_text(encoding="utf-8") == text


def test_a_crash_while_writing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / FILE_NAME
    add_ignore(path, Ignore("a" * 16, "first"), TODAY)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ConfigError, match="No space left on device"):
        add_ignore(path, Ignore(PRINT, "second"), TODAY)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [FILE_NAME]


@settings(max_examples=150, deadline=None)
@given(reason=st.text(min_size=1).filter(str.strip), by=st.none() | st.text(min_size=1))
def test_any_reason_can_be_written_and_read(
    tmp_path_factory: pytest.TempPathFactory, reason: str, by: str | None
) -> None:
    path = tmp_path_factory.mktemp("any") / FILE_NAME
    entry = Ignore(PRINT, reason, by, TODAY, date(2026, 9, 30))
    add_ignore(path, entry, TODAY)
    assert read_ignores(path) == (entry,)
    text = path.read_text(encoding="utf-8")
    assert all(character == "\n" or character.isprintable() for character in text)
    assert tomllib.loads(text)["ignore"][0]["expires"] == date(2026, 9, 30)

"""``misquote baseline`` and ``check --baseline``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import BRIDGE, CHANGED, Run

BASE = ".misquote-baseline.json"
WRONG = f"“{BRIDGE.replace('4 Mei', '9 Mei')},” ujar insinyur proyek Tomas Wilder kepada wartawan.\n"


def entries(desk: Path, name: str = BASE) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((desk / name).read_text(encoding="utf-8"))["findings"]
    return found


def test_what_was_there_does_not_count_and_what_is_new_does(desk: Path, misquote: Run) -> None:
    ran = misquote("baseline", "write", "changed.txt", "faithful.txt")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith(f"{BASE} has ")
    ran = misquote("check", "changed.txt", "--baseline", BASE, "-f", "json")
    assert ran.status == 0
    marked = [f["suppressed"]["kind"] for f in ran.json["findings"] if f["suppressed"]]  # type: ignore[attr-defined]
    assert marked
    assert set(marked) == {"baseline"}
    (desk / "faithful.txt").write_text(WRONG, encoding="utf-8")
    ran = misquote("check", "changed.txt", "faithful.txt", "--baseline", BASE)
    assert ran.status == 1
    assert "faithful.txt:1:" in ran.out
    assert "changed.txt:3:" not in ran.out


def test_the_same_words_in_another_article_are_new(desk: Path, misquote: Run) -> None:
    misquote("baseline", "write", "changed.txt")
    (desk / "copy.txt").write_text(CHANGED, encoding="utf-8")
    assert misquote("check", "changed.txt", "--baseline", BASE).status == 0
    assert misquote("check", "copy.txt", "--baseline", BASE).status == 1


def test_the_settings_name_the_baseline(desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "misquote.toml").write_text('baseline = "ci/base.json"\n', encoding="utf-8")
    assert misquote("check", "changed.txt").status == 2
    assert misquote("baseline", "write", "changed.txt").status == 0
    assert (desk / "ci" / "base.json").exists()
    assert entries(desk, "ci/base.json")[0]["path"] == "../changed.txt"
    assert misquote("check", "changed.txt").status == 0
    (desk / "deep").mkdir()
    monkeypatch.chdir(desk / "deep")
    index = str(desk / ".misquote" / "index")
    assert misquote("check", "../changed.txt", "--index", index).status == 0


def test_writing_twice_needs_force(desk: Path, misquote: Run) -> None:
    misquote("baseline", "write", "changed.txt")
    before = (desk / BASE).read_bytes()
    (desk / "faithful.txt").write_text(WRONG, encoding="utf-8")
    ran = misquote("baseline", "write", "changed.txt", "faithful.txt")
    assert ran.status == 2
    assert "misquote baseline update" in ran.err
    assert (desk / BASE).read_bytes() == before
    assert misquote("baseline", "write", "changed.txt", "faithful.txt", "--force").status == 0
    assert {e["path"] for e in entries(desk)} == {"changed.txt", "faithful.txt"}


def test_update_takes_out_what_is_gone_and_leaves_out_what_is_new(desk: Path, misquote: Run) -> None:
    misquote("baseline", "write", "changed.txt")
    (desk / "changed.txt").write_text("Tidak ada kutipan lagi di sini.\n", encoding="utf-8")
    (desk / "faithful.txt").write_text(WRONG, encoding="utf-8")
    assert "gone; `misquote baseline update`" in misquote("check", "changed.txt", "--baseline", BASE).err
    ran = misquote("baseline", "update", "changed.txt", "faithful.txt")
    assert ran.status == 0
    assert "new still count (--accept-new" in ran.err
    assert entries(desk) == []
    assert misquote("check", "faithful.txt", "--baseline", BASE).status == 1
    assert misquote("baseline", "update", "faithful.txt", "--accept-new").status == 0
    assert misquote("check", "faithful.txt", "--baseline", BASE).status == 0


def test_update_leaves_articles_alone_that_were_not_checked(desk: Path, misquote: Run) -> None:
    misquote("baseline", "write", "changed.txt")
    before = (desk / BASE).read_bytes()
    assert misquote("baseline", "update", "new.txt").status == 0
    assert (desk / BASE).read_bytes() == before


def test_an_incomplete_check_changes_nothing(desk: Path, misquote: Run) -> None:
    ran = misquote("baseline", "write", "changed.txt", "missing.txt")
    assert ran.status == 2
    assert "missing.txt does not exist" in ran.err
    assert "no baseline was written" in ran.err
    assert not (desk / BASE).exists()
    misquote("baseline", "write", "changed.txt")
    before = (desk / BASE).read_bytes()
    assert misquote("baseline", "update", "changed.txt", "missing.txt").status == 2
    assert (desk / BASE).read_bytes() == before


def test_a_damaged_baseline_is_never_no_baseline(desk: Path, misquote: Run) -> None:
    misquote("baseline", "write", "changed.txt")
    (desk / BASE).write_bytes((desk / BASE).read_bytes()[:-9])
    before = (desk / BASE).read_bytes()
    for command in (["check", "changed.txt", "--baseline", BASE], ["baseline", "update", "changed.txt"]):
        ran = misquote(*command)
        assert (ran.status, ran.out) == (2, "")
        assert "is damaged" in ran.err
    assert (desk / BASE).read_bytes() == before


def test_unverified_quotations_of_an_archive(desk: Path, misquote: Run) -> None:
    gate = "--fail-on-unverified"
    misquote("baseline", "write", "new.txt")
    assert misquote("check", "new.txt", gate, "--baseline", BASE).status == 1
    assert misquote("baseline", "write", "new.txt", gate, "--force").status == 0
    assert misquote("check", "new.txt", gate, "--baseline", BASE).status == 0


def test_a_graver_level_counts_again(desk: Path, misquote: Run) -> None:
    misquote("baseline", "write", "changed.txt", "--rule", "MQ102=warning")
    assert (
        misquote(
            "check", "changed.txt", "--rule", "MQ102=warning", "--baseline", BASE, "--fail-on", "warning"
        ).status
        == 0
    )
    assert misquote("check", "changed.txt", "--baseline", BASE).status == 1

"""``--policy``, ``--rule``, settings by path, and what ``misquote config`` tells of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import CHANGED, FARES, Run

REWORDED = (
    f"“{FARES.replace('menaikkan', 'menambah')},” kata Menteri Perhubungan Ratna Suryani di Jakarta, Kamis.\n"
)


def found(misquote: Run, *arguments: str) -> dict[str, str]:
    ran = misquote("check", *arguments, "-f", "json")
    return {f["rule"]: f["severity"] for f in ran.json["findings"]}  # type: ignore[attr-defined]


@pytest.fixture
def reworded(desk: Path) -> str:
    (desk / "reworded.txt").write_text(REWORDED, encoding="utf-8")
    return "reworded.txt"


@pytest.mark.parametrize(
    ("policy", "level", "status"),
    [("translation", "info", 0), ("guardian", "info", 0), ("ap", "error", 1), ("reuters", "error", 1)],
)
def test_a_quotation_that_is_not_verbatim(
    misquote: Run, reworded: str, policy: str, level: str, status: int
) -> None:
    assert found(misquote, reworded, "--policy", policy) == {"MQ121": level}
    ran = misquote("check", reworded, "--policy", policy, "-f", "json")
    assert ran.status == status
    assert ran.json["run"]["policy"] == policy  # type: ignore[index]


def test_a_policy_of_ones_own(desk: Path, misquote: Run, reworded: str) -> None:
    (desk / "house.toml").write_text('extends = "ap"\n[same-language]\nMQ121 = "warning"\n', encoding="utf-8")
    assert found(misquote, reworded, "--policy", "house.toml") == {"MQ121": "warning"}
    (desk / "misquote.toml").write_text('policy = "house.toml"\n', encoding="utf-8")
    ran = misquote("check", reworded, "-f", "json")
    assert ran.json["run"]["policy"] == "house.toml"  # type: ignore[index]


def test_a_level_on_the_command_line(misquote: Run, reworded: str) -> None:
    assert found(misquote, reworded, "--rule", "not-verbatim=warning") == {"MQ121": "warning"}
    assert found(misquote, reworded, "--policy", "ap", "--rule", "MQ121=off") == {}
    assert found(misquote, reworded, "--rule", "MQ121=off", "--rule", "MQ121=error") == {"MQ121": "error"}


def test_a_level_of_an_unknown_rule_names_the_nearest(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "changed.txt", "--rule", "negation-change=off")
    assert (ran.status, ran.out) == (2, "")
    assert "--rule negation-change=off: there is no rule 'negation-change'" in ran.err
    assert "did you mean negation-changed?" in ran.err


@pytest.fixture
def newsroom(desk: Path) -> Path:
    """Two folders with settings of their own, and one that has those of the desk."""
    for folder in ("wire", "opinion", "home"):
        (desk / folder).mkdir()
        (desk / folder / "a.txt").write_text(CHANGED, encoding="utf-8")
        (desk / folder / "b.txt").write_text(REWORDED, encoding="utf-8")
    (desk / "misquote.toml").write_text(
        '[[overrides]]\npaths = ["opinion/"]\nfail-on = "never"\nrules = {MQ102 = "warning"}\n',
        encoding="utf-8",
    )
    (desk / "wire" / "misquote.toml").write_text(
        'extend = "../misquote.toml"\npolicy = "ap"\n', encoding="utf-8"
    )
    return desk


def test_each_article_is_judged_by_its_own_settings(newsroom: Path, misquote: Run) -> None:
    ran = misquote("check", "wire", "opinion", "home", "-f", "json")
    levels = {(f["path"], f["rule"]): f["severity"] for f in ran.json["findings"]}  # type: ignore[attr-defined]
    assert levels["wire/b.txt", "MQ121"] == "error"
    assert levels["home/b.txt", "MQ121"] == "info"
    assert levels["opinion/a.txt", "MQ102"] == "warning"
    assert levels["home/a.txt", "MQ102"] == "error"
    assert ran.json["run"]["policy"] == "ap, translation"  # type: ignore[index]


def test_each_article_has_its_own_gate(newsroom: Path, misquote: Run) -> None:
    assert misquote("check", "opinion").status == 0
    assert misquote("check", "opinion/a.txt", "--rule", "MQ102=error").status == 0
    assert misquote("check", "opinion/a.txt", "--fail-on", "warning").status == 1
    assert misquote("check", "opinion", "home").status == 1


def test_the_order_of_the_paths_changes_no_level(newsroom: Path, misquote: Run) -> None:
    def levels(*paths: str) -> set[tuple[str, str, str]]:
        ran = misquote("check", *paths, "-f", "json")
        return {(f["path"], f["rule"], f["severity"]) for f in ran.json["findings"]}  # type: ignore[attr-defined]

    assert levels("wire", "home") == levels("home", "wire")


def test_one_run_has_one_index(newsroom: Path, misquote: Run) -> None:
    shutil.copytree(newsroom / ".misquote" / "index", newsroom / "other")
    (newsroom / "wire" / "misquote.toml").write_text('index = "../other"\n', encoding="utf-8")
    ran = misquote("check", "home", "wire")
    assert (ran.status, ran.out) == (2, "")
    assert "wire/misquote.toml:1: index is " in ran.err
    assert "in a run of their own" in ran.err
    assert misquote("check", "wire", "--fail-on", "never").status == 0
    assert misquote("check", "home", "wire", "--index", ".misquote/index").status == 1


def test_a_language_by_path(desk: Path, misquote: Run) -> None:
    (desk / "misquote.toml").write_text(
        '[[overrides]]\npaths = ["french.txt"]\nlanguage = "en"\n', encoding="utf-8"
    )
    ran = misquote("check", "french.txt", "faithful.txt", "missing.txt", "-f", "json")
    languages = {a["path"]: a["language"] for a in ran.json["articles"]}  # type: ignore[attr-defined]
    assert languages == {"french.txt": "en", "faithful.txt": "id"}
    assert [e["path"] for e in ran.json["errors"]] == ["missing.txt"]  # type: ignore[attr-defined]


# misquote config


def rows(out: str) -> dict[str, list[str]]:
    return {line.split()[0]: line.split() for line in out.splitlines() if line}


def test_config_of_an_article_and_of_a_folder(newsroom: Path, misquote: Run) -> None:
    folder, article = (rows(misquote("config", name).out) for name in ("opinion", "opinion/a.txt"))
    assert folder["fail-on"][1:] == ["error", "default"]
    assert article["fail-on"][1:] == ["never", "misquote.toml:3"]
    assert article["MQ102"] == ["MQ102", "negation-changed", "warning", "misquote.toml:4"]
    assert "MQ102" not in folder


def test_config_shows_what_a_policy_changes(newsroom: Path, misquote: Run) -> None:
    ran = misquote("config", "wire")
    assert rows(ran.out)["policy"][1:] == ["ap", "wire/misquote.toml:2"]
    [line] = [line for line in ran.out.splitlines() if line.startswith("MQ121")]
    assert " ".join(line.split()) == "MQ121 not-verbatim error; info across languages policy ap"


def test_config_with_the_command_line_over_it(newsroom: Path, misquote: Run) -> None:
    ran = misquote("config", "wire", "--policy", "reuters", "--rule", "MQ121=off")
    assert rows(ran.out)["policy"][1:] == ["reuters", "command", "line"]
    assert rows(ran.out)["MQ121"][1:] == ["not-verbatim", "off", "command", "line"]

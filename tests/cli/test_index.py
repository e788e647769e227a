"""``misquote index``: adding twice, looking inside, taking out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import BRIDGE, COVERAGE, FARES, Run, write_lines


def facts(misquote: Run, *arguments: str) -> dict[str, str]:
    ran = misquote("index", "info", *arguments)
    assert ran.status == 0
    return dict(line.split(maxsplit=1) for line in ran.out.splitlines())


def test_building_a_new_index(desk: Path, misquote: Run) -> None:
    ran = misquote("index", "add", "coverage.jsonl", "--index", "new/index")
    assert (ran.status, ran.out) == (0, "")
    assert "from 2 articles to new/index" in ran.err
    assert facts(misquote, "--index", "new/index")["articles"] == "2"
    assert misquote("check", "changed.txt", "--index", "new/index").status == 1


def test_adding_the_same_twice_adds_nothing(desk: Path, misquote: Run) -> None:
    before = facts(misquote)
    ran = misquote("index", "add", "coverage.jsonl")
    assert ran.status == 0
    assert ran.err.startswith("Nothing new: all ")
    assert facts(misquote) == before


def test_adding_more_keeps_what_is_there(desk: Path, misquote: Run) -> None:
    more = {
        "id": "third",
        "language": "id",
        "text": "“Sekolah dibuka lagi Senin depan,” kata wali kota Sari Mulyani.",
    }
    write_lines(desk / "more.jsonl", [COVERAGE[0], more])
    ran = misquote("index", "add", "more.jsonl")
    assert ran.status == 0
    assert "from 1 article to" in ran.err
    assert "more were there already" in ran.err
    assert facts(misquote)["articles"] == "3"
    assert facts(misquote)["segments"] == "2"


def test_adding_from_standard_input_and_from_articles(desk: Path, misquote: Run) -> None:
    row = json.dumps(
        {
            "id": "piped",
            "text": "“Kapal kembali berlayar besok pagi,” kata nakhoda Arman Sidik.",
            "language": "id",
        }
    )
    assert misquote("index", "add", "-", stdin=row.encode() + b"\n").status == 0
    assert misquote("index", "add", "new.txt", "silent.txt").status == 0
    assert facts(misquote)["articles"] == "5"


def test_quiet(desk: Path, misquote: Run) -> None:
    ran = misquote("index", "add", "new.txt", "-q")
    assert (ran.status, ran.out, ran.err) == (0, "", "")


def test_info(desk: Path, misquote: Run) -> None:
    found = facts(misquote)
    assert found["index"] == ".misquote/index"
    assert found["articles"] == "2"
    assert found["model"].startswith("fake-trigrams ")
    assert "id " in found["passages"]


def test_search(desk: Path, misquote: Run) -> None:
    ran = misquote("index", "search", FARES, "-k", "1")
    assert ran.status == 0
    assert ran.out.startswith("1. ")
    assert "Ratna Suryani" in ran.out
    assert "Tomas Wilder" not in ran.out


def test_search_between_days(desk: Path, misquote: Run) -> None:
    assert "Ratna Suryani" not in misquote("index", "search", FARES, "--since", "2026-03-06").out
    assert "Tomas Wilder" not in misquote("index", "search", BRIDGE, "--until", "2026-03-05").out
    ran = misquote("index", "search", FARES, "--since", "yesterday")
    assert ran.status == 2
    assert "is not a date" in ran.err


@pytest.mark.parametrize("arguments", [["", "-k", "3"], ["x", "-k", "0"], ["x", "-k", "many"]])
def test_bad_searches(desk: Path, misquote: Run, arguments: list[str]) -> None:
    ran = misquote("index", "search", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err


def test_verify_a_sound_index(desk: Path, misquote: Run) -> None:
    ran = misquote("index", "verify")
    assert (ran.status, ran.err) == (0, "The index .misquote/index is sound.\n")


def test_remove_and_compact(desk: Path, misquote: Run) -> None:
    ran = misquote("index", "remove", "fares-1", "fares-1")
    assert (ran.status, ran.err) == (0, "Removed 1 article from .misquote/index.\n")
    assert facts(misquote)["articles"] == "1, 1 removed"
    assert misquote("check", "changed.txt", "-f", "concise").status == 0
    ran = misquote("index", "compact")
    assert ran.status == 0
    assert "1 segment" in ran.err
    assert facts(misquote)["articles"] == "1"
    assert misquote("index", "verify").status == 0


def test_removing_what_is_not_there(desk: Path, misquote: Run) -> None:
    ran = misquote("index", "remove", "bridge-1", "nope", "nix")
    assert ran.status == 2
    assert "Removed 1 article" in ran.err
    assert "not in the index: nope, nix" in ran.err


def test_a_factory_that_is_none(desk: Path, misquote: Run) -> None:
    before = facts(misquote)
    ran = misquote("index", "add", "new.txt", "--factory", "Nonsense")
    assert ran.status == 2
    assert "'Nonsense'" in ran.err
    assert facts(misquote) == before


def test_an_index_emptied_is_no_silent_pass(desk: Path, misquote: Run) -> None:
    misquote("index", "remove", "fares-1", "bridge-1")
    ran = misquote("check", "changed.txt")
    assert "1 unverified" in ran.out
    assert "there was no earlier coverage to search" in ran.out

"""``--dimension``, ``--revision`` and the settings of a model, from the command line to the encoder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.truncated import fit_to_index, truncated
from tests.fakes import FakeEncoder

from .conftest import COVERAGE, FARES, Run, write_lines


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, misquote: Run, encoder: FakeEncoder) -> list[dict[str, Any]]:
    """What the loader was asked for; it cuts the stand-in as it would any model."""
    calls: list[dict[str, Any]] = []

    def load(model: str | None = None, **given: Any) -> Any:
        calls.append({"model": model, **given})
        index, dimension = given.get("index"), given.get("dimension")
        if dimension is None and index is not None:
            return fit_to_index(encoder, index)
        return truncated(encoder, dimension)

    monkeypatch.setattr("index.load_encoder", load)
    return calls


def test_a_short_index_is_used_without_being_told(desk: Path, misquote: Run, asked: list[Any]) -> None:
    ran = misquote("index", "add", "coverage.jsonl", "--index", "short", "--dimension", "128")
    assert (ran.status, ran.out) == (0, "")
    assert "128 dimensions" in misquote("index", "info", "--index", "short").out
    write_lines(desk / "more.jsonl", [{**COVERAGE[0], "id": "again", "outlet": "Kabar Selat"}])
    assert misquote("index", "add", "more.jsonl", "--index", "short").status == 0
    assert "Ratna Suryani" in misquote("index", "search", FARES, "-k", "1", "--index", "short").out
    ran = misquote("check", "changed.txt", "--index", "short", "-f", "json")
    # MQ303: the two reports are one report.
    assert {f["rule"] for f in ran.json["findings"]} == {"MQ102", "MQ303"}  # type: ignore[index, attr-defined]
    assert misquote("check", "faithful.txt", "--index", "short").status == 0


@pytest.mark.parametrize(("first", "given"), [("128", "64"), ("128", "0"), ("0", "128")])
def test_another_dimension_is_refused(
    first: str, given: str, desk: Path, misquote: Run, asked: list[Any]
) -> None:
    assert misquote("index", "add", "coverage.jsonl", "--index", "one", "--dimension", first).status == 0
    before = (desk / "one" / "manifest.json").read_bytes()
    ran = misquote("index", "add", "new.txt", "--index", "one", "--dimension", given)
    assert ran.status == 2
    assert f"has vectors of {'256' if first == '0' else first} dimensions, not" in ran.err
    assert "leave the dimension out" in ran.err
    assert (desk / "one" / "manifest.json").read_bytes() == before


@pytest.mark.parametrize(("given", "said"), [("8", "8 dimensions cannot be had"), ("-1", "--dimension")])
def test_a_dimension_that_cannot_be(
    given: str, said: str, desk: Path, misquote: Run, asked: list[Any]
) -> None:
    ran = misquote("index", "add", "coverage.jsonl", "--index", "none", "--dimension", given)
    assert ran.status == 2
    assert said in ran.err
    assert not (desk / "none").exists()


def test_settings_of_the_model_reach_every_command(desk: Path, misquote: Run, asked: list[Any]) -> None:
    (desk / "misquote.toml").write_text(
        'model = "desk-lab/news"\nrevision = "v2"\noffline = true\n[prompts]\nquery = "Q: "\n',
        encoding="utf-8",
    )
    misquote("index", "add", "new.txt")
    misquote("index", "search", FARES)
    misquote("check", "changed.txt")
    misquote("check", "changed.txt", "--against", "faithful.txt")
    misquote("compare", "--quote", FARES, "--source", FARES)
    named = [call for call in asked if call["model"]]  # a check begins with the embedded one meanwhile
    assert len(named) == 5
    for call in named:
        assert (call["model"], call["revision"], call["offline"]) == ("desk-lab/news", "v2", True)
        assert dict(call["prompts"]) == {"query": "Q: "}
    indexes = [call.get("index") for call in named]
    assert indexes == [Path(".misquote/index")] * 3 + [None] * 2, "an index that takes no part has no say"


def test_another_model_is_not_pinned_by_the_file(desk: Path, misquote: Run, asked: list[Any]) -> None:
    (desk / "misquote.toml").write_text('model = "desk-lab/news"\nrevision = "v2"\n', encoding="utf-8")
    misquote("check", "changed.txt", "--model", "desk-lab/other")
    misquote("check", "changed.txt", "--revision", "v3")
    assert [(call["model"], call["revision"]) for call in asked if call["model"]] == [
        ("desk-lab/other", None),
        ("desk-lab/news", "v3"),
    ]

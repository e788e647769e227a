"""The model folders that ship: complete, unaltered, small enough."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import index

MODELS = Path(index.__file__).parent / "models"
FOLDER = MODELS / "misquote-encoder"
SCORER = MODELS / "misquote-scorer"


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "misquote.json").read_text(encoding="utf-8"))
    return found


FILES = [(folder, name) for folder in (FOLDER, SCORER) for name in sorted(manifest(folder)["files"])]


def files(folder: Path) -> dict[str, int]:
    """Bytes of every file by its path in the folder."""
    return {p.relative_to(folder).as_posix(): p.stat().st_size for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("folder", [FOLDER, SCORER], ids=lambda folder: folder.name)
def test_the_manifest_names_every_file(folder: Path) -> None:
    assert set(files(folder)) == {"misquote.json", "README.md", *manifest(folder)["files"]}


@pytest.mark.parametrize(("folder", "name"), FILES, ids=[f"{f.name}/{n}" for f, n in FILES])
def test_every_file_has_its_checksum(folder: Path, name: str) -> None:
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == manifest(folder)["files"][name]


@pytest.mark.parametrize(("folder", "most"), [(FOLDER, 60_000_000), (SCORER, 10_000_000)])
def test_a_model_stays_within_its_size(folder: Path, most: int) -> None:
    assert sum(files(folder).values()) < most


def test_the_scorer_was_made_for_the_encoder_that_ships() -> None:
    assert manifest(SCORER)["encoder"] == manifest(FOLDER)["revision"]


def test_the_graphs_and_sentence_transformers_share_one_table():
    header = (FOLDER / "model.safetensors").read_bytes()[:100_000]
    assert b"F8_E4M3" in header
    for graph in ("model.int8.onnx", "words.int8.onnx"):
        assert b"model.safetensors" in (FOLDER / graph).read_bytes()


def test_no_file_can_run_code():
    assert {path.suffix for path in MODELS.rglob("*") if path.is_file()} == {
        ".json",
        ".safetensors",
        ".onnx",
        ".bin",
        ".md",
    }

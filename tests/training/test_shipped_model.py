"""The model folder that ships: complete, unaltered, small enough."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import index

FOLDER = Path(index.__file__).parent / "models" / "misquote-encoder"
MANIFEST = json.loads((FOLDER / "misquote.json").read_text(encoding="utf-8"))


def test_the_manifest_names_every_file():
    present = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert present - {"misquote.json", "README.md"} == set(MANIFEST["files"])


@pytest.mark.parametrize("name", sorted(MANIFEST["files"]))
def test_every_file_has_its_checksum(name):
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == MANIFEST["files"][name]


def test_the_model_stays_within_its_size():
    sizes = {path: path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < 60_000_000


def test_the_graphs_and_sentence_transformers_share_one_table():
    header = (FOLDER / "model.safetensors").read_bytes()[:100_000]
    assert b"F8_E4M3" in header
    for graph in ("model.int8.onnx", "words.int8.onnx"):
        assert b"model.safetensors" in (FOLDER / graph).read_bytes()


def test_no_file_can_run_code():
    assert {path.suffix for path in FOLDER.rglob("*") if path.is_file()} == {
        ".json",
        ".safetensors",
        ".onnx",
        ".bin",
        ".md",
    }

"""Folders that are missing, foreign, damaged, edited or newer: a message with a remedy, nothing touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from index import ModelError, PassageIndex, StoreError
from index.manifest import FORMAT, MANIFEST, _digest
from tests.fakes import FakeEncoder
from tests.index.samples import FIRST, SECOND, build, contents


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("sound") / "index"
    build(path, FIRST, SECOND, factory="Flat").close()
    return path


@pytest.fixture
def folder(sound, tmp_path):
    path = tmp_path / "index"
    shutil.copytree(sound, path)
    return path


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def edit(folder: Path, *, resign: bool, **changes: object) -> None:
    body = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    body.update(changes)
    if resign:
        body.pop("sha256")
        body["sha256"] = _digest(body)
    (folder / MANIFEST).write_text(json.dumps(body), encoding="utf-8")


def first_segment(folder: Path) -> Path:
    return min((folder / "segments").iterdir())


def damage_of(folder: Path, name: str) -> None:
    manifest, segment = folder / MANIFEST, first_segment(folder)
    body = json.loads(manifest.read_text(encoding="utf-8"))
    escaping = [{**body["segments"][0], "name": "../../elsewhere"}]
    foreign_file = [{**body["segments"][0], "files": {"../x": {"bytes": 1, "sha256": ""}}}]
    actions = {
        "manifest cut": lambda: manifest.write_bytes(manifest.read_bytes()[:-9]),
        "manifest empty": lambda: manifest.write_bytes(b""),
        "manifest noise": lambda: manifest.write_bytes(b"\xff\xfe\x00"),
        "manifest deep": lambda: manifest.write_bytes(b"[" * 100_000),
        "manifest list": lambda: manifest.write_bytes(b"[]"),
        "manifest edited": lambda: edit(folder, resign=False, segments=[]),
        "foreign kind": lambda: edit(folder, resign=True, kind="something"),
        "newer": lambda: edit(folder, resign=True, format=FORMAT + 1),
        "format text": lambda: edit(folder, resign=True, format="1"),
        "no model": lambda: edit(folder, resign=True, model={}),
        "dimension 0": lambda: edit(folder, resign=True, model={**body["model"], "dimension": 0}),
        "path escape": lambda: edit(folder, resign=True, segments=escaping),
        "file escape": lambda: edit(folder, resign=True, segments=foreign_file),
        "no segment": lambda: shutil.rmtree(segment),
        "vectors cut": lambda: (segment / "vectors.npy").write_bytes(b"\x93NUMPY"),
        "faiss cut": lambda: (segment / "dense.faiss").write_bytes(
            (segment / "dense.faiss").read_bytes()[:-1]
        ),
        "tables gone": lambda: (segment / "passages.sqlite").unlink(),
    }
    actions[name]()


DAMAGES = {
    "manifest cut": "not valid JSON",
    "manifest empty": "not valid JSON",
    "manifest noise": "not valid JSON",
    "manifest deep": "not valid JSON",
    "manifest list": "is not an index",
    "manifest edited": "does not match its own checksum",
    "foreign kind": "is not an index",
    "newer": "newer version",
    "format text": "newer version",
    "no model": "cannot be understood",
    "dimension 0": "cannot be understood",
    "path escape": "cannot be understood",
    "file escape": "cannot be understood",
    "no segment": "is missing",
    "vectors cut": "bytes instead of",
    "faiss cut": "bytes instead of",
    "tables gone": "is missing",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_found_on_open_and_nothing_is_touched(damage, folder):
    damage_of(folder, damage)
    before = snapshot(folder)
    with pytest.raises(StoreError, match=DAMAGES[damage]) as caught:
        PassageIndex.open(folder)
    assert caught.value.remedy
    assert caught.value.path
    assert str(folder) in str(caught.value)
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    "damage", sorted(set(DAMAGES) - {"no segment", "vectors cut", "faiss cut", "tables gone"})
)
def test_writers_refuse_too(damage, folder):
    index = PassageIndex.open(folder)
    damage_of(folder, damage)
    before = snapshot(folder / "segments")
    for write in (lambda: index.add(FIRST, FakeEncoder()), lambda: index.remove(["a1"]), index.compact):
        with pytest.raises(StoreError):
            write()
    assert snapshot(folder / "segments") == before


@pytest.mark.parametrize("name", ["passages.sqlite", "vectors.npy", "dense.faiss"])
def test_damage_that_keeps_the_size_is_found_by_verify(name, folder):
    path = first_segment(folder) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    path.write_bytes(content)
    with PassageIndex.open(folder) as index:
        assert [p for p in index.verify() if name in p and "checksum" in p]


@pytest.mark.parametrize("name", ["passages.sqlite", "vectors.npy", "dense.faiss"])
def test_noise_of_the_right_size_is_an_error_when_read(name, folder):
    path = first_segment(folder) / name
    path.write_bytes(b"\xa5" * path.stat().st_size)
    with PassageIndex.open(folder) as index, pytest.raises(StoreError, match="damaged"):
        index.search(FakeEncoder().encode(["boats"]), 3)


def test_a_sound_index_verifies(folder):
    with PassageIndex.open(folder) as index:
        assert index.verify() == []


def test_missing_and_foreign_folders(tmp_path):
    with pytest.raises(StoreError, match="no index at") as caught:
        PassageIndex.open(tmp_path / "none")
    assert "index add" in caught.value.remedy
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(StoreError, match="is not an index"):
        PassageIndex.open(tmp_path / "letters")
    with pytest.raises(StoreError, match="not empty"):
        PassageIndex.create(tmp_path / "letters", FakeEncoder().info)
    assert snapshot(tmp_path / "letters") == {"dear.txt": b"precious"}
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(StoreError):
        PassageIndex.open(tmp_path / "file")
    with pytest.raises(StoreError):
        PassageIndex.create(tmp_path / "file", FakeEncoder().info)


def test_creating_twice_keeps_the_first(folder):
    with pytest.raises(StoreError, match="already"):
        PassageIndex.create(folder, FakeEncoder().info)
    with PassageIndex.open(folder) as index:
        assert contents(index)


def test_another_model_is_refused_by_name(folder):
    other = FakeEncoder(32, name="other-model", revision="7")
    with pytest.raises(ModelError, match=r"fake-trigrams.*other-model") as caught:
        PassageIndex.open(folder, model=other.info)
    assert "--model fake-trigrams" in caught.value.remedy
    with PassageIndex.open(folder, model=FakeEncoder(name="same files elsewhere").info) as index:
        with pytest.raises(ModelError):
            index.add(FIRST, other)
        with pytest.raises(ModelError, match="shape"):
            index.search(other.encode(["x"]), 3)


def test_the_id_changes_with_the_content_and_only_with_it(folder, tmp_path):
    with PassageIndex.open(folder) as index:
        first = index.id
        index.remove(["nobody"])
        assert index.id == first
        index.remove(["a1"])
        assert index.id != first
    with build(tmp_path / "again", FIRST, SECOND, factory="Flat") as again:
        assert again.id == first

"""Whatever goes wrong ends in one message with a remedy and exit status 2, and nothing stored is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder

from .conftest import CHANGED, Ran, Run


def told(ran: Ran, *parts: str) -> None:
    """Exit 2, with the parts in one message, a remedy under each error, and no traceback."""
    assert ran.status == 2
    lines = ran.err.splitlines()
    errors = [number for number, line in enumerate(lines) if line.startswith("error: ")]
    assert errors
    assert all(lines[number + 1].startswith("  help: ") for number in errors)
    message = next((lines[number] for number in errors if parts[0] in lines[number]), "")
    for part in parts:
        assert part in message
    assert "Traceback" not in ran.err


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != ".lock"
    }


BAD_FILES: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "the file is empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00" + bytes(range(256)) * 4, "binary"),
    ("broken.txt", "“Halo dunia,” kata dia".encode() + b"\xff\xfe\xfa\x81", "encoding is broken"),
    ("broken.jsonl", b'{"id": "a", "text": "\xff\xfe"}\n', "encoding is broken"),
    ("list.json", b"[1, 2]", "not a JSON object"),
    ("cut.json", b'{"id": "a", "text"', "not valid JSON"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD_FILES, ids=[one[0] for one in BAD_FILES])
def test_a_bad_article_is_named_and_the_good_one_is_checked(
    desk: Path, misquote: Run, name: str, content: bytes, reason: str
) -> None:
    (desk / name).write_bytes(content)
    ran = misquote("check", name, "changed.txt", "-f", "json")
    told(ran, name, reason)
    assert ran.json["summary"]["flagged"] == 1  # type: ignore[index]
    assert ran.json["errors"][0]["remedy"]  # type: ignore[index]
    told(misquote("check", name), name, reason)
    told(misquote("quotes", name), name, reason)


@pytest.mark.parametrize("path", ["missing.txt", "nowhere/missing.txt", "nope*.md", "x" * 300, ""])
def test_a_path_that_names_nothing(desk: Path, misquote: Run, path: str) -> None:
    told(misquote("check", path, "faithful.txt"), path[:40])


def test_a_folder_without_articles(desk: Path, misquote: Run) -> None:
    (desk / "void").mkdir()
    told(misquote("check", "void"), "void holds no article")


def test_the_place_is_named_once(desk: Path, misquote: Run) -> None:
    assert misquote("check", "missing.txt", "-q").err.splitlines()[0] == "error: missing.txt does not exist"


def test_bad_coverage_records_are_named_and_the_rest_goes_in(desk: Path, misquote: Run) -> None:
    rows = [
        {"text": "Tanpa pengenal."},
        {"id": "no-text"},
        {"id": "seven", "text": 7},
        {"id": "d", "text": "Ada.", "published": "kemarin"},
        {
            "id": "good",
            "text": "“Pasar ikan dibuka lagi pekan depan,” kata lurah Dewi Anggun.",
            "language": "id",
        },
    ]
    (desk / "mixed.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows) + "{not json\n", encoding="utf-8"
    )
    ran = misquote("index", "add", "mixed.jsonl")
    told(ran, "mixed.jsonl:1", "no id")
    for line in (2, 3, 4, 6):
        told(ran, f"mixed.jsonl:{line}: ")
    assert "Added" in ran.err
    found = misquote("index", "search", "Pasar ikan dibuka lagi pekan depan")
    assert "Dewi Anggun" in found.out


# The index


def manifest_edited(index: Path) -> None:
    path = index / "manifest.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"passages": ', '"passages": 1'), encoding="utf-8"
    )


def manifest_cut(index: Path) -> None:
    path = index / "manifest.json"
    path.write_bytes(path.read_bytes()[:-40])


def _file(index: Path, name: str) -> Path:
    return next(index.glob(f"segments/*/{name}"))


def faiss_cut(index: Path) -> None:
    path = _file(index, "dense.faiss")
    path.write_bytes(path.read_bytes()[:100])


def passages_gone(index: Path) -> None:
    _file(index, "passages.sqlite").unlink()


def vectors_gone(index: Path) -> None:
    _file(index, "vectors.npy").unlink()


DAMAGES: list[Callable[[Path], None]] = [
    manifest_edited,
    manifest_cut,
    faiss_cut,
    passages_gone,
    vectors_gone,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_index(desk: Path, misquote: Run, damage: Callable[[Path], None]) -> None:
    index = desk / ".misquote" / "index"
    damage(index)
    before = snapshot(index)
    for command in (
        ["check", "changed.txt"],
        ["index", "info"],
        ["index", "verify"],
        ["index", "search", "feri"],
        ["index", "add", "coverage.jsonl"],
        ["index", "remove", "fares-1"],
        ["index", "compact"],
    ):
        told(misquote(*command), "the index .misquote/index is damaged")
    assert snapshot(index) == before


def test_a_flipped_byte_is_found_by_verify(desk: Path, misquote: Run) -> None:
    path = _file(desk / ".misquote" / "index", "vectors.npy")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    told(misquote("index", "verify"), "vectors.npy", "checksum")


def test_a_damaged_index_is_an_error_of_the_report_too(desk: Path, misquote: Run) -> None:
    faiss_cut(desk / ".misquote" / "index")
    ran = misquote("check", "changed.txt", "-f", "json", "--report", "json:out.json")
    assert ran.json["run"]["exit_status"] == 2  # type: ignore[index]
    assert "damaged" in ran.json["errors"][0]["message"]  # type: ignore[index]
    assert json.loads((desk / "out.json").read_text(encoding="utf-8")) == ran.json


def test_no_index_says_how_to_make_one(desk: Path, misquote: Run) -> None:
    (desk / ".misquote").rename(desk / "gone")
    for command in (
        ["check", "changed.txt"],
        ["index", "info"],
        ["index", "search", "feri"],
        ["index", "verify"],
    ):
        ran = misquote(*command)
        told(ran, "there is no index at .misquote/index")
        assert "misquote index add" in ran.err


def test_a_foreign_folder_is_not_touched(desk: Path, misquote: Run) -> None:
    (desk / "foreign").mkdir()
    (desk / "foreign" / "notes.md").write_text("mine", encoding="utf-8")
    for command in (["check", "changed.txt"], ["index", "add", "coverage.jsonl"], ["index", "info"]):
        told(misquote(*command, "--index", "foreign"), "foreign is not an index")
    assert snapshot(desk / "foreign") == {"notes.md": b"mine"}
    told(misquote("index", "add", "coverage.jsonl", "--index", "changed.txt"), "changed.txt is not an index")
    assert (desk / "changed.txt").read_text(encoding="utf-8") == CHANGED


def test_an_index_of_another_model(
    desk: Path, misquote: Run, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(desk / ".misquote")
    other = FakeEncoder(32, name="other-model")
    monkeypatch.setattr("index.load_encoder", lambda *_, **__: other)
    for command in (
        ["check", "changed.txt"],
        ["index", "add", "coverage.jsonl"],
        ["index", "search", "feri"],
    ):
        told(misquote(*command), "built with the model fake-trigrams", "other-model")
    assert snapshot(desk / ".misquote") == before


def test_a_mistyped_path_leaves_no_empty_index(desk: Path, misquote: Run) -> None:
    told(misquote("index", "add", "missing.jsonl", "--index", "deep/new"), "missing.jsonl does not exist")
    assert not (desk / "deep").exists()


def test_an_unknown_language(desk: Path, misquote: Run) -> None:
    before = snapshot(desk / ".misquote")
    told(misquote("check", "changed.txt", "--lang", "xx"), "language", "'xx'")
    told(misquote("quotes", "changed.txt", "--lang", "xx"), "language", "'xx'")
    told(misquote("index", "add", "coverage.jsonl", "--lang", "xx"), "unknown language 'xx'")
    assert snapshot(desk / ".misquote") == before


# Reports


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("jsn:out.json", "there is no format 'jsn'"),
        ("out.json", "there is no format 'out.json'"),
        ("json", "names no file"),
        ("json:", "names no file"),
        (":out.json", "there is no format ''"),
    ],
)
def test_a_report_value_that_is_none(desk: Path, misquote: Run, value: str, reason: str) -> None:
    told(misquote("check", "changed.txt", "--report", value), f"--report {value!r}", reason)


def test_the_nearest_format_is_named(desk: Path, misquote: Run) -> None:
    assert "did you mean json?" in misquote("check", "changed.txt", "--report", "jsno:x").err


def test_a_report_that_cannot_be_written_is_found_before_the_work(
    desk: Path, misquote: Run, encoder: FakeEncoder
) -> None:
    (desk / "folder").mkdir()
    for place in ("changed.txt/out.json", "folder"):
        told(misquote("check", "changed.txt", "--report", f"json:{place}"), place, "cannot be written")
    assert encoder.texts_seen == []


def test_a_report_never_overwrites_an_article(desk: Path, misquote: Run) -> None:
    told(misquote("check", "changed.txt", "--report", "json:./changed.txt"), "overwrite", "changed.txt")
    assert (desk / "changed.txt").read_text(encoding="utf-8") == CHANGED


def test_two_reports_in_one_file(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "changed.txt", "--report", "json:a", "--report", "concise:./a")
    told(ran, "two reports would be written to a")


def test_a_device_is_written_to_and_not_replaced(desk: Path, misquote: Run) -> None:
    assert misquote("check", "changed.txt", "--report", "json:/dev/null").status == 1
    assert not Path("/dev/null").is_file()


# Settings


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("fail_on = 1", "unknown key 'fail_on'"),
        ('fail-on = "fatal"', "fail-on is 'fatal'"),
        ("fail-on =", "not TOML"),
        ('[rules]\nMQ999 = "off"', "MQ999"),
    ],
)
@pytest.mark.parametrize(
    "command", [["check", "changed.txt"], ["config"], ["index", "info"], ["quotes", "new.txt"]]
)
def test_bad_settings(desk: Path, misquote: Run, command: list[str], text: str, reason: str) -> None:
    (desk / "misquote.toml").write_text(text, encoding="utf-8")
    told(misquote(*command), "misquote.toml", reason)


# Stopping


def test_ctrl_c_is_130(desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("index.load_encoder", interrupt)
    ran = misquote("check", "changed.txt")
    assert (ran.status, ran.out, ran.err) == (130, "", "interrupted\n")


def test_ctrl_c_while_adding_leaves_the_index_as_it_was(
    desk: Path, misquote: Run, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(desk / ".misquote")

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(encoder, "encode", interrupt)
    (desk / "more.jsonl").write_text(
        '{"id": "m", "language": "id", "text": "“Besok libur,” kata wali kota Sari Mulyani Putri."}\n',
        encoding="utf-8",
    )
    ran = misquote("index", "add", "more.jsonl")
    assert ran.status == 130
    assert "the index is as it was before" in ran.err
    assert snapshot(desk / ".misquote") == before
    assert misquote("index", "verify").status == 0

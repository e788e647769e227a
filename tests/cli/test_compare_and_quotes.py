"""``misquote compare`` and ``misquote quotes``: what programs read, in order and exactly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checker.report.records import schema

from .conftest import BRIDGE, CHANGED, FARES, NEW, Run, write_lines

PLAIN = FARES.replace("tidak ", "")


def pair(id: object, quote: str, source: str, **more: object) -> dict[str, object]:
    return {
        "id": id,
        "quote": quote,
        "source": source,
        "quote_language": "id",
        "source_language": "id",
        **more,
    }


def test_pairs_come_back_in_order(desk: Path, misquote: Run) -> None:
    rows = [pair("z", PLAIN, FARES), pair("a", BRIDGE, BRIDGE), pair(3, PLAIN, FARES)]
    ran = misquote("compare", write_lines(desk / "pairs.jsonl", rows), "--format", "jsonl")
    results = [json.loads(line) for line in ran.out.splitlines()]
    for result in results:
        Draft202012Validator(schema("compare")).validate(result)
    assert [result["id"] for result in results] == ["z", "a", "3"]
    assert [result["verdict"] for result in results] == ["flagged", "consistent", "flagged"]
    assert results[0]["drift"] > results[1]["drift"]
    assert (ran.status, ran.err) == (1, "")


def test_pairs_from_standard_input(desk: Path, misquote: Run) -> None:
    row = json.dumps(pair("one", PLAIN, FARES), ensure_ascii=False)
    ran = misquote("compare", "-", "-f", "jsonl", stdin=f"\ufeff{row}\n\n".encode())
    assert json.loads(ran.out)["id"] == "one"


def test_a_pair_without_an_id_has_its_line(desk: Path, misquote: Run) -> None:
    rows: list[object] = ["", {"quote": BRIDGE, "source": BRIDGE}]
    ran = misquote("compare", write_lines(desk / "pairs.jsonl", rows), "-f", "jsonl")
    assert json.loads(ran.out)["id"] == "2"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nope", "not valid JSON"),
        ("[1]", "the line is not a JSON object"),
        ('{"quote": "x"}', "the pair has no source"),
        ('{"quote": " ", "source": "x"}', "the pair has no quote"),
        ('{"quote": "x", "source": 3}', "the pair has no source"),
        ('{"quote": "x", "source": "y", "speaker": 3}', "speaker is no string"),
        ('{"quote": "x", "source": "y", "id": []}', "id is neither"),
        ("[" * 100_000, "not valid JSON"),
    ],
)
def test_a_bad_pair_is_named_and_the_others_are_compared(
    desk: Path, misquote: Run, line: str, reason: str
) -> None:
    rows: list[object] = [line, pair("good", BRIDGE, BRIDGE)]
    ran = misquote("compare", write_lines(desk / "pairs.jsonl", rows), "-f", "jsonl")
    assert ran.status == 2
    assert json.loads(ran.out)["id"] == "good"
    assert "pairs.jsonl:1: " in ran.err
    assert reason in ran.err
    assert '  help: write one pair a line in JSON: {"id"' in ran.err


def test_broken_encoding_in_a_pair(desk: Path, misquote: Run) -> None:
    (desk / "pairs.jsonl").write_bytes(b'{"quote": "\xff", "source": "x"}\n')
    ran = misquote("compare", "pairs.jsonl")
    assert ran.status == 2
    assert "pairs.jsonl:1: the encoding is broken" in ran.err


def test_one_pair_on_the_command_line(desk: Path, misquote: Run) -> None:
    ran = misquote(
        "compare", "--quote", PLAIN, "--source", FARES, "--quote-lang", "id", "--source-lang", "id"
    )
    assert ran.status == 1
    assert "MQ102 negation-changed" in ran.out
    assert misquote("compare", "--quote", BRIDGE, "--source", BRIDGE).status == 0


def test_the_gate_of_compare(desk: Path, misquote: Run) -> None:
    words = ["compare", "--quote", PLAIN, "--source", FARES, "--quote-lang", "id", "--source-lang", "id"]
    assert misquote(*words, "--fail-on", "never").status == 0
    (desk / "misquote.toml").write_text('fail-on = "never"\n', encoding="utf-8")
    assert misquote(*words).status == 0
    (desk / "misquote.toml").write_text('[rules]\nMQ102 = "warning"\n', encoding="utf-8")
    assert misquote(*words).status == 0
    assert misquote(*words, "--fail-on", "warning").status == 1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "there is nothing to compare"),
        (["--quote", "x"], "no --source"),
        (["--quote", " ", "--source", "x"], "no --quote"),
        (["pairs.jsonl", "--quote", "x"], "both a file of pairs and --quote"),
        (["nope.jsonl"], "nope.jsonl cannot be read: No such file"),
        (["empty.jsonl"], "it holds no pair"),
    ],
)
def test_nothing_to_compare(desk: Path, misquote: Run, arguments: list[str], reason: str) -> None:
    (desk / "empty.jsonl").write_text("\n", encoding="utf-8")
    write_lines(desk / "pairs.jsonl", [pair("a", BRIDGE, BRIDGE)])
    ran = misquote("compare", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert reason in ran.err
    assert "  help: " in ran.err


def test_a_reader_that_leaves_is_no_pass(desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.cli.compare_cmd.write_out", lambda _: False)
    rows = [pair("a", BRIDGE, BRIDGE), pair("b", PLAIN, FARES)]
    assert misquote("compare", write_lines(desk / "two.jsonl", rows)).status == 2
    assert misquote("compare", write_lines(desk / "one.jsonl", rows[:1])).status == 0


# quotes


def test_quotes_as_lines(desk: Path, misquote: Run) -> None:
    text = "\ufeff" + CHANGED.replace("\n", "\r\n") + NEW
    (desk / "windows.txt").write_bytes(text.encode())
    decoded = (desk / "windows.txt").read_bytes().decode("utf-8-sig")
    ran = misquote("quotes", "windows.txt", "new.txt", "--format", "jsonl")
    records = [json.loads(line) for line in ran.out.splitlines()]
    for record in records:
        Draft202012Validator(schema("quotes")).validate(record)
    assert [record["path"] for record in records] == ["windows.txt", "windows.txt", "new.txt"]
    for record in records[:2]:
        assert " ".join(decoded[start:end] for start, end in record["spans"]) == record["text"]
    assert records[0]["text"] == PLAIN
    assert records[0]["speaker"]["name"] == "Ratna Suryani"
    assert ran.status == 0


def test_quotes_for_people_and_from_standard_input(desk: Path, misquote: Run) -> None:
    ran = misquote("quotes", "-", stdin=CHANGED.encode())
    assert ran.status == 0
    assert "Ratna Suryani" in ran.out
    assert "1 quotation in 1 article." in ran.out


def test_quotes_needs_no_index(desk: Path, misquote: Run) -> None:
    (desk / ".misquote").rename(desk / "gone")
    assert misquote("quotes", "changed.txt").status == 0
    assert "no quotation was found" in misquote("quotes", "silent.txt").out


def test_quotes_of_good_and_bad_files(desk: Path, misquote: Run) -> None:
    ran = misquote("quotes", "missing.txt", "changed.txt", "-f", "jsonl")
    assert ran.status == 2
    assert len(ran.out.splitlines()) == 1
    assert "missing.txt does not exist" in ran.err

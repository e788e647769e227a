"""``misquote compare`` with files of segments: judged in order, named by their place, bad rows told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checker.report.records import schema

from .conftest import BRIDGE, FARES, Run

PLAIN = FARES.replace("tidak ", "")
ROWS = (("z", PLAIN, FARES), ("a", BRIDGE, BRIDGE), ("later", "", BRIDGE))


def xliff() -> str:
    units = "\n".join(
        f'<trans-unit id="{id_}"><source>{source}</source><target>{quote}</target></trans-unit>'
        for id_, quote, source in ROWS
    )
    inner = f'<file source-language="id" target-language="id" original="a"><body>\n{units}\n</body></file>'
    return f'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">{inner}</xliff>'


def tmx() -> str:
    """In two languages, since a source and its translation in one could not be told apart."""
    units = "\n".join(
        f'<tu tuid="{id_}"><tuv xml:lang="id"><seg>{source}</seg></tuv><tuv xml:lang="ms"><seg>{quote}</seg></tuv></tu>'
        for id_, quote, source in ROWS
    )
    return f'<tmx version="1.4"><header srclang="id"/><body>\n{units}\n</body></tmx>'


def po() -> str:
    head = 'msgid ""\nmsgstr "Language: id\\n"\n'
    return head + "".join(
        f'\nmsgctxt "{i}"\nmsgid "{source}"\nmsgstr "{quote}"\n' for i, quote, source in ROWS
    )


def csv() -> str:
    return "id,source,target\n" + "".join(f'{i},"{source}","{quote}"\n' for i, quote, source in ROWS)


FILES = {"pairs.xlf": xliff(), "pairs.tmx": tmx(), "pairs.po": po(), "pairs.csv": csv()}
LINES = {"pairs.xlf": [2, 3], "pairs.tmx": [2, 3], "pairs.po": [4, 8], "pairs.csv": [2, 3]}


@pytest.mark.parametrize("name", list(FILES))
def test_segments_are_judged_in_order(desk: Path, misquote: Run, name: str) -> None:
    (desk / name).write_text(FILES[name], encoding="utf-8")
    ran = misquote("compare", name, "-f", "jsonl", "--source-lang", "id")
    results = [json.loads(line) for line in ran.out.splitlines()]
    for result in results:
        Draft202012Validator(schema("compare")).validate(result)
    assert [(r["id"], r["verdict"], r["path"], r["line"]) for r in results] == [
        ("z", "flagged", name, LINES[name][0]),
        ("a", "consistent", name, LINES[name][1]),
    ]
    assert [finding["rule"] for finding in results[0]["findings"]] == ["MQ102"]
    assert (ran.status, ran.err) == (1, "note: 1 segment has no translation yet; 2 compared\n")


def test_people_are_told_the_place(desk: Path, misquote: Run) -> None:
    (desk / "pairs.xlf").write_text(FILES["pairs.xlf"], encoding="utf-8")
    out = misquote("compare", "pairs.xlf").out
    assert "pairs.xlf:2\npair z: flagged" in out


def test_several_files(desk: Path, misquote: Run) -> None:
    for name, text in FILES.items():
        (desk / name).write_text(text, encoding="utf-8")
    ran = misquote("compare", *FILES, "-f", "jsonl", "--source-lang", "id")
    assert [json.loads(line)["path"] for line in ran.out.splitlines()] == [n for n in FILES for _ in range(2)]
    assert "4 segments have no translation yet; 8 compared" in ran.err


def test_a_bad_row_and_a_hostile_file(desk: Path, misquote: Run) -> None:
    (desk / "bad.csv").write_text(f"source,target\n,x\n{BRIDGE},{BRIDGE}\n", encoding="utf-8")
    (desk / "bad.xlf").write_text('<!DOCTYPE x [<!ENTITY a "b">]><xliff/>', encoding="utf-8")
    ran = misquote(
        "compare", "bad.xlf", "bad.csv", "-f", "jsonl", "--quote-lang", "id", "--source-lang", "id"
    )
    assert ran.status == 2
    assert [json.loads(line)["verdict"] for line in ran.out.splitlines()] == ["consistent"]
    assert (
        "error: bad.xlf:1: the XML has declarations of its own in its DOCTYPE, which is refused\n  help: "
        in ran.err
    )
    assert "error: bad.csv:2: the row has no source\n  help: " in ran.err


def test_columns_are_named_on_the_command_line(desk: Path, misquote: Run) -> None:
    (desk / "a.tsv").write_text(f"asal\tterjemahan\n{FARES}\t{PLAIN}\n", encoding="utf-8")
    assert misquote("compare", "a.tsv").status == 2
    words = ["compare", "a.tsv", "--source-column", "asal", "--quote-lang", "id", "--source-lang", "id"]
    assert misquote(*words, "--quote-column", "2").status == 1
    ran = misquote(*words, "--quote-column", "3")
    assert (ran.status, "there is no column '3' (headings: asal, terjemahan)" in ran.err) == (2, True)


def test_pairs_in_jsonl_may_say_target(desk: Path, misquote: Run) -> None:
    row = {"source": FARES, "target": PLAIN, "quote_language": "id", "source_language": "id"}
    ran = misquote("compare", "-", "-f", "jsonl", stdin=json.dumps(row).encode())
    assert (ran.status, set(json.loads(ran.out))) == (1, {"id", "verdict", "drift", "findings"})


def test_a_file_without_translations_is_no_fault(desk: Path, misquote: Run) -> None:
    (desk / "new.po").write_text('msgid "a"\nmsgstr ""\n', encoding="utf-8")
    assert misquote("compare", "new.po").status == 0
    (desk / "none.po").write_text("# nothing\n", encoding="utf-8")
    ran = misquote("compare", "none.po")
    assert (ran.status, "it holds no segment" in ran.err) == (2, True)

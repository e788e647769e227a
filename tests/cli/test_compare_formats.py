"""``misquote compare`` in the formats of CI: each finding on the line of its segment, and named by its id."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
from jsonschema import Draft202012Validator

from checker.report.records import schema
from checker.report.registry import PAIR_FORMATS

from .conftest import BRIDGE, FARES, NEW, Run
from .test_compare_segments import FILES, LINES, PLAIN

NOTE = "note: 1 segment has no translation yet; 2 compared\n"


def two_on_a_line() -> str:
    """Three units on one line, two of them with the same id."""
    texts = ((PLAIN, FARES), (BRIDGE, BRIDGE), (PLAIN, FARES))
    units = "".join(
        f'<trans-unit id="u"><source>{s}</source><target>{q}</target></trans-unit>' for q, s in texts
    )
    inner = f'<file source-language="id" target-language="id" original="a"><body>{units}</body></file>'
    return f'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n\n{inner}</xliff>'


@pytest.fixture
def files(desk: Path) -> Path:
    for name, text in FILES.items():
        (desk / name).write_text(text, encoding="utf-8")
    (desk / "line.xlf").write_text(two_on_a_line(), encoding="utf-8")
    return desk


@pytest.mark.parametrize("name", list(FILES))
def test_the_finding_stands_on_the_line_of_its_segment(files: Path, misquote: Run, name: str) -> None:
    reports = [f"--report={form}:out.{form}" for form in ("json", "sarif", "junit", "github", "gitlab")]
    ran = misquote("compare", name, "-f", "concise", "--source-lang", "id", *reports)
    assert (ran.status, ran.err) == (1, NOTE)
    line = LINES[name][0]
    assert ran.out.startswith(f"{name}:{line}: MQ102 [error] segment z: ")
    assert "1 file, 2 segments: 1 consistent, 1 flagged, 0 unverified, 0 unchecked." in ran.out
    out = {path.suffix: path.read_text("utf-8") for path in files.glob("out.*")}

    report = json.loads(out[".json"])
    Draft202012Validator(schema("compare-report")).validate(report)
    assert [(p["id"], p["path"], p["line"]) for p in report["pairs"]] == [
        ("z", name, line),
        ("a", name, LINES[name][1]),
    ]
    [finding] = report["pairs"][0]["findings"]
    for side, text in (("quote_span", PLAIN), ("source_span", FARES)):
        span = finding[side]
        assert text[span["start"] : span["end"]] == span["text"]

    [result] = json.loads(out[".sarif"])["runs"][0]["results"]
    [place] = result["locations"]
    assert place["physicalLocation"]["region"].keys() == {"startLine", "snippet"}
    assert place["physicalLocation"]["region"]["startLine"] == line
    assert place["logicalLocations"] == [{"name": "z", "kind": "segment"}]

    cases = Tree.fromstring(out[".junit"]).findall(".//testcase")
    assert [(c.get("line"), c.find("failure") is not None) for c in cases] == [
        (str(line), True),
        (str(LINES[name][1]), False),
    ]
    assert f"::error file={name},line={line},endLine={line},title=MQ102" in out[".github"]
    assert json.loads(out[".gitlab"])[0]["location"]["lines"] == {"begin": line, "end": line}


def test_segments_on_one_line_are_told_apart(files: Path, misquote: Run) -> None:
    pairs = json.loads(misquote("compare", "line.xlf", "-f", "json").out)["pairs"]
    assert [(p["id"], p["line"], p["quote"]) for p in pairs] == [
        ("u", 3, PLAIN),
        ("u (2)", 3, BRIDGE),
        ("u (3)", 3, PLAIN),
    ]
    spans = [p["findings"][0]["quote_span"] for p in pairs if p["findings"]]
    assert len(spans) == 2
    assert spans[0] == spans[1]


@pytest.mark.parametrize("form", list(PAIR_FORMATS))
def test_every_format_names_file_and_segment(files: Path, misquote: Run, form: str) -> None:
    ran = misquote("compare", "pairs.xlf", "pairs.po", "-f", form)
    assert ran.status == 1
    for words in ("pairs.xlf", "pairs.po", "MQ102", "z"):
        assert words in ran.out


@pytest.mark.parametrize("form", list(PAIR_FORMATS))
def test_a_report_in_a_file_is_what_is_printed(
    files: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    ran = misquote("compare", "pairs.csv", "-f", form, "--report", f"{form}:there", "--source-lang", "id")
    assert (files / "there").read_text("utf-8") == ran.out


def test_what_kept_it_from_being_complete_is_in_the_report(desk: Path, misquote: Run) -> None:
    (desk / "bad.csv").write_text(f"source,target\n,x\n{BRIDGE},{BRIDGE}\n", encoding="utf-8")
    ran = misquote("compare", "bad.csv", "-f", "json")
    assert ran.status == 2
    assert ran.json["errors"] == [
        {
            "message": "the row has no source",
            "remedy": "fill the cell, or take the row out",
            "path": "bad.csv",
            "line": 2,
        }
    ]
    assert ran.json["run"]["exit_status"] == 2  # type: ignore[index]


def test_a_pair_of_the_command_line_in_ci(desk: Path, misquote: Run) -> None:
    words = ["--quote", PLAIN, "--source", FARES, "--quote-lang", "id", "--source-lang", "id"]
    ran = misquote("compare", *words, "-f", "concise")
    assert (ran.status, ran.out[:24]) == (1, "pair:1: MQ102 [error] se")


@pytest.mark.parametrize("form", ["full", "json", "jsonl"])
def test_a_finding_that_was_set_aside_does_not_count(files: Path, misquote: Run, form: str) -> None:
    command = ["compare", "pairs.xlf", "-f", form]
    pairs = json.loads(misquote("compare", "pairs.xlf", "-f", "json").out)["pairs"]
    fingerprint = pairs[0]["findings"][0]["fingerprint"]
    assert f"misquote ignore {fingerprint}" in misquote("compare", "pairs.xlf").out
    assert misquote("ignore", fingerprint, "--reason", "the ministry corrected itself").status == 0
    ran = misquote(*command)
    assert ran.status == 0
    assert "flagged" not in ran.out.replace('"flagged": 0', "")
    if form != "jsonl":
        assert "the ministry corrected itself" in ran.out


def test_a_source_that_says_something_else(desk: Path, misquote: Run) -> None:
    words = [
        "--quote",
        NEW.split("”")[0][1:],
        "--source",
        BRIDGE,
        "--quote-lang",
        "id",
        "--source-lang",
        "id",
    ]
    ran = misquote("compare", *words, "-f", "junit")
    assert (ran.status, "unverified: the source does not report this at all" in ran.out) == (0, True)
    assert misquote("compare", *words, "--fail-on-unverified").status == 1
    assert "1 segment is unverified" in misquote("compare", *words, "-f", "html", "--fail-on-unverified").out
    (desk / "misquote.toml").write_text("fail-on-unverified = true\n", encoding="utf-8")
    assert misquote("compare", *words).status == 1


def test_settings_by_path(files: Path, misquote: Run) -> None:
    (files / "misquote.toml").write_text(
        '[[overrides]]\npaths = ["*.po"]\n[overrides.rules]\nMQ102 = "warning"\n', encoding="utf-8"
    )
    assert misquote("compare", "pairs.xlf").status == 1
    assert misquote("compare", "pairs.po").status == 0
    assert misquote("compare", "pairs.po", "--fail-on", "warning").status == 1


def test_formats_that_are_none(files: Path, misquote: Run) -> None:
    ran = misquote("compare", "pairs.po", "-f", "sarf")
    assert (ran.status, "did you mean sarif?" in ran.err) == (2, True)
    ran = misquote("compare", "pairs.po", "--report", "junit")
    assert (ran.status, "names no file" in ran.err) == (2, True)
    ran = misquote("compare", "pairs.po", "--report", "json:pairs.po")
    assert (ran.status, (files / "pairs.po").read_text("utf-8")) == (2, FILES["pairs.po"])

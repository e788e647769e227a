"""SARIF: what the standard asks for, read by a public reader and, where it is at hand, by the official schema.

The schema is no part of this project. ``make setup`` fetches it (``ci/sarif_schema.py``); ``SARIF_SCHEMA``
names another copy.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker
from sarif_pydantic import Sarif

from checker.report import render
from checker.report.as_sarif import FINGERPRINT
from checker.report.pairs import render_segments
from checker.rules import all_rules
from checker.types import Report, Severity, Suppression

from .samples import BROKEN, EMPTY, REPORT
from .test_hostile import PAYLOADS, as_segments, poisoned

PLACE = Path(sys.prefix) / "share" / "misquote" / "sarif-schema-2.1.0.json"
REPORTS = {"report": REPORT, "broken": BROKEN, "empty": EMPTY}


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(render(report, "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    named = os.environ.get("SARIF_SCHEMA")
    path = Path(named) if named else PLACE
    if not path.exists():
        pytest.skip(f"there is no copy of the official schema at {path}; ci/sarif_schema.py fetches it")
    return Draft7Validator(json.loads(path.read_text("utf-8")), format_checker=FormatChecker())


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_the_official_schema_accepts_it(schema: Draft7Validator, name: str) -> None:
    schema.validate(json.loads(render(REPORTS[name], "sarif")))


@pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text in PAYLOADS.items()])
def test_the_official_schema_accepts_hostile_text(schema: Draft7Validator, payload: str) -> None:
    changed = poisoned(REPORT, payload)
    schema.validate(json.loads(render(changed, "sarif")))
    schema.validate(json.loads(render_segments(as_segments(changed, payload), "sarif")))


def test_the_place_of_the_schema_is_that_of_the_script() -> None:
    script = (Path(__file__).parents[3] / "ci" / "sarif_schema.py").read_text("utf-8")
    assert f'PLACE = Path(sys.prefix) / "share" / "misquote" / "{PLACE.name}"' in script


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_public_reader_reads_it(name: str) -> None:
    report = REPORTS[name]
    read = Sarif.model_validate_json(render(report, "sarif")).runs[0]
    assert read.tool.driver.name == "misquote"
    assert len(read.results or []) == sum(len(article.all_findings) for article in report.articles)


def test_another_public_reader_reads_it(tmp_path: Path) -> None:
    loader = pytest.importorskip("sarif.loader")
    path = tmp_path / "misquote.sarif"
    path.write_text(render(REPORT, "sarif"), encoding="utf-8")
    read = loader.load_sarif_file(str(path)).get_report()
    counts = [read.get_issue_count_for_severity(level) for level in ("error", "warning", "note")]
    assert counts == [4, 3, 3]


def test_every_rule_of_the_registry_is_explained() -> None:
    rules = {rule["id"]: rule for rule in run_of(EMPTY)["tool"]["driver"]["rules"]}
    assert list(rules) == [info.code for info in all_rules()]
    for info in all_rules():
        rule = rules[info.code]
        assert rule["name"] == info.name
        assert rule["help"]["markdown"].startswith(f"# {info.code} {info.name}")
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_a_result_names_its_rule_even_where_the_registry_does_not_know_it() -> None:
    article = REPORT.articles[0]
    result = article.results[0]
    own = replace(result, findings=(replace(result.findings[0], rule="XX999", name="house-rule"),))
    run = run_of(Report((replace(article, results=(own,)),), (), REPORT.run))
    (found,) = run["results"]
    assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"] == "XX999"


def test_a_result_points_at_the_words_and_its_related_location_at_the_coverage() -> None:
    run = run_of(REPORT)
    found = next(
        one for one in run["results"] if one["partialFingerprints"][FINGERPRINT] == "3b9c2a1e00d4f671"
    )
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/id/tarif-bus.md"
    assert place["region"]["snippet"]["text"] == "akan menaikkan"
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (3, 99)
    assert run["columnKind"] == "unicodeCodePoints"
    (related,) = found["relatedLocations"]
    assert "will not raise" in related["message"]["text"]
    assert related["physicalLocation"]["artifactLocation"]["uri"].startswith("https://courier.example/")
    assert related["logicalLocations"][0]["fullyQualifiedName"] == "courier-17#p-fares"


def test_the_level_is_that_of_the_finding_not_of_its_rule() -> None:
    article = REPORT.articles[0]
    result = article.results[0]
    softer = replace(result, findings=(replace(result.findings[0], severity=Severity.INFO),))
    (found,) = run_of(Report((replace(article, results=(softer,)),), (), REPORT.run))["results"]
    assert found["level"] == "note"


@pytest.mark.parametrize(
    ("kind", "where"), [("ignored", "external"), ("baseline", "external"), ("inline", "inSource")]
)
def test_suppressions_are_given_again(kind: str, where: str) -> None:
    article = REPORT.articles[0]
    result = article.results[0]
    aside = replace(
        result, findings=(replace(result.findings[0], suppression=Suppression(kind, "as agreed")),)
    )
    (found,) = run_of(Report((replace(article, results=(aside,)),), (), REPORT.run))["results"]
    assert found["suppressions"] == [
        {"kind": where, "justification": "as agreed", "properties": {"kind": kind}}
    ]


def test_what_went_wrong_is_a_notification_and_the_invocation_says_so() -> None:
    (invocation,) = run_of(BROKEN)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 2
    assert [one["level"] for one in invocation["toolExecutionNotifications"]] == ["error", "error"]
    assert invocation["startTimeUtc"] == "2026-06-14T08:00:00Z"
    assert run_of(REPORT)["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize(
    "started", [None, "", "yesterday", "2026-06-14T15:00:00+07:00", "2026-06-14T08:00:00"]
)
def test_the_time_is_in_utc_or_not_given(started: str | None) -> None:
    (invocation,) = run_of(replace(EMPTY, run=replace(EMPTY.run, started=started)))["invocations"]
    known = "2026-06-14T08:00:00Z" if started and started[0] == "2" else None
    assert invocation.get("startTimeUtc") == known


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("content/a b.md", {"uri": "content/a%20b.md", "uriBaseId": "%SRCROOT%"}),
        ("content\\id\\a.md", {"uri": "content/id/a.md", "uriBaseId": "%SRCROOT%"}),
        ("a:b.md", {"uri": "a%3Ab.md", "uriBaseId": "%SRCROOT%"}),
        ("/srv/a.md", {"uri": "file:///srv/a.md"}),
        ("C:\\news\\a.md", {"uri": "file:///C:/news/a.md"}),
    ],
)
def test_file_names_become_addresses(path: str, location: dict[str, str]) -> None:
    article = REPORT.articles[0]
    named = replace(article, article=replace(article.article, path=path))
    run = run_of(Report((named,), (), REPORT.run))
    assert run["artifacts"][0]["location"] == location
    assert all(
        one["locations"][0]["physicalLocation"]["artifactLocation"] == location for one in run["results"]
    )

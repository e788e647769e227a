"""What GitHub Actions and GitLab read from a log and from an artifact."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from checker.report import render
from checker.types import ArticleResult, Report, Severity, Span

from .samples import BROKEN, EMPTY, REPORT
from .test_hostile import PAYLOADS, poisoned

COMMAND = re.compile(
    r"::(?P<type>error|warning|notice) (?P<properties>(?:\w+=[^,:\r\n]*,?)*)::(?P<message>[^\r\n]*)"
)


def commands(report: Report, **options: Any) -> list[dict[str, str]]:
    """The workflow commands as a runner reads them: type, properties and message, unescaped."""
    read = []
    for line in render(report, "github", **options).splitlines():
        found = COMMAND.fullmatch(line)
        assert found, line
        properties = dict(pair.split("=", 1) for pair in found["properties"].split(",") if pair)
        texts = {**properties, "type": found["type"], "message": found["message"]}
        read.append({key: unescaped(value) for key, value in texts.items()})
    return read


def unescaped(value: str) -> str:
    for code, character in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(code, character)
    return value


def many(number: int) -> Report:
    """A report with so many errors more."""
    article = REPORT.articles[0]
    result = article.results[0]
    (finding,) = result.findings
    copies = tuple(replace(finding, fingerprint=f"{n:016x}") for n in range(number))
    return Report((replace(article, results=(replace(result, findings=copies),)),), (), REPORT.run)


def test_github_gets_the_summary_and_then_the_worst_first() -> None:
    types = [one["type"] for one in commands(REPORT)]
    assert types == ["notice", *["error"] * 4, *["warning"] * 2, *["notice"] * 3]
    assert "4 flagged" in commands(REPORT)[0]["message"]
    assert [one["type"] for one in commands(BROKEN)][:3] == ["notice", "error", "error"]
    assert [one["type"] for one in commands(EMPTY)] == ["notice"]


def test_github_gets_file_line_and_column() -> None:
    found = next(one for one in commands(REPORT) if "1,500" in one["message"])
    place = {key: found[key] for key in ("file", "line", "endLine", "col", "endColumn", "title")}
    assert place == {
        "file": "content/id/tarif-bus.md", "line": "5", "endLine": "5", "col": "11", "endColumn": "16",
        "title": "MQ101 number-changed",
    }  # fmt: skip


def test_github_gets_no_columns_of_several_lines() -> None:
    article = REPORT.articles[0]
    text = article.article.text
    result = article.results[0]
    (finding,) = result.findings
    mark = replace(finding.annotations[0], span=Span(0, len(text) - 1))
    wide = replace(result, findings=(replace(finding, annotations=(mark,)),))
    (_, found) = commands(Report((replace(article, results=(wide,)),), (), REPORT.run))
    assert (found["line"], found["endLine"]) == ("1", "7")
    assert "col" not in found
    assert "endColumn" not in found


def test_github_is_said_to_hide_what_is_beyond_its_limit() -> None:
    assert "in the log" not in commands(many(10))[0]["message"]
    assert "2 more are in the log" in commands(many(12))[0]["message"]
    assert len(commands(many(12))) == 13


def test_github_shows_what_is_asked_for() -> None:
    assert {one["type"] for one in commands(REPORT, min_severity=Severity.ERROR)[1:]} == {"error"}
    aside = [one for one in commands(REPORT, verbose=True) if "set aside" in one.get("title", "")]
    assert [one["type"] for one in aside] == ["notice"]


@pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text in PAYLOADS.items()])
def test_github_reads_the_same_commands_from_hostile_text(payload: str) -> None:
    for report in (REPORT, BROKEN):
        hostile, harmless = commands(poisoned(report, payload)), commands(poisoned(report, "x"))
        assert [one["type"] for one in hostile] == [one["type"] for one in harmless]
        assert [sorted(one) for one in hostile] == [sorted(one) for one in harmless]


def quality(report: Report) -> list[dict[str, Any]]:
    loaded = json.loads(render(report, "gitlab"))
    assert isinstance(loaded, list)
    return loaded


@pytest.mark.parametrize("report", [REPORT, BROKEN, EMPTY], ids=["report", "broken", "empty"])
def test_gitlab_gets_what_it_requires(report: Report) -> None:
    entries = quality(report)
    assert len(entries) == len(report.errors) + sum(len(article.all_findings) for article in report.articles)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert re.fullmatch("[0-9a-f]{32}", entry["fingerprint"])
        assert not entry["location"]["path"].startswith(("/", "./"))
        assert 1 <= entry["location"]["lines"]["begin"] <= entry["location"]["lines"]["end"]


def test_gitlab_tells_the_same_quotation_in_two_files_apart_and_two_runs_not() -> None:
    article = REPORT.articles[0]
    copy = ArticleResult(replace(article.article, path="content/id/copy.md"), article.results)
    doubled = Report((article, article, copy), (), REPORT.run)
    prints = [entry["fingerprint"] for entry in quality(doubled)]
    assert len(set(prints)) == len(prints) == 9
    assert prints == [entry["fingerprint"] for entry in quality(doubled)]
    moved = replace(article, article=replace(article.article, text=article.article.text + "\n\nMore.\n"))
    assert [e["fingerprint"] for e in quality(Report((moved,), (), REPORT.run))] == [
        e["fingerprint"] for e in quality(Report((article,), (), REPORT.run))
    ]


def test_gitlab_gets_what_was_set_aside_as_information() -> None:
    aside = [entry for entry in quality(REPORT) if "agreed with the desk" in entry["description"]]
    assert [entry["severity"] for entry in aside] == ["info"]
    assert {entry["severity"] for entry in quality(BROKEN)[:2]} == {"blocker"}

"""What programs read is what the published schemas say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker.report import render
from checker.report.pairs import render_pairs
from checker.report.quotes import render_quotes
from checker.report.records import SCHEMAS, schema
from checker.types import Extraction, Report

from .samples import BROKEN, EMPTY, REPORT, pair_results

DESIGNED = {
    "": {"schema_version", "tool", "run", "summary", "articles", "findings", "errors"},
    "summary": {
        "articles", "quotations", "consistent", "flagged", "unverified", "unchecked", "errors", "warnings", "infos",
    },
    "finding": {
        "fingerprint", "rule", "name", "severity", "confidence", "message", "help", "path", "line", "column",
        "end_line", "end_column", "quotation", "article_span", "evidence_span", "suppressed",
    },
    "quotation": {
        "id", "text", "kind", "start", "end", "line", "column", "speaker", "verdict", "probability", "evidence",
        "findings",
    },
    "evidence": {
        "passage_id", "article_id", "text", "speaker", "outlet", "url", "published", "language", "relation", "score",
    },
}  # fmt: skip


def valid(name: str, record: object) -> None:
    Draft202012Validator(schema(name)).validate(record)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("report", [REPORT, BROKEN, EMPTY], ids=["report", "broken", "empty"])
def test_reports_are_valid(report: Report) -> None:
    valid("report", json.loads(render(report, "json")))
    for line in render(report, "jsonl").splitlines():
        valid("report-line", json.loads(line))


def test_quotes_and_pairs_are_valid() -> None:
    found = [Extraction(one.article, tuple(r.quotation for r in one.results)) for one in REPORT.articles]
    lines = render_quotes(found, "jsonl").splitlines()
    assert len(lines) == 7
    for line in lines:
        valid("quotes", json.loads(line))
    for line in render_pairs(pair_results(), "jsonl").splitlines():
        valid("compare", json.loads(line))


def test_the_fields_are_those_of_the_design() -> None:
    record = json.loads(render(REPORT, "json"))
    assert set(record) == DESIGNED[""]
    assert set(record["summary"]) == DESIGNED["summary"]
    quotations = [q for article in record["articles"] for q in article["quotations"]]
    for keys, found in (
        ("finding", record["findings"]),
        ("quotation", quotations),
        ("evidence", [e for q in quotations for e in q["evidence"]]),
    ):
        assert found
        assert all(set(one) == DESIGNED[keys] for one in found)


def test_fingerprints_tie_quotations_to_findings() -> None:
    record = json.loads(render(REPORT, "json"))
    known = {one["fingerprint"] for one in record["findings"]}
    named = {f for article in record["articles"] for q in article["quotations"] for f in q["findings"]}
    assert named <= known
    assert len(known - named) == 1  # the finding of the whole article


def damaged() -> Iterator[tuple[str, Any]]:
    good = json.loads(render(REPORT, "json"))
    yield "version", {**good, "schema_version": "2"}
    yield "extra", {**good, "extra": 1}
    yield "missing", {key: value for key, value in good.items() if key != "errors"}
    yield "severity", {**good, "findings": [{**good["findings"][0], "severity": "fatal"}]}
    yield "line 0", {**good, "findings": [{**good["findings"][0], "line": 0}]}


@pytest.mark.parametrize("record", [pytest.param(record, id=name) for name, record in damaged()])
def test_the_schema_refuses_what_is_not_the_contract(record: dict[str, Any]) -> None:
    assert not Draft202012Validator(schema("report")).is_valid(record)


def test_an_article_from_standard_input_has_a_path() -> None:
    article = REPORT.articles[0]
    nameless = replace(article, article=replace(article.article, path=None))
    record = json.loads(render(Report((nameless,), (), REPORT.run), "json"))
    assert record["articles"][0]["path"] == article.article.id

"""Hostile text in every text field of every format."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum

import pytest
import regex

from checker.report import FORMATS, render
from checker.report.pairs import render_pairs, render_segments
from checker.report.quotes import render_quotes
from checker.report.registry import formats_for
from checker.types import Extraction, PairResult, QuoteResult, Report, Span

from .samples import BROKEN, REPORT, pair_results

PAYLOADS = {
    "markup": "[red]will[/red] [/] [link=file:///etc/passwd]",
    "escape": "\x1b[2J\x1b]8;;http://evil.example\x07 \x9b31m",
    "bidi": "a\u202eb\u2066c\u200fd",
    "workflow": "%0A::error::x\n::error file=a::y\r\n::stop-commands::z",
    "html": "<img src=x onerror=alert(1)></style><script>",
    "surrogate": "half \ud83d pair \udc00",
    "formula": "=HYPERLINK(\"http://evil.example\")\t@SUM(1)",
    "invisible": "\u200b\u2060\ufeff\u00ad\U000e0041",
    "accents": "a" + "\u0301" * 300,
    "xml": "]]><![CDATA[ &amp; &#x26; &bogus; <!-- \ufffe\uffff \x0b",
    "attribute": "\" onmouseover=\"alert(1) ' style='x:y",
    "template": "{{ 7*7 }} {% raw %} {# #}",
    "markdown": "[a](http://evil.example) ![b](http://evil.example/b) `c` ``` | d | # e\n# f\n---\n> g",
    "host": "@desk #12 www.evil.example https://evil.example $x$ :bomb: me@evil.example <details>",
    "runner": "##[group]x ::error::x \x00::set-output name=x::y",
    "link": "[text](javascript:alert(1)) [1](2)",
    "empty": "",
    "blank": " \n\t ",
}  # fmt: skip
KEPT = ("rule", "name", "fingerprint", "language", "side", "quotation_id", "fail_on", "kind", "passage_id")
"""Fields that are made by the program, or that tie records together."""


def poison(value: object, payload: str, field: str = "") -> object:
    """The same record with ``payload`` put before every text, spans moved along with it."""
    if isinstance(value, Enum) or field in KEPT:
        return value
    if isinstance(value, str):
        return payload + value
    if isinstance(value, Span):
        return value.shift(len(payload))
    if isinstance(value, Mapping):
        return {key: poison(item, payload, key) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(poison(item, payload) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: poison(getattr(value, f.name), payload, f.name) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    return value


def poisoned(report: Report, payload: str) -> Report:
    changed = poison(report, payload)
    assert isinstance(changed, Report)
    return changed


UNSAFE = regex.compile(r"[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cf}]--[\n\u200c\u200d]]", regex.V1)


def assert_safe(shown: str) -> None:
    shown.encode("utf-8")
    found = UNSAFE.search(shown)
    assert found is None, hex(ord(found.group()))


@pytest.mark.parametrize("format_", sorted(FORMATS))
@pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text in PAYLOADS.items()])
@pytest.mark.parametrize("width", [20, 80])
def test_reports(format_: str, payload: str, width: int) -> None:
    for report in (REPORT, BROKEN):
        changed = poisoned(report, payload)
        for verbose in (False, True):
            assert_safe(render(changed, format_, width=width, verbose=verbose))


def as_segments(report: Report, payload: str) -> Report:
    """The report as one on files of segments, whose ids are text of those files."""

    def named(result: QuoteResult) -> QuoteResult:
        name = payload + result.quotation.id
        findings = tuple(replace(one, quotation_id=name) for one in result.findings)
        return replace(result, quotation=replace(result.quotation, id=name), findings=findings)

    articles = tuple(
        replace(
            one,
            article=replace(one.article, of_segments=True),
            results=tuple(map(named, one.results)),
        )
        for one in report.articles
    )
    return replace(report, articles=articles)


@pytest.mark.parametrize("format_", sorted(formats_for("segments")))
@pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text in PAYLOADS.items()])
def test_segments(format_: str, payload: str) -> None:
    shown = render_segments(as_segments(poisoned(REPORT, payload), payload), format_)
    assert_safe(shown)
    if format_ == "html":
        assert "<img" not in shown
        assert "<script" not in shown
    if format_ == "github":
        assert all(line.startswith(("::notice ", "::warning ", "::error ")) for line in shown.splitlines())


@pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text in PAYLOADS.items()])
def test_quotes_and_pairs(payload: str) -> None:
    articles = poisoned(REPORT, payload).articles
    found = [Extraction(one.article, tuple(r.quotation for r in one.results)) for one in articles]
    pairs = tuple(poison(one, payload) for one in pair_results())
    assert all(isinstance(one, PairResult) for one in pairs)
    for form in ("full", "jsonl"):
        assert_safe(render_quotes(found, form, width=80))
        assert_safe(render_pairs(pairs, form, width=80))  # type: ignore[arg-type]


def test_brackets_are_shown_as_they_are() -> None:
    shown = render(poisoned(REPORT, "[red]x[/red][/] "), "full", width=120)
    assert "[red]x[/red][/] The article affirms what earlier coverage denies." in shown
    assert "[red]x[/red][/] content/id/tarif-bus.md:3:" in shown


@pytest.mark.parametrize("format_", ["concise", "full"])
def test_no_text_starts_a_line_of_its_own(format_: str) -> None:
    shown = render(poisoned(REPORT, "x\n::error::y\r\n"), format_, width=4000, verbose=True)
    assert not [line for line in shown.splitlines() if line.lstrip().startswith("::")]


def test_colour_adds_no_escape_but_its_own() -> None:
    shown = render(poisoned(REPORT, "\x1b]0;title\x07"), "full", width=80, color=True)
    assert "\x1b]" not in shown
    assert "\x07" not in shown


def test_json_keeps_the_text() -> None:
    payload = "\x1b[31m\u202e\u200b<img>\U000e0041 [/] "
    record = json.loads(render(poisoned(REPORT, payload), "json"))
    assert record["findings"][0]["message"] == payload + "The article affirms what earlier coverage denies."
    for one in record["findings"]:
        span = one["article_span"]
        assert span["end"] - span["start"] in (len(span["text"]), len(span["text"]) - len(payload))


@pytest.mark.parametrize("format_", sorted(FORMATS))
@pytest.mark.parametrize("fill", ["word ", "x", "\u4e2d", "\u0301", "\n", "[", "\u200b", "\u0639"])
def test_a_hundred_kilobytes_in_every_field(format_: str, fill: str) -> None:
    report = poisoned(BROKEN, fill * (100_000 // len(fill)))
    began = time.process_time()
    shown = render(report, format_, width=80)
    assert time.process_time() - began < 20
    assert_safe(shown)


def test_a_finding_on_a_huge_quotation_stays_short() -> None:
    words = "and so on " * 10_000
    shown = render(poisoned(REPORT, words), "full", width=80)
    texts = [line for line in shown.splitlines() if "│" in line]
    assert len(texts) < 250

"""Markdown, as a renderer of GitHub's dialect reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from checker.report import render
from checker.report.as_markdown import LIMIT
from checker.types import Report, Severity

from .samples import BROKEN, EMPTY, REPORT
from .test_hostile import PAYLOADS, poisoned

GITHUB = MarkdownIt("gfm-like", {"linkify": False})
GITHUB_LIMIT = 1024 * 1024


def shape(text: str) -> list[str]:
    """The kinds of everything in a page: blocks, then inline marks and HTML, without the words."""
    kinds = []
    for token in GITHUB.parse(text):
        kinds.append(token.type)
        for inline in token.children or ():
            if inline.type == "html_inline" and "span" not in inline.content:
                kinds.append(inline.content)
            elif inline.type not in ("text", "text_special", "html_inline", "softbreak"):
                kinds.append(inline.type)
    return kinds


def test_the_page_is_read_as_meant() -> None:
    kinds = shape(render(REPORT, "markdown"))
    assert kinds.count("heading_open") == 5
    assert kinds.count("table_open") == 1
    assert kinds.count("blockquote_open") == 11
    assert kinds.count("<mark>") == kinds.count("</mark>") == 10
    assert kinds.count("link_open") == 3


@pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text in PAYLOADS.items()])
def test_hostile_text_leaves_the_structure_as_it_is(payload: str) -> None:
    for report in (REPORT, BROKEN):
        hostile = shape(render(poisoned(report, payload), "markdown", verbose=True))
        harmless = shape(render(poisoned(report, "x"), "markdown", verbose=True))
        if payload.strip():
            assert hostile == harmless
        assert "image" not in hostile
        assert "link_open" not in hostile or not payload.strip()


def test_nobody_is_called_and_nothing_becomes_a_link() -> None:
    text = render(poisoned(REPORT, "@desk #12 www.evil.example http://evil.example "), "markdown")
    for live in ("@desk", "#12", "www.evil", "http://evil"):
        assert live not in text
    assert GITHUB.render(text).count("href") == 0


def long(number: int) -> Report:
    article = REPORT.articles[0]
    result = article.results[0]
    copies = tuple(replace(result.findings[0], fingerprint=f"{n:016x}") for n in range(number))
    return Report((replace(article, results=(replace(result, findings=copies),)),), (), REPORT.run)


def test_a_page_that_would_be_too_large_ends_before_that_and_says_so() -> None:
    text = render(long(3000), "markdown")
    assert LIMIT * 0.9 < len(text.encode()) < GITHUB_LIMIT
    assert "more entries of this report left out" in text
    assert text.rstrip().endswith("Exit 1: at least one finding is at or above --fail-on error.")
    assert text.count("<details") == text.count("</details>")
    assert "left out" not in render(long(30), "markdown")


def test_a_large_report_of_errors_stays_small_too() -> None:
    flood = replace(BROKEN, errors=BROKEN.errors * 5000)
    text = render(flood, "markdown")
    assert len(text.encode()) < GITHUB_LIMIT
    assert "9,950 more" in text


def test_what_is_below_the_shown_severity_is_counted_but_not_shown() -> None:
    text = render(REPORT, "markdown", min_severity=Severity.ERROR)
    assert "MQ111" not in text
    assert "4 errors, 2 warnings" in text
    assert "<summary>Unverified" not in text


def test_a_clean_run_says_so_first() -> None:
    assert render(EMPTY, "markdown").startswith("## No quotation needs a decision\n")
    broken = replace(BROKEN, articles=())
    assert render(broken, "markdown").startswith("## The quotations were not checked\n")

"""The page: what a browser, a screen reader and a hostile article make of it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from checker.report import render
from checker.rules import all_rules
from checker.types import ArticleResult, Report

from .samples import BROKEN, EMPTY, REPORT
from .test_hostile import PAYLOADS, poisoned

REPORTS = {"report": REPORT, "broken": BROKEN, "empty": EMPTY}


def page_of(report: Report) -> html.HtmlElement:
    return html.document_fromstring(render(report, "html"))


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


def test_the_first_line_is_the_decision() -> None:
    assert texts(page_of(REPORT), "//h1") == ["4 quotations need a decision"]
    assert texts(page_of(EMPTY), "//h1") == ["No quotation needs a decision"]
    assert texts(page_of(replace(BROKEN, articles=())), "//h1") == ["The quotations were not checked"]
    assert render(REPORT, "html").startswith("<!doctype html>\n")


def test_it_is_one_file_without_script_whose_policy_allows_its_style_and_nothing_else() -> None:
    text = render(REPORT, "html")
    page = html.document_fromstring(text)
    assert (
        page.xpath(
            "//script|//link|//img|//iframe|//object|//form|//*[@style]|//@*[starts-with(name(), 'on')]"
        )
        == []
    )
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_texts_stand_side_by_side_with_the_words_marked_and_named() -> None:
    page = page_of(REPORT)
    (finding,) = page.xpath("//*[@id='f-3b9c2a1e00d4f671']")
    assert texts(finding, ".//figure//mark") == ["akan menaikkan", "will not raise"]
    assert texts(finding, ".//figure//mark/following-sibling::small") == ["(affirmed)", "(denied)"]
    assert finding.xpath(".//blockquote/@lang") == ["id", "en"]
    assert finding.xpath(".//blockquote/@dir") == ["auto", "auto"]
    assert finding.xpath(".//figure[2]/blockquote/@cite") == ["https://courier.example/2026/06/13/bus-fares"]


def test_a_language_that_is_not_known_is_not_taken_for_english() -> None:
    for language in ("und", "", "not a language", '"><b>'):
        article = REPORT.articles[0]
        unknown = replace(article, article=replace(article.article, language=language))
        page = page_of(Report((unknown,), (), REPORT.run))
        assert set(page.xpath("//figure[contains(@class, 'article')]/blockquote/@lang")) == {""}


def test_anchors_are_fingerprints_and_unique() -> None:
    twice = Report((*REPORT.articles, replace(REPORT.articles[0])), (), REPORT.run)
    for report in (REPORT, twice, BROKEN):
        page = page_of(report)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        for finding in (f for article in report.articles for f in article.all_findings):
            assert f"f-{finding.fingerprint}" in ids
        for target in page.xpath("//a/@href[starts-with(., '#')]"):
            assert target[1:] in ids
        for named in page.xpath("//@aria-labelledby"):
            assert named in ids


def test_the_table_of_contents_has_every_article() -> None:
    assert texts(page_of(REPORT), "//nav//li/a") == sorted(a.article.path or "" for a in REPORT.articles)


def test_every_quotation_is_there_whatever_its_verdict() -> None:
    page = page_of(REPORT)
    shown = {c.split()[1] for c in page.xpath("//article/@class")}
    assert shown == {"flagged", "consistent", "unverified", "unchecked", "whole"}
    assert len(page.xpath("//article[not(contains(@class, 'whole'))]")) == 7
    filters = set(page.xpath("//fieldset//input[@type='radio']/@id"))
    assert filters == {"show-all", *(f"show-{verdict}" for verdict in shown - {"whole"})}


def test_rules_of_the_report_are_explained_below_it() -> None:
    named = {finding.rule for article in REPORT.articles for finding in article.all_findings}
    known = {info.code for info in all_rules()}
    assert set(page_of(REPORT).xpath("//dt[starts-with(@id, 'rule-')]/@id")) == {
        f"rule-{code}" for code in named & known
    }


# Accessibility, as far as it can be told without a browser; test_browser.py runs axe where there is one.


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_headings_go_down_one_level_at_a_time(name: str) -> None:
    levels = [int(element.tag[1]) for element in page_of(REPORTS[name]).xpath("//h1|//h2|//h3|//h4|//h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_landmarks_hold_everything_and_controls_have_names(name: str) -> None:
    page = page_of(REPORTS[name])
    assert page.get("lang") == "en"
    assert {child.tag for child in page.xpath("/html/body/*")} <= {"header", "nav", "main", "footer"}
    for tag in ("header", "main", "footer"):
        assert len(page.xpath(f"/html/body/{tag}")) == 1
    for control in page.xpath("//input"):
        assert control.getparent().tag == "label"
        assert control.getparent().text_content().strip()
    for element in page.xpath("//a|//summary|//legend|//caption|//figcaption|//th|//title"):
        assert (element.get("aria-label") or element.text_content()).strip()
    for cell in page.xpath("//th"):
        assert cell.get("scope") in ("col", "row")
    for element in page.xpath("//section|//nav"):
        assert element.get("aria-labelledby")


def palettes() -> Iterator[tuple[str, dict[str, str]]]:
    (style,) = re.findall("<style>(.*?)</style>", render(EMPTY, "html"), re.DOTALL)
    for number, block in enumerate(re.findall(r":root \{(.*?)\}", style, re.DOTALL)):
        yield ("light", "dark", "print")[number], dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    (text, ground)
    for ground in ("page", "card")
    for text in ("text", "quiet", "link", "error", "warning", "info", "good")
] + [("on-mark", "here"), ("on-mark", "earlier")]


@pytest.mark.parametrize(
    ("scheme", "palette"), palettes(), ids=lambda value: value if isinstance(value, str) else ""
)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(
    scheme: str, palette: dict[str, str], text: str, ground: str
) -> None:
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize(
    ("scheme", "palette"), palettes(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_boundaries_stand_out_too(scheme: str, palette: dict[str, str]) -> None:
    assert contrast(palette["line"], palette["page"]) >= 3


@pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text in PAYLOADS.items()])
def test_hostile_text_leaves_the_structure_as_it_is(payload: str) -> None:
    for report in (REPORT, BROKEN):
        hostile, harmless = page_of(poisoned(report, payload)), page_of(poisoned(report, "x"))
        if payload.strip():
            assert [e.tag for e in hostile.iter()] == [e.tag for e in harmless.iter()]
            assert [sorted(e.attrib) for e in hostile.iter()] == [sorted(e.attrib) for e in harmless.iter()]
        for address in hostile.xpath("//a/@href|//@cite"):
            assert address.startswith(("#", "https://"))
        assert hostile.xpath("//script|//img|//@style") == []


def test_markup_in_an_article_is_shown_as_text() -> None:
    payload = "<b>bold</b> & {{ 7*7 }} "
    page = page_of(poisoned(REPORT, payload))
    assert payload + "The article affirms what earlier coverage denies." in " ".join(texts(page, "//p"))


def test_a_page_of_many_articles_stays_quick_to_make() -> None:
    article = REPORT.articles[0]
    many = tuple(
        ArticleResult(replace(article.article, path=f"content/{n:04}.md"), article.results)
        for n in range(200)
    )
    page = page_of(Report(many, (), REPORT.run))
    assert len(page.xpath("//main/section")) == 200
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))

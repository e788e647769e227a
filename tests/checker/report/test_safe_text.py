from __future__ import annotations

import html
import json
import unicodedata
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from checker.report.safe_text import (
    for_href,
    for_html,
    for_json,
    for_markdown,
    for_sarif,
    for_terminal,
    for_uri,
    for_workflow,
    for_workflow_property,
    for_xml,
    terminal_characters,
)

GITHUB = MarkdownIt("gfm-like", {"linkify": False})
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain [sic] [/] [red]", "plain [sic] [/] [red]"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x9b31mred", "31mred"),
        ("bell\x07 back\x08 delete\x7f", "bell back delete"),
        ("one\ntwo\r\nthree\tfour\u2028five", "one two  three four five"),
        ("\u202egnihton\u202c \u2066a\u2069", "gnihton a"),
        ("\u200eLRM\u200fRLM\u061cALM", "LRMRLMALM"),
        ("will\u200b not", "will<U+200B> not"),
        ("\ufeffBOM", "<U+FEFF>BOM"),
        ("soft\u00adhyphen", "softhyphen"),
        ("blank\u3164letter", "blank<U+3164>letter"),
        ("tag\U000e0041", "tag<U+E0041>"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200cb", "a<U+200C>b"),
        ("“中文” – é ك", "“中文” – é ك"),
    ],
)
def test_what_a_terminal_gets(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


def test_a_pile_of_accents_does_not_cover_the_lines_around_it() -> None:
    assert for_terminal("a" + "\u0301" * 500 + "b") == "a" + "\u0301" * 6 + "b"


@given(ANY_TEXT)
def test_nothing_dangerous_is_left_and_offsets_hold(text: str) -> None:
    shown = terminal_characters(text)
    assert len(shown) == len(text)
    for character in "".join(shown):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in (
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        )  # fmt: skip


@given(ANY_TEXT)
def test_json_reads_back_as_the_same_text(text: str) -> None:
    written = for_json(json.dumps(text, ensure_ascii=False))
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in written)
    read = json.loads(written.encode("utf-8"))
    assert read == "".join("\ufffd" if unicodedata.category(c) == "Cs" else c for c in text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", ": :error: :x"),
        (":\x00:x", ": :x"),
        ("##[group]x", "## [group]x"),
        ("#\x00#[x]", "## [x]"),
        ("10:30 [sic] #1", "10:30 [sic] #1"),
    ],
)
def test_the_log_of_a_job_gets_no_command(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


def test_json_in_the_log_of_a_job_gets_no_command_and_reads_back() -> None:
    written = for_json(json.dumps("##[group]::x"))
    assert "##[" not in written
    assert json.loads(written) == "##[group]::x"


@given(ANY_TEXT)
def test_html_reads_back_as_what_a_terminal_shows(text: str) -> None:
    assert html.unescape(for_html(text)) == for_terminal(text)
    assert not set(for_html(text)) & set("<>\"'")


@given(ANY_TEXT)
def test_xml_reads_back(text: str) -> None:
    element = ElementTree.Element("a", {"b": for_xml(text)})
    element.text = for_xml(text)
    read = ElementTree.fromstring(ElementTree.tostring(element, encoding="unicode"))
    assert (read.text or "") == for_xml(text) == read.attrib["b"]


@given(ANY_TEXT)
def test_markdown_reads_back_as_text_without_any_markup(text: str) -> None:
    written = for_markdown(text)
    (_, inline, _) = GITHUB.parse(f"x{written}x")
    kinds = {token.type for token in inline.children or ()}
    assert kinds <= {"text", "text_special", "html_inline"}
    read = "".join(token.content for token in inline.children or () if token.type != "html_inline")
    assert read.replace("\u200b", "") == f"x{for_terminal(text)}x"


@given(ANY_TEXT)
def test_a_workflow_command_keeps_its_parts(text: str) -> None:
    assert "::" not in for_workflow(text)
    assert not set(for_workflow(text)) & set("\r\n")
    assert not set(for_workflow_property(text)) & set("\r\n:,")


@given(ANY_TEXT)
def test_a_path_becomes_an_address_that_leads_back(text: str) -> None:
    address = for_uri("a/" + text)
    assert address.isascii()
    assert unquote(address) == "a/" + "".join(
        "\ufffd" if unicodedata.category(c) == "Cs" else c for c in text
    ).replace("\\", "/")


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://courier.example/a?b=c&d#e", "https://courier.example/a?b=c&d#e"),
        ("HTTP://courier.example", "HTTP://courier.example"),
        (" https://courier.example/a b\n", "https://courier.example/ab"),
        ("https://courier.example/<b>'\")", "https://courier.example/%3Cb%3E%27%22%29"),
        ("https://courier.example@evil.example", "https://courier.example%40evil.example"),
        ("https://courier.example/%C3%A9\u202e", "https://courier.example/%C3%A9%E2%80%AE"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//evil.example", None),
        ("https:///x", None),
        ("", None),
    ],
)
def test_only_web_addresses_become_links(address: str, href: str | None) -> None:
    assert for_href(address) == href


def test_a_message_of_sarif_holds_no_link() -> None:
    assert "](" not in for_sarif("[text](javascript:1) [1](2)")
    assert for_sarif("We agreed [sic] (twice)") == "We agreed [sic] (twice)"

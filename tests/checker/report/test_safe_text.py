from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.report.safe_text import for_json, for_terminal, terminal_characters

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

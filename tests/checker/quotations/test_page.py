"""Every example of docs/quotations.md is run: the table under a text is what is found in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from checker.quotations import extract
from checker.types import Article, Quotation

PAGE = Path(__file__).resolve().parents[3] / "docs" / "quotations.md"
EXAMPLE = re.compile(
    r"^```text (?P<language>[a-z]{2})\n(?P<text>.*?)\n```\n\n(?P<found>No quotation\.|(?:\|[^\n]*\n)+)",
    re.M | re.S,
)


class Example(NamedTuple):
    language: str
    text: str
    rows: list[dict[str, str]]


def rows_of(table: str) -> list[dict[str, str]]:
    lines = [[cell.strip() for cell in line.strip("| ").split("|")] for line in table.splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def examples() -> list[Example]:
    page = PAGE.read_text(encoding="utf-8")
    return [Example(m["language"], m["text"], rows_of(m["found"])) for m in EXAMPLE.finditer(page)]


def cells(quotation: Quotation) -> dict[str, str]:
    return {
        "kind": quotation.kind.value,
        "speaker": quotation.speaker.name if quotation.speaker else "not named",
        "through": quotation.carrier or "",
        "words": quotation.text.replace("\n", " "),
    }


@pytest.mark.parametrize("example", examples(), ids=lambda e: f"{e.language}: {e.text[:30]}")
def test_the_table_is_what_is_found(example: Example) -> None:
    found = [
        cells(q) for q in extract(Article(id="a", text=example.text, language=example.language)).quotations
    ]
    named = set(example.rows[0]) if example.rows else set()
    assert [{k: v for k, v in row.items() if k in named} for row in found] == example.rows


def test_every_text_of_the_page_is_an_example() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count("```text") == len(examples()) >= 15
    assert {e.language for e in examples()} >= {"en", "id", "es", "zh"}

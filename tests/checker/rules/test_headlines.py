"""MQ305 on the title in the front matter of a Markdown file: found there, and shown there."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import Checker
from checker.reading import read_file
from checker.types import Article, Finding
from index import PassageIndex
from tests.fakes import FakeEncoder

SAID = "We stopped both engines before the water came into the ship"
ENGLISH = f"PORT MALLEN - The dredger sank on Tuesday.\n\n“{SAID},” captain Ingrid Solvang said.\n"
INDONESIAN = (
    "PORT MALLEN - Feri tetap berlabuh pekan ini.\n\n"
    "“Kami tidak akan menaikkan tarif tahun depan,” kata Helen Marsh kepada wartawan.\n"
)


def findings(folder: Path, text: str, language: str) -> tuple[Article, list[Finding]]:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8", newline="")
    [article] = read_file(path, language=language)
    assert isinstance(article, Article)
    encoder = FakeEncoder(256)
    with PassageIndex.create(folder / "index", encoder.info) as index:
        found = Checker(index, encoder).check_article(article).all_findings
    return article, [finding for finding in found if finding.rule == "MQ305"]


@pytest.mark.parametrize(
    ("title", "body", "language", "marked"),
    [
        (
            "title: 'Captain: \"The dredger will never sail again\"'",
            ENGLISH,
            "en",
            "The dredger will never sail again",
        ),
        (
            'title: "Captain: \\"The dredger will never sail again\\""',
            ENGLISH,
            "en",
            "The dredger will never sail again",
        ),
        (
            "title: >-\n  Captain: “The dredger will\n  never sail again”",
            ENGLISH,
            "en",
            "The dredger will\n  never sail again",
        ),
        (
            "headline: “Kami akan menaikkan tarif tahun depan”, kata Helen Marsh",
            INDONESIAN,
            "id",
            "Kami akan menaikkan tarif tahun depan",
        ),
    ],
)
def test_a_title_that_quotes_what_the_body_does_not(
    tmp_path: Path, title: str, body: str, language: str, marked: str
) -> None:
    article, found = findings(tmp_path, f"---\nlang: {language}\n{title}\n---\n\n{body}", language)
    assert len(found) == 1
    place = found[0].annotations[0].span
    start = article.text.index(marked)
    assert start <= place.start < place.end <= start + len(marked)
    assert place.end < article.text.index("PORT MALLEN")


@pytest.mark.parametrize(
    "title",
    [
        'title: "The dredger will never sail again"',
        "title: 'Captain: \"We stopped both engines\"'",
        'title: "Captain: \\"We stopped both engines\\""',
        "title: 'Captain: \"The dredger won''t sail again\"'",
        "description: 'Captain: \"The dredger will never sail again\"'",
    ],
)
def test_a_title_that_quotes_nothing_or_what_the_body_has(tmp_path: Path, title: str) -> None:
    assert findings(tmp_path, f"---\n{title}\n---\n\n{ENGLISH}", "en")[1] == []

"""Passages for the tests of the store; outlets and people are invented."""

from __future__ import annotations

from pathlib import Path

from index import NewPassage, PassageIndex
from tests.fakes import FakeEncoder


def passage(text: str, article: str, language: str = "en", *anchors: str, **metadata: str) -> NewPassage:
    return NewPassage(
        text=text, language=language, metadata={"article_id": article, **metadata}, anchors=anchors
    )


FIRST = [
    passage(
        "The harbour will stay closed until Friday.",
        "a1",
        "en",
        "d:fri",
        published="2024-03-01",
        outlet="Bay Post",
    ),
    passage(
        "We lost forty boats in one night.",
        "a1",
        "en",
        "n:40",
        published="2024-03-01",
        outlet="Bay Post",
        speaker_key="rana-osei",
    ),
    passage(
        "Kami kehilangan empat puluh perahu dalam satu malam.",
        "a2",
        "id",
        "n:40",
        published="2024-03-02T08:00:00+07:00",
        outlet="Kabar Teluk",
        speaker_key="rana-osei",
    ),
    passage("港口将关闭到星期五。", "a3", "zh", "d:fri", published="2024-03-03", outlet="海湾报"),
]

SECOND = [
    passage("We lost  forty boats in one night.", "b1", published="2024-02-20", outlet="Wire Nine"),
    passage("The ferry company promised new boats by May.", "b1", "en", "d:may", published="2024-02-20"),
    passage("No date was given for the repairs.", "b2"),
]


def build(path: Path, *batches: list[NewPassage], factory: str = "exact") -> PassageIndex:
    """An index with one segment for each batch."""
    encoder = FakeEncoder()
    index = PassageIndex.create(path, encoder.info)
    for batch in batches:
        index.add(batch, encoder, factory=factory)
    return index


def contents(index: PassageIndex) -> dict[str, list[str]]:
    """Every live passage with the articles it is in: what must not change when a write fails."""
    found: dict[str, list[str]] = {}
    for article in index.articles():
        for hit in index.by_metadata("article_id", article.id, 1_000):
            found[hit.text] = [occurrence["article_id"] for occurrence in hit.occurrences]
    return dict(sorted(found.items()))

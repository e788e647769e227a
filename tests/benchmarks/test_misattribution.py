"""Who counts as somebody else, and that the benchmark asks what it says it asks."""

from __future__ import annotations

import pytest

from benchmarks.misattribution import (
    WHO,
    attributed,
    fullest,
    misattribution_figures,
    others,
    queries,
    read_mention,
)
from checker.types import QuotationKind
from index import load_encoder

ARTICLE = (
    "“We will not raise fares before the new pier is finished,” said Nerida Falk. "
    "“The storm damaged three piers in the old harbour,” said harbour master Ansel Okoro. "
    "“Every passenger will be paid within thirty days,” said Falk. "
    "The minister was silent, he said."
)
OTHER = "“Nobody told the farmers that the canal would be closed in May,” said Imre Dahl."


def row(id: str, text: str, speakers: list[str | None]) -> dict[str, object]:
    """A row of a set: the spans between marks, in order."""
    quotations = []
    at = 0
    for speaker in speakers:
        start = text.index("“", at) + 1
        at = text.index("”", start)
        quotations.append(
            {"content": [[start, at]], "kind": "direct", "speaker": None, "speaker_mention": speaker}
        )
    return {"id": id, "text": text, "language": "en", "quotations": quotations}


ROWS = [
    row("one", ARTICLE, ["Nerida Falk", "harbour master Ansel Okoro", "Falk"]),
    row("two", OTHER, ["Imre Dahl"]),
]


def test_a_mention_is_read_as_in_an_article() -> None:
    mention = read_mention("harbour master Ansel Okoro", "en")
    assert mention is not None
    assert mention.name == "Ansel Okoro"
    assert read_mention("he", "en") is None
    assert read_mention("officials", "en") is None
    assert read_mention("Officials", "en") is None


def test_a_short_name_stands_for_the_fullest_of_the_article() -> None:
    items = attributed(ROWS[0])
    assert [i.quotation.speaker.name for i in items if i.quotation.speaker] == [
        "Nerida Falk",
        "Ansel Okoro",
        "Nerida Falk",
    ]
    assert items[2].mention.name == "Falk"
    assert all(i.quotation.text == i.quotation.content[0].of(ARTICLE) for i in items)


def test_two_holders_of_a_name_leave_it_as_it_is() -> None:
    assert fullest("Falk", ["Nerida Falk", "Tomas Falk", "Falk"]) == "Falk"
    assert fullest("Falk", ["Nerida Jane Falk", "Nerida Falk", "Falk"]) == "Nerida Jane Falk"


def test_nobody_is_taken_for_somebody_else_by_half_a_name() -> None:
    names = ["Nerida Falk", "Falk", "Tomas Falk", "Ansel Okoro"]
    assert others("Nerida Falk", names) == ["Tomas Falk", "Ansel Okoro"]
    assert others("Falk", names) == ["Ansel Okoro"]


def test_each_quotation_is_asked_of_three_people() -> None:
    items = [item for article in ROWS for item in attributed(article)]
    asked = [{who: speaker.name for who, speaker in found.items()} for _, found in queries(items)]
    assert asked[2] == {WHO[0]: "Falk", WHO[1]: "Ansel Okoro", WHO[2]: "Imre Dahl"}
    assert set(asked[3]) == {WHO[0], WHO[2]}  # one speaker alone in the article
    assert asked[3][WHO[2]] in {"Nerida Falk", "Ansel Okoro"}


def test_reported_speech_and_quotations_of_nobody_are_left_out() -> None:
    changed = dict(ROWS[0])
    quotations = [dict(q) for q in ROWS[0]["quotations"]]  # type: ignore[attr-defined]
    quotations[0]["kind"] = QuotationKind.INDIRECT.value
    quotations[1]["speaker_mention"] = None
    assert len(attributed({**changed, "quotations": quotations})) == 1


def test_the_figures_of_clear_cases() -> None:
    figures = {f.name: f.value for f in misattribution_figures("toy", ROWS, load_encoder(None))}
    assert figures["toy three-way accuracy"] == pytest.approx(1.0)
    assert figures["toy false alarms on the true speaker"] == pytest.approx(0.0)

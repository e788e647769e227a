"""The grammar of marks: pairs, levels, and what is done about a mark without a partner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.quotations import extract, segments
from checker.reading.formats import read_bytes
from checker.types import Article, Span


def texts(text: str, language: str = "en") -> list[str]:
    return [q.text for q in extract(Article(id="a", text=text, language=language)).quotations]


def problems(text: str, language: str = "en") -> list[Span]:
    return [p.span for p in extract(Article(id="a", text=text, language=language)).mark_problems]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("“", "”"),
        ('"', '"'),
        ("«", "»"),
        ("„", "“"),
        ("„", "”"),
        ("「", "」"),
        ("『", "』"),
        ("‘", "’"),
        ("“", '"'),
    ],
)
def test_each_style_of_marks(opening: str, closing: str) -> None:
    text = f"{opening}The gates are closed,{closing} said Alma Reyes."
    assert texts(text) == ["The gates are closed"]
    assert problems(text) == []


def test_balanced_text_has_no_problems() -> None:
    text = "“He said ‘no’ and “never” to me,” said Alma Reyes. It's the workers' rule."
    assert problems(text) == []


def test_a_lost_closing_mark_is_reported_where_it_was_opened() -> None:
    text = "“The gates are closed, said Alma Reyes."
    assert problems(text) == [Span(0, 1)]
    assert texts(text) == ["The gates are closed"]


def test_a_lost_opening_mark_is_reported() -> None:
    text = "The gates are closed,” said Alma Reyes."
    assert problems(text) == [Span(21, 22)]
    assert texts(text) == ["The gates are closed"]


def test_damage_stays_in_its_paragraph() -> None:
    text = "“The gates are closed, said Alma Reyes.\n\n“We wait,” said Tomas Brandt."
    assert texts(text) == ["The gates are closed", "We wait"]


def test_two_quotations_that_lost_the_marks_between_them() -> None:
    text = "“Air sudah surut, kata Dimas Hartanto. “Kami menunggu,” kata Lestari Ningsih."
    assert texts(text, "id") == ["Air sudah surut", "Kami menunggu"]
    assert problems(text, "id") == [Span(0, 1)]


def test_a_stray_mark_inside_a_quotation() -> None:
    text = "“We closed the gates “and we wait here,” said Alma Reyes."
    assert texts(text) == ["We closed the gates “and we wait here"]
    assert len(problems(text)) == 1


def test_opening_marks_of_continued_paragraphs_are_no_problem() -> None:
    text = "“We closed the gates.\n\n“We wait,” said Alma Reyes."
    assert problems(text) == []


def test_content_has_neither_marks_nor_the_comma_of_the_reporting_clause() -> None:
    text = "“ The gates are closed, ” said Alma Reyes."
    assert texts(text) == ["The gates are closed"]


def test_furniture_is_skipped() -> None:
    text = "“We wait,” said Alma Reyes.\n\nRead also: “Gates closed,” said Tomas Brandt.\n\nThe end."
    start = text.index("Read")
    article = Article(id="a", text=text, language="en", furniture=(Span(start, text.index("\n\nThe end")),))
    assert [q.text for q in extract(article).quotations] == ["We wait"]


def test_a_quotation_in_the_title_is_a_headline() -> None:
    text = "Reyes: ‘We wait’ at the dam\n\nAlma Reyes visited the dam. “We wait here,” she said."
    kinds = [(q.text, q.kind.value) for q in extract(Article(id="a", text=text, language="en")).quotations]
    assert kinds == [("We wait", "headline"), ("We wait here", "direct")]


def titled(title: str, body: str) -> Article:
    text = f"---\ntitle: {title}\n---\n\n{body}"
    [article] = read_bytes(text.encode(), ".md", shown="a.md", language="en", need_id=False)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("title", ["'Reyes: \"We wait\" at the dam'", '"Reyes: \\"We wait\\" at the dam"'])
def test_a_quotation_in_the_title_of_front_matter_is_a_headline(title: str) -> None:
    article = titled(title, "Alma Reyes visited the dam. “We wait here,” she said.\n")
    found = extract(article).quotations
    assert [(q.text, q.kind.value) for q in found] == [("We wait", "headline"), ("We wait here", "direct")]
    assert found[0].content[0].start == article.text.index("We wait")
    assert [q.speaker.name for q in found if q.speaker] == ["Alma Reyes", "Alma Reyes"]


def test_the_quotes_of_yaml_are_no_marks() -> None:
    body = "Alma Reyes visited the dam. “We wait here,” she said.\n"
    for title in ('"We wait at the dam"', "'We wait at the dam'", "We wait at Reyes' dam"):
        assert [q.text for q in extract(titled(title, body)).quotations] == ["We wait here"]


@pytest.mark.parametrize("heading", ["# Reyes: “We wait” at the dam\n\n", 'Reyes: "We wait" at the dam\n\n'])
def test_a_title_that_the_body_repeats_is_read_there_and_once(heading: str) -> None:
    article = titled(
        '"Reyes: “We wait” at the dam"', heading + "Alma Reyes saw it. “We wait here,” she said."
    )
    found = extract(article).quotations
    assert [(q.text, q.kind.value) for q in found] == [("We wait", "headline"), ("We wait here", "direct")]
    assert found[0].content[0].start == article.text.rindex(
        "We wait” at" if "“" in heading else 'We wait" at'
    )


def test_only_the_first_part_has_the_title_of_front_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "_MAX_PART", 90)
    article = titled("Reyes says “we wait”", "“We will wait here,” said Alma Reyes at noon.\n\n" * 9)
    article = replace(article, furniture=article.furniture[:1])
    kinds = [q.kind.value for q in extract(article).quotations]
    assert kinds == ["headline"] + ["direct"] * 9


def test_an_escaped_mark_is_a_mark() -> None:
    text = r"\"The gates are closed,\" said Alma Reyes. Tomas Brandt said: \"We\'ll wait.\""
    assert texts(text) == ["The gates are closed", r"We\'ll wait."]
    assert problems(r"\"The gates are closed, said Alma Reyes.") == [Span(0, 2)]


def test_an_unknown_language_still_finds_the_marks() -> None:
    text = "«Estamos esperando en la presa desde ayer», dijo Alma Reyes."
    assert texts(text, "es") == ["Estamos esperando en la presa desde ayer"]

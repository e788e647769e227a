"""What holds for any text at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.quotations import extract
from checker.types import Article, Span

from .cases import CASES

LANGUAGES = st.sampled_from(["en", "id", "ms", "zh", "es", "de", "ja", "ar", "th", "und"])
MARKS = ["“", "”", '"', "‘", "’", "'", "''", "«", "»", "「", "」", "„", ",", ".", ":", "：", "。", "，"]
NAMES = ["Dimas", "Alma Reyes", "Presiden", "部长", "he", "ia", "他", "and"]
VERBS = [
    "Q:",
    "A:",
    "ALMA:",
    "- Alma Reyes",
    "wants",
    "dan",
    "kata",
    "katanya",
    "said",
    "mengatakan",
    "bahwa",
    "that",
    "menurut",
    "according to",
    "说",
    "dikutip",
]
ODD = ["\n", "\n\n", " ", "(", ")", "\u202e", "\u0000", "\ud800", "5", "é", "İ", "ǅ"]
PIECES = st.sampled_from([*MARKS, *NAMES, *VERBS, *ODD])


def check_invariants(article: Article, *, clauses: bool = False) -> None:
    extraction = extract(article, clauses=clauses)
    text = article.text
    seen = [q.id for q in extraction.quotations]
    assert len(seen) == len(set(seen))
    starts = [q.content[0].start for q in extraction.quotations]
    assert starts == sorted(starts)
    for quotation in extraction.quotations:
        last = -1
        for span in quotation.content:
            assert 0 <= span.start < span.end <= len(text)
            assert span.start > last
            last = span.end
        assert quotation.text == " ".join(span.of(text) for span in quotation.content)
        assert all(quotation.context.contains(span) for span in quotation.content)
        if quotation.cue is not None:
            assert quotation.cue.of(text)
    for problem in extraction.mark_problems:
        assert problem.paragraph.contains(problem.span)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60), st.sampled_from(["", " "]), LANGUAGES, st.booleans())
def test_any_mixture_of_marks_and_verbs(pieces: list[str], glue: str, language: str, wide: bool) -> None:
    check_invariants(Article(id="a", text=glue.join(pieces), language=language), clauses=wide)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec=None), max_size=200), LANGUAGES)
def test_any_text(text: str, language: str) -> None:
    check_invariants(Article(id="a", text=text, language=language))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.language}: {c.name}")
def test_invariants_on_the_cases(case: object) -> None:
    check_invariants(Article(id="a", text=case.text, language=case.language))  # type: ignore[attr-defined]


def test_two_runs_agree() -> None:
    text = "\n\n".join(c.text for c in CASES if c.language == "id")
    article = Article(id="a", text=text, language="id")
    assert extract(article) == extract(article)


def test_furniture_over_everything_leaves_nothing() -> None:
    text = "“We wait,” said Alma Reyes."
    article = Article(id="a", text=text, language="en", furniture=(Span(0, len(text)),))
    assert extract(article).quotations == ()


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        "”",
        '"',
        "'a ",
        "「",
        "“a” ",
        "a,” kata ",
        "a, kata ",
        "Kata Alma ",
        ", Alma ",
        "“a\n",
        "A (",
        "他说“啊”",
        "X said that ",
    ],
)
def test_hostile_repetition_costs_linear_time(unit: str) -> None:
    """Ten times the text must not cost much more than ten times the time."""

    def seconds(times: int) -> float:
        article = Article(id="a", text=unit * times, language="zh" if "说" in unit else "id")
        started = time.process_time()
        extract(article)
        return time.process_time() - started

    seconds(10)
    # Another process may take the caches; a text that costs too much does so each time.
    tries = ((seconds(2_000), seconds(20_000)) for _ in range(3))
    assert any(large < max(0.5, small * 40) for small, large in tries)


@pytest.mark.parametrize("clauses", [False, True], ids=["", "wide reading"])
@pytest.mark.parametrize("language", ["en", "id", "zh"])
@pytest.mark.parametrize(
    "unit",
    [
        "Q: a\n",
        "ALMA: b\n\n",
        "Ketua B, ",
        "A and B, ",
        "the ",
        "he wants to ",
        "‘a’ ",
        "« ",
        "A of B ",
        "他：「啊」\n",
    ],
)
def test_the_time_grows_as_the_text_does(unit: str, language: str, clauses: bool) -> None:
    """Four times the text, without a limit on the length of a line, costs at most ten times the time."""

    def seconds(times: int) -> float:
        article = Article(id="a", text=unit * times, language=language)
        started = time.process_time()
        extract(article, clauses=clauses)
        return time.process_time() - started

    seconds(10)
    # Another process may take the caches; a text that costs too much does so each time.
    tries = ((seconds(1_500), seconds(6_000)) for _ in range(3))
    assert any(large < max(0.3, small * 10) for small, large in tries)

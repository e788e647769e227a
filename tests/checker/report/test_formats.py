"""Each format on the same report, as it looks; and what each must say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from checker.report import render
from checker.report.pairs import render_pairs
from checker.report.quotes import render_quotes
from checker.types import (
    Annotation,
    ArticleResult,
    Extraction,
    MarkProblem,
    Quotation,
    QuoteResult,
    Report,
    Severity,
    Verdict,
)

from .samples import BROKEN, EMPTY, ENGLISH, REPORT, RUN, pair_results, quotation

ANSI = re.compile(r"\x1b\[[0-9;]*m")
LAID_OUT = ("concise", "full", "json", "jsonl")
REPORTS = {"report": REPORT, "broken": BROKEN, "empty": EMPTY}


def extractions() -> list[Extraction]:
    return [
        Extraction(
            one.article,
            tuple(result.quotation for result in one.results),
            tuple(MarkProblem(f.annotations[0].span, f.annotations[0].span) for f in one.findings),
        )
        for one in REPORT.articles
    ]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("format_", LAID_OUT)
@pytest.mark.parametrize("name", sorted(REPORTS))
def test_as_it_looks(snapshot: SnapshotAssertion, name: str, format_: str, width: int) -> None:
    assert render(REPORTS[name], format_, width=width) == snapshot


@pytest.mark.parametrize(
    "options", [{"verbose": True}, {"show_consistent": True}, {"min_severity": Severity.ERROR}]
)
def test_full_with_options(snapshot: SnapshotAssertion, options: dict[str, object]) -> None:
    assert render(REPORT, "full", width=80, **options) == snapshot  # type: ignore[arg-type]


def test_full_in_colour_has_the_same_words(snapshot: SnapshotAssertion) -> None:
    coloured = render(REPORT, "full", width=80, color=True)
    assert ANSI.sub("", coloured) == render(REPORT, "full", width=80)
    assert coloured == snapshot


@pytest.mark.parametrize("width", [80, 120])
def test_quotes_as_they_look(snapshot: SnapshotAssertion, width: int) -> None:
    assert render_quotes(extractions(), "full", width=width) == snapshot


@pytest.mark.parametrize("width", [80, 120])
def test_pairs_as_they_look(snapshot: SnapshotAssertion, width: int) -> None:
    assert render_pairs(pair_results(), "full", width=width) == snapshot


def test_lines_of_quotes_and_pairs(snapshot: SnapshotAssertion) -> None:
    assert render_quotes(extractions(), "jsonl") == snapshot
    assert render_pairs(pair_results(), "jsonl") == snapshot


def test_pairs_may_be_written_one_at_a_time() -> None:
    for form in ("full", "jsonl"):
        alone = "".join(render_pairs([one], form) for one in pair_results())
        assert alone == render_pairs(pair_results(), form)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
def test_carets_stand_under_the_marked_words(width: int) -> None:
    lines = render(REPORT, "full", width=width).splitlines()
    pointed = []
    for above, line in pairwise(lines):
        _, bar, under = line.partition("│ ")
        if not bar or not re.match(r" *\^", under):
            continue
        start = under.index("^")
        end = under.rindex("^") + 1
        cells = [c for c in above.partition("│ ")[2] for _ in range(cell_len(c))]
        pointed.append(
            "".join(dict.fromkeys(cells[start:end]) if cell_len(cells[start]) == 2 else cells[start:end])
        )
    said = "".join(pointed).replace(" ", "")
    for words in ("akanmenaikkan", "willnotraise", "1.500", "15,000", "百分之十五", "5persen"):
        assert words in said


def test_lines_that_are_laid_out_fit_the_width() -> None:
    for width in (60, 80, 120):
        for line in render(REPORT, "full", width=width).splitlines():
            if not line.startswith(("  link:", "  ignore:")):
                assert cell_len(line) <= width


def test_findings_are_in_order_of_path_then_position() -> None:
    report = replace(REPORT, articles=tuple(reversed(REPORT.articles)))
    found = json.loads(render(report, "json"))["findings"]
    places = [(one["path"], one["line"], one["column"]) for one in found]
    assert places == sorted(places)
    assert render(report, "full") == render(REPORT, "full")


def test_what_is_below_the_shown_severity_is_still_counted() -> None:
    shown = render(REPORT, "full", min_severity=Severity.ERROR)
    assert "MQ111" not in shown
    assert "MQ402" not in shown
    assert "Not verified" not in shown
    assert "Findings: 4 errors, 2 warnings, 3 info (1 more ignored)." in shown
    lines = render(REPORT, "concise", min_severity=Severity.ERROR).splitlines()
    assert [line for line in lines if "[error]" not in line] == lines[-1:]


def test_an_ignored_finding_is_shown_only_when_asked_for() -> None:
    assert "agreed with the desk" not in render(REPORT, "full")
    assert "agreed with the desk" in render(REPORT, "full", verbose=True)
    assert "[ignored]" not in render(REPORT, "concise")
    assert "[ignored]" in render(REPORT, "concise", verbose=True)


def test_a_long_list_is_cut_and_says_so() -> None:
    results = tuple(
        QuoteResult(
            replace(quotation(ENGLISH, 1, "We start", None), id=f"q{n}"), Verdict.UNVERIFIED, None, ()
        )
        for n in range(25)
    )
    report = Report((ArticleResult(ENGLISH, results),), (), RUN)
    assert render(report, "full").count("“We start”") == 20
    assert "… and 5 more (--verbose shows all)" in render(report, "full")
    assert render(report, "full", verbose=True).count("“We start”") == 25


def test_jsonl_ends_with_the_summary() -> None:
    records = [json.loads(line) for line in render(BROKEN, "jsonl").splitlines()]
    assert [one["type"] for one in records] == [
        "run", "quotation", "quotation", "finding", "finding", "finding", "finding", "error", "error", "summary",
    ]  # fmt: skip


def test_line_and_column_are_those_of_the_text() -> None:
    record = json.loads(render(REPORT, "json"))
    texts = {one.article.path: one.article.text for one in REPORT.articles}
    for one in record["findings"]:
        lines = texts[one["path"]].split("\n")
        start = sum(len(line) + 1 for line in lines[: one["line"] - 1]) + one["column"] - 1
        end = sum(len(line) + 1 for line in lines[: one["end_line"] - 1]) + one["end_column"] - 1
        span = one["article_span"]
        assert (start, end) == (span["start"], span["end"])
        assert texts[one["path"]][start:end] == span["text"]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        render(REPORT, "pdf")
    with pytest.raises(KeyError):
        render_quotes([], "pdf")
    with pytest.raises(KeyError):
        render_pairs([], "pdf")


def test_a_table_of_one_very_narrow_terminal_keeps_the_words() -> None:
    shown = render_quotes(extractions(), "full", width=40)
    assert "Kita mulai besok pagi" in " ".join(shown.split())


def test_an_article_without_quotations_says_so() -> None:
    empty: tuple[Quotation, ...] = ()
    shown = render_quotes([Extraction(ENGLISH, empty)], "full")
    assert "no quotation was found" in shown
    assert "0 quotations in 1 article." in shown


def test_a_mark_longer_than_a_row_is_pointed_at_by_its_ends() -> None:
    article = REPORT.articles[0]
    result = article.results[0]
    words = result.quotation.text
    long = replace(
        result.findings[0],
        annotations=(Annotation("article", result.quotation.span, words, "said by Ratna Dewi here"),),
    )
    alone = replace(article, results=(replace(result, findings=(long,)),))
    under = [
        line.partition("│ ")[2] for line in render(Report((alone,), (), RUN), "full", width=80).splitlines()
    ]
    assert " " * 18 + "^^^ from here" in under
    assert " " * 61 + "^^^" in under
    assert " " * 42 + "to here: said by Ratna Dewi here" in under


def test_evidence_the_match_does_not_hold_is_still_shown() -> None:
    article = REPORT.articles[0]
    result = article.results[0]
    alone = replace(article, results=(replace(result, match=None),))
    shown = render(Report((alone,), (), RUN), "full")
    assert "│ will not raise" in shown

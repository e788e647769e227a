"""The formats that are written to files, each on the same report, in files of its own ending."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from checker.report import FORMATS, render
from checker.report.registry import EVERY_FORMAT, formats_for, renderer
from checker.report.view import View
from checker.rules import RuleInfo
from checker.types import Severity

from .samples import BROKEN, EMPTY, REPORT

WRITTEN = ("github", "gitlab", "sarif", "junit", "markdown", "html")
REPORTS = {"report": REPORT, "broken": BROKEN, "empty": EMPTY}
RULES = (RuleInfo("MQ102", "negation-changed", Severity.ERROR, "Denied on one side only.", "wording"),)
PAGE = "# MQ102 negation-changed\n\n## Why it matters\n\nA lost *not* costs most.\n\n## What to do\n\nRestore it.\n"
STYLE = re.compile(r"(?<=<style>).*?(?=</style>)|(?<=sha256-)[\w+/=]+", re.DOTALL)


def extension(ending: str) -> type[SingleFileSnapshotExtension]:
    """Snapshots that can be opened with what opens such a report."""

    class Opened(SingleFileSnapshotExtension):
        _write_mode = WriteMode.TEXT
        file_extension = ending

    return Opened


@pytest.fixture
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """One rule with a short page, so that a changed page does not change what is tested here."""
    for module in ("as_sarif", "rule_notes"):
        monkeypatch.setattr(f"checker.report.{module}.all_rules", lambda: RULES)
        monkeypatch.setattr(f"checker.report.{module}.page_of", lambda info: PAGE)


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("format_", WRITTEN)
@pytest.mark.parametrize("name", sorted(REPORTS))
def test_as_it_looks(snapshot: SnapshotAssertion, name: str, format_: str) -> None:
    written = STYLE.sub("", render(REPORTS[name], format_))
    assert written == snapshot.use_extension(extension(FORMATS[format_].ending))


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_the_same_report_gives_the_same_text_that_ends_its_last_line(format_: str) -> None:
    once = render(REPORT, format_)
    assert once == render(REPORT, format_)
    assert once.endswith("\n")
    assert "\r" not in once


@pytest.mark.parametrize("format_", WRITTEN)
def test_the_width_of_a_terminal_does_not_matter(format_: str) -> None:
    assert render(REPORT, format_, width=40, color=True) == render(REPORT, format_, width=200)


def test_every_line_of_the_registry_leads_to_a_renderer() -> None:
    for shown in ("report", "quotes", "pairs"):
        formats = formats_for(shown)
        assert formats
        for name in formats:
            assert callable(renderer(shown, name))
    assert formats_for("report") == EVERY_FORMAT == FORMATS
    assert set(formats_for("quotes")) == set(formats_for("pairs")) == {"full", "jsonl"}


def test_a_format_that_cannot_show_something_is_refused() -> None:
    with pytest.raises(KeyError):
        renderer("quotes", "sarif")
    with pytest.raises(KeyError):
        renderer("report", "papyrus")


def test_an_empty_list_of_quotations_is_shown_too() -> None:
    assert renderer("quotes", "jsonl")([], View()) == ""
    assert "0 quotations" in renderer("quotes", "full")([], View())


def plain(text: str) -> str:
    """Letters and digits only, whatever a format puts between and around them."""
    text = re.sub(r"&#8203;|&#x27;|%0A|\\n", " ", text)
    return " ".join(re.findall(r"\w+", text))


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_errors_of_the_run_are_in_every_format(format_: str) -> None:
    shown = plain(render(BROKEN, format_))
    for problem in BROKEN.errors:
        assert plain(problem.message) in shown
        assert plain(problem.remedy) in shown


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_a_finding_that_was_set_aside_is_shown_as_such(format_: str) -> None:
    hidden = format_ in ("full", "concise", "github")
    told = {"concise": "[ignored]"}.get(format_, "agreed with the desk")
    assert told in render(REPORT, format_, verbose=hidden)
    if hidden:
        assert told not in render(REPORT, format_)


@pytest.mark.parametrize("format_", ["full", *WRITTEN])
def test_a_reader_is_told_the_words_who_said_them_where_when_and_what_to_do(format_: str) -> None:
    shown = plain(render(REPORT, format_))
    for words in (
        "akan menaikkan", "will not raise", "Straits Courier 13 Jun 2026", "speaker Ratna Dewi", "affirmed", "denied",
        "Restore the negation or add the newer report", "affirms what earlier coverage denies",
    ):  # fmt: skip
        assert words in shown


def test_the_documentation_lists_the_formats() -> None:
    page = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+?)(?:; the default)? \| (\w+) \|$", page, re.MULTILINE)
    listed = {name: (summary.replace("`", ""), ending) for name, summary, ending in rows}
    assert listed == {name: (one.summary, one.ending) for name, one in FORMATS.items()}
    for name in WRITTEN:
        assert f"\n## {name}\n" in page

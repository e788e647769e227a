"""Baselines: a file that is easy to review, that never hides what is new, and that is sound or refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import ConfigError
from checker.suppressions.baseline import (
    Entry,
    apply_baseline,
    as_json,
    entries_of,
    gone,
    read_baseline,
    updated,
    write_baseline,
)
from checker.types import (
    Annotation,
    Article,
    ArticleResult,
    Finding,
    Report,
    RunInfo,
    Severity,
    Span,
    Suppression,
)

A, B = "a" * 16, "b" * 16
HERE = Path()


def finding(mark: str, severity: Severity = Severity.ERROR, rule: str = "MQ102", at: int = 0) -> Finding:
    annotation = Annotation("article", Span(at, at + 1), "x")
    return Finding(rule, "negation-changed", severity, 0.9, "m", "w", "h", (annotation,), None, mark)


def report(articles: dict[str, Sequence[Finding]]) -> Report:
    results = tuple(
        ArticleResult(Article(path, "x" * 99, "en", path=path), (), tuple(found))
        for path, found in articles.items()
    )
    return Report(results, (), RunInfo("0"))


def entries(one: Report) -> tuple[Entry, ...]:
    return entries_of(one, HERE, infos=False, unverified=False)


def hidden(one: Report) -> list[bool]:
    return [f.suppression is not None for article in one.articles for f in article.findings]


def baseline(*known: Entry) -> dict[tuple[str, str], Entry]:
    return {entry.key: entry for entry in known}


# What goes in


def test_a_report_as_entries() -> None:
    one = report(
        {
            "news/b.md": [finding(A), finding(A, Severity.WARNING, at=5), finding(B, Severity.INFO)],
            "news/a.md": [finding(B, Severity.WARNING)],
        }
    )
    assert set(entries(one)) == {
        Entry("news/b.md", A, "MQ102", "error", 2),
        Entry("news/a.md", B, "MQ102", "warning", 1),
    }
    with_infos = entries_of(one, HERE, infos=True, unverified=False)
    assert Entry("news/b.md", B, "MQ102", "info", 1) in with_infos


def test_unverified_quotations_go_in_where_they_gate() -> None:
    one = report({"a.md": [finding(A, Severity.INFO, "MQ301"), finding(B, Severity.INFO)]})
    assert [e.fingerprint for e in entries_of(one, HERE, infos=False, unverified=True)] == [A]


def test_what_is_set_aside_otherwise_does_not_go_in() -> None:
    from dataclasses import replace

    ignored = replace(finding(A), suppression=Suppression("ignored", "seen"))
    assert entries(report({"a.md": [ignored, finding(B)]})) == (Entry("a.md", B, "MQ102", "error", 1),)


def test_paths_are_from_the_folder_of_the_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one = report({"news/a.md": [finding(A)]})
    assert entries_of(one, Path("ci"), infos=False, unverified=False)[0].path == "../news/a.md"
    assert entries_of(one, tmp_path, infos=False, unverified=False)[0].path == "news/a.md"


# The file


def test_the_file_is_sorted_and_has_a_line_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "base.json"
    known = [
        Entry("b.md", A, "MQ102", "error"),
        Entry("a.md", B, "MQ111", "warning", 2),
        Entry("a.md", A, "MQ102", "error"),
    ]
    write_baseline(path, known)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line.split('"')[3] for line in lines if "fingerprint" in line] == ["a.md", "a.md", "b.md"]
    assert read_baseline(path) == baseline(*known)
    write_baseline(path, reversed(known))
    assert path.read_text(encoding="utf-8").splitlines() == lines
    assert [p.name for p in path.parent.iterdir()] == ["base.json"]


def test_a_change_is_a_line(tmp_path: Path) -> None:
    known = [Entry(f"{n}.md", A, "MQ102", "error") for n in range(20)]
    before, after = (as_json(some).splitlines() for some in (known, known[:7] + known[8:]))
    assert len(set(before) - set(after)) == 1


names = st.text(min_size=1, max_size=20).filter(lambda t: not any(0xD800 <= ord(c) <= 0xDFFF for c in t))
marks = st.text(alphabet="0123456789abcdef", min_size=16, max_size=16)
entry = st.builds(
    Entry, names, marks, st.just("MQ102"), st.sampled_from(["error", "warning", "info"]), st.integers(1, 9)
)


@given(st.lists(entry, max_size=8, unique_by=lambda e: e.key))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, known: list[Entry]) -> None:
    path = tmp_path_factory.mktemp("b") / "base.json"
    write_baseline(path, known)
    assert read_baseline(path) == baseline(*known)


GOOD = {"path": "a.md", "fingerprint": A, "rule": "MQ102", "severity": "error", "count": 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Expecting value"),
        (b"\xff\xfe", "utf-8"),
        (b"[" * 100_000, "damaged"),
        (b"[]", "no object"),
        (b'{"findings": []}', "schema_version"),
        (b'{"schema_version": "2", "findings": []}', "this version reads 1"),
        (b'{"schema_version": "1", "findings": {}}', "no list"),
        (b'{"schema_version": "1", "findings": [], "more": 1}', "no object"),
        (b'<<<<<<< ours\n{"schema_version": "1", "findings": []}', "Expecting value"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "base.json"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="is damaged") as caught:
        read_baseline(path)
    assert said in str(caught.value)
    assert "version control" in caught.value.remedy


@pytest.mark.parametrize(
    "change",
    [
        {"path": ""},
        {"path": 3},
        {"fingerprint": "xyz"},
        {"severity": "loud"},
        {"count": 0},
        {"count": True},
        {"count": "1"},
        {"line": 3},
        {"rule": None},
    ],
)
def test_a_damaged_entry_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "base.json"
    record = {"schema_version": "1", "findings": [GOOD, {**GOOD, "path": "b.md", **change}]}
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(ConfigError, match="damaged: entry 2"):
        read_baseline(path)


def test_an_entry_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    path.write_text(json.dumps({"schema_version": "1", "findings": [GOOD, GOOD]}), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"there twice for a\.md"):
        read_baseline(path)


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    write_baseline(path, [Entry("a.md", A, "MQ102", "error"), Entry("b.md", B, "MQ111", "warning")])
    whole = path.read_bytes()
    for end in range(len(whole) - 2):
        path.write_bytes(whole[:end])
        with pytest.raises(ConfigError):
            read_baseline(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no baseline") as caught:
        read_baseline(tmp_path / "none.json")
    assert "misquote baseline write" in caught.value.remedy


def test_a_crash_while_writing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "base.json"
    write_baseline(path, [Entry("a.md", A, "MQ102", "error")])
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ConfigError, match="No space left"):
        write_baseline(path, [])
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["base.json"]


# What it hides


def test_it_hides_what_was_there() -> None:
    known = baseline(Entry("a.md", A, "MQ102", "error"))
    one = apply_baseline(report({"a.md": [finding(A)], "b.md": [finding(B)]}), known, HERE)
    assert hidden(one) == [True, False]
    suppression = one.articles[0].findings[0].suppression
    assert suppression is not None
    assert suppression.kind == "baseline"


@pytest.mark.parametrize(
    "new",
    [
        {"b.md": [finding(A)]},  # the same words in another article
        {"a.md": [finding(B)]},  # other words
        {"a.md": [finding(A, Severity.ERROR)]},  # graver than it was
    ],
)
def test_it_never_hides_what_is_new(new: dict[str, Sequence[Finding]]) -> None:
    known = baseline(Entry("a.md", A, "MQ102", "warning"))
    assert hidden(apply_baseline(report(new), known, HERE)) == [False]


def test_of_more_than_there_were_the_rest_is_new() -> None:
    known = baseline(Entry("a.md", A, "MQ102", "error", 2))
    one = report({"a.md": [finding(A, at=n) for n in range(4)]})
    assert hidden(apply_baseline(one, known, HERE)) == [True, True, False, False]


found_lists = st.lists(
    st.builds(finding, st.sampled_from([A, B]), st.sampled_from(Severity), at=st.integers(0, 9)), max_size=5
)
reports = st.dictionaries(st.sampled_from(["a.md", "b.md", "c.md"]), found_lists, max_size=3).map(report)


@given(reports, reports)
def test_what_is_hidden_was_there_in_number_article_and_gravity(before: Report, after: Report) -> None:
    known = {e.key: e for e in entries_of(before, HERE, infos=True, unverified=True)}
    shown = apply_baseline(after, known, HERE)
    for article in shown.articles:
        for mark in (A, B):
            gone_by = [f for f in article.findings if f.fingerprint == mark and f.suppression]
            entry = known.get((article.article.path or "", mark))
            assert len(gone_by) <= (entry.count if entry else 0)
            assert all(entry and f.severity.rank <= Severity(entry.severity).rank for f in gone_by)


@given(reports)
def test_a_baseline_of_a_report_hides_all_of_it_and_changes_nothing_twice(one: Report) -> None:
    known = {e.key: e for e in entries_of(one, HERE, infos=True, unverified=True)}
    assert all(hidden(apply_baseline(one, known, HERE)))
    done = updated(one, known, HERE, known.values(), accept_new=False)
    assert (done.entries, done.dropped, done.added, done.new) == (tuple(sorted(known.values())), 0, 0, 0)


# Updating


def test_update_takes_out_what_is_gone_and_nothing_else_in(tmp_path: Path) -> None:
    (tmp_path / "unchecked.md").touch()
    kept = Entry("unchecked.md", A, "MQ102", "error")
    known = baseline(
        Entry("a.md", A, "MQ102", "error", 3),
        Entry("a.md", B, "MQ102", "error"),
        kept,
        Entry("gone.md", A, "MQ102", "error"),
    )
    now = [Entry("a.md", A, "MQ102", "error", 2), Entry("b.md", B, "MQ102", "error", 4)]
    checked = report({str(tmp_path / name): [] for name in ("a.md", "b.md")})
    done = updated(checked, known, tmp_path, now, accept_new=False)
    assert done.entries == (Entry("a.md", A, "MQ102", "error", 2), kept)
    assert (done.dropped, done.added, done.new) == (3, 0, 4)
    done = updated(checked, known, tmp_path, now, accept_new=True)
    assert done.entries == (
        Entry("a.md", A, "MQ102", "error", 2),
        Entry("b.md", B, "MQ102", "error", 4),
        kept,
    )
    assert (done.dropped, done.added, done.new) == (3, 4, 0)


def test_update_accepts_a_graver_finding_only_if_asked() -> None:
    known = baseline(Entry("a.md", A, "MQ102", "warning"))
    one = report({"a.md": [finding(A)]})
    done = updated(one, known, HERE, entries(one), accept_new=False)
    assert (done.entries, done.new) == (tuple(known.values()), 1)
    done = updated(one, known, HERE, entries(one), accept_new=True)
    assert (done.entries, done.new) == ((Entry("a.md", A, "MQ102", "error"),), 0)


def test_what_is_gone_is_counted_in_checked_articles_only() -> None:
    known = baseline(Entry("a.md", A, "MQ102", "error", 2), Entry("b.md", A, "MQ102", "error"))
    assert gone(report({"a.md": [finding(A)]}), known, HERE) == 1

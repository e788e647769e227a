"""The parts of the encoder's benchmark that can be wrong without anybody seeing it in the figures."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from benchmarks.encoder import as_json, is_met, kind_of, table_row
from benchmarks.encoder_quotations import is_report, read_expected
from benchmarks.encoder_speed import SENTENCES, environment, sentences, size
from benchmarks.encoder_vectors import cut, near_and_random
from benchmarks.evaluation import Figure
from benchmarks.quality import CORPUS, retrieval_sets, starts
from checker.pipeline import extract_files
from checker.reading import read_coverage
from checker.types import Article
from index import Passage


def test_cut_rows_are_unit_again():
    vectors = np.array([[3.0, 4.0, 12.0], [0.0, 2.0, 1.0]], dtype=np.float32)
    assert cut(vectors, 2).tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0.0, 1.0]]


def test_pairs_hold_every_nearest_row_once_and_never_a_row_with_itself():
    angles = np.array([0.0, 0.1, 1.0, 1.1, 2.0, 2.1])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    pairs = [tuple(pair) for pair in near_and_random(vectors, 1, seed=3).tolist()]
    assert {(0, 1), (2, 3), (4, 5)} <= set(pairs)
    assert len(pairs) == len(set(pairs)) > 3
    assert all(left < right for left, right in pairs)
    assert pairs == [tuple(pair) for pair in near_and_random(vectors, 1, seed=3).tolist()]


def test_a_report_is_known_by_article_and_words():
    passage = Passage("x", "The lifts  are\nnot working", "en", ({"article_id": "a"}, {"article_id": "b"}))
    assert is_report(passage, {"b": ["Are not"]})
    assert not is_report(passage, {"c": ["are not"]})
    assert not is_report(passage, {"a": ["were not"]})


def test_every_expected_row_of_the_corpus_names_a_quotation_and_words_that_are_there():
    coverage = {a.id: a for a in read_coverage([str(CORPUS / "coverage")]) if isinstance(a, Article)}
    rows = [row for row in read_expected() if row.set == "corpus"]
    for row in rows:
        quotations = extract_files([str(CORPUS / "check" / row.path)])[0][0].quotations
        assert sum(starts(q.text, row.quotation) for q in quotations) == 1, row
        assert row.reports
        for article, words in row.reports.items():
            text = " ".join(coverage[article].text.casefold().split())
            assert all(" ".join(w.casefold().split()) in text for w in words), (row.quotation, article)


def test_every_quotation_of_the_corpus_with_a_report_has_a_row():
    files = sorted((CORPUS / "check").glob("expected*.jsonl"))
    known = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    with_report = [r for r in known if r["verdict"] != "unverified"]
    rows = [row for row in read_expected() if row.set == "corpus"]
    assert len(rows) == len(with_report)
    for given in with_report:
        assert any(
            row.path == given["path"]
            and (starts(given["quotation"], row.quotation) or starts(row.quotation, given["quotation"]))
            for row in rows
        ), given


@pytest.mark.parametrize(
    ("figure", "value", "aim"),
    [
        (Figure("R@1 en to flores200-dev ms", 0.985, detail="n=997"), "98.5 %", "at least 98.5 %"),
        (Figure("R@1 news-dev id to en", 0.9694), "96.9 %", "at least 97.0 % (**missed**)"),
        (Figure("R@1 held aside es to en", 0.92), "92.0 %", "at least 93.0 % (**missed**)"),
        (Figure("R@1 en to held aside id", 0.5), "50.0 %", ""),
        (
            Figure("points lost at 256 dimensions, R@1 news-dev id to en", 0.005, True),
            "0.50 points",
            "under 0.50 points (**missed**)",
        ),
        (Figure("size on disk", 60.0, True), "60.0 MB", "at most 60.0 MB"),
        (Figure("share of SentenceTransformer's start, ours", 0.09, True), "0.090", "under 0.100"),
        (Figure("start, SentenceTransformer", 4.2, True), "4.20 s", ""),
    ],
)
def test_a_figure_stands_beside_its_aim(figure, value, aim):
    assert table_row(figure) == f"| {figure.name} | {value} | {aim} | {figure.detail.removeprefix('n=')} |"
    met = is_met(figure, kind_of(figure))
    assert met is (None if not aim else "missed" not in aim)
    assert as_json(figure)["met"] is met


def test_measured_processes_use_compiled_files_and_the_given_threads(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environ = environment(2)
    assert "PYTHONDONTWRITEBYTECODE" not in environ
    assert environ["OMP_NUM_THREADS"] == environ["RAYON_NUM_THREADS"] == "2"


def test_sentences_are_of_both_languages_and_not_too_many():
    chosen = sentences([(f"en {n}", f"id {n}") for n in range(3_274)])
    assert len(chosen) == SENTENCES
    assert sum(text.startswith("id") for text in chosen) == SENTENCES // 2
    assert sentences([]) == []


def test_size_counts_every_file(tmp_path: Path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.bin").write_bytes(b"x" * 1_500_000)
    (tmp_path / "inner" / "b.bin").write_bytes(b"x" * 500_000)
    assert size(tmp_path).value == pytest.approx(2.0)


def test_sets_are_found_by_their_names(tmp_path: Path):
    folder = tmp_path / "retrieval"
    folder.mkdir()
    row = json.dumps({"n": 1, "en": "one", "qq": "eins"}) + "\n"
    (folder / "set-dev.en-qq.jsonl.xz").write_bytes(lzma.compress(row.encode()))
    (folder / "news.en-pp.tsv.xz").write_bytes(lzma.compress(b"two\tzwei\n"))
    (folder / "notes.txt").write_text("not a set")
    assert dict(retrieval_sets(tmp_path)) == {"set-dev qq": [("one", "eins")], "news pp": [("two", "zwei")]}

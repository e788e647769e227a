"""The whole flow, on small originals: what is said of a quotation, and by which evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from checker import Checker, Source, compare
from checker.errors import CheckerError
from checker.ingest import passages_of
from checker.pipeline import check_files, temporary_index, verdict_of, without_repeats
from checker.reading import read_text
from checker.types import (
    Annotation,
    Article,
    Finding,
    QuotationKind,
    Relation,
    Severity,
    Span,
    Suppression,
    Verdict,
)
from index import Encoder, PassageIndex, load_encoder

COVERAGE = """HARBOUR TOWN: Ferry operator Nerida Falk said on Monday that 14 boats would be repaired.

"We will not raise fares before the end of 2031," Falk told reporters. "Every passenger will be refunded within 30 days."

"The storm damaged three piers in Port Solace," said harbour master Ansel Okoro.

Okoro called the repairs "difficult".
"""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Checker]:
    index = PassageIndex.create(tmp_path_factory.mktemp("pipeline") / "index", encoder.info)
    article = Article("harbour-1", COVERAGE, "en", date(2031, 3, 4), "Tidewater Post")
    index.add(passages_of(article), encoder)
    yield Checker(index, encoder)
    index.close()


def check(checker: Checker, text: str, language: str = "id") -> list[tuple[Verdict, list[str]]]:
    result = checker.check_article(read_text(text, language=language))
    return [(r.verdict, [f.rule for f in r.findings if f.severity is Severity.ERROR]) for r in result.results]


def test_a_faithful_translation_is_consistent(checker: Checker) -> None:
    text = "“Kami tidak akan menaikkan tarif sebelum akhir 2031,” kata Nerida Falk kepada wartawan."
    assert check(checker, text) == [(Verdict.CONSISTENT, [])]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("“Kami akan menaikkan tarif sebelum akhir 2031,” kata Nerida Falk.", "MQ102"),
        ("“Kami tidak akan menaikkan tarif sebelum akhir 2035,” kata Nerida Falk.", "MQ104"),
        ("“Setiap penumpang akan mendapat pengembalian uang dalam 90 hari,” kata Nerida Falk.", "MQ101"),
        ("“Kami tidak akan menaikkan tarif sebelum akhir 2031,” kata Ansel Okoro.", "MQ201"),
    ],
)
def test_a_fault_is_found_under_its_rule(checker: Checker, text: str, rule: str) -> None:
    assert check(checker, text) == [(Verdict.FLAGGED, [rule])]


def test_absence_is_not_disagreement(checker: Checker) -> None:
    text = "“Kami akan membeli dua puluh kapal listrik dari Norwegia,” kata Nerida Falk."
    assert check(checker, text) == [(Verdict.UNVERIFIED, [])]


def test_one_word_is_matched_by_its_speaker(checker: Checker) -> None:
    assert check(checker, "Ansel Okoro menyebut perbaikan itu “sulit”.") == [(Verdict.CONSISTENT, [])]


def test_one_word_of_somebody_else_is_left_unchecked(checker: Checker) -> None:
    verdicts = check(checker, "Wali kota Imre Dahl menyebut anggaran itu “sulit”.")
    assert verdicts == [(Verdict.UNCHECKED, [])]


def test_an_article_without_quotations_has_no_results(checker: Checker) -> None:
    assert check(checker, "Hujan turun sepanjang hari di kota pelabuhan itu dan kapal tidak berangkat.") == []


def test_a_language_without_data_is_unchecked(checker: Checker) -> None:
    article = Article("x", "«Nous ne monterons pas les prix», a déclaré Nerida Falk.", "fr")
    assert {r.verdict for r in checker.check_article(article).results} <= {Verdict.UNCHECKED}


def test_a_level_can_be_changed_and_a_rule_turned_off(checker: Checker, encoder: Encoder) -> None:
    text = "“Kami akan menaikkan tarif sebelum akhir 2031,” kata Nerida Falk."
    softer = Checker(checker._index, encoder, levels={"MQ102": "warning"})
    assert check(softer, text) == [(Verdict.FLAGGED, [])]
    without = Checker(checker._index, encoder, levels={"MQ102": "off", "MQ117": "off"})
    assert check(without, text) == [(Verdict.CONSISTENT, [])]


def test_checking_needs_an_index(encoder: Encoder) -> None:
    with pytest.raises(CheckerError, match="no index"):
        Checker(encoder=encoder).check_article(read_text("“Ya,” kata Falk.", language="id"))


def test_offsets_of_findings_are_those_of_the_article(checker: Checker) -> None:
    text = "Pembuka.\n\n“Setiap penumpang akan mendapat pengembalian uang dalam 90 hari,” kata Nerida Falk."
    article = read_text(text, language="id")
    for finding in checker.check_article(article).all_findings:
        own = finding.on("article")
        assert own is not None
        assert own.span.of(article.text) == own.text


def test_fingerprints_do_not_depend_on_the_place(checker: Checker) -> None:
    text = "“Kami akan menaikkan tarif sebelum akhir 2031,” kata Nerida Falk."
    one = checker.check_article(read_text(text, language="id")).all_findings
    two = checker.check_article(read_text("Kalimat lain.\n\n" + text, language="id")).all_findings
    assert [f.fingerprint for f in one] == [f.fingerprint for f in two]


def test_compare_knows_a_source_that_says_something_else(encoder: Encoder) -> None:
    result = compare(
        "Kami akan menutup pabrik itu bulan depan.",
        "The orchestra played for two hours in the rain.",
        quote_language="id",
        source_language="en",
        checker=Checker(encoder=encoder),
    )
    assert result.verdict is Verdict.UNVERIFIED


def test_compare_holds_a_quotation_against_several_sources(encoder: Encoder) -> None:
    sources = [
        Source("The bridge will close in May.", "en", "Imre Dahl"),
        Source("The bridge will not close in May.", "en", "Imre Dahl"),
    ]
    result = Checker(encoder=encoder).compare(
        "The bridge will not close in May.", sources, language="en", speaker="Dahl"
    )
    # one report supports every word: no error, but the other one says the opposite
    assert [(f.rule, f.severity) for f in result.findings] == [("MQ302", Severity.WARNING)]
    assert result.source == "The bridge will not close in May."


def test_indirect_speech_is_never_an_error(checker: Checker, encoder: Encoder) -> None:
    judged = Checker(checker._index, encoder, indirect=True)
    text = "Nerida Falk mengatakan bahwa perusahaannya akan menaikkan tarif sebelum akhir 2031."
    result = judged.check_article(read_text(text, language="id"))
    assert [r.quotation.kind for r in result.results] == [QuotationKind.INDIRECT]
    assert all(f.severity is not Severity.ERROR for f in result.all_findings)


def test_the_relation_tells_translation_from_verbatim(checker: Checker) -> None:
    said = "The storm damaged three piers in Port Solace"
    result = checker.check_article(read_text(f'"{said}," said Ansel Okoro.', language="en")).results[0]
    assert result.match is not None
    assert result.match.relation is Relation.VERBATIM


def test_against_originals_needs_no_prepared_index(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "original.en.txt").write_text(COVERAGE, "utf-8")
    with temporary_index(encoder, [str(tmp_path / "original.en.txt")]) as (index, ingested):
        assert ingested.added.articles == 1
        text = "“Kami akan menaikkan tarif sebelum akhir 2031,” kata Nerida Falk."
        assert check(Checker(index, encoder), text) == [(Verdict.FLAGGED, ["MQ102"])]


def test_check_files_reports_what_it_could_not_read(tmp_path: Path, checker: Checker) -> None:
    good = tmp_path / "good.id.txt"
    good.write_text("“Kami tidak akan menaikkan tarif sebelum akhir 2031,” kata Nerida Falk.\n", "utf-8")
    assert checker._index is not None
    report = check_files(
        [str(good), str(tmp_path / "missing.txt")], checker._index.info().path, language="id"
    )
    assert len(report.articles) == 1
    assert len(report.errors) == 1


def finding(rule: str, severity: Severity, start: int = 0, suppression: Suppression | None = None) -> Finding:
    marks = (
        Annotation("article", Span(start, start + 4), "word"),
        Annotation("evidence", Span(start, start + 4), "word"),
    )
    return Finding(rule, "name", severity, 0.9, "m", "w", "h", marks, "q1", f"{rule}{start}", suppression)


def test_verdict_counts_neither_form_nor_suppressed_findings() -> None:
    assert verdict_of([finding("MQ401", Severity.WARNING)]) is Verdict.CONSISTENT
    assert (
        verdict_of([finding("MQ102", Severity.ERROR, suppression=Suppression("ignored", "seen"))])
        is Verdict.CONSISTENT
    )
    assert verdict_of([finding("MQ112", Severity.WARNING)]) is Verdict.FLAGGED


def test_a_precise_finding_replaces_the_general_one() -> None:
    kept = without_repeats(
        [
            finding("MQ102", Severity.ERROR),
            finding("MQ111", Severity.WARNING),
            finding("MQ121", Severity.INFO),
        ]
    )
    assert [f.rule for f in kept] == ["MQ102"]
    apart = without_repeats([finding("MQ102", Severity.ERROR), finding("MQ111", Severity.WARNING, start=40)])
    assert [f.rule for f in apart] == ["MQ102", "MQ111"]

"""What the pages cannot show of the rules on sources: messages once, marks in place, facts that are unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checker import Checker, Source
from checker.ingest import passages_of
from checker.quotations import extract
from checker.rules.mq303_single_origin import count_origins
from checker.rules.mq403_extraction_suspect import check as suspect
from checker.rules.occurrences import occurrences
from checker.types import Article, ArticleResult, Severity, Verdict
from checker.verdicts import once_an_article
from index import Encoder, NewPassage, PassageIndex, load_encoder

DAY = date(2031, 3, 4)
TOLD = """PORT SOLACE - The ferries stay in port.

"We will not raise fares before the end of the year," Nerida Falk told Radio Muara.

"We will pay every passenger before the end of the month," Falk told Radio Muara.
"""
COPIED = """Feri tetap berlabuh.

"Kami tidak akan menaikkan tarif sebelum akhir tahun," kata Nerida Falk.

"Kami akan membayar setiap penumpang sebelum akhir bulan," klaim Falk.
"""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def checked(
    encoder: Encoder, folder: Path, passages: Iterator[NewPassage], article: Article
) -> ArticleResult:
    index = PassageIndex.create(folder, encoder.info)
    try:
        index.add(passages, encoder)
        return Checker(index, encoder).check_article(article)
    finally:
        index.close()


def rules_of(result: ArticleResult) -> list[list[str]]:
    return [[f.rule for f in r.findings] for r in result.results]


def test_a_lost_credit_is_told_once_an_article(encoder: Encoder, folder: Path) -> None:
    coverage = Article("told", TOLD, "en", DAY, "Harbour Post")
    result = checked(encoder, folder, passages_of(coverage), Article("new", COPIED, "id", DAY))
    assert [rules.count("MQ206") for rules in rules_of(result)] == [1, 0]
    assert [r.verdict for r in result.results] == [Verdict.CONSISTENT, Verdict.CONSISTENT]


def test_only_the_rules_that_are_named_are_told_once(encoder: Encoder, folder: Path) -> None:
    text = "“Kami membeli dua kapal baru dari Norwegia,” kata Ana Dewi.\n\n“Kami menjual tiga kapal lama ke Peru,” kata Ana Dewi."
    coverage = Article("told", TOLD, "en", DAY, "Harbour Post")
    result = checked(encoder, folder, passages_of(coverage), Article("new", text, "id", DAY))
    assert rules_of(result) == [["MQ301"], ["MQ301"]]
    assert [len(r.findings) for r in once_an_article(result.results, {"MQ301"})] == [1, 0]


def test_a_strong_verb_is_marked_where_it_stands(encoder: Encoder, folder: Path) -> None:
    coverage = Article("told", TOLD, "en", DAY, "Harbour Post")
    result = checked(encoder, folder, passages_of(coverage), Article("new", COPIED, "id", DAY))
    (finding,) = [f for f in result.all_findings if f.rule == "MQ205"]
    own = finding.annotations[0]
    assert own.text == own.span.of(COPIED) == "klaim"
    assert finding.severity is Severity.INFO


def test_an_index_without_cues_says_nothing_of_verbs(encoder: Encoder, folder: Path) -> None:
    coverage = Article("told", TOLD, "en", DAY, "Harbour Post")
    old = (
        replace(p, metadata={k: v for k, v in p.metadata.items() if k != "cue"})
        for p in passages_of(coverage)
    )
    result = checked(encoder, folder, old, Article("new", COPIED, "id", DAY))
    assert not [f for f in result.all_findings if f.rule == "MQ205"]
    assert all(r.match is not None for r in result.results)


def test_a_quotation_that_was_read_badly_is_not_checked(encoder: Encoder, folder: Path) -> None:
    text = COPIED.replace("menaikkan", "menaik\ufffdkan")
    coverage = Article("told", TOLD, "en", DAY, "Harbour Post")
    article = Article("new", text, "id", DAY)
    result = checked(encoder, folder, passages_of(coverage), article)
    assert [r.verdict for r in result.results] == [Verdict.UNCHECKED, Verdict.CONSISTENT]
    assert rules_of(result)[0] == ["MQ403"]
    assert [r.quotation.id for r in result.results] == ["q1", "q2"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Itu â€œbaikâ€ sekali,” kata Ana Dewi.", 1),
        ("“Itu baik &nbsp; sekali,” kata Ana Dewi.", 1),
        ("“NÃO & SØN, naïve çà et là,” kata Ana Dewi.", 0),
        ("“Jika a < b maka b > a,” kata Ana Dewi.", 0),
        ("Berlangganan untuk membaca artikel ini.", 1),
        ("", 0),
    ],
)
def test_what_is_left_of_a_page_read_badly(text: str, found: int) -> None:
    assert len(list(suspect(extract(Article("a", text, "id"))))) == found


def test_a_language_without_data_is_searched_for_broken_letters_too() -> None:
    article = Article("a", "«Nous ne mont\ufffdrons pas les prix», a déclaré Nerida Falk.", "fr")
    assert [f.quotation_id for f in suspect(extract(article))] == ["q1"]


def test_reports_of_two_people_or_of_two_years_do_not_conflict(encoder: Encoder) -> None:
    says, denies = "The bridge will close in May.", "The bridge will not close in May."

    def told(other: Source) -> list[str]:
        own = Source(denies, "en", "Imre Dahl", metadata={"published": "2031-03-04"})
        result = Checker(encoder=encoder).compare(denies, [own, other], language="en", speaker="Imre Dahl")
        return [f.rule for f in result.findings]

    assert told(Source(says, "en", "Imre Dahl")) == ["MQ302"]
    assert told(Source(says, "en", "Nerida Falk")) == []
    assert told(Source(says, "en", "Imre Dahl", metadata={"published": "2029-03-04"})) == []
    assert told(Source(says, "en", "Imre Dahl", metadata={"published": "2031-03-20"})) == ["MQ302"]


def test_origins_are_joined_through_a_third(encoder: Encoder, folder: Path) -> None:
    """Two outlets that both credit a third one have one origin with it and with each other."""
    words = '"We will not raise fares before the end of the year," Nerida Falk {}.'
    article = Article("new", words.format("said"), "en", DAY)
    index = PassageIndex.create(folder, encoder.info)
    tails = {"Post": "said", "Echo": "told Post", "Gazette": "told Post", "Wave": "said on the quay"}
    for outlet, tail in tails.items():
        index.add(passages_of(Article(outlet, words.format(tail), "en", DAY, outlet)), encoder)
    seen = []

    class Recording(Checker):
        def apply_rules(self, case):  # type: ignore[no-untyped-def]
            seen.append(case)
            return super().apply_rules(case)

    Recording(index, encoder).check_article(article)
    index.close()
    reports = {o.outlet: o for o in occurrences(seen[0])}
    assert count_origins([reports[name] for name in ("Echo", "Gazette")]) == 1
    assert count_origins([reports[name] for name in ("Post", "Echo", "Gazette")]) == 1
    assert count_origins([reports[name] for name in ("Post", "Wave")]) == 2

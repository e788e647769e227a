"""A report made by hand: four articles in four languages, every verdict, every severity.

All texts, people and outlets are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from checker.types import (
    Annotation,
    Article,
    ArticleResult,
    Evidence,
    Finding,
    Match,
    PairResult,
    Problem,
    Quotation,
    QuotationKind,
    QuoteResult,
    Relation,
    Report,
    RunInfo,
    Severity,
    Span,
    Speaker,
    Suppression,
    Verdict,
)
from index.types import Passage


def span_of(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def mark(side: str, text: str, words: str, label: str = "", passage_id: str | None = None) -> Annotation:
    return Annotation(side, span_of(text, words), words, label, passage_id)


def quotation(
    article: Article,
    number: int,
    words: str,
    speaker: Speaker | None,
    kind: QuotationKind = QuotationKind.DIRECT,
) -> Quotation:
    content = span_of(article.text, words)
    start = article.text.rfind("\n\n", 0, content.start)
    end = article.text.find("\n\n", content.end)
    context = Span(0 if start < 0 else start + 2, len(article.text) if end < 0 else end)
    return Quotation(f"q{number}", (content,), words, kind, context, speaker)


def evidence(
    passage_id: str,
    text: str,
    language: str,
    *occurrences: dict[str, str],
    relation: Relation = Relation.TRANSLATION,
) -> Evidence:
    passage = Passage(passage_id, text, language, occurrences)
    return Evidence(passage, Span(0, len(text)), 0.8123456, relation)


def finding(
    rule: str,
    name: str,
    severity: Severity,
    message: str,
    annotations: tuple[Annotation, ...],
    *,
    quotation_id: str | None = "q1",
    confidence: float = 0.93,
    why: str = "",
    help_: str = "",
    fingerprint: str = "3b9c2a1e00d4f671",
) -> Finding:
    return Finding(
        rule, name, severity, confidence, message, why, help_, annotations, quotation_id, fingerprint
    )


RATNA = Speaker("Ratna Dewi", "Menteri Ratna", "menteri perhubungan")
INDONESIAN = Article(
    "bus-id",
    "Tarif bus kota\n\n"
    "JAKARTA — Menteri Perhubungan Ratna Dewi menjawab pertanyaan para wartawan pada hari Kamis. "
    "“Kami akan menaikkan tarif bus kota tahun depan, dan tidak ada rute yang akan kami tutup sebelum "
    "jalur layang selesai,” kata Menteri Ratna di halaman gedung parlemen.\n\n"
    "“Sebanyak 1.500 sopir akan dilatih,” ujarnya.\n\n"
    "“Kita mulai besok pagi,” kata seorang sopir.\n",
    "id",
    date(2026, 6, 14),
    path="content/id/tarif-bus.md",
)
CHINESE = Article(
    "bus-zh",
    "部长在星期四的记者会上回答了提问。“票价将上涨百分之十五，但在高架线路完工之前，我们不会关闭任何一条线路，也不会裁减任何一名司机，”她在议会大楼前表示。\n",
    "zh",
    path="content/zh/巴士票价.md",
)
ARABIC = Article(
    "bus-ar",
    "قالت الوزيرة: «سنرفع أسعار تذاكر الحافلات في العام المقبل» أمام مبنى البرلمان.\n",
    "ar",
    path="content/ar/bus.md",
)
ENGLISH = Article(
    "bus-en",
    "A driver, who asked not to be named, was glad. “We start tomorrow morning,” he said.\n\n“Yes.”\n\n“It ends here.\n",
    "en",
    path="content/en/bus.md",
)

FARES = (
    "We will not raise city bus fares next year, and no route will close before the elevated line is finished"
)
COURIER = {
    "article_id": "courier-17",
    "outlet": "Straits Courier",
    "published": "2026-06-13",
    "speaker": "Ratna Dewi",
    "url": "https://courier.example/2026/06/13/bus-fares",
}
GAZETTE = {"article_id": "gazette-4", "outlet": "Bay Gazette", "published": "2026-06-13T09:00:00Z"}
LEDGER = {"article_id": "ledger-9", "outlet": "Port Ledger", "published": "2026-06-14"}
RADIO = {"article_id": "radio-1", "outlet": "Radio Teluk", "published": "", "speaker": ""}

FARES_EVIDENCE = evidence("p-fares", FARES, "en", COURIER, GAZETTE, LEDGER)
FARES_RETOLD = evidence(
    "p-retold", "Tarif tidak akan naik tahun depan", "id", RADIO, relation=Relation.PARAPHRASE
)
DRIVERS_EVIDENCE = evidence("p-drivers", "Some 15,000 drivers will be trained", "en", COURIER)
START_EVIDENCE = evidence("p-start", "We start tomorrow morning", "en", GAZETTE, relation=Relation.VERBATIM)


def _indonesian() -> ArticleResult:
    text = INDONESIAN.text
    fares = quotation(
        INDONESIAN,
        1,
        "Kami akan menaikkan tarif bus kota tahun depan, dan tidak ada rute yang akan kami tutup sebelum jalur "
        "layang selesai",
        RATNA,
    )
    drivers = quotation(INDONESIAN, 2, "Sebanyak 1.500 sopir akan dilatih", replace(RATNA, surface="ujarnya"))
    start = quotation(INDONESIAN, 3, "Kita mulai besok pagi", Speaker("seorang sopir", "seorang sopir"))
    negation = finding(
        "MQ102",
        "negation-changed",
        Severity.ERROR,
        "The article affirms what earlier coverage denies.",
        (
            mark("article", text, "akan menaikkan", "affirmed"),
            mark("evidence", FARES, "will not raise", "denied", "p-fares"),
        ),
        why="Same speaker and same topic; the earlier report has “not” beside the verb, the article has no negator.",
        help_="Restore the negation, or add the newer report the article relies on to the index.",
    )
    number = finding(
        "MQ101",
        "number-changed",
        Severity.ERROR,
        "The number is 1,500 in the article and 15,000 in earlier coverage.",
        (
            mark("article", text, "1.500", "one thousand five hundred"),
            mark("evidence", DRIVERS_EVIDENCE.passage.text, "15,000", "", "p-drivers"),
        ),
        quotation_id="q2",
        confidence=0.7,
        why="The two numbers count the same thing, “sopir” and “drivers”.",
        help_="Check which number was said, and correct the article.",
        fingerprint="00aa11bb22cc33dd",
    )
    single = finding(
        "MQ303",
        "single-origin",
        Severity.INFO,
        "Only one outlet reports this quotation.",
        (mark("article", text, "Kita mulai besok pagi"),),
        quotation_id="q3",
        fingerprint="77aa11bb22cc33dd",
    )
    return ArticleResult(
        INDONESIAN,
        (
            QuoteResult(
                fares, Verdict.FLAGGED, Match(fares, (FARES_EVIDENCE, FARES_RETOLD), 0.9712345), (negation,)
            ),
            QuoteResult(drivers, Verdict.FLAGGED, Match(drivers, (DRIVERS_EVIDENCE,), 0.9), (number,)),
            QuoteResult(start, Verdict.CONSISTENT, Match(start, (START_EVIDENCE,), 0.8), (single,)),
        ),
    )


def _chinese() -> ArticleResult:
    words = "票价将上涨百分之十五，但在高架线路完工之前，我们不会关闭任何一条线路，也不会裁减任何一名司机"
    said = quotation(CHINESE, 1, words, Speaker("Ratna Dewi", "她", "部长"))
    percent = evidence("p-percent", "Kenaikan tarif bus tidak lebih dari 5 persen", "id", RADIO)
    findings = (
        finding(
            "MQ101",
            "number-changed",
            Severity.ERROR,
            "The share is 15 percent in the article and 5 percent in earlier coverage.",
            (
                mark("article", CHINESE.text, "百分之十五", "15 percent"),
                mark("evidence", percent.passage.text, "5 persen", "5 percent", "p-percent"),
            ),
            help_="Check which number was said, and correct the article.",
            fingerprint="11aa11bb22cc33dd",
        ),
        finding(
            "MQ111",
            "content-added",
            Severity.WARNING,
            "No earlier report has these words.",
            (mark("article", CHINESE.text, "也不会裁减任何一名司机", "added"),),
            confidence=0.5,
            why="Every other part of the quotation was found.",
            help_="Find the report that has them, or take them out of the quotation marks.",
            fingerprint="22aa11bb22cc33dd",
        ),
    )
    return ArticleResult(
        CHINESE, (QuoteResult(said, Verdict.FLAGGED, Match(said, (percent,), 0.88), findings),)
    )


def _arabic() -> ArticleResult:
    said = quotation(ARABIC, 1, "سنرفع أسعار تذاكر الحافلات في العام المقبل", Speaker("الوزيرة", "الوزيرة"))
    negation = finding(
        "MQ102",
        "negation-changed",
        Severity.ERROR,
        "The article affirms what earlier coverage denies.",
        (
            mark("article", ARABIC.text, "سنرفع", "affirmed"),
            mark("evidence", FARES, "will not raise", "denied", "p-fares"),
        ),
        help_="Restore the negation.",
        fingerprint="33aa11bb22cc33dd",
    )
    return ArticleResult(
        ARABIC, (QuoteResult(said, Verdict.FLAGGED, Match(said, (FARES_EVIDENCE,), 0.9), (negation,)),)
    )


def _english() -> ArticleResult:
    text = ENGLISH.text
    driver = quotation(ENGLISH, 1, "We start tomorrow morning", Speaker("a driver", "he"))
    yes = quotation(ENGLISH, 2, "Yes.", None)
    uncovered = finding(
        "MQ301",
        "no-earlier-coverage",
        Severity.INFO,
        "No earlier report of this quotation was found; it is not verified.",
        (mark("article", text, "We start tomorrow morning"),),
        fingerprint="44aa11bb22cc33dd",
    )
    reviewed = replace(
        finding(
            "MQ208",
            "unattributed",
            Severity.WARNING,
            "Nobody is named as the speaker.",
            (mark("article", text, "he said"),),
            fingerprint="55aa11bb22cc33dd",
        ),
        suppression=Suppression("ignored", "The driver asked not to be named; agreed with the desk."),
    )
    short = finding(
        "MQ402",
        "too-short-to-check",
        Severity.INFO,
        "Too few words to compare.",
        (mark("article", text, "Yes."),),
        quotation_id="q2",
        fingerprint="66aa11bb22cc33dd",
    )
    unbalanced = finding(
        "MQ401",
        "unbalanced-marks",
        Severity.WARNING,
        "This quotation mark has no partner in its paragraph.",
        (Annotation("article", span_of(text, "“It ends"), "“", "opens"),),
        quotation_id=None,
        help_="Close the quotation.",
        fingerprint="88aa11bb22cc33dd",
    )
    unbalanced = replace(
        unbalanced,
        annotations=(
            Annotation("article", Span(text.index("“It"), text.index("“It") + 1), "“", "opens, never closed"),
        ),
    )
    return ArticleResult(
        ENGLISH,
        (
            QuoteResult(driver, Verdict.UNVERIFIED, None, (uncovered, reviewed)),
            QuoteResult(yes, Verdict.UNCHECKED, None, (short,)),
        ),
        (unbalanced,),
    )


RUN = RunInfo(
    tool_version="0.1.0",
    index_path=".misquote/index",
    index_id="7f31c0a9e2",
    passages=4812,
    model="misquote-mini",
    model_revision="fd1525a9c3d1",
    started="2026-06-14T08:00:00+00:00",
)

REPORT = Report(
    (_indonesian(), _chinese(), _english(), _arabic()),
    (),
    RUN,
)

BROKEN = Report(
    REPORT.articles[2:3],
    (
        Problem(
            "the index was built with the model labse@1a2b, but the settings ask for misquote-mini@fd15",
            "build the index again with: misquote index add corpus/ --model misquote-mini",
            ".misquote/index/manifest.json",
        ),
        Problem(
            "line 3 is not JSON: expected a comma", "mend the line, or leave the file out", "more.jsonl", 3
        ),
    ),
    RUN,
)

EMPTY = Report((), (), replace(RUN, passages=0, index_path=None, index_id=None, model=None))


def pair_results() -> tuple[PairResult, ...]:
    quote = "Kami akan menaikkan tarif tahun depan"
    changed = finding(
        "MQ102",
        "negation-changed",
        Severity.ERROR,
        "The quotation affirms what the source denies.",
        (
            mark("article", quote, "akan menaikkan", "affirmed"),
            mark("evidence", FARES, "will not raise", "denied"),
        ),
        quotation_id=None,
        help_="Restore the negation.",
    )
    return (
        PairResult("p1", quote, FARES, Verdict.FLAGGED, 0.971234, (changed,)),
        PairResult("p2", "Kami mulai besok", "We start tomorrow", Verdict.CONSISTENT, 0.03),
        PairResult("p3", "Ya.", "The harbour reopened on Monday", Verdict.UNVERIFIED, 0.5),
    )

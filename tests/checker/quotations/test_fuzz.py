"""Any text, any language, any bytes: quotations lie inside the text and are the text, and nothing is raised.

The seeds are fixed, so a run in CI is the same every time. ``MISQUOTE_FUZZ=explore`` looks further:
thirty times the examples, and others at each run.
"""

from __future__ import annotations

import json
import os
import tomllib
from importlib import resources

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import languages
from checker.errors import CheckerError
from checker.quotations import extract
from checker.quotations.lexicon import Lexicon, lexicon_for
from checker.reading.formats import read_bytes
from checker.types import Article, Problem

from .articles import paths, read_article
from .test_properties import check_invariants

CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile(
    "misquote-ci",
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=CHECKS,
)
settings.register_profile("misquote-explore", max_examples=1200, deadline=None, suppress_health_check=CHECKS)
FUZZ = settings.get_profile(f"misquote-{os.environ.get('MISQUOTE_FUZZ', 'ci')}")

MARKED = tomllib.loads(resources.files(languages).joinpath("marks.toml").read_text(encoding="utf-8"))
LANGUAGES = sorted({*languages.LANGUAGES, *MARKED, "und", "sw"})
ARTICLES = [read_article(path) for path in paths()]

NAMES = [
    "Alma Reyes",
    "Dimas",
    "Siti binti Omar",
    "O’Dell",
    "PRESIDEN VALE",
    "王小丽",
    "阿尔玛·雷耶斯",
    "ÖZ",
    "أمل",
]
WORDS = [
    "rain",
    "air",
    "the",
    "2,5",
    "5'",
    '6"',
    "rock ’n’ roll",
    "U.S.",
    "jum’at",
    "雨",
    "மழை",
    "ฝน",
    "x" * 70,
]
BREAKS = [
    "\n",
    "\n\n",
    "\r\n\r\n",
    "\u2028",
    " ",
    "\u3000",
    ". ",
    "。",
    "! ",
    "? ",
    ", ",
    "，",
    ": ",
    "：",
    " — ",
]
ODD = [
    "\u202e",
    "\u2066",
    "\u200b",
    "\u200d",
    "\u0000",
    "\ud800",
    "\u0301",
    "\ufeff",
    "ǅ",
    "İ",
    "(",
    ")",
    "[",
    "''",
]
SHAPES = [
    "{o}{words},{c} {verb} {name}.",
    "{o}{words}{c} {verb} {name}",
    "{name} {verb} {that} {words}.",
    "{name} {verb}: {o}{words}{c}",
    "{source} {name}, {words}.",
    "{o}{words},{c} {verb}{clitic}, {o}{words}.{c}",
    "{name}: {words}?",
    "Q: {words}?",
    "{o}{words}\n\n{o}{words}{c} {name} {verb}.",
    "{words} {o}{words}{c} {words}",
    "{c}{words}{o}",
    "{pronoun} {verb} {that} {o}{words}{c}.",
]


def one_of(words: object, otherwise: str = "") -> st.SearchStrategy[str]:
    """One of a language's words, in an order that does not hang on hashing."""
    known = sorted(words) if isinstance(words, frozenset) else []
    return st.sampled_from(known) if known else st.just(otherwise)


@st.composite
def sentence(draw: st.DrawFn, lexicon: Lexicon) -> str:
    """One shape of reporting, filled with the marks and words of a language."""
    speech = lexicon.speech
    opening = draw(st.sampled_from(sorted(lexicon.marks.closers)))
    return draw(st.sampled_from(SHAPES)).format(
        o=opening,
        c=draw(st.sampled_from(sorted(lexicon.marks.closers[opening]))),
        words=" ".join(draw(st.lists(st.sampled_from([*WORDS, *NAMES]), min_size=1, max_size=5))),
        name=draw(st.sampled_from(NAMES)),
        verb=draw(one_of(speech.tag | speech.say | speech.passive | speech.carriers, "said")),
        that=draw(one_of(speech.complementisers)),
        pronoun=draw(one_of(speech.pronouns)),
        source=draw(st.sampled_from([" ".join(s) for s in speech.sources] or ["after"])),
        clitic=speech.clitic,
    )


@st.composite
def reports(draw: st.DrawFn) -> tuple[str, str]:
    """A language, and a text of its reporting with breaks, odd characters and other languages' marks."""
    language = draw(st.sampled_from(LANGUAGES))
    other = draw(st.sampled_from(LANGUAGES))
    pieces = st.one_of(
        sentence(lexicon_for(language)),
        sentence(lexicon_for(other)),
        st.sampled_from([*BREAKS, *ODD, *WORDS, *NAMES]),
    )
    return language, "".join(draw(st.lists(pieces, max_size=25)))


@st.composite
def damaged_articles(draw: st.DrawFn) -> tuple[str, str]:
    """One of the project's articles, its sentences shuffled, with marks and breaks lost and put in."""
    article = draw(st.sampled_from(ARTICLES))
    pieces = article.text.replace("\n", "\n|").replace(". ", ". |").split("|")[:20]
    text = "".join(draw(st.permutations(pieces)))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at] + draw(st.sampled_from(["", *BREAKS, *ODD, "“", "”", '"', "‘", "’"])) + text[at + 1 :]
        )
    return article.language, text


def check(text: str, language: str, *, title: str | None = None, wide: bool = False) -> None:
    """All that holds for any text, and that a second reading gives the same."""
    article = Article(id="a", text=text, language=language, title=title)
    check_invariants(article, clauses=wide)
    extraction = extract(article, clauses=wide)
    assert extraction == extract(article, clauses=wide)
    for number, quotation in enumerate(extraction.quotations, 1):
        assert quotation.id == f"q{number}"
        assert quotation.text.strip()
        for span in (quotation.context, quotation.span, *filter(None, [quotation.cue])):
            assert 0 <= span.start < span.end <= len(text)
        if quotation.speaker is not None:
            assert quotation.speaker.name.strip()
            assert quotation.speaker.surface.strip()


@pytest.mark.parametrize("language", LANGUAGES)
@settings(FUZZ, max_examples=max(10, FUZZ.max_examples // 4))
@given(text=st.text(st.characters(codec=None), max_size=120), wide=st.booleans())
def test_any_characters_in_every_language(language: str, text: str, wide: bool) -> None:
    check(text, language, wide=wide)


@settings(FUZZ, max_examples=2 * FUZZ.max_examples)
@given(reports(), st.booleans())
def test_reports_in_any_order(report: tuple[str, str], wide: bool) -> None:
    check(report[1], report[0], wide=wide)


@settings(FUZZ)
@given(damaged_articles(), st.booleans())
def test_damaged_articles(damaged: tuple[str, str], wide: bool) -> None:
    language, text = damaged
    check(text, language, title=text.split("\n")[0], wide=wide)


def check_bytes(data: bytes, suffix: str) -> None:
    """Bytes are read or refused with a remedy; what was read can be read for quotations."""
    items: list[Article | Problem | CheckerError] = []
    try:
        items.extend(read_bytes(data, suffix, shown="a" + suffix, language=None, need_id=False))
    except CheckerError as error:
        items.append(error)
    for item in items:
        if not isinstance(item, Article):
            assert item.remedy
            continue
        check_invariants(item)
        for span in item.furniture:
            assert 0 <= span.start < span.end <= len(item.text)


def wrapped(text: str, suffix: str) -> bytes:
    """The text as a file of this kind."""
    if suffix == ".md":
        text = f"---\ntitle: {text[:9]!r}\nlang: id\n---\n\n{text}"
    elif suffix == ".html":
        text = f"<html lang=id><body><article><h1>Hujan</h1><p>{text}</p><p>{text}</p></article>"
    elif suffix == ".json":
        text = json.dumps([{"id": "a", "text": text, "title": text[:20]}])
    elif suffix == ".jsonl":
        text = json.dumps({"id": "a", "text": text}) + "\n" + text
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".json", ".jsonl", ""])
@settings(FUZZ, max_examples=max(20, FUZZ.max_examples // 2))
@given(data=st.binary(max_size=120) | reports().map(lambda r: r[1].encode("utf-16", "surrogatepass")))
def test_any_bytes_through_the_readers(suffix: str, data: bytes) -> None:
    check_bytes(data, suffix)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".json", ".jsonl"])
@settings(FUZZ, max_examples=max(20, FUZZ.max_examples // 2))
@given(report=reports(), at=st.integers(0, 400), junk=st.binary(max_size=3))
def test_files_with_a_few_bytes_wrong(suffix: str, report: tuple[str, str], at: int, junk: bytes) -> None:
    data = wrapped(report[1], suffix)
    check_bytes(data[:at] + junk + data[at + len(junk) :], suffix)

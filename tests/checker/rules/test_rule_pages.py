"""Every rule has a page, and what the page shows an editor is what the rule does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from checker import Checker, Source, compare
from checker.errors import InputError
from checker.ingest import passages_of
from checker.rules import all_rules
from checker.rules.base import RuleInfo
from checker.rules.pages import Document, Example, examples_of, page_name, page_of, parse_examples
from checker.types import Article, Finding, QuotationKind, Severity
from index import Encoder, PassageIndex, load_encoder

RULES = all_rules()
EXAMPLES = [example for info in RULES for example in examples_of(info)]
SECTIONS = (
    "## What it compares",
    "## Why it matters",
    "## What is lawful",
    "## Known limits",
    "## What to do",
)


def by_code(info: RuleInfo) -> str:
    return info.code


def by_line(example: Example) -> str:
    return f"{example.rule}-{'flagged' if example.flagged else 'accepted'}-line-{example.line}"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None)


def source_kind(kind: str | None) -> QuotationKind | None:
    if kind == "narration":
        return None
    return QuotationKind(kind or "direct")


def findings_of_pair(example: Example, encoder: Encoder) -> tuple[Finding, ...]:
    quote = example.quote
    assert quote is not None
    sources = [Source(s.text, s.language, s.speaker, source_kind(s.kind)) for s in example.sources]
    result = compare(
        quote.text,
        sources,
        quote_language=quote.language,
        speaker=quote.speaker,
        kind=QuotationKind(quote.kind or "direct"),
        checker=Checker(encoder=encoder),
    )
    return result.findings


def article_of(document: Document, name: str) -> Article:
    return Article(name, document.text, document.language, document.published, document.outlet)


def findings_of_article(example: Example, encoder: Encoder, folder: Path) -> tuple[Finding, ...]:
    assert example.article is not None
    coverage = [article_of(d, f"coverage-{n}") for n, d in enumerate(example.coverage)]
    index = PassageIndex.create(folder / "index", encoder.info)
    try:
        index.add((p for article in coverage for p in passages_of(article)), encoder)
        return Checker(index, encoder).check_article(article_of(example.article, "article")).all_findings
    finally:
        index.close()


def told(findings: Sequence[Finding]) -> str:
    return "; ".join(f"{f.rule} {f.severity} {f.confidence}: {f.message}" for f in findings) or "no finding"


@pytest.mark.parametrize("example", EXAMPLES, ids=by_line)
def test_the_rule_does_what_the_example_shows(example: Example, encoder: Encoder, tmp_path: Path) -> None:
    if example.quote is not None:
        findings = findings_of_pair(example, encoder)
    else:
        findings = findings_of_article(example, encoder, tmp_path)
    own = [f for f in findings if f.rule == example.rule]
    errors = [f for f in findings if f.severity is Severity.ERROR]
    if example.flagged:
        assert [f for f in own if f.severity is example.level], told(findings)
        assert not [f for f in errors if f.rule != example.rule], told(findings)
    else:
        assert not errors, told(findings)
        # A rule of level info must keep silent; another may still mention what it does not warn of.
        mentioned = example.level is Severity.INFO
        assert not [f for f in own if mentioned or f.severity is not Severity.INFO], told(findings)


@pytest.mark.parametrize("info", RULES, ids=by_code)
def test_a_page_names_its_rule_and_has_every_section_in_order(info: RuleInfo) -> None:
    page = page_of(info)
    assert page.startswith(f"# {info.code} {info.name}\n")
    assert f"\nLevel: {info.severity.value}" in page
    places = [page.index(section) for section in SECTIONS]
    assert places == sorted(places)


@pytest.mark.parametrize("info", RULES, ids=by_code)
def test_a_page_has_three_examples_of_either_sort(info: RuleInfo) -> None:
    flagged = [example.flagged for example in examples_of(info)]
    assert flagged.count(True) >= 3
    assert flagged.count(False) >= 3


@pytest.mark.parametrize("info", RULES, ids=by_code)
def test_every_fenced_block_of_a_page_is_an_example_that_runs(info: RuleInfo) -> None:
    fences = page_of(info).count("\n```")
    assert fences == 2 * len(examples_of(info))


def test_pages_and_rules_belong_to_each_other() -> None:
    folder = Path(page_module_folder())
    modules = {path.stem for path in folder.glob("mq*.py")}
    pages = {path.stem for path in folder.glob("*.md")}
    assert modules == pages == {page_name(info).removesuffix(".md") for info in RULES}


def page_module_folder() -> str:
    from checker import rules

    return str(Path(rules.__file__).parent)


def parsed(body: str) -> Iterator[Example]:
    return parse_examples(f"# Title\n\n```example flagged\n{body}\n```\n", RULES[0])


def test_an_example_is_read_with_its_line_languages_speakers_and_kinds() -> None:
    (example,) = parsed(
        'source en [indirect] Ratna Dewi: "that she would “go”"\nsource id -: "A: b"\nquote id Ratna Dewi: "Ya "x"."'
    )
    assert (example.rule, example.line, example.flagged, example.level) == ("MQ101", 3, True, Severity.ERROR)
    assert [(s.language, s.speaker, s.kind, s.text) for s in example.sources] == [
        ("en", "Ratna Dewi", "indirect", "that she would “go”"),
        ("id", None, None, "A: b"),
    ]
    assert example.quote is not None
    assert example.quote.text == 'Ya "x".'


def test_articles_of_an_example_keep_their_paragraphs() -> None:
    (example,) = parsed("coverage en Harbour Post 2026-03-04:\n  One.\n\n  Two.\narticle id:\n  Tiga.")
    (coverage,) = example.coverage
    assert (coverage.outlet, str(coverage.published), coverage.text) == (
        "Harbour Post",
        "2026-03-04",
        "One.\n\nTwo.",
    )
    assert example.article == Document("id", "Tiga.")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('source en A: "x"\nquot en A: "x"', 5),
        ('quote en A: "x"', 3),
        ('source en A: "x"\nquote en A: "x"\narticle en:\n  x', 3),
        ("coverage en Post 2026-03-04:\n  x", 3),
    ],
)
def test_a_malformed_example_is_an_error_with_its_line(body: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        list(parsed(body))
    assert caught.value.line == line
    assert caught.value.remedy


def test_an_example_without_an_end_is_an_error() -> None:
    with pytest.raises(InputError, match="no end"):
        list(parse_examples('```example accepted\nquote en A: "x"', RULES[0]))

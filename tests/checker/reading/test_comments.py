"""Comments addressed to misquote: found in Markdown and HTML, with the paragraph they count for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.quotations import extract
from checker.reading import read_file
from checker.reading.comments import comment_spans, markdown_comments, web_comments
from checker.types import Article

NOTE = '<!-- misquote: ignore MQ111 -- seen by "the desk" -->'
ONE = "“We will not raise the fares next year,” Ratna Dewi said."
TWO = "“The bridge opens on Monday morning,” said Tomas Wilder."


def read(folder: Path, text: str, name: str = "a.md") -> Article:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    [article] = read_file(path, language="en")
    return article


def paragraphs(article: Article) -> list[str | None]:
    return [c.paragraph.of(article.text).strip() if c.paragraph else None for c in article.comments]


@pytest.mark.parametrize(
    ("text", "lines", "covered"),
    [
        (f"{NOTE}\n\n{ONE}\n\n{TWO}\n", [1], [ONE]),
        (f"{ONE}\n\n{NOTE}\n{TWO}\n", [3], [TWO]),
        (f"{ONE}\n\n{NOTE} {TWO}\n", [3], [f"{NOTE} {TWO}"]),
        (f"{ONE} {NOTE}\n\n{TWO}\n", [1], [f"{ONE} {NOTE}"]),
        (f"{ONE}\n{NOTE}\n{TWO}\n", [2], [TWO]),
        (f"{ONE}\n\n{NOTE}\n", [3], [None]),
        (f"{NOTE}\n\n{NOTE}\n\n{ONE}\n", [1, 3], [ONE, ONE]),
        (f"{ONE}\r\n\r\n{NOTE}\r\n\r\n{TWO}\r\n", [3], [TWO]),
        (f"---\ntitle: x\n---\n\n{NOTE}\n\n{ONE}\n", [5], [ONE]),
        (f"<!-- misquote: ignore MQ111\n  -- over\n\n  lines -->\n{ONE}\n", [1], [ONE]),
        (f"```\n{NOTE}\n```\n\n{ONE}\n", [], []),
        (f"<!-- a remark: misquote: x -->\n{ONE}\n", [], []),
        (f"<!-- misquote: ignore MQ111 -- never closed\n\n{ONE}\n", [], []),
    ],
)
def test_comments_of_markdown(tmp_path: Path, text: str, lines: list[int], covered: list[str | None]) -> None:
    article = read(tmp_path, text)
    assert [comment.line for comment in article.comments] == lines
    assert paragraphs(article) == covered


def test_what_a_comment_says_is_on_one_line(tmp_path: Path) -> None:
    article = read(tmp_path, f"<!--MISQUOTE:\n ignore MQ111,\n MQ112 -- why  not -->\n{ONE}\n")
    assert article.comments[0].text == "ignore MQ111, MQ112 -- why not"


def test_nothing_is_quoted_from_a_comment(tmp_path: Path) -> None:
    article = read(tmp_path, f"{ONE}\n\n{NOTE}\n{TWO}\n")
    found = [quotation.text for quotation in extract(article).quotations]
    assert len(found) == 2
    assert not any("desk" in text for text in found)


def page(body: str) -> str:
    return f"<!doctype html><html lang='en'><head><title>Fares and bridges</title></head><body><article>{body}</article></body></html>"


FILLER = "<p>The ministry met the operators on Friday and spoke with them about the coming year.</p>"


@pytest.mark.parametrize(
    "body",
    [
        f"{FILLER}<p>{ONE}</p>\n{NOTE}\n<p>{TWO}</p>",
        f"{FILLER}<p>{ONE}</p><p>{NOTE}{TWO}</p>",
        f"{FILLER}<p>{ONE}</p><p>{TWO} {NOTE}</p>",
        f"{FILLER}<p>{ONE}</p>{NOTE}<div><p><em>{TWO[:10]}</em>{TWO[10:]}</p></div>",
    ],
)
def test_comments_of_a_web_page(tmp_path: Path, body: str) -> None:
    article = read(tmp_path, page(body), "a.html")
    assert paragraphs(article) == [TWO]
    assert article.comments[0].text == 'ignore MQ111 -- seen by "the desk"'


def test_a_comment_of_a_web_page_names_the_line_of_the_file(tmp_path: Path) -> None:
    article = read(tmp_path, page(f"\n\n{FILLER}\n{NOTE}\n<p>{ONE}</p>\n"), "a.html")
    assert [comment.line for comment in article.comments] == [4]


def test_a_page_without_comments_to_us_is_not_parsed_again() -> None:
    assert web_comments("<!-- x --><p>misquote: y</p>", ["misquote: y"]) == ()


@given(st.text(alphabet="<!->misquote: aA\n\r\t“”", max_size=300))
def test_any_text_gives_paragraphs_inside_it(text: str) -> None:
    for comment in markdown_comments(text, 0, ()):
        assert comment.line >= 1
        if comment.paragraph is not None:
            assert 0 <= comment.paragraph.start < comment.paragraph.end <= len(text)
    for span in comment_spans(text):
        assert span.of(text).startswith("<!--")
        assert span.of(text).endswith("-->")


def test_hostile_text_takes_linear_time() -> None:
    text = "<!--" * 200_000 + "-->" + f"{NOTE}\n" * 2_000
    assert len(markdown_comments(text, 0, ())) == 1000

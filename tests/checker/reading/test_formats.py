import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import InputError, LanguageError
from checker.reading import read_coverage, read_file, read_paths, read_text
from checker.reading.formats import SUFFIXES, read_bytes
from checker.types import Article, Problem

MARKDOWN = """---
title: "Jembatan “Karlo” dibuka"
date: 2024-03-05
lang: id-ID
publisher:
  name: Harian Dermaga
canonical: https://dermaga.example/jembatan
---

# Jembatan “Karlo” dibuka

“Kami siap,” kata [Tavo Rinn](https://x.example/rinn "profil “Rinn”").

![Foto: “jembatan”](a.jpg "b")

```
"bukan kutipan"
```
"""

HTML = """<!doctype html><html lang="en-US"><head><meta charset="utf-8"><title>Bridge opens - Harbour Daily</title>
<meta property="og:site_name" content="Harbour Daily">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Bridge opens</h1><p>By Lena Ortmann</p>
<p>The bridge at Karlo Point opened on Tuesday after eleven days of repairs.</p>
<blockquote><p>“We did not win everything,” said <b>Tavo <i>Rinn</i></b>, “but we won the spring.”</p></blockquote>
<p>Read more: “Chaos at the quay”</p><p>The talks had been “honest<br>and hard”, she added.</p></article>
<footer>Copyright 2024 Harbour Daily</footer></body></html>"""


def parse(data, suffix, **options):
    raw = data.encode() if isinstance(data, str) else data
    options = {"shown": f"a{suffix}", "language": None, "need_id": False} | options
    return list(read_bytes(raw, suffix, **options))


def test_plain_text_is_kept_character_for_character(tmp_path):
    text = "Judul\r\n\r\n“Kami siap,”\tkata Rinn.\r\n\x0b\u202eakhir  \n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    (article,) = read_file(path)
    assert article.text == text
    assert article.title == "Judul"
    assert article.path == path.as_posix()


def test_markdown_front_matter_is_metadata_and_furniture():
    (article,) = parse(MARKDOWN, ".md")
    assert article.text == MARKDOWN
    assert (article.title, article.language, article.published) == (
        "Jembatan “Karlo” dibuka",
        "id",
        date(2024, 3, 5),
    )
    assert (article.outlet, article.url) == ("Harian Dermaga", "https://dermaga.example/jembatan")
    covered = [s.of(MARKDOWN) for s in article.furniture]
    assert covered[0].startswith("---\ntitle")
    assert covered[0].endswith("\n---")
    assert any('"profil' in c for c in covered)
    assert any("bukan kutipan" in c for c in covered)
    assert not any("Kami siap" in c for c in covered)


def test_toml_front_matter_and_windows_line_ends():
    text = '+++\r\ntitle = "Bridge"\r\ndate = 2024-03-05\r\n+++\r\nThe bridge is open, he said.\r\n'
    (article,) = parse(text, ".md")
    assert (article.title, article.published, article.text) == ("Bridge", date(2024, 3, 5), text)
    yaml = text.replace("+++", "---").replace(" =", ":").replace("date: ", "date: ")
    assert parse(yaml, ".md")[0].title == "Bridge"


def test_a_rule_at_the_start_is_not_front_matter():
    text = "---\n\nThe bridge is open.\n\n---\n\nHe said so.\n"
    assert parse(text, ".md")[0].furniture == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('---\ntitle: "a: b\n---\nText.\n', "YAML"),
        ("---\ntitle: &a [*a\n---\nText.\n", "YAML"),
        ("+++\ntitle = \n+++\nText.\n", "TOML"),
        ("---\ntitle: Only front matter\n---\n\n", "no text"),
    ],
)
def test_bad_front_matter(text, words):
    with pytest.raises(InputError, match=words):
        parse(text, ".md")


def test_a_language_that_is_none_in_front_matter():
    with pytest.raises(LanguageError):
        parse("---\nlang: klingon\n---\nText.\n", ".md")


def test_front_matter_cannot_blow_up():
    bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
    )
    assert parse(bomb + "title: T\n---\nText.\n", ".md")[0].title == "T"
    with pytest.raises(InputError):
        parse("---\na: " + "[" * 20_000 + "\n---\nText.\n", ".md")


def test_a_web_page_becomes_paragraphs():
    (article,) = parse(HTML, ".html")
    assert (article.title, article.outlet, article.published) == (
        "Bridge opens",
        "Harbour Daily",
        date(2024, 3, 5),
    )
    assert article.language == "en"
    paragraphs = article.text.split("\n\n")
    assert "“We did not win everything,” said Tavo Rinn, “but we won the spring.”" in paragraphs
    assert "The talks had been “honest\nand hard”, she added." in paragraphs
    assert not any("Home" in p for p in paragraphs)
    assert "Read more: “Chaos at the quay”" in [s.of(article.text) for s in article.furniture]


def test_the_language_of_a_page_template_does_not_overrule_the_text():
    page = (
        HTML.replace(
            "The bridge at Karlo Point opened on Tuesday after eleven days of repairs.",
            "Gubernur mengatakan bahwa jembatan itu akan dibuka karena perbaikan sudah selesai dan warga menunggu. "
            * 3,
        )
        .replace("We did not win everything", "Kami tidak menunda lagi")
        .replace("but we won the spring", "itu janji kami")
    )
    assert parse(page, ".html")[0].language == "id"


def test_a_declared_charset_is_used():
    page = '<html><head><meta charset="gb2312"></head><body><p>部长说：“我们不能再等了。”</p></body></html>'
    assert "我们不能再等了" in parse(page.encode("gb2312"), ".html")[0].text


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html></html>", "<p></p>"])
def test_a_page_without_text(page):
    with pytest.raises(InputError):
        parse(page, ".html")


def test_records(tmp_path):
    record = {
        "id": 7,
        "url": "https://x.example",
        "outlet": "Wire",
        "published": "2024-03-05T08:00:00+07:00",
        "language": "id",
        "title": "Jembatan",
        "text": "“Kami siap,” kata Rinn.",
    }
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(record) + "\n\n", encoding="utf-8")
    (article,) = read_coverage([str(path)])
    assert isinstance(article, Article)
    assert (article.id, article.outlet, article.title, article.language) == ("7", "Wire", "Jembatan", "id")
    assert (article.published, article.url, article.text) == (
        date(2024, 3, 5),
        "https://x.example",
        record["text"],
    )


GOOD = '{"id": "ok", "text": "The bridge is open."}'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "No id."}', "no id"),
        ('{"id": " ", "text": "No id."}', "no id"),
        ('{"id": "a"}', "no text"),
        ('{"id": "a", "text": "  "}', "no text"),
        ('{"id": "a", "text": 5}', "text"),
        ('{"id": ["a"], "text": "x"}', "id is neither"),
        ('["id", "text"]', "not a JSON object"),
        ('{"id": "a", "text": ', "not valid JSON"),
        ('{"id": "a", "text": "x", "published": "soon"}', "no date"),
        ('{"id": "a", "text": "x", "language": "klingon"}', "unknown language"),
        ('{"id": "a", "text": "x", "outlet": 5}', "outlet"),
        ("[" * 100_000, "JSON"),
        ('{"id": ' + "9" * 5000 + ', "text": "x"}', "JSON"),
    ],
)
def test_a_bad_record_is_reported_with_its_line_and_the_rest_go_in(line, reason):
    items = parse(f"{GOOD}\n{line}\n{GOOD.replace('ok', 'ok2')}", ".jsonl", need_id=True)
    assert [i.id for i in items if isinstance(i, Article)] == ["ok", "ok2"]
    (problem,) = [i for i in items if isinstance(i, Problem)]
    assert problem.line == 2
    assert reason in problem.message
    assert problem.remedy


def test_a_line_in_another_encoding_and_one_that_is_too_long(monkeypatch):
    monkeypatch.setattr("checker.reading.records.MAX_LINE", 1000)
    long = '{"id": "long", "text": "' + "x" * 5000 + '"}'
    data = (
        f"\ufeff{GOOD}\n{long}\n".encode()
        + '{"id": "b", "text": "naïve"}\n'.encode("latin-1")
        + GOOD.encode()
    )
    items = parse(data, ".jsonl")
    assert [type(i).__name__ for i in items] == ["Article", "Problem", "Problem", "Article"]
    assert [i.line for i in items if isinstance(i, Problem)] == [2, 3]


def test_json_arrays_objects_and_misnamed_lines():
    assert [a.id for a in parse(f"[{GOOD}, {GOOD.replace('ok', 'b')}]", ".json")] == ["ok", "b"]
    assert [a.id for a in parse(json.dumps(json.loads(GOOD), indent=2), ".json")] == ["ok"]
    assert [a.id for a in parse(f'{{"articles": [{GOOD}]}}', ".json")] == ["ok"]
    assert [a.id for a in parse(f"{GOOD}\n{GOOD}\n", ".json")] == ["ok", "ok"]
    good, bad = parse(f'[{GOOD}, {{"id": "x"}}]', ".json")
    assert isinstance(good, Article)
    assert bad.message.startswith("record 2:")


@pytest.mark.parametrize("data", ["{", "3", "[]", '"text"', "null"])
def test_json_that_holds_no_record(data):
    with pytest.raises(InputError):
        parse(data, ".json")


def test_lone_surrogates_never_reach_the_text():
    (article,) = parse(
        '{"id": "\\ud800", "title": "t\\udfff", "text": "a \\ud83d b \\ud83d\\ude00"}', ".jsonl"
    )
    assert article.text == "a \ufffd b \U0001f600"
    assert article.id == "\ufffd"
    assert read_text("x \ud800").text == "x \ufffd"


def test_a_binary_file_named_jsonl_is_one_problem(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\x1f\x8b\x08\x00\n" * 50)
    result = read_paths([str(path)])
    assert len(result.problems) == 1
    assert "compressed" in result.problems[0].message


def test_unreadable_and_missing_files(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        read_file(tmp_path / "a.txt")
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path)


def test_a_record_problem_in_read_file_is_an_error_with_its_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(f"{GOOD}\nnot json\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert caught.value.line == 2


HOSTILE = [
    "---\n",
    "lang: id\n",
    "<html>",
    "<p>",
    "“",
    '{"id":"a","text":"',
    '"}\n',
    "\x00",
    "\ud800",
    "[",
    "\u202e",
    "![",
    "](",
]


@given(
    st.sampled_from(["", *sorted(SUFFIXES - {".html", ".htm", ".xhtml"})]),
    st.binary(max_size=200)
    | st.lists(st.sampled_from(HOSTILE), max_size=20).map(
        lambda p: "".join(p).encode("utf-8", "surrogatepass")
    ),
)
def test_no_input_raises_anything_but_our_errors(suffix, data):
    try:
        items = parse(data, suffix)
    except (InputError, LanguageError):
        return
    for item in items:
        if isinstance(item, Article):
            assert item.text.strip()
            assert all(0 <= s.start < s.end <= len(item.text) for s in item.furniture)
            item.text.encode("utf-8")


@pytest.mark.parametrize(
    "page",
    ["<html>" + "<div>" * 3000 + "<p>Deep.", "<html>\x01<p>&#xD800;&#0;“a”", "<html><p>" + "<b" * 5000],
)
def test_odd_pages_end_in_an_article_or_an_input_error(page):
    try:
        (article,) = parse(page, ".html")
    except InputError:
        return
    article.text.encode("utf-8")


def test_the_path_is_shown_as_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("The bridge is open.", encoding="utf-8")
    assert read_paths(["a.txt"]).articles[0].path == "a.txt"

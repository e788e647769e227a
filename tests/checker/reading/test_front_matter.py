"""Where the title of a Markdown file's front matter stands, and which titles are left out."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import InputError
from checker.reading.formats import read_bytes
from checker.reading.front_matter import front_matter
from checker.types import Article

BODY = "\nPORT MALLEN - The ferry stayed in the harbour on Tuesday.\n"
SAID = '"We will not sail," says harbour master'


def read(matter: str, fence: str = "---", breaks: str = "\n") -> Article:
    text = f"{fence}\n{matter}\n{fence}\n{BODY}".replace("\n", breaks)
    [article] = read_bytes(text.encode(), ".md", shown="a.md", language="en", need_id=False)
    assert isinstance(article, Article)
    return article


def title_in(article: Article) -> str | None:
    return None if article.title_span is None else article.title_span.of(article.text)


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("matter", "words"),
    [
        ("title: Ferry returns", "Ferry returns"),
        ('title: "Ferry returns"', "Ferry returns"),
        ("title: Master says “we wait” # not yet", "Master says “we wait”"),
        (f"lang: en\ntitle:   '{SAID}'\ndate: 2024-03-05", SAID),
        (f"lang: en\n\"title\": '{SAID}'", SAID),
        (f"Headline: '{SAID}'", SAID),
        (f"title: >-\n  {SAID}\nlang: en", SAID),
        (f"title: |  # as it is\n  {SAID}", SAID),
        (f"a: &t\n  title: '{SAID}'\n<<: *t", SAID),
        ("title: '“We wait” and “we do not sail” are\n  words of the master'", None),
        ("title: “We wait”\n  says master", None),
        ('title: " “We wait”\n  says master "', None),
        ("title: >\n  “We wait”\n  says master\n\n", None),
    ],
)
def test_a_title_of_yaml_is_found_without_its_quotes(matter: str, words: str | None, breaks: str) -> None:
    article = read(matter, breaks=breaks)
    found = title_in(article)
    assert found is not None
    assert " ".join(found.split()) == article.title
    assert words in (None, found)


def test_an_escaped_mark_is_left_in_the_file_and_its_place_is_right() -> None:
    article = read('title: "\\"We will not sail,\\" says harbour master"')
    assert article.title == SAID
    assert title_in(article) == '\\"We will not sail,\\" says harbour master'


@pytest.mark.parametrize(
    "matter",
    [
        "title: 'Master: \"We won''t sail\"'",
        "title: '''We wait'', says master'",
        'title: "\\u201cWe wait\\u201d, says master"',
        'title: "Master:\\t“We wait” at the caf\\xe9"',
        'title: "Master: \\"We\\x20wait\\""',
        'title: "Master: \\\\\\"We wait\\\\\\""',
        'title: "Master: “We \\\n  wait”"',
        "title: !!str '“We wait”, says master'",
        "title: ['“We wait”, says master']",
        "title: ''",
        "title:\n'': “We wait”, says master",
        "description: '“We wait”, says master'",
        "site:\n  title: '“We wait”, says master'",
        f"title: '“{'We wait ' * 200}”'",
    ],
)
def test_a_title_that_the_file_writes_otherwise_is_left_out(matter: str) -> None:
    assert read(matter).title_span is None


def test_of_two_titles_the_one_that_counts_is_found() -> None:
    article = read("headline: “We wait”\ntitle: Ferry waits\nTitle: Ferry still waits")
    assert (article.title, title_in(article)) == ("Ferry still waits", "Ferry still waits")
    assert title_in(read("title:\nheadline: “We wait”")) == "“We wait”"
    assert title_in(read("title: [a]\nheadline: “We wait”")) is None


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("matter", "words"),
    [
        (f"title = '{SAID}' # it's so", SAID),
        ('title = "Ferry returns"', "Ferry returns"),
        ('lang = "en"\n  "headline"= "Master: \\"We wait\\""', 'Master: \\"We wait\\"'),
        ('title = """Master: "We wait" now"""', 'Master: "We wait" now'),
        ("title = '''Master: 'We wait' now'''", "Master: 'We wait' now"),
        ('title = "“We wait”"\n[params]\ntitle = "“We wait”"', "“We wait”"),
        ('[params]\ntitle = "“We wait”"', None),
        ('title = "\\u201cWe wait\\u201d"', None),
        ('title = "Master:\\t“We wait”"', None),
        ('title = """\n“We wait”"""', None),
        ("title = 7", None),
    ],
)
def test_a_title_of_toml(matter: str, words: str | None, breaks: str) -> None:
    article = read(matter, "+++", breaks)
    assert title_in(article) == words
    assert article.title_span is None or article.title_span.end < article.text.index("PORT")


PIECES = [
    "title",
    ": ",
    " = ",
    "'",
    "''",
    '"',
    '\\"',
    '"""',
    "“we”",
    "\n",
    "\r\n",
    ">-",
    "|",
    "  ",
    "&a ",
    "*a",
]


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join),
    st.sampled_from(["---", "+++"]),
)
def test_odd_front_matter_is_refused_or_its_words_are_where_they_are_said_to_be(raw: str, fence: str) -> None:
    text = f"{fence}\ntitle{':' if fence == '---' else '='} {raw}\n{fence}\nWe wait.\n"
    try:
        found = front_matter(text)
    except InputError:
        return
    span = found.places.get("title")
    if span is not None:
        assert 0 < span.start < span.end <= found.end
        words = span.of(text).replace('\\"', '"').split()
        assert words == str(found.fields["title"]).replace('\\"', '"').split()


@pytest.mark.parametrize(
    "matter",
    [
        "title: >\n" + "  a\n" * 15_000,
        "title: “a”\n" * 5_000,
        "title: " + "'" * 60_000,
        "title: '" + "''" * 30_000 + "'",
        'title: "' + '\\"' * 30_000 + '"',
        "title: x\n" + " " * 60_000,
    ],
)
def test_hostile_front_matter_is_read_in_linear_time(matter: str) -> None:
    for fence, raw in (("---", matter), ("+++", matter.replace(": ", " = "))):
        started = time.perf_counter()
        with suppress(InputError):
            front_matter(f"{fence}\n{raw}\n{fence}\n{BODY}")
        assert time.perf_counter() - started < 4

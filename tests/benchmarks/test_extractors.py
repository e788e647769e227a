"""The comparison of extractors: the simple rules, the protocol with another Python, and the count."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.extractor_tools import Word, forms_of, stand_in, subject_of
from benchmarks.extractors import (
    Gold,
    Reading,
    compare,
    count,
    misquote,
    own_sets,
    public_sets,
    read_here,
    read_there,
    regex_rules,
    table,
    toggle,
)
from checker.types import Article

TEXT = "“The ferry is late again,” said Alma Reyes. The “new” ferry sank. He said: “We will wait for rain.”"


def article(text: str, language: str = "en") -> Article:
    return Article(id="a", text=text, language=language)


def gold(text: str, *quotations: tuple[str, str, str], language: str = "en") -> Gold:
    found = []
    for words, kind, speaker in quotations:
        start = text.index(words)
        found.append(([[start, start + len(words)]], kind, {"speaker": speaker, "speaker_mention": speaker}))
    return Gold(article(text, language), tuple(found))


LATE = gold(
    TEXT,
    ("The ferry is late again", "direct", "Alma Reyes"),
    ("We will wait for rain", "direct", "Alma Reyes"),
)


def test_toggling_takes_everything_between_two_marks() -> None:
    assert [q.text for q in toggle(article(TEXT))] == [
        "The ferry is late again,",
        "new",
        "We will wait for rain.",
    ]
    assert [q.text for q in toggle(article('A 5" pipe. “Yes,” he said.'))] == [" pipe. "]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", TEXT, [("The ferry is late again,", "Alma Reyes"), ("We will wait for rain.", "he")]),
        ("id", "“Kami menunggu hujan turun,” kata Dimas.", [("Kami menunggu hujan turun,", "Dimas")]),
        ("en", "The film “The Rain Fell All Day” was shown.", []),
        ("ta", "“The ferry is late again,” Alma.", []),
    ],
)
def test_the_regular_expression_wants_a_verb_and_a_name(
    language: str, text: str, found: list[tuple[str, str]]
) -> None:
    made = regex_rules(article(text, language))
    assert [(q.text, q.speaker and q.speaker.name.replace("He", "he")) for q in made] == found


def test_all_tools_are_counted_by_the_same_lines() -> None:
    good = count("misquote", [LATE], read_here(misquote, [LATE]))
    assert (good.score.exact, good.score.gold, good.lost) == (2, 2, 0)
    assert good.score.exact_f1 == 100
    toggled = count("toggle", [LATE], read_here(toggle, [LATE]))
    assert (toggled.score.exact, toggled.score.found, toggled.score.right) == (2, 3, 0)
    assert toggled.score.speakers == 2
    nothing = count("lost", [LATE], [Reading((), 0.0, "ValueError: odd")])
    assert (nothing.lost, nothing.score.exact_f1) == (1, 0)
    lines = table([good, toggled, nothing]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert [line.count("|") for line in lines] == [9] * 5


def test_the_projects_own_articles_are_read() -> None:
    sets = dict(own_sets())
    assert sum(len(golds) for golds in sets.values()) >= 150
    english = sets["own articles, en"][:2]
    assert count("misquote", english, read_here(misquote, english)).score.exact > 0


def test_without_the_public_sets_and_the_others_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(public_sets(tmp_path, "second")) == []
    assert "pfsa-dev.id.jsonl.xz is not in" in capsys.readouterr().out
    compare("a set", [LATE], sys.executable, "no_such_model")
    said = capsys.readouterr().out
    assert "| misquote" in said
    assert "| regex" in said
    if "| textacy" not in said:
        assert "textacy is not installed there" in said


TOOL = """
import json, sys
rows = [json.loads(line) for line in sys.stdin]
if sys.argv[1] == "broken":
    sys.exit("it broke")
print(json.dumps({"setup": sys.argv[1] + " with " + sys.argv[2]}))
for row in rows:
    lost = "?" in row["text"]
    found = [] if lost else [[0, 3, None]]
    print(json.dumps({"quotations": found, "seconds": 0.5, "error": "odd" if lost else None}))
"""


def test_a_tool_of_another_python_answers_line_by_line(tmp_path: Path) -> None:
    script = tmp_path / "tool.py"
    script.write_text(TOOL, encoding="utf-8")
    golds = [gold("Yes, she said.", ("Yes", "direct", "she")), gold("No?")]
    said, readings = read_there(sys.executable, "other", "model", golds, script)
    assert said == "other with model"
    assert readings is not None
    result = count("other", golds, readings)
    assert (result.score.exact, result.lost, result.seconds) == (1, 1, 1.0)
    assert read_there(sys.executable, "broken", "model", golds, script) == ("broken failed: it broke", None)


def test_the_stand_in_names_the_nearest_subject() -> None:
    forms = forms_of(["say", "deny", "tell", "admit"])
    assert {forms[f] for f in ("said", "says", "saying")} == {"say"}
    assert (forms["denied"], forms["told"], forms["admitted"]) == ("deny", "tell", "admit")
    text = [
        "“",
        "We",
        "wait",
        "”",
        ",",
        "said",
        "Alma",
        "Reyes",
        ".",
        "She",
        "denied",
        "it",
        ".",
        "Rain",
        "said",
        "Mud",
    ]
    opens = (0, 9, 13)
    words = [Word(w, w in "“”", i in opens) for i, w in enumerate(text)]
    parse = stand_in(words, forms)
    verb = text.index("said")
    assert parse.parts[verb] == "VERB"
    assert parse.lemmas[verb] == "say"
    assert (parse.heads[7], parse.dependencies[7]) == (verb, "nsubj")
    assert (parse.heads[6], parse.dependencies[6]) == (7, "compound")
    assert (parse.heads[9], parse.dependencies[9], parse.dependencies[10]) == (10, "nsubj", "ROOT")
    assert parse.dependencies[1] == "dep"  # words in marks are nobody's subject
    assert subject_of([Word("said", opens=True)], 0, [True]) is None

from pathlib import Path

import pytest

from checker.errors import LanguageError
from checker.reading import read_coverage, read_paths
from checker.types import Problem

TEXT = "The ferry will sail again on Monday, the harbour master said.\n"


def write(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(paths, root):
    result = read_paths([str(p) for p in paths])
    return [Path(a.path).relative_to(root).as_posix() for a in result.articles], result.problems


def test_a_folder_is_walked_in_a_fixed_order_without_hidden_and_foreign_files(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.html", ".git/d.txt", "sub/.hidden.txt", "e.py", "f.png"):
        write(
            tmp_path / name,
            TEXT if not name.endswith("html") else f"<html><body><p>{TEXT * 4}</p></body></html>",
        )
    found, problems = names([tmp_path], tmp_path)
    assert found == ["a.md", "b.txt", "sub/c.html"]
    assert problems == ()


def test_ignore_files_work_like_gitignore(tmp_path):
    for name in ("keep.txt", "draft-1.txt", "drafts/x.txt", "sub/keep.txt", "sub/no.txt", "sub/deep/no.txt"):
        write(tmp_path / name)
    write(tmp_path / "draft-final.txt")
    write(tmp_path / ".misquoteignore", "# drafts\ndraft-*\n!draft-final.txt\ndrafts/\n")
    write(tmp_path / "sub/.misquoteignore", "/no.txt\n")
    found, _ = names([tmp_path], tmp_path)
    assert found == ["draft-final.txt", "keep.txt", "sub/keep.txt", "sub/deep/no.txt"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "x/c.txt", "x/y/d.txt"]),
        ("x/**", ["x/c.txt", "x/y/d.txt"]),
        ("[a]*", ["a.txt"]),
        ("x/*/d.t?t", ["x/y/d.txt"]),
    ],
)
def test_patterns(tmp_path, pattern, expected):
    for name in ("a.txt", "b.txt", "x/c.txt", "x/y/d.txt", ".h/e.txt"):
        write(tmp_path / name)
    found, problems = names([tmp_path / pattern], tmp_path)
    assert found == expected
    assert problems == ()


def test_a_file_named_like_a_pattern_is_the_file(tmp_path):
    write(tmp_path / "[id].txt")
    write(tmp_path / "i.txt")
    assert names([tmp_path / "[id].txt"], tmp_path)[0] == ["[id].txt"]


def test_each_file_is_read_once_and_bad_arguments_lose_nothing(tmp_path):
    good = write(tmp_path / "good.txt")
    (tmp_path / "empty").mkdir()
    arguments = [
        tmp_path / "nope.txt",
        good,
        tmp_path / "*.rst",
        tmp_path / "empty",
        tmp_path / "*.txt",
        good,
    ]
    found, problems = names(arguments, tmp_path)
    assert found == ["good.txt"]
    assert [p.path for p in problems] == [str(arguments[0]), str(arguments[2]), str(arguments[3])]
    assert all(p.remedy and p.path in p.message for p in problems)


def test_links_lead_neither_round_nor_out(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    write(inside / "a.txt")
    write(outside / "secret.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "away").symlink_to(outside)
    (inside / "linked.txt").symlink_to(outside / "secret.txt")
    assert names([inside], inside)[0] == ["a.txt"]
    assert names([inside / "**" / "*.txt"], inside)[0] == ["a.txt", "linked.txt"]


def test_a_dangling_link_is_named(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    (problem,) = read_paths([str(tmp_path / "a.txt")]).problems
    assert "link" in problem.message


def test_stdin_is_read_by_what_it_looks_like():
    def given(data):
        return read_paths(["-"], stdin=lambda: data.encode()).articles

    assert given(TEXT)[0].text == TEXT
    assert given('{"id": "r1", "text": "One."}\n{"id": "r2", "text": "Two."}\n')[1].id == "r2"
    assert given("---\ntitle: Ferry\nlang: en\n---\nIt sails.\n")[0].title == "Ferry"
    assert "sails" in given("<!DOCTYPE html><html><body><p>The ferry sails.</p></body></html>")[0].text


def test_stdin_that_is_empty_or_missing_is_a_problem():
    assert "empty" in read_paths(["-"], stdin=lambda: b"").problems[0].message
    assert read_paths(["-"]).problems[0].path == "-"


def test_an_unknown_language_is_an_error_with_the_known_ones(tmp_path):
    with pytest.raises(LanguageError) as caught:
        read_paths([str(write(tmp_path / "a.txt"))], language="klingon")
    assert "id" in caught.value.remedy


def test_the_given_language_wins(tmp_path):
    path = write(tmp_path / "a.md", "---\nlang: en\n---\n" + TEXT)
    assert read_paths([str(path)], language="ms").articles[0].language == "ms"


def test_coverage_takes_every_format(tmp_path):
    write(tmp_path / "a.txt")
    write(tmp_path / "b.jsonl", '{"id": "r", "text": "The ferry sails."}\n{"text": "No id."}\n')
    items = list(read_coverage([str(tmp_path)]))
    assert [i.id for i in items if not isinstance(i, Problem)][1:] == ["r"]
    (problem,) = [i for i in items if isinstance(i, Problem)]
    assert problem.line == 2
    assert "id" in problem.message


def test_ids_do_not_depend_on_where_the_file_is(tmp_path):
    one, two = write(tmp_path / "x" / "a.txt"), write(tmp_path / "y" / "a.txt")
    ids = {a.id for a in read_paths([str(one), str(two)]).articles}
    assert len(ids) == 1
    two.write_text(TEXT + "More.", encoding="utf-8")
    assert read_paths([str(two)]).articles[0].id not in ids

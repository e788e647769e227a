"""``check --against``: which original each translation is held against, and what stands in the way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from .conftest import BRIDGE, CHANGED, FAITHFUL, FARES, Run, write_lines

ORIGINAL = CHANGED.replace("akan menaikkan", "tidak akan menaikkan")
"""What ``CHANGED`` should have said."""
assert FARES in ORIGINAL


def write(path: Path, text: str, **front: object) -> Path:
    """A text with front matter, in a folder that is made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in front.items())
    path.write_text(f"---\n{head}---\n\n{text}" if head else text, encoding="utf-8")
    return path


@pytest.fixture
def site(desk: Path) -> Path:
    """A changed and a faithful translation of two originals, and no index at all.

    Each original alone would leave the other translation unverified.
    """
    shutil.rmtree(desk / ".misquote")
    write(desk / "content/id/news/fares.md", CHANGED)
    write(desk / "content/id/bridge.md", FAITHFUL)
    write(desk / "content/asli/news/fares.md", ORIGINAL)
    write(desk / "content/asli/bridge.md", FAITHFUL)
    return desk


def verdicts(report: dict[str, Any]) -> dict[str, list[str]]:
    return {one["path"]: [q["verdict"] for q in one["quotations"]] for one in report["articles"]}


def originals(report: dict[str, Any]) -> dict[str, list[str]]:
    return {one["path"]: one["originals"] for one in report["articles"]}


MIRRORED = {
    "content/id/bridge.md": ["content/asli/bridge.md"],
    "content/id/news/fares.md": ["content/asli/news/fares.md"],
}


@pytest.mark.parametrize(
    ("paths", "against"),
    [
        (["content/id"], "content/asli"),
        (["content/id"], "content/asli/"),
        (["content/id"], "content/asli/{path}"),
        (["content/id/news/fares.md", "content/id/bridge.md"], "content/asli"),
        (["content/id/**/*.md"], "content/asli/{path}"),
        (["content/id"], "content/asli/**/{name}"),
    ],
)
def test_each_translation_has_its_own_original(
    site: Path, misquote: Run, paths: list[str], against: str
) -> None:
    ran = misquote("check", *paths, "--against", against, "-f", "json")
    assert ran.status == 1
    assert originals(ran.json) == MIRRORED
    assert verdicts(ran.json) == {
        "content/id/bridge.md": ["consistent"],
        "content/id/news/fares.md": ["flagged"],
    }
    assert [finding["rule"] for finding in ran.json["findings"]] == ["MQ102"]  # type: ignore[index, attr-defined]


def test_another_original_does_not_vouch(site: Path, misquote: Run) -> None:
    """The words stand in the original of another article, which is not where they were translated from."""
    write(site / "content/id/bridge.md", ORIGINAL)
    ran = misquote("check", "content/id", "--against", "content/asli", "-f", "json")
    assert verdicts(ran.json)["content/id/bridge.md"] == ["unverified"]


def test_the_folder_of_the_command_line_counts_where_the_trees_lie_apart(site: Path, misquote: Run) -> None:
    (site / "work/out").mkdir(parents=True)
    (site / "content/id").rename(site / "work/out/id")
    ran = misquote("check", "work/out/id", "--against", "content/asli", "-f", "json")
    assert originals(ran.json) == {
        "work/out/id/bridge.md": ["content/asli/bridge.md"],
        "work/out/id/news/fares.md": ["content/asli/news/fares.md"],
    }


@pytest.mark.parametrize("against", ["{stem}.en.md", "{dir}/{stem}.en.md", "bulletins/{stem}.en.md"])
def test_originals_beside_their_translations(site: Path, misquote: Run, against: str) -> None:
    for language, text in (("id", CHANGED), ("ms", ORIGINAL), ("en", ORIGINAL)):
        write(site / f"bulletins/fares.{language}.md", text)
    ran = misquote("check", "bulletins", "--against", against, "-f", "json")
    assert originals(ran.json) == {
        "bulletins/fares.id.md": ["bulletins/fares.en.md"],
        "bulletins/fares.ms.md": ["bulletins/fares.en.md"],
    }
    assert ran.err.startswith("note: bulletins/fares.en.md is itself an original")


def test_a_translation_is_not_taken_for_its_own_original(site: Path, misquote: Run) -> None:
    write(site / "bulletins/fares.id.md", CHANGED)
    ran = misquote("check", "bulletins", "--against", "{stem}.md")
    assert ran.status == 2
    assert "no original was found for it; looked for bulletins/fares.md" in ran.err


def test_an_original_with_another_ending(site: Path, misquote: Run) -> None:
    (site / "content/asli/bridge.md").rename(site / "content/asli/bridge.txt")
    ran = misquote("check", "content/id", "--against", "content/asli", "-f", "json")
    assert originals(ran.json)["content/id/bridge.md"] == ["content/asli/bridge.txt"]
    shutil.copy(site / "content/asli/bridge.txt", site / "content/asli/bridge.html")
    ran = misquote("check", "content/id", "--against", "content/asli", "-f", "json")
    assert "content/id/bridge.md" not in originals(ran.json)
    assert ran.status == 2


def test_a_missing_original_is_no_pass_and_the_others_are_checked(site: Path, misquote: Run) -> None:
    (site / "content/asli/bridge.md").unlink()
    ran = misquote("check", "content/id", "--against", "content/asli", "-f", "json")
    assert ran.status == 2
    assert list(verdicts(ran.json)) == ["content/id/news/fares.md"]
    assert ran.json["errors"] == [
        {
            "message": "no original was found for it; looked for content/asli/bridge.md",
            "remedy": "add the original, name it in the front matter (original: PATH), or name another place "
            "with --against",
            "path": "content/id/bridge.md",
            "line": None,
        }
    ]


def test_the_report_says_which_original(site: Path, misquote: Run) -> None:
    ran = misquote("check", "content/id", "--against", "content/asli")
    assert "original · Indonesian · content/asli/news/fares.md" in ran.out
    lines = misquote("check", "content/id", "--against", "content/asli", "-f", "jsonl").out.splitlines()
    named = {r["path"]: r["originals"] for r in map(json.loads, lines) if r["type"] == "quotation"}
    assert named == MIRRORED


@pytest.mark.parametrize("against", ["asli/fares.txt", "asli/*.txt", "coverage.jsonl"])
def test_a_file_or_a_glob_serves_every_article(site: Path, misquote: Run, against: str) -> None:
    write(site / "asli/fares.txt", ORIGINAL + "\n" + FAITHFUL)
    ran = misquote("check", "content/id", "--against", against, "-f", "json")
    assert (ran.status, verdicts(ran.json)) == (
        1,
        {"content/id/bridge.md": ["consistent"], "content/id/news/fares.md": ["flagged"]},
    )


def test_several_places_are_held_together(site: Path, misquote: Run) -> None:
    write(site / "content/id/bridge.md", FAITHFUL + "\n" + ORIGINAL)
    ran = misquote(
        "check",
        "content/id/bridge.md",
        "--against",
        "content/asli",
        "--against",
        "coverage.jsonl",
        "-f",
        "json",
    )
    assert verdicts(ran.json) == {"content/id/bridge.md": ["consistent", "consistent"]}
    assert originals(ran.json)["content/id/bridge.md"] == ["content/asli/bridge.md", "coverage.jsonl"]


# What the document names


@pytest.mark.parametrize("key", ["original", "translation_of", "source_url"])
@pytest.mark.parametrize(
    "named", ["../asli/news/fares.md", "content/asli/news/fares.md", "/news/fares.md", "news/fares.md"]
)
def test_front_matter_names_a_file(site: Path, misquote: Run, key: str, named: str) -> None:
    write(site / "content/id/tarif.md", CHANGED, **{key: named})
    ran = misquote("check", "content/id/tarif.md", "--against", "content/asli", "-f", "json")
    assert originals(ran.json) == {"content/id/tarif.md": ["content/asli/news/fares.md"]}
    assert ran.status == 1


@pytest.mark.parametrize(
    "named", ["https://strait.example/fares", "http://www.Strait.example/fares/#top", "fares-17"]
)
def test_front_matter_names_an_address_or_an_id(site: Path, misquote: Run, named: str) -> None:
    write(site / "content/asli/news/fares.md", ORIGINAL, url="https://strait.example/fares", id="fares-17")
    write(site / "content/id/tarif.md", CHANGED, source_url=named)
    ran = misquote("check", "content/id/tarif.md", "--against", "content/asli", "-f", "json")
    assert originals(ran.json) == {"content/id/tarif.md": ["content/asli/news/fares.md"]}


def test_the_document_decides_against_the_path(site: Path, misquote: Run) -> None:
    write(site / "content/id/bridge.md", CHANGED, original="../asli/news/fares.md")
    ran = misquote("check", "content/id/bridge.md", "--against", "content/asli", "-f", "json")
    assert originals(ran.json) == {"content/id/bridge.md": ["content/asli/news/fares.md"]}


def test_an_address_that_nobody_has_is_only_a_credit(site: Path, misquote: Run) -> None:
    write(site / "content/id/bridge.md", FAITHFUL, source_url="https://elsewhere.example/bridge")
    ran = misquote("check", "content/id/bridge.md", "--against", "content/asli", "-f", "json")
    assert (ran.status, originals(ran.json)) == (0, {"content/id/bridge.md": ["content/asli/bridge.md"]})


def test_a_translation_does_not_have_the_address_it_names(site: Path, misquote: Run) -> None:
    """Two translations of one page that is not here: neither may vouch for the other."""
    address = "https://strait.example/fares"
    write(site / "all/a.id.md", CHANGED, source_url=address)
    write(site / "all/a.ms.md", CHANGED, source_url=address)
    ran = misquote("check", "all/a.id.md", "--against", "all/{stem}.en.md")
    assert ran.status == 2
    assert f"looked for all/a.id.en.md, all/a.en.md, {address}" in ran.err


def test_a_named_file_that_is_missing_is_a_problem_even_with_a_counterpart(site: Path, misquote: Run) -> None:
    write(site / "content/id/bridge.md", FAITHFUL, original="../asli/old-bridge.md")
    ran = misquote("check", "content/id/bridge.md", "--against", "content/asli")
    assert ran.status == 2
    assert "it names an original that does not exist: ../asli/old-bridge.md" in ran.err


@pytest.mark.parametrize("value", [3.5, True, {"a": 1}, [], [None], "x" * 5000, "\u0000", "~", "."])
def test_odd_front_matter_is_no_crash(site: Path, misquote: Run, value: object) -> None:
    write(site / "content/id/bridge.md", FAITHFUL, original=value)
    ran = misquote("check", "content/id/bridge.md", "--against", "content/asli", "-f", "json")
    assert originals(ran.json) == {"content/id/bridge.md": ["content/asli/bridge.md"]}


def test_records_find_the_record_with_their_id(site: Path, misquote: Run) -> None:
    (site / "in").mkdir()
    (site / "out").mkdir()
    rows = [{"id": "f", "text": ORIGINAL}, {"id": "b", "text": FAITHFUL}]
    write_lines(site / "in/all.jsonl", rows)
    write_lines(site / "out/all.jsonl", [{"id": "b", "text": ORIGINAL}, {"id": "f", "text": CHANGED}])
    ran = misquote("check", "out", "--against", "in", "-f", "json")
    assert [a["originals"] for a in ran.json["articles"]] == [["in/all.jsonl (b)"], ["in/all.jsonl (f)"]]  # type: ignore[index, attr-defined]
    assert [q for one in ran.json["articles"] for q in [one["quotations"][0]["verdict"]]] == [  # type: ignore[attr-defined]
        "unverified",
        "flagged",
    ]


# Indexes


def test_front_matter_names_an_indexed_article(desk: Path, misquote: Run) -> None:
    write_lines(
        desk / "more.jsonl",
        [
            {"id": "f-1", "url": "https://strait.example/f", "language": "id", "text": ORIGINAL},
            {"id": "b-1", "url": "https://strait.example/b", "language": "id", "text": FAITHFUL},
        ],
    )
    assert misquote("index", "add", "more.jsonl", "--index", "archive").status == 0
    write(desk / "id/fares.md", CHANGED, source_url="https://strait.example/f")
    write(desk / "id/other.md", ORIGINAL, translation_of="b-1")
    ran = misquote("check", "id", "--against", "archive", "-f", "json")
    assert verdicts(ran.json) == {"id/fares.md": ["flagged"], "id/other.md": ["unverified"]}
    assert originals(ran.json)["id/fares.md"] == ["f-1 (in the index archive)"]


def test_an_index_pairs_only_by_what_the_document_names(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "faithful.txt", "--against", ".misquote/index")
    assert ran.status == 2
    assert "no original was found for it" in ran.err


def test_a_damaged_index_of_originals(desk: Path, misquote: Run) -> None:
    (desk / ".misquote/index/manifest.json").write_text("{", encoding="utf-8")
    ran = misquote("check", "faithful.txt", "--against", ".misquote/index", "-f", "json")
    assert ran.status == 2
    assert ran.json["errors"]


# What must not be reached


@pytest.fixture
def secret(site: Path) -> Path:
    """A file outside the site, and the site as the working folder."""
    return write(site.parent / "secret/fares.md", ORIGINAL)


@pytest.mark.parametrize("named", ["../../../secret/fares.md", "{absolute}", "../../link/fares.md"])
def test_front_matter_cannot_leave_the_root(site: Path, secret: Path, misquote: Run, named: str) -> None:
    (site / "link").symlink_to(secret.parent)
    write(site / "content/id/tarif.md", CHANGED, original=named.replace("{absolute}", str(secret)))
    for against in ("content/asli", "content/asli/{path}", "{stem}.en.md", "coverage.jsonl"):
        ran = misquote("check", "content/id/tarif.md", "--against", against)
        assert ran.status == 2
        assert FARES not in ran.out
        assert "front matter leads out of" in ran.err or "does not exist" in ran.err


@pytest.mark.parametrize("against", ["content/asli", "content/asli/{path}", "content/**/asli/{name}"])
def test_a_link_cannot_leave_the_root(site: Path, secret: Path, misquote: Run, against: str) -> None:
    (site / "content/asli/news/fares.md").unlink()
    write(site / "content/id/fares.md", CHANGED)
    for place in ("content/asli/fares.md", "content/asli/news/fares.md"):
        (site / place).symlink_to(secret)
    ran = misquote("check", "content/id/fares.md", "--against", against)
    assert (ran.status, FARES in ran.out) == (2, False)
    assert "leads out of" in ran.err
    assert "--against-root" in ran.err


def test_a_pattern_cannot_leave_the_root(site: Path, secret: Path, misquote: Run) -> None:
    ran = misquote("check", "content/id/news", "--against", "{dir}/../../../../secret/{name}")
    assert (ran.status, FARES in ran.out) == (2, False)
    assert "leads out of ." in ran.err


def test_a_wider_root_can_be_allowed(site: Path, secret: Path, misquote: Run) -> None:
    words = ["check", "content/id/news", "--against", "{dir}/../../../../secret/{name}", "-f", "json"]
    ran = misquote(*words, "--against-root", "..")
    assert (ran.status, originals(ran.json)) == (1, {"content/id/news/fares.md": ["../secret/fares.md"]})


def test_a_folder_that_is_named_may_lie_anywhere(site: Path, secret: Path, misquote: Run) -> None:
    ran = misquote("check", "content/id/news", "--against", str(secret.parent), "-f", "json")
    assert ran.status == 1


# What is wrong with the value


@pytest.mark.parametrize(
    ("against", "reason"),
    [
        ("nowhere", "nowhere does not exist"),
        ("nowhere/*.md", "the pattern nowhere/*.md matches no file"),
        ("content/{lang}/{path}", "there is no field {lang}"),
        ("content/asli/{path}.bak", "looked for content/asli/news/fares.md.bak"),
        ("nowhere/{path}", "there is no folder nowhere"),
        (" ", "is no path"),
    ],
)
def test_a_value_that_names_nothing(site: Path, misquote: Run, against: str, reason: str) -> None:
    ran = misquote("check", "content/id", "--against", against, "-f", "json")
    assert ran.status == 2
    assert ran.json["articles"] == []
    assert reason in ran.err


def test_one_bad_value_does_not_hide_the_other(site: Path, misquote: Run) -> None:
    ran = misquote("check", "content/id", "--against", "nowhere", "--against", "content/asli", "-f", "json")
    assert ran.status == 2
    assert len(verdicts(ran.json)) == 2


def test_an_article_is_never_its_own_original(site: Path, misquote: Run) -> None:
    for against in ("content/id", "content/id/bridge.md", "content/id/b*.md", "{dir}/{name}"):
        ran = misquote("check", "content/id/bridge.md", "--against", against)
        assert (ran.status, "are themselves what --against or the settings name" in ran.err) == (2, True)
    ran = misquote("check", "content/id/bridge.md", "--against", "content/id", "--against", "content/asli")
    assert ran.status == 0


def test_standard_input_needs_a_file(site: Path, misquote: Run) -> None:
    ran = misquote("check", "-", "--against", "content/asli", stdin=CHANGED.encode())
    assert ran.status == 2
    assert "the article has no path that could be paired" in ran.err
    ran = misquote("check", "-", "--against", "content/asli/news/fares.md", stdin=CHANGED.encode())
    assert ran.status == 1


def test_bad_records_are_reported_and_the_rest_serves(site: Path, misquote: Run) -> None:
    lines = [*(site / "coverage.jsonl").read_text(encoding="utf-8").splitlines(), '{"text": "no id"}']
    write_lines(site / "more.jsonl", lines)
    ran = misquote("check", "content/id", "--against", "more.jsonl", "-f", "concise")
    assert ran.status == 2
    assert "MQ102" in ran.out
    assert ran.err.count("more.jsonl:3: the record has no id") == 1


def test_an_empty_original_is_a_problem(site: Path, misquote: Run) -> None:
    (site / "content/asli/bridge.md").write_text("", encoding="utf-8")
    ran = misquote("check", "content/id/bridge.md", "--against", "content/asli")
    assert (ran.status, ran.err.count("the file is empty")) == (2, 1)


def test_the_temporary_index_is_not_named_in_the_report(site: Path, misquote: Run) -> None:
    ran = misquote("check", "content/id", "--against", "content/asli", "-f", "json")
    assert ran.json["run"]["index"]["path"] is None  # type: ignore[index]
    assert ran.json["run"]["index"]["passages"] >= 3  # type: ignore[index]
    assert len(ran.json["run"]["index"]["id"]) == 16  # type: ignore[index]


def test_an_original_of_many_is_encoded_once(site: Path, misquote: Run, encoder: Any) -> None:
    for name in ("a.id.md", "a.ms.md", "a.jv.md"):
        write(site / "one" / name, CHANGED)
    write(site / "one/a.en.md", ORIGINAL)
    misquote("check", "one/a.id.md", "one/a.ms.md", "one/a.jv.md", "--against", "one/{stem}.en.md")
    assert sum(text == FARES for text in encoder.texts_seen) == 1
    assert BRIDGE not in encoder.texts_seen


# In the settings


def test_originals_in_the_settings(site: Path, misquote: Run) -> None:
    (site / "misquote.toml").write_text('against = "content/asli/{path}"\n', encoding="utf-8")
    report = misquote("check", "content/id", "-f", "json").json
    assert originals(report) == MIRRORED
    assert misquote("check", "content/id").status == 1
    shown = misquote("config", "content/id/bridge.md").out
    assert "against             content/asli/{path}" in shown
    assert "misquote.toml:1" in shown


def test_originals_count_from_the_folder_of_the_settings(
    site: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "misquote.toml").write_text('against = ["content/asli"]\n', encoding="utf-8")
    monkeypatch.chdir(site / "content" / "id")
    report = misquote("check", "news", "-f", "json").json
    assert verdicts(report) == {"news/fares.md": ["flagged"]}


def test_originals_by_path(site: Path, misquote: Run) -> None:
    write(site / "notices/pier.id.md", FAITHFUL)
    write(site / "notices/pier.asli.md", FAITHFUL)
    (site / "misquote.toml").write_text(
        'against = "content/asli"\n[[overrides]]\npaths = ["notices/*.id.md"]\nagainst = "{dir}/pier.asli.md"\n',
        encoding="utf-8",
    )
    report = misquote("check", "content/id", "notices/pier.id.md", "-f", "json").json
    assert originals(report) == {**MIRRORED, "notices/pier.id.md": ["notices/pier.asli.md"]}


def test_what_counts_over_originals_of_the_settings(
    site: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "misquote.toml").write_text('against = "nowhere"\n', encoding="utf-8")
    assert misquote("check", "content/id").status == 2
    monkeypatch.setenv("MISQUOTE_AGAINST", "nowhere at all")
    assert misquote("check", "content/id", "--against", "content/asli").status == 1
    assert "no index at elsewhere" in misquote("check", "content/id", "--index", "elsewhere").err
    monkeypatch.setenv("MISQUOTE_AGAINST", "content/asli\n")
    assert misquote("check", "content/id").status == 1


def test_originals_for_some_articles_only(site: Path, misquote: Run) -> None:
    (site / "misquote.toml").write_text(
        'against = "content/asli"\n[[overrides]]\npaths = ["news/"]\nagainst = []\n', encoding="utf-8"
    )
    ran = misquote("check", "content/id")
    assert ran.status == 2
    assert "the settings have no originals for content/id/news/fares.md" in ran.err
    assert misquote("check", "content/id/bridge.md").status == 0


@pytest.mark.parametrize("value", ["3", '[""]', "[1]", "{ a = 1 }"])
def test_originals_that_are_none(site: Path, misquote: Run, value: str) -> None:
    (site / "misquote.toml").write_text(f"against = {value}\n", encoding="utf-8")
    ran = misquote("check", "content/id")
    assert (ran.status, "misquote.toml:1: against is" in ran.err) == (2, True)

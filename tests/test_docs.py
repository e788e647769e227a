"""The documentation names only what exists: commands, options, rules, files, targets of the Makefile.

The transcript in the README is what the command prints.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from checker.cli.app import app
from checker.report import FORMATS
from checker.rules import RuleInfo, all_rules
from checker.rules.pages import page_name, page_of

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "benchmarks").glob("*.md"),
        *(ROOT / "corpus").glob("*.md"),
    ]
)
NEW_ON_PURPOSE = {"adding-a-rule.md"}
"""Shows how to write a rule that may not exist."""

LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```(?P<info>[^\n]*)\n(?P<body>.*?)```|`(?P<inline>[^`\n]+)`", re.DOTALL)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|home|root|tmp|opt|Users)/")
PYTHON_FILES = sorted(p for folder in ("checker", "index") for p in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def commands_in(text: str) -> Iterator[list[str]]:
    """Every `misquote ...` of a page's code, as words."""
    for block in CODE.finditer(text):
        code = block["inline"] or block["body"]
        for line in code.splitlines():
            found = re.match(r"\s*(?:- run: |- |\$ )?(misquote [a-z-].*)", line)
            if found and not found[1].startswith("misquote ended"):
                yield shlex.split(found[1].split("  #")[0].rstrip(" \\"))


def wrong_with(words: list[str]) -> str | None:
    """What is wrong with a command line, were it typed; the paths in it need not exist."""
    command: Any = typer.main.get_command(app)
    rest = words[1:]
    while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        known = command.commands.get(rest[0])
        if known is None:
            return f"there is no command {' '.join(words[:2])}"
        command, rest = known, rest[1:]
    options = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
    options |= {"--help", "-h"}
    for number, word in enumerate(rest):
        if word.startswith("-") and word != "-":
            if word.split("=")[0] not in options:
                return f"{' '.join(words[:3])} has no option {word}"
            value = rest[number + 1] if number + 1 < len(rest) else ""
            if word == "--format" and command.name == "check" and value.islower() and value not in FORMATS:
                return f"there is no format {value}"
            if word == "--report" and value.split(":")[0].islower() and value.split(":")[0] not in FORMATS:
                return f"there is no format {value}"
    return None


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_in_the_documentation_exist(page: Path) -> None:
    wrong = [wrong_with(words) for words in commands_in(page.read_text(encoding="utf-8"))]
    assert [w for w in wrong if w] == []


@pytest.mark.parametrize("info", all_rules(), ids=lambda info: info.code)
def test_commands_on_rule_pages_exist(info: RuleInfo) -> None:
    wrong = [wrong_with(words) for words in commands_in(page_of(info))]
    assert [w for w in wrong if w] == []


def test_a_wrong_command_is_noticed() -> None:
    page = "`misquote chekc x`, `misquote check --nonsense`, `misquote check x --format papyrus`\n"
    page += "```bash\n$ misquote index ad x\nmisquote check x --report papyrus:y\n```"
    assert [wrong_with(words) is not None for words in commands_in(page)] == [True] * 5
    assert wrong_with(["misquote", "index", "add", "corpus/", "--index", "x"]) is None


def test_the_readme_shows_commands() -> None:
    assert len(list(commands_in((ROOT / "README.md").read_text(encoding="utf-8")))) >= 6


@pytest.mark.parametrize("path", PYTHON_FILES, ids=name_of)
def test_commands_that_messages_tell_people_to_type_exist(path: Path) -> None:
    known: Any = typer.main.get_command(app)
    told = re.findall(
        r"misquote (check|compare|quotes|index|rule|ignore|baseline|config)\b(?=[ `])",
        path.read_text("utf-8"),
    )
    assert sorted(set(told) - set(known.commands)) == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), f"{name_of(page)} links to {target}"
        assert ROOT in goal.parents
        if anchor:
            headings = re.findall(r"^#+ (.+)$", goal.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor in slugs, f"{name_of(page)} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_files_named_in_the_documentation_exist(page: Path) -> None:
    """Paths that begin in a folder of the project; a placeholder has an `xx` or a space in it."""
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:checker|index|corpus|tests|benchmarks|docs|examples|training)/[\w./-]+)`", text)
    for name in named:
        if "xx" in name or (page.name in NEW_ON_PURPOSE and "mq113" in name):
            continue
        assert (ROOT / name).exists(), f"{name_of(page)} names {name}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_pages_name_no_machine_and_no_unknown_rule(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not MACHINE_PATH.search(text)
    if page.name in NEW_ON_PURPOSE or page.parent.name == "corpus":
        return
    codes = {info.code for info in all_rules()}
    assert set(re.findall(r"\bMQ\d{3}\b", text)) <= codes


@pytest.mark.parametrize("info", all_rules(), ids=lambda info: info.code)
def test_every_rule_has_a_page(info: RuleInfo) -> None:
    assert page_name(info) == f"{info.code.lower()}_{info.name.replace('-', '_')}.md"
    page = page_of(info)
    assert page.startswith(f"# {info.code} {info.name}\n")
    assert "```example flagged" in page
    assert "```example accepted" in page


def test_every_rule_module_is_registered() -> None:
    folder = ROOT / "checker" / "rules"
    modules = {path.stem for path in folder.glob("mq*.py")}
    assert modules == {page_name(info).removesuffix(".md") for info in all_rules()}
    assert modules == {path.stem for path in folder.glob("mq*.md")}


def makefile_targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY:(.*)$", text, re.MULTILINE)
    assert phony
    targets = set(re.findall(r"^([a-z]+):", text, re.MULTILINE))
    assert targets == set(phony[1].split())
    return targets


def test_make_commands_in_the_documentation_are_targets() -> None:
    named = set()
    for page in PAGES:
        for block in CODE.finditer(page.read_text(encoding="utf-8")):
            named |= set(re.findall(r"(?:^|\n)make ([a-z]+)", block["inline"] or block["body"]))
    assert {"setup", "demo", "test", "lint", "bench"} <= named <= makefile_targets()


def test_the_constraints_pin_every_dependency() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins[0].startswith("torch==")
    assert "+" not in "".join(pins)
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in pins}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[><=~!\[; ]", line)[0]).lower() for line in wanted}
    assert names - pinned == set()
    assert f"torch=={pins[0].split('==')[1]}" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_transcript_in_the_readme_is_what_the_command_prints(tmp_path: Path) -> None:
    """To renew it: `misquote index add corpus/`, then the command shown, in a window of 84 columns."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```\n\$ (misquote check \S+)\n(.*?)\n```", readme, re.DOTALL)
    assert shown
    parts = shown[2].split("\n[...]\n")
    misquote = str(Path(sys.executable).with_name("misquote"))
    index = str(tmp_path / "index")
    environment = {**os.environ, "COLUMNS": "84", "NO_COLOR": "1", "OMP_NUM_THREADS": "1"}
    for arguments in (
        ["index", "add", "corpus/", "--index", index],
        [*shlex.split(shown[1])[1:], "--index", index],
    ):
        done = subprocess.run(
            [misquote, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1, done.stderr
    for part in parts:
        assert part in done.stdout

"""What people copy: the action, the hooks, and every example of the pages on CI and on translations."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from index.embedded import embedded_folder
from tests.site_commands import ROOT, copy_of_site, run_line

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
SCRIPT = ROOT / "ci" / "action.sh"
OS_NAMES = {"win32": "nt"}
LIGHT = ["--no-deps", "--requirement=ci/without-torch.txt"]
PAGES = ("ci.md", "translations.md")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
needs_model = pytest.mark.skipif(
    not (embedded_folder() / "misquote.json").exists(), reason="the embedded model is not built"
)


def blocks(page: str, language: str) -> Iterator[str]:
    for found in BLOCK.finditer((ROOT / "docs" / page).read_text("utf-8")):
        if found[1] == language:
            yield found[2]


# The action


def test_no_input_becomes_part_of_a_command() -> None:
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        assert all(name.startswith("IN_") for name in step.get("env", {}))


def test_every_input_and_output_is_used_and_documented() -> None:
    text = json.dumps(STEPS)
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    script = SCRIPT.read_text("utf-8")
    for name, value in ACTION["inputs"].items():
        assert f"inputs.{name}" in text
        assert f"| `{name}` |" in page
        assert value["description"]
    for name, value in ACTION["outputs"].items():
        assert value["value"] == f"${{{{ steps.check.outputs.{name} }}}}"
        assert f"`{name}`" in page
        assert f'"{name}"' in script or f'"{name}=' in script


def test_only_official_actions_are_used() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert len(used) == 4
    assert all(re.fullmatch(r"(actions|github)/[a-z-]+(/[a-z-]+)?@v\d+", name) for name in used)


def test_every_step_calls_a_part_of_the_script() -> None:
    known = re.search(r"^  ([a-z |]+)\) \"\$1\" ;;$", SCRIPT.read_text("utf-8"), re.MULTILINE)
    assert known
    called = [step["run"].rpartition(" ")[2] for step in STEPS if "run" in step]
    assert called == known[1].split(" | ")
    assert SCRIPT.stat().st_mode & 0o111


def accepted(kind: str, file: Path) -> None:
    """Whether a public schema accepts a file; ``check-jsonschema`` carries it, so no network is asked."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_public_schema_accepts_the_action(tmp_path: Path) -> None:
    accepted("github-actions", ROOT / "action.yml")
    broken = tmp_path / "action.yml"
    broken.write_text((ROOT / "action.yml").read_text("utf-8").replace("shell: bash\n", "\n"), "utf-8")
    with pytest.raises(AssertionError, match=r"action\.yml"):
        accepted("github-actions", broken)


def test_public_schemas_accept_the_examples_of_the_page(tmp_path: Path) -> None:
    kinds = []
    for number, text in enumerate(blocks("ci.md", "yaml")):
        kind = "github-workflows" if "runs-on" in text else "gitlab-ci" if "script:" in text else None
        if kind is not None:
            file = tmp_path / f"{number}.yml"
            file.write_text(text, encoding="utf-8")
            accepted(kind, file)
            kinds.append(kind)
    assert sorted(kinds) == ["github-workflows"] * 2 + ["gitlab-ci"] * 2


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_of_site(tmp_path)


def step(site: Path, name: str, **inputs: str) -> tuple[int, str, dict[str, str], str]:
    """Exit status, log, outputs and summary of one part of the script."""
    output, summary = site.parent / "output", site.parent / "summary"
    for path in (output, summary):
        path.write_text("", encoding="utf-8")
    ran = run_line(
        f"{shlex.quote(str(SCRIPT))} {name}",
        site,
        GITHUB_OUTPUT=str(output),
        GITHUB_STEP_SUMMARY=str(summary),
        RUNNER_TEMP=str(site.parent / "temp"),
        **{f"IN_{key}": value for key, value in inputs.items()},
    )
    pairs = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
    return ran.returncode, ran.stdout + ran.stderr, pairs, summary.read_text("utf-8")


def hidden(log: str) -> str:
    """The part of a log in which the runner takes no commands."""
    found = re.search(r"^::stop-commands::([0-9a-f]{32})\n(.*)^::\1::$", log, re.DOTALL | re.MULTILINE)
    assert found
    return found[2]


@needs_model
def test_the_action_checks_translations(site: Path) -> None:
    status, log, outputs, summary = step(
        site, "check", PATHS="content/id/transport\n\n content/ms/sea \r\n", AGAINST="content/en", INDEX="x"
    )
    assert status == 1
    assert {name: outputs[name] for name in ("exit-status", "quotations", "flagged", "errors")} == {
        "exit-status": "1",
        "quotations": "9",
        "flagged": "3",
        "errors": "3",
    }
    assert json.loads(Path(outputs["sarif"]).read_text("utf-8"))["version"] == "2.1.0"
    assert "MQ102" in Path(outputs["json"]).read_text("utf-8")
    assert "MQ102" in summary
    assert "MQ102" in hidden(log)
    commands = log.replace(hidden(log), "")
    assert commands.count("::error ") == 3
    assert "file=content/id/transport/ferry-fares.md" in commands


@needs_model
def test_the_action_keeps_an_index_and_checks_against_it(site: Path) -> None:
    assert step(site, "identify")[2]["identity"].startswith("0.")
    status, log, _, _ = step(site, "index", COVERAGE="coverage\n", INDEX=".misquote/index")
    assert (status, "6 articles" in hidden(log)) == (0, True)
    status, _, outputs, _ = step(site, "check", PATHS="content/id/transport", INDEX=".misquote/index")
    assert (status, outputs["errors"]) == (1, "3")
    status, _, outputs, _ = step(
        site, "check", PATHS="content/id/transport", INDEX=".misquote/index", ARGUMENTS="--fail-on\nnever"
    )
    assert (status, outputs["exit-status"]) == (0, "0")


@needs_model
def test_hostile_inputs_and_articles_run_nothing(site: Path) -> None:
    article = site / "content/id/culture/$(touch pwned);`touch pwned`.md"
    text = (site / "content/id/culture/library-hours.md").read_text("utf-8")
    spoken = "::error::pwned\n::set-env name=X::pwned\n##[add-path]pwned\n"
    article.write_text(text.replace("300", "30\n" + spoken), encoding="utf-8")
    status, log, outputs, _ = step(
        site,
        "check",
        PATHS=f"{article.relative_to(site)}\n--help\n",
        AGAINST="content/en/culture/library-hours.md\n$(touch pwned)",
        FAIL_ON="error",
        INDEX="x",
    )
    assert status == 2
    assert not list(site.rglob("pwned"))
    assert set(outputs) <= set(ACTION["outputs"])
    outside = log.replace(hidden(log), "")
    assert not re.search(r"^\s*(::error::|::set-env|##\[)", outside, re.MULTILINE)


@needs_model
def test_an_unfinished_check_gives_its_status(site: Path) -> None:
    status, log, outputs, _ = step(site, "check", PATHS="nowhere", INDEX="x")
    assert (status, outputs["exit-status"]) == (2, "2")
    assert "nowhere does not exist" in hidden(log)


def test_the_script_explains_itself(site: Path) -> None:
    status, log, _, _ = step(site, "nonsense")
    assert (status, "usage:" in log) == (2, True)


# The hooks


def test_the_hooks_name_commands_that_exist() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    for hook in HOOKS:
        program, command = hook["entry"].split()
        assert program in scripts
        assert command in ("check", "compare")
        assert hook["require_serial"] is True
        assert hook.get("additional_dependencies", LIGHT) == LIGHT
        assert ("additional_dependencies" in hook) == (hook["language"] == "python")
        assert re.compile(hook["files"]).search(f"a/b.{'md' if command == 'check' else 'xlf'}")


def test_what_hooks_install_is_all_but_torch() -> None:
    """Whatever system and Python they run on: every name the packages ask for, and no other."""
    listed = [
        Requirement(line)
        for line in (ROOT / "ci" / "without-torch.txt").read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "--"))
    ]
    for version in ("3.11", "3.12", "3.13", "3.14"):
        for system, name in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows")):
            here = {"python_version": version, "python_full_version": f"{version}.0", "extra": ""}
            here |= {
                "sys_platform": system,
                "platform_system": name,
                "os_name": OS_NAMES.get(system, "posix"),
            }
            place = {**default_environment(), **here}
            wanted = {canonicalize_name(one.name) for one in listed if holds(one, place)}
            assert wanted == needed(place)
    assert not {canonicalize_name(one.name) for one in listed} & {"torch", "transformers"}


def holds(wanted: Requirement, place: Mapping[str, str]) -> bool:
    return wanted.marker is None or wanted.marker.evaluate(dict(place))


def needed(place: Mapping[str, str]) -> set[str]:
    """The distributions that misquote needs with the embedded model, and those that they need."""
    found: set[str] = set()
    left: list[tuple[str, Collection[str]]] = [("misquote", ())]
    while left:
        name, extras = left.pop()
        try:
            asked = requires(name) or []
        except PackageNotFoundError:  # of another system
            continue
        for one in map(Requirement, asked):
            known = canonicalize_name(one.name)
            if known in found or known == "sentence-transformers":
                continue
            if any(holds(one, {**place, "extra": extra}) for extra in ("", *extras)):
                found.add(known)
                left.append((known, one.extras))
    return found


def test_the_versions_hooks_install_are_the_tested_ones() -> None:
    text = (ROOT / "ci" / "without-torch.txt").read_text("utf-8")
    tested = {
        canonicalize_name(line.partition("==")[0])
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    }
    names = {canonicalize_name(n) for n in re.findall(r"^[A-Za-z][\w.-]*", text, re.MULTILINE)}
    assert "\n--constraint ../constraints.txt\n" in text
    assert names - tested == {"colorama"}  # of Windows, where the versions were not tested


def test_the_hooks_of_the_page_exist() -> None:
    [page] = [yaml.safe_load(text) for text in blocks("ci.md", "yaml") if "hooks:" in text]
    known = {hook["id"] for hook in HOOKS}
    assert {hook["id"] for hook in page["repos"][0]["hooks"]} <= known
    assert known >= set(re.findall(r"`(misquote-[a-z-]+)`", (ROOT / "docs/ci.md").read_text("utf-8")))


# The pages


def test_the_workflows_of_the_page_use_inputs_that_exist() -> None:
    workflows = [yaml.safe_load(text) for text in blocks("ci.md", "yaml") if "runs-on" in text]
    assert len(workflows) == 2
    for workflow in workflows:
        last = workflow["jobs"]["misquote"]["steps"][-1]
        assert last["uses"].startswith("OWNER/misquote@")
        assert set(last["with"]) <= set(ACTION["inputs"])


def lines_of(page: str) -> Iterator[str]:
    """The command lines of a page, once each, in order."""
    found: list[str] = []
    for text in blocks(page, "bash"):
        found += [text.strip()] if "mapfile" in text else text.strip().splitlines()
    for text in blocks(page, "yaml"):
        job = yaml.safe_load(text).get("quotations", {})
        assert not job or set(job["artifacts"]["reports"]) <= {"codequality", "junit"}
        found += [line for line in job.get("script", []) if line.startswith("misquote ")]
    for text in blocks(page, "groovy"):
        found += [
            line.removeprefix(".venv/bin/") for line in re.findall(r"sh '(.venv/bin/misquote .*)'", text)
        ]
    return iter(dict.fromkeys(found))


@needs_model
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_the_page_do_what_it_says(page: str, site: Path) -> None:
    """In the sample repository, one after the other, as somebody would who reads from top to bottom."""
    commit = "git -c user.name=a -c user.email=a@b.example commit -qm x"
    run_line(f"git init -q . && git add -A && {commit}", site)
    with (site / "content/id/culture/library-hours.md").open("a", encoding="utf-8") as article:
        article.write("\nSelesai.\n")
    assert run_line(f"git add -A && {commit}", site).returncode == 0
    lines = list(lines_of(page))
    assert len(lines) >= 8
    for line in lines:
        ran = run_line(line, site)
        clean = "mapfile" in line or " index " in line or "baseline" in line
        assert ran.returncode == (0 if clean else 1), f"{line}\n{ran.stdout}\n{ran.stderr}"
        assert "error: " not in ran.stderr

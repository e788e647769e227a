"""The command line starts without what it does not need, and typer still refuses what is wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from checker.cli.app import main
try:
    main()
finally:
    sys.stderr.write(f"loaded {sorted({'pydantic', 'numpy', 'rich', 'regex'} & set(sys.modules))}")
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["index", "add", "--help"], ["--version"]]
)
def test_help_loads_no_library_for_values_numbers_or_colours(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 0
    assert done.stdout
    assert done.stderr == "loaded []"


def test_plain_values_go_past_the_conversion() -> None:
    done = run("rule", "MQ102", "--format", "json", "--color", "never")
    assert done.returncode == 0
    assert '"MQ102"' in done.stdout
    assert "pydantic" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--fail-on", "sometimes", "a.md"], "'sometimes' is not one of"),
        (["index", "search", "-k", "0", "rain"], "'-k'"),
        (["rule", "--format"], "'--format' requires an argument"),
    ],
)
def test_what_is_no_plain_value_is_refused(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr

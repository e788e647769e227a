"""``misquote rule``, ``misquote config``, and what the shell is offered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checker import __version__
from checker.rules import all_rules

from .conftest import Run


def test_version(misquote: Run) -> None:
    assert misquote("--version").out == f"misquote {__version__}\n"


def test_every_command_has_help(misquote: Run) -> None:
    ran = misquote("--help")
    for command in ("check", "compare", "quotes", "index", "rule", "ignore", "baseline", "config"):
        assert f" {command} " in ran.out
        assert misquote(command, "-h").status == 0
    assert "Exit status:" in ran.out


def test_all_rules_in_a_line_each(misquote: Run) -> None:
    listed = misquote("rule", "--all").out
    assert [line.split()[0] for line in listed.splitlines()] == [info.code for info in all_rules()]
    assert misquote("rule").out == listed


@pytest.mark.parametrize("name", ["MQ102", "mq102", "negation-changed"])
def test_one_rule(misquote: Run, name: str) -> None:
    ran = misquote("rule", name)
    assert ran.status == 0
    assert "negation-changed" in ran.out
    assert "\x1b[" not in ran.out
    assert "\x1b[" in misquote("rule", name, "--color", "always").out


def test_rules_as_json(misquote: Run) -> None:
    [one] = json.loads(misquote("rule", "MQ101", "--format", "json").out)
    assert (one["code"], one["name"], one["severity"]) == ("MQ101", "number-changed", "error")
    assert one["page"]
    assert len(json.loads(misquote("rule", "--all", "-f", "json").out)) == len(all_rules())


def test_a_rule_that_is_none(misquote: Run) -> None:
    ran = misquote("rule", "negation-change")
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean negation-changed?" in ran.err


def test_config_names_the_origin(desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "misquote.toml").write_text(
        'fail-on = "warning"\n[rules]\nnot-verbatim = "off"\n', encoding="utf-8"
    )
    monkeypatch.setenv("MISQUOTE_FORMAT", "concise")
    ran = misquote("config")
    rows = {line.split()[0]: line for line in ran.out.splitlines() if line}
    assert ran.status == 0
    assert "warning" in rows["fail-on"]
    assert rows["fail-on"].endswith("misquote.toml:1")
    assert rows["format"].endswith("environment MISQUOTE_FORMAT")
    assert rows["MQ121"].split() == ["MQ121", "not-verbatim", "off", "misquote.toml:3"]
    assert rows["offline"].split()[1:] == ["false", "default"]
    assert misquote("config", "changed.txt").out == ran.out


def test_config_of_what_is_not_there(desk: Path, misquote: Run) -> None:
    ran = misquote("config", "nowhere")
    assert ran.status == 2
    assert "nowhere does not exist" in ran.err


def test_the_schema_of_the_settings(misquote: Run) -> None:
    schema = json.loads(misquote("config", "--schema").out)
    Draft202012Validator.check_schema(schema)
    assert "fail-on" in schema["properties"]

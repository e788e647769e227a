"""``misquote config``: the settings in force and where each comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ConfigError
from .console import errors_end_in_two, joined, shown_path, write_out
from .options import PolicyOption, RuleOption

if TYPE_CHECKING:
    from ..config import Settings, SettingsFinder

_WIDEST = 40
"""Cells of the column of values; a longer value is shown whole and pushes its source to the right."""

Row = tuple[str, str, str]


def config(
    path: Annotated[
        Path, typer.Argument(metavar="[PATH]", help="Folder or article whose settings are asked for.")
    ] = Path(),
    policy: PolicyOption = None,
    rule: RuleOption = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON schema of the settings file.")
    ] = False,
) -> None:
    """Show the settings in force, and where each comes from."""
    with errors_end_in_two():
        from ..config import SettingsFinder, config_schema
        from ..report.safe_text import for_terminal
        from .check_settings import parse_rule_levels

        if schema:
            write_out(json.dumps(config_schema(), ensure_ascii=False, indent=2))
            return
        if not path.exists():
            raise ConfigError(
                f"{path} does not exist", "name a folder or an article, or nothing for this folder"
            )
        given = {"policy": policy, "rules": parse_rule_levels(joined(rule))}
        finder = SettingsFinder(os.environ, given)
        rows = _settings(finder, path)
        levels = _levels(finder, path)
        lines = [*_table(rows), "", *_table(levels)] if levels else _table(rows)
        write_out("\n".join(for_terminal(line) for line in lines))


def _settings(finder: SettingsFinder, path: Path) -> list[Row]:
    """Every setting but the levels of rules."""
    return [
        (origin.key, _shown(origin.value), _source(origin.source))
        for origin in finder.origins(path)
        if not origin.key.startswith("rules.")
    ]


def _levels(finder: SettingsFinder, path: Path) -> list[Row]:
    """The rules that do not have their own level, with what gives them another one."""
    from ..rules import all_rules

    settings = finder.of(path)
    sources = {origin.key.removeprefix("rules."): origin.source for origin in finder.origins(path)}
    rows: list[Row] = []
    for info in all_rules():
        label = f"{info.code} {info.name}"
        if info.code in settings.rules:
            rows.append((label, settings.rules[info.code], _source(sources[info.code])))
            continue
        level = _of_policy(settings, info.code, info.severity.value)
        if level is not None:
            rows.append((label, level, f"policy {_source(settings.policy)}"))
    return rows


def _of_policy(settings: Settings, code: str, usual: str) -> str | None:
    """The level a policy gives a rule, in words where it depends on the language; None for its own level."""
    policy = settings.levels().policy
    same = policy.level(code, same_language=True) or usual
    across = policy.level(code, same_language=False) or usual
    if same == across:
        return None if same == usual else same
    return f"{same}; {across} across languages"


def _table(rows: list[Row]) -> list[str]:
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    return [f"{key:<{first}}  {value:<{min(second, _WIDEST)}}  {source}" for key, value, source in rows]


def _source(source: str) -> str:
    """A source with its file named from the working folder."""
    return shown_path(source)


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(map(shown_path, value)) or "-"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {one!r}" for key, one in value.items()) or "-"
    return str(value)

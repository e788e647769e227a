"""Writes the parts of these pages that the code decides: commands, settings, policies.

A part stands between ``<!-- begin NAME -->`` and ``<!-- end NAME -->``; the rest of a page is written by
hand. ``python docs/generate.py`` renews them all, and a test fails where one is out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))  # so that the checkout is described and no installed copy

import typer.main  # noqa: E402

from checker.cli.app import app  # noqa: E402
from checker.cli.help_page import OTHER, options_of  # noqa: E402
from checker.config import PER_ARTICLE, config_schema, key_of, setting_fields  # noqa: E402
from checker.policies import BUILT_IN, load_policy  # noqa: E402
from checker.rules import all_rules  # noqa: E402

PART = re.compile(r"(<!-- begin ([a-z-]+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)
SCHEMA = FOLDER.parent / "checker" / "report" / "schemas" / "settings.schema.json"


def commands() -> Iterator[str]:
    """Every command with its arguments and options."""
    root: Any = typer.main.get_command(app)
    for name, command in _walk("misquote", root):
        yield f"### {name}\n"
        yield _plain(command.help) + "\n"
        groups: dict[str, list[str]] = {}
        for panel, names, text in options_of(command):
            groups.setdefault(panel, []).append(f"| `{_cell(names)}` | {_cell(text)} |")
        if not groups:
            yield "It has no options.\n"
        for panel in sorted(groups, key=lambda name: name == OTHER):
            yield f"| {panel.lower()} | |\n|---|---|"
            yield from groups[panel]
            yield ""


def _walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - typer has no public type
    if not hasattr(command, "commands"):
        yield name, command
        return
    for child in command.list_commands(None):
        yield from _walk(f"{name} {child}", command.commands[child])


def settings() -> Iterator[str]:
    """Every key of a settings file."""
    yield "| key | default | by path | meaning |\n|---|---|---|---|"
    for one in setting_fields():
        kind, choices = one.metadata["kind"], one.metadata["choices"]
        text = one.metadata["help"]
        if choices and one.name != "policy":
            text += f" {', '.join(f'`{choice}`' for choice in choices)}."
        shown = (
            ""
            if kind in ("rules", "prompts", "places") or one.default in (None, False)
            else f"`{one.default}`"
        )
        shown = "`false`" if one.default is False else shown
        yield f"| `{key_of(one.name)}` | {shown} | {'yes' if one.name in PER_ARTICLE else ''} | {_cell(text)} |"


def policies() -> Iterator[str]:
    """What each guide asks for."""
    for name in BUILT_IN:
        policy = load_policy(name)
        yield f"### `{name}`\n"
        yield policy.about + "\n"


def policy_levels() -> Iterator[str]:
    """The rules whose level depends on the policy."""
    loaded = [load_policy(name) for name in BUILT_IN]
    yield "| rule | its own level | " + " | ".join(f"`{name}`" for name in BUILT_IN) + " |"
    yield "|---|---|" + "---|" * len(BUILT_IN)
    for info in all_rules():
        cells = []
        for policy in loaded:
            same, across = policy.same.get(info.code), policy.across.get(info.code)
            if same == across:
                cells.append(same or "")
            else:
                own = info.severity.value
                cells.append(f"{same or own}; across: {across or own}")
        if any(cells):
            yield f"| {info.code} {info.name} | {info.severity.value} | " + " | ".join(cells) + " |"


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    "commands": commands,
    "settings": settings,
    "policies": policies,
    "policy-levels": policy_levels,
}


def renewed(page: str) -> str:
    """A page with its generated parts as they have to be."""
    return PART.sub(lambda part: part[1] + "\n".join(PARTS[part[2]]()).strip("\n") + "\n" + part[3], page)


def schema() -> str:
    """The published JSON Schema of a settings file."""
    import json

    return json.dumps(config_schema(), ensure_ascii=False, indent=2) + "\n"


def files() -> Iterator[tuple[Path, str]]:
    """Each file with generated parts, and what it has to hold."""
    for path in sorted(FOLDER.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if PART.search(text):
            yield path, renewed(text)
    yield SCHEMA, schema()


def _plain(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    """Write what is out of date."""
    for path, content in files():
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            sys.stdout.write(f"wrote {path.relative_to(FOLDER.parent)}\n")


if __name__ == "__main__":
    main()

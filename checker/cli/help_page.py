"""Help that fits a screen: options in groups, one line each where they can, no frames."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from typer.core import TyperCommand, TyperGroup

from .words import with_plain_values

OTHER = "Options"
"""The heading of options without a panel; it comes last."""
_TYPERS_OWN = ", to copy it or customize the installation."
"""The end of a text that typer writes and that would take a second line."""
_NAMES = 24
"""Cells of an option's names and value; a longer one has its text on the next line."""


class CompactCommand(TyperCommand):
    """A command whose help lists options under the headings of their panels."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401
        """The parameters, ``--help`` among them; plain values are taken as they are."""
        return with_plain_values(super().get_params(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's own copy of click
        """Write arguments, then the groups in the order in which they first occur."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = _record(param)
            if record is not None:
                named = "Arguments" if param.param_type_name == "argument" else _panel(param)
                groups.setdefault(named, []).append(record)
        width = min(max(len(names) for records in groups.values() for names, _ in records), _NAMES)
        last = groups.pop(OTHER, [])
        formatter.write("\n")
        for title, records in [*groups.items(), (OTHER, last)]:
            formatter.write(f"{title}:\n")
            for names, text in records:
                _write_record(formatter, names, text, width)


class CompactGroup(TyperGroup):
    """A group of commands with the same plain help."""

    ORDER: tuple[str, ...] = ()
    """Commands in the order in which they are listed; others follow."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401
        """The parameters, ``--help`` among them; plain values are taken as they are."""
        return with_plain_values(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """The names of the commands."""
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: self.ORDER.index(name) if name in self.ORDER else len(names))

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write a sentence for each command, not cut."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        lines = [(name, _sentence(one.help or "")) for name, one in commands if one and not one.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(lines)

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the options, then the commands with a line each."""
        records = [record for param in self.get_params(ctx) if (record := _record(param)) is not None]
        with formatter.section(OTHER):
            formatter.write_dl(records)
        self.format_commands(ctx, formatter)


def _write_record(formatter: Any, names: str, text: str, width: int) -> None:  # noqa: ANN401
    """One option, its text in the same column as that of every other."""
    room = max(formatter.width - width - 4, 20)
    rows = wrap(text, room) or [""]
    first = [f"  {names}", *rows] if len(names) > width else [f"  {names:<{width}}  {rows[0]}", *rows[1:]]
    formatter.write(first[0].rstrip() + "\n")
    for row in first[1:]:
        formatter.write(" " * (width + 4) + row + "\n")


def _panel(param: Any) -> str:  # noqa: ANN401
    return str(getattr(param, "rich_help_panel", None) or OTHER)


def _record(param: Any) -> tuple[str, str] | None:  # noqa: ANN401
    """Names with the value they take, and the text; None for a hidden option."""
    if param.hidden:
        return None
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper()), param.help or ""
    names = ", ".join(sorted(param.opts, key=len))
    if not param.is_flag:
        names += f" {param.metavar or _value(param)}"
    return names, (param.help or "").replace(_TYPERS_OWN, ".")


def _value(param: Any) -> str:  # noqa: ANN401
    """What stands for a value without a metavar: its choices, or the last word of the option's name."""
    shown = getattr(param, "display_type_rich", lambda **_: "")(ctx=None)
    return shown.strip("<>[]") if "|" in shown else str(param.name).upper().rpartition("_")[2]


def _sentence(text: str) -> str:
    """The first paragraph of a help text, on one line."""
    return " ".join(text.strip().split("\n\n")[0].split())


def options_of(command: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401
    """Group, names and text of every argument and option that is shown, in order; for the documentation."""
    for param in command.params:
        record = _record(param)
        if record is not None:
            argument = param.param_type_name == "argument"
            yield ("Arguments" if argument else _panel(param), *record)

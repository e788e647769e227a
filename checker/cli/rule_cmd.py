"""``misquote rule``: what a rule means, with its examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from .console import errors_end_in_two, report_terminal, write_out
from .options import ColorOption

if TYPE_CHECKING:
    from ..rules import RuleInfo


def _codes(incomplete: str) -> list[tuple[str, str]]:
    from ..rules import all_rules

    wanted = incomplete.lower()
    return [
        (name, info.summary)
        for info in all_rules()
        for name in (info.code, info.name)
        if name.lower().startswith(wanted)
    ]


def rule(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="RULE",
            help="Code or name, such as MQ102 or negation-changed.",
            autocompletion=_codes,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List every rule.")] = False,
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="How to show it.")
    ] = "text",
    color: ColorOption = "auto",
) -> None:
    """Explain a rule, with its examples; without a name, list them all."""
    with errors_end_in_two():
        from ..rules import all_rules, find_rule
        from ..rules.pages import page_of

        chosen = all_rules() if every or name is None else (find_rule(name),)
        if format == "json":
            write_out(json.dumps([_as_dict(info) for info in chosen], ensure_ascii=False, indent=2))
        elif every or name is None:
            write_out("\n".join(_line(info) for info in chosen))
        else:
            write_out(_rendered(page_of(chosen[0]), color))


def _as_dict(info: RuleInfo) -> dict[str, str]:
    from ..rules.pages import page_of

    return {
        "code": info.code,
        "name": info.name,
        "group": info.group,
        "severity": info.severity.value,
        "summary": info.summary,
        "page": page_of(info),
    }


def _line(info: RuleInfo) -> str:
    return f"{info.code}  {info.name:<24} {info.severity.value:<8} {info.summary}"


def _rendered(page: str, color: str) -> str:
    """The page as a terminal shows it; the plain Markdown where there is no colour."""
    terminal = report_terminal(color)
    if not terminal.color:
        return page
    import io

    from rich.console import Console
    from rich.markdown import Markdown

    buffer = io.StringIO()
    Console(file=buffer, width=terminal.width, force_terminal=True).print(Markdown(page))
    return buffer.getvalue()

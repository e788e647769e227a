"""``misquote rule``: what a rule means, with its examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from . import completion
from .console import errors_end_in_two, report_terminal, write_out
from .options import ColorOption

if TYPE_CHECKING:
    from ..rules import RuleInfo


def rule(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="RULE",
            help="Code or name, such as MQ102 or negation-changed.",
            autocompletion=completion.rules,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List every rule, a line each.")] = False,
    format: Annotated[
        Literal["text", "markdown", "json"],
        typer.Option(
            "--format", "-f", help="How to show it: text (default), markdown or json.", metavar="FORMAT"
        ),
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
        elif format == "markdown":
            write_out(page_of(chosen[0]))
        else:
            write_out(_rendered(chosen[0], color))


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


def _rendered(info: RuleInfo, color: str) -> str:
    from ..report.page import Page
    from ..report.rule_page import write_rule_page

    terminal = report_terminal(color)
    page = Page(terminal.width, terminal.color)
    write_rule_page(page, info)
    return str(page)

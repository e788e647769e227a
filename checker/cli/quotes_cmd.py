"""``misquote quotes``: what was found in an article, without any index."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ..pipeline import extract_files
from ..report.quotes import render_quotes
from .console import ExitCode, errors_end_in_two, report_terminal, show_problem, write_out


def quotes(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.")],
    format: Annotated[Literal["full", "jsonl"], typer.Option("--format", "-f", help="How to show them.")] = "full",
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the articles; detected if not given.")] = None,
    color: Annotated[Literal["auto", "always", "never"], typer.Option(help="When to use colour.")] = "auto",
) -> None:
    """List the quotations and speakers of articles; no index is needed."""
    with errors_end_in_two():
        extractions, problems = extract_files(paths, language=lang)
        terminal = report_terminal(color)
        write_out(render_quotes(extractions, format, width=terminal.width, color=terminal.color))
    for problem in problems:
        show_problem(problem)
    if problems:
        raise typer.Exit(ExitCode.INCOMPLETE)

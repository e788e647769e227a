"""``misquote quotes``: what was found in an article, without any index."""

from __future__ import annotations

import os
from typing import Annotated, Literal

import typer

from .console import (
    ExitCode,
    errors_end_in_two,
    report_terminal,
    settings_folder,
    show_problem,
    stdin_bytes,
    write_out,
)
from .options import ArticlesArgument, ColorOption, LangOption


def quotes(
    paths: ArticlesArgument,
    format: Annotated[
        Literal["full", "jsonl"], typer.Option("--format", "-f", help="How to show them.")
    ] = "full",
    lang: LangOption = None,
    color: ColorOption = "auto",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show long quotations whole.")] = False,
) -> None:
    """List the quotations and speakers of articles; no index is needed."""
    with errors_end_in_two():
        from ..config import load_settings
        from ..pipeline import extract_files
        from ..report.quotes import render_quotes

        settings = load_settings(settings_folder(paths), os.environ, {"language": lang})
        extractions, problems = extract_files(paths, language=settings.language, stdin=stdin_bytes)
        if extractions:
            terminal = report_terminal(color)
            write_out(
                render_quotes(
                    extractions, format, width=terminal.width, color=terminal.color, verbose=verbose
                )
            )
        for problem in problems:
            show_problem(problem)
    if problems:
        raise typer.Exit(ExitCode.INCOMPLETE)

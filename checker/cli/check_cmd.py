"""``misquote check``: the main job."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from index import PassageIndex, load_encoder

from ..config import Settings, load_settings
from ..errors import ConfigError, InputError
from ..pipeline import Checker, temporary_index
from ..reading import ReadResult, read_paths
from ..report import FORMATS, render
from ..report.summary import exit_status
from ..types import Problem, Report, RunInfo, Severity
from .console import (
    PIPED_WIDTH,
    ExitCode,
    errors_end_in_two,
    joined,
    report_terminal,
    say,
    show_problem,
    stdin_bytes,
    write_file,
    write_out,
)

Level = Literal["error", "warning", "info", "never"]


def _formats(incomplete: str) -> list[str]:
    return [name for name in FORMATS if name.startswith(incomplete)]


@dataclass(frozen=True, slots=True)
class Output:
    """One report to write besides the one on standard output."""

    format: str
    path: Path


def check(
    paths: Annotated[list[str], typer.Argument(help="Articles: files, folders, globs, or - for standard input.")],
    index: Annotated[
        str | None,
        typer.Option("--index", "-i", help="Index folder. Default: $MISQUOTE_INDEX, settings, .misquote/index.", rich_help_panel="Evidence"),
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option("--against", help="Check against these originals instead of an index: file, folder or glob.", rich_help_panel="Evidence"),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", help="sentence-transformers model name or folder; default: the embedded model.", rich_help_panel="Evidence"),
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the articles; detected if not given.")] = None,
    indirect: Annotated[
        bool, typer.Option("--indirect", help="Judge reported speech without quotation marks too (warnings at most).")
    ] = False,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help=f"Report on standard output: {', '.join(FORMATS)}.", autocompletion=_formats, rich_help_panel="Output"),
    ] = None,
    report: Annotated[
        list[str] | None,
        typer.Option("--report", help="Also write a report: FORMAT:PATH. May be repeated.", rich_help_panel="Output"),
    ] = None,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option(help="When to use colour.", rich_help_panel="Output")
    ] = "auto",
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List consistent quotations too.", rich_help_panel="Output")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No report on standard output.", rich_help_panel="Output")
    ] = False,
    fail_on: Annotated[
        Level | None,
        typer.Option("--fail-on", help="Lowest level that makes the exit status 1.", rich_help_panel="Gate"),
    ] = None,
    fail_on_unverified: Annotated[
        bool | None,
        typer.Option("--fail-on-unverified", help="Unverified quotations make the exit status 1.", rich_help_panel="Gate"),
    ] = None,
) -> None:
    """Check the quotations of articles against earlier coverage."""
    with errors_end_in_two():
        given = {
            "index": index, "model": model, "language": lang, "format": format,
            "fail_on": fail_on, "fail_on_unverified": fail_on_unverified,
        }  # fmt: skip
        settings = load_settings(_first_folder(paths), os.environ, given)
        outputs = [_output(text) for text in joined(report)]
        read = read_paths(paths, language=settings.language, stdin=stdin_bytes)
        result = _run(read, settings, joined(against), indirect)
        _write(result, settings, outputs, color=color, verbose=verbose, quiet=quiet)
    for problem in result.errors:
        show_problem(problem)
    status, reason = exit_status(result, settings.fail_on, settings.fail_on_unverified)
    if quiet and status:
        say(reason)
    raise typer.Exit(status)


def _first_folder(paths: Sequence[str]) -> Path:
    """Where settings are looked for: beside the first path that exists, else here."""
    for text in paths:
        path = Path(text)
        if text != "-" and path.exists():
            return path if path.is_dir() else path.parent
    return Path.cwd()


def _output(text: str) -> Output:
    """``FORMAT:PATH`` as a record.

    Raises:
        ConfigError: there is no such format, or no path.
    """
    name, _, path = text.partition(":")
    if name not in FORMATS or not path:
        raise ConfigError(f"--report {text!r} is not FORMAT:PATH", f"formats: {', '.join(FORMATS)}; such as json:report.json")
    return Output(name, Path(path))


def _run(read: ReadResult, settings: Settings, against: Sequence[str], indirect: bool) -> Report:
    with ExitStack() as stack:
        encoder = load_encoder(settings.model, offline=settings.offline)
        problems: tuple[Problem, ...] = read.problems
        if against:
            index, ingested = stack.enter_context(temporary_index(encoder, against))
            problems += ingested.problems
            if not ingested.added.articles:
                raise InputError("there is nothing in --against to check against", "name files or folders with the originals")
        else:
            index = PassageIndex.open(Path(settings.index), model=encoder.info)
            stack.callback(index.close)
        checker = Checker(index, encoder, levels=settings.rules, indirect=indirect)
        articles = tuple(checker.check_article(article) for article in read.articles)
        return Report(articles, problems, _run_info(checker, settings))


def _run_info(checker: Checker, settings: Settings) -> RunInfo:
    return checker.run_info(
        policy=settings.policy,
        fail_on=settings.fail_on,
        fail_on_unverified=settings.fail_on_unverified,
        started=_now(os.environ.get("SOURCE_DATE_EPOCH")),
    )


def _now(epoch: str | None) -> str:
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else datetime.now(UTC)
    return moment.isoformat(timespec="seconds")


def _write(
    report: Report, settings: Settings, outputs: Sequence[Output], *, color: str, verbose: bool, quiet: bool
) -> None:
    if settings.format not in FORMATS:
        raise ConfigError(f"there is no format {settings.format!r}", f"use one of {', '.join(FORMATS)}")
    if not quiet:
        terminal = report_terminal(color)
        shown = dict(verbose=verbose, show_consistent=verbose, min_severity=Severity(settings.min_severity))
        write_out(render(report, settings.format, width=terminal.width, color=terminal.color, **shown))
    for output in outputs:
        write_file(output.path, render(report, output.format, width=PIPED_WIDTH))


"""What every command shares: where things are printed, how errors end, colour and width."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TextIO

import typer

from index.errors import PassageIndexError

from ..errors import CheckerError, InputError
from ..report.safe_text import for_terminal
from ..types import Problem

MAX_WIDTH = 120
PIPED_WIDTH = 100


class ExitCode(IntEnum):
    """Exit statuses; the higher outranks the lower."""

    CLEAN = 0
    FINDINGS = 1
    INCOMPLETE = 2


@dataclass(frozen=True, slots=True)
class Terminal:
    """How wide and how colourful a stream is."""

    width: int
    color: bool


def terminal_of(stream: TextIO, color: str, environ: Mapping[str, str]) -> Terminal:
    """Width and colour of a stream: ``--color``, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal."""
    tty = stream.isatty()
    if color == "auto":
        use = not environ.get("NO_COLOR") and (bool(environ.get("FORCE_COLOR")) or (tty and environ.get("TERM") != "dumb"))
    else:
        use = color == "always"
    columns = environ.get("COLUMNS", "")
    fallback = int(columns) if columns.isdigit() and int(columns) >= 40 else PIPED_WIDTH
    width = shutil.get_terminal_size((fallback, 24)).columns if tty else fallback
    return Terminal(min(max(width, 40), MAX_WIDTH), use)


def report_terminal(color: str) -> Terminal:
    """The terminal that standard output is, or is not."""
    return terminal_of(sys.stdout, color, os.environ)


def write_out(text: str) -> None:
    """Print a report. A reader that closed the pipe early ends the program quietly."""
    encoded = text if text.endswith("\n") or not text else text + "\n"
    try:
        sys.stdout.buffer.write(encoded.encode("utf-8", "replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(ExitCode.INCOMPLETE) from None


def write_file(path: Path, text: str) -> None:
    """Write a report file, whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    partial = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8", errors="replace")
        partial.replace(path)
    except OSError as error:
        raise InputError(
            f"the report {str(path)!r} cannot be written: {error.strerror or error}",
            "choose another place with --report FORMAT:PATH",
            path=str(path),
        ) from error


def say(message: str) -> None:
    """A line for people, on standard error."""
    sys.stderr.write(for_terminal(message) + "\n")
    sys.stderr.flush()


def show_problem(problem: Problem) -> None:
    """One problem with its remedy, on standard error."""
    where = problem.path or ""
    if where and problem.line:
        where += f":{problem.line}"
    say(f"error: {where + ': ' if where else ''}{problem.message}")
    if problem.remedy:
        say(f"  help: {problem.remedy}")


def as_problem(error: CheckerError | PassageIndexError) -> Problem:
    """An error as a record that reports can show."""
    return Problem(str(error), error.remedy, getattr(error, "path", None), getattr(error, "line", None))


@contextmanager
def errors_end_in_two(debug: bool = False) -> Iterator[None]:
    """Turn the errors a user can mend into one clear message and exit status 2."""
    try:
        yield
    except (CheckerError, PassageIndexError) as error:
        if debug:
            raise
        show_problem(as_problem(error))
        raise typer.Exit(ExitCode.INCOMPLETE) from None


@contextmanager
def progress(title: str, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """A count that runs on a terminal; None where standard error is none or quiet was asked."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,} passages"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done: bar.update(task, completed=done)


def stdin_bytes() -> bytes:
    """Standard input as it is."""
    return sys.stdin.buffer.read()


def joined(values: Sequence[str] | None) -> tuple[str, ...]:
    """A repeatable option that may be missing."""
    return tuple(values or ())

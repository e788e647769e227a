"""What every command shares: where things are printed, how errors end, colour and width.

Nothing heavy is imported at the top of a module of this package: NumPy, the index and the stages
are loaded inside the commands that need them, so that help and completion answer at once.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from ..errors import CheckerError, ConfigError, InputError

if TYPE_CHECKING:
    from index.errors import PassageIndexError

    from ..types import Problem

MAX_WIDTH = 120
PIPED_WIDTH = 100
INTERRUPTED = 130
"""128 and the number of the signal, as shells have it."""


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


def terminal_of(stream: IO[str], color: str, environ: Mapping[str, str]) -> Terminal:
    """Width and colour of a stream: ``--color``, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal."""
    tty = stream.isatty()
    if color == "auto":
        wanted = bool(environ.get("FORCE_COLOR")) or (tty and environ.get("TERM") != "dumb")
        use = wanted and not environ.get("NO_COLOR")
    else:
        use = color == "always"
    columns = environ.get("COLUMNS", "")
    wide = columns.isascii() and columns.isdigit() and len(columns) < 5 and int(columns) >= 40
    fallback = int(columns) if wide else PIPED_WIDTH
    width = shutil.get_terminal_size((fallback, 24)).columns if tty else fallback
    return Terminal(min(max(width, 40), MAX_WIDTH), use)


def report_terminal(color: str) -> Terminal:
    """The terminal that standard output is, or is not."""
    return terminal_of(sys.stdout, color, os.environ)


def write_out(text: str) -> bool:
    """Print a report; False when its reader has closed the pipe, which is no error.

    Raises:
        InputError: it cannot be written, for example since the disk is full.
    """
    whole = text if text.endswith("\n") or not text else text + "\n"
    try:
        sys.stdout.buffer.write(whole.encode("utf-8", "replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        return False
    except OSError as error:
        _silence(sys.stdout)
        raise InputError(
            f"the report cannot be written to standard output: {error.strerror or error}",
            "free some space, or write it elsewhere with --report FORMAT:PATH",
        ) from error
    return True


def _silence(stream: IO[str]) -> None:
    """Send what is still buffered nowhere, so that the interpreter does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def say(message: str) -> None:
    """A line for people, on standard error."""
    from ..report.safe_text import for_terminal

    line = for_terminal(message) + "\n"
    try:
        sys.stderr.write(line)
        sys.stderr.flush()
    except BrokenPipeError:
        _silence(sys.stderr)


def show_problem(problem: Problem) -> None:
    """One problem with its remedy, on standard error; the place is named once."""
    where = problem.path or ""
    if where and problem.line:
        where += f":{problem.line}"
    told = not where or (where if problem.line else str(problem.path)) in problem.message
    say(f"error: {problem.message}" if told else f"error: {where}: {problem.message}")
    if problem.remedy:
        say(f"  help: {problem.remedy}")


def as_problem(error: CheckerError | PassageIndexError) -> Problem:
    """An error as a record that reports can show."""
    from ..types import Problem

    return Problem(str(error), error.remedy, getattr(error, "path", None), getattr(error, "line", None))


def mendable(error: Exception) -> CheckerError | PassageIndexError | None:
    """The error, if it is one that a user can mend."""
    from index.errors import PassageIndexError

    return error if isinstance(error, CheckerError | PassageIndexError) else None


@contextmanager
def errors_end_in_two(interrupted: str = "interrupted") -> Iterator[None]:
    """Turn the errors a user can mend into one clear message and exit status 2, and Ctrl-C into 130."""
    try:
        yield
    except KeyboardInterrupt:
        say(interrupted)
        raise typer.Exit(INTERRUPTED) from None
    except Exception as error:
        known = mendable(error)
        if known is None:
            raise
        show_problem(as_problem(known))
        raise typer.Exit(ExitCode.INCOMPLETE) from None


@contextmanager
def progress(
    title: str, quiet: bool, *, noun: str = "passages", total: int | None = None
) -> Iterator[Callable[[int], None] | None]:
    """A count that runs on a terminal; None where standard error is none or quiet was asked."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,} " + noun),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)


def now(environ: Mapping[str, str]) -> datetime:
    """The moment of the run; SOURCE_DATE_EPOCH stands in for the clock where a report must not change.

    Raises:
        ConfigError: SOURCE_DATE_EPOCH is no number of seconds.
    """
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ConfigError(
            f"SOURCE_DATE_EPOCH is {epoch[:40]!r}, which is no moment",
            "set it to seconds since 1970, or unset it",
        ) from error


def stdin_bytes() -> bytes:
    """Standard input as it is."""
    return sys.stdin.buffer.read()


def shown_path(path: Path | str) -> str:
    """A path as people name it: from the working folder where it lies in it."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else str(path)


def joined(values: Sequence[str] | None) -> tuple[str, ...]:
    """A repeatable option that may be missing."""
    return tuple(values or ())


def settings_folder(paths: Sequence[str]) -> Path:
    """Where settings are looked for: beside the first path that exists, else here."""
    for text in paths:
        if text == "-" or "\x00" in text:
            continue
        path = Path(text)
        try:
            if path.exists():
                return path if path.is_dir() else path.parent
        except OSError:  # a name that is too long, or a folder that may not be entered
            continue
    return Path.cwd()

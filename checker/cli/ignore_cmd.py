"""``misquote ignore``: a reviewed finding is set aside, with the reason."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ..config_file import find_config
from ..errors import ConfigError
from ..suppressions import FILE_NAME, Ignore, add_ignore, parse_day, parse_fingerprint
from .console import errors_end_in_two, now, say, shown_path


def ignore_file(start: Path) -> Path:
    """The ignore file for what lies in ``start``: beside its settings file, else in the working folder."""
    config = find_config(start)
    return (config.parent if config else Path.cwd()) / FILE_NAME


def ignore(
    fingerprint: Annotated[
        str,
        typer.Argument(
            metavar="FINGERPRINT", help="The finding's fingerprint, as `misquote check` shows it."
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why the finding does not count.")],
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decided it.")] = None,
    expires: Annotated[
        str | None,
        typer.Option("--expires", metavar="YYYY-MM-DD", help="Last day on which it applies."),
    ] = None,
) -> None:
    """Set a reviewed finding aside.

    It is kept in .misquote-ignore.toml with the reason, and stays in reports for machines. See also
    `misquote baseline`, for many findings at once.
    """
    with errors_end_in_two():
        today = now(os.environ).date()
        if not reason.strip():
            raise ConfigError("the reason is empty", "say in a few words why the finding does not count")
        last = parse_day(expires) if expires is not None else None
        if last is not None and last < today:
            raise ConfigError(f"--expires {last} is over already", "give a day from today on")
        entry = Ignore(parse_fingerprint(fingerprint), reason.strip(), by, today, last)
        path = ignore_file(Path.cwd())
        add_ignore(path, entry, today)
        until = f" until {last}" if last else ""
        say(f"{entry.fingerprint} is ignored{until}, in {shown_path(path)}.")

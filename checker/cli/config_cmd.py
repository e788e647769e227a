"""``misquote config``: the settings in force and where each comes from."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from ..errors import ConfigError
from .console import errors_end_in_two, write_out


def config(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="Folder or file whose settings are asked for.")
    ] = Path(),
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON schema of the settings file.")
    ] = False,
) -> None:
    """Show the settings in force and where each comes from."""
    with errors_end_in_two():
        from ..config import config_schema, settings_with_origin
        from ..report.safe_text import for_terminal

        if schema:
            write_out(json.dumps(config_schema(), ensure_ascii=False, indent=2))
            return
        if not path.exists():
            raise ConfigError(f"{path} does not exist", "name a folder or file, or nothing for this folder")
        origins = settings_with_origin(path if path.is_dir() else path.parent, os.environ)
        rows = [(origin.key, _shown(origin.value), origin.source) for origin in origins]
        first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
        lines = [f"{key:<{first}}  {value:<{min(second, 40)}}  {source}" for key, value, source in rows]
        write_out("\n".join(for_terminal(line) for line in lines))


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "items"):
        return ", ".join(f"{key} = {level}" for key, level in value.items()) or "-"
    return str(value)

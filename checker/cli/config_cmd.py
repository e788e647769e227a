"""``misquote config``: the settings in force and where each comes from."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from ..config import config_schema, settings_with_origin
from ..report.safe_text import for_terminal
from .console import errors_end_in_two, write_out


def config(
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of the settings file.")] = False,
    path: Annotated[Path, typer.Argument(help="Folder or file whose settings are asked for.")] = Path(),
) -> None:
    """Show the settings in force and where each comes from."""
    with errors_end_in_two():
        if schema:
            write_out(json.dumps(config_schema(), ensure_ascii=False, indent=2))
            return
        origins = settings_with_origin(path, os.environ)
        width = max(len(origin.key) for origin in origins)
        lines = [f"{o.key:<{width}}  {_shown(o.value):<20} {o.source}" for o in origins]
        write_out("\n".join(for_terminal(line) for line in lines))


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(f"{k} = {v}" for k, v in value.items()) or "-" if isinstance(value, dict) else str(value)

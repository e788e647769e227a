"""The ``misquote`` command."""

from __future__ import annotations

import gc
import sys
import traceback
from typing import Annotated

import typer

from .. import __version__
from .baseline_cmd import baseline_app
from .check_cmd import check
from .compare_cmd import compare
from .config_cmd import config
from .console import INTERRUPTED, ExitCode
from .help_page import CompactCommand, CompactGroup
from .ignore_cmd import ignore
from .index_cmd import index_app
from .quotes_cmd import quotes
from .rule_cmd import rule

EPILOG = (
    "Exit status: 0 nothing at or above --fail-on; 1 findings at or above it; "
    "2 the run is incomplete (bad input, missing or damaged index, bad settings)."
)


class Root(CompactGroup):
    """The commands, in the order in which a newcomer needs them."""

    ORDER = ("check", "compare", "quotes", "index", "rule", "ignore", "baseline", "config")


app = typer.Typer(
    name="misquote",
    help="Checks the quotations of news articles against earlier coverage.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=Root,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"misquote {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options of the program itself."""


app.command(epilog=EPILOG)(check)
app.command(epilog=EPILOG)(compare)
app.command()(quotes)
app.add_typer(index_app, name="index", cls=CompactGroup)
app.command()(rule)
app.command()(ignore)
app.add_typer(baseline_app, name="baseline", cls=CompactGroup)
app.command()(config)
for group in (app, index_app, baseline_app):
    for registered in group.registered_commands:
        registered.cls = CompactCommand


def main() -> None:
    """Run the command line.

    Ctrl-C ends with 130, as shells expect. A fault of the program itself ends with 2 and never with
    Python's 1, which would read as "findings".
    """
    # Starting makes hundreds of thousands of objects that all stay: looking through them frees nothing.
    gc.set_threshold(100_000, 20, 50)
    try:
        app()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(INTERRUPTED)
    except Exception:
        traceback.print_exc()
        sys.stderr.write("error: this is a fault of misquote; please report it with the lines above\n")
        sys.exit(ExitCode.INCOMPLETE)
    finally:
        gc.freeze()  # nor does it at the end of the process

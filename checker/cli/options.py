"""Options that several commands share, each written once."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Level = Literal["error", "warning", "info", "never"]
Color = Literal["auto", "always", "never"]


def _formats(incomplete: str) -> list[str]:
    from ..report import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


ArticlesArgument = Annotated[
    list[str],
    typer.Argument(metavar="PATHS", help="Articles: files, folders, globs, or - for standard input."),
]
IndexOption = Annotated[
    str | None,
    typer.Option(
        "--index",
        "-i",
        help="Index folder. Default: $MISQUOTE_INDEX, settings, .misquote/index.",
        rich_help_panel="Evidence",
    ),
]
AgainstOption = Annotated[
    list[str] | None,
    typer.Option(
        "--against",
        metavar="WHERE",
        help="Hold each article against its own original: file, folder, or a pattern such as content/en/{path}.",
        rich_help_panel="Evidence",
    ),
]
AgainstRootOption = Annotated[
    str | None,
    typer.Option(
        "--against-root",
        metavar="DIR",
        help="Originals must lie in this folder. Default: that of --against, or this one.",
        rich_help_panel="Evidence",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="sentence-transformers model name or folder; default: the embedded model.",
        rich_help_panel="Evidence",
    ),
]
RevisionOption = Annotated[
    str | None,
    typer.Option(
        "--revision",
        help="Commit or tag of a model from the hub. Default: that of the index, or the newest.",
        rich_help_panel="Evidence",
    ),
]
LangOption = Annotated[
    str | None, typer.Option("--lang", help="Language of the articles; detected if not given.")
]
IndirectOption = Annotated[
    bool,
    typer.Option("--indirect", help="Judge reported speech without quotation marks too (warnings at most)."),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        help="Report on standard output: full, concise, json or jsonl. Default: full.",
        autocompletion=_formats,
        rich_help_panel="Output",
    ),
]
ReportOption = Annotated[
    list[str] | None,
    typer.Option(
        "--report", help="Also write a report: FORMAT:PATH. May be repeated.", rich_help_panel="Output"
    ),
]
ColorOption = Annotated[Color, typer.Option("--color", help="When to use colour.", rich_help_panel="Output")]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        help="List consistent quotations and ignored findings too.",
        rich_help_panel="Output",
    ),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing but errors.", rich_help_panel="Output")
]
FailOnOption = Annotated[
    Level | None,
    typer.Option(
        "--fail-on",
        metavar="LEVEL",
        help="Lowest level that makes the exit status 1: error (default), warning, info or never.",
        rich_help_panel="Gate",
    ),
]
FailOnUnverifiedOption = Annotated[
    bool | None,
    typer.Option(
        "--fail-on-unverified/--allow-unverified",
        help="Whether unverified quotations make it 1.",
        rich_help_panel="Gate",
    ),
]

"""Options that several commands share, each written once."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from . import completion

Level = Literal["error", "warning", "info", "never"]
Color = Literal["auto", "always", "never"]

_EVIDENCE = "Held against"
_RULES = "What counts"
_OUTPUT = "Output"

ArticlesArgument = Annotated[
    list[str],
    typer.Argument(metavar="PATHS", help="Files, folders, globs, or - for standard input."),
]
IndexOption = Annotated[
    str | None,
    typer.Option(
        "--index",
        "-i",
        metavar="DIR",
        help="Index; else $MISQUOTE_INDEX, or .misquote/index.",
        rich_help_panel=_EVIDENCE,
    ),
]
AgainstOption = Annotated[
    list[str] | None,
    typer.Option(
        "--against",
        metavar="WHERE",
        help="Each article's original: file, folder or en/{path}.",
        rich_help_panel=_EVIDENCE,
    ),
]
AgainstRootOption = Annotated[
    str | None,
    typer.Option(
        "--against-root",
        metavar="DIR",
        help="Originals must lie in this folder.",
        rich_help_panel=_EVIDENCE,
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="sentence-transformers model, not the embedded one.",
        rich_help_panel=_EVIDENCE,
    ),
]
RevisionOption = Annotated[
    str | None,
    typer.Option(
        "--revision",
        metavar="REV",
        help="Commit or tag of that model; else the index's.",
        rich_help_panel=_EVIDENCE,
    ),
]
LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="CODE",
        help="Language of the articles; detected if not given.",
        autocompletion=completion.languages,
    ),
]
IndirectOption = Annotated[
    bool,
    typer.Option("--indirect", help="Judge reported speech without marks too.", rich_help_panel=_RULES),
]
PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME|FILE",
        help="translation, ap, reuters, guardian, or your file.",
        autocompletion=completion.policies,
        rich_help_panel=_RULES,
    ),
]
RuleOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="RULE=LEVEL",
        help="Such as MQ111=off or name-changed=info; repeatable.",
        autocompletion=completion.rule_levels,
        rich_help_panel=_RULES,
    ),
]
BaselineOption = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="Findings that were there before and do not count.",
        rich_help_panel=_RULES,
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="full, concise, json, jsonl, github, gitlab, sarif, junit, markdown or html.",
        autocompletion=completion.formats,
        rich_help_panel=_OUTPUT,
    ),
]
ReportOption = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT:PATH",
        help="Write a report to a file too; repeatable.",
        autocompletion=completion.reports,
        rich_help_panel=_OUTPUT,
    ),
]
PairFormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="full (default), jsonl, or one that `check` knows.",
        autocompletion=completion.pair_formats,
        rich_help_panel=_OUTPUT,
    ),
]
ColorOption = Annotated[
    Color,
    typer.Option("--color", metavar="WHEN", help="auto (default), always or never.", rich_help_panel=_OUTPUT),
]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        help="All quotations, findings set aside, and timings.",
        rich_help_panel=_OUTPUT,
    ),
]
ExplainOption = Annotated[
    bool,
    typer.Option("--explain", help="Each rule's page below its first finding.", rich_help_panel=_OUTPUT),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing but errors.", rich_help_panel=_OUTPUT)
]
FailOnOption = Annotated[
    Level | None,
    typer.Option(
        "--fail-on",
        metavar="LEVEL",
        help="Exit 1 from error (default), warning, info, or never.",
        rich_help_panel=_RULES,
    ),
]
FailOnUnverifiedOption = Annotated[
    bool | None,
    typer.Option(
        "--fail-on-unverified/--allow-unverified",
        help="Unverified quotations exit 1 (--allow-unverified: 0).",
        rich_help_panel=_RULES,
    ),
]

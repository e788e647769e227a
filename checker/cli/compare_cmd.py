"""``misquote compare``: quotations held against sources that are given, no index needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

from ..errors import CheckerError, InputError
from .console import ExitCode, errors_end_in_two, report_terminal, say, show_problem, write_out
from .options import ColorOption, FailOnOption, ModelOption, RevisionOption

if TYPE_CHECKING:
    from ..pipeline import Checker
    from ..reading.segments import Choice, Item, Segment
    from ..types import PairResult, Problem

    Read = tuple[str | None, Item]

NEVER = 4
"""A rank above that of every severity."""
WHAT = "give --quote and --source, or a file of pairs: JSONL, CSV, TSV, XLIFF, TMX or PO"


def compare(
    pairs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PAIRS",
            help="Files of pairs: JSONL, CSV, TSV, XLIFF, TMX, PO; - is JSONL from standard input.",
        ),
    ] = None,
    quote: Annotated[str | None, typer.Option("--quote", help="A quotation.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="What it is held against.")] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="Who is quoted.")] = None,
    source_speaker: Annotated[
        str | None, typer.Option("--source-speaker", help="Who speaks in the source.")
    ] = None,
    quote_lang: Annotated[str | None, typer.Option("--quote-lang", help="Language of the quotation.")] = None,
    source_lang: Annotated[str | None, typer.Option("--source-lang", help="Language of the source.")] = None,
    quote_column: Annotated[
        str | None, typer.Option("--quote-column", help="CSV: heading or number of the translations.")
    ] = None,
    source_column: Annotated[
        str | None, typer.Option("--source-column", help="CSV: heading or number of the sources.")
    ] = None,
    model: ModelOption = None,
    revision: RevisionOption = None,
    format: Annotated[
        Literal["full", "jsonl"], typer.Option("--format", "-f", help="How to show the result.")
    ] = "full",
    fail_on: FailOnOption = None,
    color: ColorOption = "auto",
) -> None:
    """Hold quotations against given sources, in the same language or another."""
    with errors_end_in_two():
        from index import load_encoder

        from ..config import load_settings
        from ..pipeline import Checker
        from ..reading.segments import Choice

        texts = {"quote": quote, "source": source, "speaker": speaker, "source_speaker": source_speaker}
        given = {key: value for key, value in texts.items() if value is not None}
        choice = Choice(quote_lang, source_lang, quote_column, source_column)
        chosen = {"model": model, "revision": revision, "fail_on": fail_on}
        settings = load_settings(Path.cwd(), os.environ, chosen)
        with ExitStack() as stack:
            items = _items(stack, pairs, given, choice)
            encoder = load_encoder(
                settings.model,
                offline=settings.offline,
                revision=settings.revision,
                prompts=settings.prompts,
            )
            status = _compare_all(
                Checker(encoder=encoder, levels=settings.levels()), items, settings.fail_on, format, color
            )
    raise typer.Exit(status)


def _items(
    stack: ExitStack, pairs: Sequence[str] | None, given: Mapping[str, str], choice: Choice
) -> Iterator[Read]:
    """The pairs to compare with the file they are from, read as they are asked for.

    Raises:
        InputError: nothing to compare was given, or too much, or a file cannot be read.
    """
    from ..reading.segments import Segment

    if not pairs:
        for key in ("quote", "source"):
            if not given.get(key, "").strip():
                lacks = f"there is nothing to compare: no --{key}" if given else "there is nothing to compare"
                raise InputError(lacks, WHAT)
        one = Segment(
            "",
            given["quote"],
            given["source"],
            choice.quote_language,
            choice.source_language,
            given.get("speaker"),
            given.get("source_speaker"),
        )
        return iter([(None, one)])
    if given:
        raise InputError(
            f"both a file of pairs and --{next(iter(given)).replace('_', '-')} were given",
            "give one or the other",
        )
    opened = [(path, _opened(stack, path)) for path in pairs]
    return ((path, item) for path, stream in opened for item in _read(stream, path, choice))


def _opened(stack: ExitStack, path: str) -> BinaryIO:
    if path == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(path).open("rb"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path} cannot be read: {reason}", WHAT, path=path) from error


def _read(stream: BinaryIO, path: str, choice: Choice) -> Iterator[Item]:
    from ..reading.segments import read_segments

    return read_segments(stream, path=path, choice=choice)


def _compare_all(checker: Checker, items: Iterator[Read], fail_on: str, form: str, color: str) -> int:
    """Compare and print pair by pair, in order; the exit status."""
    from ..reading.segments import Untranslated
    from ..report.pairs import render_pairs
    from ..types import Problem, Severity

    worst, compared, untranslated, incomplete = 0, 0, 0, False
    terminal = report_terminal(color)
    for path, item in items:
        if isinstance(item, Untranslated):
            untranslated += 1
            continue
        result = item if isinstance(item, Problem) else _compare(checker, item, path)
        if isinstance(result, Problem):
            show_problem(result)
            incomplete = True
            continue
        compared += 1
        worst = max([worst, *(f.severity.rank for f in result.findings if f.suppression is None)])
        if not write_out(render_pairs([result], form, width=terminal.width, color=terminal.color)):
            if next(items, None) is not None:
                say("note: the reader of the results has gone; the other pairs were not compared")
                incomplete = True
            break
    if untranslated:
        say(f"note: {_segments(untranslated)} no translation yet; {compared:,} compared")
    if incomplete:
        return ExitCode.INCOMPLETE
    gate = NEVER if fail_on == "never" else Severity(fail_on).rank
    return ExitCode.FINDINGS if worst >= gate else ExitCode.CLEAN


def _segments(number: int) -> str:
    return "1 segment has" if number == 1 else f"{number:,} segments have"


def _compare(checker: Checker, segment: Segment, path: str | None) -> PairResult | Problem:
    from ..pipeline import Source
    from ..reading.segments import has_places
    from ..types import Problem

    try:
        result = checker.compare(
            segment.quote,
            [Source(segment.source, segment.source_language, segment.source_speaker)],
            id=segment.id,
            language=segment.quote_language,
            speaker=segment.speaker,
        )
    except CheckerError as error:
        return Problem(str(error), error.remedy, path, segment.line)
    return replace(result, path=path, line=segment.line) if path and has_places(path) else result

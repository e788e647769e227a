"""``misquote compare``: quotations held against sources that are given, no index needed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ..errors import CheckerError, InputError
from .console import ExitCode, errors_end_in_two, report_terminal, say, show_problem, write_out
from .options import ColorOption, FailOnOption, ModelOption, RevisionOption

if TYPE_CHECKING:
    from ..pipeline import Checker
    from ..types import PairResult, Problem

TEXTS = ("quote", "source", "quote_language", "source_language", "speaker", "source_speaker")
REMEDY = 'write one pair a line in JSON: {"id": ..., "quote": ..., "source": ...}'
NEVER = 4
"""A rank above that of every severity."""

Row = Mapping[str, Any]


def compare(
    pairs: Annotated[
        str | None,
        typer.Argument(metavar="PAIRS", help="JSONL file of pairs, or - for standard input."),
    ] = None,
    quote: Annotated[str | None, typer.Option("--quote", help="A quotation.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="What it is held against.")] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="Who is quoted.")] = None,
    source_speaker: Annotated[
        str | None, typer.Option("--source-speaker", help="Who speaks in the source.")
    ] = None,
    quote_lang: Annotated[str | None, typer.Option("--quote-lang", help="Language of the quotation.")] = None,
    source_lang: Annotated[str | None, typer.Option("--source-lang", help="Language of the source.")] = None,
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

        single = {
            "quote": quote, "source": source, "speaker": speaker, "source_speaker": source_speaker,
            "quote_language": quote_lang, "source_language": source_lang,
        }  # fmt: skip
        given = {key: value for key, value in single.items() if value is not None}
        chosen = {"model": model, "revision": revision, "fail_on": fail_on}
        settings = load_settings(Path.cwd(), os.environ, chosen)
        with _rows(pairs, given) as rows:
            encoder = load_encoder(
                settings.model,
                offline=settings.offline,
                revision=settings.revision,
                prompts=settings.prompts,
            )
            status = _compare_all(
                Checker(encoder=encoder, levels=settings.levels()), rows, settings.fail_on, format, color
            )
    raise typer.Exit(status)


@contextmanager
def _rows(pairs: str | None, given: Row) -> Iterator[Iterator[Row | Problem]]:
    """The pairs to compare, read as they are asked for.

    Raises:
        InputError: nothing to compare was given, or too much, or the file cannot be read.
    """
    if pairs is None:
        for key in ("quote", "source"):
            if not given.get(key, "").strip():
                raise InputError(
                    f"there is nothing to compare: no --{key}" if given else "there is nothing to compare",
                    "give --quote and --source, or a JSONL file of pairs",
                )
        yield iter([given])
    elif given:
        raise InputError(
            f"both a file of pairs and --{next(iter(given)).replace('_', '-')} were given",
            "give one or the other",
        )
    elif pairs == "-":
        yield _read(sys.stdin.buffer, pairs)
    else:
        try:
            file = Path(pairs).open("rb")  # noqa: SIM115 - closed below
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(
                f"{pairs} cannot be read: {reason}", "give a JSONL file of pairs", path=pairs
            ) from error
        with file:
            yield _read(file, pairs)


def _read(lines: Iterable[bytes], path: str) -> Iterator[Row | Problem]:
    from ..types import Problem

    seen = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        seen += 1
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            yield Problem(
                f"the encoding is broken: byte {error.start} of the line is not valid UTF-8",
                REMEDY,
                path,
                number,
            )
            continue
        except (ValueError, RecursionError) as error:
            yield Problem(f"not valid JSON: {str(error)[:100]}", REMEDY, path, number)
            continue
        wrong = _wrong(row)
        yield Problem(wrong, REMEDY, path, number) if wrong else {"id": str(number), **row, "line": number}
    if not seen:
        yield Problem("the file is empty (it holds no pair)", REMEDY, path)


def _wrong(row: object) -> str | None:
    if not isinstance(row, dict):
        return "the line is not a JSON object"
    for key in TEXTS:
        value = row.get(key)
        if key in ("quote", "source") and not (isinstance(value, str) and value.strip()):
            return f"the pair has no {key}"
        if value is not None and not isinstance(value, str):
            return f"{key} is no string"
    if not isinstance(row.get("id", ""), str | int):
        return "id is neither a string nor a number"
    return None


def _compare_all(
    checker: Checker,
    rows: Iterator[Row | Problem],
    fail_on: str,
    form: str,
    color: str,
) -> int:
    """Compare and print pair by pair, in order; the exit status."""
    from ..report.pairs import render_pairs
    from ..types import Problem, Severity

    worst, incomplete = 0, False
    terminal = report_terminal(color)
    for row in rows:
        result = row if isinstance(row, Problem) else _compare(checker, row)
        if isinstance(result, Problem):
            show_problem(result)
            incomplete = True
            continue
        worst = max([worst, *(f.severity.rank for f in result.findings if f.suppression is None)])
        if not write_out(render_pairs([result], form, width=terminal.width, color=terminal.color)):
            if next(rows, None) is not None:
                say("note: the reader of the results has gone; the other pairs were not compared")
                incomplete = True
            break
    if incomplete:
        return ExitCode.INCOMPLETE
    gate = NEVER if fail_on == "never" else Severity(fail_on).rank
    return ExitCode.FINDINGS if worst >= gate else ExitCode.CLEAN


def _compare(checker: Checker, row: Row) -> PairResult | Problem:
    from ..pipeline import Source
    from ..types import Problem

    try:
        return checker.compare(
            row["quote"],
            [Source(row["source"], row.get("source_language"), row.get("source_speaker"))],
            id=str(row.get("id", "")),
            language=row.get("quote_language"),
            speaker=row.get("speaker"),
        )
    except CheckerError as error:
        return Problem(str(error), error.remedy, None, row.get("line"))

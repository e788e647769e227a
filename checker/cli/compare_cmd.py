"""``misquote compare``: quotations held against sources that are given, no index needed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from index import load_encoder

from ..errors import InputError
from ..pipeline import Checker, Source
from ..report.pairs import render_pairs
from ..types import PairResult, Problem, Severity
from .console import ExitCode, errors_end_in_two, report_terminal, show_problem, write_out

TEXTS = ("quote", "source", "quote_language", "source_language", "speaker", "source_speaker")


def compare(
    pairs: Annotated[str | None, typer.Argument(help="JSONL file of pairs, or - for standard input.")] = None,
    quote: Annotated[str | None, typer.Option("--quote", help="A quotation.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="What it is held against.")] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="Who is quoted.")] = None,
    source_speaker: Annotated[str | None, typer.Option("--source-speaker", help="Who speaks in the source.")] = None,
    quote_lang: Annotated[str | None, typer.Option("--quote-lang", help="Language of the quotation.")] = None,
    source_lang: Annotated[str | None, typer.Option("--source-lang", help="Language of the source.")] = None,
    model: Annotated[str | None, typer.Option("--model", help="sentence-transformers model name or folder.")] = None,
    format: Annotated[Literal["full", "jsonl"], typer.Option("--format", "-f", help="How to show the result.")] = "full",
    fail_on: Annotated[
        Literal["error", "warning", "info", "never"], typer.Option("--fail-on", help="Lowest level that makes the exit status 1.")
    ] = "error",
    color: Annotated[Literal["auto", "always", "never"], typer.Option(help="When to use colour.")] = "auto",
) -> None:
    """Hold quotations against given sources, in the same language or another."""
    with errors_end_in_two():
        single = {
            "id": "1", "quote": quote, "source": source, "speaker": speaker, "source_speaker": source_speaker,
            "quote_language": quote_lang, "source_language": source_lang,
        }  # fmt: skip
        rows = _rows(pairs, single)
        checker = Checker(encoder=load_encoder(model))
        worst, incomplete = 0, False
        terminal = report_terminal(color)
        for row in rows:
            if isinstance(row, Problem):
                show_problem(row)
                incomplete = True
                continue
            result = _compare(checker, row)
            worst = max([worst, *(f.severity.rank for f in result.findings)])
            write_out(render_pairs([result], format, width=terminal.width, color=terminal.color))
    if incomplete:
        raise typer.Exit(ExitCode.INCOMPLETE)
    gate = 4 if fail_on == "never" else Severity(fail_on).rank
    raise typer.Exit(ExitCode.FINDINGS if worst >= gate else ExitCode.CLEAN)


def _rows(pairs: str | None, single: Mapping[str, str | None]) -> Iterator[dict[str, Any] | Problem]:
    """The pairs to compare.

    Raises:
        InputError: neither a file nor both texts were given, or the file is missing.
    """
    if pairs is None:
        if not single["quote"] or not single["source"]:
            raise InputError("there is nothing to compare", "give --quote and --source, or a JSONL file of pairs")
        return iter([{k: v for k, v in single.items() if v is not None}])
    return _read(pairs)


def _read(pairs: str) -> Iterator[dict[str, Any] | Problem]:
    if pairs == "-":
        data = sys.stdin.buffer.read()
    else:
        try:
            data = Path(pairs).read_bytes()
        except OSError as error:
            raise InputError(f"{pairs}: {error.strerror}", "give a readable JSONL file of pairs", path=pairs) from error
    remedy = 'each line is {"id", "quote", "source"} in JSON'
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield Problem(f"not JSON: {error}", remedy, pairs, number)
            continue
        wrong = _wrong(row)
        yield Problem(wrong, remedy, pairs, number) if wrong else row


def _wrong(row: object) -> str | None:
    if not isinstance(row, dict):
        return "not an object"
    for key in TEXTS:
        value = row.get(key)
        if key in ("quote", "source") and not (isinstance(value, str) and value.strip()):
            return f"no {key}"
        if value is not None and not isinstance(value, str):
            return f"{key} is not a text"
    return None


def _compare(checker: Checker, row: Mapping[str, Any]) -> PairResult:
    source = Source(row["source"], row.get("source_language"), row.get("source_speaker"))
    return checker.compare(
        row["quote"],
        [source],
        id=str(row.get("id", "")),
        language=row.get("quote_language"),
        speaker=row.get("speaker"),
    )

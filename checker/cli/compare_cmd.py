"""``misquote compare``: quotations held against sources that are given, no index needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from ..errors import InputError
from .console import (
    PIPED_WIDTH,
    ExitCode,
    errors_end_in_two,
    joined,
    now,
    report_terminal,
    say,
    settings_folder,
    write_out,
)
from .options import (
    ColorOption,
    FailOnOption,
    FailOnUnverifiedOption,
    ModelOption,
    PairFormatOption,
    ReportOption,
    RevisionOption,
)

if TYPE_CHECKING:
    from ..config import SettingsFinder
    from ..pipeline import Pair
    from ..reading.segments import Choice, Item
    from ..types import PairResult, Report
    from .compare_run import Outcome, Read
    from .outputs import Output

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
    format: PairFormatOption = "full",
    report: ReportOption = None,
    fail_on: FailOnOption = None,
    fail_on_unverified: FailOnUnverifiedOption = None,
    color: ColorOption = "auto",
) -> None:
    """Hold quotations against given sources, in the same language or another."""
    with errors_end_in_two():
        from ..config import SettingsFinder
        from ..reading.segments import Choice
        from ..report.registry import PAIR_FORMATS
        from .outputs import parse_outputs, require_format, require_writable

        texts = {"quote": quote, "source": source, "speaker": speaker, "source_speaker": source_speaker}
        given = {key: value for key, value in texts.items() if value is not None}
        choice = Choice(quote_lang, source_lang, quote_column, source_column)
        require_format(format, PAIR_FORMATS, f"--format {format!r}")
        outputs = parse_outputs(joined(report), PAIR_FORMATS)
        files = [path for path in pairs or () if path != "-"]
        require_writable(outputs, files)
        chosen = {
            "model": model, "revision": revision, "fail_on": fail_on, "fail_on_unverified": fail_on_unverified,
        }  # fmt: skip
        finder = SettingsFinder(os.environ, chosen)
        with ExitStack() as stack:
            items = _items(stack, pairs, given, choice)
            piped = not all(Path(path).is_file() for path in pairs or ())
            status = _compare_all(items, files, finder, Shown(format, outputs, color), piped=piped)
    raise typer.Exit(status)


@dataclass(frozen=True, slots=True)
class Shown:
    """How the results are shown, and which reports are written."""

    format: str
    outputs: Sequence[Output]
    color: str


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


def _compare_all(
    items: Iterator[Read], files: Sequence[str], finder: SettingsFinder, shown: Shown, *, piped: bool
) -> int:
    """Compare all pairs, show them and write the reports; the exit status."""
    from index import load_encoder

    from ..pipeline import Checker
    from ..report.pairs import at_once, render_pairs, render_segments
    from .check_settings import ignore_files
    from .compare_run import SegmentRun
    from .set_aside import SetAside

    settings = finder.of(settings_folder(files))
    aside = SetAside.read(ignore_files(finder, map(Path, files)), ())
    moment = now(os.environ)
    model = load_encoder(
        settings.model, offline=settings.offline, revision=settings.revision, prompts=settings.prompts
    )
    checker = Checker(encoder=model)
    if not piped:  # who writes to a pipe may wait for the answer to the last line
        items = checker.ahead(items, _pair_of)
    run = SegmentRun(finder, settings, checker, aside, moment.date())
    terminal = report_terminal(shown.color)

    def show(result: PairResult) -> bool:
        return write_out(render_pairs([result], shown.format, width=terminal.width, color=terminal.color))

    streamed = at_once(shown.format)
    keep = bool(shown.outputs) or not streamed
    outcome = run.compare(items, show=show if streamed else None, keep=keep)
    if keep:
        report = run.report(outcome, moment.isoformat(timespec="seconds"))
        _write_files(report, outcome, shown.outputs)
        if not streamed:
            text = render_segments(report, shown.format, width=terminal.width, color=terminal.color)
            write_out(text)
    return _ended(outcome)


def _pair_of(read: Read) -> Pair | None:
    """What is compared of an item."""
    from ..reading.segments import Segment
    from .compare_run import pair_of

    _, item = read
    return pair_of(item) if isinstance(item, Segment) else None


def _write_files(report: Report, outcome: Outcome, outputs: Sequence[Output]) -> None:
    from ..report.pairs import at_once, render_pairs, render_segments
    from .outputs import write_file

    results = [one.result for one in outcome.kept]
    for output in outputs:
        if at_once(output.format):
            text = render_pairs(results, output.format, width=PIPED_WIDTH)
        else:
            text = render_segments(report, output.format, width=PIPED_WIDTH)
        write_file(output.path, text)


def _ended(outcome: Outcome) -> int:
    """Say what was not compared; the exit status."""
    if not outcome.complete:
        say("note: the reader of the results has gone; the other pairs were not compared")
    if outcome.untranslated:
        say(f"note: {_segments(outcome.untranslated)} no translation yet; {outcome.compared:,} compared")
    if outcome.problems or not outcome.complete:
        return ExitCode.INCOMPLETE
    return outcome.status


def _segments(number: int) -> str:
    return "1 segment has" if number == 1 else f"{number:,} segments have"

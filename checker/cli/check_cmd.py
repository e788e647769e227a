"""``misquote check``: the main job."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from .console import (
    PIPED_WIDTH,
    errors_end_in_two,
    joined,
    now,
    report_terminal,
    say,
    settings_folder,
    show_problem,
    stdin_bytes,
    write_out,
)
from .options import (
    AgainstOption,
    AgainstRootOption,
    ArticlesArgument,
    ColorOption,
    FailOnOption,
    FailOnUnverifiedOption,
    FormatOption,
    IndexOption,
    IndirectOption,
    LangOption,
    ModelOption,
    QuietOption,
    ReportOption,
    RevisionOption,
    VerboseOption,
)
from .outputs import Output, parse_outputs, require_writable, write_file

if TYPE_CHECKING:
    from ..config import Settings
    from ..reading import ReadResult
    from ..types import Report

FOR_PEOPLE = ("full", "concise")
"""Formats in which a person reads of the problems in the report itself."""


def check(
    paths: ArticlesArgument,
    index: IndexOption = None,
    against: AgainstOption = None,
    against_root: AgainstRootOption = None,
    model: ModelOption = None,
    revision: RevisionOption = None,
    lang: LangOption = None,
    indirect: IndirectOption = False,
    format: FormatOption = None,
    report: ReportOption = None,
    color: ColorOption = "auto",
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
    fail_on: FailOnOption = None,
    fail_on_unverified: FailOnUnverifiedOption = None,
) -> None:
    """Check the quotations of articles against earlier coverage."""
    with errors_end_in_two():
        from .loading import load_in_background, load_likely

        likely = load_likely(model, os.environ)
        from ..config import load_settings

        given = {
            "index": index, "model": model, "revision": revision, "language": lang, "format": format,
            "fail_on": fail_on, "fail_on_unverified": fail_on_unverified}  # fmt: skip
        start, moment = settings_folder(paths), now(os.environ)
        settings = load_settings(start, os.environ, given)
        encoder = load_in_background(settings, indexed=not joined(against), likely=likely)

        from ..reading import read_paths
        from ..report import FORMATS
        from ..report.summary import exit_status
        from .against import pair_with_originals
        from .check_run import run_check

        outputs = parse_outputs(joined(report), FORMATS)
        ignore_files = _ignore_files(start)
        read = read_paths(paths, language=settings.language, stdin=stdin_bytes)
        require_writable(outputs, [*article_files(read), *map(str, ignore_files)])
        result = run_check(
            read,
            settings,
            encoder=encoder,
            against=pair_with_originals(joined(against), read.articles, paths, against_root),
            indirect=indirect,
            started=moment.isoformat(timespec="seconds"),
            quiet=quiet,
        )
        result = _without_ignored(result, ignore_files, moment.date())
        _write_files(result, outputs)
        printed = not quiet and _print(result, settings, color=color, verbose=verbose)
        told = printed and settings.format in FOR_PEOPLE
        _note_languages(result)
        _show_problems(result, told=told)
        status, reason = exit_status(result, settings.fail_on, settings.fail_on_unverified)
        if status and not told:
            say(reason)
    raise typer.Exit(status)


def article_files(read: ReadResult) -> list[str]:
    """The files that hold the articles, each once."""
    return list(dict.fromkeys(a.path for a in read.articles if a.path and a.path != "-"))


def _ignore_files(start: Path) -> list[Path]:
    from .ignore_cmd import ignore_file

    return list(dict.fromkeys(ignore_file(folder) for folder in (start, Path.cwd())))


def _without_ignored(report: Report, files: Sequence[Path], today: date) -> Report:
    from ..pipeline import verdict_of
    from ..suppressions import apply_ignores, expired_hits, read_ignores

    ignores = [ignore for path in files for ignore in read_ignores(path)]
    for ignore in expired_hits(report, ignores, today):
        say(f"note: the ignore of {ignore.fingerprint} ended on {ignore.expires}; the finding counts again")
    return apply_ignores(report, ignores, today, verdict_of)


def _write_files(report: Report, outputs: Sequence[Output]) -> None:
    from ..report import render

    for output in outputs:
        write_file(output.path, render(report, output.format, width=PIPED_WIDTH))


def _print(report: Report, settings: Settings, *, color: str, verbose: bool) -> bool:
    from ..report import render
    from ..types import Severity

    terminal = report_terminal(color)
    return write_out(
        render(
            report,
            settings.format,
            width=terminal.width,
            color=terminal.color,
            verbose=verbose,
            show_consistent=verbose,
            min_severity=Severity(settings.min_severity),
        )
    )


def _show_problems(report: Report, *, told: bool) -> None:
    """The problems on standard error too, unless the report has just told them in the same place."""
    if told and _same_place(sys.stdout, sys.stderr):
        return
    for problem in report.errors:
        show_problem(problem)


def _same_place(one: IO[str], other: IO[str]) -> bool:
    """Whether two streams end in the same terminal, file or pipe."""
    try:
        return os.path.sameopenfile(one.fileno(), other.fileno())
    except (OSError, ValueError):  # a stream that is no file, as under a test runner
        return False


def _note_languages(report: Report) -> None:
    """Say which articles could only be listed; their quotations are unchecked, which is no pass."""
    from ..languages import LANGUAGES, UNDETERMINED, is_known
    from ..report.wording import count, language_name

    for result in report.articles:
        code = result.article.language
        if is_known(code) or not result.results:
            continue
        named = result.article.path or result.article.id
        what = (
            "is in a language that could not be told"
            if code == UNDETERMINED
            else f"is in {language_name(code)}"
        )
        say(
            f"note: {named} {what}, so {count(len(result.results), 'quotation')} could not be checked"
            f" (languages: {', '.join(LANGUAGES)}; --lang names one)"
        )

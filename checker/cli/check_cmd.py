"""``misquote check``: the main job."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from .console import (
    PIPED_WIDTH,
    errors_end_in_two,
    joined,
    report_terminal,
    say,
    show_problem,
    write_out,
)
from .options import (
    AgainstOption,
    AgainstRootOption,
    ArticlesArgument,
    BaselineOption,
    ColorOption,
    ExplainOption,
    FailOnOption,
    FailOnUnverifiedOption,
    FormatOption,
    IndexOption,
    IndirectOption,
    LangOption,
    ModelOption,
    PolicyOption,
    QuietOption,
    ReportOption,
    RevisionOption,
    RuleOption,
    VerboseOption,
)
from .timing import Stopwatch

if TYPE_CHECKING:
    from ..config import Settings
    from ..types import Report
    from .outputs import Output

FOR_PEOPLE = ("full", "concise")
"""Formats in which a person reads of the problems in the report itself."""


def check(
    paths: ArticlesArgument,
    index: IndexOption = None,
    against: AgainstOption = None,
    against_root: AgainstRootOption = None,
    model: ModelOption = None,
    revision: RevisionOption = None,
    policy: PolicyOption = None,
    rule: RuleOption = None,
    baseline: BaselineOption = None,
    indirect: IndirectOption = False,
    fail_on: FailOnOption = None,
    fail_on_unverified: FailOnUnverifiedOption = None,
    format: FormatOption = None,
    report: ReportOption = None,
    explain: ExplainOption = False,
    color: ColorOption = "auto",
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
    lang: LangOption = None,
) -> None:
    """Check the quotations of articles against earlier coverage."""
    with errors_end_in_two():
        from .loading import load_likely

        watch = Stopwatch(time.perf_counter)
        likely = load_likely(model, os.environ)
        with watch.stage("loading"):
            from ..report import FORMATS
            from .check_job import CheckRequest, prepare
            from .outputs import parse_outputs, require_writable
            from .set_aside import known_findings, without_baseline

        given = {
            "index": index, "model": model, "revision": revision, "language": lang, "policy": policy,
            "baseline": baseline, "format": format, "fail_on": fail_on, "fail_on_unverified": fail_on_unverified,
        }  # fmt: skip
        request = CheckRequest(
            paths, given, joined(rule), joined(against), against_root, indirect, quiet, likely
        )
        outputs = parse_outputs(joined(report), FORMATS)
        job = prepare(request, os.environ, watch)
        accepted = Path(job.settings.baseline) if job.settings.baseline else None
        kept = [*job.ignore_files, *([accepted] if accepted else [])]
        require_writable(outputs, [*job.article_files, *map(str, kept)])
        known = known_findings(accepted)
        result, notes = job.run(watch)
        result, more = without_baseline(result, known)
        shown = Shown(color, verbose, quiet, explain, (*notes, *more))
        status = _deliver(result, job.settings, outputs, watch, shown)
    raise typer.Exit(status)


@dataclass(frozen=True, slots=True)
class Shown:
    """How the report is shown to a person."""

    color: str
    verbose: bool
    quiet: bool
    explain: bool
    notes: tuple[str, ...]


def _deliver(
    result: Report, settings: Settings, outputs: Sequence[Output], watch: Stopwatch, shown: Shown
) -> int:
    """Write and print the report, and what belongs on standard error; the exit status."""
    from ..report.summary import exit_status

    with watch.stage("reports"):
        _write_files(result, outputs)
        printed = not shown.quiet and _print(result, settings, shown)
    told = printed and settings.format in FOR_PEOPLE
    for note in shown.notes:
        say(note)
    _note_languages(result)
    _show_problems(result, told=told)
    status, reason = exit_status(result, settings.fail_on, settings.fail_on_unverified)
    if status and not told:
        say(reason)
    if shown.verbose:
        say(str(watch))
    return status


def _write_files(report: Report, outputs: Sequence[Output]) -> None:
    from ..report import render
    from .outputs import write_file

    for output in outputs:
        write_file(output.path, render(report, output.format, width=PIPED_WIDTH))


def _print(report: Report, settings: Settings, shown: Shown) -> bool:
    from ..report import render
    from ..types import Severity

    terminal = report_terminal(shown.color)
    return write_out(
        render(
            report,
            settings.format,
            width=terminal.width,
            color=terminal.color,
            verbose=shown.verbose,
            show_consistent=shown.verbose,
            min_severity=Severity(settings.min_severity),
            explain=shown.explain,
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

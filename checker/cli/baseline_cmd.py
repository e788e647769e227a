"""``misquote baseline``: the findings that are there already, so that only new ones count."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ConfigError, InputError
from .console import errors_end_in_two, joined, say, show_problem, shown_path
from .options import (
    AgainstOption,
    AgainstRootOption,
    ArticlesArgument,
    BaselineOption,
    FailOnOption,
    FailOnUnverifiedOption,
    IndexOption,
    IndirectOption,
    LangOption,
    ModelOption,
    PolicyOption,
    QuietOption,
    RevisionOption,
    RuleOption,
)
from .timing import Stopwatch

if TYPE_CHECKING:
    from ..config import Settings
    from ..suppressions.baseline import Entry
    from ..types import Report
    from .check_job import CheckRequest

baseline_app = typer.Typer(
    help="Accept the findings of today, so that only new ones count.", no_args_is_help=True
)


@baseline_app.command("write")
def write(
    paths: ArticlesArgument,
    baseline: BaselineOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a baseline that exists, with all that is new.")
    ] = False,
    index: IndexOption = None,
    against: AgainstOption = None,
    against_root: AgainstRootOption = None,
    model: ModelOption = None,
    revision: RevisionOption = None,
    policy: PolicyOption = None,
    rule: RuleOption = None,
    indirect: IndirectOption = False,
    fail_on: FailOnOption = None,
    fail_on_unverified: FailOnUnverifiedOption = None,
    quiet: QuietOption = False,
    lang: LangOption = None,
) -> None:
    """Check the articles and write every finding that counts to a new baseline."""
    with errors_end_in_two("interrupted; no baseline was written"):
        from ..suppressions.baseline import write_baseline

        request = _request(
            paths, index, against, against_root, model, revision, policy, rule, baseline, indirect,
            fail_on, fail_on_unverified, quiet, lang,
        )  # fmt: skip
        path = _place(baseline, request)
        if path.exists() and not force:
            raise ConfigError(
                f"there is a baseline {shown_path(path)} already",
                "use `misquote baseline update`, or --force to accept everything anew",
                path=str(path),
            )
        report, entries = _checked(request, path, "no baseline was written")
        write_baseline(path, entries)
        _say(f"{shown_path(path)} has {_findings(entries)} in {_articles(report)}.", quiet)


@baseline_app.command("update")
def update(
    paths: ArticlesArgument,
    baseline: BaselineOption = None,
    accept_new: Annotated[
        bool, typer.Option("--accept-new", help="Put new findings in too; else they still count.")
    ] = False,
    index: IndexOption = None,
    against: AgainstOption = None,
    against_root: AgainstRootOption = None,
    model: ModelOption = None,
    revision: RevisionOption = None,
    policy: PolicyOption = None,
    rule: RuleOption = None,
    indirect: IndirectOption = False,
    fail_on: FailOnOption = None,
    fail_on_unverified: FailOnUnverifiedOption = None,
    quiet: QuietOption = False,
    lang: LangOption = None,
) -> None:
    """Take what is gone out of a baseline; nothing new goes in unless it is asked for."""
    with errors_end_in_two("interrupted; the baseline is as it was"):
        from ..suppressions.baseline import read_baseline, updated, write_baseline

        request = _request(
            paths, index, against, against_root, model, revision, policy, rule, baseline, indirect,
            fail_on, fail_on_unverified, quiet, lang,
        )  # fmt: skip
        path = _place(baseline, request)
        known = read_baseline(path)
        report, entries = _checked(request, path, "the baseline is as it was")
        done = updated(report, known, path.parent, entries, accept_new=accept_new)
        if done.entries != tuple(sorted(known.values())):
            write_baseline(path, done.entries)
        left = f"; {done.new:,} new still count (--accept-new takes them in)" if done.new else ""
        _say(
            f"{shown_path(path)}: {done.dropped:,} gone, {done.added:,} taken in, {_findings(done.entries)} now{left}.",
            quiet,
        )


def _request(
    paths: Sequence[str], index: str | None, against: list[str] | None, against_root: str | None,
    model: str | None, revision: str | None, policy: str | None, rule: list[str] | None,
    baseline: str | None, indirect: bool, fail_on: str | None, fail_on_unverified: bool | None,
    quiet: bool, lang: str | None,
) -> CheckRequest:  # fmt: skip
    from .check_job import CheckRequest

    given = {
        "index": index, "model": model, "revision": revision, "language": lang, "policy": policy,
        "baseline": baseline, "fail_on": fail_on, "fail_on_unverified": fail_on_unverified,
    }  # fmt: skip
    return CheckRequest(paths, given, joined(rule), joined(against), against_root, indirect, quiet)


def _place(baseline: str | None, request: CheckRequest) -> Path:
    """The baseline that is meant: of the command line, of the settings, or the usual name here."""
    from ..config import load_settings
    from ..suppressions.baseline import FILE_NAME
    from .console import settings_folder

    if baseline is not None:
        return Path(baseline)
    settings = load_settings(settings_folder(request.paths), os.environ)
    return Path(settings.baseline or FILE_NAME)


def _checked(request: CheckRequest, path: Path, unchanged: str) -> tuple[Report, tuple[Entry, ...]]:
    """The report without any baseline, and its findings as entries.

    Raises:
        InputError: the check is incomplete; half a check would make half a baseline.
    """
    from ..suppressions.baseline import entries_of
    from .check_job import prepare

    job = prepare(request, os.environ, Stopwatch(time.perf_counter))
    report, notes = job.run(Stopwatch(time.perf_counter))
    for note in notes:
        say(note)
    if report.errors:
        for problem in report.errors:
            show_problem(problem)
        raise InputError(
            f"the check is incomplete, so {unchanged}", "mend what is named above, and try again"
        )
    gates = [_gates(job.settings)] + [_gates(job.finder.of(Path(name))) for name in job.article_files]
    infos = any(level == "info" for level, _ in gates)
    unverified = any(wanted for _, wanted in gates)
    return report, entries_of(report, path.parent, infos=infos, unverified=unverified)


def _gates(settings: Settings) -> tuple[str, bool]:
    return settings.fail_on, settings.fail_on_unverified


def _findings(entries: Sequence[Entry]) -> str:
    from ..report.wording import count

    return count(sum(entry.count for entry in entries), "finding")


def _articles(report: Report) -> str:
    from ..report.wording import count

    return count(len(report.articles), "article")


def _say(message: str, quiet: bool) -> None:
    if not quiet:
        say(message)

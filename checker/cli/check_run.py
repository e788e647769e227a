"""From the articles that were read and the settings to a report, against an index or given originals."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from index import Encoder, PassageIndex, fit_to_index

from .. import __version__
from ..config import Settings
from ..errors import InputError
from ..pipeline import Checker, temporary_index
from ..reading import ReadResult
from ..types import Article, ArticleResult, Problem, Report, RunInfo
from .console import as_problem, mendable, progress


def run_check(
    read: ReadResult,
    settings: Settings,
    *,
    encoder: Future[Encoder],
    against: Sequence[str] | None,
    indirect: bool,
    started: str,
    quiet: bool = False,
) -> Report:
    """Check what could be read.

    What keeps the check from starting, such as a missing index, is an error of the report and not
    raised, so that a report in JSON tells a CI job of it too.
    """
    base = RunInfo(
        tool_version=__version__,
        index_path=None if against is not None else settings.index,
        policy=settings.policy,
        fail_on=settings.fail_on,
        fail_on_unverified=settings.fail_on_unverified,
        started=started,
    )
    if not read.articles:
        return Report((), read.problems, base)
    try:
        return _checked(read, settings, encoder, against, base, indirect=indirect, quiet=quiet)
    except Exception as error:
        known = mendable(error)
        if known is None:
            raise
        return Report((), (*read.problems, as_problem(known)), base)


def _checked(
    read: ReadResult,
    settings: Settings,
    loading: Future[Encoder],
    against: Sequence[str] | None,
    base: RunInfo,
    *,
    indirect: bool,
    quiet: bool,
) -> Report:
    with ExitStack() as stack:
        encoder = loading.result()
        if against is None:
            encoder = fit_to_index(encoder, Path(settings.index))
        index, problems = _evidence(stack, encoder, settings, against)
        checker = Checker(index, encoder, levels=settings.rules, indirect=indirect)
        articles = _articles(checker, read.articles, quiet)
        found = checker.run_info()
        run = replace(
            base,
            index_id=found.index_id,
            passages=found.passages,
            model=found.model,
            model_revision=found.model_revision,
        )
        return Report(articles, (*read.problems, *problems), run)


def _articles(checker: Checker, articles: Sequence[Article], quiet: bool) -> tuple[ArticleResult, ...]:
    results: list[ArticleResult] = []
    few = len(articles) < 2
    with progress("Checking", quiet or few, noun="articles", total=len(articles)) as on_progress:
        for article in articles:
            results.append(checker.check_article(article))
            if on_progress is not None:
                on_progress(len(results))
    return tuple(results)


def _evidence(
    stack: ExitStack, encoder: Encoder, settings: Settings, against: Sequence[str] | None
) -> tuple[PassageIndex, tuple[Problem, ...]]:
    if against is None:
        index = PassageIndex.open(Path(settings.index), model=encoder.info)
        stack.callback(index.close)
        return index, ()
    if not against:
        raise InputError(
            "--against names nothing but the checked articles", "name the files or folders with the originals"
        )
    index, ingested = stack.enter_context(temporary_index(encoder, against))
    if not ingested.added.articles and not ingested.problems:
        raise InputError(
            "--against holds nothing to check against", "name files or folders with the originals"
        )
    return index, ingested.problems

"""From the articles that were read and the settings to a report, against an index or given originals."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from index import Encoder, PassageIndex, fit_to_index

from .. import __version__
from ..config import Settings
from ..pipeline import Checker
from ..reading import ReadResult
from ..reading.originals import Pairing
from ..types import Article, ArticleResult, Report, RunInfo
from .against import check_pairs
from .console import as_problem, mendable, progress


def run_check(
    read: ReadResult,
    settings: Settings,
    *,
    encoder: Future[Encoder],
    against: Pairing | None,
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
    if against is not None and not against.pairs:
        return Report((), (*read.problems, *against.problems), base)
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
    against: Pairing | None,
    base: RunInfo,
    *,
    indirect: bool,
    quiet: bool,
) -> Report:
    encoder = loading.result()

    def checker_of(index: PassageIndex) -> Checker:
        return Checker(index, encoder, levels=settings.rules, indirect=indirect)

    if against is not None:
        held = check_pairs(against, encoder, checker_of, quiet=quiet)
        return Report(held.articles, (*read.problems, *held.problems), _run_of(base, held.run))
    encoder = fit_to_index(encoder, Path(settings.index))
    with PassageIndex.open(Path(settings.index), model=encoder.info) as index:
        checker = checker_of(index)
        articles = _articles(checker, read.articles, quiet)
        return Report(articles, read.problems, _run_of(base, checker.run_info()))


def _run_of(base: RunInfo, found: RunInfo) -> RunInfo:
    return replace(
        base,
        index_id=found.index_id,
        passages=found.passages,
        model=found.model,
        model_revision=found.model_revision,
    )


def _articles(checker: Checker, articles: Sequence[Article], quiet: bool) -> tuple[ArticleResult, ...]:
    results: list[ArticleResult] = []
    few = len(articles) < 2
    with progress("Checking", quiet or few, noun="articles", total=len(articles)) as on_progress:
        for article in articles:
            results.append(checker.check_article(article))
            if on_progress is not None:
                on_progress(len(results))
    return tuple(results)

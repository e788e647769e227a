"""From the articles that were read and the settings to a report, against an index or given originals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path

from index import Encoder, PassageIndex, fit_to_index

from .. import __version__
from ..config import Settings
from ..pipeline import Checker
from ..reading import ReadResult
from ..reading.originals import Pairing
from ..types import Article, ArticleResult, Gate, Report, RunInfo
from .against import check_pairs
from .console import as_problem, mendable, progress
from .timing import Stopwatch


def run_check(
    read: ReadResult,
    settings: Settings,
    *,
    settings_of: Callable[[Article], Settings],
    encoder: Future[Encoder],
    against: Pairing | None,
    indirect: bool,
    started: str,
    watch: Stopwatch,
    quiet: bool = False,
) -> Report:
    """Check what could be read, each article by its own settings.

    What keeps the check from starting, such as a missing index, is an error of the report and not
    raised, so that a report in JSON tells a CI job of it too.
    """
    base = RunInfo(
        tool_version=__version__,
        index_path=None if against is not None else settings.index,
        policy=_policies(settings, [settings_of(article) for article in read.articles]),
        fail_on=settings.fail_on,
        fail_on_unverified=settings.fail_on_unverified,
        started=started,
    )
    if not read.articles:
        return Report((), read.problems, base)
    if against is not None and not against.pairs:
        return Report((), (*read.problems, *against.problems), base)
    try:
        with watch.stage("model"):
            loaded = encoder.result()
        with watch.stage("checking"):
            make = partial(ByArticle, settings=settings, settings_of=settings_of, indirect=indirect)
            return _checked(read, settings, loaded, make, against, base, quiet=quiet)
    except Exception as error:
        known = mendable(error)
        if known is None:
            raise
        return Report((), (*read.problems, as_problem(known)), base)


class ByArticle(Checker):
    """Checks each article at the levels, and with the gate, that the settings for its path give it."""

    def __init__(
        self,
        index: PassageIndex,
        encoder: Encoder,
        settings: Settings,
        settings_of: Callable[[Article], Settings],
        *,
        indirect: bool,
    ) -> None:
        super().__init__(index, encoder, levels=settings.levels(), indirect=indirect)
        self._run = _gate(settings)
        self._settings_of = settings_of
        self._make = partial(Checker, index, encoder, indirect=indirect)
        self._checkers: dict[int, Checker] = {}
        """By identity of the settings: articles under one file share one object."""

    def check_article(self, article: Article) -> ArticleResult:
        """Judge every quotation of one article."""
        own = self._settings_of(article)
        checker = self._checkers.get(id(own))
        if checker is None:
            checker = self._checkers[id(own)] = self._make(levels=own.levels())
        result = checker.check_article(article)
        gate = _gate(own)
        return result if gate == self._run else replace(result, gate=gate)


def _gate(settings: Settings) -> Gate:
    return Gate(settings.fail_on, settings.fail_on_unverified)


def _policies(run: Settings, own: Sequence[Settings]) -> str:
    """The policy in force, by name or file name; several where paths have policies of their own."""
    return ", ".join(dict.fromkeys(Path(one.policy).name for one in (*own, *(() if own else (run,)))))


def _checked(
    read: ReadResult,
    settings: Settings,
    encoder: Encoder,
    make: Callable[[PassageIndex, Encoder], Checker],
    against: Pairing | None,
    base: RunInfo,
    *,
    quiet: bool,
) -> Report:
    if against is not None:
        held = check_pairs(against, encoder, lambda index: make(index, encoder), quiet=quiet)
        return Report(held.articles, (*read.problems, *held.problems), _run_of(base, held.run))
    fitted = fit_to_index(encoder, Path(settings.index))
    with PassageIndex.open(Path(settings.index), model=fitted.info) as index:
        checker = make(index, fitted)
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

"""One check from its request to a report: what ``misquote check`` and ``misquote baseline`` share."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Settings, SettingsFinder
from ..errors import ConfigError
from ..types import Article, Report
from .against import pair_with_originals, together
from .check_run import run_check
from .check_settings import (
    ignore_files,
    parse_rule_levels,
    place_of,
    read_by_settings,
    require_one_evidence,
)
from .console import now, settings_folder, shown_path, stdin_bytes
from .loading import load_in_background
from .set_aside import SetAside, set_aside
from .timing import Stopwatch

if TYPE_CHECKING:
    from index import Encoder

    from ..reading import ReadResult


AGAINST = "against"
"""Key of the setting."""


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What the command line asks for."""

    paths: Sequence[str]
    given: Mapping[str, object]
    """Settings by field name; None means not given."""
    rules: Sequence[str] = ()
    """Values of ``--rule``."""
    against: Sequence[str] = ()
    against_root: str | None = None
    indirect: bool = False
    quiet: bool = False
    likely: Future[Encoder] | None = None
    """A model that is being loaded already."""


@dataclass(frozen=True, slots=True)
class CheckJob:
    """A check that is ready to run: settings found, articles read, the model on its way."""

    request: CheckRequest
    settings: Settings
    finder: SettingsFinder
    read: ReadResult
    encoder: Future[Encoder]
    moment: datetime

    @property
    def article_files(self) -> list[str]:
        """The files that hold the articles, each once."""
        return list(dict.fromkeys(a.path for a in self.read.articles if a.path and a.path != "-"))

    @property
    def ignore_files(self) -> list[Path]:
        """The ignore files that count: beside each settings file in use, and that of the working folder."""
        return ignore_files(self.finder, map(place_of, self.read.articles))

    def _by_place(self) -> dict[tuple[str, ...], list[Article]]:
        """The articles by where their originals lie; by nothing where they are held against the index.

        Raises:
            ConfigError: some are held against originals and some against the index.
        """
        if self.request.against or not self.read.articles:
            return {tuple(self.request.against): list(self.read.articles)}
        groups: dict[tuple[str, ...], list[Article]] = {}
        for article in self.read.articles:
            set_there = () if index_named(self.request) else self.finder.of(place_of(article)).against
            groups.setdefault(tuple(map(shown_path, set_there)), []).append(article)
        if len(groups) > 1 and () in groups:
            one = groups[()][0]
            raise ConfigError(
                f"the settings have no originals for {one.path or one.id}, and have some for other articles",
                f"check it in a run of its own, or set {AGAINST} for its path too",
                path=one.path,
            )
        return groups

    def run(self, watch: Stopwatch) -> tuple[Report, tuple[str, ...]]:
        """The report, with what the ignore files and comments set aside marked, and notes for standard error.

        Raises:
            ConfigError: settings files disagree on what to check against, or an ignore file is damaged.
        """
        request = self.request
        groups = self._by_place()
        if not any(groups):
            require_one_evidence(self.finder, self.settings, self.read.articles)
        aside = SetAside.read(self.ignore_files, self.read.articles)
        with watch.stage("originals" if any(groups) else "reading"):
            against = together(
                pair_with_originals(values, articles, request.paths, request.against_root)
                for values, articles in groups.items()
            )
        report = run_check(
            self.read,
            self.settings,
            settings_of=lambda article: self.finder.of(place_of(article)),
            encoder=self.encoder,
            against=against,
            indirect=request.indirect,
            started=self.moment.isoformat(timespec="seconds"),
            quiet=request.quiet,
            watch=watch,
        )
        report = replace(report, errors=(*report.errors, *aside.problems))
        return set_aside(report, aside, self.moment.date(), everything=walks(request.paths))


def prepare(request: CheckRequest, environ: Mapping[str, str], watch: Stopwatch) -> CheckJob:
    """Find the settings, begin to load the model, and read the articles.

    Raises:
        ConfigError: a setting is wrong.
    """
    with watch.stage("settings"):
        levels = parse_rule_levels(request.rules)
        finder = SettingsFinder(environ, {**request.given, "rules": levels})
        settings = finder.of(settings_folder(request.paths))
        moment = now(environ)
    indexed = not request.against and (index_named(request) or not settings.against)
    encoder = load_in_background(settings, indexed=indexed, likely=request.likely)
    with watch.stage("reading"):
        read = read_by_settings(request.paths, finder, stdin_bytes)
    return CheckJob(request, settings, finder, read, encoder, moment)


def index_named(request: CheckRequest) -> bool:
    """Whether the command line names an index, which then counts over originals that a file sets."""
    return request.given.get("index") is not None


def walks(paths: Sequence[str]) -> bool:
    """Whether a path names a folder or a pattern, so that an entry which met nothing may be out of date."""
    return any(os.path.isdir(path) or set("*?[") & set(path) for path in paths)  # noqa: PTH112 - any text

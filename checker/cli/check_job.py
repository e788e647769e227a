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
from ..config_file import find_config
from ..suppressions import FILE_NAME
from ..types import Report
from .against import pair_with_originals
from .check_run import run_check
from .check_settings import parse_rule_levels, place_of, read_by_settings, require_one_evidence
from .console import now, settings_folder, stdin_bytes
from .loading import load_in_background
from .set_aside import SetAside, set_aside
from .timing import Stopwatch

if TYPE_CHECKING:
    from index import Encoder

    from ..reading import ReadResult


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
        starts = {place_of(article).parent: place_of(article) for article in self.read.articles}
        folders = [folder for start in starts.values() for folder in self.finder.folders_of(start)]
        here = find_config(Path.cwd())
        folders.append(here.parent if here else Path.cwd())
        return [folder / FILE_NAME for folder in dict.fromkeys(map(_absolute, folders))]

    def run(self, watch: Stopwatch) -> tuple[Report, tuple[str, ...]]:
        """The report, with what the ignore files and comments set aside marked, and notes for standard error.

        Raises:
            ConfigError: settings files disagree on what to check against, or an ignore file is damaged.
        """
        request = self.request
        if not request.against:
            require_one_evidence(self.finder, self.settings, self.read.articles)
        aside = SetAside.read(self.ignore_files, self.read.articles)
        with watch.stage("originals" if request.against else "reading"):
            against = pair_with_originals(
                request.against, self.read.articles, request.paths, request.against_root
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
    encoder = load_in_background(settings, indexed=not request.against, likely=request.likely)
    with watch.stage("reading"):
        read = read_by_settings(request.paths, finder, stdin_bytes)
    return CheckJob(request, settings, finder, read, encoder, moment)


def walks(paths: Sequence[str]) -> bool:
    """Whether a path names a folder or a pattern, so that an entry which met nothing may be out of date."""
    return any(os.path.isdir(path) or set("*?[") & set(path) for path in paths)  # noqa: PTH112 - any text


def _absolute(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100 - without `..`, links left as they are

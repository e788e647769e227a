"""The settings of a check: one set for the run, and what differs from article to article."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ..config import Settings, SettingsFinder, key_of
from ..config_file import Place, find_config
from ..errors import CheckerError, ConfigError
from ..policies.policy import rule_level
from ..reading import ReadResult, read_paths
from ..reading.sources import expand_paths
from ..suppressions import FILE_NAME
from ..types import Article, Problem
from .console import as_problem

OF_EVIDENCE = ("index", "model", "revision", "prompts")
"""Settings that hold for the whole run and decide what the articles are held against."""


def parse_rule_levels(texts: Sequence[str]) -> dict[str, str]:
    """The values of ``--rule``, such as ``MQ111=off``, as levels by code; of two for one rule the last counts.

    Raises:
        ConfigError: one has no ``=``, or its rule or level is not known.
    """
    levels: dict[str, str] = {}
    for text in texts:
        name, equals, level = text.partition("=")
        if not equals:
            raise ConfigError(
                f"--rule {text[:60]!r} gives no level", "write RULE=LEVEL, such as --rule MQ111=off"
            )
        code, said = rule_level(name.strip(), level.strip(), Place(f"--rule {text[:60]}"))
        levels[code] = said
    return levels


def place_of(article: Article) -> Path:
    """Where the settings of an article are looked for: beside its file, else in the working folder."""
    return Path(article.path) if article.path and article.path != "-" else Path.cwd()


def ignore_files(finder: SettingsFinder, starts: Iterable[Path]) -> list[Path]:
    """The ignore files that count: beside each settings file in use, and that of the working folder.

    Raises:
        ConfigError: a settings file is wrong.
    """
    by_folder = {start.parent: start for start in starts}
    folders = [folder for start in by_folder.values() for folder in finder.folders_of(start)]
    here = find_config(Path.cwd())
    folders.append(here.parent if here else Path.cwd())
    return [folder / FILE_NAME for folder in dict.fromkeys(map(_absolute, folders))]


def _absolute(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100 - without `..`, links left as they are


def read_by_settings(paths: Sequence[str], finder: SettingsFinder, stdin: Callable[[], bytes]) -> ReadResult:
    """Read the articles, each in the language that the settings for its path give.

    Raises:
        ConfigError: a settings file is wrong.
    """
    sources = list(expand_paths(tuple(paths)))
    known = [source for source in sources if not isinstance(source, CheckerError)]
    languages = {finder.of(source.path or Path.cwd()).language for source in known}
    if len(languages) < 2:
        return read_paths(paths, language=next(iter(languages), None), stdin=stdin)
    articles: list[Article] = []
    problems: list[Problem] = []
    for source in sources:
        if isinstance(source, CheckerError):
            problems.append(as_problem(source))
            continue
        language = finder.of(source.path or Path.cwd()).language
        one = read_paths([source.shown], language=language, stdin=stdin)
        articles += one.articles
        problems += one.problems
    return ReadResult(tuple(articles), tuple(problems))


def require_one_evidence(finder: SettingsFinder, settings: Settings, articles: Sequence[Article]) -> None:
    """Refuse a run whose articles have settings files that name different evidence.

    Raises:
        ConfigError: a settings file sets another index or model than the one of the run.
    """
    for start, name in _each(articles):
        there = finder.set_in_file(start, name)
        wanted, used = getattr(finder.of(start), name), getattr(settings, name)
        if there is not None and wanted != used:
            raise ConfigError(
                f"{there}: {key_of(name)} is {wanted!r} for {start}, and the run uses {used!r}",
                "check these articles in a run of their own",
            )


def _each(articles: Sequence[Article]) -> Iterator[tuple[Path, str]]:
    """One article of each folder, with each setting of the evidence."""
    by_folder = {place_of(article).parent: place_of(article) for article in articles}
    for start in by_folder.values():
        for name in OF_EVIDENCE:
            yield start, name

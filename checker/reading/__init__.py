"""Reading: files, folders, patterns and standard input become :class:`~checker.types.Article` records.

Nothing here uses the network, and one bad file never loses the others: the check side
(:func:`read_paths`) and the index side (:func:`read_coverage`) turn every error into a
:class:`~checker.types.Problem` and go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import CheckerError, InputError
from ..languages import get_language
from ..types import Article, Problem
from .assembly import Details, build_article
from .detection import detect_language
from .formats import SUFFIXES, read_bytes, read_path
from .furniture import find_furniture
from .sources import Source, expand_paths

__all__ = [
    "SUFFIXES",
    "ReadResult",
    "detect_language",
    "find_furniture",
    "read_coverage",
    "read_file",
    "read_paths",
    "read_text",
]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read, and what could not be."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def read_paths(
    paths: Sequence[str], *, language: str | None = None, stdin: Callable[[], bytes] | None = None
) -> ReadResult:
    """Every article in the files, folders, patterns and standard input (``-``) that ``paths`` name.

    Raises:
        LanguageError: ``language`` has no data file. Nothing else is raised.
    """
    articles: list[Article] = []
    problems: list[Problem] = []
    for item in _read_all(paths, language, stdin, need_id=False):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            articles.append(item)
    return ReadResult(tuple(articles), tuple(problems))


def read_coverage(
    paths: Sequence[str], *, language: str | None = None, stdin: Callable[[], bytes] | None = None
) -> Iterator[Article | Problem]:
    """Articles of earlier coverage, one at a time: JSONL records, and text, Markdown and web pages.

    Records must have an id here, since it is what a later removal names.

    Raises:
        LanguageError: ``language`` has no data file. Nothing else is raised.
    """
    return _read_all(paths, language, stdin, need_id=True)


def read_file(path: Path, *, language: str | None = None) -> list[Article]:
    """The articles of one file.

    Raises:
        InputError: the file, or a record in it, cannot be used.
        LanguageError: the given or stated language is none.
    """
    _require_known(language)
    if not path.exists():
        raise InputError(
            f"{path} does not exist", "check the spelling and the current folder", path=str(path)
        )
    articles: list[Article] = []
    for item in read_path(path, shown=path.as_posix(), language=language, need_id=False):
        if isinstance(item, Problem):
            raise InputError(item.message, item.remedy, path=item.path, line=item.line)
        articles.append(item)
    return articles


def read_text(
    text: str,
    *,
    language: str | None = None,
    path: str | None = None,
    id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    published: date | None = None,
    url: str | None = None,
) -> Article:
    """An article from a string; the offsets of everything found later refer to ``text``.

    Raises:
        InputError: the text is empty.
        LanguageError: ``language`` is no language.
    """
    details = Details(id=id, language=language, title=title, outlet=outlet, published=published, url=url)
    return build_article(text, details, path=path)


def _require_known(language: str | None) -> None:
    if language is not None:
        get_language(language)


def _read_all(
    paths: Sequence[str], language: str | None, stdin: Callable[[], bytes] | None, *, need_id: bool
) -> Iterator[Article | Problem]:
    _require_known(language)
    for source in expand_paths(tuple(paths)):
        if isinstance(source, CheckerError):
            yield _problem(source, source.path)
            continue
        try:
            yield from _read_source(source, language, stdin, need_id)
        except CheckerError as error:
            yield _problem(error, source.shown)


def _read_source(
    source: Source, language: str | None, stdin: Callable[[], bytes] | None, need_id: bool
) -> Iterator[Article | Problem]:
    if source.path is not None:
        return read_path(source.path, shown=source.shown, language=language, need_id=need_id)
    if stdin is None:
        raise InputError(
            "standard input is not available here", "give a file instead of -", path=source.shown
        )
    return read_bytes(stdin(), "", shown=source.shown, language=language, need_id=need_id)


def _problem(error: CheckerError, path: str | None) -> Problem:
    return Problem(str(error), error.remedy, error.path or path, error.line)

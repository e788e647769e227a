"""Which original each translation is held against: what the document names, else where its file lies.

Nothing is guessed from the words: a translation that is held against another article than its own would
pass unverified. What a document or a pattern names must lie in the root, all links followed, since a
translation may come from somebody who should not be able to have other files of the machine shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from ..errors import CheckerError, InputError
from ..types import Article, Problem
from .formats import SUFFIXES
from .places import Below, Place, files_at, is_file, is_inside, parse_place, wanted_at
from .shelves import Keys, Original, Shelves, articles_in, is_address
from .sources import STDIN

_REMEDY = (
    "add the original, name it in the front matter (original: PATH), or name another place with --against"
)


@dataclass(frozen=True, slots=True)
class Pairing:
    """The articles with their originals, in order, and what could not be paired."""

    pairs: tuple[tuple[Article, Original], ...]
    problems: tuple[Problem, ...]
    themselves: tuple[str, ...] = ()
    """Checked files that are originals, so there is nothing to hold them against."""


def pair_articles(
    articles: Sequence[Article],
    values: Sequence[str],
    *,
    given: Sequence[str] = (),
    root: str | None = None,
    indexes: Mapping[str, Keys] | None = None,
) -> Pairing:
    """Pair each article with its original.

    Args:
        articles: the translations.
        values: files, folders and patterns (:mod:`checker.reading.places`); where there are several, an
            article is held against what all of them have for it.
        given: the paths of the command line, from which ``{path}`` may count.
        root: the folder in which all originals must lie; else that of each value, or else this folder.
        indexes: those values that are indexes of earlier coverage, with the keys of their articles.
    """
    shelves = Shelves(indexes=indexes or {})
    problems: list[Problem] = []
    for value in values:
        try:
            parsed = None if value in shelves.indexes else parse_place(value)
        except CheckerError as error:
            problems.append(Problem(str(error), error.remedy, error.path))
            continue
        if isinstance(parsed, Place):
            shelves.places.append(parsed)
        elif parsed is not None:
            shelves.files.append(parsed)
    if not (shelves.places or shelves.files or shelves.indexes):
        return Pairing((), tuple(problems))
    pairer = _Pairer(shelves, tuple(given), root)
    below = {place.shown: pairer.counted_from(place, articles) for place in shelves.places}
    pairs: list[tuple[Article, Original]] = []
    themselves: list[str] = []
    for article in articles:
        try:
            original = pairer.original_of(article, below)
        except InputError as error:
            problems.append(Problem(str(error), error.remedy, article.path))
            continue
        if original is None:
            themselves.append(article.path or article.id)
        else:
            pairs.append((article, original))
    return Pairing(tuple(pairs), tuple(problems), tuple(dict.fromkeys(themselves)))


@dataclass(frozen=True)
class _Pairer:
    shelves: Shelves
    given: tuple[str, ...]
    root: str | None

    def counted_from(self, place: Place, articles: Iterable[Article]) -> Below:
        """From where ``{path}`` counts at a place: whichever way finds more originals, the same for all."""
        if place.pattern is not None and "{path}" not in place.pattern:
            return Below.SIBLING
        found = dict.fromkeys(Below, 0)
        for article in articles:
            if article.path and article.path != STDIN:
                for below in Below:
                    found[below] += any(
                        files_at(place, wanted)
                        for wanted in wanted_at(place, article.path, self.given, below)
                    )
        named = any(Path(one).is_dir() for one in self.given)
        order = (Below.SIBLING, Below.GIVEN) if any(found.values()) or not named else (Below.GIVEN,)
        return max(order, key=lambda below: found[below])

    def original_of(self, article: Article, below: Mapping[str, Below]) -> Original | None:
        """What an article is held against; None where it is itself an original.

        Raises:
            InputError: there is none, or it lies where it must not.
        """
        stated = self._stated(article)
        if stated is not None:
            return stated
        itself = False
        paths: list[str] = []
        for place in self.shelves.places:
            found = self._at(place, article, below[place.shown])
            itself |= found == [article.path]
            paths.extend(path for path in found if path != article.path)
        for files in self.shelves.files:
            others = [path for path in files.paths if not _same_file(path, article.path)]
            itself |= len(others) < len(files.paths)
            paths.extend(others if len(others) == len(files.paths) else [])
        if paths:
            return _narrowed(Original(tuple(dict.fromkeys(paths))), article)
        if itself:
            return None
        raise InputError(self._missing(article, below), _REMEDY)

    def _at(self, place: Place, article: Article, below: Below) -> list[str]:
        """The files of a place for an article; its own path alone where it is itself the original."""
        if article.path is None or article.path == STDIN:
            return []
        wanted = wanted_at(place, article.path, self.given, below)
        for number, one in enumerate(wanted):
            found = files_at(place, one)
            others = [path for path in found if not _same_file(path, article.path)]
            for path in others:
                self._require_inside(path, self._root_of(place, article), f"--against {place.shown}")
            if others:
                return others
            if found and number == len(wanted) - 1:
                return [article.path]
        return []

    def _stated(self, article: Article) -> Original | None:
        """The original that the document names, if it leads somewhere.

        Raises:
            InputError: it names a file that is not there or lies outside the root.
        """
        broken = None
        for name in article.originals:
            found = None
            if is_address(name):
                found = self._elsewhere(name, article)  # the address of a page nobody has is only a credit
            elif "\x00" not in name:
                found = self._named_file(name, article) or self._elsewhere(name, article)
                if found is None and ("/" in name or PurePath(name).suffix.lower() in SUFFIXES):
                    broken = broken or name
            if found is not None:
                return found
        if broken is not None:
            raise InputError(
                f"it names an original that does not exist: {broken}",
                "mend the path (it counts from the file, or from the folder of --against), or take it out",
            )
        return None

    def _named_file(self, name: str, article: Article) -> Original | None:
        """The file at a path that the document gives; it counts from the document or from a root.

        Raises:
            InputError: however it is read, it leads out of the root.
        """
        beside = PurePath(article.path).parent if article.path and article.path != STDIN else PurePath()
        roots = [self.root] if self.root is not None else self.shelves.roots or [self._working(article)]
        bases = [beside / name, *(PurePath(root) / name.lstrip("/") for root in [*roots, "."])]
        tries = list(dict.fromkeys(os.path.normpath(base) for base in bases))
        inside = [path for path in tries if any(is_inside(path, root) for root in roots)]
        if not inside:
            self._require_inside(tries[0], roots[0], "its front matter")
        found = next((path for path in inside if is_file(path) and not _same_file(path, article.path)), None)
        return _narrowed(Original((found,)), article) if found else None

    def _elsewhere(self, name: str, article: Article) -> Original | None:
        """The article with this address or id, if it is another one."""
        found = self.shelves.find(name)
        itself = found is not None and any(_same_file(path, article.path) for path in found.paths)
        return None if itself and found is not None and found.only in (None, article.id) else found

    def _require_inside(self, path: str, root: str, who: str) -> None:
        if not is_inside(path, root):
            raise InputError(
                f"{who} leads out of {root}, to {path}",
                "keep originals inside it, or allow a wider folder with --against-root DIR",
            )

    def _root_of(self, place: Place, article: Article) -> str:
        return self.root or place.root or self._working(article)

    def _working(self, article: Article) -> str:
        """This folder, or where the article lies elsewhere, the folder that was named for it."""
        path = article.path or "."
        if path == STDIN or is_inside(path, "."):
            return "."
        folders = [one for one in self.given if Path(one).is_dir() and is_inside(path, one)]
        return max(folders, key=len, default=str(PurePath(path).parent))

    def _missing(self, article: Article, below: Mapping[str, Below]) -> str:
        if article.path is None or article.path == STDIN:
            return "the article has no path that could be paired with its original"
        tried = [
            wanted
            for place in self.shelves.places
            for wanted in wanted_at(place, article.path, self.given, below[place.shown])
            if not _same_file(wanted, article.path)
        ]
        named = [*tried, *article.originals]
        return "no original was found for it" + (f"; looked for {', '.join(named[:4])}" if named else "")


def _narrowed(original: Original, article: Article) -> Original:
    """Only the record with the id of the article, where both are records of files that hold many."""
    if article.path and PurePath(article.path).suffix.lower() in (".jsonl", ".ndjson", ".json"):
        for path in original.paths:
            if any(one.id == article.id for one in articles_in(path)):
                return Original((path,), article.id)
    return original


def _same_file(path: str, other: str | None) -> bool:
    return other is not None and other != STDIN and os.path.realpath(path) == os.path.realpath(other)

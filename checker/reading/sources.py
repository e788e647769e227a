"""From the paths on the command line to a list of files, the same on every run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from ..errors import CheckerError, InputError
from .formats import SUFFIXES
from .ignoring import IgnoreRules

STDIN = "-"
MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or standard input (``path`` is None)."""

    path: Path | None
    shown: str
    """The name used in messages and in ``Article.path``."""


def expand_paths(paths: list[str] | tuple[str, ...]) -> Iterator[Source | CheckerError]:
    """The files that the paths stand for, each once: named order, sorted inside folders and patterns.

    An argument that names nothing is given as the error it is, so that the others are still read.
    """
    seen: set[str] = set()
    for argument in paths:
        try:
            found = _expand(argument)
        except CheckerError as error:
            yield error
            continue
        for source in found:
            key = STDIN if source.path is None else os.path.realpath(source.path)
            if key not in seen:
                seen.add(key)
                yield source


def _expand(argument: str) -> list[Source]:
    if argument == STDIN:
        return [Source(None, STDIN)]
    if not argument or "\x00" in argument:
        raise InputError(
            f"{argument!r} is no path", "give a file, a folder, a pattern or -", path=argument or None
        )
    path = Path(argument)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:
        raise InputError(f"{argument}: {error.strerror}", "check the path", path=argument) from None
    if is_folder:
        return _folder(path, argument)
    if exists:
        return [_source(path)]
    if path.is_symlink():
        raise InputError(f"{argument} is a link to nothing", "mend or remove the link", path=argument)
    if MAGIC & set(argument):
        return _pattern(argument)
    raise InputError(f"{argument} does not exist", "check the spelling and the current folder", path=argument)


def _source(path: Path) -> Source:
    return Source(path, path.as_posix())


def _folder(folder: Path, argument: str) -> list[Source]:
    found = [_source(path) for path in walk(folder)]
    if not found:
        raise InputError(
            f"the folder {argument} holds no article",
            f"give a folder with files ending in {', '.join(sorted(SUFFIXES))}",
            path=argument,
        )
    return found


def walk(folder: Path) -> Iterator[Path]:
    """The files below ``folder`` that can be read, sorted; hidden and ignored ones are left out.

    Linked folders are not entered and files linked from elsewhere are left out, so a link can
    neither lead round in a circle nor out of the folder.
    """
    root = os.path.realpath(folder)
    stack: list[tuple[Path, IgnoreRules]] = [(folder, IgnoreRules())]
    while stack:
        here, rules = stack.pop()
        rules = rules.with_file_of(here)
        folders: list[Path] = []
        for entry in _entries(here):
            path = here / entry.name
            if entry.name.startswith(".") or rules.ignores(
                path, is_folder=entry.is_dir(follow_symlinks=False)
            ):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif path.suffix.lower() in SUFFIXES and _is_inside(entry, path, root):
                yield path
        stack.extend((path, rules) for path in reversed(folders))


def _is_inside(entry: os.DirEntry[str], path: Path, root: str) -> bool:
    if not entry.is_symlink():
        return entry.is_file(follow_symlinks=False)
    target = os.path.realpath(path)
    return os.path.isfile(target) and target.startswith(root.rstrip(os.sep) + os.sep)  # noqa: PTH113


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(
            f"the folder {folder} cannot be read: {error.strerror}", "check its permissions", path=str(folder)
        ) from None


def _pattern(argument: str) -> list[Source]:
    """The files that a pattern matches; ``**`` is any number of folders, hidden ones left out."""
    parts = Path(argument).parts
    first = next((i for i, part in enumerate(parts) if MAGIC & set(part)), len(parts))
    base = Path(*parts[:first]) if first else Path()
    found = sorted(set(_matching(base, parts[first:])))
    files = [_source(path) for path in found if path.is_file()]
    for folder in (path for path in found if path.is_dir() and parts[-1] != "**"):
        files.extend(_source(path) for path in walk(folder))
    if not files:
        raise InputError(
            f"the pattern {argument} matches no file",
            "check the pattern; put it in quotation marks so that the shell leaves it alone",
            path=argument,
        )
    return files


def _matching(base: Path, parts: tuple[str, ...]) -> Iterator[Path]:
    """Paths below ``base`` that fit the parts; each pair of folder and part is looked at once."""
    todo = [(base, 0)]
    done: set[tuple[Path, int]] = set()
    while todo:
        here, index = todo.pop()
        if (here, index) in done or not here.is_dir():
            continue
        done.add((here, index))
        part, last = parts[index], index == len(parts) - 1
        if part == "**" and not last:
            todo.append((here, index + 1))
        for entry in _entries(here):
            if entry.name.startswith(".") and not part.startswith("."):
                continue
            path = here / entry.name
            if part == "**":
                if entry.is_dir(follow_symlinks=False):
                    todo.append((path, index))
                elif last and path.suffix.lower() in SUFFIXES:
                    yield path
            elif fnmatchcase(entry.name, part):
                if last:
                    yield path
                else:
                    todo.append((path, index + 1))

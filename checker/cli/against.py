"""``--against``: which originals the articles are held against."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import CheckerError
from ..reading.sources import expand_paths

PLACE = "{path}"
"""In a pattern: the path of each article, from the folder that was given on the command line."""


def originals(patterns: Sequence[str], given: Sequence[str], read: Sequence[str]) -> tuple[list[str], int]:
    """The files, folders and patterns to read as originals, and how many checked articles were left out.

    An article is never held against itself, since it would agree with every word of its own.

    Args:
        patterns: values of ``--against``.
        given: the paths of the command line.
        read: the files that hold the checked articles.
    """
    own = {os.path.realpath(path) for path in read}
    named = list(dict.fromkeys(one for text in patterns for one in _filled(text, given, read)))
    kept: list[str] = []
    left_out = 0
    for source in expand_paths(tuple(named)):
        if isinstance(source, CheckerError):
            kept.append(source.path or "")  # reading it again reports it
        elif source.path is None:
            kept.append(source.shown)
        elif os.path.realpath(source.path) in own:
            left_out += 1
        else:
            kept.append(str(source.path))
    return kept, left_out


def _filled(text: str, given: Sequence[str], read: Sequence[str]) -> Iterator[str]:
    if PLACE not in text:
        yield text
        return
    for path in read:
        yield text.replace(PLACE, _within(path, given))


def _within(path: str, given: Sequence[str]) -> str:
    """The path from the longest folder of the command line that holds it, else its name."""
    folders = [folder for folder in map(Path, given) if folder.is_dir() and Path(path).is_relative_to(folder)]
    if not folders:
        return Path(path).name
    return Path(path).relative_to(max(folders, key=lambda folder: len(folder.parts))).as_posix()

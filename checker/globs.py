"""Patterns of paths as ``.gitignore`` has them: for files that are left out, and for settings by path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Glob:
    """One line: ``news/*.md``, ``**/wire/``, ``!wire/own.md``."""

    pattern: re.Pattern[str]
    """For a whole path with ``/``, relative to the folder of the file that holds the line."""
    keeps: bool
    """The line began with ``!``: what it matches is taken out again."""
    folders_only: bool


def parse_glob(line: str) -> Glob | None:
    """The pattern of one line; None for an empty line or a comment.

    ``*`` stays inside a folder and ``**`` does not. Without a ``/`` inside, a name counts at any depth.
    """
    line = line.rstrip()
    if not line or line.startswith("#"):
        return None
    keeps = line.startswith("!")
    line = line[1:] if keeps else line.removeprefix("\\")
    folders_only = line.endswith("/")
    line = line.rstrip("/")
    if not line:
        return None
    anchored = "/" in line
    body = _expression(line.lstrip("/"))
    try:
        pattern = re.compile(body if anchored else f"(?:.*/)?{body}")
    except re.error:  # such as the range [z-a]: then the line names a file that is called so
        pattern = re.compile(re.escape(line))
    return Glob(pattern, keeps, folders_only)


def covers(globs: Iterable[Glob], path: PurePosixPath) -> bool:
    """Whether the file ``path``, or a folder it lies in, is matched; the last match wins."""
    folders = [parent.as_posix() for parent in path.parents if parent.name]
    covered = False
    for glob in globs:
        names = folders if glob.folders_only else [path.as_posix(), *folders]
        if any(glob.pattern.fullmatch(name) for name in names):
            covered = not glob.keeps
    return covered


def _expression(glob: str) -> str:
    """A regular expression for one line: ``*`` stays inside a folder, ``**`` does not."""
    parts: list[str] = []
    for token in re.split(r"(\*\*/|/\*\*$|\*+|\?|\[[^\]/]+\])", glob):
        if token == "**/":
            parts.append("(?:.*/)?")
        elif token == "/**":
            parts.append("/.*")
        elif token.startswith("*"):
            parts.append("[^/]*")
        elif token == "?":
            parts.append("[^/]")
        elif token.startswith("[") and len(token) > 2:
            inner = token[1:-1].replace("\\", "\\\\").replace("[", "\\[")
            parts.append(f"[{'^' + inner[1:] if inner.startswith('!') else inner}]")
        else:
            parts.append(re.escape(token))
    return "".join(parts)

"""``.misquoteignore``: files in a walked folder that are no articles. The lines read as in .gitignore."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

NAME = ".misquoteignore"
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Rule:
    base: Path
    pattern: re.Pattern[str]
    keeps: bool
    folders_only: bool


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """The rules in force in one folder: those of the folders above it and its own; the last match wins."""

    rules: tuple[_Rule, ...] = ()

    def with_file_of(self, folder: Path) -> IgnoreRules:
        """These rules and those of the ignore file in ``folder``, if it has one."""
        try:
            with (folder / NAME).open("rb") as stream:
                lines = stream.read(_MAX_BYTES).decode("utf-8", "replace").splitlines()
        except OSError:
            return self
        own = tuple(rule for line in lines if (rule := _parse(line, folder)) is not None)
        return IgnoreRules(self.rules + own)

    def ignores(self, path: Path, *, is_folder: bool) -> bool:
        """Whether the file or folder is left out."""
        ignored = False
        for rule in self.rules:
            if rule.folders_only and not is_folder:
                continue
            if rule.pattern.fullmatch(path.relative_to(rule.base).as_posix()):
                ignored = not rule.keeps
        return ignored


def _parse(line: str, base: Path) -> _Rule | None:
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
    return _Rule(base, re.compile(body if anchored else f"(?:.*/)?{body}"), keeps, folders_only)


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

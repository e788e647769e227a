"""``.misquoteignore``: files in a walked folder that are no articles. The lines read as in .gitignore."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..globs import Glob, parse_glob

NAME = ".misquoteignore"
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Rule:
    base: Path
    glob: Glob


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
        own = tuple(_Rule(folder, glob) for line in lines if (glob := parse_glob(line)) is not None)
        return IgnoreRules(self.rules + own)

    def ignores(self, path: Path, *, is_folder: bool) -> bool:
        """Whether the file or folder is left out."""
        ignored = False
        for rule in self.rules:
            if rule.glob.folders_only and not is_folder:
                continue
            if rule.glob.pattern.fullmatch(path.relative_to(rule.base).as_posix()):
                ignored = not rule.glob.keeps
        return ignored

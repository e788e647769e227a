"""Settings files: which one counts, what it holds, and on which line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import ConfigError

FILE_NAMES = (".misquote.toml", "misquote.toml", "pyproject.toml")
"""In order of precedence within one folder."""

_PYPROJECT_TABLE = "tool.misquote"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was written, for messages and for ``misquote config``."""

    label: str
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """One settings file as it was read."""

    path: Path
    source: str
    table: Mapping[str, Any]
    section: str
    """``tool.misquote`` or nothing."""

    def place(self, key: str, within: str = "", nth: int = 0) -> Place:
        """Where ``key`` is set, in the file or in its table ``within``; in which one of several, from 0."""
        section = ".".join(part for part in (self.section, within) if part)
        line = _line_of(self.source, section, key, nth)
        if line is None and within:  # a table written in one line, as in `rules = { MQ111 = "off" }`
            above, _, table = section.rpartition(".")
            line = _line_of(self.source, above, table, nth)
        label = str(self.path) if line is None else f"{self.path}:{line}"
        return Place(label, str(self.path), line)


def find_config(start: Path) -> Path | None:
    """The settings file nearest to ``start``, or None.

    Raises:
        ConfigError: a ``pyproject.toml`` on the way cannot be read.
    """
    folder = Path(os.path.abspath(start))  # noqa: PTH100 - `absolute()` would leave `..` among the parents
    for one in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = one / name
            if path.is_file() and (name != "pyproject.toml" or read_config(path).section):
                return path
    return None


def read_config(path: Path) -> ConfigFile:
    """Read a settings file; a ``pyproject.toml`` without our table gives an empty section.

    Raises:
        ConfigError: it cannot be read, or is not TOML.
    """
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"{path}: {reason}", "name a settings file that can be read", path=str(path)
        ) from error
    try:
        return parse_config(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: {error}", "save the file as UTF-8", path=str(path)) from error


def parse_config(source: str, path: Path) -> ConfigFile:
    """The content of a settings file; ``path`` is named in messages.

    Raises:
        ConfigError: it is not TOML.
    """
    try:
        data = tomllib.loads(source)
    except (ValueError, RecursionError) as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at.group(1)) if at else None
        raise ConfigError(
            f"{path}: not TOML: {error}", "mend the settings file", path=str(path), line=line
        ) from error
    if path.name != "pyproject.toml":
        return ConfigFile(path, source, data, "")
    tool = data.get("tool")
    table = tool.get("misquote") if isinstance(tool, dict) else None
    if not isinstance(table, dict):
        return ConfigFile(path, source, {}, "")
    return ConfigFile(path, source, table, _PYPROJECT_TABLE)


def _line_of(source: str, section: str, key: str, nth: int = 0) -> int | None:
    """The line that sets ``key`` in ``[section]``, as far as plain reading can tell.

    Of a section that is there several times (``[[section]]``, with its own tables below) it is the one
    with number ``nth``.
    """
    wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
    header = f"{section}.{key}" if section else key
    inside, seen = not section, -1
    for number, line in enumerate(source.splitlines(), 1):
        text = line.split("#", 1)[0].strip()
        if text.startswith("[") and text.endswith("]") and "=" not in text:
            name = re.sub(r"[\s\"']", "", text.strip("[]"))
            if text.startswith("[[") and f"{section}.".startswith(f"{name}."):
                seen += 1
            here = seen in (-1, nth)
            if name == header and here:
                return number
            inside = name == section and here
        elif inside and wanted.match(line):
            return number
    return None

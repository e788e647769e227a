"""What one settings file says, with the files it extends."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ..config_file import ConfigFile, Place, read_config
from ..errors import ConfigError
from ..globs import Glob, covers, parse_glob
from ..policies.policy import MAX_CHAIN, rule_levels
from .settings import EXTEND, FIELDS, FILE_ONLY, OVERRIDES, PER_ARTICLE, key_of
from .values import checked, prompts, unknown, wrong

Sourced = tuple[Any, str]
"""A value and where it comes from."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Values by field name, and levels by code of a rule; each with its source."""

    values: Mapping[str, Sourced]
    rules: Mapping[str, Sourced]

    def under(self, higher: Layer) -> Layer:
        """This layer with another one over it."""
        return Layer({**self.values, **higher.values}, {**self.rules, **higher.rules})


@dataclass(frozen=True, slots=True)
class Override:
    """Settings for the files that some patterns match."""

    folder: Path
    globs: tuple[Glob, ...]
    layer: Layer

    def matches(self, path: Path) -> bool:
        """Whether it is meant for a file, given by its absolute path."""
        if not path.is_relative_to(self.folder):
            return False
        return covers(self.globs, PurePosixPath(path.relative_to(self.folder).as_posix()))


@dataclass(frozen=True, slots=True)
class FileLayer:
    """A settings file with all that it extends."""

    path: Path
    base: Layer
    overrides: tuple[Override, ...]
    """In order: a later one counts over an earlier one."""
    folders: tuple[Path, ...]
    """Of the file and of those it extends, which is where ignore files lie."""

    def for_file(self, path: Path) -> tuple[int, ...]:
        """The numbers of the overrides that are meant for a file."""
        return tuple(number for number, one in enumerate(self.overrides) if one.matches(path))

    def with_overrides(self, numbers: tuple[int, ...]) -> Layer:
        """The file's settings, with those of some overrides over them."""
        layer = self.base
        for number in numbers:
            layer = layer.under(self.overrides[number].layer)
        return layer


def read_file_layer(path: Path) -> FileLayer:
    """A settings file as a layer.

    Raises:
        ConfigError: it or a file it extends cannot be read, has an unknown key or a wrong value, or the
            files extend one another in a circle.
    """
    return _read(path, ())


def _read(path: Path, below: tuple[str, ...]) -> FileLayer:
    config = read_config(path)
    base, overrides = Layer({}, {}), tuple[Override, ...]()
    folders: tuple[Path, ...] = (path.parent,)
    extended = config.table.get(EXTEND)
    if extended is not None:
        place = config.place(EXTEND)
        if not isinstance(extended, str) or not extended.strip():
            raise wrong(EXTEND, extended, "a text, the path of another settings file", place)
        chain = (*below, os.path.realpath(path))
        target = path.parent / extended
        if os.path.realpath(target) in chain or len(chain) > MAX_CHAIN:
            raise ConfigError(
                f"{place.label}: the settings files extend one another in a circle",
                f"take {EXTEND} out of one of them",
                path=place.path,
                line=place.line,
            )
        above = _read(target, chain)
        base, overrides, folders = above.base, above.overrides, (path.parent, *above.folders)
    keys = {key: value for key, value in config.table.items() if key not in FILE_ONLY}
    known = (*map(key_of, FIELDS), *FILE_ONLY)
    own = _layer(keys, config, known)
    return FileLayer(path, base.under(own), (*overrides, *_overrides(config)), folders)


def _layer(
    table: Mapping[str, Any], config: ConfigFile, known: tuple[str, ...], within: str = "", nth: int = 0
) -> Layer:
    """The settings of the file, or of one of its tables, with their places."""
    values: dict[str, Sourced] = {}
    rules: dict[str, Sourced] = {}
    for key, value in table.items():
        place, name = config.place(key, within, nth), key.replace("-", "_")
        if key not in known:
            raise unknown(key, known, place)
        if name == "rules":
            rules |= _rules(value, config, place, f"{within}.rules".removeprefix("."), nth)
        elif name == "prompts":
            values[name] = (prompts(value, config), place.label)
        else:
            values[name] = (checked(name, value, place, config.path.parent), place.label)
    return Layer(values, rules)


def _rules(value: object, config: ConfigFile, place: Place, within: str, nth: int) -> dict[str, Sourced]:
    if not isinstance(value, Mapping):
        raise wrong("rules", value, 'a table, such as [rules] with the line MQ111 = "off"', place)
    found: dict[str, Sourced] = {}
    for name, level in value.items():
        [(code, said)] = rule_levels({name: level}, config, within, nth).items()
        found[code] = (said, config.place(name, within, nth).label)
    return found


def _overrides(config: ConfigFile) -> list[Override]:
    entries = config.table.get(OVERRIDES, [])
    place = config.place(OVERRIDES)
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise wrong(OVERRIDES, entries, "a list of tables, each under [[overrides]]", place)
    return [_override(entry, config, number) for number, entry in enumerate(entries)]


def _override(entry: Mapping[str, Any], config: ConfigFile, number: int) -> Override:
    patterns = entry.get("paths")
    texts = isinstance(patterns, list) and all(isinstance(one, str) for one in patterns)
    globs = tuple(glob for one in patterns if (glob := parse_glob(one))) if texts and patterns else ()
    if not globs:
        place = config.place("paths", OVERRIDES, number)
        raise wrong("paths", patterns, 'a list of patterns, such as ["opinion/**", "*.en.md"]', place)
    known = ("paths", *map(key_of, PER_ARTICLE))
    table = {key: value for key, value in entry.items() if key != "paths"}
    layer = _layer(table, config, known, OVERRIDES, number)
    return Override(Path(os.path.abspath(config.path.parent)), globs, layer)  # noqa: PTH100 - without `..`

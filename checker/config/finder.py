"""The settings of an article: from the command line, the environment and the file nearest to it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..config_file import Place, find_config
from ..policies.policy import rule_level
from .file_layer import FileLayer, Layer, read_file_layer
from .settings import ENVIRONMENT_PREFIX, FIELDS, OF_MODEL, TABLES, Origin, Settings, key_of
from .values import checked, parsed

COMMAND_LINE = "command line"


class SettingsFinder:
    """Finds the settings of many articles; every file is looked for and read once.

    Args:
        env: the environment; only ``MISQUOTE_*`` is looked at, and unknown ones are passed over.
        given: values from the command line by field name; None means not given. ``rules`` is a table of
            code or name and level.
        file: use this settings file and look for no other.

    Raises:
        ConfigError: a variable or a value of the command line is not allowed.
    """

    def __init__(
        self, env: Mapping[str, str], given: Mapping[str, object] | None = None, *, file: Path | None = None
    ) -> None:
        self._higher = (_from_environment(env), _from_command_line(given or {}))
        self._file = file
        self._folders: dict[str, FileLayer | None] = {}
        self._files: dict[Path, FileLayer] = {}
        self._made: dict[tuple[Path | None, tuple[int, ...]], Settings] = {}

    def of(self, start: Path) -> Settings:
        """The settings for a folder, or for a file with what is set for its path.

        The same object is given for all that have the same settings by the same file.

        Raises:
            ConfigError: a settings file cannot be read, a key is unknown, or a value is not allowed.
        """
        layer, numbers = self._found(start)
        key = (layer.path if layer else None, numbers)
        if key not in self._made:
            found = self._collected(layer, numbers)
            values: dict[str, Any] = {name: value for name, (value, _) in found.values.items()}
            rules = {code: level for code, (level, _) in found.rules.items()}
            self._made[key] = Settings(**values, rules=MappingProxyType(rules))
        return self._made[key]

    def origins(self, start: Path) -> tuple[Origin, ...]:
        """Every setting in force for ``start`` with the place it comes from; raises as :meth:`of` does.

        A level that was set one by one is an entry of its own, such as ``rules.MQ111``.
        """
        found = self._collected(*self._found(start))
        defaults = Settings()
        plain = [name for name in FIELDS if name != "rules"]
        settings = [
            Origin(key_of(name), *found.values.get(name, (getattr(defaults, name), "default")))
            for name in plain
        ]
        rules = [Origin(f"rules.{code}", *found.rules[code]) for code in sorted(found.rules)]
        return (*settings, *rules)

    def folders_of(self, start: Path) -> tuple[Path, ...]:
        """The folders of the settings files in force for ``start``; raises as :meth:`of` does."""
        layer, _ = self._found(start)
        return layer.folders if layer else ()

    def set_in_file(self, start: Path, name: str) -> str | None:
        """Where a file sets the field ``name`` for ``start``, if one does; raises as :meth:`of` does."""
        layer, numbers = self._found(start)
        if layer is None:
            return None
        found = layer.with_overrides(numbers).values.get(name)
        return found[1] if found else None

    def _found(self, start: Path) -> tuple[FileLayer | None, tuple[int, ...]]:
        path = Path(os.path.abspath(start))  # noqa: PTH100 - `absolute()` would leave `..` in it
        if path.is_dir():
            return self._layer(path), ()
        layer = self._layer(path.parent)
        return layer, layer.for_file(path) if layer else ()

    def _layer(self, folder: Path) -> FileLayer | None:
        name = str(folder)
        if name not in self._folders:
            path = self._file or find_config(folder)
            if path is not None and path not in self._files:
                self._files[path] = read_file_layer(path)
            self._folders[name] = self._files[path] if path is not None else None
        return self._folders[name]

    def _collected(self, layer: FileLayer | None, numbers: tuple[int, ...]) -> Layer:
        found = layer.with_overrides(numbers) if layer else Layer({}, {})
        for higher in self._higher:
            model = higher.values.get("model")
            if model is not None and model[0] != found.values.get("model", (None,))[0]:
                kept = {name: value for name, value in found.values.items() if name not in OF_MODEL}
                found = Layer(kept, found.rules)
            found = found.under(higher)
        return found


def load_settings(
    start: Path,
    env: Mapping[str, str],
    given: Mapping[str, object] | None = None,
    *,
    file: Path | None = None,
) -> Settings:
    """The settings for the folder or file ``start``; arguments and errors as in :class:`SettingsFinder`."""
    return SettingsFinder(env, given, file=file).of(start)


def settings_with_origin(
    start: Path,
    env: Mapping[str, str],
    given: Mapping[str, object] | None = None,
    *,
    file: Path | None = None,
) -> tuple[Origin, ...]:
    """Every setting in force with the place it comes from; as :meth:`SettingsFinder.origins`."""
    return SettingsFinder(env, given, file=file).origins(start)


def _from_command_line(given: Mapping[str, object]) -> Layer:
    place = Place(COMMAND_LINE)
    plain = {name: value for name, value in given.items() if value is not None and name != "rules"}
    table = given.get("rules") or {}
    levels = [rule_level(name, level, place) for name, level in dict(table).items()]  # type: ignore[call-overload]
    return Layer(
        {name: (checked(name, value, place, Path()), place.label) for name, value in plain.items()},
        {code: (level, place.label) for code, level in levels},
    )


def _from_environment(env: Mapping[str, str]) -> Layer:
    found: dict[str, tuple[object, str]] = {}
    for name, one in FIELDS.items():
        variable = ENVIRONMENT_PREFIX + name.upper()
        text, kind = env.get(variable, ""), one.metadata["kind"]
        if not text or kind in TABLES:
            continue
        place = Place(f"environment {variable}")
        found[name] = (checked(name, parsed(kind, text), place, Path()), place.label)
    return Layer(found, {})

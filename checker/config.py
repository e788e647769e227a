"""The settings in force, and where each comes from.

Command line, then environment (``MISQUOTE_*``), then one file, then the defaults below. The
file is the nearest to the checked article: ``.misquote.toml``, ``misquote.toml`` or the table
``[tool.misquote]`` of ``pyproject.toml``, in this order within a folder. Files of different
folders are not merged, and there is no file of the user, so that a check gives the same result
on every machine. What describes a model (revision, prompts, dimension) counts only with the model it
was set for: where a higher source names another one, those of the lower sources fall away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from .config_file import ConfigFile, Place, find_config, read_config
from .errors import CheckerError, ConfigError
from .languages import LANGUAGES, is_known
from .report import FORMATS
from .report.summary import FAIL_ON
from .types import Severity

T = TypeVar("T")

ENVIRONMENT_PREFIX = "MISQUOTE_"
RULE_LEVELS = ("off", *(severity.value for severity in reversed(Severity)))
_TRUE = ("1", "true", "yes", "on")
_FALSE = ("0", "false", "no", "off")


def _setting(default: T, about: str, kind: str = "text", choices: tuple[str, ...] = ()) -> T:
    return field(default=default, metadata={"help": about, "kind": kind, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; the names are those of the command line's options."""

    index: str = _setting(".misquote/index", "Folder of the index of earlier coverage.", "path")
    model: str | None = _setting(
        None, "sentence-transformers model, name or folder; the embedded one if not set.", "model"
    )
    revision: str | None = _setting(
        None, "Commit or tag of a model from the hub; that of the index, or else the newest, if not set."
    )
    dimension: int | None = _setting(
        None, "How many dimensions the vectors of a new index keep, 0 for all; all if not set.", "number"
    )
    prompts: Mapping[str, str] | None = field(
        default=None,
        metadata={
            "help": "Texts put before queries and passages; those that the model stores if not set.",
            "kind": "prompts",
            "choices": ("query", "passage"),
        },
    )
    """In place of the stored ones, so an empty table means none."""
    offline: bool = _setting(False, "Never ask the network, not even for a model named by --model.", "flag")
    language: str | None = _setting(None, "Language of the articles; detected if not set.", choices=LANGUAGES)
    policy: str = _setting("translation", "What counts as a faithful quotation.", choices=("translation",))
    format: str = _setting("full", "Format of the report on standard output.", choices=tuple(FORMATS))
    min_severity: str = _setting(
        "info", "Findings below it are counted but not shown.", choices=("info", "warning", "error")
    )
    fail_on: str = _setting("error", "Lowest severity that makes the exit status 1.", choices=FAIL_ON)
    fail_on_unverified: bool = _setting(False, "Unverified quotations make the exit status 1.", "flag")
    rules: Mapping[str, str] = field(
        default_factory=dict,
        metadata={
            "help": "Severity by code or name of a rule; off switches it off.",
            "kind": "rules",
            "choices": RULE_LEVELS,
        },
    )
    """By code, whatever the file used."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One setting in force."""

    key: str
    """As in a file, such as ``fail-on``."""
    value: object
    source: str
    """``command line``, ``environment MISQUOTE_FAIL_ON``, ``misquote.toml:3`` or ``default``."""


_FIELDS: Mapping[str, Field[Any]] = {one.name: one for one in fields(Settings)}
_OF_MODEL = ("revision", "prompts", "dimension")
_TABLES = ("rules", "prompts")
"""Kinds that only a file can set."""


def load_settings(
    start: Path,
    env: Mapping[str, str],
    given: Mapping[str, object] | None = None,
    *,
    file: Path | None = None,
) -> Settings:
    """The settings for what lies in the folder ``start``.

    Args:
        start: a folder or a file; the search for a settings file goes upwards from it.
        env: the environment; only ``MISQUOTE_*`` is looked at, and unknown ones are passed over.
        given: values from the command line by field name; None means not given.
        file: use this settings file and look for no other.

    Raises:
        ConfigError: a file cannot be read, a key is unknown, or a value is not allowed.
    """
    values: dict[str, Any] = {
        name: value for name, (value, _) in _collect(start, env, given or {}, file).items()
    }
    return Settings(**values)


def settings_with_origin(
    start: Path,
    env: Mapping[str, str],
    given: Mapping[str, object] | None = None,
    *,
    file: Path | None = None,
) -> tuple[Origin, ...]:
    """Every setting in force with the place it comes from; arguments and errors as in :func:`load_settings`."""
    found = _collect(start, env, given or {}, file)
    defaults = Settings()
    return tuple(
        Origin(_key(name), *found.get(name, (getattr(defaults, name), "default"))) for name in _FIELDS
    )


def _collect(
    start: Path, env: Mapping[str, str], given: Mapping[str, object], file: Path | None
) -> dict[str, tuple[object, str]]:
    found: dict[str, tuple[object, str]] = {}
    path = file or find_config(start)
    if path is not None:
        found |= _from_file(read_config(path))
    for higher in (_from_environment(env), _from_command_line(given)):
        if "model" in higher and higher["model"][0] != found.get("model", (None,))[0]:
            found = {name: value for name, value in found.items() if name not in _OF_MODEL}
        found |= higher
    return found


def _from_command_line(given: Mapping[str, object]) -> dict[str, tuple[object, str]]:
    place = Place("command line")
    return {
        name: (_checked(_FIELDS[name], value, place, Path()), place.label)
        for name, value in given.items()
        if value is not None
    }


def _from_file(config: ConfigFile) -> dict[str, tuple[object, str]]:
    found: dict[str, tuple[object, str]] = {}
    for key, value in config.table.items():
        place = config.place(key)
        name = key.replace("-", "_")
        if name not in _FIELDS or _key(name) != key:
            raise _unknown(key, [_key(known) for known in _FIELDS], place)
        if name == "rules":
            found[name] = (_rules(value, config), place.label)
        elif name == "prompts":
            found[name] = (_prompts(value, config), place.label)
        else:
            found[name] = (_checked(_FIELDS[name], value, place, config.path.parent), place.label)
    return found


def _from_environment(env: Mapping[str, str]) -> dict[str, tuple[object, str]]:
    found: dict[str, tuple[object, str]] = {}
    for name, one in _FIELDS.items():
        variable = ENVIRONMENT_PREFIX + name.upper()
        text = env.get(variable, "")
        if not text or one.metadata["kind"] in _TABLES:
            continue
        place = Place(f"environment {variable}")
        found[name] = (_checked(one, _parsed(one.metadata["kind"], text), place, Path()), place.label)
    return found


def _parsed(kind: str, text: str) -> object:
    """What a variable means; a text that is no such value stays a text, and is refused later."""
    word = text.strip()
    if kind == "number":
        return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else text
    return _flag(text) if kind == "flag" else text


def _flag(text: str) -> object:
    word = text.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else text


def _checked(one: Field[Any], value: object, place: Place, folder: Path) -> object:
    """``value`` if the setting may have it; a path of a file is taken from the file's folder."""
    kind, choices = one.metadata["kind"], one.metadata["choices"]
    key = _key(one.name)
    if kind in _TABLES:
        return value
    if kind == "number":
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise _wrong(key, value, "a whole number, 0 or more", place)
    if kind == "flag":
        if isinstance(value, bool):
            return value
        raise _wrong(key, value, "true or false", place)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(key, value, "a text", place)
    if one.name == "language":
        if not is_known(value):
            raise _wrong(key, value, f"one of {', '.join(choices)}", place)
    elif choices and value not in choices:
        raise _wrong(key, value, f"one of {', '.join(choices)}", place)
    if kind == "path" or (kind == "model" and value.startswith(("./", "../"))):
        return str(folder / value)
    return value


def _rules(value: object, config: ConfigFile) -> Mapping[str, str]:
    """Levels by code.

    Raises:
        ConfigError: a rule or level is not known.
    """
    from .rules import find_rule

    place = config.place("rules")
    if not isinstance(value, Mapping):
        raise _wrong("rules", value, 'a table, such as [rules] with the line MQ111 = "off"', place)
    levels: dict[str, str] = {}
    for name, level in value.items():
        at = config.place(name, "rules")
        try:
            code = find_rule(name).code
        except CheckerError as error:
            raise ConfigError(f"{at.label}: {error}", error.remedy, path=at.path, line=at.line) from error
        if level not in RULE_LEVELS:
            raise _wrong(name, level, f"one of {', '.join(RULE_LEVELS)}", at)
        levels[code] = str(level)
    return MappingProxyType(levels)


def _prompts(value: object, config: ConfigFile) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise _wrong(
            "prompts",
            value,
            'a table, such as [prompts] with the line query = "query: "',
            config.place("prompts"),
        )
    known = _FIELDS["prompts"].metadata["choices"]
    for name, text in value.items():
        at = config.place(name, "prompts")
        if name not in known:
            raise _unknown(name, known, at)
        if not isinstance(text, str):
            raise _wrong(name, text, "a text", at)
    return MappingProxyType(dict(value))


def _key(name: str) -> str:
    return name.replace("_", "-")


def _unknown(key: str, known: Sequence[str], place: Place) -> ConfigError:
    near = get_close_matches(key.replace("_", "-").lower(), known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}? " if near else ""
    return ConfigError(
        f"{place.label}: unknown key {key!r}",
        f"{hint}the keys are {', '.join(known)}",
        path=place.path,
        line=place.line,
    )


def _wrong(key: str, value: object, allowed: str, place: Place) -> ConfigError:
    return ConfigError(
        f"{place.label}: {key} is {value!r}, which is not {allowed}",
        f"set {key} to {allowed}",
        path=place.path,
        line=place.line,
    )


def config_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a settings file, and of ``[tool.misquote]``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of misquote",
        "type": "object",
        "additionalProperties": False,
        "properties": {_key(name): _property(one) for name, one in _FIELDS.items()},
    }


def _property(one: Field[Any]) -> dict[str, Any]:
    choices = list(one.metadata["choices"])
    about = {"description": one.metadata["help"]}
    match one.metadata["kind"]:
        case "rules":
            return {**about, "type": "object", "additionalProperties": {"enum": choices}}
        case "prompts":
            texts = {name: {"type": "string"} for name in choices}
            return {**about, "type": "object", "additionalProperties": False, "properties": texts}
        case "flag":
            shape: dict[str, Any] = {"type": "boolean"}
        case "number":
            shape = {"type": "integer", "minimum": 0}
        case _:
            shape = {"enum": choices} if choices else {"type": "string", "minLength": 1}
    default = {} if one.default in (None, MISSING) else {"default": one.default}
    return {**about, **shape, **default}

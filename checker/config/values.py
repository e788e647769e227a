"""Whether a value is one that a setting may have; every refusal names the place and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import Field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..config_file import ConfigFile, Place
from ..errors import CheckerError, ConfigError
from ..languages import is_known
from ..policies import BUILT_IN, is_file, load_policy
from .settings import FIELDS, TABLES, key_of

_TRUE = ("1", "true", "yes", "on")
_FALSE = ("0", "false", "no", "off")


def checked(name: str, value: object, place: Place, folder: Path) -> object:
    """``value`` if the setting ``name`` may have it; a path of a file is taken from the file's folder.

    Raises:
        ConfigError: it may not.
    """
    one: Field[Any] = FIELDS[name]
    kind, choices, key = one.metadata["kind"], one.metadata["choices"], key_of(name)
    if kind in TABLES:
        return value
    if kind == "number":
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise wrong(key, value, "a whole number, 0 or more", place)
    if kind == "flag":
        if isinstance(value, bool):
            return value
        raise wrong(key, value, "true or false", place)
    if kind == "places":
        return _places(key, value, place, folder)
    if not isinstance(value, str) or not value.strip():
        raise wrong(key, value, "a text", place)
    if kind == "policy":
        return _policy(value, place, folder)
    if name == "language":
        if not is_known(value):
            raise wrong(key, value, f"one of {', '.join(choices)}", place)
    elif choices and value not in choices:
        raise wrong(key, value, f"one of {', '.join(choices)}", place)
    if kind in ("path", "optional path") or (kind == "model" and value.startswith(("./", "../"))):
        return str(folder / value)
    return value


def parsed(kind: str, text: str) -> object:
    """What a variable means; a text that is no such value stays a text, and is refused later.

    Places stand one a line, since a path may hold any other character.
    """
    word = text.strip()
    if kind == "places":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if kind == "number":
        return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else text
    if kind != "flag":
        return text
    return True if word.lower() in _TRUE else False if word.lower() in _FALSE else text


def prompts(value: object, config: ConfigFile) -> Mapping[str, str]:
    """The table ``[prompts]``.

    Raises:
        ConfigError: it is none, or has an unknown key or a value that is no text.
    """
    if not isinstance(value, Mapping):
        line = 'a table, such as [prompts] with the line query = "query: "'
        raise wrong("prompts", value, line, config.place("prompts"))
    known = FIELDS["prompts"].metadata["choices"]
    for name, text in value.items():
        at = config.place(name, "prompts")
        if name not in known:
            raise unknown(name, known, at)
        if not isinstance(text, str):
            raise wrong(name, text, "a text", at)
    return MappingProxyType(dict(value))


def _places(key: str, value: object, place: Place, folder: Path) -> tuple[str, ...]:
    """One place or a list of them, each as ``--against`` takes it; an empty list takes away what was set."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, Sequence) or not all(isinstance(one, str) and one.strip() for one in listed):
        raise wrong(key, value, 'a text or a list of texts, such as "content/en/{path}"', place)
    return tuple(one if _from_article(one) else str(folder / one) for one in listed)


def _from_article(pattern: str) -> bool:
    """Whether a pattern is filled in beside the article, wherever the settings file lies."""
    return "{" in pattern and (pattern.startswith("{") or "/" not in pattern)


def _policy(value: str, place: Place, folder: Path) -> str:
    if value in BUILT_IN:
        return value
    name = str(folder / value) if is_file(value) else value
    try:
        load_policy(name)
    except CheckerError as error:
        if error.path is not None:  # the message names the place in the policy's own file
            raise
        raise ConfigError(
            f"{place.label}: {error}", error.remedy, path=place.path, line=place.line
        ) from error
    return name


def unknown(key: str, known: Sequence[str], place: Place) -> ConfigError:
    """The error for a key that is none; it names the nearest."""
    near = get_close_matches(key.replace("_", "-").lower(), known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}? " if near else ""
    return ConfigError(
        f"{place.label}: unknown key {key!r}",
        f"{hint}the keys are {', '.join(known)}",
        path=place.path,
        line=place.line,
    )


def wrong(key: str, value: object, allowed: str, place: Place) -> ConfigError:
    """The error for a value that a key may not have."""
    return ConfigError(
        f"{place.label}: {key} is {value!r}, which is not {allowed}",
        f"set {key} to {allowed}",
        path=place.path,
        line=place.line,
    )

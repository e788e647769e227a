"""Reading a policy, from the package or from a desk's own file.

The rules are loaded when one is named: settings are read by commands that judge nothing, too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..config_file import ConfigFile, Place, parse_config, read_config
from ..errors import CheckerError, ConfigError
from ..types import Severity

BUILT_IN = ("translation", "ap", "reuters", "guardian")
"""The policies of the package; each is the file of its name in this folder."""
DEFAULT = BUILT_IN[0]
LEVELS = ("off", *(severity.value for severity in reversed(Severity)))
"""What a rule can be set to."""
MAX_CHAIN = 8
"""Files that may extend one another; more is taken for a circle."""

_TEXTS = ("title", "about", "extends")
_TABLES = ("rules", "same-language", "across-languages")


@dataclass(frozen=True, slots=True)
class Policy:
    """A table of rule and level for each of the two cases; rules that are in neither keep their own level."""

    name: str
    """A name of :data:`BUILT_IN`, or the path of the file."""
    title: str
    about: str
    same: Mapping[str, str]
    """Level by code where quotation and report are in one language, or there is no report."""
    across: Mapping[str, str]
    """Level by code where the languages differ."""

    def level(self, code: str, *, same_language: bool) -> str | None:
        """The level the policy gives to a rule; None where it leaves the rule its own."""
        return (self.same if same_language else self.across).get(code)


def is_file(name: str) -> bool:
    """Whether the value of ``--policy`` names a file and not a policy of the package."""
    return name.endswith(".toml") or "/" in name or os.sep in name


def load_policy(name: str) -> Policy:
    """The policy with this name, or in this file.

    Raises:
        ConfigError: there is no such policy, the file cannot be read, or it sets something unknown.
    """
    return _load(name, ())


def _load(name: str, above: tuple[str, ...]) -> Policy:
    if not is_file(name):
        if name not in BUILT_IN:
            near = get_close_matches(name.lower(), BUILT_IN, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}? " if near else ""
            raise ConfigError(
                f"there is no policy {name!r}",
                f"{hint}the policies are {', '.join(BUILT_IN)}, or a file such as house.toml",
            )
        return _built_in(name)
    real = os.path.realpath(name)
    if real in above or len(above) >= MAX_CHAIN:
        raise ConfigError(
            f"{name}: the policies extend one another in a circle",
            "let one of them extend translation, ap, reuters or guardian",
            path=name,
        )
    return _of_file(read_config(Path(name)), (*above, real))


def _built_in(name: str) -> Policy:
    """A policy of the package. It may name rules of the design that this version does not have yet."""
    from ..rules import all_rules

    known = {info.code for info in all_rules()}
    source = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    table = parse_config(source, Path(f"{name}.toml")).table

    def levels(key: str) -> Mapping[str, str]:
        return MappingProxyType({code: level for code, level in table.get(key, {}).items() if code in known})

    return Policy(name, table["title"], table["about"].strip(), levels(_TABLES[1]), levels(_TABLES[2]))


def _of_file(config: ConfigFile, above: tuple[str, ...]) -> Policy:
    for key, value in config.table.items():
        place = config.place(key)
        if key not in (*_TEXTS, *_TABLES):
            raise _unknown_key(key, place)
        wanted = Mapping if key in _TABLES else str
        if not isinstance(value, wanted):
            what = (
                f'a table, such as [{key}] with the line MQ121 = "error"' if wanted is Mapping else "a text"
            )
            raise ConfigError(
                f"{place.label}: {key} is not {what}", f"make it {what}", path=place.path, line=place.line
            )
    table = config.table
    base = _extended(config, above)
    both = rule_levels(table.get("rules", {}), config, "rules")
    own = {key: rule_levels(table.get(key, {}), config, key) for key in _TABLES[1:]}
    return Policy(
        name=str(config.path),
        title=table.get("title", config.path.stem),
        about=table.get("about", "").strip(),
        same=MappingProxyType({**base.same, **both, **own["same-language"]}),
        across=MappingProxyType({**base.across, **both, **own["across-languages"]}),
    )


def _extended(config: ConfigFile, above: tuple[str, ...]) -> Policy:
    """The policy that this one begins with; a file is taken from the folder of the one that names it."""
    name = str(config.table.get("extends", DEFAULT))
    try:
        return _load(str(config.path.parent / name) if is_file(name) else name, above)
    except ConfigError as error:
        if error.path is not None:  # the message names the place in that file
            raise
        place = config.place("extends")
        raise ConfigError(
            f"{place.label}: {error}", error.remedy, path=place.path, line=place.line
        ) from error


def rule_levels(table: Mapping[str, Any], config: ConfigFile, within: str, nth: int = 0) -> dict[str, str]:
    """Levels by code from a table of a settings or policy file, whose keys are codes or names of rules.

    Args:
        within: the name of the table, for messages.
        nth: which one it is, where the file may hold several of that name.

    Raises:
        ConfigError: a rule or level is not known.
    """
    levels: dict[str, str] = {}
    for name, level in table.items():
        place = config.place(name, within, nth)
        code, value = rule_level(name, level, place)
        levels[code] = value
    return levels


def rule_level(name: str, level: object, place: Place) -> tuple[str, str]:
    """Code and level of one setting such as ``negation-changed = "off"``.

    Raises:
        ConfigError: the rule or the level is not known; the message begins with the place.
    """
    from ..rules import find_rule

    try:
        code = find_rule(name).code
    except CheckerError as error:
        raise ConfigError(
            f"{place.label}: {error}", error.remedy, path=place.path, line=place.line
        ) from error
    if level not in LEVELS:
        allowed = f"one of {', '.join(LEVELS)}"
        raise ConfigError(
            f"{place.label}: {name} is {level!r}, which is not {allowed}",
            f"set {name} to {allowed}",
            path=place.path,
            line=place.line,
        )
    return code, str(level)


def _unknown_key(key: str, place: Place) -> ConfigError:
    known = (*_TEXTS, *_TABLES)
    near = get_close_matches(key.replace("_", "-").lower(), known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}? " if near else ""
    return ConfigError(
        f"{place.label}: unknown key {key!r} in a policy",
        f"{hint}the keys are {', '.join(known)}",
        path=place.path,
        line=place.line,
    )

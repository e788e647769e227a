"""Every setting with its default, its meaning and what it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, TypeVar

from ..languages import LANGUAGES
from ..policies import BUILT_IN, DEFAULT, Levels, load_policy
from ..policies.policy import LEVELS
from ..report import FORMATS
from ..report.summary import FAIL_ON

T = TypeVar("T")

ENVIRONMENT_PREFIX = "MISQUOTE_"


def _setting(default: T, about: str, kind: str = "text", choices: tuple[str, ...] = ()) -> T:
    return field(default=default, metadata={"help": about, "kind": kind, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force for one article or folder; the names are those of the command line's options."""

    index: str = _setting(".misquote/index", "Folder of the index of earlier coverage.", "path")
    against: tuple[str, ...] = _setting(
        (),
        "Where the originals of translations lie: a folder, a file, a pattern such as `content/en/{path}`, or"
        " a list of these; with it the index is not used.",
        "places",
    )
    """As ``--against``; patterns that begin with a field, or hold no ``/``, count from the article."""
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
    policy: str = _setting(
        DEFAULT, "What counts as a faithful quotation: a policy, or a file of your own.", "policy", BUILT_IN
    )
    """A name of the package's policies, or the path of a file."""
    format: str = _setting("full", "Format of the report on standard output.", choices=tuple(FORMATS))
    min_severity: str = _setting(
        "info", "Findings below it are counted but not shown.", choices=("info", "warning", "error")
    )
    fail_on: str = _setting("error", "Lowest severity that makes the exit status 1.", choices=FAIL_ON)
    fail_on_unverified: bool = _setting(False, "Unverified quotations make the exit status 1.", "flag")
    baseline: str | None = _setting(
        None, "File of findings that were there before and do not count.", "optional path"
    )
    rules: Mapping[str, str] = field(
        default_factory=dict,
        metadata={
            "help": "Severity by code or name of a rule; off switches it off.",
            "kind": "rules",
            "choices": LEVELS,
        },
    )
    """By code, whatever the file used."""

    def levels(self) -> Levels:
        """The levels of all rules: those set one by one over those of the policy.

        Raises:
            ConfigError: the policy's file has changed since the settings were read, and is wrong now.
        """
        return Levels(self.rules, load_policy(self.policy))


@dataclass(frozen=True, slots=True)
class Origin:
    """One setting in force."""

    key: str
    """As in a file, such as ``fail-on``, or ``rules.MQ111``."""
    value: object
    source: str
    """``command line``, ``environment MISQUOTE_FAIL_ON``, ``misquote.toml:3`` or ``default``."""


FIELDS: Mapping[str, Field[Any]] = {one.name: one for one in fields(Settings)}
OF_MODEL = ("revision", "prompts", "dimension")
TABLES = ("rules", "prompts")
"""Kinds that only a file can set."""
PER_ARTICLE = ("against", "language", "policy", "fail_on", "fail_on_unverified", "rules")
"""What may differ from article to article of one run, and what ``[[overrides]]`` may set."""
EXTEND = "extend"
OVERRIDES = "overrides"
FILE_ONLY: Mapping[str, str] = {
    EXTEND: "Another settings file, whose settings count where this one is silent.",
    OVERRIDES: "Settings for some paths: patterns as in .gitignore, from the folder of this file.",
}
"""Keys of a file that are no settings themselves."""


def setting_fields() -> tuple[Field[Any], ...]:
    """The settings in the order they are shown: name, default, and in ``metadata`` help, kind and choices."""
    return tuple(FIELDS.values())


def key_of(name: str) -> str:
    """The key in a file, such as ``fail-on``, of the field ``fail_on``."""
    return name.replace("_", "-")

"""What a run depends on and what kept it from being complete; :mod:`checker.types` gives these on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """What makes an article fail the run: the lowest level of a finding (or ``never``), and whether an
    unverified quotation does."""

    fail_on: str
    fail_on_unverified: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept the run from being complete: bad input, a damaged index."""

    message: str
    remedy: str
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a result depends on besides the articles."""

    tool_version: str
    index_path: str | None = None
    index_id: str | None = None
    passages: int = 0
    model: str | None = None
    model_revision: str | None = None
    policy: str = "translation"
    fail_on: str = "error"
    fail_on_unverified: bool = False
    started: str | None = None
    """ISO 8601; passed in, never read from the clock here."""

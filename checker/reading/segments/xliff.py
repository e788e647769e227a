"""XLIFF 1.2 and 2.x (OASIS): the ``source`` and ``target`` of every unit or segment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from ...errors import InputError, LanguageError
from ...types import Problem
from .inline import Inline
from .markup import read_markup
from .record import MAX_SEGMENT, Choice, Item, Segment, Untranslated, language_of

CORE = "urn:oasis:names:tc:xliff:document:"
UNITS = frozenset({"trans-unit", "segment"})
"""What holds a source and a target: 1.2, and 2.x."""
NOT_YET = frozenset({"new", "needs-translation", "initial"})
"""States in which a target may be a copy of its source that waits for its translator."""


def read_xliff(stream: BinaryIO, *, path: str | None, choice: Choice) -> Iterator[Item]:
    """The segments in order, as they are read; memory holds one.

    Only what stands directly in a unit counts, so proposals (``alt-trans``, ``mtc:match``) do not.

    Raises:
        InputError: the file is no XLIFF, not well formed, or holds what is refused.
    """
    yield from read_markup(stream, _Xliff(path, choice), path=path)


@dataclass
class _Unit:
    id: str
    line: int
    state: str = ""
    translate: bool = True
    source: Inline | None = None
    target: Inline | None = None
    languages: dict[str, str] = field(default_factory=dict)


class _Xliff:
    def __init__(self, path: str | None, choice: Choice) -> None:
        self._path, self._choice = path, choice
        self._stack: list[str] = []
        self._languages: dict[str, str] = {}
        self._outer = ""
        self._translated = [True]
        self._unit: _Unit | None = None
        self._side: Inline | None = None
        self._done: list[Item] = []

    def start(self, space: str, name: str, fields: Mapping[str, str], line: int) -> None:
        own = not space or space.startswith(CORE)
        parent = self._stack[-1] if self._stack else ""
        if not self._stack and (name != "xliff" or not own):
            raise InputError(
                f"the file is no XLIFF (it begins with <{name[:40]}>)",
                "give XLIFF 1.2 or 2.x",
                path=self._path,
            )
        self._stack.append(name if own else f"{space} {name}")
        self._translated.append(self._translated[-1] and fields.get("translate") != "no")
        if self._side is not None:
            self._side.start(name, fields)
        elif not own:
            return
        elif name in ("xliff", "file"):
            self._languages |= {
                side: fields[key] for side, keys in _LANGUAGES.items() for key in keys if fields.get(key)
            }
        elif name == "unit":
            self._outer = fields.get("id", "")
        elif name in UNITS:
            self._begin(name, fields, line)
        elif name in ("source", "target") and parent in UNITS and self._unit is not None:
            self._side = Inline()
            setattr(self._unit, name, self._side)
            if "lang" in fields:
                self._unit.languages[name] = fields["lang"]
            self._unit.state = fields.get("state", self._unit.state)

    def _begin(self, name: str, fields: Mapping[str, str], line: int) -> None:
        own = fields.get("id") or fields.get("resname") or ""
        id_ = "/".join(part for part in (self._outer if name == "segment" else "", own) if part)
        self._unit = _Unit(id_ or str(line), line, fields.get("state", ""), self._translated[-1])

    def end(self, space: str, name: str) -> None:
        self._stack.pop()
        self._translated.pop()
        if self._side is not None:
            if name in ("source", "target") and self._stack and self._stack[-1] in UNITS:
                self._side = None
            else:
                self._side.end(name)
        elif name in UNITS and self._unit is not None:
            self._done.append(self._finished(self._unit))
            self._unit = None

    def text(self, data: str) -> None:
        if self._side is not None:
            self._side.text(data)

    def take(self) -> list[Item]:
        done, self._done = self._done, []
        return done

    def _finished(self, unit: _Unit) -> Item:
        source, target = str(unit.source or ""), str(unit.target or "")
        waits = unit.state in NOT_YET and source == target
        if not unit.translate or not target or waits:
            return Untranslated(unit.id, unit.line)
        if not source:
            return Problem(
                f"unit {unit.id} has no source", "give every target its source", self._path, unit.line
            )
        if any(side is not None and side.too_long for side in (unit.source, unit.target)):
            return Problem(
                f"unit {unit.id} is longer than {MAX_SEGMENT:,} characters", "split it", self._path, unit.line
            )
        named = self._languages | unit.languages
        try:
            return Segment(
                id=unit.id,
                quote=target,
                source=source,
                quote_language=language_of(self._choice.quote_language or named.get("target")),
                source_language=language_of(self._choice.source_language or named.get("source")),
                line=unit.line,
            )
        except LanguageError as error:
            return Problem(str(error), error.remedy, self._path, unit.line)


_LANGUAGES = {"source": ("srcLang", "source-language"), "target": ("trgLang", "target-language")}
"""Attributes of 2.x (on ``xliff``) and of 1.2 (on ``file``)."""

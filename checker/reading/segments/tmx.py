"""TMX 1.4 (LISA OSCAR): the variants of every translation unit, one of them the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from ...errors import InputError, LanguageError
from ...languages import primary
from ...types import Problem
from .inline import Inline
from .markup import read_markup
from .record import MAX_SEGMENT, UNDETERMINED, Choice, Item, Segment, Untranslated, language_of

_WHICH = "name the source with --source-lang, such as --source-lang en"


def read_tmx(stream: BinaryIO, *, path: str | None, choice: Choice) -> Iterator[Item]:
    """A segment for every variant that is not the source, in order; memory holds one unit.

    Raises:
        InputError: the file is no TMX, not well formed, or holds what is refused.
    """
    yield from read_markup(stream, _Tmx(path, choice), path=path)


@dataclass
class _Unit:
    id: str
    line: int
    source_language: str
    variants: list[tuple[str, Inline]] = field(default_factory=list)


class _Tmx:
    def __init__(self, path: str | None, choice: Choice) -> None:
        self._path, self._choice = path, choice
        self._begun = False
        self._language = self._variant = ""
        self._unit: _Unit | None = None
        self._side: Inline | None = None
        self._done: list[Item] = []

    def start(self, space: str, name: str, fields: Mapping[str, str], line: int) -> None:
        if not self._begun and name != "tmx":
            raise InputError(
                f"the file is no TMX (it begins with <{name[:40]}>)", "give TMX 1.4", path=self._path
            )
        self._begun = True
        if self._side is not None:
            self._side.start(name, fields)
        elif name == "header":
            self._language = fields.get("srclang", "")
        elif name == "tu":
            self._unit = _Unit(fields.get("tuid") or str(line), line, fields.get("srclang") or self._language)
        elif name == "tuv":
            self._variant = fields.get("lang", "")
        elif name == "seg" and self._unit is not None:
            self._side = Inline()
            self._unit.variants.append((self._variant, self._side))

    def end(self, space: str, name: str) -> None:
        if self._side is not None:
            if name == "seg":
                self._side = None
            else:
                self._side.end(name)
        elif name == "tu" and self._unit is not None:
            self._done.extend(self._finished(self._unit))
            self._unit = None

    def text(self, data: str) -> None:
        if self._side is not None:
            self._side.text(data)

    def take(self) -> list[Item]:
        done, self._done = self._done, []
        return done

    def _finished(self, unit: _Unit) -> Iterator[Item]:
        def bad(reason: str, remedy: str) -> Problem:
            return Problem(f"unit {unit.id} {reason}", remedy, self._path, unit.line)

        wanted = self._choice.source_language or unit.source_language
        if wanted.lower() in UNDETERMINED:
            yield bad("does not say which text is the source", _WHICH)
            return
        source = next((v for v in unit.variants if _is(v[0], wanted)), None)
        if source is None or not str(source[1]):
            yield bad(f"has no text in {wanted}", _WHICH)
            return
        others = [v for v in unit.variants if v is not source and str(v[1])]
        if self._choice.quote_language:
            others = [v for v in others if _is(v[0], self._choice.quote_language)]
        if not others:
            yield Untranslated(unit.id, unit.line)
        for language, text in others:
            if text.too_long or source[1].too_long:
                yield bad(f"is longer than {MAX_SEGMENT:,} characters", "split it")
                continue
            id_ = unit.id if len(others) == 1 else f"{unit.id}:{language}"
            try:
                known = language_of(language), language_of(source[0])
            except LanguageError as error:
                yield bad(f"is in no language: {error}", error.remedy)
                continue
            yield Segment(id_, str(text), str(source[1]), *known, line=unit.line)


def _is(language: str, wanted: str) -> bool:
    """Whether a variant is in a language; ``en-GB`` serves where ``en`` is asked for."""
    tag, asked = language.lower().replace("_", "-"), wanted.lower().replace("_", "-")
    return tag == asked or ("-" not in asked and primary(tag) == primary(asked))

"""Bilingual tables: CSV and TSV with a line of headings.

A heading says what its column holds: ``source`` or ``original``, ``quote``, ``target`` or ``translation``,
and optionally ``id``, ``speaker``, ``source_speaker``, ``quote_language`` and ``source_language``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from ...errors import InputError, LanguageError
from ...types import Problem
from ..decoding import MAX_BYTES, decode
from .record import MAX_SEGMENT, Choice, Item, Segment, Untranslated, language_of, one_line

SOURCE_NAMES = ("source", "source_text", "original", "src")
QUOTE_NAMES = ("quote", "target", "target_text", "translation", "translated")
OTHER_NAMES = ("id", "speaker", "source_speaker", "quote_language", "source_language")
_SAMPLE = 1024 * 1024
_LONGEST_LINE = 4 * MAX_SEGMENT * 4
_SEPARATORS = ",;\t|"
_REMEDY = "name the columns with --source-column and --quote-column, by heading or by number from 1"


def read_columns(stream: BinaryIO, *, path: str | None, choice: Choice) -> Iterator[Item]:
    """The rows in order; memory holds one, unless the file is not in UTF-8.

    Raises:
        InputError: there are no headings, or none for the two texts.
    """
    lines = _Lines(stream, path)
    first = next(iter(lines), "")
    if not first.strip():
        raise InputError("the file is empty (it holds no row)", _REMEDY, path=path)
    separator = max(_SEPARATORS, key=first.count)
    rows = csv.reader(chain([first], lines), delimiter=separator, strict=True)
    try:
        headings = [one_line(name) for name in next(rows)]
    except csv.Error as error:
        raise InputError(f"the headings are not a valid row: {error}", _REMEDY, path=path, line=1) from error
    places = _places(headings, path, choice)
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(f"not a valid row: {error}", "close every quotation mark of a cell", path, line)
            continue
        if lines.broken:
            yield Problem(
                f"the encoding is broken in line {lines.broken.pop()}", "save the file as UTF-8", path, line
            )
            lines.broken.clear()
        elif any(cell.strip() for cell in row):
            yield _segment(row, places, line, path, choice)


class _Lines:
    """The lines of a table as text; lines that are not UTF-8 are counted, so that only their rows are lost."""

    def __init__(self, stream: BinaryIO, path: str | None) -> None:
        self.broken: list[int] = []
        self._number = 0
        sample = stream.read(_SAMPLE)
        self._rest: Iterator[bytes] = iter(())
        if _is_utf8(sample):
            stream.seek(0)
            self._rest = iter(lambda: stream.readline(_LONGEST_LINE), b"")
            self._text: Iterator[str] = iter(())
        else:
            data = sample + stream.read(MAX_BYTES - len(sample) + 1)
            if len(data) > MAX_BYTES:
                raise InputError("the file is too large for its encoding", "save it as UTF-8", path=path)
            self._text = iter(io.StringIO(decode(data, path=path), newline=""))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = next(self._rest, None)
        if raw is None:
            return next(self._text)
        self._number += 1
        try:
            return raw.decode("utf-8-sig" if self._number == 1 else "utf-8").replace("\x00", "\ufffd")
        except UnicodeDecodeError:
            self.broken.append(self._number)
            return raw.decode("utf-8", "replace").replace("\x00", "\ufffd")


def _is_utf8(sample: bytes) -> bool:
    """Whether the file is to be read as UTF-8: nearly all of its start is, and no zero byte is in it."""
    if b"\x00" in sample[:4096]:
        return False
    text = sample.decode("utf-8", "replace")
    good = sum(character > "\x7f" for character in text)
    bad = text.count("\ufffd")
    return not bad or bad * 20 < good


def _places(headings: Sequence[str], path: str | None, choice: Choice) -> dict[str, int]:
    """Where each field is: name to number of the column, from 0."""
    known = {name.lower().replace(" ", "_"): n for n, name in reversed(list(enumerate(headings)))}
    places = {name: known[name] for name in OTHER_NAMES if name in known}
    wanted = (("source", choice.source_column, SOURCE_NAMES), ("quote", choice.quote_column, QUOTE_NAMES))
    for side, asked, names in wanted:
        number = _number_of(asked, headings) if asked else next((known[n] for n in names if n in known), None)
        if number is None:
            what = f"there is no column {asked!r}" if asked else f"no heading says which column is the {side}"
            raise InputError(f"{what} (headings: {', '.join(headings)[:200]})", _REMEDY, path=path, line=1)
        places[side] = number
    if places["source"] == places["quote"]:
        raise InputError("the quotation and its source are the same column", _REMEDY, path=path, line=1)
    return places


def _number_of(asked: str, headings: Sequence[str]) -> int | None:
    for number, name in enumerate(headings):
        if name.casefold() == asked.strip().casefold():
            return number
    if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= len(headings):
        return int(asked) - 1
    return None


def _segment(row: Sequence[str], places: dict[str, int], line: int, path: str | None, choice: Choice) -> Item:
    cells = {name: one_line(row[place]) if place < len(row) else "" for name, place in places.items()}
    id_ = cells.get("id") or str(line)
    if not cells["source"]:
        return Problem("the row has no source", "fill the cell, or take the row out", path, line)
    if not cells["quote"]:
        return Untranslated(id_, line)
    if max(len(cells["quote"]), len(cells["source"])) > MAX_SEGMENT:
        return Problem(f"the row is longer than {MAX_SEGMENT:,} characters", "split it", path, line)
    try:
        return Segment(
            id=id_,
            quote=cells["quote"],
            source=cells["source"],
            quote_language=language_of(choice.quote_language or cells.get("quote_language")),
            source_language=language_of(choice.source_language or cells.get("source_language")),
            speaker=cells.get("speaker") or None,
            source_speaker=cells.get("source_speaker") or None,
            line=line,
        )
    except LanguageError as error:
        return Problem(str(error), error.remedy, path, line)

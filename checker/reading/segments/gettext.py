"""PO files (GNU gettext): ``msgid`` and ``msgstr``, plural forms each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import regex

from ...errors import InputError, LanguageError
from ...types import Problem
from ..decoding import decode
from .record import MAX_SEGMENT, Choice, Item, Segment, Untranslated, language_of, one_line

MAX_BYTES = 64 * 1024 * 1024
_KEYWORD = regex.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d{1,2})\])?)[ \t]*(".*)$')
_STRING = regex.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPE = regex.compile(r"\\([0-7]{1,3}|x[0-9A-Fa-f]{2}|.)")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "", "b": "", "f": "\f", "v": "\v"}
_CHARSET = regex.compile(rb"Content-Type:[^\n]{0,80}?charset=([A-Za-z0-9_.:-]{1,40})")
_REMEDY = 'write msgid "..." and msgstr "...", or check the file with: msgfmt --check FILE'


@dataclass
class _Entry:
    line: int
    fuzzy: bool = False
    texts: dict[str, list[str]] = field(default_factory=dict)
    wrong: str | None = None
    last: str = ""

    def get(self, key: str) -> str:
        return "".join(self.texts.get(key, ()))


def read_po(stream: BinaryIO, *, path: str | None, choice: Choice) -> Iterator[Item]:
    """The entries in order; a fuzzy or empty one is untranslated, an obsolete one (``#~``) is left out.

    Raises:
        InputError: the file is too large, or in an encoding that is not known.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"the file is larger than {MAX_BYTES // 2**20} MB", "split it", path=path)
    stated = _CHARSET.search(data[:8192])
    text = decode(data, path=path, declared=stated.group(1).decode("ascii") if stated else None)
    language: str | None = None
    for entry in _entries(text):
        if entry.wrong is None and "msgid" in entry.texts and not entry.get("msgid"):
            language = _header(entry.get("msgstr")).get("language") or language
            continue
        yield from _segments(entry, language, path, choice)


def _entries(text: str) -> Iterator[_Entry]:
    entry: _Entry | None = None
    fuzzy = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("#~") or not line:
            continue
        if line.startswith("#"):
            if entry is not None and "msgstr" in entry.last:
                yield entry
                entry, fuzzy = None, False
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        found = _KEYWORD.match(line)
        key = found[1] if found else None
        ended = entry is not None and (
            entry.wrong is not None or entry.last not in ("", "msgctxt") or key in entry.texts
        )
        if entry is not None and ended and key in ("msgctxt", "msgid"):
            yield entry
            entry, fuzzy = None, False
        if entry is None:
            entry, fuzzy = _Entry(number, fuzzy), False
        _add(entry, line, found, number)
    if entry is not None:
        yield entry


def _add(entry: _Entry, line: str, found: regex.Match[str] | None, number: int) -> None:
    """Add one line to an entry; what cannot be read is kept as what is wrong with it."""
    key = found[1] if found else entry.last
    string = found[3] if found else line
    whole = _STRING.fullmatch(string.strip())
    if not key or whole is None or (found and key in entry.texts):
        entry.wrong = entry.wrong or f"line {number} is not a line of a PO file"
        return
    entry.last = key
    entry.texts.setdefault(key, []).append(_ESCAPE.sub(_unescaped, whole.group()[1:-1]))


def _unescaped(match: regex.Match[str]) -> str:
    body = str(match[1])
    if body[0] in "01234567":
        return chr(int(body, 8))
    if body[0] == "x" and len(body) == 3:
        return chr(int(body[1:], 16))
    return _LETTERS.get(body, body)


def _header(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.split("\n"))
    return {key.strip().lower(): value.strip() for key, colon, value in pairs if colon}


def _segments(entry: _Entry, language: str | None, path: str | None, choice: Choice) -> Iterator[Item]:
    id_ = one_line(entry.get("msgctxt")) or str(entry.line)
    if entry.wrong is not None or "msgid" not in entry.texts:
        yield Problem(entry.wrong or "the entry has no msgid", _REMEDY, path, entry.line)
        return
    forms = [key for key in entry.texts if key.startswith("msgstr")]
    if not forms:
        yield Problem("the entry has no msgstr", _REMEDY, path, entry.line)
    for number, key in enumerate(forms):
        # The last form stands for all numbers in a language without a plural, such as Indonesian.
        plural = "msgid_plural" in entry.texts and (number > 0 or len(forms) == 1)
        source = one_line(entry.get("msgid_plural" if plural else "msgid"))
        target = one_line(entry.get(key))
        named = id_ if len(forms) == 1 else f"{id_}[{number}]"
        if entry.fuzzy or not target or not source:
            yield Untranslated(named, entry.line)
        elif max(len(source), len(target)) > MAX_SEGMENT:
            yield Problem(
                f"the entry is longer than {MAX_SEGMENT:,} characters", "split it", path, entry.line
            )
        else:
            try:
                known = (
                    language_of(choice.quote_language or language),
                    language_of(choice.source_language),
                )
            except LanguageError as error:
                yield Problem(str(error), error.remedy, path, entry.line)
                continue
            yield Segment(named, target, source, *known, line=entry.line)

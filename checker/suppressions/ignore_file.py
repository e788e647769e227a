"""Findings that were reviewed and set aside: ``.misquote-ignore.toml``, kept and reviewed like code.

::

    [[ignore]]
    fingerprint = "3b9c2a1e5d70f846"
    reason = "The minister corrected herself on 10 March; the corrected wire is attached."
    by = "desk@example.org"
    date = 2026-03-11
    expires = 2026-09-30

An ignored finding stays in every report for machines and is counted, but it does not gate and does
not decide a verdict. The fingerprint holds the words of both sides, so an entry ends by itself when
the quotation is changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..errors import ConfigError
from .durable import replace_file

FILE_NAME = ".misquote-ignore.toml"
KEYS = ("fingerprint", "reason", "by", "date", "expires")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_ENTRY = re.compile(r"\s*\[\[\s*[\"']?ignore[\"']?\s*\]\]")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One finding that somebody looked at and decided to leave."""

    fingerprint: str
    reason: str
    by: str | None = None
    noted: date | None = None
    """The day of the decision; ``date`` in the file."""
    expires: date | None = None
    """The last day on which it applies."""
    place: str = field(default="", compare=False)
    """File and line of the entry."""

    def applies(self, today: date) -> bool:
        """Whether the entry still counts on ``today``."""
        return self.expires is None or today <= self.expires


def parse_fingerprint(text: str) -> str:
    """A fingerprint as reports show it, 16 hex digits.

    Raises:
        ConfigError: it is none.
    """
    fingerprint = text.strip().lower()
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise ConfigError(
            f"{text[:60]!r} is no fingerprint",
            "copy the 16 hex digits that `misquote check` shows after `misquote ignore`",
        )
    return fingerprint


def parse_day(text: str) -> date:
    """A day written as YYYY-MM-DD.

    Raises:
        ConfigError: it is none.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise ConfigError(f"{text[:40]!r} is no date", "write it as YYYY-MM-DD") from error


def read_ignores(path: Path) -> tuple[Ignore, ...]:
    """The entries of one file, in order; none when there is no such file.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or has an unknown key or a wrong value.
    """
    try:
        source = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ConfigError(
            f"{path}: {error.strerror or error}", "make the file readable, or remove it", path=str(path)
        ) from error
    return _parse(source, path)


def _parse(source: bytes, path: Path) -> tuple[Ignore, ...]:
    try:
        text = source.decode("utf-8-sig")
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = re.search(r"at line (\d+)", str(error))
        raise ConfigError(
            f"{path}: not TOML: {error}",
            "mend the file, or take it back from version control",
            path=str(path),
            line=int(at.group(1)) if at else None,
        ) from error
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _ENTRY.match(line)]
    unknown = [key for key in table if key != "ignore"]
    entries = table.get("ignore", [])
    if unknown:
        raise ConfigError(
            f"{path}: unknown key {unknown[0]!r}", "the file holds [[ignore]] entries only", path=str(path)
        )
    if not isinstance(entries, list):
        raise ConfigError(f"{path}: ignore is no list", "write each entry under [[ignore]]", path=str(path))
    return tuple(
        _entry(entry, path, lines[number] if len(lines) == len(entries) else None)
        for number, entry in enumerate(entries)
    )


def _entry(entry: object, path: Path, line: int | None) -> Ignore:
    where = str(path) if line is None else f"{path}:{line}"

    def wrong(message: str, remedy: str) -> ConfigError:
        return ConfigError(f"{where}: {message}", remedy, path=str(path), line=line)

    if not isinstance(entry, Mapping):
        raise wrong("an entry is no table", "write each entry under [[ignore]]")
    for key in entry:
        if key not in KEYS:
            near = get_close_matches(key.lower(), KEYS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}? " if near else ""
            raise wrong(f"unknown key {key!r}", f"{hint}the keys are {', '.join(KEYS)}")
    for key in ("fingerprint", "reason"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise wrong(f"the entry has no {key}", "each entry needs a fingerprint and a reason")
    if not isinstance(entry.get("by", ""), str):
        raise wrong("by is no text", 'write a name, such as by = "desk"')
    try:
        fingerprint = parse_fingerprint(entry["fingerprint"])
        noted, expires = _day(entry.get("date")), _day(entry.get("expires"))
    except ConfigError as error:
        raise wrong(str(error), error.remedy) from error
    return Ignore(fingerprint, entry["reason"], entry.get("by"), noted, expires, where)


def _day(value: Any) -> date | None:  # noqa: ANN401 - whatever the file holds
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    return parse_day(str(value))


def add_ignore(path: Path, ignore: Ignore, today: date) -> None:
    """Append an entry in one step; what the file holds already stays byte for byte.

    Raises:
        ConfigError: the file is damaged or cannot be written, or the finding is ignored already.
    """
    for known in read_ignores(path):
        if known.fingerprint == ignore.fingerprint and known.applies(today):
            raise ConfigError(
                f"{ignore.fingerprint} is ignored already in {path}: {known.reason}",
                "change that entry if its reason or its last day is to be another",
                path=str(path),
            )
    try:
        before = path.read_bytes() if path.exists() else b""
        gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
        after = before + gap + _as_toml(ignore).encode("utf-8")
        _parse(after, path)  # an `ignore = [...]` above cannot be added to in this way
        replace_file(path, after)
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror or error}",
            "check the permissions of the folder; nothing was changed",
            path=str(path),
        ) from error


def _as_toml(ignore: Ignore) -> str:
    lines = [
        "[[ignore]]",
        f"fingerprint = {_quoted(ignore.fingerprint)}",
        f"reason = {_quoted(ignore.reason)}",
    ]
    if ignore.by:
        lines.append(f"by = {_quoted(ignore.by)}")
    if ignore.noted:
        lines.append(f"date = {ignore.noted.isoformat()}")
    if ignore.expires:
        lines.append(f"expires = {ignore.expires.isoformat()}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string; whatever cannot be seen is written by number, so that a reviewer sees it."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    if 0xD800 <= code <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"

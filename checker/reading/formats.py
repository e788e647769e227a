"""Which reader takes which file: one line per format."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

import regex

from ..errors import InputError
from ..types import Article, Problem
from .decoding import MAX_BYTES
from .markdown import read_markdown_file
from .records import looks_like_lines, read_json_file, read_record_lines
from .text import read_text_file
from .web_page import read_web_page


class _Reader(Protocol):
    def __call__(self, data: bytes, *, path: str | None, language: str | None) -> list[Article]: ...


_WHOLE_FILES: dict[str, _Reader] = {
    ".txt": read_text_file,
    ".text": read_text_file,
    ".md": read_markdown_file,
    ".markdown": read_markdown_file,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".xhtml": read_web_page,
}
_RECORD_ARRAYS = frozenset({".json"})
_RECORD_LINES = frozenset({".jsonl", ".ndjson"})

SUFFIXES: frozenset[str] = frozenset(_WHOLE_FILES) | _RECORD_ARRAYS | _RECORD_LINES
"""The endings of files that are read when a folder is given."""

_HTML = regex.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|article)\b",
    regex.IGNORECASE | regex.DOTALL,
)
_FRONT_MATTER = regex.compile(rb"(?:---|\+\+\+)[ \t]*\r?\n[ \t]*[\w-]{1,40}[ \t]*[:=]")


def read_path(path: Path, *, shown: str, language: str | None, need_id: bool) -> Iterator[Article | Problem]:
    """The articles of one file, by its ending; a file with another ending is read by what it looks like.

    Raises:
        InputError: the file cannot be used at all.
        LanguageError: it states a language that is none.
    """
    try:
        with path.open("rb") as stream:
            if path.suffix.lower() in _RECORD_LINES:
                yield from _lines(stream, shown, language, need_id)
                return
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(error, shown) from None
    yield from read_bytes(data, path.suffix.lower(), shown=shown, language=language, need_id=need_id)


def read_bytes(
    data: bytes, suffix: str, *, shown: str | None, language: str | None, need_id: bool
) -> Iterator[Article | Problem]:
    """The articles in ``data``; an unknown or empty ``suffix`` means that the content decides.

    Raises:
        InputError: the data cannot be used at all.
        LanguageError: it states a language that is none.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            f"the file is larger than {MAX_BYTES // (1024 * 1024)} MB",
            "split it, or give the articles as JSONL records",
            path=shown,
        )
    if suffix not in SUFFIXES:
        suffix = _suffix_for(data)
    if suffix in _RECORD_LINES or (suffix in _RECORD_ARRAYS and looks_like_lines(data)):
        yield from _lines(io.BytesIO(data), shown, language, need_id)
    elif suffix in _RECORD_ARRAYS:
        yield from read_json_file(data, path=shown, language=language, need_id=need_id)
    else:
        yield from _WHOLE_FILES[suffix](data, path=shown, language=language)


def _suffix_for(data: bytes) -> str:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return ".html"
    if _FRONT_MATTER.match(head):
        return ".md"
    start = head.lstrip()
    if regex.match(rb'\{\s*"|\[\s*\{\s*"', start):
        return ".json"
    return ".txt"


def _lines(
    stream: BinaryIO, shown: str | None, language: str | None, need_id: bool
) -> Iterator[Article | Problem]:
    """JSONL, after a look at its first bytes: a binary file would give one problem a line."""
    head = stream.read(4096)
    if b"\x00" in head or head.startswith(
        (b"\x1f\x8b", b"PK\x03\x04", b"\xfd7zXZ", b"\xff\xfe", b"\xfe\xff")
    ):
        raise InputError(
            "the file is binary, compressed or not UTF-8", "give JSONL in UTF-8, unpacked", path=shown
        )
    stream.seek(0)
    yield from read_record_lines(stream, path=shown, language=language, need_id=need_id)


def _unreadable(error: OSError, shown: str) -> InputError:
    reason = error.strerror or type(error).__name__
    return InputError(f"the file cannot be read: {reason}", "check the path and its permissions", path=shown)

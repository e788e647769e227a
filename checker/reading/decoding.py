"""Bytes to text: byte-order marks, UTF-8, then the legacy encodings that newsrooms still have.

The text is the decoded file, character for character: line ends stay as they are, only a
byte-order mark goes. What cannot be decoded with confidence is an error, never a guess full
of replacement characters, since a quotation with damaged letters would be compared as if
someone had said it so.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from ..errors import InputError
from .legacy import decode_legacy, try_encoding

MAX_BYTES = 256 * 1024 * 1024
"""The largest file read as one piece."""

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"(\xb5/\xfd", "zstd-compressed"),
    (b"7z\xbc\xaf'\x1c", "a 7-Zip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "an RTF document"),
)
_BINARY_REMEDY = "export the article as UTF-8 text, Markdown, HTML or JSONL"
_ENCODING_REMEDY = "save the file as UTF-8 (for example: iconv -f OLD-ENCODING -t UTF-8 FILE)"
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_SAMPLE = 200_000
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, *, path: str | None = None, declared: str | None = None) -> str:
    """The text of ``data``; ``declared`` is an encoding that the document itself names.

    Raises:
        InputError: the data is empty, binary, or in no encoding that fits.
    """
    if not data.strip(b" \t\r\n\x0c"):
        raise InputError("the file is empty", "give a file that holds an article", path=path)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, path, len(bom))
    _refuse_binary(data, path)
    if b"\x00" in data[:_SAMPLE]:
        return _wide(data, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _legacy(data, error, path, declared)
    return without_surrogates(text)


def without_surrogates(text: str) -> str:
    """``text`` with lone surrogates replaced by U+FFFD, so that it can always be written out."""
    return _SURROGATES.sub("\ufffd", text)


def _strictly(data: bytes, encoding: str, path: str | None, offset: int) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        place = offset + error.start
        raise InputError(
            f"the byte-order mark says {encoding.upper()}, but byte {place} does not fit",
            _ENCODING_REMEDY,
            path=path,
        ) from None
    if not text.strip():
        raise InputError("the file is empty", "give a file that holds an article", path=path)
    if "\x00" in text:
        raise InputError("the file is binary (it holds NUL characters)", _BINARY_REMEDY, path=path)
    sample = text[:10_000]
    odd = sum(unicodedata.category(c) in {"Cn", "Co"} for c in sample) * 20 > len(sample)
    if odd or not any(c.isspace() or c.isascii() or c in "。，、" for c in sample):
        raise InputError(
            f"the byte-order mark says {encoding.upper()}, but the text is not", _ENCODING_REMEDY, path=path
        )
    return text


def _refuse_binary(data: bytes, path: str | None) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"the file is {what}, not text", _BINARY_REMEDY, path=path)
    head = data[:_SAMPLE]
    control = len(head) - len(head.translate(None, _CONTROL))
    if control > max(0, len(head) // 20) and b"\x00" not in head:
        raise InputError("the file is binary (many control characters)", _BINARY_REMEDY, path=path)


def _wide(data: bytes, path: str | None) -> str:
    """UTF-16 without a mark: the zero bytes of its ASCII letters all stand on one side."""
    head = data[:_SAMPLE]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 5 and min(even, odd) <= max(even, odd) // 50:
        encoding = "utf-16-be" if even > odd else "utf-16-le"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            text = "\x00"
        if "\x00" not in text:
            return text
    raise InputError("the file is binary (it holds NUL bytes)", _BINARY_REMEDY, path=path)


def _legacy(data: bytes, error: UnicodeDecodeError, path: str | None, declared: str | None) -> str:
    """The text of data that is not UTF-8, if some older encoding clearly fits."""
    line = data.count(b"\n", 0, error.start) + 1
    broken = InputError(
        f"the encoding is broken: byte {error.start} (line {line}) is not valid UTF-8 and no older encoding fits",
        _ENCODING_REMEDY,
        path=path,
        line=line,
    )
    if declared is not None:
        text = try_encoding(data, declared)
        if text is not None:
            return text
    if _is_damaged_utf8(data, error):
        raise broken
    text = decode_legacy(data)
    if text is None:
        raise broken
    return text


def _is_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether the data is UTF-8 with some bytes lost, rather than another encoding."""
    if error.reason == "unexpected end of data" and data[error.start] >= 0xC2 and error.start < len(data) - 1:
        return True
    head = data[max(0, error.start - _SAMPLE // 2) : error.start + _SAMPLE // 2]
    text = head.decode("utf-8", "surrogateescape")
    bad = len(_SURROGATES.findall(text))
    good = sum(1 for c in text if c > "\x7f") - bad
    return good > bad

"""Coverage records: JSONL, a JSON array, or one JSON object.

``{"id","url","outlet","published","language","title","text"}``; id and text are required. A bad
record is reported with its line (or its place in the array) and the reason; the rest go in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from ..errors import CheckerError, InputError
from ..types import Article, Problem
from .assembly import Details, build_article, named_originals
from .decoding import decode
from .metadata import parse_date

MAX_LINE = 20 * 1024 * 1024
"""The longest record in bytes; a longer one is skipped and reported."""

_RECORD_REMEDY = (
    'write one record a line: {"id": ..., "text": ..., "outlet": ..., "published": ..., "language": ...}'
)
_FIELDS = ("url", "outlet", "title", "language", "published")


def read_record_lines(
    stream: BinaryIO, *, path: str | None, language: str | None, need_id: bool
) -> Iterator[Article | Problem]:
    """The records of a JSONL stream, one at a time; memory holds one line.

    Args:
        stream: opened for reading bytes, at its start.
        path: for messages and ``Article.path``.
        language: overrides what the records say.
        need_id: whether a record without an id is bad (coverage), or gets one made (articles to check).
    """
    number = seen = 0
    while True:
        raw = stream.readline(MAX_LINE + 1)
        if not raw:
            break
        number += 1
        if len(raw) > MAX_LINE and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MAX_LINE)
            seen += 1
            yield Problem(
                f"the record is longer than {MAX_LINE // (1024 * 1024)} MB", "split the article", path, number
            )
            continue
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if not raw.strip():
            continue
        seen += 1
        try:
            yield _record_of_line(raw, path, number, language, need_id)
        except CheckerError as error:
            yield Problem(str(error), error.remedy, path, number)
    if not seen:
        yield Problem("the file is empty", "give a file that holds records, one a line", path)


def read_json_file(
    data: bytes, *, path: str | None, language: str | None, need_id: bool
) -> Iterator[Article | Problem]:
    """The records of a JSON array or a single JSON object.

    Raises:
        InputError: the file is not JSON, or neither an array nor an object.
    """
    loaded = _loads(decode(data, path=path), path)
    if isinstance(loaded, Mapping) and isinstance(loaded.get("articles"), list) and "text" not in loaded:
        loaded = loaded["articles"]
    if isinstance(loaded, Mapping):
        loaded = [loaded]
    if not isinstance(loaded, list):
        raise InputError("the file holds neither a record nor a list of records", _RECORD_REMEDY, path=path)
    if not loaded:
        raise InputError("the file is empty (it holds no record)", _RECORD_REMEDY, path=path)
    for number, record in enumerate(loaded, 1):
        place = f"record {number}: " if len(loaded) > 1 else ""
        try:
            yield _article(record, path, None, language, need_id)
        except CheckerError as error:
            yield Problem(f"{place}{error}", error.remedy, path)


def looks_like_lines(data: bytes) -> bool:
    """Whether a ``.json`` file is in truth JSONL: its first line is a whole object and more lines follow."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    first, newline, rest = start.partition(b"\n")
    first = first.rstrip()
    return bool(newline and rest.strip() and first.startswith(b"{") and first.endswith(b"}"))


def _loads(text: str, path: str | None, line: int | None = None) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"column {error.colno}" if line is not None else f"line {error.lineno}, column {error.colno}"
        raise InputError(
            f"not valid JSON: {error.msg} ({where})", _RECORD_REMEDY, path=path, line=line or error.lineno
        ) from None
    except (RecursionError, ValueError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
        raise InputError(f"not usable JSON: {reason}", _RECORD_REMEDY, path=path, line=line) from None


def _record_of_line(
    raw: bytes, path: str | None, number: int, language: str | None, need_id: bool
) -> Article:
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"the encoding is broken: byte {error.start} of the line is not valid UTF-8",
            "save the file as UTF-8 (JSON is always UTF-8)",
            path=path,
            line=number,
        ) from None
    return _article(_loads(line, path, number), path, number, language, need_id)


def _article(
    record: object, path: str | None, line: int | None, language: str | None, need_id: bool
) -> Article:
    def bad(reason: str) -> InputError:
        return InputError(reason, _RECORD_REMEDY, path=path, line=line)

    if not isinstance(record, Mapping):
        raise bad("the record is not a JSON object")
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad(
            "the record has no text"
            if text is None or text == "" or isinstance(text, str)
            else "text is no string"
        )
    identity = record.get("id")
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    if identity is not None and not isinstance(identity, str):
        raise bad("id is neither a string nor a number")
    if need_id and not (identity and identity.strip()):
        raise bad("the record has no id")
    fields = {name: record.get(name) for name in _FIELDS}
    for name, value in fields.items():
        if value is not None and not isinstance(value, str):
            raise bad(f"{name} is no string")
    published = parse_date(fields["published"])
    if fields["published"] and fields["published"].strip() and published is None:
        raise InputError(
            f"published is no date: {fields['published'][:40]!r}",
            "write it as YYYY-MM-DD",
            path=path,
            line=line,
        )
    stated = (fields["language"] or "").strip()
    details = Details(
        id=identity,
        language=language or (stated if stated and stated.lower() != "und" else None),
        title=fields["title"],
        outlet=fields["outlet"],
        published=published,
        url=fields["url"],
        originals=named_originals(record),
    )
    return build_article(text, details, path=path, line=line)

"""JSONL pairs, the contract that other programs write: one object a line, ``quote`` and ``source`` in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from ...types import Problem
from .record import Choice, Item, Segment

TEXTS = ("quote", "source", "quote_language", "source_language", "speaker", "source_speaker")
REMEDY = 'write one pair a line in JSON: {"id": ..., "quote": ..., "source": ...}'


def read_pairs(stream: BinaryIO, *, path: str | None, choice: Choice) -> Iterator[Item]:
    """The pairs in order; memory holds one line.

    A ``target`` stands for the ``quote`` where there is none, as translation tools write it; the columns of
    ``choice`` name other keys.
    """
    seen = 0
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        seen += 1
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            reason = f"the encoding is broken: byte {error.start} of the line is not valid UTF-8"
            yield Problem(reason, REMEDY, path, number)
            continue
        except (ValueError, RecursionError) as error:
            yield Problem(f"not valid JSON: {str(error)[:100]}", REMEDY, path, number)
            continue
        yield _segment(row, path, number, choice)
    if not seen:
        yield Problem("the file is empty (it holds no pair)", REMEDY, path)


def _segment(row: object, path: str | None, number: int, choice: Choice) -> Item:
    if not isinstance(row, dict):
        return Problem("the line is not a JSON object", REMEDY, path, number)
    quote_key = choice.quote_column or ("quote" if "quote" in row else "target")
    texts = {key: row.get(key) for key in TEXTS}
    texts["quote"], texts["source"] = row.get(quote_key), row.get(choice.source_column or "source")
    wrong = _wrong(texts, row.get("id", ""))
    if wrong is not None:
        return Problem(wrong, REMEDY, path, number)
    return Segment(
        id=str(row.get("id", number)),
        quote=texts["quote"] or "",
        source=texts["source"] or "",
        quote_language=choice.quote_language or texts["quote_language"],
        source_language=choice.source_language or texts["source_language"],
        speaker=texts["speaker"],
        source_speaker=texts["source_speaker"],
        line=number,
    )


def _wrong(texts: dict[str, object], id_: object) -> str | None:
    for key, value in texts.items():
        if key in ("quote", "source") and not (isinstance(value, str) and value.strip()):
            return f"the pair has no {key}"
        if value is not None and not isinstance(value, str):
            return f"{key} is no string"
    if not isinstance(id_, str | int):
        return "id is neither a string nor a number"
    return None

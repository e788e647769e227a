"""Files of segments, a translation beside its source: one line per file ending in :data:`READERS`.

XLIFF, TMX, PO, CSV, TSV and JSONL. Bad rows are given as :class:`~checker.types.Problem` in their place,
the rest go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Protocol

from ...errors import CheckerError
from ...types import Problem
from .columns import read_columns
from .gettext import read_po
from .lines import read_pairs
from .record import Choice, Item, Segment, Untranslated
from .tmx import read_tmx
from .xliff import read_xliff

__all__ = ["READERS", "Choice", "Item", "Segment", "Untranslated", "has_places", "read_segments"]


class _Reader(Protocol):
    def __call__(self, stream: BinaryIO, *, path: str | None, choice: Choice) -> Iterator[Item]: ...


READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        ".xlf": read_xliff,
        ".xliff": read_xliff,
        ".sdlxliff": read_xliff,
        ".mqxliff": read_xliff,
        ".tmx": read_tmx,
        ".po": read_po,
        ".csv": read_columns,
        ".tsv": read_columns,
        ".tab": read_columns,
        ".jsonl": read_pairs,
        ".ndjson": read_pairs,
    }
)
"""Which reader takes which file; a file with another ending holds JSONL pairs."""


def has_places(path: str) -> bool:
    """Whether a file's segments are named by their place in reports; pairs in JSONL have their ids."""
    return READERS.get(Path(path).suffix.lower(), read_pairs) is not read_pairs


def read_segments(stream: BinaryIO, *, path: str, choice: Choice | None = None) -> Iterator[Item]:
    """The segments of a file in order, as they are read.

    Nothing is raised: what keeps the rest of the file from being read is the last item.
    """
    reader = READERS.get(Path(path).suffix.lower(), read_pairs)
    seen = False
    try:
        for item in reader(stream, path=path, choice=choice or Choice()):
            seen = True
            yield item
    except CheckerError as error:
        yield Problem(str(error), error.remedy, error.path or path, error.line)
        return
    if not seen:
        yield Problem("the file is empty (it holds no segment)", "give a file with translated segments", path)

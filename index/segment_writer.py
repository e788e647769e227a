"""Writing one segment into a temporary folder; nothing of it counts before it is published."""

from __future__ import annotations

import errno
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from .backends import DENSE_FILE, backend_module
from .durable import sha256_of
from .manifest import FileEntry, SegmentEntry
from .segment import INDICES, TABLES, TABLES_FILE, VECTORS_FILE
from .texts import terms_of
from .types import FloatMatrix

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?![\d-])")


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage to write."""

    id: str
    language: str
    text: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An occurrence to write."""

    passage_id: str
    metadata: Mapping[str, str]

    @property
    def article_id(self) -> str:
        """The article it is in."""
        return self.metadata["article_id"]


def date_of(published: str) -> str | None:
    """The ISO date at the start of ``published``, as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    match = _DATE.match(published)
    return match.group() if match else None


class SegmentWriter:
    """Takes passages with vectors and occurrences in batches; memory does not grow with their number."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self._folder = folder
        self._dimension = dimension
        self._terms = 0
        self.passages = 0
        self.occurrences = 0
        with _disk_errors():
            self._tables = sqlite3.connect(folder / TABLES_FILE, isolation_level=None)
            # The folder is thrown away after a crash, so a journal would only cost time.
            self._tables.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES + "BEGIN;")
        self._vectors: BinaryIO = (folder / VECTORS_FILE).open("w+b")
        self._write_header()

    def close(self) -> None:
        """Let go of the files, whatever state they are in."""
        self._tables.close()
        self._vectors.close()

    def known_pairs(self, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of the (passage id, article id) pairs that are written already."""
        sql = "SELECT 1 FROM occurrences WHERE passage_id = ? AND article_id = ?"
        with _disk_errors():
            return {pair for pair in pairs if self._tables.execute(sql, pair).fetchone()}

    def rows_of(self, ids: Iterable[str]) -> dict[str, int]:
        """The rows of those of ``ids`` that are written already."""
        found: dict[str, int] = {}
        with _disk_errors():
            for id_ in ids:
                hit = self._tables.execute("SELECT row FROM passages WHERE id = ?", (id_,)).fetchone()
                if hit:
                    found[id_] = hit[0]
        return found

    def count_articles(self) -> int:
        """Different articles among the occurrences written."""
        with _disk_errors():
            return int(
                self._tables.execute("SELECT count(DISTINCT article_id) FROM occurrences").fetchone()[0]
            )

    def write_passages(self, passages: Sequence[PassageText], vectors: FloatMatrix) -> None:
        """Append passages; ``vectors`` has one unit row for each and is rounded to half precision."""
        self._vectors.write(np.ascontiguousarray(vectors, dtype=np.float16).tobytes())
        with _disk_errors():
            for row, passage in enumerate(passages, start=self.passages):
                terms = terms_of(passage.text)
                self._terms += len(terms)
                anchors = json.dumps(passage.anchors, ensure_ascii=False)
                self._tables.execute(
                    "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
                    (row, passage.id, passage.language, passage.text, anchors),
                )
                self._tables.execute("INSERT INTO words (rowid, terms) VALUES (?, ?)", (row, " ".join(terms)))
                self._tables.executemany(
                    "INSERT OR IGNORE INTO anchors VALUES (?, ?)", ((a, row) for a in passage.anchors)
                )
        self.passages += len(passages)

    def write_occurrences(self, occurrences: Sequence[Occurrence]) -> None:
        """Append occurrences; their passages are written before, or are in an older segment."""
        rows = self.rows_of({o.passage_id for o in occurrences})
        with _disk_errors():
            self._tables.executemany(
                "INSERT INTO occurrences VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        o.passage_id,
                        o.article_id,
                        number,
                        rows.get(o.passage_id),
                        o.metadata.get("speaker_key") or None,
                        date_of(o.metadata.get("published", "")),
                        json.dumps(dict(o.metadata), ensure_ascii=False),
                    )
                    for number, o in enumerate(occurrences, start=self.occurrences)
                ),
            )
        self.occurrences += len(occurrences)

    def finish(self, number: int, factory: str) -> SegmentEntry:
        """Build the indices and close the files; gives the entry for the manifest.

        Raises:
            StoreError: the dense index cannot be built with this factory.
            OSError: the disk refused.
        """
        with _disk_errors():
            self._tables.execute("INSERT INTO words (words) VALUES ('optimize')")
            self._tables.execute("COMMIT")
            # executescript commits what is open before it runs
            self._tables.executescript(INDICES + "ANALYZE;")
        self._write_header()
        self.close()
        if self.passages:
            module = backend_module(factory)
            vectors = np.load(self._folder / VECTORS_FILE, mmap_mode="r", allow_pickle=False)
            module.build(vectors, factory, self._folder / DENSE_FILE)
        else:
            (self._folder / VECTORS_FILE).unlink()
        files = {
            path.name: FileEntry(path.stat().st_size, sha256_of(path))
            for path in sorted(self._folder.iterdir())
        }
        digest = files[TABLES_FILE].sha256[:8]
        return SegmentEntry(
            name=f"{number:06d}-{digest}",
            passages=self.passages,
            occurrences=self.occurrences,
            terms=self._terms,
            factory=factory,
            files=files,
        )

    def _write_header(self) -> None:
        # NumPy leaves room in the header for the first axis to grow, so it can be written again in place.
        self._vectors.seek(0)
        np.lib.format.write_array_header_1_0(
            self._vectors,
            {"shape": (self.passages, self._dimension), "fortran_order": False, "descr": "<f2"},
        )


@contextmanager
def _disk_errors() -> Iterator[None]:
    """SQLite has its own words for a full disk; the caller knows only OSError."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0)
        number = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_READONLY: errno.EROFS}.get(
            code, errno.EIO
        )
        raise OSError(number, str(error)) from error

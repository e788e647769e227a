"""Reading one immutable segment: passages and occurrences in SQLite, vectors, dense search."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np

from .backends import DENSE_FILE, StoredVectors, backend_module
from .durable import sha256_of
from .errors import StoreError
from .manifest import SegmentEntry, damaged_segment
from .types import Backend

SEGMENTS = "segments"
TABLES_FILE = "passages.sqlite"
VECTORS_FILE = "vectors.npy"

TABLES = """
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, language TEXT NOT NULL, text TEXT NOT NULL,
    anchors TEXT NOT NULL);
CREATE TABLE occurrences (
    passage_id TEXT NOT NULL, article_id TEXT NOT NULL, number INTEGER NOT NULL, row INTEGER,
    speaker_key TEXT, published TEXT, metadata TEXT NOT NULL,
    PRIMARY KEY (passage_id, article_id)) WITHOUT ROWID;
CREATE TABLE anchors (anchor TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (anchor, row)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(terms, content='', tokenize='ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""
"""``row`` is the row of the vector; in ``occurrences`` it is NULL when the passage is in an older segment.
``words`` holds terms that ``texts.terms_of`` made, hence the plain tokenizer."""

INDICES = """
CREATE INDEX occurrences_article ON occurrences (article_id);
CREATE INDEX occurrences_speaker ON occurrences (speaker_key) WHERE speaker_key IS NOT NULL;
CREATE INDEX occurrences_published ON occurrences (published) WHERE published IS NOT NULL;
"""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as stored, without its occurrences."""

    row: int
    id: str
    language: str
    text: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    """One occurrence as stored."""

    passage_id: str
    number: int
    metadata: Mapping[str, str]


class Segment:
    """One segment, opened lazily; occurrences of removed articles never come out of it."""

    def __init__(self, root: Path, entry: SegmentEntry, dimension: int) -> None:
        self.entry = entry
        self.folder = root / SEGMENTS / entry.name
        self.removed = frozenset(entry.removed)
        self._dimension = dimension
        self._connection: sqlite3.Connection | None = None
        self._vectors: StoredVectors | None = None
        self._backend: Backend | None = None

    def __len__(self) -> int:
        return self.entry.passages

    def check_sizes(self) -> None:
        """Hold the files' sizes against the manifest: finds what was cut short or is missing.

        Raises:
            StoreError: a file is missing or has another size.
        """
        for name, expected in self.entry.files.items():
            try:
                size = (self.folder / name).stat().st_size
            except OSError as error:
                raise damaged_segment(self.folder, f"{name} is missing") from error
            if size != expected.bytes:
                raise damaged_segment(self.folder, f"{name} has {size} bytes instead of {expected.bytes}")

    def problems(self) -> list[str]:
        """What a full check finds: checksums, counts, and whether everything can be loaded."""
        found: list[str] = []
        for name, expected in self.entry.files.items():
            path = self.folder / name
            if not path.is_file():
                found.append(f"segment {self.entry.name}: {name} is missing")
            elif sha256_of(path) != expected.sha256:
                found.append(f"segment {self.entry.name}: {name} does not match its checksum")
        if found:
            return found
        try:
            passages = self.query("SELECT count(*) FROM passages")[0][0]
            occurrences = self.query("SELECT count(*) FROM occurrences")[0][0]
            if (passages, occurrences) != (self.entry.passages, self.entry.occurrences):
                found.append(
                    f"segment {self.entry.name}: it holds {passages} passages, {occurrences} occurrences"
                )
            if len(self):
                len(self.backend)
        except StoreError as error:
            found.append(str(error))
        return found

    @property
    def vectors(self) -> StoredVectors:
        """The stored vectors, memory-mapped.

        Raises:
            StoreError: the file is damaged.
        """
        if self._vectors is None:
            if not len(self):
                return np.zeros((0, self._dimension), dtype=np.float16)
            try:
                vectors = np.load(self.folder / VECTORS_FILE, mmap_mode="r", allow_pickle=False)
            except (OSError, ValueError, EOFError) as error:
                raise self._unreadable(f"{VECTORS_FILE} cannot be read") from error
            if vectors.shape != (len(self), self._dimension) or vectors.dtype != np.float16:
                raise self._unreadable(f"{VECTORS_FILE} has shape {vectors.shape}")
            self._vectors = vectors
        return self._vectors

    @property
    def backend(self) -> Backend:
        """Dense search over this segment, loaded at the first use."""
        if self._backend is None:
            vectors = self.vectors
            if not self.folder.is_dir():
                raise self._unreadable(f"{DENSE_FILE} is missing")
            self._backend = backend_module(self.entry.factory).load(vectors, self.folder / DENSE_FILE)
        return self._backend

    @property
    def exact(self) -> bool:
        """Whether the backend's scores need no second look."""
        return backend_module(self.entry.factory).is_exact(self.entry.factory)

    def query(self, sql: str, *parameters: str | int) -> list[tuple[Any, ...]]:
        """All rows of a query.

        Raises:
            StoreError: the database is damaged.
        """
        try:
            if self._connection is None:
                self._connection = self._connect()
            return self._connection.execute(sql, parameters).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._unreadable(f"{TABLES_FILE} cannot be read ({error})") from error

    def _connect(self) -> sqlite3.Connection:
        # `immutable` takes no locks, so an index on read-only media works too.
        place = quote(str((self.folder / TABLES_FILE).resolve()))
        return sqlite3.connect(f"file:{place}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def _unreadable(self, what: str) -> StoreError:
        if self.folder.is_dir():
            return damaged_segment(self.folder, what)
        # The segments were all there when the index was opened, see check_sizes.
        return StoreError(
            f"the index {self.folder.parent.parent} was compacted while it was being read",
            "run again",
            path=str(self.folder.parent.parent),
        )

    def close(self) -> None:
        """Let go of the files."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._vectors = self._backend = None

    def rows_of(self, ids: Iterable[str]) -> dict[str, int]:
        """The vector rows of those of ``ids`` whose passage is stored here."""
        return dict(
            self.query(
                "SELECT id, row FROM passages WHERE id IN (SELECT value FROM json_each(?))", as_json(ids)
            )
        )

    def passages(self, rows: Iterable[int]) -> dict[int, PassageRow]:
        """The passages of ``rows``."""
        found = self.query(
            "SELECT row, id, language, text, anchors FROM passages"
            " WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row",
            as_json(rows),
        )
        return {
            row: PassageRow(row, id_, lang, text, tuple(json.loads(a))) for row, id_, lang, text, a in found
        }

    def occurrences(self, ids: Iterable[str]) -> list[OccurrenceRow]:
        """The occurrences of the passages ``ids`` that this segment knows."""
        found = self.query(
            "SELECT passage_id, number, article_id, metadata FROM occurrences"
            " WHERE passage_id IN (SELECT value FROM json_each(?))",
            as_json(ids),
        )
        return [
            OccurrenceRow(passage, number, json.loads(metadata))
            for passage, number, article, metadata in found
            if article not in self.removed
        ]

    def known_pairs(self, pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of the (passage id, article id) pairs that are stored and not removed."""
        found = self.query(
            "SELECT o.passage_id, o.article_id FROM json_each(?) AS pair JOIN occurrences AS o"
            " ON o.passage_id = json_extract(pair.value, '$[0]')"
            " AND o.article_id = json_extract(pair.value, '$[1]')",
            as_json(pairs),
        )
        return {(passage, article) for passage, article in found if article not in self.removed}

    def articles_among(self, article_ids: Iterable[str]) -> set[str]:
        """Those of the article ids that have an occurrence here and are not removed."""
        found = self.query(
            "SELECT value FROM json_each(?) WHERE EXISTS"
            " (SELECT 1 FROM occurrences WHERE article_id = value)",
            as_json(article_ids),
        )
        return {article for (article,) in found} - self.removed


def as_json(values: Iterable[Any]) -> str:
    """A list as one SQL parameter, so that its length has no limit."""
    return json.dumps(list(values), ensure_ascii=False)

"""The index as callers see it: passages in, passages out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from . import retrieval
from .errors import StoreError
from .manifest import Manifest, read_manifest
from .segment import as_json
from .store import (
    add_passages,
    compact_store,
    create_store,
    refuse_other_model,
    remove_articles,
    unit_rows,
)
from .texts import MAX_ARTICLE_ID, MAX_VALUE, storable
from .types import (
    AddResult,
    Encoder,
    FloatMatrix,
    Hit,
    IndexInfo,
    ModelInfo,
    NewPassage,
    Passage,
    StoredArticle,
)
from .view import View, Window

_COLUMNS = {"article_id": "article_id", "speaker_key": "speaker_key"}
"""Metadata keys with an index of their own; others are found by reading every occurrence."""


class PassageIndex:
    """Passages with vectors, words and anchors in a folder that several processes may read at once.

    It shows the state that was published when it was opened, plus its own changes. All methods
    raise ``StoreError`` when the folder turns out to be damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._view = self._fresh_view()

    @classmethod
    def create(cls, path: Path, model: ModelInfo) -> PassageIndex:
        """An empty index in a new or empty folder.

        Raises:
            StoreError: the folder has other things in it, or cannot be written.
        """
        create_store(Path(path), model)
        return cls(Path(path))

    @classmethod
    def open(cls, path: Path, *, model: ModelInfo | None = None) -> PassageIndex:
        """The index at ``path``; with ``model``, only if it was built with that one.

        Raises:
            StoreError: there is no index, or it is damaged or of a newer format.
            ModelError: it was built with another model.
        """
        index = cls(Path(path))
        if model is not None:
            refuse_other_model(index.path, index.model, model)
        return index

    def __enter__(self) -> PassageIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def size(self) -> int:
        """Passages that are stored and not removed."""
        return self._view.stored - len(self._view.dead)

    @property
    def model(self) -> ModelInfo:
        """The model its vectors were made with."""
        return self._view.manifest.model

    @property
    def id(self) -> str:
        """16 hex digits that change with the content."""
        return self._view.manifest.id

    def close(self) -> None:
        """Let go of the files."""
        self._view.close()

    def add(
        self,
        passages: Iterable[NewPassage],
        encoder: Encoder,
        *,
        batch_size: int = 256,
        on_progress: Callable[[int], None] | None = None,
        factory: str = "Flat",
    ) -> AddResult:
        """Store what is new, as one segment; either all of it becomes visible or nothing.

        Memory does not grow with the number of passages. A text that is stored already gets only
        another occurrence; the same text in the same article again is skipped.

        Args:
            on_progress: called after each batch with the number of passages handled so far.
            factory: ``exact`` or a FAISS ``index_factory`` string, for the new segment only.

        Raises:
            StoreError: another writer is at work, the disk is full, a passage has no article id,
                or FAISS cannot build ``factory``.
            ModelError: ``encoder`` is not the model of this index.
        """
        result = add_passages(
            self.path, passages, encoder, batch_size=batch_size, on_progress=on_progress, factory=factory
        )
        self._refresh()
        return result

    def remove(self, article_ids: Iterable[str]) -> int:
        """Take articles out of all results; ``compact`` frees their space. Gives how many were there."""
        count = remove_articles(self.path, (storable(a, MAX_ARTICLE_ID) for a in article_ids))
        self._refresh()
        return count

    def compact(self, *, factory: str | None = None) -> None:
        """Merge all segments into one, without what is removed; ``factory`` may change on the way."""
        compact_store(self.path, factory)
        self._refresh()

    def search(
        self, vectors: FloatMatrix, k: int, *, since: str | None = None, until: str | None = None
    ) -> list[list[Hit]]:
        """The ``k`` nearest passages to each row of ``vectors``, by inner product of unit vectors.

        With ``since`` or ``until`` (ISO dates, both included) only passages with an occurrence
        whose ``published`` lies between them, and only those occurrences; undated ones stay out.
        """
        window = Window.of(since, until)
        if k < 1 or not len(vectors):
            return [[] for _ in vectors]
        return retrieval.dense(self._view, unit_rows(vectors, None, self.model), k, window)

    def lexical(self, query: str, k: int) -> list[Hit]:
        """The ``k`` passages that share most words with ``query``; ``score`` is BM25, unbounded."""
        return retrieval.lexical(self._view, query, k) if k > 0 else []

    def by_anchors(self, anchors: Sequence[str], k: int) -> list[Hit]:
        """The ``k`` passages that share most anchors; ``score`` is the shared part of their weight, in [0, 1]."""
        return retrieval.by_anchors(self._view, anchors, k) if k > 0 and anchors else []

    def by_metadata(self, key: str, value: str, k: int) -> list[Passage]:
        """Up to ``k`` passages with an occurrence where ``key`` is ``value``, newest first.

        Quick for ``article_id`` and ``speaker_key``; other keys read every occurrence.
        """
        condition, parameters = _condition(storable(key, MAX_VALUE), storable(value, MAX_VALUE))
        newest: dict[str, str] = {}
        for segment in self._view.segments:
            rows = segment.query(
                "SELECT passage_id, article_id, published FROM occurrences AS o"
                f" WHERE {condition} ORDER BY published DESC, number",
                *parameters,
            )
            for id_, article, published in rows:
                if article not in segment.removed:
                    newest[id_] = max(newest.get(id_, ""), published or "")
        # A stable sort: passages of one day stay in the order of storing.
        return self.get(sorted(newest, key=lambda id_: newest[id_], reverse=True)[: max(k, 0)])

    def get(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in this order; unknown and removed ones are left out."""
        places = self._view.places_of(storable(id_, MAX_VALUE) for id_ in ids)
        found = self._view.passages(list(places.values()))
        return [found[places[id_]] for id_ in ids if id_ in places and places[id_] in found]

    def vectors(self, ids: Sequence[str]) -> FloatMatrix:
        """The stored unit vectors of these passages, shape ``(len(ids), dimension)``.

        Raises:
            StoreError: one of the ids is not stored.
        """
        places = self._view.places_of(storable(id_, MAX_VALUE) for id_ in ids)
        rows = np.zeros((len(ids), self.model.dimension), dtype=np.float32)
        for row, id_ in zip(rows, ids, strict=True):
            if id_ not in places:
                raise StoreError(
                    f"there is no passage {id_[:40]!r} in {self.path}", "use an id that a search gave"
                )
            segment, number = places[id_]
            row[:] = self._view.segments[segment].vectors[number]
        return rows

    def articles(self) -> list[StoredArticle]:
        """The articles in the order of storing."""
        found: dict[str, StoredArticle] = {}
        for segment in self._view.segments:
            # SQLite gives the other columns of the row that has the minimum.
            rows = segment.query(
                "SELECT article_id, count(*), metadata, min(number) FROM occurrences"
                " GROUP BY article_id ORDER BY min(number)"
            )
            for article, count, metadata, _ in rows:
                if article in segment.removed:
                    continue
                before = found.get(article)
                found[article] = StoredArticle(
                    id=article,
                    passages=count + (before.passages if before else 0),
                    metadata=before.metadata if before else json.loads(metadata),
                )
        return list(found.values())

    def has_article(self, article_id: str) -> bool:
        """Whether any passage of the article is stored and not removed."""
        wanted = [storable(article_id, MAX_ARTICLE_ID + 1)]
        return any(segment.articles_among(wanted) for segment in self._view.segments)

    def info(self) -> IndexInfo:
        """Counts of what is live, and the model."""
        languages: Counter[str] = Counter()
        removed: set[str] = set()
        dead = as_json(sorted(self._view.dead))
        for segment in self._view.segments:
            sql = (
                "SELECT language, count(*) FROM passages"
                " WHERE id NOT IN (SELECT value FROM json_each(?)) GROUP BY language"
            )
            languages.update(dict(segment.query(sql, dead)))
            removed.update(segment.removed)
        articles = self.articles()
        return IndexInfo(
            path=str(self.path),
            id=self.id,
            model=self.model,
            passages=self.size,
            occurrences=sum(article.passages for article in articles),
            articles=len(articles),
            segments=len(self._view.segments),
            removed=len(removed - {article.id for article in articles}),
            languages=dict(sorted(languages.items())),
            bytes=sum(file.bytes for s in self._view.segments for file in s.entry.files.values()),
        )

    def verify(self) -> list[str]:
        """Read everything and hold it against the manifest; what is wrong, or nothing."""
        return [problem for segment in self._view.segments for problem in segment.problems()]

    def _fresh_view(self) -> View:
        manifest = read_manifest(self.path)
        try:
            return _checked_view(self.path, manifest)
        except StoreError:
            newer = read_manifest(self.path)
            if newer == manifest:
                raise
            return _checked_view(self.path, newer)  # it was compacted between the two steps

    def _refresh(self) -> None:
        before, self._view = self._view, self._fresh_view()
        before.close()


def _checked_view(path: Path, manifest: Manifest) -> View:
    view = View(path, manifest)
    for segment in view.segments:
        segment.check_sizes()
    return view


def _condition(key: str, value: str) -> tuple[str, tuple[str, ...]]:
    """SQL for "metadata ``key`` is ``value``"; the key itself never becomes a part of the SQL."""
    if key in _COLUMNS:
        return f"{_COLUMNS[key]} = ?", (value,)
    return "EXISTS (SELECT 1 FROM json_each(o.metadata) AS m WHERE m.key = ? AND m.value = ?)", (key, value)

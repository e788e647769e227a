"""Changing the folder on disk: every change is a new segment or a new manifest, published in one step.

Layout::

    manifest.json                       the only file that is ever replaced
    .lock                               held while something is written
    segments/000001-1a2b3c4d/           never changed after it got this name
        passages.sqlite vectors.npy dense.faiss
    segments/.tmp-000002/               being written, or left by a crash: thrown away by the next writer
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from .durable import discard, publish_folder, write_failure, write_lock
from .errors import ModelError, StoreError
from .hub import is_commit
from .manifest import MANIFEST, Manifest, publish_manifest, read_manifest
from .segment import SEGMENTS
from .segment_writer import Occurrence, PassageText, SegmentWriter
from .texts import bounded, passage_id
from .types import AddResult, Encoder, FloatMatrix, ModelInfo, NewPassage
from .view import View

_BATCH = 1_024


def create_store(root: Path, model: ModelInfo) -> None:
    """Make an empty index in a new or empty folder.

    Raises:
        StoreError: the folder has other things in it, or holds an index already.
    """
    if (root / MANIFEST).exists():
        raise StoreError(
            f"there is an index at {root} already", "add to it, or name another folder", path=str(root)
        )
    try:
        if root.exists() and any(root.iterdir()):
            raise StoreError(
                f"{root} is not empty and is not an index",
                "name an empty or new folder; nothing was changed",
                path=str(root),
            )
        (root / SEGMENTS).mkdir(parents=True, exist_ok=True)
        with write_lock(root):
            publish_manifest(root, Manifest(model=model))
    except OSError as error:
        raise write_failure(error, root) from error


def refuse_other_model(root: Path, built_with: ModelInfo, given: ModelInfo) -> None:
    """Vectors of two models cannot be compared.

    Raises:
        ModelError: the models differ.
    """
    if (built_with.checksum, built_with.dimension) == (given.checksum, given.dimension):
        return
    if built_with.checksum == given.checksum:
        raise ModelError(
            f"the index {root} has vectors of {built_with.dimension:,} dimensions, not {given.dimension:,}",
            "leave the dimension out to use that of the index, or build another index in another folder"
            " (`misquote index add COVERAGE --index DIR`)",
            path=str(root),
        )
    raise ModelError(
        f"the index {root} was built with the model {_named(built_with)}, not with {_named(given)}",
        "build the index again with this model in another folder (`misquote index add COVERAGE --index"
        f" DIR`), or use the model it was built with{_how_to_name(built_with)}",
        path=str(root),
    )


def _how_to_name(model: ModelInfo) -> str:
    pin = f" --revision {model.revision}" if is_commit(model.revision) else ""
    return f" (--model {model.name}{pin}, and the same prompts if any were set)"


def _named(model: ModelInfo) -> str:
    return f"{model.name} (revision {model.revision or 'unknown'}, files {model.checksum[:12]})"


@contextmanager
def _writing(root: Path) -> Iterator[Manifest]:
    """Hold the lock, clear what a crash left, and give the newest manifest."""
    with write_lock(root):
        manifest = read_manifest(root)
        _sweep(root, manifest)
        try:
            yield manifest
        except OSError as error:
            raise write_failure(error, root) from error


def _sweep(root: Path, manifest: Manifest) -> None:
    known = {entry.name for entry in manifest.segments}
    folder = root / SEGMENTS
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in known:
            discard(path)
    discard(root / f".tmp-{MANIFEST}")


@contextmanager
def _new_segment(root: Path, manifest: Manifest) -> Iterator[tuple[Path, SegmentWriter]]:
    """A writer in a temporary folder, which is gone afterwards unless it got a name."""
    folder = root / SEGMENTS / f".tmp-{manifest.next_number:06d}"
    folder.mkdir()
    writer: SegmentWriter | None = None
    try:
        writer = SegmentWriter(folder, manifest.model.dimension)
        yield folder, writer
    finally:
        if writer is not None:
            writer.close()
        discard(folder)


def add_passages(
    root: Path,
    passages: Iterable[NewPassage],
    encoder: Encoder,
    *,
    batch_size: int,
    on_progress: Callable[[int], None] | None,
    factory: str,
) -> AddResult:
    """Write a new segment with what is not stored yet; see ``PassageIndex.add``."""
    with _writing(root) as manifest:
        refuse_other_model(root, manifest.model, encoder.info)
        view = View(root, manifest)
        try:
            with _new_segment(root, manifest) as (folder, writer):
                seen = 0
                items = iter(passages)
                while batch := list(islice(items, batch_size)):
                    _take_in(batch, view, writer, encoder)
                    seen += len(batch)
                    if on_progress is not None:
                        on_progress(seen)
                if not writer.occurrences:
                    return AddResult(passages=0, occurrences=0, articles=0, skipped=seen)
                articles = writer.count_articles()
                _publish(root, folder, writer, manifest, manifest, factory)
                return AddResult(
                    passages=writer.passages,
                    occurrences=writer.occurrences,
                    articles=articles,
                    skipped=seen - writer.occurrences,
                )
        finally:
            view.close()


def _publish(
    root: Path, folder: Path, writer: SegmentWriter, manifest: Manifest, after: Manifest, factory: str
) -> None:
    """Finish the segment and make ``after`` plus this segment the state of the index."""
    entry = writer.finish(manifest.next_number, factory)
    final = root / SEGMENTS / entry.name
    try:
        publish_folder(folder, final)
        publish_manifest(root, after.with_segment(entry))
    except OSError:  # raised only before the new manifest is in place, so nothing refers to the folder
        discard(final)
        raise


def _take_in(batch: list[NewPassage], view: View, writer: SegmentWriter, encoder: Encoder) -> None:
    """Write those occurrences of the batch that are new, and the passages nobody has stored."""
    items: dict[tuple[str, str], NewPassage] = {}
    for passage in map(bounded, batch):
        id_ = passage_id(passage.text, passage.language)
        items.setdefault((id_, passage.metadata["article_id"]), passage)
    known = writer.known_pairs(items)
    for segment in view.segments:
        known |= segment.known_pairs(list(items))
    new = {pair: passage for pair, passage in items.items() if pair not in known}
    ids = {id_ for id_, _ in new}
    stored = writer.rows_of(ids).keys() | view.places_of(ids).keys()
    texts: dict[str, PassageText] = {}
    for (id_, _), passage in new.items():
        if id_ not in stored and id_ not in texts:
            texts[id_] = PassageText(id_, passage.language, passage.text, passage.anchors)
    if texts:
        vectors = encoder.encode([text.text for text in texts.values()], kind="passage")
        writer.write_passages(list(texts.values()), unit_rows(vectors, len(texts), view.manifest.model))
    writer.write_occurrences([Occurrence(id_, passage.metadata) for (id_, _), passage in new.items()])


def unit_rows(vectors: FloatMatrix, count: int | None, model: ModelInfo) -> FloatMatrix:
    """``vectors`` scaled to unit length: from here on the inner product is the cosine.

    Raises:
        ModelError: they have the wrong shape, or values that are not finite.
    """
    rows = np.asarray(vectors, dtype=np.float32)
    expected = (len(rows) if count is None else count, model.dimension)
    if rows.ndim != 2 or rows.shape != expected:
        raise ModelError(
            f"the model gave vectors of shape {rows.shape}, the index needs {expected}",
            f"use the model the index was built with, {model.name}",
        )
    if not np.isfinite(rows).all():
        raise ModelError(
            f"the model {model.name} gave vectors that are not numbers",
            "install the model again, or use another",
        )
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 0, norms, 1), dtype=np.float32)


def remove_articles(root: Path, article_ids: Iterable[str]) -> int:
    """Tombstone the articles; gives how many of them were there."""
    wanted = set(article_ids)
    with _writing(root) as manifest:
        view = View(root, manifest)
        try:
            found = [segment.articles_among(wanted) for segment in view.segments]
        finally:
            view.close()
        gone = set().union(*found)
        if gone:
            segments = tuple(
                replace(entry, removed=tuple(sorted({*entry.removed, *here})))
                for entry, here in zip(manifest.segments, found, strict=True)
            )
            publish_manifest(root, replace(manifest, segments=segments))
        return len(gone)


def compact_store(root: Path, factory: str | None) -> None:
    """Merge all segments into one and leave out what is removed."""
    with _writing(root) as manifest:
        removed = any(entry.removed for entry in manifest.segments)
        other = factory is not None and any(entry.factory != factory for entry in manifest.segments)
        if len(manifest.segments) < 2 and not removed and not other:
            return
        chosen = factory or max(manifest.segments, key=lambda entry: entry.passages).factory
        empty = replace(manifest, segments=())
        view = View(root, manifest)
        try:
            with _new_segment(root, manifest) as (folder, writer):
                for number in range(len(view.segments)):
                    _copy_segment(view, number, writer)
                if writer.occurrences:
                    _publish(root, folder, writer, manifest, empty, chosen)
                else:
                    publish_manifest(root, empty)
        finally:
            view.close()
        _sweep(root, read_manifest(root))


def _copy_segment(view: View, number: int, writer: SegmentWriter) -> None:
    """Append the live passages of one segment with all their occurrences in any segment."""
    segment = view.segments[number]
    for start in range(0, len(segment), _BATCH):
        rows = segment.passages(range(start, min(start + _BATCH, len(segment))))
        live = view.occurrences(row.id for row in rows.values())
        kept = [row for row in rows.values() if row.id in live]
        texts = [PassageText(row.id, row.language, row.text, row.anchors) for row in kept]
        writer.write_passages(texts, np.asarray(segment.vectors[[row.row for row in kept]], dtype=np.float32))
        writer.write_occurrences([Occurrence(o.passage_id, o.metadata) for row in kept for o in live[row.id]])

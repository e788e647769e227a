"""One published state of the index, read as a whole: what is live, and where it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from .errors import StoreError
from .manifest import Manifest
from .segment import OccurrenceRow, PassageRow, Segment, as_json
from .segment_writer import date_of
from .types import BoolVector, Passage

Place = tuple[int, int]
"""Number of the segment, row in it."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``since`` to ``until``, both included; either may be open."""

    since: str | None = None
    until: str | None = None

    @classmethod
    def of(cls, since: str | None, until: str | None) -> Window | None:
        """The window of two ISO dates (times are cut off), or None when both are open.

        Raises:
            StoreError: one of them is not a date.
        """
        for given in (since, until):
            if given is not None and date_of(given) is None:
                raise StoreError(f"{given[:40]!r} is not a date", "give dates as YYYY, YYYY-MM or YYYY-MM-DD")
        if since is None and until is None:
            return None
        return cls(date_of(since) if since else None, date_of(until) if until else None)

    def holds(self, published: str) -> bool:
        """Whether the date lies in the window; what has no date does not."""
        day = date_of(published)
        if day is None or (self.since is not None and day < self.since):
            return False
        return self.until is None or day[: len(self.until)] <= self.until


class View:
    """The segments of one manifest. Passages count as long as one of their occurrences does."""

    def __init__(self, root: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self.segments = tuple(Segment(root, entry, manifest.model.dimension) for entry in manifest.segments)
        self._allowed: dict[Window | None, list[BoolVector | None]] = {}

    def close(self) -> None:
        """Let go of the files."""
        for segment in self.segments:
            segment.close()

    @property
    def stored(self) -> int:
        """Passages on disk, dead ones included; what frequencies are relative to."""
        return sum(len(segment) for segment in self.segments)

    def places_of(self, ids: Iterable[str]) -> dict[str, Place]:
        """Where the passages ``ids`` are stored; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        return {
            id_: (number, row)
            for number, segment in enumerate(self.segments)
            for id_, row in segment.rows_of(wanted).items()
        }

    def stored_rows(self, places: Iterable[Place]) -> dict[Place, PassageRow]:
        """The stored passages at ``places``."""
        by_segment: dict[int, list[int]] = {}
        for number, row in places:
            by_segment.setdefault(number, []).append(row)
        return {
            (number, row): stored
            for number, rows in by_segment.items()
            for row, stored in self.segments[number].passages(rows).items()
        }

    def occurrences(self, ids: Iterable[str], window: Window | None = None) -> dict[str, list[OccurrenceRow]]:
        """The live occurrences of each passage, oldest first, those without a date last."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, list[OccurrenceRow]] = {}
        for segment in self.segments:
            for occurrence in sorted(segment.occurrences(wanted), key=lambda o: o.number):
                if window is None or window.holds(occurrence.metadata.get("published", "")):
                    found.setdefault(occurrence.passage_id, []).append(occurrence)
        for rows in found.values():
            rows.sort(key=lambda o: _age(o.metadata))
        return found

    def passages(self, places: Sequence[Place], window: Window | None = None) -> dict[Place, Passage]:
        """The live passages at ``places``, with all their occurrences (in the window)."""
        rows = self.stored_rows(places)
        occurrences = self.occurrences((row.id for row in rows.values()), window)
        return {
            place: Passage(
                id=row.id,
                text=row.text,
                language=row.language,
                occurrences=tuple(o.metadata for o in occurrences[row.id]),
                anchors=row.anchors,
            )
            for place, row in rows.items()
            if row.id in occurrences
        }

    @cached_property
    def dead(self) -> frozenset[str]:
        """Ids of passages all of whose occurrences are removed."""
        touched: set[str] = set()
        for segment in self.segments:
            if segment.removed:
                rows = segment.query(
                    "SELECT passage_id FROM occurrences WHERE article_id IN (SELECT value FROM json_each(?))",
                    as_json(sorted(segment.removed)),
                )
                touched.update(id_ for (id_,) in rows)
        return frozenset(touched - self.occurrences(touched).keys())

    def allowed(self, window: Window | None) -> list[BoolVector | None]:
        """For each segment one flag per row: live and in the window. None stands for every row."""
        if window not in self._allowed:
            if len(self._allowed) >= 8:
                self._allowed.clear()
            self._allowed[window] = self._live_masks() if window is None else self._window_masks(window)
        return self._allowed[window]

    def _live_masks(self) -> list[BoolVector | None]:
        masks: list[BoolVector | None] = []
        for segment in self.segments:
            rows = list(segment.rows_of(self.dead).values()) if self.dead else []
            if rows:
                mask = np.ones(len(segment), dtype=np.bool_)
                mask[rows] = False
                masks.append(mask)
            else:
                masks.append(None)
        return masks

    def _window_masks(self, window: Window) -> list[BoolVector | None]:
        masks = [np.zeros(len(segment), dtype=np.bool_) for segment in self.segments]
        elsewhere: set[str] = set()
        for mask, segment in zip(masks, self.segments, strict=True):
            until = window.until or "9999"
            found = segment.query(
                "SELECT row, passage_id, article_id FROM occurrences"
                " WHERE published >= ? AND substr(published, 1, ?) <= ?",
                window.since or "",
                len(until),
                until,
            )
            live = [hit for hit in found if hit[2] not in segment.removed]
            mask[[row for row, _, _ in live if row is not None]] = True
            elsewhere.update(id_ for row, id_, _ in live if row is None)
        if elsewhere:
            for number, row in self.places_of(elsewhere).values():
                masks[number][row] = True
        return list(masks)


def _age(metadata: Mapping[str, str]) -> tuple[bool, str]:
    published = metadata.get("published", "")
    return (date_of(published) is None, published)

"""The manifest: which segments make up the index, which model made them, what is removed.

The manifest is the only file that is ever replaced, and it is replaced in one step. It carries
a checksum of itself; its first 16 digits are the id of the index's present state.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from .durable import publish_bytes
from .errors import StoreError
from .types import ModelInfo

FORMAT = 1
"""Raised whenever an older reader could misread a newer folder."""
KIND = "misquote-index"
MANIFEST = "manifest.json"
MAX_MANIFEST = 256 << 20
_NAME = re.compile(r"[0-9]{6,12}-[0-9a-f]{8}")
_FILES = ("passages.sqlite", "vectors.npy", "dense.faiss")


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Size and checksum of one file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """One immutable segment."""

    name: str
    passages: int
    """Passages whose text and vector are here."""
    occurrences: int
    terms: int
    """Search words of all its passages; for the average length in BM25."""
    factory: str
    files: Mapping[str, FileEntry]
    removed: tuple[str, ...] = ()
    """Article ids whose occurrences in this segment do not count any more."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The published state of an index."""

    model: ModelInfo
    segments: tuple[SegmentEntry, ...] = ()

    @property
    def id(self) -> str:
        """16 hex digits that change with the content."""
        return _digest(_body(self))[:16]

    @property
    def next_number(self) -> int:
        """The number for the next segment; names are never used twice."""
        return 1 + max((int(s.name.split("-")[0]) for s in self.segments), default=0)

    def with_segment(self, entry: SegmentEntry) -> Manifest:
        """The state after ``entry`` has been added."""
        return replace(self, segments=(*self.segments, entry))


def _body(manifest: Manifest) -> dict[str, Any]:
    return {
        "kind": KIND,
        "format": FORMAT,
        "model": asdict(manifest.model),
        "segments": [asdict(segment) for segment in manifest.segments],
    }


def _digest(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def publish_manifest(folder: Path, manifest: Manifest) -> None:
    """Make ``manifest`` the state of the index, in one step."""
    body = _body(manifest)
    body["sha256"] = _digest(body)
    publish_bytes(folder / MANIFEST, json.dumps(body, indent=1, ensure_ascii=True).encode("ascii"))


def read_manifest(folder: Path) -> Manifest:
    """The published state.

    Raises:
        StoreError: there is no index, or the manifest is foreign, newer, damaged or edited.
    """
    body = _load(folder)
    if body.get("kind") != KIND:
        raise _foreign(folder)
    if not isinstance(body.get("format"), int) or body["format"] > FORMAT:
        raise StoreError(
            f"the index {folder} was made by a newer version (format {body.get('format')}, known up to {FORMAT})",
            "update misquote, or build the index again with this version in another folder",
            path=str(folder),
        )
    recorded = body.pop("sha256", None)
    if recorded != _digest(body):
        raise _damaged(folder, "its manifest does not match its own checksum")
    try:
        return _parse(body)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(folder, "its manifest cannot be understood") from error


def _load(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not folder.exists():
        raise StoreError(
            f"there is no index at {folder}",
            "build one with `misquote index add ARTICLES`, or name another with --index",
            path=str(folder),
        )
    if not path.is_file():
        raise _foreign(folder)
    try:
        if path.stat().st_size > MAX_MANIFEST:
            raise _damaged(folder, "its manifest is far too large")
        body = json.loads(path.read_bytes())
    except OSError as error:
        raise StoreError(
            f"cannot read {path}: {error.strerror}", "check the permissions of the folder", path=str(folder)
        ) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(folder, "its manifest is not valid JSON") from error
    if not isinstance(body, dict):
        raise _foreign(folder)
    return body


def _parse(body: Mapping[str, Any]) -> Manifest:
    model = ModelInfo(**body["model"])
    if not 0 < model.dimension <= 65_536:
        raise ValueError(model.dimension)
    return Manifest(model=model, segments=tuple(_segment(raw) for raw in body["segments"]))


def _segment(raw: Mapping[str, Any]) -> SegmentEntry:
    # Names become paths, so nothing but the expected pattern may pass.
    if not _NAME.fullmatch(raw["name"]) or not set(raw["files"]) <= set(_FILES):
        raise ValueError(raw["name"])
    return SegmentEntry(
        name=raw["name"],
        passages=int(raw["passages"]),
        occurrences=int(raw["occurrences"]),
        terms=int(raw["terms"]),
        factory=str(raw["factory"]),
        files={name: FileEntry(int(f["bytes"]), str(f["sha256"])) for name, f in raw["files"].items()},
        removed=tuple(str(article) for article in raw["removed"]),
    )


def _foreign(folder: Path) -> StoreError:
    return StoreError(
        f"{folder} is not an index: it has no {MANIFEST} of misquote",
        "name an index folder, or an empty or new folder to build one in; nothing was changed",
        path=str(folder),
    )


def _damaged(folder: Path, what: str) -> StoreError:
    return StoreError(
        f"the index {folder} is damaged: {what}",
        "restore the folder from a copy, or build the index again in another folder; nothing was changed",
        path=str(folder),
    )


def damaged_segment(folder: Path, what: str) -> StoreError:
    """The error for a segment whose files are not what the manifest says."""
    return _damaged(folder.parent.parent, f"segment {folder.name}: {what}")

"""The text of one side of a segment without its inline markup (XLIFF 1.2 and 2, TMX 1.4)."""

from __future__ import annotations

from collections.abc import Mapping

from .record import MAX_SEGMENT, one_line

CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "cp"})
"""Elements that hold the code of another format, such as ``<ph>&lt;br/&gt;</ph>``: nobody reads it."""
_BREAKS = frozenset({"lb", "x-html-br", "xlf:lb"})


class Inline:
    """Collects characters, leaving out codes; line breaks become spaces."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._codes = 0

    @property
    def too_long(self) -> bool:
        """Whether there was more than is kept."""
        return self._length > MAX_SEGMENT

    def start(self, name: str, fields: Mapping[str, str]) -> None:
        """An element inside the text begins."""
        if fields.get("ctype") in _BREAKS or fields.get("subType") in _BREAKS:
            self.text(" ")
        self._codes += name in CODES

    def end(self, name: str) -> None:
        """It ends."""
        self._codes -= name in CODES

    def text(self, data: str) -> None:
        """Characters of the text or of a code."""
        if not self._codes:
            self._length += len(data)
            if not self.too_long:
                self._parts.append(data)

    def __str__(self) -> str:
        """The text on one line."""
        return one_line("".join(self._parts))

"""Which words of a report are the narrator's: those outside the quotation marks it holds."""

from __future__ import annotations

from .sides import Side
from .statements import speech_in

FEWEST = 3
"""Words in marks from which they are speech and not a term or a title."""


def narrated(side: Side, linked: frozenset[int]) -> frozenset[int]:
    """Indices of the words outside quotation marks; none where the text holds no speech in marks.

    ``linked`` are the words the quotation corresponds to. Where more than half of them stand outside the marks, the
    narration itself is what is quoted, and nothing is set aside.
    """
    spans = speech_in(side.text)
    if not spans:
        return frozenset()
    inside = {i for i, w in enumerate(side.words) if any(a <= w.span.start < b for a, b in spans)}
    if len(inside) < FEWEST or 2 * len(linked & inside) < len(linked):
        return frozenset()
    return frozenset(range(len(side.words))) - inside

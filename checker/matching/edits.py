"""What was done to a quotation in the language of its report, word by word.

Within one language the words themselves can be laid beside each other: a longest common subsequence
(insertions and deletions only), which a typed rule can read far more exactly than an alignment.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..languages import primary
from .comparison import Comparison

KEPT = 0.6
"""Share of the quotation's words that must stand in the report in the same order."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the report that were replaced, left out (``quote`` is empty) or put in (``source`` is)."""

    quote: range
    source: range


def edits(comparison: Comparison) -> tuple[Edit, ...]:
    """The edits between the first and the last word both sides have, in order.

    Empty across languages, and where the quotation is not a rewording of that report: what is cut off
    at either end is a trim.
    """
    quote, source = comparison.quote, comparison.source
    if primary(quote.language) != primary(source.language):
        return ()
    return _edits(tuple(w.norm for w in quote.words), tuple(w.norm for w in source.words)) or ()


def worded_alike(comparison: Comparison) -> bool:
    """Whether the quotation has the words of the report, in their order and language, but for some edits."""
    quote, source = comparison.quote, comparison.source
    return (
        primary(quote.language) == primary(source.language)
        and _edits(tuple(w.norm for w in quote.words), tuple(w.norm for w in source.words)) is not None
    )


@lru_cache(maxsize=64)
def _edits(quote: tuple[str, ...], source: tuple[str, ...]) -> tuple[Edit, ...] | None:
    """The edits; None where too few words are kept."""
    from rapidfuzz.distance import Indel

    found: list[Edit] = []
    equal = 0
    for code in Indel.opcodes(source, quote):
        here = range(code.dest_start, code.dest_end)
        there = range(code.src_start, code.src_end)
        if code.tag == "equal":
            equal += len(here)
        elif found and found[-1].quote.stop == here.start and found[-1].source.stop == there.start:
            found[-1] = Edit(
                range(found[-1].quote.start, here.stop), range(found[-1].source.start, there.stop)
            )
        else:
            found.append(Edit(here, there))
    if equal < KEPT * len(quote):
        return None
    return tuple(e for e in found if e.quote or not _is_trim(e, quote, source))


def _is_trim(edit: Edit, quote: tuple[str, ...], source: tuple[str, ...]) -> bool:
    """Whether a deletion lies before the first or behind the last quoted word.

    Also where the words between it and that end stand on its other side as well: of two equal words the
    subsequence may have taken the farther.
    """
    at, gap = edit.quote.start, edit.source
    head, tail = quote[:at], quote[at:]
    if not head or not tail:
        return True
    before = source[gap.stop - len(head) : gap.stop] == head if len(head) <= len(gap) else False
    behind = source[gap.start : gap.start + len(tail)] == tail if len(tail) <= len(gap) else False
    return before or behind

"""Reporting clauses inside the marks: «A —relata X—, que B», « A, sourit X. B ».

French, Spanish, Russian and others put the narrator's clause between the marks of one
quotation. It is cut out, so that the quotation has two parts with a clause between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ..types import Span
from .lexicon import Speech
from .marks import Quoted, trim_content

_LONGEST = 90


@lru_cache(maxsize=32)
def _pattern(speech: Speech) -> re.Pattern[str] | None:
    """The clause with its dashes or commas; repeats are bounded, so a search is linear."""
    if not speech.incises:
        return None
    verbs = "|".join(sorted(map(re.escape, speech.tag), key=len, reverse=True))
    rest = rf"[^«»“”\"„\n—–]{{0,{_LONGEST}}}?"
    kinds = {
        "dash": rf"\s?[—–]\s?(?:{verbs})\b{rest}[—–][.,]?",
        "comma": rf",\s(?:{verbs})\b{rest}\.(?=\s+[^\W\d_a-z])",
    }
    return re.compile("|".join(kinds[kind] for kind in sorted(speech.incises) if kind in kinds))


def without_incises(text: str, quoted: Sequence[Quoted], speech: Speech) -> list[Quoted]:
    """The quotations of a paragraph, those with the narrator's clause inside cut in two."""
    pattern = _pattern(speech)
    if pattern is None:
        return list(quoted)
    return [part for quote in quoted for part in _parts(text, quote, pattern)]


def _parts(text: str, quote: Quoted, pattern: re.Pattern[str]) -> Iterator[Quoted]:
    content, outer = quote.content, quote.outer
    clause = pattern.search(text, content.start, content.end)
    if clause is None:
        yield quote
        return
    first = trim_content(text, content.start, clause.start())
    second = trim_content(text, clause.end(), content.end)
    if first is None or second is None:
        yield quote
        return
    yield replace(quote, outer=Span(outer.start, clause.start()), content=first, open_ended=False)
    yield replace(quote, outer=Span(clause.end(), outer.end), content=second)

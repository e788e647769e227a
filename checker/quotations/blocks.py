"""Block quotations: paragraphs without marks behind a clause that ends in a colon.

"It reads in full:" and the words of the letter follow as paragraphs of their own. They are taken for
the words of somebody only where a verb of saying or of writing announces them and they speak in the
first person: a list or a table behind a colon does neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..types import Span
from .lexicon import Speech
from .marks import Quoted, trim_content
from .segments import Paragraph

_ANNOUNCED = 160
_MAX_PARAGRAPHS = 20
_MAX_LENGTH = 3000
_WORD = re.compile(r"[^\W\d_]+")
_LIST = re.compile(r"(?:[-–—*•▪‣·]|\(?\d{1,2}[.)])\s?")
BLOCK = "\u0001"
"""The mark of a paragraph of such a quotation, which has none."""


def with_blocks(
    text: str, paragraphs: Sequence[Paragraph], quoted: list[list[Quoted]], speech: Speech
) -> None:
    """Put the paragraphs of block quotations among ``quoted``; each but the last is left open."""
    if not speech.first_persons:
        return
    place = 0
    while place < len(paragraphs) - 1:
        block = _block(text, paragraphs, quoted, speech, place)
        for at in block:
            span = paragraphs[at].span
            content = trim_content(text, span.start, span.end)
            if content is not None:
                quoted[at] = [Quoted(span, content, BLOCK, open_ended=at + 1 in block)]
        place = block.stop if block else place + 1


def _block(
    text: str, paragraphs: Sequence[Paragraph], quoted: Sequence[Sequence[Quoted]], speech: Speech, place: int
) -> range:
    """The numbers of the paragraphs that the paragraph ``place`` announces; empty when it announces none."""
    end = first = place + 1
    if _announces(text, paragraphs[place].span, speech):
        while end < min(len(paragraphs), first + _MAX_PARAGRAPHS) and not quoted[end]:
            if not _is_spoken(text, paragraphs[end].span, speech):
                break
            end += 1
    return range(first, end)


def _announces(text: str, span: Span, speech: Speech) -> bool:
    """Whether a paragraph ends in a colon behind a verb of saying or writing."""
    if text[span.end - 1] not in ":：":
        return False
    words = _WORD.findall(text[max(span.start, span.end - _ANNOUNCED) : span.end].lower())
    clitic = speech.clitic
    stems = [w[: -len(clitic)] for w in words if clitic and w.endswith(clitic)]
    return any(w in speech.tag or w in speech.say or w in speech.letter_verbs for w in (*words, *stems))


def _is_spoken(text: str, span: Span, speech: Speech) -> bool:
    """Whether a paragraph speaks in the first person, and is no line of a list."""
    if span.end - span.start > _MAX_LENGTH or _LIST.match(text, span.start) or text[span.end - 1] in ":：":
        return False
    return any(w.lower() in speech.first_persons for w in _WORD.findall(text[span.start : span.end]))

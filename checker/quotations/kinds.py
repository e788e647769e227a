"""Direct or mixed: whether the marks hold whole sentences or a part of the narrator's."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import QuotationKind
from .clues import Clue
from .discourse import Sentence
from .segments import Token

_FIRST_WORD = 12
_SHORT = 2


def ends_in_comma(text: str, token: Token) -> bool:
    """Whether the quotation ends in a comma, as one does that its reporting clause follows."""
    tail = text[max(token.start, token.end - 3) : token.end + 1]
    return "," in tail or "，" in tail


def kind_of(
    text: str, content: str, tokens: Sequence[Token], sentence: Sentence, place: int, clue: Clue | None
) -> QuotationKind:
    """The kind of the quotation at token ``place`` with the reporting clause ``clue``."""
    initial = next((c for c in content[:_FIRST_WORD] if c.isalnum()), "a")
    if initial.islower():
        opening = place == sentence.first and clue is not None and clue.cue_at > place
        direct = opening and ends_in_comma(text, tokens[place])
        return QuotationKind.DIRECT if direct else QuotationKind.MIXED
    if place == sentence.first or tokens[place - 1].text in (":", "：", "―", "—"):
        return QuotationKind.DIRECT
    previous = tokens[place - 1]
    if previous.text == "," or (clue is not None and clue.end == place):
        return QuotationKind.DIRECT if len(content.split()) > _SHORT else QuotationKind.MIXED
    return QuotationKind.DIRECT if previous.quote >= 0 else QuotationKind.MIXED

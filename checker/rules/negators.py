"""The denials of a text, by kind."""

from __future__ import annotations

from ..matching.sides import Side
from ..matching.similarity import NOT_ONLY
from ..types import Mention, MentionKind, NegationValue


def is_plain(mention: Mention) -> bool:
    """Whether a mention denies its clause (not a word like "fail", nor "not only")."""
    value = mention.value
    return isinstance(value, NegationValue) and not value.lexical and value.word not in (NOT_ONLY, "no-doubt")


def plain_negators(side: Side) -> list[Mention]:
    """The words that deny a clause; one that is part of a negative word ("tidak mungkin") is that word's."""
    found = side.of_kind(MentionKind.NEGATION)
    lexical = [m.span for m in found if isinstance(m.value, NegationValue) and m.value.lexical]
    return [m for m in found if is_plain(m) and not any(m.span.overlaps(span) for span in lexical)]


def denials_of(side: Side) -> list[Mention]:
    """Every mention with a negation in it, but for "not only"."""
    found = side.of_kind(MentionKind.NEGATION)
    return [m for m in found if not isinstance(m.value, NegationValue) or m.value.word != NOT_ONLY]

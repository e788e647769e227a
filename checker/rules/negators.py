"""The denials of a text, by kind."""

from __future__ import annotations

from ..matching.sides import Side
from ..matching.similarity import NOT_ONLY
from ..matching.wording import terms
from ..types import Mention, MentionKind, NegationValue, TermValue

EXCEPTING = (TermValue("unless"), TermValue("except"))
ONLY_IF = TermValue("only-if")


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


def only_where_excepted(own: Side, index: int, other: Side, partner: int) -> bool:
    """Whether one sentence denies with an exception what the other says only under a condition.

    "It cannot open unless they agree" is "it can open only if they agree".
    """
    return _conditions(own, index, *EXCEPTING) and (
        _conditions(other, partner, ONLY_IF) or says_only(other, other.sentence_of[partner])
    )


def says_only(side: Side, sentence: int) -> bool:
    """Whether "only" stands in a sentence."""
    found = (t for t in terms(side, "hedge") if t.key == "only" and t.reported)
    return any(side.sentence_of[t.words[0]] == sentence for t in found)


def _conditions(side: Side, index: int, *values: TermValue) -> bool:
    sentence = side.sentence_of[index]
    found = (side.words_in(m.span) for m in side.of_kind(MentionKind.CONDITION) if m.value in values)
    return any(side.sentence_of[words[0]] == sentence for words in found if words)

"""The denials of a text, by kind."""

from __future__ import annotations

from ..matching.sides import Side
from ..matching.similarity import NOT_ONLY
from ..matching.wording import listed, terms
from ..types import Mention, MentionKind, NegationValue, TermValue

EXCEPTING = (TermValue("unless"), TermValue("except"))
IF, ONLY_IF = TermValue("if"), TermValue("only-if")


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


def told_otherwise(own: Side, index: int, other: Side, partner: int) -> bool:
    """Whether a sentence without the denial says the same by what it says of the condition or the time.

    "It cannot open unless they agree" is "it can open only if they agree", "if they do not agree" is "unless
    they agree", and "it will not open until June" is "it will open in June at the earliest".
    """
    excepted = _conditions(own, index, *EXCEPTING), _conditions(other, partner, *EXCEPTING)
    if excepted[0]:
        return _conditions(other, partner, ONLY_IF) or says_only(other, other.sentence_of[partner])
    if excepted[1] and _conditions(own, index, IF):
        return True
    return _in_sentence(own, index, "until") and _in_sentence(other, partner, "only_after")


def _in_sentence(side: Side, index: int, name: str) -> bool:
    """Whether a word of a list of the language stands in the sentence of another."""
    return any(side.sentence_of[i] == side.sentence_of[index] for i in listed(side, name))


def says_only(side: Side, sentence: int) -> bool:
    """Whether "only" stands in a sentence."""
    found = (t for t in terms(side, "hedge") if t.key == "only" and t.reported)
    return any(side.sentence_of[t.words[0]] == sentence for t in found)


def _conditions(side: Side, index: int, *values: TermValue) -> bool:
    sentence = side.sentence_of[index]
    found = (side.words_in(m.span) for m in side.of_kind(MentionKind.CONDITION) if m.value in values)
    return any(side.sentence_of[words[0]] == sentence for words in found if words)

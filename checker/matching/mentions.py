"""Typed evidence: the words of a text whose value can be compared with that of other words.

Rules compare values, never strings. So the same fact said in two languages must come out equal, and
a word whose meaning is open yields no mention at all.
"""

from __future__ import annotations

from bisect import bisect_left

from ..types import Mention, NegationValue
from .conditions import with_conditions
from .dates import date_at
from .names import NameContext, known_name_at, name_context, run_at
from .numbers import number_at
from .quantities import share_ranges
from .tokens import Tokens, tokens_of
from .vocabulary import Vocabulary, get_vocabulary

_UNTIL_REACH = 90
"""Characters after "not" within which "until" belongs to it."""
_NOTHING = NameContext(shouting=True, repeated=frozenset())

Found = tuple[int, tuple[Mention, ...]]


def find_mentions(text: str, language: str, *, names: bool = True) -> tuple[Mention, ...]:
    """The numbers, dates, names, negations, modals, quantifiers, conditions and directions of ``text``.

    Sorted by span. At each word the longest reading wins; at equal length dates come before numbers,
    numbers before known names, names before single words. One expression may carry two values
    ("cannot" is a negation and a modal), but never a number and a name. An unknown language gets
    digits and capitalised names only. Linear in the length of the text; never raises.
    """
    vocabulary = get_vocabulary(language)
    tokens = tokens_of(text, vocabulary.name_lists["titles"])
    context = name_context(tokens, vocabulary) if names else _NOTHING
    found: list[Mention] = []
    i = 0
    while i < len(tokens):
        end, mentions = _best_at(tokens, i, vocabulary, context if names else None)
        found.extend(mentions)
        i = end
    found = with_conditions(tokens, _until(tokens, found, vocabulary), vocabulary.language)
    found.sort(key=lambda m: (m.span.start, m.span.end, m.kind))
    return tuple(share_ranges(found, text, vocabulary.number_lists["range"]))


def _best_at(tokens: Tokens, i: int, vocabulary: Vocabulary, context: NameContext | None) -> Found:
    """The longest reading at word ``i``: the word after it, and its mentions (perhaps none)."""
    date = date_at(tokens, i, vocabulary)
    number = number_at(tokens, i, vocabulary)
    known = known_name_at(tokens, i, vocabulary, context) if context else None
    terms = _terms_at(tokens, i, vocabulary)
    if terms and not terms[1] and number and number[0] <= terms[0]:
        # An idiom without a value of its own ("one another") hides a number, not a name or a date.
        number = None
    best: Found = (i, ())
    for found in (date, number, known):
        if found and found[0] > best[0]:
            best = (found[0], (found[1],))
    fixed = best[0] > i
    if terms and terms[0] > best[0]:
        best, fixed = terms, False
    if context and not fixed and best[0] <= i + 1:
        run = run_at(tokens, i, vocabulary, context)
        if run and run[0] > best[0]:
            return run[0], (run[1],)
    return best if best[0] > i else (i + 1, ())


def _until(tokens: Tokens, found: list[Mention], vocabulary: Vocabulary) -> list[Mention]:
    """Mark "not ... until": it says when something happens, so a translation may well affirm it."""
    words = vocabulary.number_lists["until"]
    places = [
        w.span.start
        for w, norm, starts in zip(tokens.words, tokens.norms, tokens.starts, strict=True)
        if norm in words and not starts
    ]
    if not places:
        return found
    marked: list[Mention] = []
    for mention in found:
        value = mention.value
        if isinstance(value, NegationValue) and value.word == "not":
            at = bisect_left(places, mention.span.end)
            near = at < len(places) and places[at] - mention.span.end < _UNTIL_REACH
            if near and not _ends_sentence(tokens.text[mention.span.end : places[at]]):
                value = NegationValue("not-until", lexical=True)
                mention = Mention(mention.kind, mention.span, value)
        marked.append(mention)
    return marked


def _ends_sentence(text: str) -> bool:
    return any(mark in text for mark in ".!?;\n。！？；")


def _terms_at(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Found | None:
    found = vocabulary.terms.match(tokens, i)
    if found is None:
        return None
    end, terms = found
    span = tokens.span(i, end)
    return end, tuple(Mention(kind, span, value) for kind, value in terms)

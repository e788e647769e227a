"""Denials that are no plain negator beside its word: by edits within a language, by kind across languages.

Beside :mod:`checker.rules.polarity`, which follows plain negators to the word they deny.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ..languages import get_language, is_known
from ..matching.comparison import Comparison
from ..matching.edits import Edit, edits
from ..matching.sides import Side
from ..matching.similarity import NOT_ONLY
from ..matching.wording import listed, terms
from ..types import Mention, MentionKind, NegationValue, QuotationKind, TermValue
from .mq109_condition_dropped import conditional_clause
from .negative_words import negative_words
from .negators import denials_of, plain_negators, says_only, told_otherwise
from .opposites import DENYING, denies, opposites
from .polarity import (
    COUNTERPART,
    NegationClash,
    both_ask,
    governed_word,
    is_shielded,
)
from .runs import ELLIPSIS

SMALL = 5
"""Words an edit may have on either side to be read as one change."""
LOOSE = 0.15
"""Share of changed words from which a quotation counts as reworded."""
TURNED = 3
"""Words behind a denial within which a negative word turns it back."""
NEAR = 8
"""Words within which one condition is taken for the counterpart of another."""
GOVERNED_LINK = 0.6
"""How surely the verb after "fail to" must be found on the other side."""
STATED = 0.6
"""Share of the words under a denial that must be quoted."""
TELLING = 2.5
"""Nats from which a word says something of its own."""
EXCLUDED, NOT_EXCLUDED, NOT_UNTIL = "rule-out", "not-rule-out", "not-until"
OPEN = "not-necessarily"
DENYING_WORDS = ("hardly", "without")
"""Lexical negations that an edit within a language takes away or brings as it does "not"."""
UNSURE = 0.5
"""Strength of what is only warned of across languages."""
STAMMER = 2
"""Words by which a denial that is said again follows the first."""
COUNTERPART_ONLY = 4
"""Words behind "not only" within which the word stands that it affirms."""


def other_denials(comparison: Comparison) -> Iterator[NegationClash]:
    """Denials on one side only that follow from the kind of word or from an edit."""
    yield from _edited(comparison)
    for of_quote in (True, False):
        yield from _failed(comparison, of_quote=of_quote)
        yield from _until(comparison, of_quote=of_quote)
        yield from _excluded(comparison, of_quote=of_quote)
        yield from _unless(comparison, of_quote=of_quote)
        yield from _only_lost(comparison, of_quote=of_quote)
    yield from _framed(comparison)
    yield from _affirmed(comparison)


def _affirmed(comparison: Comparison) -> Iterator[NegationClash]:
    """ "Unable" beside "able", "nobody" beside "everybody": a denial with the opposite word in its place."""
    for quote, source in opposites(comparison, DENYING):
        of_quote = denies(quote)
        negator, word = (quote, source) if of_quote else (source, quote)
        own, other, _ = comparison.alignment.seen_from(quote=of_quote)
        behind = range(other.words_in(word.span)[-1] + 1, other.words_in(word.span)[-1] + 1 + SMALL)
        if any(i in behind for m in denials_of(other) for i in other.words_in(m.span)):
            continue  # "always not" is "never", "all without injury" is "nobody was hurt"
        last, first = own.words_in(negator.span)[-1], other.words_in(word.span)[0]
        if _turned_back(comparison, last, of_quote=of_quote) or told_otherwise(own, last, other, first):
            continue
        yield NegationClash(negator, of_quote, last, first, 1.0)


def _turned_back(comparison: Comparison, negator: int, *, of_quote: bool) -> bool:
    """Whether the denied word is itself negative, and its counterpart is not: "never forgot", "always knew"."""
    own, other, mapping = comparison.alignment.seen_from(quote=of_quote)
    behind = negative_words(own) & set(range(negator + 1, negator + 1 + TURNED))
    return any(mapping[i] < 0 or int(mapping[i]) not in negative_words(other) for i in behind)


def _word(mention: Mention) -> str:
    return mention.value.word if isinstance(mention.value, NegationValue) else ""


def _edited(comparison: Comparison) -> Iterator[NegationClash]:
    """Within one language: edits after which a clause has one plain negator more or less."""
    quote, source = comparison.quote, comparison.source
    found = edits(comparison)
    changed = sum(len(e.quote) for e in found)
    if changed > LOOSE * len(quote.words) and len(plain_negators(quote)) == len(plain_negators(source)):
        # a free rewording that denies as often as its source: only "with" for "without" is telling then
        found = tuple(e for e in found if len(e.quote) == len(e.source) == 1 and _light(comparison, e))
    for edit in found:
        if max(len(edit.quote), len(edit.source)) > SMALL or _elided(quote, edit):
            continue
        ours, theirs = _denying_in(quote, edit.quote), _denying_in(source, edit.source)
        if (len(ours) - len(theirs)) % 2 == 0:
            continue  # two denials make none
        of_quote = len(ours) > len(theirs)
        own, other = (quote, source) if of_quote else (source, quote)
        place = edit.source if of_quote else edit.quote
        negator = (ours if of_quote else theirs)[-1]
        predicate = min(own.words_in(negator.span)[-1] + 1, len(own.words) - 1)
        partner = min(place.stop, len(other.words) - 1)
        if both_ask(own, predicate, other, partner) or _reworded(quote, source, edit):
            continue
        if told_otherwise(own, own.words_in(negator.span)[0], other, partner):
            continue
        yield NegationClash(negator, of_quote, predicate, partner, 1.0)


def _light(comparison: Comparison, edit: Edit) -> bool:
    """Whether an edit exchanges a denying word for one that says nothing of its own, or the reverse."""
    quote, source = comparison.quote, comparison.source
    ours, theirs = edit.quote[0], edit.source[0]
    denying = [
        {i for m in _denying(side) for i in side.words_in(m.span)} & {word}
        for side, word in ((quote, ours), (source, theirs))
    ]
    other = source.weights[theirs] if denying[0] else quote.weights[ours]
    return bool(denying[0]) != bool(denying[1]) and bool(other < TELLING)


def _reworded(quote: Side, source: Side, edit: Edit) -> bool:
    """Whether an edit has a word of negative meaning besides negators: "did not appear", "failed to appear"."""
    ours, theirs = (
        {
            side.stems[i]
            for i in negative_words(side) & set(words)
            if not any(i in side.words_in(m.span) for m in (*plain_negators(side), *_denying(side)))
        }
        for side, words in ((quote, edit.quote), (source, edit.source))
    )
    return ours != theirs


def _elided(quote: Side, edit: Edit) -> bool:
    """Whether an ellipsis stands where words were left out."""
    low = quote.words[edit.quote.start - 1].span.end if edit.quote.start else 0
    high = quote.words[edit.quote.stop].span.start if edit.quote.stop < len(quote.words) else len(quote.text)
    return bool(ELLIPSIS.search(quote.text, low, high))


def _denying_in(side: Side, words: range) -> list[Mention]:
    """Plain negators that touch an edit or stand right beside it; other denying words that it holds."""
    near = range(words.start - 1, words.stop + 1)
    plain = [m for m in plain_negators(side) if any(i in near for i in side.words_in(m.span))]
    plain = [m for n, m in enumerate(plain) if not any(_stammered(side, m, o) for o in plain[n + 1 : n + 2])]
    return plain + [m for m in _denying(side) if set(side.words_in(m.span)) <= set(words)]


def _stammered(side: Side, denial: Mention, after: Mention) -> bool:
    """Whether a denial is said again at once ("tidak, eh, tidak pernah")."""
    first, second = side.words_in(denial.span), side.words_in(after.span)
    again = side.words[first[-1]].norm == side.words[second[0]].norm
    return again and second[0] - first[-1] <= STAMMER


def _denying(side: Side) -> list[Mention]:
    """Words that deny what stands behind them without being plain negators."""
    return [m for m in side.of_kind(MentionKind.NEGATION) if _word(m) in DENYING_WORDS]


def _failed(comparison: Comparison, *, of_quote: bool) -> Iterator[NegationClash]:
    """ "Failed to record" beside "recorded": a word of negative meaning that governs a verb is gone."""
    alignment = comparison.alignment
    own, other, mapping = alignment.seen_from(quote=of_quote)
    table = get_language(own.language).table("polarity") if is_known(own.language) else {}
    for mention in own.of_kind(MentionKind.NEGATION):
        words = own.words_in(mention.span)
        if _word(mention) not in table.get("governing", ()) or _found(mapping, words, _word(mention), other):
            continue
        infinitive = table.get("infinitive", ())
        after = own.words[words[-1] + 1].norm if words[-1] + 1 < len(own.words) else ""
        if infinitive and after not in infinitive and own.words[words[-1]].norm not in infinitive:
            continue
        verb = governed_word(own, words, mapping)
        if verb is None or mapping[verb] < 0 or (not of_quote and not comparison.in_scope(mention)):
            continue
        if listed(own, "joining") & set(range(words[-1], verb)):
            continue
        partner = int(mapping[verb])
        strength = float(alignment.strength[verb if of_quote else partner])
        denied = any(
            abs(i - partner) <= COUNTERPART for m in denials_of(other) for i in other.words_in(m.span)
        )
        if (
            strength >= GOVERNED_LINK
            and not denied
            and not is_shielded(comparison, partner, of_quote=not of_quote)
        ):
            yield NegationClash(mention, of_quote, verb, partner, strength)


def _found(mapping: npt.NDArray[np.intp], words: range, key: str, other: Side) -> bool:
    """Whether a word of negative meaning has a counterpart; "necessarily" is none of "not necessarily"."""
    negative = negative_words(other)
    return any(mapping[i] >= 0 and (key != OPEN or int(mapping[i]) in negative) for i in words)


def _until(comparison: Comparison, *, of_quote: bool) -> Iterator[NegationClash]:
    """ "Not until all is tested" beside "before all is tested"."""
    alignment = comparison.alignment
    own, other, mapping = alignment.seen_from(quote=of_quote)
    for mention in own.of_kind(MentionKind.NEGATION):
        if _word(mention) != NOT_UNTIL:
            continue
        verb = governed_word(own, own.words_in(mention.span), mapping)
        if verb is None or mapping[verb] < 0:
            continue
        partner = int(mapping[verb])
        sentence = other.sentence_of[partner]
        before = any(other.sentence_of[i] == sentence for i in listed(other, "before"))
        denied = any(
            other.sentence_of[i] == sentence for m in denials_of(other) for i in other.words_in(m.span)
        )
        if before and not denied:
            strength = float(alignment.strength[verb if of_quote else partner])
            yield NegationClash(mention, of_quote, verb, partner, strength)


def _excluded(comparison: Comparison, *, of_quote: bool) -> Iterator[NegationClash]:
    """ "Not ruled out" beside "ruled out"."""
    own, other, _ = comparison.alignment.seen_from(quote=of_quote)
    ours = [m for m in own.of_kind(MentionKind.NEGATION) if _word(m) in (EXCLUDED, NOT_EXCLUDED)]
    theirs = [m for m in other.of_kind(MentionKind.NEGATION) if _word(m) in (EXCLUDED, NOT_EXCLUDED)]
    if len(ours) == len(theirs) == 1 and (_word(ours[0]), _word(theirs[0])) == (NOT_EXCLUDED, EXCLUDED):
        last, first = own.words_in(ours[0].span)[-1], other.words_in(theirs[0].span)[0]
        yield NegationClash(ours[0], of_quote, last, first, 1.0)


def _only_lost(comparison: Comparison, *, of_quote: bool) -> Iterator[NegationClash]:
    """ "Had not lost an engine" beside "had not only lost an engine": what was affirmed is denied."""
    own, other, mapping = comparison.alignment.seen_from(quote=of_quote)
    if any(_word(m) == NOT_ONLY for m in own.of_kind(MentionKind.NEGATION)):
        return
    adding = [other.words_in(m.span)[-1] for m in other.of_kind(MentionKind.NEGATION) if _word(m) == NOT_ONLY]
    for mention in plain_negators(own) if adding else ():
        verb = governed_word(own, own.words_in(mention.span), mapping)
        if verb is None or mapping[verb] < 0 or says_only(own, own.sentence_of[verb]):
            continue  # "tidak hanya" in two words
        if any(own.sentence_of[i] == own.sentence_of[verb] for i in listed(own, "also")):
            continue  # "tidak membeli apel saja, tetapi juga pir"
        partner = int(mapping[verb])
        if any(0 < partner - i <= COUNTERPART_ONLY for i in adding):
            # across languages "not just X but Y" is often told as "not X but Y": a warning
            strength = UNSURE if comparison.cross_language else 1.0
            yield NegationClash(mention, of_quote, verb, partner, strength)


def _unless(comparison: Comparison, *, of_quote: bool) -> Iterator[NegationClash]:
    """ "Unless he pays" beside "if he pays"; "if he does not pay" says the same as the first."""
    own, other, _ = comparison.alignment.seen_from(quote=of_quote)
    ours = [m for m in own.of_kind(MentionKind.CONDITION) if m.value == TermValue("unless")]
    theirs = list(other.of_kind(MentionKind.CONDITION))
    if len(ours) != 1 or len(theirs) != 1 or theirs[0].value != TermValue("if"):
        return
    quote, source = (ours[0], theirs[0]) if of_quote else (theirs[0], ours[0])
    clause = conditional_clause(other, theirs[0].span)
    denied = any(i in clause for m in denials_of(other) for i in other.words_in(m.span))
    if told_otherwise(own, own.words_in(ours[0].span)[0], other, clause[0]):
        return
    if not denied and comparison.distance(quote, source) <= NEAR:
        first = own.words_in(ours[0].span)[-1]
        yield NegationClash(ours[0], of_quote, first, clause[0], 1.0)


def _framed(comparison: Comparison) -> Iterator[NegationClash]:
    """ "It is not true that he knew" quoted as "he knew": the denial stood before the quoted clause."""
    if comparison.kind in (QuotationKind.MIXED, QuotationKind.HEADLINE) or terms(
        comparison.quote, "denied_frame"
    ):
        return  # the narrator may deny it in words of his own
    source, mapping = comparison.source, comparison.alignment.to_quote
    if plain_negators(comparison.quote):
        return
    for frame in terms(source, "denied_frame"):
        if any(mapping[j] >= 0 and source.weights[j] >= TELLING for j in frame.words):
            continue
        sentence = source.sentence_of[frame.words[0]]
        under = [
            j
            for j in range(frame.words[-1] + 1, len(source.words))
            if source.sentence_of[j] == sentence and source.weights[j] >= TELLING
        ]
        linked = [j for j in under if mapping[j] >= 0]
        if (
            len(linked) < 2
            or linked[-1] != under[-1]
            or len(linked) < STATED * len([j for j in under if j >= linked[0]])
        ):
            continue
        span = source.span_of(frame.words)
        negator = Mention(MentionKind.NEGATION, span, NegationValue("not"))
        yield NegationClash(negator, False, frame.words[-1], int(mapping[linked[0]]), 1.0)

"""MQ103 name-changed: another country, organisation or person is named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import regex
from rapidfuzz.distance import JaroWinkler

from ..languages.sounds import transliterated
from ..matching.lexicon import UNSEEN_INFORMATION as UNSEEN
from ..matching.lexicon import information, stem
from ..matching.words import words_of
from ..types import Finding, MentionKind, NameValue, Severity
from .base import Case, Compared, Rule, RuleInfo, make_finding
from .offices import OFFICE, OfficeClash, deputies, other_offices
from .termpairs import grounded
from .values import Clash, clashes, exchanged_values

INFO = RuleInfo(
    "MQ103", "name-changed", Severity.ERROR, "Another place, organisation or person is named.", "wording"
)

GAZETTEER = ("place:", "org:")
"""Prefixes of identities that come from a gazetteer, not from the spelling alone."""
PROPER_NAME = 0.66
"""Factor where both names are left as they are in either language: a warning, since people and things go by
several names."""
ANOTHER = 0.7
"""Likeness of spellings below which two names are no forms of one (Jaro and Winkler)."""
_NAME = regex.compile(r"\p{Lu}\p{Ll}{3,}(?: \p{Lu}\p{Ll}{3,})?")
UNKNOWN_NAME = 0.6
"""Factor where a name is in no gazetteer: it may be a translation of the other that we do not know."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per name that stands in the place of another of its type."""
    for clash in clashes(case, MentionKind.NAME):
        factor = _certainty(clash)
        if factor == 0.0:
            continue
        yield make_finding(
            INFO,
            case,
            message=f"The name changed: “{clash.quote_words}” here, “{clash.source_words}” in earlier coverage.",
            why="The two names stand in the same place of the same statement and are not forms of one name.",
            help="Check who or what was named, and restore it.",
            confidence=clash.confidence * factor,
            compared=clash.compared,
            quote_span=clash.quote.span,
            source_span=clash.source.span,
            labels=("this name", "was said"),
        )
    if case.best is not None:
        for words in chain(other_offices(case.best.comparison), deputies(case.best.comparison)):
            yield _another_office(case, case.best, words)
    # within one clause two names change who did it to whom, which MQ108 reports
    yield from exchanged_values(INFO, case, MentionKind.NAME, "name", one_clause=False)


def _certainty(clash: Clash) -> float:
    a, b = clash.quote.value, clash.source.value
    if not isinstance(a, NameValue) or not isinstance(b, NameValue):
        return 0.0
    if all(any(key.startswith(GAZETTEER) for key in value.identities) for value in (a, b)):
        return 1.0 if a.type == b.type else 0.7
    comparison = clash.compared.comparison
    if not comparison.cross_language:
        return 0.9
    if _proper(clash):
        return PROPER_NAME
    return 0.0 if _linked(clash) else UNKNOWN_NAME


def _proper(clash: Clash) -> bool:
    """Whether both are names that the two languages leave as they are, and not forms of one name.

    No language has a word of either, they are spelled quite differently, neither is aligned with a word
    other than the other name, and all other names of the two texts have their counterparts.
    """
    comparison = clash.compared.comparison
    texts = clash.quote_words, clash.source_words
    if clash.quote.value == clash.source.value or any(not _NAME.fullmatch(text) for text in texts):
        return False
    found = comparison.mentions(MentionKind.NAME)
    if len(found.only_quote) > 1 or len(found.only_source) > 1:
        return False  # a text whose other names differ as well is another text, or freely told
    sides = comparison.quote, comparison.source
    words = [w.norm for text in texts for w in words_of(text)]
    if any(information(stem(w, side.language), side.language) < UNSEEN for w in words for side in sides):
        return False
    return (
        not _linked(clash, outside=True)
        and max(
            JaroWinkler.similarity(transliterated(a.norm), transliterated(b.norm))
            for a in words_of(texts[0])
            for b in words_of(texts[1])
        )
        < ANOTHER
    )


def _another_office(case: Case, best: Compared, words: OfficeClash) -> Finding:
    quote, source = best.comparison.quote, best.comparison.source
    spans = quote.span_of(words.quote), source.span_of(words.source)
    texts = spans[0].of(quote.text), spans[1].of(source.text)
    return make_finding(
        INFO,
        case,
        message=f"Another office is named: “{texts[0]}” here, “{texts[1]}” in earlier coverage.",
        why="The two stand in the same place of the same statement, and one person seldom holds both.",
        help="Check whose office was named, and restore it.",
        confidence=grounded(best, (words.quote, True), (words.source, False)) + OFFICE,
        compared=best,
        quote_span=spans[0],
        source_span=spans[1],
        labels=("this office", "was said"),
    )


def _linked(clash: Clash, *, outside: bool = False) -> bool:
    """Whether a word of either name is aligned with some word: then it was translated, not replaced.

    With ``outside`` the links between the two names do not count.
    """
    alignment = clash.compared.comparison.alignment
    rows = alignment.quote.words_in(clash.quote.span)
    columns = alignment.source.words_in(clash.source.span)
    ours = [i for i in rows if not (outside and alignment.to_source[i] in columns)]
    theirs = [j for j in columns if not (outside and alignment.to_quote[j] in rows)]
    return any(alignment.strength[i] >= 0.5 for i in ours) or any(alignment.to_quote[j] >= 0 for j in theirs)


RULE = Rule(INFO, check)

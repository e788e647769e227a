"""MQ120 bracket-changes-referent: the bracket names somebody else than the report speaks of."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..matching.alignment import TELLING
from ..matching.comparison import Comparison
from ..matching.phrases import key_of
from ..matching.sides import Side
from ..matching.similarity import similarity
from ..matching.wording import listed, wording_of
from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .runs import BRACKET, ELLIPSIS

INFO = RuleInfo(
    "MQ120",
    "bracket-changes-referent",
    Severity.WARNING,
    "The words in brackets name somebody else than the report speaks of.",
    "wording",
)

LIKE = 0.3
"""Similarity from which a word of the bracket counts as a word of the topic."""
_OPENING = regex.compile(r"[\"“«„「『]")
_END = regex.compile(r"[,.:;，。：；\"“«„「『]")
LONGEST = 8
"""Words a gloss or a topic may have."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per bracket that explains a pronoun by another person than the report's topic."""
    best = case.best
    if best is None:
        return
    comparison = best.comparison
    spoken_of = topic(comparison)
    if spoken_of is None:
        return
    for gloss in glosses(comparison.quote):
        if not _explains(comparison, gloss) or _of_topic(comparison, gloss, spoken_of):
            continue
        spans = comparison.quote.span_of(gloss), comparison.source.span_of(spoken_of)
        yield make_finding(
            INFO,
            case,
            message=f"The bracket says “{spans[0].of(comparison.quote.text)}”; earlier coverage speaks of"
            f" “{spans[1].of(comparison.source.text)}”.",
            why="The bracket explains a pronoun, and the report names another person before the same words.",
            help="Check whom the speaker meant, and correct the bracket.",
            confidence=0.85 * (0.6 + 0.4 * best.probability),
            compared=best,
            quote_span=spans[0],
            source_span=spans[1],
            labels=("this person", "spoken of"),
        )


def glosses(side: Side) -> Iterator[range]:
    """The words of each short bracket."""
    for found in BRACKET.finditer(side.text):
        inside = [i for i, w in enumerate(side.words) if found.start() <= w.span.start < found.end()]
        if inside and len(inside) <= LONGEST and not ELLIPSIS.search(found.group()):
            yield range(inside[0], inside[-1] + 1)


def topic(comparison: Comparison) -> range | None:
    """Whom the narrator says the speaker was talking of ("asked about her coach, Maren Holt"), in words."""
    source = comparison.source
    norms = tuple(w.norm for w in source.words)
    phrases = sorted(map(key_of, wording_of(source.language).lists["topic"]), key=len, reverse=True)
    for start in range(len(norms)):
        for phrase in phrases:
            first = start + len(phrase)
            if norms[start:first] == phrase and not _quoted(source, start):
                last = next((j for j in range(first, len(norms)) if _opens(source, j)), len(norms))
                return range(first, min(last, first + LONGEST)) if first < last else None
    return None


def _quoted(side: Side, index: int) -> bool:
    """Whether an opening mark stands before a word: the narrator speaks outside the marks."""
    return bool(_OPENING.search(side.text, 0, side.words[index].span.start))


def _opens(side: Side, index: int) -> bool:
    """Whether quoted words or a clause of saying begin at a word: the topic ends there."""
    before = side.text[side.words[index - 1].span.end : side.words[index].span.start]
    return bool(_END.search(before)) and (
        index + 1 >= len(side.words) or not side.words[index].text[0].isupper()
    )


def _explains(comparison: Comparison, gloss: range) -> bool:
    """Whether a bracket stands beside a pronoun or in the place of one."""
    quote, source = comparison.quote, comparison.source
    if gloss[0] and gloss[0] - 1 in listed(quote, "third_person"):
        return True
    at = comparison.alignment.place(gloss, from_quote=True)
    return any(abs(j - at) <= 2 for j in listed(source, "third_person"))


def _of_topic(comparison: Comparison, gloss: range, spoken_of: range) -> bool:
    """Whether every telling word of a bracket has its counterpart in the topic."""
    quote, source = comparison.quote, comparison.source
    scores, contrast = similarity(quote, source)
    telling = [i for i in gloss if quote.weights[i] >= TELLING]
    found = [i for i in telling if any(scores[i, j] >= LIKE and not contrast[i, j] for j in spoken_of)]
    return len(found) == len(telling)


RULE = Rule(INFO, check)

"""MQ115 tense-changed: what is planned was put as done, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..matching.comparison import Comparison
from ..matching.sides import Side
from ..matching.wording import Term, terms, wording_of
from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .polarity import governed_word
from .termpairs import grounded

INFO = RuleInfo(
    "MQ115",
    "tense-changed",
    Severity.WARNING,
    "Something planned was put as done, or done as planned.",
    "wording",
)

HEAD_LINK = 0.5
"""How surely the verb must be found on the other side."""
REACH = 4
"""Words before a verb in which what says its time may stand."""
SKIPPED = 3
"""Words that may stand between "have" and its participle."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A word that says planned or done, and the word it says it of."""

    term: Term
    head: int


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per verb whose time was turned round."""
    best = case.best
    if best is None:
        return
    for quote, source in turned(best.comparison):
        spans = (
            best.comparison.quote.span_of(quote.words),
            best.comparison.source.span_of(source.words),
        )
        planned = quote.key == "planned"
        yield make_finding(
            INFO,
            case,
            message="What was done is put as planned." if planned else "What was planned is put as done.",
            why=f"“{spans[0].of(best.comparison.quote.text)}” and “{spans[1].of(best.comparison.source.text)}”"
            " stand with the same verb.",
            help="Say it as the speaker did: planned, or done.",
            confidence=grounded(best, (quote.words, True), (source.words, False)),
            compared=best,
            quote_span=spans[0],
            source_span=spans[1],
            labels=("this time", "was said"),
        )


def turned(comparison: Comparison) -> Iterator[tuple[Term, Term]]:
    """Times of the quotation whose verb has the opposite time in the evidence, each with that one."""
    alignment = comparison.alignment
    theirs = _timed(comparison.source, alignment.to_quote)
    heard = terms(comparison.source, "tense"), terms(comparison.quote, "tense")
    for own in _timed(comparison.quote, alignment.to_source):
        j = int(alignment.to_source[own.head])
        if j < 0 or alignment.strength[own.head] < HEAD_LINK:
            continue
        for other in theirs:
            if abs(other.head - j) > 1 or other.term.key == own.term.key:
                continue
            if not _heard(heard[0], own.term.key, j) and not _heard(heard[1], other.term.key, own.head):
                yield own.term, other.term
                break


def _heard(found: tuple[Term, ...], key: str, head: int) -> bool:
    """Whether a word near the verb says this time as well."""
    return any(t.key == key and -REACH - 1 <= t.words[-1] - head <= 2 for t in found)


def _timed(side: Side, mapping: npt.NDArray[np.intp]) -> list[Timed]:
    persons = {i for t in terms(side, "person") for i in t.words}
    found = []
    for term in (*terms(side, "tense"), *_perfects(side)):
        if not term.reported:
            continue
        head = governed_word(side, term.words, mapping)
        while head is not None and head in persons:
            head = governed_word(side, range(term.words[0], head + 1), mapping)
        if head is not None:
            found.append(Timed(term, head))
    return found


def _perfects(side: Side) -> Iterator[Term]:
    """ "Has" and "have" with a participle; without one they say nothing of time."""
    wording = wording_of(side.language)
    endings = tuple(wording.lists["perfect_endings"])
    idioms = {i for t in terms(side, "tense") for i in t.words}
    for i, word in enumerate(side.words):
        if word.norm not in wording.lists["perfect"] or i in idioms:
            continue
        for j in range(i + 1, min(len(side.words), i + 1 + SKIPPED)):
            norm = side.words[j].norm
            if norm in wording.lists["perfect_words"] or (len(norm) > 4 and norm.endswith(endings)):
                yield Term("done", range(i, i + 1), reported=True)
                break


RULE = Rule(INFO, check)

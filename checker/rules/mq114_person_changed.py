"""MQ114 person-changed: another person speaks or acts: I, we, they; kami, kita."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.comparison import Comparison
from ..matching.wording import Term, terms
from ..types import Finding, QuotationKind, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .termpairs import exchanged, grounded, unpaired

INFO = RuleInfo("MQ114", "person-changed", Severity.WARNING, "I, we and they were exchanged.", "wording")

OURS = frozenset(("we", "we-incl", "we-excl"))
NARRATED = ("indirect", "narration")
"""Ways of giving words in which persons shift by grammar."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per person that stands in the place of another."""
    best = case.best
    if best is None or case.quotation.kind is QuotationKind.INDIRECT:
        return
    if best.evidence.metadata.get("kind") in NARRATED:
        return  # "he said that he" is "I" in the speaker's own words
    for quote, source in exchanges(best.comparison):
        spans = (
            best.comparison.quote.span_of(quote.words),
            best.comparison.source.span_of(source.words),
        )
        words = spans[0].of(best.comparison.quote.text), spans[1].of(best.comparison.source.text)
        yield make_finding(
            INFO,
            case,
            message=f"Another person is meant here: “{words[0]}” for “{words[1]}”.",
            why="The two words stand in the same place, and neither text has the other's person.",
            help="Restore the person: it says who acts and who is included.",
            confidence=grounded(best, (quote.words, True), (source.words, False)),
            compared=best,
            quote_span=spans[0],
            source_span=spans[1],
            labels=("this person", "was said"),
        )
        return


def exchanges(comparison: Comparison) -> Iterator[tuple[Term, Term]]:
    """Persons of the quotation that stand for another person, each with that one.

    A person the other text names anywhere is not judged: pronouns are dropped, repeated and moved.
    """
    ours, theirs = ({t.key for t in terms(side, "person")} for side in (comparison.quote, comparison.source))
    for quote, source in exchanged(comparison, unpaired(comparison, "person", _same), _clash):
        if not any(_same(quote.key, key) for key in theirs) and not any(
            _same(source.key, key) for key in ours
        ):
            yield quote, source


def _same(a: str, b: str) -> bool:
    """Whether two persons may be one: "we" leaves open who is included."""
    return a == b or ("we" in (a, b) and {a, b} <= OURS)


def _clash(quote: str, source: str) -> bool:
    """Whether one person cannot stand for the other; a generic "you" may be anyone."""
    if {quote, source} == {"we-incl", "we-excl"}:
        return True
    first = OURS | {"i"}
    return (quote in OURS) != (source in OURS) and source in first and quote in first | {"they"}


RULE = Rule(INFO, check)

"""MQ107 quantifier-changed: some, most and all were exchanged."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.comparison import Comparison
from ..matching.sides import Side
from ..matching.wording import Term
from ..types import Finding, MentionKind, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .polarity import unpaired as denied_alone
from .termpairs import exchanged, grounded, unpaired

INFO = RuleInfo(
    "MQ107", "quantifier-changed", Severity.WARNING, "Few, some, most and all were exchanged.", "wording"
)

RANKS = {"few": 1, "some": 2, "many": 3, "most": 4, "nearly-all": 5, "all": 6, "not-all": 0}
"""How much of the whole; ``not-all`` leaves it open."""
CLASHES = frozenset(
    (frozenset(pair))
    for pair in (
        ("few", "some"),
        ("few", "many"),
        ("few", "most"),
        ("few", "all"),
        ("some", "most"),
        ("some", "all"),
        ("many", "all"),
        ("most", "all"),
        ("few", "nearly-all"),
        ("some", "nearly-all"),
        ("not-all", "all"),
    )
)
"""What does not translate each other; neighbours such as some and many do."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per quantity that stands in the place of another."""
    best = case.best
    if best is None:
        return
    for quote, source in exchanges(best.comparison):
        spans = (
            best.comparison.quote.span_of(quote.words),
            best.comparison.source.span_of(source.words),
        )
        words = spans[0].of(best.comparison.quote.text), spans[1].of(best.comparison.source.text)
        more = RANKS[quote.key] > RANKS[source.key]
        yield make_finding(
            INFO,
            case,
            message=f"{'More' if more else 'Less'} is claimed here: “{words[0]}” for “{words[1]}”.",
            why="The two words stand before the same thing and say how much of it is meant.",
            help="Restore how many or how much the speaker meant.",
            confidence=grounded(best, (quote.words, True), (source.words, False)),
            compared=best,
            quote_span=spans[0],
            source_span=spans[1],
            labels=("this many", "was said"),
        )


def exchanges(comparison: Comparison) -> Iterator[tuple[Term, Term]]:
    """Quantities of the quotation that stand for another one, each with that one."""
    turned = any(map(bool, denied_alone(comparison)))  # "few have" is "most have not"
    for quote, source in exchanged(comparison, unpaired(comparison, "quantity", _same), _clash):
        if turned and "few" in (quote.key, source.key):
            continue
        if not _counts(comparison.quote, quote) and not _counts(comparison.source, source):
            yield quote, source


def _same(a: str, b: str) -> bool:
    return frozenset((a, b)) not in CLASHES


def _clash(a: str, b: str) -> bool:
    return frozenset((a, b)) in CLASHES


def _counts(side: Side, term: Term) -> bool:
    """Whether a figure follows: "some 500" and "all three" say nothing but the figure."""
    after = term.words[-1] + 1
    return not side.words_of(MentionKind.NUMBER).isdisjoint((after, after + 1))


RULE = Rule(INFO, check)

"""MQ102 negation-changed: denied here, affirmed there, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..matching.alignment import SURE
from ..matching.sides import Side
from ..types import Finding, MentionKind, Severity, Span
from .base import Case, Compared, Rule, RuleInfo, confidence_of, make_finding
from .confirmed import confirmed_denials
from .denials import other_denials
from .polarity import NegationClash, negation_clashes, unpaired

INFO = RuleInfo("MQ102", "negation-changed", Severity.ERROR, "A negation was dropped or added.", "wording")


FIRM = 0.55
"""Share of the quotation that a report must account for to be heard on its polarity."""
BELIEVED = -0.6
"""Log-odds that the scorer must give a denial that is only warned of.

Of such warnings on generated pairs that it was not trained on, nine tenths of the right ones reach this and
one in ten of the false.
"""
UNSETTLED = 0.78
"""Confidence in a denial that the scorer confirms, before its probability is added."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per statement that is denied on one side only.

    The first firm report that clashes is shown; a firm report whose negations all have their
    counterpart in the quotation settles the matter for the quotation.
    """
    firm = [item for item in case.compared if item.comparison.alignment.quote_coverage >= FIRM]
    for item in firm or case.compared[:1]:
        clashes = _clashes(item)
        if clashes and not any(_agrees(other) for other in firm if other is not item):
            found = [(clash, _finding(case, item, clash)) for clash in clashes]
            yield from (f for clash, f in found if f.severity is Severity.ERROR or _believed(item, clash))
            return


def _clashes(item: Compared) -> list[NegationClash]:
    """Each denial once; what the aligned words say of it, and whether the scorer confirms it."""
    typed = (*negation_clashes(item.comparison), *other_denials(item.comparison))
    found: list[NegationClash] = []
    for clash in (*typed, *confirmed_denials(item)):
        same = next((n for n, other in enumerate(found) if _same(clash, other)), None)
        if same is None:
            found.append(clash)
        elif clash.confirmed:
            found[same] = replace(found[same], confirmed=clash.confirmed)
    return found


def _same(clash: NegationClash, other: NegationClash) -> bool:
    return clash.of_quote == other.of_quote and clash.negator.span.overlaps(other.negator.span)


def _confidence(best: Compared, clash: NegationClash) -> float:
    typed = confidence_of(best, (clash.negator, clash.of_quote)) * (0.8 + 0.2 * clash.strength)
    if not clash.confirmed:
        return typed
    return max(typed, (UNSETTLED + 0.1 * clash.confirmed) * (0.7 + 0.3 * best.probability))


def _agrees(item: Compared) -> bool:
    """Whether a report and the quotation deny the same things."""
    return item.probability >= 0.6 and not any(unpaired(item.comparison))


def _finding(case: Case, best: Compared, clash: NegationClash) -> Finding:
    comparison = best.comparison
    own, other = (
        (comparison.quote, comparison.source) if clash.of_quote else (comparison.source, comparison.quote)
    )
    denied = _phrase(own, own.words_in(clash.negator.span)[0], clash.predicate)
    affirmed = _phrase(other, _modal_before(other, clash.partner), clash.partner)
    quote_span, source_span = (denied, affirmed) if clash.of_quote else (affirmed, denied)
    message = (
        "The quotation denies what earlier coverage affirms."
        if clash.of_quote
        else "The quotation affirms what earlier coverage denies."
    )
    return make_finding(
        INFO,
        case,
        message=message,
        why=f"“{clash.negator.span.of(own.text)}” has no counterpart on the other side, and the words around it"
        " correspond.",
        help="Restore the negation, or attach the report in which this was said.",
        confidence=_confidence(best, clash),
        severity=Severity.WARNING if comparison.cross_language and _unsure(clash) else None,
        compared=best,
        quote_span=quote_span,
        source_span=source_span,
        labels=("denied", "affirmed") if clash.of_quote else ("affirmed", "denied"),
    )


def _believed(item: Compared, clash: NegationClash) -> bool:
    """Whether the scorer, where it was asked across languages, does not take the denial for rendered."""
    own = item.comparison.quote if clash.of_quote else item.comparison.source
    return (
        not item.comparison.cross_language
        or item.fault(own.words_in(clash.negator.span), of_quote=clash.of_quote) >= BELIEVED
    )


def _unsure(clash: NegationClash) -> bool:
    return clash.strength < SURE and not clash.confirmed


def _modal_before(side: Side, index: int) -> int:
    """The first word of a modal right before ``index`` ("may win"), else ``index``."""
    modal = side.words_of(MentionKind.MODAL)
    return index - 1 if index - 1 in modal else index


def _phrase(side: Side, first: int, last: int) -> Span:
    low, high = min(first, last), max(first, last)
    return Span(side.words[low].span.start, side.words[high].span.end)


RULE = Rule(INFO, check)

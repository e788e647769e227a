"""MQ106 modality-changed: may, will and must were exchanged."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.comparison import NEAR, Comparison
from ..types import Finding, Mention, MentionKind, ModalValue, Severity
from .base import Case, Rule, RuleInfo, confidence_of, make_finding
from .polarity import negation_clashes, plain_negators

INFO = RuleInfo(
    "MQ106",
    "modality-changed",
    Severity.ERROR,
    "May, will and must were exchanged: another commitment.",
    "wording",
)

POSSIBILITY, RECOMMENDATION = 1, 3
"""Rungs of the ladder of commitment (``ModalValue.rank``)."""
STEP = 3
"""Rungs apart from which two modals do not translate each other (may / will, can / must)."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per commitment that was raised or lowered."""
    best = case.best
    if best is None or any(True for _ in negation_clashes(best.comparison)):
        return  # a dropped "not" moves the modal with it and is reported as such
    for quote, source in modal_clashes(best.comparison):
        words = (
            quote.span.of(best.comparison.quote.text),
            source.span.of(best.comparison.source.text),
        )
        weaker = rank(quote) < rank(source)
        yield make_finding(
            INFO,
            case,
            message=f"The commitment is {'weaker' if weaker else 'stronger'} here: “{words[0]}” for “{words[1]}”.",
            why="The two words stand before the same verb and express different degrees of commitment.",
            help="Restore the degree of commitment the speaker expressed.",
            confidence=confidence_of(best, (quote, True), (source, False)),
            compared=best,
            quote_span=quote.span,
            source_span=source.span,
            labels=("this commitment", "was said"),
        )


def rank(mention: Mention) -> int:
    """The rung of a modal mention."""
    return mention.value.rank if isinstance(mention.value, ModalValue) else 0


def modal_clashes(comparison: Comparison) -> Iterator[tuple[Mention, Mention]]:
    """Modals of the quotation that stand for a modal at least ``STEP`` rungs away."""
    quote = list(comparison.quote.of_kind(MentionKind.MODAL))
    source = [m for m in comparison.source.of_kind(MentionKind.MODAL) if comparison.in_scope(m)]
    for mention in quote:
        near = sorted(
            (m for m in source if comparison.distance(mention, m) <= NEAR),
            key=lambda m: comparison.distance(mention, m),
        )
        if not near or any(abs(rank(m) - rank(mention)) < STEP for m in near):
            continue
        if _recommended_duty(mention, near[0]) or _has_equal(
            mention, comparison.source.of_kind(MentionKind.MODAL)
        ):
            continue
        if comparison.translated(mention, of_quote=True, partner=near[0]):
            continue
        if rank(mention) != POSSIBILITY and comparison.either_translated(mention, near[0]):
            continue  # an added "may" stands beside the rendering of "will"; other modals replace it
        if _in_negation(comparison, mention, of_quote=True) or _in_negation(
            comparison, near[0], of_quote=False
        ):
            continue  # "must not" is "tidak boleh": under negation duty and permission meet
        if _another_fits(mention, near[0], quote) and rank(mention) != POSSIBILITY:
            continue
        yield mention, near[0]


def _recommended_duty(a: Mention, b: Mention) -> bool:
    """Whether neither is below a recommendation: should and harus translate each other in practice."""
    return min(rank(a), rank(b)) >= RECOMMENDATION


def _has_equal(mention: Mention, others: tuple[Mention, ...]) -> bool:
    return any(rank(m) == rank(mention) for m in others)


def _another_fits(mention: Mention, partner: Mention, quote: list[Mention]) -> bool:
    """Whether another modal of the quotation already renders the partner ("mungkin akan" for "will")."""
    return any(m is not mention and abs(rank(m) - rank(partner)) < STEP for m in quote)


def _in_negation(comparison: Comparison, mention: Mention, *, of_quote: bool) -> bool:
    side = comparison.quote if of_quote else comparison.source
    own = side.words_in(mention.span)
    return any(abs(i - own[0]) <= 2 for m in plain_negators(side) for i in side.words_in(m.span) if own)


RULE = Rule(INFO, check)

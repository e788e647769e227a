"""MQ106 modality-changed: may, will and must were exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..matching.alignment import SURE
from ..matching.comparison import NEAR, Comparison
from ..matching.sides import Side
from ..matching.wording import Term
from ..types import Finding, Mention, MentionKind, ModalValue, NegationValue, Severity, Span
from .base import Case, Compared, Rule, RuleInfo, confidence_of, make_finding
from .denials import other_denials
from .negators import plain_negators
from .polarity import negation_clashes
from .termpairs import exchanged, grounded, unpaired

INFO = RuleInfo(
    "MQ106",
    "modality-changed",
    Severity.ERROR,
    "May, will and must were exchanged: another commitment.",
    "wording",
)

FORBID, PERMIT = "forbid", "permit"
"""Keys of the words for a duty not to, and for leave to."""
DENIED = 4
"""Words before a permission in which a denial belongs to it."""
OPEN = "not-necessarily"
"""Key of the denials that leave it open."""
DUTY = 0.2
"""Added for an exchange of duty and permission, whose words have few other senses."""
SETTLED = 0.85
"""Confidence that an open denial was settled, where the utterance is sure."""
POSSIBILITY, RECOMMENDATION = 1, 3
"""Rungs of the ladder of commitment (``ModalValue.rank``)."""
INTENTION = 4
"""Rung of "will" and of "certainly"."""
DUTIES = frozenset((2, 5, 6))
"""Rungs of ability, permission and duty, which change places under a negation."""
TELLING = 2.5
"""Nats from which a word says something of its own."""
STEP = 3
"""Rungs apart from which two modals do not translate each other (may / will, can / must)."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per commitment that was raised or lowered."""
    best = case.best
    if best is None or any(
        True for _ in chain(negation_clashes(best.comparison), other_denials(best.comparison))
    ):
        return  # a dropped "not" moves the modal with it and is reported as such
    quote, source = best.comparison.quote, best.comparison.source
    for ours, theirs in modal_clashes(best.comparison):
        yield _finding(
            case,
            best,
            ours.span,
            theirs.span,
            weaker=rank(ours) < rank(theirs),
            confidence=confidence_of(best, (ours, True), (theirs, False)),
        )
    duties = exchanged(best.comparison, unpaired(best.comparison, "duty"), _duties_clash)
    for own, other in duties:
        if _permits_nothing(quote, own) or _permits_nothing(source, other):
            continue
        yield _finding(
            case,
            best,
            quote.span_of(own.words),
            source.span_of(other.words),
            weaker=own.key != FORBID,
            confidence=grounded(best, (own.words, True), (other.words, False)) + DUTY,
        )
    for own_span, other_span in left_open(best.comparison):
        yield _finding(case, best, own_span, other_span, weaker=False, confidence=SETTLED * best.probability)


def _duties_clash(a: str, b: str) -> bool:
    """Whether one side forbids what the other permits or leaves free."""
    return a != b and FORBID in (a, b)


def _permits_nothing(side: Side, term: Term) -> bool:
    """Whether a denial stands shortly before a permission: "belum boleh" permits nothing."""
    before = range(term.words[0] - DENIED, term.words[0])
    return term.key == PERMIT and not side.words_of(MentionKind.NEGATION).isdisjoint(before)


def _finding(
    case: Case, best: Compared, quote: Span, source: Span, *, weaker: bool, confidence: float
) -> Finding:
    words = quote.of(best.comparison.quote.text), source.of(best.comparison.source.text)
    return make_finding(
        INFO,
        case,
        message=f"The commitment is {'weaker' if weaker else 'stronger'} here: “{words[0]}” for “{words[1]}”.",
        why="The two words stand before the same verb and express different degrees of commitment.",
        help="Restore the degree of commitment the speaker expressed.",
        confidence=confidence,
        compared=best,
        quote_span=quote,
        source_span=source,
        labels=("this commitment", "was said"),
    )


def left_open(comparison: Comparison) -> Iterator[tuple[Span, Span]]:
    """ "Does not hold" where "does not necessarily hold" was said: a plain denial for one that leaves it open."""
    quote, source = comparison.quote, comparison.source
    if any(_word(m) == OPEN for m in quote.of_kind(MentionKind.NEGATION)):
        return
    for mention in source.of_kind(MentionKind.NEGATION):
        if _word(mention) != OPEN or not comparison.in_scope(mention):
            continue
        for negator in plain_negators(quote):
            open_too = any(
                rank(m) == POSSIBILITY and comparison.distance(m, mention) <= NEAR for m in _modals(quote)
            )
            if comparison.distance(negator, mention) <= NEAR and not open_too:
                yield negator.span, mention.span


def _word(mention: Mention) -> str:
    return mention.value.word if isinstance(mention.value, NegationValue) else ""


def rank(mention: Mention) -> int:
    """The rung of a modal mention."""
    return mention.value.rank if isinstance(mention.value, ModalValue) else 0


def modal_clashes(comparison: Comparison) -> Iterator[tuple[Mention, Mention]]:
    """Modals of the quotation that stand for a modal at least ``STEP`` rungs away."""
    quote = _modals(comparison.quote)
    settled = _of_one_rung(comparison, quote, _modals(comparison.source))
    source = [m for m in _modals(comparison.source) if comparison.in_scope(m) and m not in settled[1]]
    for mention in quote:
        near = sorted(
            (m for m in source if comparison.distance(mention, m) <= NEAR),
            key=lambda m: comparison.distance(mention, m),
        )
        if mention in settled[0] or not near or any(abs(rank(m) - rank(mention)) < STEP for m in near):
            continue
        if _recommended_duty(mention, near[0]) or _rendered(comparison, mention, [near[0], *settled[1]]):
            continue
        if rank(mention) != POSSIBILITY and comparison.translated(
            near[0], mention, *settled[0], of_quote=False
        ):
            continue  # an added "may" stands beside the rendering of "will"; other modals replace it
        if {rank(mention), rank(near[0])} & DUTIES and (
            _in_negation(comparison, mention, of_quote=True)
            or _in_negation(comparison, near[0], of_quote=False)
        ):
            continue  # "must not" is "tidak boleh": under negation duty and permission meet
        fitting = [m for m in quote if m not in settled[0] and comparison.distance(m, near[0]) <= NEAR]
        if _another_fits(mention, near[0], fitting) and rank(mention) != POSSIBILITY:
            continue
        yield mention, near[0]


def _modals(side: Side) -> list[Mention]:
    """The modals of a text; "will" right behind "may" adds nothing to it ("mungkin akan", "mungkin tidak akan")."""
    found: list[Mention] = []
    denials = {i for m in plain_negators(side) for i in side.words_in(m.span)}
    for mention in side.of_kind(MentionKind.MODAL):
        before = side.words_in(found[-1].span) if found else range(0)
        own = side.words_in(mention.span)
        follows = bool(before and own) and denials.issuperset(range(before[-1] + 1, own[0]))
        if follows and rank(found[-1]) == POSSIBILITY and rank(mention) == INTENTION:
            continue
        found.append(mention)
    return found


def _rendered(comparison: Comparison, mention: Mention, others: list[Mention]) -> bool:
    """Whether a modal of the quotation is surely linked with a telling word that is none of these modals."""
    alignment, source = comparison.alignment, comparison.source
    modal = source.words_of(MentionKind.MODAL)
    excluded = {j for m in others for j in source.words_in(m.span)}
    excluded |= {j + 1 for j in excluded} & modal  # "mungkin akan" is one: see _modals
    links = [(i, int(alignment.to_source[i])) for i in comparison.quote.words_in(mention.span)]
    return any(
        j >= 0
        and j not in excluded
        and alignment.strength[i] >= SURE
        and (j in modal or source.weights[j] >= TELLING)
        for i, j in links
    )


def _recommended_duty(a: Mention, b: Mention) -> bool:
    """Whether neither is below a recommendation: should and harus translate each other in practice."""
    return min(rank(a), rank(b)) >= RECOMMENDATION


def _of_one_rung(
    comparison: Comparison, quote: list[Mention], source: list[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """The modals of either side that render each other, one to one, nearest first: nothing is wrong with them."""
    pairs = sorted(
        (comparison.distance(a, b), n, k)
        for n, a in enumerate(quote)
        for k, b in enumerate(source)
        if rank(a) == rank(b)
    )
    ours: set[int] = set()
    theirs: set[int] = set()
    for distance, n, k in pairs:
        if distance <= 2 * NEAR and n not in ours and k not in theirs:
            ours.add(n)
            theirs.add(k)
    return [quote[n] for n in ours], [source[k] for k in theirs]


def _another_fits(mention: Mention, partner: Mention, quote: list[Mention]) -> bool:
    """Whether another modal of the quotation already renders the partner ("mungkin akan" for "will")."""
    return any(m is not mention and abs(rank(m) - rank(partner)) < STEP for m in quote)


def _in_negation(comparison: Comparison, mention: Mention, *, of_quote: bool) -> bool:
    side = comparison.quote if of_quote else comparison.source
    own = side.words_in(mention.span)
    return any(abs(i - own[0]) <= 2 for m in plain_negators(side) for i in side.words_in(m.span) if own)


RULE = Rule(INFO, check)

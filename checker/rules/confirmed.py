"""Denials without counterpart that the aligned words cannot settle and the consistency scorer confirms.

The typed evidence names the word that was lost or gained; whether the other side expresses it in some other
way ("kami tidak sependapat", "we disagree") is what the scorer, which reads both texts together, can tell.
Neither is believed alone, and neither where a word of negative meaning stands in that place ("unaware").
"""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.comparison import Comparison
from ..matching.consistency import meaning_changed
from ..types import Mention
from .base import CONFIRMED, Compared
from .polarity import NegationClash, governed_word, is_shielded, unpaired

AT_FAULT = 2.0
"""Log-odds that the scorer must give the denial itself.

Of 1,027 faithful pairs of the training text that the scorer was not trained on, none reaches this and ``CONFIRMED``; of 527 generated
losses or gains of a denial without counterpart, 250.
"""
GROUND = 0.3
"""Share of the words around it that must be found on the other side."""


def confirmed_denials(item: Compared) -> Iterator[NegationClash]:
    """Unpaired denials of a pair across languages that the scorer takes for the change."""
    comparison, reading = item.comparison, item.reading
    if reading is None or not comparison.cross_language:
        return
    probability = meaning_changed(comparison, reading)
    if probability < CONFIRMED:
        return
    for mentions, of_quote in zip(unpaired(comparison), (True, False), strict=True):
        side = comparison.quote if of_quote else comparison.source
        for mention in mentions:
            if comparison.support(mention, of_quote=of_quote) < GROUND:
                continue  # nothing around it was quoted, or reported
            if item.fault(side.words_in(mention.span), of_quote=of_quote) >= AT_FAULT:
                clash = _clash(comparison, mention, probability, of_quote=of_quote)
                if not is_shielded(comparison, clash.partner, of_quote=not of_quote):
                    yield clash


def _clash(comparison: Comparison, negator: Mention, probability: float, *, of_quote: bool) -> NegationClash:
    """The denial with the word it denies, and the word that stands there on the other side."""
    alignment = comparison.alignment
    own, other, mapping = alignment.seen_from(quote=of_quote)
    words = own.words_in(negator.span)
    governed = governed_word(own, words, mapping)
    predicate = words[-1] if governed is None else governed
    partner = int(mapping[predicate])
    if partner < 0:
        place = round(alignment.place(range(predicate, predicate + 1), from_quote=of_quote))
        partner = min(max(place, 0), len(other.words) - 1)
    return NegationClash(negator, of_quote, predicate, partner, 1.0, probability)

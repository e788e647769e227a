"""Offices that are named without their holder: another one, or a deputy's for that of the chief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..matching.comparison import Comparison
from ..matching.sides import Side
from ..matching.wording import OFFICES, Term, listed, terms
from .termpairs import exchanged, unpaired

OFFICE = 0.1
"""Added to the confidence in an exchange of offices, whose words have few other senses."""
HELD = 3
"""Words within which "deputy" goes with an office."""


@dataclass(frozen=True, slots=True)
class OfficeClash:
    """Words for one office that stand in the place of another."""

    quote: range
    source: range


def other_offices(comparison: Comparison) -> Iterator[OfficeClash]:
    """ "The finance minister" for "the health minister", "the governor" for "the mayor"."""
    quote, source = comparison.quote, comparison.source
    for kind in OFFICES:
        for ours, theirs in exchanged(comparison, unpaired(comparison, kind), _other):
            if comparison.narrated & set(theirs.words):
                continue
            if kind == "portfolios" and not (_of_minister(quote, ours) and _of_minister(source, theirs)):
                continue
            yield OfficeClash(ours.words, theirs.words)


def _other(a: str, b: str) -> bool:
    return a != b and "other" not in (a, b)


def _of_minister(side: Side, term: Term) -> bool:
    """Whether a minister stands right before or behind a portfolio: "health" alone is no office."""
    return any(
        t.key == "minister" and min(abs(t.words[0] - term.words[-1]), abs(t.words[-1] - term.words[0])) <= 2
        for t in terms(side, "offices")
    )


def deputies(comparison: Comparison) -> Iterator[OfficeClash]:
    """ "The deputy minister" for "the minister", and the reverse; only where one side has no deputy at all."""
    found = listed(comparison.quote, "deputy"), listed(comparison.source, "deputy")
    if bool(found[0]) == bool(found[1]):
        return
    of_quote = bool(found[0])
    own, other, mapping = comparison.alignment.seen_from(quote=of_quote)
    chiefs, known = sorted(_chiefs(own)), _chiefs(other)
    for deputy in sorted(found[0] or found[1]):
        near = (i for i in chiefs if 0 < abs(i - deputy) <= HELD)
        links = [(i, int(mapping[i])) for i in near if int(mapping[i]) in known]
        if mapping[deputy] >= 0 or not links:
            continue
        chief, partner = links[0]
        words = range(min(deputy, chief), max(deputy, chief) + 1), range(partner, partner + 1)
        clash = OfficeClash(*words) if of_quote else OfficeClash(words[1], words[0])
        if comparison.narrated.isdisjoint(clash.source):
            yield clash


def _chiefs(side: Side) -> frozenset[int]:
    """The words for offices, and for heads of a body."""
    return listed(side, "chief") | {i for t in terms(side, "offices") for i in t.words}

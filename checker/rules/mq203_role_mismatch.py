"""MQ203 role-mismatch: the speaker has another office here than in earlier coverage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ..quotations import same_speaker
from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding, said
from .occurrences import Occurrence, occurrences
from .reporting import OTHER, has_any, keys_in, reporting_for

INFO = RuleInfo(
    "MQ203",
    "role-mismatch",
    Severity.WARNING,
    "The speaker's office is not the one that earlier coverage gives.",
    "attribution",
)

REACH = 80
"""Characters on either side of a name in which an office is looked for."""
PLACES = 20
"""Places of a name that are looked at."""
SAME_TERM = 30
"""Days within which "former" may not come or go: after that an office may have been left."""
MODIFIERS = ("deputy", "former", "acting")


@dataclass(frozen=True, slots=True)
class Office:
    """What one text says of a person's office."""

    words: str
    """As written."""
    keys: frozenset[str]
    portfolios: frozenset[str]
    modifiers: frozenset[str]
    """Those written in the office itself."""
    around: frozenset[str]
    """Those, and the ones near the name."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where every report of the speaker that tells an office tells another one."""
    speaker = case.quotation.speaker
    if speaker is None or not speaker.role:
        return
    article = case.article
    here = _office(speaker.role, speaker.affiliation, _near(speaker.name, article.text), article.language)
    against: list[tuple[Occurrence, str]] = []
    for occurrence in occurrences(case):
        other = occurrence.speaker
        if other is None or not other.role or same_speaker(speaker, other) is not True:
            continue
        there = _office(
            other.role, other.affiliation, _near(other.name, occurrence.context), occurrence.language
        )
        difference = _difference(here, there, _days_apart(case, occurrence))
        if difference is None:
            return
        against.append((occurrence, difference))
    if not against:
        return
    first, difference = against[0]
    there_words = " ".join(w for w in (first.metadata.get("role"), first.metadata.get("affiliation")) if w)
    yield make_finding(
        INFO,
        case,
        message=f"{speaker.name} is “{here.words}” here and “{there_words}” in earlier coverage.",
        why=f"The {difference} differs in {len(against)} of {len(against)} reports that name one"
        f" ({said(first.metadata)}).",
        help="Check the office, and the day it was held on.",
        confidence=0.7,
        compared=first.compared,
        labels=(here.words, there_words),
    )


def _office(role: str, affiliation: str | None, around: str, language: str) -> Office:
    words = reporting_for(language)
    stated = " ".join(part for part in (affiliation, role, affiliation) if part)

    def modifiers(text: str) -> frozenset[str]:
        return frozenset(name for name in MODIFIERS if has_any(text, getattr(words, name)))

    return Office(
        words=" ".join(part for part in (role, affiliation) if part),
        keys=keys_in(stated, words.offices) - {OTHER},
        portfolios=keys_in(stated, words.portfolios),
        modifiers=modifiers(role),
        around=modifiers(role) | modifiers(around),
    )


def _near(name: str, text: str) -> str:
    """The words around every place where the last word of ``name`` stands, a bracketed spelling left out."""
    words = re.sub(r"[(（].*", "", name).split()
    if not words:
        return ""
    return " … ".join(
        text[max(0, found.start() - REACH) : found.end() + REACH]
        for found in islice(re.finditer(re.escape(words[-1]), text), PLACES)
    )


def _days_apart(case: Case, occurrence: Occurrence) -> int | None:
    one, other = case.article.published, occurrence.published
    return None if one is None or other is None else abs((one - other).days)


def _difference(here: Office, there: Office, days: int | None) -> str | None:
    """What differs; None where the two may be one office, or where too little is known."""
    if not here.keys or not there.keys:
        return None
    if not here.keys & there.keys:
        return "office"
    if here.portfolios and there.portfolios and not here.portfolios & there.portfolios:
        return "ministry"
    for name in MODIFIERS:
        only_here = name in here.modifiers and name not in there.around
        only_there = name in there.modifiers and name not in here.around
        if (only_here or only_there) and (name == "deputy" or (days is not None and days <= SAME_TERM)):
            return "rank" if name == "deputy" else "standing"
    return None


RULE = Rule(INFO, check)

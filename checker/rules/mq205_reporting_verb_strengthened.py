"""MQ205 reporting-verb-strengthened: "said" became "claimed", "admitted" or "threatened"."""

from __future__ import annotations

from collections.abc import Iterator

from ..quotations import same_speaker
from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .occurrences import firm_occurrences
from .reporting import strength_of

INFO = RuleInfo(
    "MQ205",
    "reporting-verb-strengthened",
    Severity.INFO,
    "The verb of saying says more than the one of earlier coverage.",
    "attribution",
)

NEUTRAL = "neutral"
EFFECT = {
    "claim": "casts doubt on the statement",
    "admit": "makes the statement an admission",
    "threaten": "makes the statement a threat",
    "boast": "makes the statement a boast",
    "attack": "makes the statement an attack",
    "complain": "makes the statement a complaint",
    "plead": "makes the statement a plea",
}


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where no report uses a verb of the class of this one."""
    cue = case.quotation.cue
    word = cue.of(case.article.text) if cue is not None else ""
    own = strength_of(word, case.article.language)
    if cue is None or own == NEUTRAL:
        return
    reported = []
    for occurrence in firm_occurrences(case):
        said, other = occurrence.metadata.get("cue"), occurrence.speaker
        known = occurrence.quoted and said and other is not None and case.quotation.speaker is not None
        if known and said and other and same_speaker(case.quotation.speaker or "", other) is not False:
            reported.append((occurrence, said, strength_of(said, occurrence.language)))
    if not reported or any(strength == own for _, _, strength in reported):
        return
    first, said, _ = reported[0]
    yield make_finding(
        INFO,
        case,
        message=f"“{word}” {EFFECT.get(own, 'says more')}; earlier coverage has “{said}”.",
        why=f"None of {len(reported)} report{'s' if len(reported) > 1 else ''} of these words uses such a verb.",
        help="Use a neutral verb, or make sure that this one is fair.",
        confidence=0.75,
        compared=first.compared,
        article_span=cue,
        labels=("stronger verb", "said here"),
    )


RULE = Rule(INFO, check)

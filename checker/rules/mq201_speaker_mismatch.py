"""MQ201 speaker-mismatch: the words are reported as said by somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from ..matching.reported import reported_speakers
from ..quotations import same_speaker
from ..types import Finding, QuotationKind, Severity, SpeakerKind
from .base import Case, Compared, Rule, RuleInfo, make_finding, said

INFO = RuleInfo(
    "MQ201",
    "speaker-mismatch",
    Severity.ERROR,
    "Earlier coverage gives the words to somebody else.",
    "attribution",
)

CARRIED = 0.76
"""Factor for a quotation without a cue of its own."""
FIRM = 0.5
"""Share of the quotation that must be found in evidence for its speaker to count against ours."""
CLOSE = 0.35
"""How much less probable than the best evidence a report may be and still be heard on the speaker."""
NEARLY = 0.6
"""Share of what the best evidence covers that another report must cover to be heard."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where every firm report names another speaker and none names this one."""
    speaker = case.quotation.speaker
    if (
        speaker is None
        or speaker.kind is SpeakerKind.UNNAMED
        or case.quotation.kind is QuotationKind.INDIRECT
    ):
        return
    against: list[Compared] = []
    for item in _heard(case):
        answers = [same_speaker(speaker, other) for other in reported_speakers(item.evidence.passage)]
        if any(a is True for a in answers) or (answers and all(a is None for a in answers)):
            return
        if answers and item.comparison.alignment.quote_coverage >= FIRM:
            against.append(item)
    if not against:
        return
    best = against[0]
    reported = reported_speakers(best.evidence.passage)[0].name
    yield make_finding(
        INFO,
        case,
        message=f"The words are given to {speaker.name}; earlier coverage gives them to {reported}.",
        why=f"{len(against)} earlier report{'s have' if len(against) > 1 else ' has'} this statement"
        f" ({said(best.evidence.metadata)}); none gives it to {speaker.name}.",
        help=f"Attribute the words to {reported}, or find the report in which {speaker.name} said them.",
        confidence=0.98 * (0.7 + 0.3 * best.probability) * _firmness(case, best),
        compared=best,
        labels=(f"said by {speaker.name} here", f"said by {reported}"),
    )


def _heard(case: Case) -> Iterator[Compared]:
    """The reports of these words, without those that are hardly of the same utterance.

    Where one report has the words whole, a statement of this speaker on the same subject is no other
    report of them.
    """
    best = case.best
    if best is None:
        return
    covered = best.comparison.alignment.quote_coverage
    for item in case.compared:
        near = item.probability >= best.probability - CLOSE
        if near and item.comparison.alignment.quote_coverage >= NEARLY * covered:
            yield item


def _firmness(case: Case, item: Compared) -> float:
    """Lower where a speaker was carried over from the sentences before: the reading may be wrong."""
    own = 1.0 if case.quotation.cue is not None else CARRIED
    return own * (CARRIED if item.evidence.metadata.get("speaker_carried") else 1.0)


RULE = Rule(INFO, check)

"""MQ202 speaker-widened: a person here and an institution there, named here and unnamed there."""

from __future__ import annotations

from collections.abc import Iterator

from ..quotations import same_speaker
from ..types import Finding, QuotationKind, Severity, Speaker, SpeakerKind
from .base import Case, Rule, RuleInfo, make_finding, said
from .occurrences import Occurrence, firm_occurrences
from .reporting import has_any, keys_in, reporting_for

INFO = RuleInfo(
    "MQ202",
    "speaker-widened",
    Severity.WARNING,
    "A person became an institution or an unnamed source, or the other way round.",
    "attribution",
)

PERSON, INSTITUTION, UNNAMED = SpeakerKind.PERSON, SpeakerKind.INSTITUTION, SpeakerKind.UNNAMED
TOLD = {
    (INSTITUTION, PERSON): "The words of a person, {there}, are given to an institution, {here}.",
    (PERSON, INSTITUTION): "The words of an institution, {there}, are given to a person, {here}.",
    (UNNAMED, PERSON): "The words of {there} are given to a source without a name, “{here}”.",
    (PERSON, UNNAMED): "The words of a source without a name, “{there}”, are given to {here}.",
}


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where every report that names a speaker names one of another sort."""
    here = case.quotation.speaker
    if here is None or case.quotation.kind is QuotationKind.INDIRECT:
        return
    named = [(o, o.speaker) for o in firm_occurrences(case) if o.speaker is not None]
    pairs = [(o, there) for o, there in named if _counts(o)]
    if not pairs or any(same_speaker(here, there) is not None for _, there in named):
        return
    if not all(_differ(here, case.article.language, there, o) for o, there in pairs):
        return
    first, there = pairs[0]
    yield make_finding(
        INFO,
        case,
        message=TOLD[here.kind, there.kind].format(here=here.name, there=there.name),
        why=f"No report of these words ({said(first.metadata)}) gives them to {here.name}.",
        help=f"Say who spoke as the report does: {there.name}.",
        confidence=0.8 * (0.7 + 0.3 * first.compared.probability),
        compared=first.compared,
        labels=(f"given to {here.name}", f"said by {there.name}"),
        severity=Severity.INFO if _speaks_for(there, first, here) else None,
    )


def _counts(occurrence: Occurrence) -> bool:
    """Whether the speaker stands beside the words of this report, and was not carried over."""
    return occurrence.quoted and not occurrence.metadata.get("speaker_carried")


def _differ(here: Speaker, language: str, there: Speaker, occurrence: Occurrence) -> bool:
    """Whether the two are of different sorts, and neither may just describe the other."""
    if (here.kind, there.kind) not in TOLD:
        return False
    for one, code in ((here, language), (there, occurrence.language)):
        if one.kind is UNNAMED and not has_any(one.name, reporting_for(code).anonymous):
            return False  # "the minister" may be the person that the other one names
    return True


def _speaks_for(there: Speaker, occurrence: Occurrence, here: Speaker) -> bool:
    """Whether the report's speaker is a spokesperson: then the institution did speak."""
    offices = keys_in(there.role or "", reporting_for(occurrence.language).offices)
    return here.kind is INSTITUTION and "spokesperson" in offices


RULE = Rule(INFO, check)

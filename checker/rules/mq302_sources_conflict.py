"""MQ302 sources-conflict: earlier reports of the words contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from ..quotations import same_speaker
from ..types import Annotation, Finding, QuotationKind, Severity, Span
from .alone import findings_alone, found_with_all, has_words
from .base import Case, Compared, Rule, RuleInfo, make_finding, said
from .occurrences import Occurrence, firm_occurrences
from .reporting import every_phrase, has_any

INFO = RuleInfo(
    "MQ302",
    "sources-conflict",
    Severity.WARNING,
    "Earlier reports of the words contradict each other.",
    "provenance",
)

SURE = 0.85
"""Confidence from which a report is said to contradict."""
LOOSE = ("MQ106",)
"""Rules not heard here: translators choose modals freely, and two of them do so twice."""
OCCASION = 30
"""Days within which two reports are of one occasion."""
LIKELY = 0.7
"""Probability from which a report is heard in a conflict."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where one report has the quotation's value and another one has another value."""
    if case.quotation.kind is QuotationKind.INDIRECT:
        return
    heard = [o for o in firm_occurrences(case) if o.quoted and o.compared.probability >= LIKELY]
    items = {id(o.compared): o.compared for o in heard}
    if len(items) < 2:
        return
    found = {key: list(findings_alone(case, item)) for key, item in items.items()}
    told = [f.annotations[0].span for f in found_with_all(case)] if any(found.values()) else []
    for key, item in items.items():
        for finding, marked in found[key]:
            place = finding.annotations[0].span
            if (
                finding.rule in LOOSE
                or finding.confidence < SURE
                or any(place.overlaps(other) for other in told)
            ):
                continue  # the rule on the wording says it: no report supports the quotation
            span = _in_quotation(case, place)
            agree = [o for o in heard if not found[id(o.compared)] and has_words(o.compared, span)]
            against = [o for o in heard if o.compared is item and any(_of_one(o, a) for a in agree)]
            if agree and against and not _put_right(agree, against):
                yield _finding(case, item, (finding, marked), span, agree, against)
                return


def _in_quotation(case: Case, span: Span) -> Span:
    """A span of the article as one of the quotation's text."""
    offset = 0
    for part in case.quotation.content:
        if part.contains(span):
            return span.shift(offset - part.start)
        offset += part.end - part.start + 1
    return Span(0, len(case.quotation.text))


def _of_one(a: Occurrence, b: Occurrence) -> bool:
    """Whether two reports may be of one utterance: not of two people, and not of two occasions."""
    if a.speaker is not None and b.speaker is not None and same_speaker(a.speaker, b.speaker) is False:
        return False
    one, other = a.published, b.published
    return one is None or other is None or abs((one - other).days) <= OCCASION


def _put_right(agree: list[Occurrence], against: list[Occurrence]) -> bool:
    """Whether an outlet that first had it otherwise has it as the article does by now."""
    return any(_later(a, b) for a in agree for b in against)


def _later(a: Occurrence, b: Occurrence) -> bool:
    """Whether ``a`` is a later report of the same outlet."""
    one, other = a.published, b.published
    return bool(a.outlet and a.outlet == b.outlet and one and other and one > other)


def _finding(
    case: Case,
    item: Compared,
    clash: tuple[Finding, Annotation],
    span: Span,
    agree: list[Occurrence],
    against: list[Occurrence],
) -> Finding:
    finding, marked = clash
    corrected = any(_later(b, a) for a in agree for b in against) or any(
        has_any(b.metadata.get("title", ""), every_phrase("corrections")) for b in against
    )
    ours, theirs = said(agree[0].metadata), said(against[0].metadata)
    return make_finding(
        INFO,
        case,
        message=(
            "A later report corrects what this quotation still says."
            if corrected
            else "Earlier reports of these words contradict each other."
        ),
        why=f"{ours or 'One report'} has “{finding.annotations[0].text}”, {theirs or 'another'} has"
        f" “{marked.text}”.",
        help="Ask the later source, or say that reports differ.",
        confidence=0.9 * finding.confidence,
        compared=item,
        quote_span=span,
        source_span=marked.span,
        labels=(f"so in {_outlet(agree[0])}", f"so in {_outlet(against[0])}"),
    )


def _outlet(occurrence: Occurrence) -> str:
    return occurrence.outlet or "another report"


RULE = Rule(INFO, check)

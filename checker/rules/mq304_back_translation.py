"""MQ304 back-translation: words in the language that was spoken, taken from a translation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..languages import same_macro
from ..matching.lexicon import stem
from ..matching.words import words_of
from ..types import Finding, QuotationKind, Severity
from .base import Case, Rule, RuleInfo, make_finding, said
from .occurrences import Occurrence, firm_occurrences
from .reporting import every_phrase, has_any, keys_in, names_outlet, reporting_for

INFO = RuleInfo(
    "MQ304",
    "back-translation",
    Severity.WARNING,
    "Words were translated back into the language they were spoken in.",
    "provenance",
)

OWN_WORDS = 0.75
"""Share of the quotation's words in an original report from which they were taken from it, not translated."""
FEW_WORDS = 4
"""Fewer words than this differ from the original by chance."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where the words are not those of any original, and translations are there.

    It has to be known which language was spoken: a report says so, or is a transcript.
    """
    quotation, language = case.quotation, case.article.language
    if quotation.kind not in (QuotationKind.DIRECT, QuotationKind.MIXED):
        return
    reports = [o for o in firm_occurrences(case) if o.quoted]
    spoken = spoken_language(case, reports)
    if spoken is None or not same_macro(language, spoken) or len(words_of(quotation.text)) < FEW_WORDS:
        return
    originals = [o for o in reports if same_macro(o.language, spoken)]
    translations = [o for o in reports if not same_macro(o.language, spoken)]
    if not translations or any(_shared(case, o) >= OWN_WORDS for o in originals):
        return
    if not originals and not any(names_outlet(case.article.text, o.outlet) for o in translations):
        return
    source = translations[0]
    why = (
        f"The report in the language that was spoken ({said(originals[0].metadata)}) has other words."
        if originals
        else f"The words were spoken in this language, and the report named here ({said(source.metadata)}) is a"
        " translation."
    )
    yield make_finding(
        INFO,
        case,
        message="The words seem to be translated back into the language in which they were spoken.",
        why=why,
        help="Use the words as spoken, or report them without quotation marks.",
        confidence=0.8 if originals else 0.6,
        compared=(originals or translations)[0].compared,
        labels=("translated back", "as spoken" if originals else "a translation"),
    )


def spoken_language(case: Case, reports: Sequence[Occurrence]) -> str | None:
    """The language in which the words were spoken; None where nothing tells, or two things differ."""
    article = case.article
    around = case.quotation.context.of(article.text)
    if has_any(around, reporting_for(article.language).translated):
        return None
    found = set(keys_in(around, reporting_for(article.language).spoken))
    for report in reports:
        found |= keys_in(report.context, reporting_for(report.language).spoken)
        source = f"{report.outlet} / {report.metadata.get('title', '')}"
        if has_any(source, every_phrase("transcripts")):
            found.add(report.language)
    return found.pop() if len(found) == 1 else None


def _shared(case: Case, report: Occurrence) -> float:
    """Share of the quotation's words that the report has, in any form."""
    language = case.article.language
    own = [stem(w.norm, language) for w in words_of(case.quotation.text)]
    other = {stem(w.norm, language) for w in words_of(report.compared.evidence.passage.text)}
    return sum(word in other for word in own) / max(1, len(own))


RULE = Rule(INFO, check)

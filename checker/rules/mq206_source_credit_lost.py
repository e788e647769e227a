"""MQ206 source-credit-lost: every report of the words credits an outlet that the article does not name."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Finding, QuotationKind, Severity
from .base import Case, Rule, RuleInfo, make_finding, said
from .occurrences import Occurrence, firm_occurrences
from .reporting import every_phrase, has_any, names_outlet, normal

INFO = RuleInfo(
    "MQ206",
    "source-credit-lost",
    Severity.INFO,
    "Earlier coverage credits an outlet with the words; the article does not.",
    "attribution",
    once=True,
)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where all quoting reports owe the words to one outlet that is not named here."""
    if case.quotation.kind is QuotationKind.INDIRECT:
        return
    reports = [o for o in firm_occurrences(case) if o.quoted]
    outlets = {normal(o.outlet) for o in reports if o.outlet}
    owed = [credit for o in reports if (credit := credit_of(o, outlets))]
    if not reports or len(owed) < len(reports) or len({normal(c) for c in owed}) > 1:
        return
    credit = owed[0]
    if _named(case, credit):
        return
    yield make_finding(
        INFO,
        case,
        message=f"Earlier coverage has these words through {credit}; the article does not say so.",
        why=f"Every report that quotes them ({said(reports[0].metadata)}) credits {credit}.",
        help=f"Say that the words were told to, or reported by, {credit}.",
        confidence=0.8,
        compared=reports[0].compared,
        labels=("no source named", f"through {credit}"),
    )


def credit_of(occurrence: Occurrence, outlets: set[str]) -> str | None:
    """The outlet that a report owes the words to: its carrier, or the outlet the speaker told them to."""
    carrier = occurrence.metadata.get("carrier")
    if carrier:
        return carrier
    told = occurrence.metadata.get("addressee", "")
    if not any(c.isupper() or ord(c) > 0x2E80 for c in told[:1]):
        return None  # reporters, parliament
    return told if normal(told) in outlets or has_any(told, every_phrase("media")) else None


def _named(case: Case, credit: str) -> bool:
    """Whether the article names the outlet anywhere, or is its own."""
    name = normal(credit)
    own = normal(case.article.outlet or "")
    return bool(own and (name in own or own in name)) or names_outlet(case.article.text, credit)


RULE = Rule(INFO, check)

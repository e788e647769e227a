"""MQ303 single-origin: several outlets print the words, and all have them from one report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..types import Finding, Severity
from .base import Case, Rule, RuleInfo, make_finding
from .mq206_source_credit_lost import credit_of
from .occurrences import Occurrence, firm_occurrences
from .reporting import normal

INFO = RuleInfo(
    "MQ303",
    "single-origin",
    Severity.INFO,
    "All reports of the words go back to one.",
    "provenance",
    once=True,
)


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding where two outlets or more print the words and none has them independently."""
    reports = firm_occurrences(case)
    outlets = sorted({o.outlet for o in reports if o.outlet})
    if len(outlets) < 2 or len(reports) != sum(bool(o.outlet) for o in reports):
        return
    if count_origins(reports) != 1:
        return
    origin = _origin(reports)
    yield make_finding(
        INFO,
        case,
        message=f"All reports of these words have one origin{f', {origin}' if origin else ''}.",
        why=f"{_listed(outlets)} print the same paragraph or credit the same source: that is one witness, not"
        f" {len(outlets)}.",
        help="Do not count them as confirmation of each other.",
        confidence=0.8,
        compared=reports[0].compared,
        labels=("here", "one origin"),
    )


OWN_WORDS = 4
"""Words of the reporter around the quoted ones from which equal paragraphs are no chance ("he said")."""


def count_origins(reports: Sequence[Occurrence]) -> int:
    """How many independent origins some reports have.

    Two have the same one when they print the same paragraph around the words, or when one credits
    the other's outlet or both credit a third. A report that tells nothing of its source counts as
    an origin of its own.
    """
    groups = list(range(len(reports)))
    for i, one in enumerate(reports):
        for j in range(i):
            if groups[i] != groups[j] and _same_origin(one, reports[j]):
                groups = [groups[j] if g == groups[i] else g for g in groups]
    return len(set(groups))


def _same_origin(a: Occurrence, b: Occurrence) -> bool:
    if a.outlet == b.outlet or _same_paragraph(a, b):
        return True
    one, other = _credit(a), _credit(b)
    return bool(one and one in (other, normal(b.outlet))) or bool(other and other == normal(a.outlet))


def _credit(occurrence: Occurrence) -> str:
    return normal(credit_of(occurrence, set()) or "")


def _same_paragraph(a: Occurrence, b: Occurrence) -> bool:
    """Whether the reporter's words around the same quoted words are the same, and there are some."""
    if a.compared is not b.compared:
        return False
    quoted = normal(a.compared.evidence.passage.text)
    one, other = (normal(o.context).replace(quoted, " / ") for o in (a, b))
    return one == other and len(one.split()) > OWN_WORDS


def _origin(reports: Sequence[Occurrence]) -> str:
    """The outlet that the others credit, empty where none is named."""
    return next((credit for o in reports if (credit := credit_of(o, set()))), "")


def _listed(outlets: Sequence[str]) -> str:
    return ", ".join(outlets[:-1]) + f" and {outlets[-1]}"


RULE = Rule(INFO, check)

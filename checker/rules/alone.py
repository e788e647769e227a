"""What the rules on wording say of a quotation when one report alone is believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..types import Annotation, Finding, Severity, Span
from . import (
    mq101_number_changed,
    mq102_negation_changed,
    mq103_name_changed,
    mq104_date_changed,
    mq105_unit_changed,
    mq106_modality_changed,
    mq108_direction_changed,
)
from .base import Case, Compared, Rule

VALUE_RULES: tuple[Rule, ...] = (
    mq101_number_changed.RULE,
    mq102_negation_changed.RULE,
    mq103_name_changed.RULE,
    mq104_date_changed.RULE,
    mq105_unit_changed.RULE,
    mq106_modality_changed.RULE,
    mq108_direction_changed.RULE,
)
"""Rules that compare one value with another."""


def findings_alone(case: Case, item: Compared) -> Iterator[tuple[Finding, Annotation]]:
    """What they find were ``item`` the only report, with the marked words of the report."""
    alone = replace(case, compared=(item,), stitched=())
    for rule in VALUE_RULES:
        for finding in rule.check(alone):
            evidence = finding.on("evidence")
            if evidence is not None:
                yield finding, evidence


def errors_alone(case: Case, item: Compared) -> Iterator[tuple[Finding, Annotation]]:
    """Those of :func:`findings_alone` at level error."""
    return (pair for pair in findings_alone(case, item) if pair[0].severity is Severity.ERROR)


def found_with_all(case: Case) -> tuple[Finding, ...]:
    """What the same rules find with every report."""
    return tuple(finding for rule in VALUE_RULES for finding in rule.check(case))


def has_words(item: Compared, span: Span) -> bool:
    """Whether a report has the counterparts of the quotation's words in ``span``, none of them opposed."""
    alignment, side = item.comparison.alignment, item.comparison.quote
    rows = side.words_in(span)
    return len(rows) > 0 and all(
        alignment.to_source[i] >= 0 and alignment.strength[i] >= LINKED and not alignment.contrast[i]
        for i in rows
        if side.weights[i] >= TELLING or len(rows) == 1
    )


LINKED = 0.5
"""Strength of a link from which a word has its counterpart."""
TELLING = 1.0
"""Information in nats below which a word is a function word."""

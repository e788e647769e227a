"""MQ404 locale-format: a number written as in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..matching.mentions import find_mentions
from ..matching.vocabulary import get_vocabulary
from ..types import Finding, MentionKind, NumberValue, QuotationKind, Severity, Span
from .base import Case, Rule, RuleInfo, make_finding

INFO = RuleInfo(
    "MQ404", "locale-format", Severity.INFO, "A number is written as in another language.", "form"
)

FRACTION = re.compile(r"(?<![\d.,])\d{1,3}([.,])\d{1,2}(?![\d.,]*\d)")
"""A number with one sign and one or two digits after it: never thousands."""
GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+(?![\d.,]*\d)")
"""Thousands grouped at least twice: never a fraction."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per number whose sign is that of another language, beyond doubt."""
    quotation = case.quotation
    if case.extraction is None or quotation.kind is QuotationKind.INDIRECT:
        return
    decimal = get_vocabulary(case.article.language).decimal
    other = "." if decimal == "," else ","
    for mention in find_mentions(quotation.text, case.article.language, names=False):
        value = mention.value
        if mention.kind is not MentionKind.NUMBER or not isinstance(value, NumberValue):
            continue
        words = mention.span.of(quotation.text)
        fraction, groups = FRACTION.search(words), GROUPS.search(words)
        foreign = fraction is not None and fraction[1] == other and (value.unit or value.scale)
        found = fraction if foreign else groups if groups is not None and groups[1] == decimal else None
        if found is None:
            continue
        written = found.group()
        yield make_finding(
            INFO,
            case,
            message=f"“{written}” is not how this language writes the number: use"
            f" “{written.translate(SWAP)}”.",
            why="Read by the rules of this language it is another number, or none.",
            help="Write the number as the language of the article does.",
            confidence=0.85,
            quote_span=Span(found.start(), found.end()).shift(mention.span.start),
            labels=("as in another language", ""),
        )


SWAP = str.maketrans(".,", ",.")

RULE = Rule(INFO, check)

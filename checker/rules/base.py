"""What a rule is, what it may look at, and how it makes a finding."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ..matching.comparison import Comparison
from ..matching.consistency import meaning_changed
from ..matching.scorer import UNSEEN, Reading
from ..matching.words import words_of
from ..types import (
    Annotation,
    Article,
    Evidence,
    Extraction,
    Finding,
    Match,
    Mention,
    Quotation,
    Severity,
    Span,
    Verdict,
)

ERROR_CONFIDENCE = 0.75
"""An error below this confidence is shown as a warning: a false alarm costs more than a miss."""

CONFIRMED, CONFIRMED_FAULT = 0.8, 1.0
"""Probability of a change, and log-odds of a word at fault, from which the scorer confirms a finding."""
CONFIRMABLE = 0.6
"""Confidence below which a finding stays a warning all the same."""

JOINED = 0.12
"""Added confidence where the alignment, which knows nothing of rules, joined the clashing words."""

Group = Literal["wording", "attribution", "provenance", "form"]


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """The identity of a rule. The page ``<module>.md`` beside its module explains it."""

    code: str
    name: str
    severity: Severity
    summary: str
    group: Group
    once: bool = False
    """Whether the same message is given once an article, at the first quotation it is true of."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One piece of evidence with its comparison."""

    evidence: Evidence
    comparison: Comparison
    probability: float
    """That evidence and quotation report the same utterance."""
    cosine: float = 0.0
    """Of their sentence vectors; 0 where they were laid beside each other without a model."""
    reading: Reading | None = None
    """What the consistency scorer says of the pair; None where it was not asked."""

    def fault(self, words: range, *, of_quote: bool) -> float:
        """The scorer's highest log-odds that one of these words is at fault; infinite where it was shown none."""
        if self.reading is None:
            return math.inf
        logits = self.reading.quote if of_quote else self.reading.source
        return max((float(logits[i]) for i in words if logits[i] > UNSEEN), default=math.inf)

    def faults(self, quote: Span | None, source: Span | None) -> list[float]:
        """The scorer's log-odds for the words marked on either side, as far as it was shown them."""
        marked = (quote, self.comparison.quote, True), (source, self.comparison.source, False)
        found = [
            self.fault(side.words_in(span), of_quote=of_quote) for span, side, of_quote in marked if span
        ]
        return [fault for fault in found if math.isfinite(fault)]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Everything a rule may look at: one quotation and what was found for it."""

    article: Article
    quotation: Quotation
    match: Match | None
    compared: tuple[Compared, ...] = ()
    """The evidence, best first; empty where nothing reports this utterance."""
    verdict_hint: Verdict | None = None
    """``unchecked`` where the quotation is too short or in a language that is not supported."""
    stitched: tuple[Compared, ...] = ()
    """Evidence of different places that each account for a different part of the quotation."""

    quoted_perhaps: bool = False
    """Whether a passage in quotation marks may report the utterance, though not surely."""
    extraction: Extraction | None = None
    """All that was found in the article; None where a quotation was given by itself."""
    body: tuple[Compared, ...] = ()
    """For a quotation of the headline: the article's other quotations as evidence, in document order."""

    @property
    def best(self) -> Compared | None:
        """The evidence the wording is judged by."""
        return self.compared[0] if self.compared else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of quotations: pure, it opens nothing and prints nothing."""

    info: RuleInfo
    check: Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class ArticleRule:
    """A rule of whole articles."""

    info: RuleInfo
    check: Callable[[Extraction], Iterator[Finding]]


def fingerprint(rule: str, quote: str, evidence: str, marked: str) -> str:
    """16 hex digits that stay the same when lines move: rule, words quoted, words compared, words marked."""
    parts = (rule, *(" ".join(w.norm for w in words_of(text)) for text in (quote, evidence, marked)))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def in_article(quotation: Quotation, span: Span) -> Span:
    """A span of ``Quotation.text`` as a span of the article (contents were joined with one space)."""
    offset, starts, ends = 0, [], []
    for part in quotation.content:
        length = part.end - part.start
        if offset <= span.start < offset + length + 1:
            starts.append(min(part.start + span.start - offset, part.end))
        if offset < span.end <= offset + length + 1:
            ends.append(min(part.start + span.end - offset, part.end))
        offset += length + 1
    if not starts or not ends or ends[-1] <= starts[0]:
        return quotation.span
    return Span(starts[0], ends[-1])


def make_finding(
    info: RuleInfo,
    case: Case,
    *,
    message: str,
    why: str,
    help: str,
    confidence: float,
    compared: Compared | None = None,
    quote_span: Span | None = None,
    source_span: Span | None = None,
    labels: tuple[str, str] = ("", ""),
    severity: Severity | None = None,
    article_span: Span | None = None,
) -> Finding:
    """A finding with the words marked on both sides.

    ``quote_span`` is into ``case.quotation.text`` (None marks the whole quotation), ``source_span`` into
    the text of the evidence passage (None with ``compared`` given marks the window). ``article_span``
    marks words of the article outside the quotation instead, such as its cue.
    """
    quotation = case.quotation
    span = quotation.span if quote_span is None else in_article(quotation, quote_span)
    span = article_span or span
    annotations = [Annotation("article", span, span.of(case.article.text), labels[0])]
    evidence_text = ""
    if compared is not None:
        passage = compared.evidence.passage
        evidence_text = passage.text
        marked = compared.evidence.window if source_span is None else source_span
        annotations.append(Annotation("evidence", marked, marked.of(passage.text), labels[1], passage.id))
    level = severity or info.severity
    if compared is not None and level is Severity.ERROR:
        confidence = _confirmed(compared, confidence, quote_span, source_span)
    if level is Severity.ERROR and confidence < ERROR_CONFIDENCE:
        level = Severity.WARNING
    return Finding(
        rule=info.code,
        name=info.name,
        severity=level,
        confidence=round(min(max(confidence, 0.0), 1.0), 2),
        message=message,
        why=why,
        help=help,
        annotations=tuple(annotations),
        quotation_id=quotation.id,
        fingerprint=fingerprint(
            info.code, quotation.text, evidence_text, " ".join(a.text for a in annotations)
        ),
    )


def _confirmed(compared: Compared, confidence: float, quote: Span | None, source: Span | None) -> float:
    """The confidence, lifted to that of an error where the scorer takes the marked words for the change.

    Across languages only, and only little: the scorer is never believed alone.
    """
    reading = compared.reading
    if reading is None or not compared.comparison.cross_language:
        return confidence
    if not CONFIRMABLE <= confidence < ERROR_CONFIDENCE:
        return confidence
    if max(compared.faults(quote, source), default=-math.inf) < CONFIRMED_FAULT:
        return confidence
    sure = meaning_changed(compared.comparison, reading) >= CONFIRMED
    return ERROR_CONFIDENCE if sure else confidence


def confidence_of(compared: Compared, *mentions: tuple[Mention, bool]) -> float:
    """Confidence of a clash of values: the match, and how well the words around them are aligned.

    Each mention comes with whether it is of the quotation.
    """
    ground = [compared.comparison.support(m, of_quote=side) for m, side in mentions]
    base = 0.66 + 0.34 * min(1.0, 1.6 * (sum(ground) / len(ground) if ground else 0.0))
    joined = any(
        compared.comparison.alignment.contrast[i]
        for m, of_quote in mentions
        if of_quote
        for i in compared.comparison.quote.words_in(m.span)
    )
    return base * (0.7 + 0.3 * compared.probability) + (JOINED if joined else 0.0)


def said(metadata: Mapping[str, str]) -> str:
    """Where a passage comes from, in words: "Jens Stoltenberg, CNA (wire), 2023-06-13"."""
    return ", ".join(metadata[k] for k in ("speaker", "outlet", "published") if metadata.get(k))

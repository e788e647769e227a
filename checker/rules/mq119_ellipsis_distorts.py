"""MQ119 ellipsis-distorts: what the ellipsis leaves out turns the meaning of what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from ..matching.comparison import Comparison
from ..matching.sides import Side
from ..matching.wording import terms
from ..types import Finding, MentionKind, ModalValue, Severity, Span
from .base import Case, Rule, RuleInfo, make_finding
from .mq109_condition_dropped import EVEN_IF
from .polarity import plain_negators
from .runs import ELLIPSIS

INFO = RuleInfo(
    "MQ119", "ellipsis-distorts", Severity.ERROR, "What the ellipsis leaves out turns the meaning.", "wording"
)

BEHIND = 5
"""Words behind an ellipsis in which the denial may stand that was made there."""
MARKING = 3.1
"""Nats from which a word marks a place: function words are linked anywhere."""
POSSIBILITY = 1
"""Rung of "may"."""
_MARK = regex.compile(r"[,;:.!?，。；：！？—–]")


@dataclass(frozen=True, slots=True)
class Cut:
    """What one ellipsis leaves out."""

    place: Span
    """The ellipsis, in the quotation."""
    gap: range
    """Words of the evidence that are left out."""
    before: int
    """The last quoted word of the evidence before them."""
    after: int | None
    """The first quoted word behind them; None where the ellipsis ends the quotation."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per ellipsis that leaves out what governs the words that are quoted."""
    best = case.best
    if best is None:
        return
    comparison = best.comparison
    for cut in cuts(comparison):
        reason = distortion(comparison, cut)
        if reason is None:
            continue
        words, why = reason
        span = comparison.source.span_of(words)
        yield make_finding(
            INFO,
            case,
            message=f"The ellipsis leaves out “{span.of(comparison.source.text)}” and turns the meaning.",
            why=why,
            help="Quote these words as well, or paraphrase.",
            confidence=0.9 * (0.6 + 0.4 * best.probability),
            compared=best,
            quote_span=cut.place,
            source_span=span,
            labels=("left out here", "was said"),
        )


def cuts(comparison: Comparison) -> Iterator[Cut]:
    """The words of the evidence that each ellipsis of the quotation stands for."""
    quote, mapping = comparison.quote, comparison.alignment.to_source
    for found in ELLIPSIS.finditer(quote.text):
        firm = [i for i in range(len(quote.words)) if mapping[i] >= 0 and quote.weights[i] >= MARKING]
        left = [i for i in firm if quote.words[i].span.end <= found.start()]
        right = [i for i in range(len(quote.words)) if quote.words[i].span.start >= found.end()]
        if not left:
            continue
        before = int(mapping[left[-1]])
        after = next((int(mapping[i]) for i in right if i in firm), None)
        if right and (after is None or after <= before):
            continue
        end = after if after is not None else _sentence_end(comparison.source, before)
        if end > before + 1:
            yield Cut(Span(found.start(), found.end()), range(before + 1, end), before, after)


def _sentence_end(side: Side, index: int) -> int:
    numbers = side.sentence_of
    return next((j for j in range(index, len(numbers)) if numbers[j] != numbers[index]), len(numbers))


def distortion(comparison: Comparison, cut: Cut) -> tuple[range, str] | None:
    """The words left out that turn the meaning, and why; None where the cut is lawful."""
    source = comparison.source
    marks = [j for j in range(cut.before, cut.gap[-1] + 1) if _marked(source, j)]
    if cut.after is not None:
        start = marks[-1] + 1 if marks else cut.gap[0]
        tail = range(max(start, cut.gap[0]), cut.gap[-1] + 1)
        governing = _limits(comparison, tail, denials=not _denies(comparison.quote, cut.place))
        if governing:
            return governing, "These words govern what is quoted behind the ellipsis."
        joined = _joined(comparison, cut)
        if joined:
            return joined, "The two parts come from different sentences, which are joined into one here."
    else:
        conditions = [
            source.words_in(m.span)[0] for m in source.of_kind(MentionKind.CONDITION) if m.value != EVEN_IF
        ]
        first = next((j for j in conditions if j in cut.gap and comparison.alignment.to_quote[j] < 0), None)
        if first is not None:
            return range(first, cut.gap[-1] + 1), "These words set a condition to what is quoted."
    head = range(cut.gap[0], (marks[0] if marks else cut.gap[-1]) + 1)
    limiting = _limits(comparison, head, denials=cut.after is None)
    if len(head) and limiting:
        return limiting, "These words limit what is quoted before the ellipsis."
    return None


def _denies(quote: Side, place: Span) -> bool:
    """Whether the words right behind an ellipsis deny by themselves: the denial was not left out."""
    behind = [i for i, word in enumerate(quote.words) if word.span.start >= place.end][:BEHIND]
    return any(i in behind for m in plain_negators(quote) for i in quote.words_in(m.span))


def _marked(side: Side, index: int) -> bool:
    """Whether punctuation stands behind a word."""
    end = side.words[index + 1].span.start if index + 1 < len(side.words) else len(side.text)
    return bool(_MARK.search(side.text, side.words[index].span.end, end))


def _limits(comparison: Comparison, words: range, *, denials: bool) -> range | None:
    """From the first word among ``words`` that denies or limits, to the last of them."""
    source, mapping = comparison.source, comparison.alignment.to_quote
    found: set[int] = set()
    if denials:
        found |= {i for m in plain_negators(source) for i in source.words_in(m.span)}
        found |= {
            i
            for m in source.of_kind(MentionKind.MODAL)
            if isinstance(m.value, ModalValue) and m.value.rank <= POSSIBILITY
            for i in source.words_in(m.span)
        }
        found |= {i for t in terms(source, "hedge") if t.key == "reported" and t.reported for i in t.words}
    found |= source.words_of(MentionKind.CONDITION)
    found |= {i for t in terms(source, "hedge") if t.key == "only" and t.reported for i in t.words}
    first = next((j for j in words if j in found and mapping[j] < 0), None)
    return range(first, words[-1] + 1) if first is not None else None


def _joined(comparison: Comparison, cut: Cut) -> range | None:
    """The beginning of another sentence that was cut off, so that its rest took another subject."""
    source, after = comparison.source, cut.after
    if after is None or source.sentence_of[cut.before] == source.sentence_of[after]:
        return None
    quote = comparison.quote
    behind = quote.text[cut.place.end :].lstrip(" ])")
    if _MARK.search(quote.text[: cut.place.start].rstrip(" [(")[-1:]) or not behind[:1].islower():
        return None
    begun = [j for j in cut.gap if source.sentence_of[j] == source.sentence_of[after]]
    if not begun:
        return None  # the second sentence is quoted from its first word
    if any(_marked(source, j) for j in range(begun[0], after)):
        return None  # what is quoted of the second sentence is a clause of its own
    return range(begun[0], after)


RULE = Rule(INFO, check)

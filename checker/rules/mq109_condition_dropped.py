"""MQ109 condition-dropped: the speaker said "if"; the quotation does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..matching.alignment import TELLING
from ..matching.comparison import Comparison
from ..matching.conditions import IRREAL, conditions_of
from ..matching.edits import edits, worded_alike
from ..matching.sides import Side
from ..matching.wording import listed
from ..types import Finding, MentionKind, QuotationKind, Severity, Span, TermValue
from .base import Case, Rule, RuleInfo, make_finding
from .cuts import swallowing
from .negators import EXCEPTING, plain_negators, says_only
from .runs import ELLIPSIS, telling

INFO = RuleInfo(
    "MQ109", "condition-dropped", Severity.ERROR, "A condition the speaker set is left out.", "wording"
)

EVEN_IF = TermValue("even-if")
"""A concession, which many languages put as "although": it sets no condition."""
CLAUSE_KEPT = 0.35
"""Share of the conditional clause that may be found in the quotation for it still to count as dropped."""
UNSURE = 0.9
"""Confidence where it is not, at the most."""
MAIN_SURE = 0.65
"""Share from which on the main clause is surely quoted."""
MAIN_KEPT = 0.5
"""Share of the rest of the sentence that must be found in the quotation."""
BESIDE_KEPT = 0.25
"""Share of the clause beside a conditional one that must be found in the quotation."""
GONE = 0.1
"""Share of a conditional clause that stray links may find in a quotation that has nothing of it."""
GONE_KEPT = 0.4
"""Share of the rest of the sentence that is enough where nothing of the clause is found, nor has place."""
HEARD = 0.8
"""Strength of a link from which a word surely stands for a word outside the clause."""
ROOM = 0.5
"""Share of what a clause tells by which a quotation without it may tell more than the rest of the sentence."""


def check(case: Case) -> Iterator[Finding]:
    """Yield one finding per condition whose main clause is quoted without it."""
    best = case.best
    if best is None or case.quotation.kind in (QuotationKind.MIXED, QuotationKind.HEADLINE):
        return
    comparison = best.comparison
    for clause in dropped_conditions(comparison):
        if swallowing(comparison, clause):
            continue  # the ellipsis is at fault: MQ119
        words = comparison.source.span_of(clause)
        yield make_finding(
            INFO,
            case,
            message=f"A condition is left out: earlier coverage has “{words.of(comparison.source.text)}”.",
            why="The main clause is quoted; the condition the speaker attached to it is not.",
            help="Quote the condition as well, or paraphrase with it.",
            confidence=_confidence(comparison, clause, best.probability),
            compared=best,
            quote_span=_main_clause(comparison, clause),
            source_span=words,
            labels=("said without condition", "the condition"),
        )


def dropped_conditions(comparison: Comparison) -> Iterator[range]:
    """Conditional clauses of the evidence whose main clause is quoted without them.

    Where the quotation has the words of the report, a condition is dropped that was cut out of the middle.
    """
    source = comparison.source
    if comparison.quote.of_kind(MentionKind.CONDITION):
        return
    conditions = [m for m in source.of_kind(MentionKind.CONDITION) if m.value != EVEN_IF]
    if worded_alike(comparison):
        for edit in edits(comparison):
            inside = [m for m in conditions if source.words_in(m.span)[0] in edit.source]
            if inside and not edit.quote and not ELLIPSIS.search(comparison.quote.text):
                yield range(source.words_in(inside[0].span)[0], edit.source.stop)
    for mention in conditions:
        clause = conditional_clause(source, mention.span)
        if len(clause) < 3 or _of_another_clause(source, clause):
            continue
        if mention.value in EXCEPTING and any(
            says_only(comparison.quote, comparison.quote.sentence_of[m[0]])
            for m in map(comparison.quote.words_in, (n.span for n in plain_negators(comparison.quote)))
        ):
            continue  # "all but one did": "only one did not"
        beside = _beside(source, clause)
        if len(beside) >= 3 and linked_share(comparison, beside) < BESIDE_KEPT:
            continue  # what the condition was said of is not quoted
        unfound = linked_share(comparison, clause) <= CLAUSE_KEPT
        quoted = _main_share(comparison, clause) >= MAIN_KEPT
        stated = quoted and mention.value == IRREAL and _stated(comparison.quote)
        if (unfound and (quoted or gone(comparison, clause))) or stated:
            yield clause


def _beside(side: Side, clause: range) -> range:
    """The clause that a conditional one hangs on: before it where nothing parts the two, else behind it.

    What "that" ends is none: it says whose words they are ("she said that if ...").
    """
    first = clause[0]
    while first > 0 and not _parted(side, first):
        first -= 1
    if first < clause[0] and clause[0] - 1 not in listed(side, "that"):
        return range(first, clause[0])
    last = clause[-1] + 1
    while last < len(side.words) and (last == clause[-1] + 1 or not _parted(side, last)):
        last += 1
    same = [j for j in range(clause[-1] + 1, last) if side.sentence_of[j] == side.sentence_of[clause[0]]]
    return range(same[0], same[-1] + 1) if same else range(0)


def gone(comparison: Comparison, clause: range) -> bool:
    """Whether the quotation has nothing of a clause, and as many words as the rest of its sentence has."""
    source, quote = comparison.source, comparison.quote
    if linked_share(comparison, clause) > GONE or _main_share(comparison, clause) < GONE_KEPT:
        return False
    scope = set(comparison.scope) | set(_rest(comparison, clause))
    rest = [j for j in sorted(scope) if j not in clause and j not in comparison.narrated]
    own = _told(quote, range(len(quote.words)))
    return own <= _told(source, rest) + ROOM * _told(source, clause) and telling(source, clause) >= 2


def _told(side: Side, words: Iterable[int]) -> float:
    """What some words tell together, in nats; the rarest are often only spelled in an unusual way."""
    return sum(min(float(side.weights[i]), 6.0) for i in words)


def _stated(quote: Side) -> bool:
    """Whether what would have followed from an unreal condition is quoted as what did."""
    words = conditions_of(quote.language).lists["unreal"]
    return not any(w.norm in words for w in quote.words) and not quote.of_kind(MentionKind.MODAL)


def _of_another_clause(source: Side, clause: range) -> bool:
    """Whether a condition opens a clause of its own ("..., and if ...") whose main clause follows it unmarked."""
    end = clause[-1] + 1
    last = end == len(source.words) or source.sentence_of[end] != source.sentence_of[clause[0]]
    return last and clause[0] > 0 and clause[0] - 1 in listed(source, "joining")


def conditional_clause(side: Side, span: Span) -> range:
    """From the conditional word to the next comma or the end of the sentence, in words."""
    own = side.words_in(span)
    table = conditions_of(side.language).lists
    if side.text[span.start : span.end] in table["closing"]:
        return _clause_before(side, own)
    last = own[-1]
    for i in range(own[-1] + 1, len(side.words)):
        if _parted(side, i) or (i > own[-1] + 1 and side.words[i].norm in table["ends"]):
            break
        last = i
    return range(own[0], last + 1)


def _clause_before(side: Side, own: range) -> range:
    """From the last mark before some words, that close a clause, to them."""
    first = own[0]
    while first > 0 and not _parted(side, first):
        first -= 1
    return range(first, own[-1] + 1)


def _parted(side: Side, index: int) -> bool:
    """Whether a mark stands before a word."""
    between = side.text[side.words[index - 1].span.end : side.words[index].span.start]
    return side.sentence_of[index] != side.sentence_of[index - 1] or any(c in between for c in ",;:，；：—–")


def linked_share(comparison: Comparison, indices: range) -> float:
    """The share of some words of the evidence that is found in the quotation."""
    weights = [min(float(comparison.source.weights[j]), 6.0) for j in indices]
    got = sum(w for j, w in zip(indices, weights, strict=True) if comparison.alignment.to_quote[j] >= 0)
    return got / sum(weights) if sum(weights) else 1.0


def _confidence(comparison: Comparison, clause: range, probability: float) -> float:
    """How sure it is that the main clause is quoted.

    A quotation without the condition covers the report badly, so the match alone would doubt it.
    """
    sure = _main_share(comparison, clause) >= MAIN_SURE or gone(comparison, clause)
    if sure and not _heard(comparison, clause):
        return 0.75 + 0.2 * probability
    return UNSURE * (0.6 + 0.4 * probability)


def _heard(comparison: Comparison, clause: range) -> bool:
    """Whether a word of the quotation may say the condition as a time or a dependence ("when", "any").

    One that stands for a word of the report outside the clause does not.
    """
    quote, alignment = comparison.quote, comparison.alignment
    words = conditions_of(quote.language).lists["heard"]
    for i, word in enumerate(quote.words):
        j = int(alignment.to_source[i])
        if word.norm not in words:
            continue
        if j < 0 or j in clause or alignment.strength[i] < HEARD or comparison.source.weights[j] < TELLING:
            return True
    return False


def _main_share(comparison: Comparison, clause: range) -> float:
    """The share of the rest of the sentence that is found in the quotation; 0 where it is too short."""
    source, rest = comparison.source, _rest(comparison, clause)
    weights = [min(float(source.weights[j]), 6.0) for j in rest]
    got = sum(w for j, w in zip(rest, weights, strict=True) if comparison.alignment.to_quote[j] >= 0)
    total = sum(weights)
    return got / total if len(rest) >= 3 and total else 0.0


def _rest(comparison: Comparison, clause: range) -> list[int]:
    """The other words of the sentence of a clause."""
    source = comparison.source
    sentence = source.sentence_of[clause[0]]
    return [
        j
        for j in range(len(source.words))
        if source.sentence_of[j] == sentence and j not in clause and j not in comparison.narrated
    ]


def _main_clause(comparison: Comparison, clause: range) -> Span | None:
    """The words of the quotation that are aligned with the sentence of the condition."""
    source = comparison.source
    sentence = source.sentence_of[clause[0]]
    rows = [
        int(comparison.alignment.to_quote[j])
        for j in range(len(source.words))
        if source.sentence_of[j] == sentence and comparison.alignment.to_quote[j] >= 0
    ]
    return comparison.quote.span_of(range(min(rows), max(rows) + 1)) if rows else None


RULE = Rule(INFO, check)

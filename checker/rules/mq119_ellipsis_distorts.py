"""MQ119 ellipsis-distorts: what the ellipsis leaves out turns the meaning of what is left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..matching.comparison import Comparison
from ..matching.conditions import conditions_of
from ..matching.sides import Side
from ..matching.wording import listed, terms
from ..types import Finding, MentionKind, ModalValue, Severity, Span
from .base import Case, Rule, RuleInfo, make_finding
from .cuts import Cut, cuts, marked, stopped, swallowing
from .mq109_condition_dropped import EVEN_IF, GONE, conditional_clause, dropped_conditions, linked_share
from .negators import plain_negators
from .runs import telling

INFO = RuleInfo(
    "MQ119", "ellipsis-distorts", Severity.ERROR, "What the ellipsis leaves out turns the meaning.", "wording"
)

BEHIND = 5
"""Words behind an ellipsis in which the denial may stand that was made there."""
ASIDE = 2
"""Content words that may stand between quoted words and a limit or a condition of theirs ("in our view")."""
POSSIBILITY = 1
"""Rung of "may"."""


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
            confidence=0.75 + 0.15 * best.probability,
            compared=best,
            quote_span=cut.place,
            source_span=span,
            labels=("left out here", "was said"),
        )


def distortion(comparison: Comparison, cut: Cut) -> tuple[range, str] | None:
    """The words left out that turn the meaning, and why; None where the cut is lawful."""
    source = comparison.source
    first = cut.gap[0] if cut.before is None else cut.before
    marks = [j for j in range(first, cut.gap[-1] + 1) if marked(source, j)]
    if cut.after is not None:
        start = marks[-1] + 1 if marks else cut.gap[0]
        tail = range(max(start, cut.gap[0]), cut.gap[-1] + 1)
        governing = _governing(comparison, cut, tail)
        if governing:
            return governing, "These words govern what is quoted behind the ellipsis."
        joined = _joined(comparison, cut)
        if joined:
            return joined, "The two parts come from different sentences, which are joined into one here."
    condition = _condition(comparison, cut)
    if condition:
        return condition, "These words set a condition to what is quoted."
    if cut.before is None:
        return None
    head = range(cut.gap[0], (marks[0] if marks else cut.gap[-1]) + 1)
    limiting = _limits(comparison, head, denials=cut.after is None) or _restriction(comparison, cut)
    if limiting:
        return limiting, "These words limit what is quoted before the ellipsis."
    undone = _undone(comparison, cut)
    if undone:
        return undone, "What is quoted before the ellipsis was undone by what is left out."
    return None


def _condition(comparison: Comparison, cut: Cut) -> range | None:
    """A condition that was left out here, of a clause that is quoted."""
    for clause in dropped_conditions(comparison):
        if swallowing(comparison, clause) == cut and _attached(comparison.source, cut, clause):
            return clause
    source = comparison.source
    if cut.before is None:
        return None
    conditions = [m for m in source.of_kind(MentionKind.CONDITION) if m.value != EVEN_IF]
    if cut.after is None:
        places = (source.words_in(m.span)[0] for m in conditions)
        first = next((j for j in places if j in cut.gap and comparison.alignment.to_quote[j] < 0), None)
        if first is None or not _attached(source, cut, range(first, first + 1)):
            return None
        return range(first, cut.gap[-1] + 1)
    if comparison.quote.of_kind(MentionKind.CONDITION):
        return None
    for mention in conditions:
        clause = conditional_clause(source, mention.span)
        if not set(clause) <= set(cut.gap) or telling(source, clause) < 2:
            continue
        beside = [part for part in _clauses(source, cut.gap) if not set(part) & set(clause)]
        if linked_share(comparison, clause) <= GONE and not any(_untold(comparison, p) for p in beside):
            return clause
    return None


def _follows(side: Side, cut: Cut, index: int) -> bool:
    """Whether a word left out stands so near behind the quoted words that it belongs to them."""
    return index in cut.gap and telling(side, range(cut.gap[0], index)) <= ASIDE


def _attached(side: Side, cut: Cut, clause: range) -> bool:
    """Whether a clause left out belongs to what is quoted, not to something else that is left out with it."""
    if cut.before is None or clause[0] not in cut.gap or _follows(side, cut, clause[0]):
        return True
    if cut.after is None:
        return marked(side, clause[0] - 1)
    return telling(side, range(clause[-1] + 1, cut.gap.stop)) <= ASIDE


def _clauses(side: Side, words: range) -> list[range]:
    """Some words, cut behind each mark and before the words that open a main clause."""
    ends = conditions_of(side.language).lists["ends"]
    starts = [j for j in words if j == words[0] or marked(side, j - 1) or side.words[j].norm in ends]
    return [range(a, b) for a, b in pairwise([*starts, words.stop])]


def _untold(comparison: Comparison, words: range) -> bool:
    """Whether a clause is left out altogether."""
    mapping = comparison.alignment.to_quote
    return telling(comparison.source, words) >= 2 and all(mapping[j] < 0 for j in words)


def _governing(comparison: Comparison, cut: Cut, tail: range) -> range | None:
    """The denial, the doubt or the limit among the last words left out, that govern what is quoted next."""
    source, mapping = comparison.source, comparison.alignment.to_quote
    clause = _own_clause(source, tail)
    words = clause if cut.before is None else tail
    denied = not _denies(comparison.quote, cut.place)
    doubts = [j for t in terms(source, "doubting") for j in t.words if j in clause and mapping[j] < 0]
    denials = [j for m in plain_negators(source) for j in source.words_in(m.span) if j in words]
    if denied and doubts and not denials:
        return range(doubts[0], tail[-1] + 1)
    factive = {j for t in terms(source, "factive") for j in t.words}
    if denials and factive & set(range(denials[0], tail[-1] + 1)):
        return None  # "I am not surprised that", "nobody doubts that"
    elsewhere = [
        j for j in denials if mapping[j] >= 0 and not _near(comparison.quote, cut.place, int(mapping[j]))
    ]
    if denied and elsewhere:
        return range(elsewhere[0], tail[-1] + 1)
    pending = _pending(comparison, cut) if not denied else None
    if pending:
        return pending
    return _limits(comparison, words, denials=denied)


def _near(quote: Side, place: Span, index: int) -> bool:
    """Whether a word of the quotation stands around an ellipsis: it may be what seems left out there."""
    at = sum(1 for word in quote.words if word.span.end <= place.start)
    return at - BEHIND <= index < at + BEHIND


def _pending(comparison: Comparison, cut: Cut) -> range | None:
    """Until when a denial behind the ellipsis holds, where that is no mere date and all that is left out."""
    source, mapping = comparison.source, comparison.alignment.to_quote
    days = source.words_of(MentionKind.DATE)
    for term in terms(source, "pending"):
        if not all(j in cut.gap and mapping[j] < 0 for j in term.words):
            continue
        clause = next(part for part in _clauses(source, cut.gap) if term.words[0] in part)
        if (
            telling(source, clause) >= 2
            and not days & set(clause)
            and linked_share(comparison, clause) <= GONE
        ):
            return clause
    return None


def _own_clause(side: Side, words: range) -> range:
    """The words behind the last "and" or "but" among some words."""
    parting = [j for j in words if j in listed(side, "parting")]
    return range(parting[-1] + 1, words.stop) if parting else words


def _restriction(comparison: Comparison, cut: Cut) -> range | None:
    """An exception or a limit among all words left out: "though not for", "only for"."""
    source, mapping = comparison.source, comparison.alignment.to_quote
    denying = source.words_of(MentionKind.NEGATION)
    for term in terms(source, "limit"):
        first = term.words[0]
        if first - 1 in denying or not _follows(source, cut, first):
            continue  # "not only by"; a limit of something that is left out as well
        if all(j in cut.gap and mapping[j] < 0 for j in term.words):
            last = next(
                (j for j in range(term.words[-1] + 1, cut.gap.stop) if marked(source, j)), cut.gap[-1]
            )
            return range(term.words[0], min(last, cut.gap[-1]) + 1)
    return None


def _undone(comparison: Comparison, cut: Cut) -> range | None:
    """An event left out that undoes one quoted before it: a permit that expired and was renewed."""
    source, mapping = comparison.source, comparison.alignment.to_quote
    found = terms(source, "undone")
    quoted = {t.key for t in found if t.words[-1] < cut.gap[0] and any(mapping[j] >= 0 for j in t.words)}
    for term in terms(source, "undoing"):
        if term.key in quoted and term.words[0] in cut.gap and all(mapping[j] < 0 for j in term.words):
            last = next((j for j in range(term.words[-1], cut.gap.stop) if marked(source, j)), cut.gap[-1])
            return range(term.words[0], last + 1)
    return None


def _denies(quote: Side, place: Span) -> bool:
    """Whether the words right behind an ellipsis deny by themselves: the denial was not left out."""
    behind = [i for i, word in enumerate(quote.words) if word.span.start >= place.end][:BEHIND]
    return any(i in behind for m in plain_negators(quote) for i in quote.words_in(m.span))


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
    if not comparison.quote.of_kind(MentionKind.CONDITION):
        found |= source.words_of(MentionKind.CONDITION)
    found |= {i for t in terms(source, "hedge") if t.key == "only" and t.reported for i in t.words}
    first = next((j for j in words if j in found and mapping[j] < 0), None)
    return range(first, words[-1] + 1) if first is not None else None


def _joined(comparison: Comparison, cut: Cut) -> range | None:
    """The beginning of another sentence that was cut off, so that its rest took another subject."""
    source, after = comparison.source, cut.after
    if after is None or cut.before is None or source.sentence_of[cut.before] == source.sentence_of[after]:
        return None
    quote = comparison.quote
    behind = quote.text[cut.place.end :].lstrip(" ])")
    if stopped(quote.text[: cut.place.start].rstrip(" [(")) or not behind[:1].islower():
        return None
    begun = [j for j in cut.gap if source.sentence_of[j] == source.sentence_of[after]]
    if not begun:
        return None  # the second sentence is quoted from its first word
    if any(marked(source, j) for j in range(begun[0], after)):
        return None  # what is quoted of the second sentence is a clause of its own
    return range(begun[0], after)


RULE = Rule(INFO, check)

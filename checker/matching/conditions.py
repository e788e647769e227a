"""Conditions that no single word shows: "had the ice been thinner", "provided the senate signs", 只有……才.

Read from the table ``[conditions]`` of the language files. The words that always set a condition stand in
``[meaning]`` and are found with the other values; here some are added and some, that measure a length, taken away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from ..languages import get_language, is_known, primary
from ..types import Mention, MentionKind, Span, TermValue
from .phrases import PhraseTable, phrases_in, rows
from .tokens import Tokens

IRREAL = TermValue("irreal")
"""A condition that is known not to hold: "had he come"."""
IF = TermValue("if")
IDIOM = "-"
"""Key of phrases that begin like one of the table and set no condition."""
_LISTS = (
    "not_before",
    "opening_not_before",
    "opening_before",
    "inverted",
    "subjects",
    "past_subjects",
    "inverted_not_after",
    "inverted_not_before",
    "past",
    "irreal",
    "unpaired_by",
    "closing",
    "closing_without",
    "ends",
    "joining",
    "heard",
    "unreal",
)
_MARK = regex.compile(r"[,;:.!?()\[\]“”\"„«»—–…，。；：！？、（）「」『』]")
_CLOSING = frozenset(".!?;。！？；")
_COMMA = frozenset(",，")
_ASKS = frozenset("?？")


@dataclass(frozen=True, slots=True)
class Conditions:
    """The table ``[conditions]`` of one language."""

    opening: PhraseTable[str]
    """Phrases that set a condition at the beginning of a clause."""
    lengths: PhraseTable[str]
    """Phrases that set a condition or measure a length or a time."""
    pairs: tuple[tuple[str, str, str], ...]
    """Words that set a condition together, and its key: the first opens it, the second its main clause."""
    lists: Mapping[str, frozenset[str]]


def _phrases(lines: Mapping[str, str]) -> PhraseTable[str]:
    table: PhraseTable[str] = PhraseTable()
    for key, line in lines.items():
        for phrase in phrases_in(line):
            table.put(phrase, key)
    return table


def _parse(table: Mapping[str, Any]) -> Conditions:
    return Conditions(
        opening=_phrases(dict(rows(table.get("opening", "")))),
        lengths=_phrases({"length": table.get("lengths", "")}),
        pairs=tuple((a, b, key) for a, b, key in table.get("pairs", ())),
        lists={name: frozenset(table.get(name, ())) for name in _LISTS},
    )


@cache
def conditions_of(language: str) -> Conditions:
    """The table of a language; empty for a language without a file."""
    code = primary(language)
    return _parse(get_language(code).table("conditions") if is_known(code) else {})


def with_conditions(tokens: Tokens, found: list[Mention], language: str) -> list[Mention]:
    """The mentions of a text with the conditions that are told by their place, and without mere lengths."""
    table = conditions_of(language)
    added = [*_opening(tokens, table), *_inverted(tokens, table), *_paired(tokens, table)]
    added += _closing(tokens, table)
    spans = [m.span for m in added]
    kept = [
        m
        for m in found
        if not (m.kind is MentionKind.CONDITION and _is_length(tokens, m, table, found))
        and not (m.kind is MentionKind.MODAL and any(m.span.overlaps(span) for span in spans))
    ]
    known = [m.span for m in kept if m.kind is MentionKind.CONDITION]
    return kept + [m for m in added if not any(m.span.overlaps(span) for span in known)]


def _opens(tokens: Tokens, i: int, table: Conditions) -> bool:
    """Whether a clause begins at a word: behind a mark, or behind "and" that stands there."""
    if i == 0 or _MARK.search(tokens.gap(i)):
        return True
    return tokens.norm(i - 1) in table.lists["joining"] and (i == 1 or bool(_MARK.search(tokens.gap(i - 1))))


def _mention(tokens: Tokens, start: int, end: int, value: TermValue) -> Mention:
    return Mention(MentionKind.CONDITION, tokens.span(start, end), value)


def _opening(tokens: Tokens, table: Conditions) -> Iterator[Mention]:
    for i in range(len(tokens)):
        match = table.opening.match(tokens, i)
        if match is None:
            continue
        end, key = match
        if key == IDIOM or end == len(tokens) or _MARK.search(tokens.gap(end)):
            continue
        if not (_opens(tokens, i, table) or tokens.norm(end) in table.lists["opening_before"]):
            continue
        if not (tokens.norm(end)[:1].isdigit() or tokens.norm(end) in table.lists["opening_not_before"]):
            yield _mention(tokens, i, end, TermValue(key))


def _inverted(tokens: Tokens, table: Conditions) -> Iterator[Mention]:
    """A verb before its subject that opens a condition: "should the talks fail"."""
    lists = table.lists
    for i in range(len(tokens) - 2):
        if tokens.norms[i] not in lists["inverted"] or _MARK.search(tokens.gap(i + 1)):
            continue
        if tokens.norm(i + 1) in lists["inverted_not_before"]:
            continue
        opens = _opens(tokens, i, table)
        first, last, asks, comma = _sentence(tokens, i)
        past = tokens.norms[i] in lists["past"]
        subjects = lists["past_subjects" if past else "subjects"]
        subject = tokens.norm(i + 1) in subjects
        if asks or (i == first and not comma):
            continue
        if not opens and not (subject and tokens.norm(i - 1) not in lists["inverted_not_after"]):
            continue
        if opens and not comma and not subject:
            continue
        if past and not any(tokens.norms[j] in lists["irreal"] for j in range(first, last) if j != i):
            continue
        yield _mention(tokens, i, i + 1, IRREAL if past else IF)


def _sentence(tokens: Tokens, i: int) -> tuple[int, int, bool, bool]:
    """Where the sentence of a word begins and ends, whether it asks, and whether a comma follows the word in it."""
    first, last, comma = i, i + 1, False
    while first > 0 and _CLOSING.isdisjoint(tokens.gap(first)):
        first -= 1
    while last < len(tokens) and _CLOSING.isdisjoint(tokens.gap(last)):
        comma = comma or not _COMMA.isdisjoint(tokens.gap(last))
        last += 1
    rest = tokens.text[tokens.words[last - 1].span.end :][:3] if last == len(tokens) else tokens.gap(last)
    return first, last, not _ASKS.isdisjoint(rest), comma


def _paired(tokens: Tokens, table: Conditions) -> Iterator[Mention]:
    """只有 where 才 follows in its sentence, 除了 ("except", "besides") where 都 does and no 也."""
    for opening, main, key in table.pairs:
        at = tokens.text.find(opening)
        while at >= 0:
            end = next(
                (n for n in range(at, len(tokens.text)) if tokens.text[n] in _CLOSING), len(tokens.text)
            )
            rest = tokens.text[at + len(opening) : end]
            if main in rest and not any(word in rest for word in table.lists["unpaired_by"]):
                yield Mention(MentionKind.CONDITION, Span(at, at + len(opening)), TermValue(key))
            at = tokens.text.find(opening, at + len(opening))


def _closing(tokens: Tokens, table: Conditions) -> Iterator[Mention]:
    """Words behind a condition, 的话: not where it is words that somebody said."""
    for words in table.lists["closing"]:
        for found in regex.finditer(regex.escape(words), tokens.text):
            clause = regex.split(_MARK, tokens.text[: found.start()])[-1]
            behind = tokens.text[found.end() : found.end() + 1]
            if _MARK.match(behind) and not any(word in clause for word in table.lists["closing_without"]):
                yield Mention(MentionKind.CONDITION, Span(found.start(), found.end()), IF)


def _is_length(tokens: Tokens, mention: Mention, table: Conditions, found: Collection[Mention]) -> bool:
    """Whether a phrase measures: "as long as three weeks", "as long as possible"."""
    if (
        not len(table.lengths)
        or table.lengths.get(tokens.text[mention.span.start : mention.span.end]) is None
    ):
        return False
    after = next((i for i, w in enumerate(tokens.words) if w.span.start >= mention.span.end), None)
    if after is None or tokens.norm(after) in table.lists["not_before"]:
        return True
    word = tokens.words[after].span
    return any(m.span.start == word.start for m in found if m.kind in (MentionKind.NUMBER, MentionKind.DATE))

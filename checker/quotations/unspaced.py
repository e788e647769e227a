"""Reporting clauses in Chinese, which are read character by character.

Words are not delimited, so a subject is what stands between the last punctuation mark and the
verb of saying, less the words of time and place; a name is what follows an office in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ..types import QuotationKind, Span, Speaker
from .drafts import Clause, Told
from .lexicon import Speech
from .marks import Quoted
from .segments import Paragraph
from .unspaced_names import UnspacedNames, alternatives

_CLAUSE = 64
_MIN_PART = 5
_MIN_REPORT = 4
_STOPS = "。！？!?\n"
_BREAKS = "，,；;：:、。！？!?"


class _Patterns(NamedTuple):
    """One language's words as regular expressions."""

    cue: re.Pattern[str]
    carrier: re.Pattern[str]
    told: re.Pattern[str]
    named_so: re.Pattern[str] | None
    """The end of a verb that names what is quoted (称之为)."""


class _Read(NamedTuple):
    """A clause as it is worded: where its cue is, and the words before it."""

    cue: Span
    subject: str


@lru_cache(maxsize=32)
def _patterns(speech: Speech) -> _Patterns:
    heads, tails, links, names = (
        "|".join(sorted(map(re.escape, words)))
        for words in (
            (s[0] for s in speech.sources),
            speech.carriers,
            speech.addressee_links,
            speech.as_words,
        )
    )
    return _Patterns(
        cue=alternatives("cue", speech.tag | speech.say, speech.not_cues),
        carrier=re.compile(rf"(?:{heads})([^，。]{{1,12}}?)(?:{tails})"),
        told=re.compile(rf"(?:{links})([^，。]{{1,10}})$"),
        named_so=re.compile(rf"(?:{names})\s*$") if names else None,
    )


class UnspacedClauses:
    """Finds the clauses of one part of a text."""

    least_letters: int = _MIN_PART * 3
    """Letters that a quotation behind other words than a clause has at least, to be speech."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], speech: Speech) -> None:
        self._text = text
        self._patterns = _patterns(speech)
        prose = Span(paragraphs[0].span.start, paragraphs[-1].span.end) if paragraphs else Span(0, 0)
        self._names = UnspacedNames(text, prose, speech)
        self._speech = speech

    def around(self, paragraph: Span, quote: Quoted, floor: int, ceiling: int) -> Clause | None:
        """The clause of a quotation; ``floor`` and ``ceiling`` are where its neighbours end and begin."""
        before = self._before(floor, quote.outer.start)
        after = self._after(quote.outer.end, ceiling)
        read = after if floor == quote.outer.start or before is None else before
        read = read or before or after
        if read is None:
            return None
        kind = self._kind(read, quote, behind=read is not before)
        kept = kind is QuotationKind.DIRECT or self._describes(read, quote)
        return self._clause(read, floor, kind=kind, kept=kept)

    def closing(self, paragraph: Span) -> Clause | None:
        """The clause that ends a paragraph in a colon."""
        read = self._before(paragraph.start, paragraph.end)
        return self._clause(read, paragraph.start) if read is not None else None

    def named(self, label: str) -> Speaker | None:
        """The speaker that a byline names."""
        return self._names.speaker(label, None)

    def _clause(
        self, read: _Read, floor: int, *, kind: QuotationKind = QuotationKind.DIRECT, kept: bool = True
    ) -> Clause:
        surface = self._names.clean(read.subject)
        carrier, addressee = self._company(floor, read)
        return Clause(
            read.cue,
            self._names.speaker(read.subject, None),
            surface if not surface or surface in self._speech.pronouns else None,
            kind,
            kept,
            carrier,
            addressee,
        )

    def _company(self, floor: int, read: _Read) -> tuple[str | None, str | None]:
        """The outlet in 据…报道, and whom the words were told (对…说)."""
        start = max(floor, read.cue.start - _CLAUSE)
        lead = self._text[start : read.cue.start]
        carrier = self._patterns.carrier.search(lead)
        told = self._patterns.told.search(lead)
        return (carrier.group(1) if carrier else None), (told.group(1) if told else None)

    def _kind(self, read: _Read, quote: Quoted, *, behind: bool) -> QuotationKind:
        if behind:
            return QuotationKind.DIRECT
        between = self._text[read.cue.end : quote.outer.start].strip()
        return QuotationKind.DIRECT if between in ("：", ":", "，", ",", "") else QuotationKind.MIXED

    def _describes(self, read: _Read, quote: Quoted) -> bool:
        """Whether a short part is what was said: it ends the clause, or the verb names it (称之为“困难”)."""
        if self._text[quote.outer.end : quote.outer.end + 1] in _BREAKS:
            return True
        between = self._text[read.cue.end : quote.outer.start]
        named_so = self._patterns.named_so
        return named_so is not None and named_so.search(between) is not None

    # -- reporting clauses --------------------------------------------------------------------

    def _before(self, floor: int, end: int) -> _Read | None:
        """The last verb of saying in the sentence before ``end``."""
        start = max(floor, end - _CLAUSE * 2)
        for i in range(end - 1, start - 1, -1):
            if self._text[i] in _STOPS:
                start = i + 1
                break
        found: _Read | None = None
        for cue in self._cues(start, end):
            found = _Read(cue, self._subject_before(start, cue.start))
        return found

    def _after(self, start: int, ceiling: int) -> _Read | None:
        """A verb of saying right after the quotation, with its subject before it."""
        while start < ceiling and self._text[start] in "，, ":
            start += 1
        end = start
        while end < min(ceiling, start + _CLAUSE) and self._text[end] not in _BREAKS:
            end += 1
        for cue in self._cues(start, end):
            subject = self._text[start : cue.start]
            return _Read(cue, subject) if subject else None
        return None

    def _subject_before(self, start: int, cue: int) -> str:
        """The words before the verb, back to a comma; back to the sentence's start if there are none."""
        at = cue
        while at > start and self._text[at - 1] not in _BREAKS:
            at -= 1
        words = self._text[at:cue]
        if self._names.clean(words) or at == start:
            return words
        back = at - 1
        while back > start and self._text[back - 1] not in _BREAKS:
            back -= 1
        return self._text[back : at - 1]

    def _cues(self, start: int, end: int) -> Iterator[Span]:
        for match in self._patterns.cue.finditer(self._text, start, end):
            if match.group("cue"):
                yield Span(match.start(), match.end())

    # -- indirect speech ------------------------------------------------------------------------

    def told(self, paragraph: Span, start: int, end: int, *, quoted: bool) -> Iterator[Told]:
        """Clauses of saying in a stretch of the narrator; the last sentence may belong to a quotation."""
        at = start
        while at < end:
            stop = at
            while stop < end and self._text[stop] not in _STOPS:
                stop += 1
            closed = stop < end or not quoted
            cue = next(self._cues(at, stop), None)
            if cue is not None and closed and (at > paragraph.start or start == paragraph.start):
                yield from self._told(paragraph, at, cue, stop)
            at = stop + 1

    def _told(self, paragraph: Span, start: int, cue: Span, stop: int) -> Iterator[Told]:
        content = cue.end
        while content < stop and self._text[content] in "，,：: ":
            content += 1
        last = self._text[max(paragraph.start, start - 2) : start]
        if last and not any(c in _STOPS for c in last):
            return  # the clause of a quotation that stands before it
        clause = self._clause(_Read(cue, self._subject_before(start, cue.start)), start)
        if clause.speaker is not None or clause.stands_for:
            long_enough = stop - content >= _MIN_REPORT
            yield Told(
                replace(clause, carrier=None, addressee=None), Span(content, stop) if long_enough else None
            )

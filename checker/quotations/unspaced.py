"""Attribution in scripts without spaces: reporting clauses are read character by character.

Words are not delimited, so a subject is what stands between the last punctuation mark and the
verb of saying, less the words of time and place; a name is what follows an office in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ..types import QuotationKind, Span, Speaker
from .dialogue import CONTINUED
from .drafts import Draft
from .lexicon import Speech
from .marks import Quoted
from .segments import Paragraph
from .unspaced_names import UnspacedNames, alternatives

_CLAUSE = 64
_MAX_BYLINE = 8
_MIN_PART = 5
_MIN_REPORT = 4
_STOPS = "。！？!?\n"
_BREAKS = "，,；;：:、。！？!?"


@dataclass(frozen=True, slots=True)
class _Clause:
    """A reporting clause: where its cue is, and the words before it."""

    cue: Span
    subject: str


@dataclass(slots=True)
class _Memory:
    focus: Speaker | None = None
    last: Draft | None = None
    colon: tuple[Speaker | None, Span] | None = None


def _byline(lead: str) -> str:
    """The name in front of a colon and a quotation, empty when there is more than a name."""
    label = lead[:-1].strip() if lead[-1:] in ("：", ":") else ""
    return label if len(label) <= _MAX_BYLINE and label.replace("·", "").isalnum() else ""


def walk_unspaced(
    text: str,
    paragraphs: Sequence[Paragraph],
    quoted: Sequence[Sequence[Quoted]],
    speech: Speech,
    headline: bool,
    turns: Mapping[int, str],
) -> list[Draft]:
    """The drafts of all quotations of a text."""
    return _UnspacedWalker(text, paragraphs, quoted, speech, headline, turns).walk()


class _Patterns(NamedTuple):
    """One language's words as regular expressions."""

    cue: re.Pattern[str]
    carrier: re.Pattern[str]
    told: re.Pattern[str]
    named_so: re.Pattern[str] | None
    """The end of a verb that names what is quoted (称之为)."""


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


class _UnspacedWalker:
    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        quoted: Sequence[Sequence[Quoted]],
        speech: Speech,
        headline: bool,
        turns: Mapping[int, str],
    ) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._quoted = quoted
        self._speech = speech
        self._headline = headline
        self._patterns = _patterns(speech)
        prose = Span(paragraphs[0].span.start, paragraphs[-1].span.end) if paragraphs else Span(0, 0)
        self._names = UnspacedNames(text, prose, speech)
        self._turns = turns
        self._count = -1
        """Number of the quotation being read."""
        self._memory = _Memory()
        self._drafts: list[Draft] = []
        self._told_at = -1
        """The paragraph whose last sentence of the narrator reports what somebody said."""

    def walk(self) -> list[Draft]:
        for number, (paragraph, quotes) in enumerate(zip(self._paragraphs, self._quoted, strict=True)):
            self._paragraph(number, paragraph, quotes)
        return self._drafts

    # -- one paragraph ----------------------------------------------------------------------

    def _paragraph(self, number: int, paragraph: Paragraph, quotes: Sequence[Quoted]) -> None:
        floor = paragraph.span.start
        title = self._headline and number == 0
        for i, quote in enumerate(quotes):
            if not title:
                self._reports(number, paragraph, floor, quote.outer.start, quoted=True)
            ceiling = quotes[i + 1].outer.start if i + 1 < len(quotes) else paragraph.span.end
            self._quote(number, paragraph, quote, floor, ceiling, title=title)
            floor = quote.outer.end
        if not title:
            self._reports(number, paragraph, floor, paragraph.span.end, quoted=False)
        if self._text[paragraph.span.end - 1] in "：:" and not title:
            clause = self._before(paragraph.span.start, paragraph.span.end)
            speaker = self._names.speaker(clause.subject, self._memory.focus) if clause else None
            end = paragraph.span.end
            self._memory.colon = (speaker or self._memory.focus, clause.cue if clause else Span(end - 1, end))

    def _quote(
        self, number: int, paragraph: Paragraph, quote: Quoted, floor: int, ceiling: int, *, title: bool
    ) -> None:
        self._count += 1
        if self._count in self._turns:
            self._turn(number, paragraph, quote)
            return
        memory = self._memory
        before = self._before(floor, quote.outer.start)
        after = self._after(quote.outer.end, ceiling)
        clause = after if floor == quote.outer.start or before is None else before
        clause = clause or before or after
        draft = Draft(
            [quote.content], QuotationKind.DIRECT, paragraph.span, unit=number, open_ended=quote.open_ended
        )
        lead = self._text[floor : quote.outer.start].strip()
        length = quote.content.end - quote.content.start
        if clause is None and not lead:
            whole = quote.outer == paragraph.span or self._text[quote.content.end - 1] in _STOPS
            if (whole or length >= _MIN_PART * 3) and not title:
                self._continues(draft, number, paragraph, quote)
            if not title:
                return
        last = memory.last
        if last is not None and last.open_ended and last.unit == number - 1 and not lead:
            if clause is not None and last.speaker is None:
                last.speaker, last.cue = self._names.speaker(clause.subject, memory.focus), clause.cue
            last.absorb(draft)
            last.unit = number
            return
        if clause is not None:
            draft.speaker = self._names.speaker(clause.subject, memory.focus)
            if draft.speaker is None and not self._names.clean(clause.subject):
                draft.speaker = memory.focus
            draft.cue = clause.cue
            draft.carrier, draft.addressee = self._company(floor, clause)
            draft.kind = self._kind(clause, quote, before)
            if (
                draft.kind is QuotationKind.MIXED
                and length < _MIN_PART
                and not self._describes(clause, quote)
            ):
                return
        elif not self._alone(draft, number, lead, length, title=title):
            return
        if title:
            draft.kind = QuotationKind.HEADLINE
        elif self._is_split(draft, number, clause, floor):
            if memory.last is not None:
                memory.last.absorb(draft)
            return
        self._keep(draft)

    def _alone(self, draft: Draft, number: int, lead: str, length: int, *, title: bool) -> bool:
        """A quotation behind words that are no reporting clause; whether it is worth keeping."""
        label = _byline(lead)
        if label and not title:
            start = draft.content[0].start
            draft.speaker, draft.cue = self._names.speaker(label, None), Span(start - 1, start)
        elif lead and lead[-1] in _STOPS and self._told_at == number and not title:
            draft.speaker = self._memory.focus
        elif lead:
            draft.kind = QuotationKind.MIXED
            return length >= _MIN_PART * 3
        return True

    def _turn(self, number: int, paragraph: Paragraph, quote: Quoted) -> None:
        """One turn of an interview, or a paragraph that goes on with the one before."""
        draft = Draft([quote.content], QuotationKind.DIRECT, paragraph.span, unit=number)
        label = self._turns[self._count]
        if label == CONTINUED and self._drafts:
            self._drafts[-1].absorb(draft)
            return
        if label in self._speech.answer_labels:
            draft.speaker = self._memory.focus
        elif label not in self._speech.question_labels:
            draft.speaker = self._names.speaker(label, None)
        self._drafts.append(draft)

    def _company(self, floor: int, clause: _Clause) -> tuple[str | None, str | None]:
        """The outlet in 据…报道, and whom the words were told (对…说)."""
        start = max(floor, clause.cue.start - _CLAUSE)
        lead = self._text[start : clause.cue.start]
        carrier = self._patterns.carrier.search(lead)
        told = self._patterns.told.search(lead)
        return (carrier.group(1) if carrier else None), (told.group(1) if told else None)

    def _continues(self, draft: Draft, number: int, paragraph: Paragraph, quote: Quoted) -> None:
        """A quotation without a clause: part of the one before, or by the same speaker."""
        memory = self._memory
        last = memory.last
        if last is not None and last.open_ended and last.unit == number - 1:
            last.absorb(draft)
            last.unit = number
            return
        if last is not None and last.unit == number and last.cue is not None:
            last.absorb(draft)
            return
        if memory.colon is not None:
            draft.speaker, draft.cue = memory.colon
            memory.colon = None
        elif last is not None and last.unit == number - 1 and quote.outer == paragraph.span:
            draft.speaker = last.speaker
        self._keep(draft)

    def _is_split(self, draft: Draft, number: int, clause: _Clause | None, floor: int) -> bool:
        last = self._memory.last
        if last is None or clause is None or last.unit != number or last.cue != clause.cue:
            return False
        return last.content[-1].end <= floor and last.kind is QuotationKind.DIRECT

    def _keep(self, draft: Draft) -> None:
        self._drafts.append(draft)
        self._memory.last = draft
        if draft.speaker is not None:
            self._memory.focus = draft.speaker

    def _kind(self, clause: _Clause, quote: Quoted, before: _Clause | None) -> QuotationKind:
        if clause is not before:
            return QuotationKind.DIRECT
        between = self._text[clause.cue.end : quote.outer.start].strip()
        return QuotationKind.DIRECT if between in ("：", ":", "，", ",", "") else QuotationKind.MIXED

    def _describes(self, clause: _Clause, quote: Quoted) -> bool:
        """Whether a short part is what was said: it ends the clause, or the verb names it (称之为“困难”)."""
        if self._text[quote.outer.end : quote.outer.end + 1] in _BREAKS:
            return True
        between = self._text[clause.cue.end : quote.outer.start]
        named_so = self._patterns.named_so
        return named_so is not None and named_so.search(between) is not None

    # -- reporting clauses --------------------------------------------------------------------

    def _before(self, floor: int, end: int) -> _Clause | None:
        """The last verb of saying in the sentence before ``end``."""
        start = max(floor, end - _CLAUSE * 2)
        for i in range(end - 1, start - 1, -1):
            if self._text[i] in _STOPS:
                start = i + 1
                break
        found: _Clause | None = None
        for cue in self._cues(start, end):
            found = _Clause(cue, self._subject_before(start, cue.start))
        return found

    def _after(self, start: int, ceiling: int) -> _Clause | None:
        """A verb of saying right after the quotation, with its subject before it."""
        while start < ceiling and self._text[start] in "，, ":
            start += 1
        end = start
        while end < min(ceiling, start + _CLAUSE) and self._text[end] not in _BREAKS:
            end += 1
        for cue in self._cues(start, end):
            subject = self._text[start : cue.start]
            return _Clause(cue, subject) if subject else None
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

    def _reports(self, number: int, paragraph: Paragraph, start: int, end: int, *, quoted: bool) -> None:
        """Clauses of saying in a stretch of the narrator; the last sentence may belong to a quotation."""
        at = start
        while at < end:
            stop = at
            while stop < end and self._text[stop] not in _STOPS:
                stop += 1
            closed = stop < end or not quoted
            cue = next(self._cues(at, stop), None)
            if cue is not None and closed and (at > paragraph.span.start or start == paragraph.span.start):
                self._report(number, paragraph, at, cue, stop)
            at = stop + 1

    def _report(self, number: int, paragraph: Paragraph, start: int, cue: Span, stop: int) -> None:
        content = cue.end
        while content < stop and self._text[content] in "，,：: ":
            content += 1
        last = self._text[max(paragraph.span.start, start - 2) : start]
        if last and not any(c in _STOPS for c in last):
            return  # the clause of a quotation that stands before it
        speaker = self._names.speaker(self._subject_before(start, cue.start), self._memory.focus)
        if speaker is None:
            return
        self._memory.focus, self._told_at = speaker, number
        if stop - content >= _MIN_REPORT:
            self._drafts.append(
                Draft(
                    [Span(content, stop)], QuotationKind.INDIRECT, paragraph.span, speaker, cue, unit=number
                )
            )

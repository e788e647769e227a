"""Reads a text in a language without capital letters, and keeps in mind who is speaking.

How a reporting clause is worded there is the business of the clause reader: ``unspaced`` for
Chinese, ``frame_clauses`` for languages that have a frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..types import QuotationKind, Span, Speaker
from .dialogue import CONTINUED
from .drafts import Clause, Draft, Told
from .lexicon import Speech
from .marks import Quoted
from .segments import Paragraph

_MAX_BYLINE = 8
_MIN_PART = 5
_CLAUSE = 200
_STOPS = "。！？!?\n।؟."


class ClauseReader(Protocol):
    """Finds the reporting clauses of one part of a text."""

    @property
    def least_letters(self) -> int:
        """Letters that a quotation behind other words than a clause has at least, to be speech."""

    def around(self, paragraph: Span, quote: Quoted, floor: int, ceiling: int) -> Clause | None:
        """The clause of a quotation; ``floor`` and ``ceiling`` are where its neighbours end and begin."""

    def closing(self, paragraph: Span) -> Clause | None:
        """The clause that ends a paragraph in a colon."""

    def named(self, label: str) -> Speaker | None:
        """The speaker that a byline names."""

    def told(self, paragraph: Span, start: int, end: int, *, quoted: bool) -> Iterator[Told]:
        """What the narrator's sentences in a stretch of a paragraph report, or are about."""


@dataclass(slots=True)
class _Memory:
    focus: Speaker | None = None
    last: Draft | None = None
    colon: tuple[Speaker | None, Span] | None = None


def _byline(lead: str) -> str:
    """The name in front of a colon and a quotation, empty when there is more than a name."""
    label = lead[:-1].strip() if lead[-1:] in ("：", ":") else ""
    return label if len(label) <= _MAX_BYLINE and label.replace("·", "").isalnum() else ""


class CaselessWalker:
    """One pass over the paragraphs of a text."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        quoted: Sequence[Sequence[Quoted]],
        speech: Speech,
        clauses: ClauseReader,
        *,
        headline: bool,
        turns: Mapping[int, str],
    ) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._quoted = quoted
        self._speech = speech
        self._clauses = clauses
        self._headline = headline
        self._turns = turns
        self._count = -1
        """Number of the quotation being read."""
        self._memory = _Memory()
        self._drafts: list[Draft] = []
        self._told_at = -1
        """The paragraph whose last sentence of the narrator reports what somebody said."""

    def walk(self) -> list[Draft]:
        """The drafts of all quotations."""
        for number, (paragraph, quotes) in enumerate(zip(self._paragraphs, self._quoted, strict=True)):
            self._paragraph(number, paragraph, quotes)
        return self._drafts

    # -- one paragraph ----------------------------------------------------------------------

    def _paragraph(self, number: int, paragraph: Paragraph, quotes: Sequence[Quoted]) -> None:
        floor = paragraph.span.start
        title = self._headline and number == 0
        for i, quote in enumerate(quotes):
            if not title:
                self._narrator(number, paragraph, floor, quote.outer.start, quoted=True)
            ceiling = quotes[i + 1].outer.start if i + 1 < len(quotes) else paragraph.span.end
            self._quote(number, paragraph, quote, floor, ceiling, title=title)
            floor = quote.outer.end
        if not title:
            self._narrator(number, paragraph, floor, paragraph.span.end, quoted=False)
        if self._text[paragraph.span.end - 1] in "：:" and not title:
            clause = self._clauses.closing(paragraph.span)
            speaker = clause.spoken_by(self._memory.focus) if clause else None
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
        clause = self._clauses.around(paragraph.span, quote, floor, ceiling)
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
                last.speaker, last.cue = clause.spoken_by(memory.focus), clause.cue
            last.absorb(draft)
            last.unit = number
            return
        if clause is not None:
            draft.speaker, draft.cue, draft.kind = clause.spoken_by(memory.focus), clause.cue, clause.kind
            draft.carrier, draft.addressee = clause.carrier, clause.addressee
            if draft.kind is QuotationKind.MIXED and length < _MIN_PART and not clause.kept:
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
            draft.speaker, draft.cue = self._clauses.named(label), Span(start - 1, start)
        elif lead and lead[-1] in _STOPS and self._told_at == number and not title:
            draft.speaker = self._memory.focus
        elif lead and lead[-1] in _STOPS and self._goes_on(draft, number) and not title:
            draft.speaker = self._memory.last.speaker if self._memory.last is not None else None
        elif lead:
            draft.kind = QuotationKind.MIXED
            return length >= self._clauses.least_letters
        return True

    def _goes_on(self, draft: Draft, number: int) -> bool:
        """Whether only the clause of the quotation before stands between («A», said X. «B»)."""
        last = self._memory.last
        if last is None or last.unit != number or last.cue is None:
            return False
        if draft.content[0].start - last.cue.start > _CLAUSE:
            return False
        between = self._text[last.cue.start : draft.content[0].start].rstrip()
        return last.content[-1].end <= last.cue.start and sum(between.count(stop) for stop in _STOPS) == 1

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
            draft.speaker = self._clauses.named(label)
        self._drafts.append(draft)

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

    def _is_split(self, draft: Draft, number: int, clause: Clause | None, floor: int) -> bool:
        last = self._memory.last
        if last is None or clause is None or last.unit != number or last.cue != clause.cue:
            return False
        return last.content[-1].end <= floor and last.kind is QuotationKind.DIRECT

    def _keep(self, draft: Draft) -> None:
        self._drafts.append(draft)
        self._memory.last = draft
        if draft.speaker is not None:
            self._memory.focus = draft.speaker

    def _narrator(self, number: int, paragraph: Paragraph, start: int, end: int, *, quoted: bool) -> None:
        """Indirect speech in a stretch of the narrator, and whom it is about."""
        memory = self._memory
        for told in self._clauses.told(paragraph.span, start, end, quoted=quoted):
            speaker = told.clause.spoken_by(memory.focus)
            if not told.speaks:
                memory.focus = speaker
            elif speaker is not None:
                memory.focus, self._told_at = speaker, number
                if told.content is not None:
                    clause, kind = told.clause, QuotationKind.INDIRECT
                    draft = Draft([told.content], kind, paragraph.span, speaker, clause.cue, unit=number)
                    draft.carrier, draft.addressee = clause.carrier, clause.addressee
                    self._drafts.append(draft)

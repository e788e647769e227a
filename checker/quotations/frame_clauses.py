"""Reporting clauses in languages without capital letters, read with the frame of the language.

The quotations of a text are masked, so that a clause may go around one: 市長は「…」と述べた has its
subject in front of the quotation and its verb behind it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..types import QuotationKind, Span, Speaker
from .drafts import Clause, Told
from .frame_names import FrameNames, Source
from .frame_reports import FrameReports
from .frames import MASK, STOP, Frame
from .marks import Quoted
from .segments import Paragraph

_REACH = 240
_NEAR = 40
_MAX_PLAIN = 16
_LEAST_SPEECH = 5
_LEAST_REPORT = 6
_LEFT_OUT = 2
_VERBS = 3
_LEFT_OUT_LETTERS = 12
_ENDS = ".!?。！？।؟…"
_JOINTS = " \t\n\u00a0,،，、:：-–—"


class FrameClauses:
    """Finds the clauses of one part of a text."""

    def __init__(
        self, text: str, paragraphs: Sequence[Paragraph], quoted: Sequence[Sequence[Quoted]], frame: Frame
    ) -> None:
        self._frame = frame
        self._starts = [p.span.start for p in paragraphs]
        self._base = self._starts[0] if paragraphs else 0
        self._end = paragraphs[-1].span.end if paragraphs else 0
        self._text = text
        self._masked = self._mask([q for quotes in quoted for q in quotes])
        self._names = FrameNames(text, Span(self._base, self._end), frame)
        self._reports = FrameReports(frame, self._names)

    def _mask(self, quotes: Sequence[Quoted]) -> str:
        """The part of the text with quotations hidden; short words in marks stay, they may be names."""
        parts: list[str] = []
        at = self._base
        for quote in quotes:
            start, end = quote.outer.start, quote.outer.end
            if start < at or self._is_plain(quote):
                continue
            parts.append(self._text[at:start])
            parts.append(MASK * (end - start - 1) + (STOP if self._ends_sentence(quote) else MASK))
            at = end
        parts.append(self._text[at : self._end])
        return "".join(parts)

    def _is_plain(self, quote: Quoted) -> bool:
        content = quote.content
        if content.end - content.start > _MAX_PLAIN:
            return False
        if self._text[max(self._base, quote.outer.start - 2) : quote.outer.start].strip()[-1:] in (":", "："):
            return False
        if self._frame.links.match(self._text, quote.outer.end) or self._text[content.end - 1] in _ENDS:
            return False
        lead = self._text[max(self._base, quote.outer.start - _NEAR) : quote.outer.start].rstrip(_JOINTS)
        said = (*self._frame.verbs.finditer(lead), *self._frame.that.finditer(lead))
        return all(found.end() < len(lead) or not found.group() for found in said)

    def _ends_sentence(self, quote: Quoted) -> bool:
        """Whether the narrator begins anew behind the quotation."""
        end = quote.outer.end
        if self._text[quote.content.end - 1] not in _ENDS:
            return False
        return self._frame.links.match(self._text, end) is None and self._text[end : end + 1] not in ",，،、"

    def _of(self, start: int, end: int) -> str:
        return self._masked[max(0, start - self._base) : max(0, end - self._base)]

    def _sentence(self, at: int) -> int:
        """Where the sentence begins that ``at`` is in."""
        paragraph = self._starts[max(0, bisect_right(self._starts, at) - 1)]
        floor = max(paragraph, at - _REACH)
        last = floor
        for stop in self._frame.stops.finditer(self._masked, floor - self._base, at - self._base):
            last = self._base + stop.end()
        return last

    # -- around a quotation -------------------------------------------------------------------

    def around(self, paragraph: Span, quote: Quoted, floor: int, ceiling: int) -> Clause | None:
        """The clause that a quotation has, before it, behind it or around it."""
        outer = quote.outer
        start = self._sentence(outer.start)
        if self._frame.naming.search(self._of(start, outer.start)):
            return None
        end = min(outer.end + _REACH, paragraph.end)
        stop = self._frame.stops.search(self._masked, outer.end - self._base, end - self._base)
        end = self._base + stop.start() if stop is not None else end
        return (
            self._linked(start, quote, max(outer.end, end))
            or self._led(start, outer.start)
            or self._tagged(outer.end, end)
            or self._sourced(start, outer.start)
            or self._byline(start, outer.start)
        )

    def _linked(self, start: int, quote: Quoted, end: int) -> Clause | None:
        """「…」と市長は述べた; 市長は「…」と述べた: a "that" behind the quotation, and its verb."""
        at = quote.outer.end
        link = self._frame.links.match(self._masked, at - self._base, end - self._base)
        if link is None:
            return None
        verb = self._frame.verbs.search(self._masked, link.start(), end - self._base)
        lead = self._of(start, quote.outer.start)
        if verb is None:
            source = self._names.before(lead)
            cue = Span(at, self._base + link.end())
            return self._clause(cue, source, quote=quote) if source is not None else None
        cue = Span(self._base + verb.start(), self._base + verb.end())
        between = self._of(self._base + link.end(), cue.start)
        source = self._names.before(between) or self._behind(cue, end) or self._names.before(lead)
        return self._clause(cue, source, quote=quote, words=lead)

    def _behind(self, cue: Span, end: int) -> Source | None:
        """A pronoun right behind the verb, where no particle marks a subject (கேட்டார் அவர்)."""
        if self._frame.marked:
            return None
        behind = self._of(cue.end, min(end, cue.end + _NEAR)).strip()
        pronoun = self._frame.pronouns.match(behind)
        return Source(None, "", behind) if pronoun is not None and pronoun.group() == behind else None

    def _led(self, start: int, quote: int) -> Clause | None:
        """``SUBJECT said: “…”``: the last verb in front of the quotation, near it."""
        verbs = list(self._frame.verbs.finditer(self._masked, start - self._base, quote - self._base))
        if not verbs:
            return None
        cues = [Span(self._base + v.start(), self._base + v.end()) for v in verbs[-_VERBS:]]
        cue = cues[-1]
        if self._frame.verb_first:
            clause = self._verb_clause(start, cue, quote)
            if clause.stands_for == "" and len(cues) > 1:  # وختم X حديثه بالقول
                return replace(self._verb_clause(start, cues[-2], cue.start), cue=cue)
            return clause
        between = self._of(cue.end, quote)
        rest = self._frame.that.sub("", between, count=1).strip(_JOINTS)
        if len(between) > _NEAR or (rest and between.rstrip()[-1:] not in (":", "：", ",")):
            return None
        words = self._of(start, cue.start)
        return self._clause(cue, self._names.before(words), words=words)

    def _tagged(self, at: int, end: int) -> Clause | None:
        """``“…”, SUBJECT said``: the clause right behind the quotation, up to the next one."""
        tail = self._of(at, end)
        tail = tail[: next((i for i, c in enumerate(tail) if c in (MASK, STOP)), len(tail))]
        verb = self._frame.verbs.search(tail)
        if self._frame.verb_first:
            lead = self._frame.before_sources.search(tail)
            verb = lead if lead is not None and (verb is None or lead.start() < verb.start()) else verb
            if verb is None or tail[: verb.start()].strip(_JOINTS):
                return None
            return self._verb_clause(at, Span(at + verb.start(), at + verb.end()), at + len(tail))
        if verb is None or verb.start() > 2 * _NEAR:
            return None
        source = self._names.before(tail[: verb.start()].lstrip(_JOINTS))
        return self._clause(Span(at + verb.start(), at + verb.end()), source) if source is not None else None

    def _sourced(self, start: int, end: int) -> Clause | None:
        """``Xによると「…」``; ``بحسب X، «…»``."""
        lead = self._of(start, end)
        behind = self._frame.after_sources.search(lead)
        if behind is not None:
            source = self._names.read(lead[: behind.start()])
            cue = Span(start + behind.start(), start + behind.end())
            return self._clause(cue, source) if source is not None else None
        front = self._frame.before_sources.search(lead)
        if front is None:
            return None
        clause = self._verb_clause(start, Span(start + front.start(), start + front.end()), end)
        return clause if clause.speaker is not None else None

    def _byline(self, start: int, quote: int) -> Clause | None:
        """``X: “…”``: words in front of a colon that name somebody."""
        lead = self._of(start, quote).rstrip()
        if lead[-1:] not in (":", "："):
            return None
        source = self._names.read(lead[:-1])
        return self._clause(Span(quote - 1, quote), source) if source is not None else None

    # -- clauses ------------------------------------------------------------------------------

    def _verb_clause(self, start: int, cue: Span, end: int) -> Clause:
        """The clause of a verb that its subject follows; a pronoun is part of the verb."""
        carried = self._frame.carried.search(self._of(start, end))
        if carried is not None:
            found = self._clause(cue, self._names.read(carried.group("subject")))
            return replace(found, carrier=carried.group("carrier").strip())
        source, phrase = self._names.after(self._of(start, cue.start), self._of(cue.end, end))
        return self._clause(cue, source, words=phrase)

    def _clause(
        self, cue: Span, source: Source | None, *, words: str | None = None, quote: Quoted | None = None
    ) -> Clause:
        """The clause; ``words`` are those that hold its subject, which may be left out."""
        stands_for = None
        if source is None and words is not None and self._is_left_out(words):
            stands_for = ""
        elif source is not None and source.kind is None:
            stands_for = source.surface
        direct = quote is None or quote.content.end - quote.content.start >= _LEAST_SPEECH
        kind = QuotationKind.DIRECT if direct else QuotationKind.MIXED
        return Clause(cue, self._names.speaker(source), stands_for, kind)

    def _is_left_out(self, words: str) -> bool:
        """Whether the words in front of a verb hold no subject that was just not understood."""
        if self._frame.marked:
            return self._frame.subject_ends[0].search(words) is None
        words = words.replace(MASK, " ").replace(STOP, " ").strip(_JOINTS)
        return len(words.split()) <= _LEFT_OUT and len(words) <= _LEFT_OUT_LETTERS

    # -- what else the walker asks --------------------------------------------------------------

    @property
    def least_letters(self) -> int:
        """Letters that a quotation behind other words than a clause has at least, to be speech."""
        return self._frame.least_letters

    def named(self, label: str) -> Speaker | None:
        """The speaker that a byline names."""
        return self._names.speaker(self._names.read(label))

    def closing(self, paragraph: Span) -> Clause | None:
        """The clause that ends a paragraph in a colon."""
        start = self._sentence(paragraph.end - 1)
        return self._led(start, paragraph.end) or self._byline(start, paragraph.end)

    def told(self, paragraph: Span, start: int, end: int, *, quoted: bool) -> Iterator[Told]:
        """Reported speech in a stretch of the narrator, and whom its other sentences are about."""
        at = start
        if start > paragraph.start and self._of(start - 1, start) not in (MASK, STOP):
            at = start = self._sentence(start)  # a name in marks hides nothing
        while at < end:
            stop = self._frame.stops.search(self._masked, at - self._base, end - self._base)
            last = self._base + stop.start() if stop is not None else end
            whole = at > start or start == paragraph.start or self._of(at - 1, at) == STOP
            if whole and (stop is not None or not quoted):
                yield from self._sentence_told(at, last)
            at = self._base + stop.end() if stop is not None else end

    def _sentence_told(self, start: int, end: int) -> Iterator[Told]:
        start, end = self._trimmed(start, min(end, start + _REACH * 2))
        if end - start < _LEAST_REPORT:
            return
        words = self._of(start, end)
        report = self._reports.read(words)
        if report is None:
            about = self._names.topic(words)
            if about is not None:
                yield Told(Clause(Span(start, start), self._names.speaker(about.source)), speaks=False)
            return
        clause = self._clause(Span(start + report.cue[0], start + report.cue[1]), report.source)
        first, last = self._trimmed(start + report.content[0], start + report.content[1])
        told = Span(first, last) if last - first >= _LEAST_REPORT else None
        yield Told(replace(clause, carrier=report.carrier), told)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        words = self._of(start, end)
        left = len(words) - len(words.lstrip())
        return start + left, start + len(words.rstrip())

"""The grammar of quotation marks: which mark closes which, paragraph by paragraph.

A stack per paragraph (field practice since CoreNLP), with three guards: an apostrophe is no
quotation mark, inches and minutes are none either, and a mark that lost its partner is
recovered inside its paragraph and reported. Every step looks at a bounded number of
neighbours, so hostile text costs linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..types import Span
from .lexicon import Marks

_MAX_DEPTH = 8
_MAX_PROBLEMS = 50
_RECOVERY_WINDOW = 600
_SINGLE = frozenset("‘’'")
_DOUBLE_STRAIGHT = frozenset('"＂')
_SENTENCE_END = re.compile(r"[.!?。！？…]['\")\]]?\s")
# a mark of the other style may close a quotation: “Saya datang," katanya
_LENIENT = {"“": '"', '"': "”", "„": '"', "‘": "'", "'": "’"}
_OPEN_BEFORE = frozenset("([{<-–—―/…,:;=>*_|")
_TRIM = " \t\u00a0\u3000\n\r\u2009\u202f\u200b"


@dataclass(frozen=True, slots=True)
class Quoted:
    """One outermost quotation of a paragraph."""

    outer: Span
    """Marks included."""
    content: Span
    """The words between the marks, without the comma that belongs to the reporting clause."""
    mark: str
    """The opening mark."""
    open_ended: bool = False
    """No closing mark up to the end of the paragraph: it may go on in the next one."""
    single: bool = False


@dataclass(slots=True)
class _Scan:
    """Marks of one paragraph while they are being paired."""

    pairs: list[tuple[int, int, str]] = field(default_factory=list)
    stack: list[tuple[int, str]] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)
    orphans: list[int] = field(default_factory=list)


class MarkGrammar:
    """Pairs the marks of one language. ``tag`` finds a reporting clause after a comma."""

    def __init__(self, marks: Marks, tag: re.Pattern[str]) -> None:
        self._marks = marks
        self._tag = tag
        every = set(marks.closers) | set("".join(marks.closers.values()))
        self._scanner = re.compile("[" + re.escape("".join(sorted(every))) + "]")
        self._opens_for = {c: "".join(o for o, cs in marks.closers.items() if c in cs) for c in every}

    def pair(self, text: str, span: Span) -> tuple[list[Quoted], list[Span]]:
        """The outermost quotations in ``text[span]``, in order, and the marks without a partner."""
        places = [m.start() for m in self._scanner.finditer(text, span.start, span.end)]
        if not places:
            return [], []
        scan = _Scan()
        for at in range(len(places)):
            self._step(text, span, places, at, scan)
        self._split_false_nests(text, scan)
        found = self._outermost(text, scan)
        found, problems = self._recover(text, span, scan, found)
        return found, [Span(p, p + 1) for p in sorted(set(problems))[:_MAX_PROBLEMS]]

    # -- one mark ---------------------------------------------------------------------------

    def _step(self, text: str, span: Span, places: Sequence[int], at: int, scan: _Scan) -> None:
        place = places[at]
        mark = text[place]
        before = text[place - 1] if place > span.start else " "
        after = text[place + 1] if place + 1 < span.end else " "
        if mark in _SINGLE:
            self._single(text, span, places, at, scan, before, after)
            return
        opens_like = not after.isspace() and (
            before.isspace() or before in _OPEN_BEFORE or self._is_open(before)
        )
        closes_like = not before.isspace() and not after.isalnum()
        top = scan.stack[-1][1] if scan.stack else ""
        if mark in _DOUBLE_STRAIGHT:
            if self._is_measure(text, span, places, at, scan, before):
                return
            if top == mark and opens_like and not closes_like:
                self._push(place, mark, scan)
            elif self._close(place, mark, scan, lenient=closes_like):
                return
            elif closes_like and not opens_like:
                scan.orphans.append(place)
            else:
                self._push(place, mark, scan)
            return
        is_opener = mark in self._marks.closers
        reversed_close = is_opener and top == mark and closes_like and not opens_like
        if reversed_close:
            scan.pairs.append((scan.stack.pop()[0], place, mark))
        elif is_opener and not (top and mark in self._marks.closers.get(top, "")):
            self._push(place, mark, scan)
        elif self._close(place, mark, scan, lenient=True):
            return
        elif opens_like and not closes_like:  # a closing mark typed where an opening one belongs
            self._push(place, self._opens_for.get(mark, "“")[:1] or "“", scan)
        else:
            scan.orphans.append(place)

    def _is_open(self, char: str) -> bool:
        return char in self._marks.closers and char not in self._marks.inner

    @staticmethod
    def _push(place: int, mark: str, scan: _Scan) -> None:
        if len(scan.stack) >= _MAX_DEPTH:
            scan.strays.append(scan.stack.pop(0)[0])
        scan.stack.append((place, mark))

    def _close(self, place: int, mark: str, scan: _Scan, *, lenient: bool) -> bool:
        """Close the nearest open mark that ``mark`` can close; drop what was opened inside it."""
        for depth in range(len(scan.stack) - 1, -1, -1):
            opened, opener = scan.stack[depth]
            fits = mark in self._marks.closers.get(opener, "")
            if fits or (lenient and _LENIENT.get(opener) == mark):
                scan.strays.extend(p for p, m in scan.stack[depth + 1 :] if m not in _SINGLE)
                del scan.stack[depth:]
                scan.pairs.append((opened, place, opener))
                return True
        return False

    def _single(
        self, text: str, span: Span, places: Sequence[int], at: int, scan: _Scan, before: str, after: str
    ) -> None:
        """Single marks, which are apostrophes unless both ends say otherwise."""
        place = places[at]
        mark = text[place]
        if before.isalnum() and after.isalnum():
            return
        is_open = any(m in _SINGLE for _, m in scan.stack)
        if mark != "‘" and is_open and not before.isspace() and not after.isalnum():
            if not self._is_possessive(text, span, places, at):
                self._close(place, mark, scan, lenient=True)
            return
        if mark == "’" or not after.isalnum() or before.isalnum() or is_open:
            return
        word = re.compile(r"\w+").match(text, place + 1, min(span.end, place + 32))
        if word is None or word.group().lower() in self._marks.elisions or _is_decade(word.group()):
            return
        if self._has_single_close(text, span, places, at):
            self._push(place, mark, scan)

    @staticmethod
    def _has_single_close(text: str, span: Span, places: Sequence[int], at: int) -> bool:
        """Whether one of the next marks can close a single quotation."""
        for place in places[at + 1 : at + 12]:
            if text[place] not in "’'":
                continue
            after = text[place + 1] if place + 1 < span.end else " "
            if not after.isalnum() and not text[place - 1].isspace():
                return True
        return False

    def _is_possessive(self, text: str, span: Span, places: Sequence[int], at: int) -> bool:
        """The workers’ rights: an s before, a word after, and a later mark that can close."""
        place = places[at]
        if text[place - 1] not in "sSzZ" or text[place + 1 : place + 2] != " ":
            return False
        if not text[place + 2 : place + 3].islower() or at + 1 >= len(places):
            return False
        return text[places[at + 1]] in "’'" and self._has_single_close(text, span, places, at)

    @staticmethod
    def _is_measure(text: str, span: Span, places: Sequence[int], at: int, scan: _Scan, before: str) -> bool:
        """Inches and minutes: a digit before, and a quotation that this mark should not close."""
        if not before.isdigit():
            return False
        mark = text[places[at]]
        if not any(m == mark or _LENIENT.get(m) == mark for _, m in scan.stack):
            return True
        following = text[places[at] + 1 : places[at] + 3]
        if len(following) < 2 or following[0] not in " -" or not following[1].islower():
            return False
        for place in places[at + 1 : at + 6]:
            if text[place] == mark:
                after = text[place + 1] if place + 1 < span.end else " "
                return not text[place - 1].isspace() and not after.isalnum()
        return False

    # -- what was paired --------------------------------------------------------------------

    def _split_false_nests(self, text: str, scan: _Scan) -> None:
        """Undo a pair that swallowed others: “A, kata X. “B” ... C” has lost two marks."""
        scan.pairs.sort()
        kept: list[tuple[int, int, str]] = []
        for i, (start, end, mark) in enumerate(scan.pairs):
            inner = scan.pairs[i + 1] if i + 1 < len(scan.pairs) else None
            nested = inner is not None and inner[1] < end and inner[2] == mark and mark not in _SINGLE
            if nested and inner is not None and self._tag.search(text, start, inner[0]):
                scan.stack.append((start, mark))
                scan.orphans.append(end)
            else:
                kept.append((start, end, mark))
        scan.pairs = kept

    def _outermost(self, text: str, scan: _Scan) -> list[Quoted]:
        found: list[Quoted] = []
        reach = -1
        for start, end, mark in scan.pairs:
            if start <= reach:
                continue
            content = trim_content(text, start + 1, end)
            if content is None:
                continue
            reach = end
            single = mark in _SINGLE
            found.append(Quoted(Span(start, end + 1), content, mark, single=single))
        return found

    # -- recovery ---------------------------------------------------------------------------

    def _recover(
        self, text: str, span: Span, scan: _Scan, found: list[Quoted]
    ) -> tuple[list[Quoted], list[int]]:
        problems = list(scan.strays)
        for start, mark in sorted(scan.stack):
            at = bisect_right(found, start, key=lambda q: q.outer.start)
            inside = at > 0 and found[at - 1].outer.end > start
            if mark in _SINGLE or inside:
                continue
            later = found[at] if at < len(found) else None
            mended = self._close_open(text, span, start, mark, later)
            problems.append(start)
            if mended is None:
                continue
            if later is not None and mended.outer.end > later.outer.start:
                found = [q for q in found if not mended.outer.overlaps(q.outer)]
            found.append(mended)
            found.sort(key=lambda q: q.outer.start)
        for place in scan.orphans[:_MAX_PROBLEMS]:
            problems.append(place)
            mended = self._open_orphan(text, span, place, found)
            if mended is not None:
                found.append(mended)
                found.sort(key=lambda q: q.outer.start)
        return found, problems

    def _close_open(
        self, text: str, span: Span, start: int, mark: str, later: Quoted | None
    ) -> Quoted | None:
        """Where a quotation without a closing mark ends."""
        limit = later.outer.start if later is not None else span.end
        tag = self._tag.search(text, start + 1, limit)
        if tag is not None:
            end = tag.start()
            open_ended = False
        elif later is None:
            end, open_ended = span.end, True
        elif text[start + 1 : limit].rstrip()[-1:] not in (".", "!", "?", "。"):
            if later.mark != mark:
                return None
            content = trim_content(text, start + 1, later.content.end)  # a stray mark in mid-quotation
            return None if content is None else Quoted(Span(start, later.outer.end), content, mark)
        else:
            stop = _SENTENCE_END.search(text, start + 1, limit)
            end, open_ended = (stop.start() + 1 if stop else limit), False
        content = trim_content(text, start + 1, end)
        if content is None:
            return None
        return Quoted(Span(start, max(content.end, min(end, span.end))), content, mark, open_ended)

    def _open_orphan(self, text: str, span: Span, place: int, found: Sequence[Quoted]) -> Quoted | None:
        """A closing mark whose opening one is lost, followed by a reporting clause."""
        follows = self._tag.match(text, place + 1) or self._tag.match(text, place - 1)
        at = bisect_right(found, place, key=lambda q: q.outer.start)
        floor = found[at - 1].outer.end if at else span.start
        if follows is None or floor > place:
            return None
        start = max(floor, place - _RECOVERY_WINDOW)
        if start > span.start:
            stops = [m.end() for m in _SENTENCE_END.finditer(text, start, max(start, place - 1))]
            if not stops:
                return None
            start = stops[-1]
        content = trim_content(text, start, place)
        return None if content is None else Quoted(Span(content.start, place + 1), content, "“")


def trim_content(text: str, start: int, end: int) -> Span | None:
    """The content without white space at its ends and without the comma before a closing mark."""
    while start < end and (text[start].isspace() or text[start] in _TRIM):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _TRIM or text[end - 1] in ",，"):
        end -= 1
    return Span(start, end) if start < end and any(c.isalnum() for c in text[start:end]) else None


def _is_decade(word: str) -> bool:
    """’90s, ’20an."""
    return len(word) >= 2 and word[:2].isdigit() and not word.isdigit() or (word.isdigit() and len(word) == 2)

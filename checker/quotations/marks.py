"""The grammar of quotation marks: which mark closes which, paragraph by paragraph.

A stack per paragraph, with three guards: an apostrophe is no quotation mark, inches and minutes
are none either, and a mark that lost its partner is recovered inside its paragraph (``recovery``)
and reported. Every step looks at a bounded number of neighbours, so hostile text costs linear
time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..types import Span
from .lexicon import Marks

_MAX_DEPTH = 8
_LOOK_AHEAD = 12
_SINGLE = frozenset("‘’'")
_STRAIGHT = frozenset('"＂')
# a mark of another style may close a quotation: “Saya datang," katanya
_LENIENT = {"“": '"', '"': "”", "„": '"', "‘": "'", "'": "’"}
_OPEN_BEFORE = frozenset("([{<-–—―/…,:;=>*_|")
_TRIM = frozenset(" \t\u00a0\u3000\n\r\u2009\u202f\u200b,，")
_WORD = re.compile(r"\w+")


class Mark(NamedTuple):
    """A mark with its neighbours; the text's ends count as spaces."""

    start: int
    end: int
    char: str
    before: str
    after: str

    @property
    def closes_like(self) -> bool:
        """Something stands right before it, and no letter right after it."""
        return not self.before.isspace() and not self.after.isalnum()


class Pair(NamedTuple):
    """An opening mark with the closing mark that ended it."""

    start: int
    inner: int
    """Where the content begins."""
    close: int
    """Where the closing mark begins."""
    end: int
    char: str

    @property
    def single(self) -> bool:
        """Whether its marks are single ones."""
        return self.char in _SINGLE


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
class Scan:
    """Marks of one paragraph while they are being paired."""

    pairs: list[Pair] = field(default_factory=list)
    stack: list[Mark] = field(default_factory=list)
    """Opening marks that still wait."""
    strays: list[int] = field(default_factory=list)
    orphans: list[Mark] = field(default_factory=list)
    """Closing marks that found no partner."""


class MarkGrammar:
    """Pairs the marks of one language."""

    def __init__(self, marks: Marks) -> None:
        self._closers = marks.closers
        self._inner = marks.inner
        self._elisions = marks.elisions
        every = set(marks.closers) | set("".join(marks.closers.values()))
        # two apostrophes are one double mark in agency and archive text: ''Yes,'' he said
        mark = "''(?!')|``|[" + re.escape("".join(sorted(every))) + "]"
        # an escaped mark, of Markdown or of the title in its front matter, is one mark with its backslash
        self._scanner = re.compile(rf"{mark}|\\(?:{mark})")
        self._opener_of = {c: next((o for o, cs in marks.closers.items() if c in cs), c) for c in every}

    def scan(self, text: str, span: Span) -> Scan:
        """The pairs in ``text[span]`` at every level, in order, and the marks without a partner."""
        marks = [self._mark(text, span, m) for m in self._scanner.finditer(text, span.start, span.end)]
        scan = Scan()
        for at in range(len(marks)):
            self._step(text, marks, at, scan)
        scan.pairs.sort()
        return scan

    @staticmethod
    def _mark(text: str, span: Span, match: re.Match[str]) -> Mark:
        start, end = match.span()
        before = text[start - 1] if start > span.start else " "
        after = text[end] if end < span.end else " "
        sign = match[0].removeprefix("\\")
        return Mark(start, end, '"' if len(sign) == 2 else sign, before, after)

    def _step(self, text: str, marks: Sequence[Mark], at: int, scan: Scan) -> None:
        mark = marks[at]
        if mark.char in _SINGLE:
            self._single(text, marks, at, scan)
            return
        before_opens = mark.before in _OPEN_BEFORE or self._opens(mark.before)
        opens_like = not mark.after.isspace() and (mark.before.isspace() or before_opens)
        if mark.char in _STRAIGHT:
            self._straight(text, marks, at, scan, opens_like)
            return
        top = scan.stack[-1].char if scan.stack else ""
        is_opener = mark.char in self._closers
        if is_opener and top == mark.char and mark.closes_like and not opens_like:
            self._join(scan, len(scan.stack) - 1, mark)  # an opening mark typed where a closing one belongs
        elif is_opener and mark.char not in self._closers.get(top, ""):
            self._push(mark, scan)
        elif self._close(mark, scan, lenient=True):
            return
        elif opens_like and not mark.closes_like:  # and the reverse
            self._push(mark._replace(char=self._opener_of[mark.char]), scan)
        else:
            scan.orphans.append(mark)

    def _opens(self, char: str) -> bool:
        return char in self._closers and char not in self._inner

    def _straight(self, text: str, marks: Sequence[Mark], at: int, scan: Scan, opens_like: bool) -> None:
        """Marks that open and close alike: the neighbours decide, then what is open."""
        mark = marks[at]
        top = scan.stack[-1].char if scan.stack else ""
        if self._is_measure(text, marks, at, scan):
            return
        if top == mark.char and opens_like and not mark.closes_like:
            self._push(mark, scan)
        elif self._close(mark, scan, lenient=mark.closes_like):
            return
        elif mark.closes_like and not opens_like:
            scan.orphans.append(mark)
        else:
            self._push(mark, scan)

    @staticmethod
    def _push(mark: Mark, scan: Scan) -> None:
        if len(scan.stack) >= _MAX_DEPTH:
            scan.strays.append(scan.stack.pop(0).start)
        scan.stack.append(mark)

    @staticmethod
    def _join(scan: Scan, depth: int, mark: Mark) -> None:
        opened = scan.stack[depth]
        scan.strays.extend(m.start for m in scan.stack[depth + 1 :] if m.char not in _SINGLE)
        del scan.stack[depth:]
        scan.pairs.append(Pair(opened.start, opened.end, mark.start, mark.end, opened.char))

    def _close(self, mark: Mark, scan: Scan, *, lenient: bool) -> bool:
        """Close the nearest open mark that ``mark`` can close; drop what was opened inside it."""
        for depth in range(len(scan.stack) - 1, -1, -1):
            opener = scan.stack[depth].char
            if mark.char in self._closers.get(opener, "") or (lenient and _LENIENT.get(opener) == mark.char):
                self._join(scan, depth, mark)
                return True
        return False

    # -- single marks -----------------------------------------------------------------------

    def _single(self, text: str, marks: Sequence[Mark], at: int, scan: Scan) -> None:
        """Single marks, which are apostrophes unless both ends say otherwise."""
        mark = marks[at]
        if mark.before.isalnum() and mark.after.isalnum():
            return
        is_open = any(m.char in _SINGLE for m in scan.stack)
        if is_open and mark.char != "‘" and mark.closes_like:
            if not self._is_possessive(text, marks, at):
                self._close(mark, scan, lenient=True)
            return
        if is_open or mark.char == "’" or not mark.after.isalnum() or mark.before.isalnum():
            return
        word = _WORD.match(text, mark.end, mark.end + 32)
        if word is None or word.group().lower() in self._elisions or _is_decade(word.group()):
            return
        if self._has_single_close(marks, at):
            self._push(mark, scan)

    @staticmethod
    def _has_single_close(marks: Sequence[Mark], at: int) -> bool:
        """Whether one of the next marks can close a single quotation."""
        return any(m.char in "’'" and m.closes_like for m in marks[at + 1 : at + _LOOK_AHEAD])

    def _is_possessive(self, text: str, marks: Sequence[Mark], at: int) -> bool:
        """The workers’ rights: an s before, a word after, and a later mark that can close."""
        mark = marks[at]
        if mark.before not in "sSzZ" or mark.after != " " or not text[mark.end + 1 : mark.end + 2].islower():
            return False
        if at + 1 >= len(marks) or marks[at + 1].char not in "’'":
            return False
        return self._has_single_close(marks, at)

    def _is_measure(self, text: str, marks: Sequence[Mark], at: int, scan: Scan) -> bool:
        """Inches and minutes: a digit before, and no quotation that this mark should close."""
        mark = marks[at]
        if not mark.before.isdigit():
            return False
        if not any(m.char == mark.char or _LENIENT.get(m.char) == mark.char for m in scan.stack):
            return True
        if mark.after not in " -" or not text[mark.end + 1 : mark.end + 2].islower():
            return False
        following = next((m for m in marks[at + 1 : at + _LOOK_AHEAD] if m.char == mark.char), None)
        return following is not None and following.closes_like


def trim_content(text: str, start: int, end: int) -> Span | None:
    """The content without white space at its ends and without the comma before a closing mark."""
    while start < end and (text[start].isspace() or text[start] in _TRIM):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _TRIM):
        end -= 1
    return Span(start, end) if _has_letter(text, start, end) else None


def _has_letter(text: str, start: int, end: int) -> bool:
    return any(text[i].isalnum() for i in range(start, end))


def _is_decade(word: str) -> bool:
    """’90s, ’20an, ’98."""
    return len(word) <= 4 and word[:2].isdigit() and not word[2:].isdigit()

"""From paired marks to quotations: what to do about a mark that lost its partner."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Sequence

from ..types import Span
from .marks import Mark, Pair, Quoted, Scan, trim_content

_MAX_PROBLEMS = 50
_WINDOW = 600
_SENTENCE_END = re.compile(r"[.!?。！？…]['\")\]]?\s")


class Recovery:
    """Makes the outermost quotations of a paragraph. ``tag`` finds a reporting clause."""

    def __init__(self, tag: re.Pattern[str]) -> None:
        self._tag = tag

    def quotations(self, text: str, span: Span, scan: Scan) -> tuple[list[Quoted], list[Span]]:
        """The outermost quotations in order, and the marks that had to be guessed about."""
        if not (scan.pairs or scan.stack or scan.orphans):
            return [], _marks_at(text, scan.strays)
        pairs = self._split_false_nests(text, scan)
        found = _outermost(text, pairs)
        problems = list(scan.strays)
        problems += [mark.start for mark in sorted(scan.stack) if self._close(text, span, mark, found)]
        for mark in scan.orphans[:_MAX_PROBLEMS]:
            problems.append(mark.start)
            self._open(text, span, mark, found)
        return found, _marks_at(text, problems)

    def _split_false_nests(self, text: str, scan: Scan) -> list[Pair]:
        """Undo a pair that swallowed others: “A, kata X. “B” ... C” has lost two marks."""
        kept: list[Pair] = []
        for i, pair in enumerate(scan.pairs):
            inner = scan.pairs[i + 1] if i + 1 < len(scan.pairs) else None
            nested = inner is not None and inner.end <= pair.close and inner.char == pair.char
            if (
                nested
                and inner is not None
                and not pair.single
                and self._tag.search(text, pair.inner, inner.start)
            ):
                scan.stack.append(Mark(pair.start, pair.inner, pair.char, " ", " "))
                scan.orphans.append(Mark(pair.close, pair.end, pair.char, " ", " "))
            else:
                kept.append(pair)
        return kept

    def _close(self, text: str, span: Span, mark: Mark, found: list[Quoted]) -> bool:
        """Guess where a quotation without a closing mark ends; whether the mark is a problem."""
        at = bisect_right(found, mark.start, key=_start)
        if mark.char in "‘’'" or (at > 0 and found[at - 1].outer.end > mark.start):
            return False
        later = found[at] if at < len(found) else None
        limit = later.outer.start if later is not None else span.end
        tag = self._tag.search(text, mark.end, limit)
        open_ended = False
        outer_end = 0
        if tag is not None:
            end = tag.start()
        elif later is None:
            end, open_ended = span.end, True
        elif text[mark.end : limit].rstrip()[-1:] not in (".", "!", "?", "。", ""):
            if later.mark != mark.char:
                return True
            end, outer_end = later.content.end, later.outer.end  # a stray mark in mid-quotation
            del found[at]
        else:
            stop = _SENTENCE_END.search(text, mark.end, limit)
            end = stop.start() + 1 if stop else limit
        content = trim_content(text, mark.end, end)
        if content is not None:
            outer = Span(mark.start, max(content.end, outer_end))
            insort(found, Quoted(outer, content, mark.char, open_ended), key=_start)
        return True

    def _open(self, text: str, span: Span, mark: Mark, found: list[Quoted]) -> None:
        """A closing mark whose opening one is lost, followed by a reporting clause."""
        follows = self._tag.match(text, mark.start) or self._tag.match(text, mark.start - 1)
        at = bisect_right(found, mark.start, key=_start)
        floor = found[at - 1].outer.end if at else span.start
        if follows is None or floor > mark.start:
            return
        start = max(floor, mark.start - _WINDOW)
        if start > span.start:
            stops = [m.end() for m in _SENTENCE_END.finditer(text, start, max(start, mark.start - 1))]
            if not stops:
                return
            start = stops[-1]
        content = trim_content(text, start, mark.start)
        if content is not None:
            insort(found, Quoted(Span(content.start, mark.end), content, "“"), key=_start)


def _outermost(text: str, pairs: Sequence[Pair]) -> list[Quoted]:
    found: list[Quoted] = []
    reach = -1
    for pair in pairs:
        if pair.start < reach:
            continue
        reach = pair.end
        content = trim_content(text, pair.inner, pair.close)
        if content is not None:
            found.append(Quoted(Span(pair.start, pair.end), content, pair.char, single=pair.single))
    return found


def _marks_at(text: str, places: Sequence[int]) -> list[Span]:
    """The marks that begin at ``places``; an escaped one is two characters long."""
    return [Span(p, p + 1 + (text[p] == "\\")) for p in sorted(set(places))[:_MAX_PROBLEMS]]


def _start(quoted: Quoted) -> int:
    return quoted.outer.start

"""What stands on a news page and is not the article: marked, never removed.

Share bars, links to other articles ("Baca Juga", which may hold a quotation of their own),
bylines, credits, captions printed twice, a body printed twice. The outlet's dateline
("JAKARTA, OUTLET -") is not furniture, since the first paragraph goes on behind it.
Everything works line by line on bounded lines, so the time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import regex

from ..types import Span
from .phrases import PATTERN_TIMEOUT, Phrases, bare, key_of, opening, phrases_for

_LINE = regex.compile(r"[^\r\n]+")
_LONGEST = 400
"""Furniture lines are short; a longer line is only looked at for bracketed notes and repetition."""
_TAG = regex.compile(r"<[a-zA-Z][a-zA-Z0-9]{0,15}\s[^<>\r\n]{0,600}>")
_LONGEST_COMMENT = 4000
_MAX_LINES = 200_000
"""No page has so many lines; what follows them is not looked at, which bounds the memory."""
_URL = regex.compile(r"(?:https?://|www\.)\S{3,}", regex.IGNORECASE)
_SENTENCE_END = regex.compile(r"(?:[.!?。！？…][\"”’'»」』)]?|[\"”»」』]\s?[.。])\s*$")
_ABBREVIATED = regex.compile(r"(?:\b\p{L}{1,3}|\.\p{L}{1,4})\.\s*$")
_DOUBLE_MARKS = frozenset('"“”„«»「」『』＂')
_NAME_WORDS = regex.compile(r"\p{Lu}[\p{L}\p{M}.'’-]*|\p{Ll}{1,3}|[&,/|]|\p{Han}{2,8}")
_BULLETS = ("-", "*", "•", "·", "–", "►", "▶")
_NEAR_EDGE = 8


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str
    """Stripped; empty when the line is too long to be furniture."""
    blank_before: bool
    fold: str
    """For comparison with other lines: single spaces."""


def find_furniture(text: str, language: str, title: str | None = None) -> tuple[Span, ...]:
    """The spans of ``text`` that are page furniture, in order, without overlaps."""
    phrases = phrases_for(language)
    lines = _lines(text)
    marked = {i for i, line in enumerate(lines) if is_furniture(line.text, phrases, _near_edge(i, lines))}
    marked |= _section_lines(lines, phrases)
    marked |= _repeated(lines, " ".join(title.split()) if title else None)
    spans = [lines[i].span for i in marked]
    spans.extend(_inside(text, lines, phrases))
    return merge(spans)


def is_furniture(line: str, phrases: Phrases, near_edge: bool = True) -> bool:
    """Whether one line, taken alone, is page furniture."""
    if not line:
        return False
    key = key_of(line)
    name = bare(key)
    if name in phrases.lines or name in phrases.sections or _URL.fullmatch(line):
        return True
    return (
        _is_prompt(line, key, phrases)
        or _is_credit(line, key, phrases)
        or (near_edge and _is_byline(line, key, phrases))
        or _fits(phrases.pattern, line)
    )


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, with those that touch or overlap made one; empty ones are dropped."""
    merged: list[Span] = []
    for span in sorted(s for s in spans if s.start < s.end):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    end = 0
    for match in islice(_LINE.finditer(text), _MAX_LINES):
        raw = match.group()
        content = raw.strip()
        if not content:
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        gap = text[end : match.start()]
        blank = gap.count("\n") > 1 or (gap.count("\r") > 1 and "\n" not in gap) or bool(gap.strip("\r\n"))
        short = content if len(content) <= _LONGEST else ""
        fold = " ".join(content.split()) if len(content) < 20_000 else content
        found.append(_Line(Span(start, start + len(content)), short, blank, fold))
        end = start + len(content)
    return found


def _near_edge(index: int, lines: list[_Line]) -> bool:
    return index < _NEAR_EDGE or index >= len(lines) - _NEAR_EDGE


def _fits(pattern: regex.Pattern[str], line: str) -> bool:
    try:
        return pattern.fullmatch(line, timeout=PATTERN_TIMEOUT) is not None
    except TimeoutError:
        return False


def _is_prompt(line: str, key: str, phrases: Phrases) -> bool:
    """A link to another article: ``Baca Juga : Title``; without a colon only a title may follow."""
    found = opening(key, phrases.prompts)
    if found is None:
        return False
    phrase, rest, delimited = found
    if delimited:
        return len(line) <= 300
    if phrase not in phrases.open_prompts or not rest or len(line) > 200:
        return False
    first = line[line.lower().find(rest[:12].split(" ")[0]) :][:1]
    return not _SENTENCE_END.search(line) and not first.islower()


def _is_credit(line: str, key: str, phrases: Phrases) -> bool:
    """``Sumber : CNA/SL``: a label, a colon, then names; an interview ("Reporter: Why ...?") is none."""
    found = opening(key, phrases.credits_)
    if found is None or not found[2] or len(line) > 180:
        return False
    rest = found[1]
    if _DOUBLE_MARKS & set(rest):
        return False
    if _SENTENCE_END.search(line) and not _ABBREVIATED.search(line):
        return False
    han = sum("\u4e00" <= c <= "\u9fff" for c in rest)
    return len(rest.split()) <= 14 and han <= 24


def _is_byline(line: str, key: str, phrases: Phrases) -> bool:
    """``By Some Name``: only names after the label, and no full stop."""
    found = opening(key, phrases.bylines)
    if found is None or not found[1] or _SENTENCE_END.search(line):
        return False
    words = line.lstrip("*_#>([ ")[len(found[0]) :].strip(" :：").replace(",", " , ").split()
    capital = any(w[0].isupper() or "\u4e00" <= w[0] <= "\u9fff" for w in words)
    return 1 <= len(words) <= 10 and capital and all(_NAME_WORDS.fullmatch(w.rstrip("*_)]")) for w in words)


def _section_lines(lines: list[_Line], phrases: Phrases) -> set[int]:
    """The link titles below a heading such as "Artikel Terkait" or a bare "Baca Juga:"."""
    prose = [
        i for i, line in enumerate(lines) if len(line.fold) >= 80 and _SENTENCE_END.search(line.fold[-8:])
    ]
    last_prose = prose[-1] if prose else -1
    marked: set[int] = set()
    open_until_blank = in_section = False
    for i, line in enumerate(lines):
        name = bare(key_of(line.text)) if line.text else ""
        if name in phrases.sections or (name in phrases.open_prompts):
            in_section, open_until_blank = True, False
            continue
        if not in_section:
            continue
        bullet = line.text.startswith(_BULLETS)
        far = line.blank_before and i < last_prose and open_until_blank and not bullet
        if far or not _is_title_like(line.text):
            in_section = False
        else:
            marked.add(i)
            open_until_blank = True
    return marked


def _is_title_like(line: str) -> bool:
    return bool(line) and len(line) <= 160 and not _SENTENCE_END.search(line) and line[-1] not in ",;"


def _repeated(lines: list[_Line], title: str | None) -> set[int]:
    """Captions printed twice in a row, and the second copy of a body printed twice."""
    marked: set[int] = set()
    first: dict[str, int] = {}
    run: list[int] = []
    before = -2
    for i, line in enumerate(lines):
        if i and line.fold == lines[i - 1].fold:
            marked.add(i)
            is_title = title is not None and line.fold == title
            if line.text and _is_title_like(line.text) and i > 1 and not is_title:
                marked.add(i - 1)
        same = (
            before + 1
            if 0 <= before + 1 < i and lines[before + 1].fold == line.fold
            else first.get(line.fold, -2)
        )
        if same != before + 1 or same < 0:
            marked.update(_copied(run, lines))
            run = []
        if same >= 0:
            run.append(i)
        before = same
        first.setdefault(line.fold, i)
    marked.update(_copied(run, lines))
    return marked


def _copied(run: list[int], lines: list[_Line]) -> list[int]:
    """The run when it is long enough that nobody would write it twice."""
    return run if sum(len(lines[i].fold) for i in run) >= 80 else []


def _inside(text: str, lines: list[_Line], phrases: Phrases) -> Iterator[Span]:
    """Furniture that does not fill its line: markup, photo credits, a link glued to a paragraph."""
    for match in _TAG.finditer(text):
        yield Span(*match.span())
    for match in phrases.brackets.finditer(text):
        yield Span(*match.span())
    yield from _comments(text)
    yield from _glued_links(text, lines, phrases)


def _comments(text: str) -> Iterator[Span]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        # Of several openings before one closing only the last is taken, which keeps the scan linear.
        start = text.rfind("<!--", start, end)
        if end - start <= _LONGEST_COMMENT:
            yield Span(start, end + 3)
        start = text.find("<!--", end + 3)


def _glued_links(text: str, lines: list[_Line], phrases: Phrases) -> Iterator[Span]:
    """``Baca juga: Title`` at the end of a paragraph, behind its full stop."""
    ends = [line.span.end for line in lines]
    position = 0
    for match in phrases.inline.finditer(text):
        start = match.start("link")
        while position < len(ends) and ends[position] <= start:
            position += 1
        if position == len(ends):
            return
        if ends[position] - start <= 200:
            yield Span(start, ends[position])

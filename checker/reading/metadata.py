"""Title, outlet and date of publication, where the text itself shows them.

A date without its year stays unknown: guessing it from the clock would make old coverage new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

import regex

from ..languages import get_language, is_known
from ..types import Span
from .furniture import is_furniture
from .phrases import phrases_for

_LINE = regex.compile(r"[^\r\n]+")
_NO_TITLE_END = regex.compile(r"[.。,;:：…]\s*$|[.!?。,][\"”’»」』]\s*$")
_DASH = regex.compile(r"\s*(?:[–—]|--?)\s+|\s*[–—]|(?<=\p{Lu}{3})--?(?=\p{Lu})|[:：]\s|】|电\s|電\s")
_DOMAIN = regex.compile(
    r"\b[A-Za-z0-9][A-Za-z0-9-]{1,30}\.(?:com|co|net|org|id|my|sg|news|tv|info)(?:\.[A-Za-z]{2})?\b",
    regex.IGNORECASE,
)
_IN_BRACKETS = regex.compile(r"\(([A-Z][\w.&' -]{1,30})\)")
_BAR = regex.compile(r"^[^|]{2,40}\|\s*([\w.&' -]{2,40})$")
_CITY_COMMA = regex.compile(r"^\p{Lu}[\p{Lu} .'-]{2,30},\s*(\p{Lu}[\p{Lu}\d.& -]{2,30})$")
_PLACE_THEN_OUTLET = regex.compile(r"^\p{Lu}[\p{L} .'-]{2,30},\s*([\p{Lu}]{2,8}(?:\s\p{Lu}[\p{L}]+){1,2})$")
_ZH_AGENCY = regex.compile(r"^[（(【\[]?\s*(\p{Han}{2,6}(?:社|网|網|报|報))")
_ISO = regex.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_HAN_DATE = regex.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号號]")
_DAY_IN_BRACKETS = regex.compile(r"\((\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})\)")
_SLASHED = regex.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


def guess_title(text: str, language: str, skip: int = 0) -> str | None:
    """The first line when it looks like a headline: short, no final stop, a blank line behind it."""
    phrases = phrases_for(language)
    lines = _LINE.finditer(text, skip)
    for _, match in zip(range(4), (m for m in lines if m.group().strip()), strict=False):
        line = match.group().strip()
        if len(line) <= 200 and is_furniture(line, phrases, near_edge=True):
            continue
        heading = line.startswith("#")
        line = line.lstrip("#").strip()
        if len(line) > 200 or len(line) < 4 or (_NO_TITLE_END.search(line) and not heading):
            return None
        follows = text[match.end() : match.end() + 600]
        same = follows.lstrip("\r\n").startswith(match.group())
        blank = regex.match(r"[ \t]*(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)", follows)
        return line if (heading or blank or same) and text[match.end() :][:2000].strip() else None
    return None


def guess_outlet(text: str, furniture: Iterable[Span] = (), title: str | None = None) -> str | None:
    """The outlet that a dateline names: ``Place | OUTLET.co –``, ``PLACE (Agency) —``, ``PLACE, OUTLET -``."""
    for line in _body_lines(text, tuple(furniture), title):
        head = _dateline_head(line)
        if head is None:
            continue
        domain = _DOMAIN.search(head)
        if domain:
            return str(domain.group())
        for pattern in (_IN_BRACKETS, _BAR, _CITY_COMMA, _PLACE_THEN_OUTLET, _ZH_AGENCY):
            match = pattern.search(head)
            if match:
                return str(match.group(1)).strip()
    return None


def guess_date(
    text: str, language: str, furniture: Iterable[Span] = (), title: str | None = None
) -> date | None:
    """The date of publication from a date line, a dateline or "(13/6/2023)" in the first paragraphs."""
    days_first = is_known(language) and get_language(language).table("detection").get("date_order") == "dmy"
    for line in _first_lines(text, 12):
        if len(line) <= 90 and " ".join(line.split()) != title:
            found = _date_line(line, language, days_first)
            if found:
                return found
    for number, line in enumerate(_body_lines(text, tuple(furniture), title)):
        head = _dateline_head(line)
        found = _first_date(head, language) if head else None
        if not found and days_first and number < 3:
            match = _DAY_IN_BRACKETS.search(line[:600])
            found = _make(match.group(3), match.group(2), match.group(1)) if match else None
        if found:
            return found
    return None


def parse_date(value: object) -> date | None:
    """A date from metadata: ISO 8601 with or without a time, or the form of e-mail and RSS."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not 8 <= len(value.strip()) <= 64:
        return None
    cleaned = value.strip()
    match = (
        _ISO.match(cleaned)
        or regex.match(r"(\d{4})(\d{2})(\d{2})(?!\d)", cleaned)
        or _HAN_DATE.match(cleaned)
    )
    if match:
        return _make(*match.groups())
    try:
        return parsedate_to_datetime(cleaned).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def date_in_words(value: str, language: str) -> date | None:
    """A date written out, such as ``13 Juni 2023``, in the given language."""
    return parse_date(value) or _first_date(value[:100], language)


def _make(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1800 <= found.year <= 2200 else None


def _first_lines(text: str, count: int) -> Iterator[str]:
    lines = (m.group().strip() for m in _LINE.finditer(text) if m.group().strip())
    for _, line in zip(range(count), lines, strict=False):
        yield line


def _body_lines(text: str, furniture: tuple[Span, ...], title: str | None) -> Iterator[str]:
    """The first lines of the article proper, at most five."""
    count = 0
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if not line or line.lstrip("#").strip() == title:
            continue
        if any(s.start <= match.start() < s.end for s in furniture[:50]):
            continue
        yield line[:2000]
        count += 1
        if count == 5:
            return


def _dateline_head(line: str) -> str | None:
    """What stands before the dash or colon of a dateline, or None."""
    match = _DASH.search(line[:110])
    if match is None or match.start() < 3:
        return None
    head = line[: match.start()].strip().lstrip("*_ ")
    if not (head[:1].isupper() or head[:1] in "（(【[" or "\u4e00" <= head[:1] <= "\u9fff") or set(
        head
    ) & set('"“”'):
        return None
    return head if len(head.split()) <= 12 else None


def _date_line(line: str, language: str, days_first: bool) -> date | None:
    """The date of a line that is hardly more than a date: ``Selasa, 13 Juni 2023 14:05 WIB``."""
    for match, found in _dates(line, language):
        if match.start() <= 30 and len(line) - match.end() <= 40 and not _prose(line, match):
            return found
    match = _SLASHED.search(line) if days_first else None
    if match and match.start() <= 30 and len(line) - match.end() <= 40 and not _prose(line, match):
        return _make(match.group(3), match.group(2), match.group(1))
    return None


def _prose(line: str, match: regex.Match[str]) -> bool:
    """Whether words around the date make a sentence or a headline rather than a time stamp."""
    return (
        len(regex.findall(r"\p{L}{2,}", line[: match.start()] + " " + line[match.end() :])) > 5
        or line[-1] in ".?!。"
    )


def _first_date(text: str, language: str) -> date | None:
    return next((found for _, found in _dates(text, language)), None)


def _dates(text: str, language: str) -> Iterator[tuple[regex.Match[str], date]]:
    for pattern in (_ISO, _HAN_DATE):
        for match in pattern.finditer(text):
            found = _make(*match.groups())
            if found:
                yield match, found
    months, pattern = _months(language)
    for match in pattern.finditer(text) if pattern else ():
        year = match.group("y1") or match.group("y2")
        day = match.group("d1") or match.group("d2")
        name = (match.group("m1") or match.group("m2")).lower()
        found = _make(year, str(months[name]), day)
        if found:
            yield match, found


@cache
def _months(language: str) -> tuple[dict[str, int], regex.Pattern[str] | None]:
    """Month names of the language and the pattern of dates written with them."""
    if not is_known(language):
        return {}, None
    rows = get_language(language).table("detection").get("months", ())
    months = {name: number for number, row in enumerate(rows, 1) for name in row.split()}
    if not months:
        return {}, None
    names = "|".join(regex.escape(n) for n in sorted(months, key=len, reverse=True))
    day = r"(?P<d{0}>\d{{1,2}})(?:st|nd|rd|th)?"
    pattern = regex.compile(
        rf"(?<!\d){day.format(1)}[ -](?P<m1>{names})\.?,?[ -](?P<y1>\d{{4}})(?!\d)"
        rf"|\b(?P<m2>{names})\.?\s{day.format(2)},?\s(?P<y2>\d{{4}})(?!\d)",
        regex.IGNORECASE,
    )
    return months, pattern

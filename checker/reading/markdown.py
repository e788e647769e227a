"""Markdown with front matter. Offsets refer to the file as it is; what is not prose is furniture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import regex

from ..types import Article, Span
from .assembly import Details, build_article, named_originals
from .comments import comment_spans, markdown_comments
from .decoding import decode
from .front_matter import FrontMatter, front_matter
from .metadata import parse_date

_IMAGE = regex.compile(r"!\[[^\[\]\r\n]{0,500}\](?:\([^()\r\n]{0,1000}\))?")
_LINK_TARGET = regex.compile(r"(?<=\])\((?:https?://|/|\.|#|mailto:|www\.)[^()\r\n]{0,1000}\)")
_DEFINITION = regex.compile(r"^[ ]{0,3}\[[^\[\]\r\n]{1,200}\]:[ \t]*\S[^\r\n]{0,1000}$", regex.MULTILINE)
_CODE_FENCE = regex.compile(r"^[ ]{0,3}(```+|~~~+)[^\r\n]*$", regex.MULTILINE)
_PLACES = {
    "language": ("lang", "language", "locale"),
    "outlet": ("outlet", "source", "publisher", "site", "sitename", "site_name"),
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical", "canonical_url", "source_url"),
    "date": ("date", "published", "publishdate", "pubdate", "published_at", "datepublished"),
    "id": ("id", "guid"),
}


def read_markdown_file(data: bytes, *, path: str | None, language: str | None) -> list[Article]:
    """The one article of a Markdown file.

    Raises:
        InputError: the file or its front matter cannot be read.
        LanguageError: the front matter names a language that is none.
    """
    text = decode(data, path=path)
    matter = front_matter(text, path=path)
    fields, end = matter.fields, matter.end
    found = _picked(fields)
    published = parse_date(found.get("date"))
    words = found.get("date")
    code = tuple(_code_blocks(text, end))
    details = Details(
        id=_string(found.get("id")),
        language=language or _string(found.get("language")),
        title=_string(found.get("title")),
        title_span=_title_span(matter),
        outlet=_name(found.get("outlet")),
        published=published,
        published_words=words if isinstance(words, str) and published is None else None,
        url=_string(found.get("url")),
        originals=named_originals(fields),
        furniture=(Span(0, end), *_markup(text, end), *code, *comment_spans(text, end)),
        comments=markdown_comments(text, end, code),
        body_start=end,
    )
    return [build_article(text, details, path=path)]


def _picked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields under our names; a ``source`` that is an address is the url, not the outlet."""
    found: dict[str, Any] = {}
    for name, keys in _PLACES.items():
        for key in keys:
            value = fields.get(key)
            if value in (None, ""):
                continue
            is_address = isinstance(value, str) and value.startswith(("http://", "https://"))
            target = "url" if name == "outlet" and is_address else name
            found.setdefault(target, value)
    return found


def _title_span(matter: FrontMatter) -> Span | None:
    """Where the words of the title stand, if they stand in the file as they are."""
    given = (key for key in _PLACES["title"] if matter.fields.get(key) not in (None, ""))
    key = next(given, None)
    return None if key is None else matter.places.get(key)


def _string(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, date)):
        return None
    return str(value).strip() or None


def _name(value: object) -> str | None:
    """A name, also when it is given as a mapping with a name (``publisher: {name: ...}``)."""
    return _string(value.get("name")) if isinstance(value, Mapping) else _string(value)


def _markup(text: str, start: int) -> Iterator[Span]:
    """Images, link targets and link definitions: they may hold marks that nobody spoke."""
    for pattern in (_IMAGE, _LINK_TARGET, _DEFINITION):
        for match in pattern.finditer(text, start):
            yield Span(*match.span())


def _code_blocks(text: str, start: int) -> Iterator[Span]:
    opened: tuple[str, int] | None = None
    for match in _CODE_FENCE.finditer(text, start):
        fence = match.group(1)
        if opened is None:
            opened = (fence, match.start())
        elif fence.startswith(opened[0]):
            yield Span(opened[1], match.end())
            opened = None

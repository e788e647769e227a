"""Markdown with front matter. Offsets refer to the file as it is; what is not prose is furniture."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import regex

from ..errors import InputError
from ..types import Article, Span
from .assembly import Details, build_article, named_originals
from .comments import comment_spans, markdown_comments
from .decoding import decode
from .metadata import parse_date

MAX_FRONT_MATTER = 64 * 1024
_FENCE = regex.compile(r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_KEY = regex.compile(r"\s*[\w-]{1,40}\s*[:=]")
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
    fields, end = front_matter(text, path=path)
    found = _picked(fields)
    published = parse_date(found.get("date"))
    words = found.get("date")
    code = tuple(_code_blocks(text, end))
    details = Details(
        id=_string(found.get("id")),
        language=language or _string(found.get("language")),
        title=_string(found.get("title")),
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


def front_matter(text: str, *, path: str | None = None) -> tuple[Mapping[str, Any], int]:
    """The fields of YAML (``---``) or TOML (``+++``) front matter and where the body starts; ``({}, 0)`` without.

    Raises:
        InputError: it is front matter, but malformed or larger than 64 KiB.
    """
    opening = _FENCE.match(text)
    if opening is None or not _KEY.match(text, opening.end()):
        return {}, 0
    fence = opening.group("fence")
    closing = regex.compile(rf"^{regex.escape(fence)}[ \t]*$", regex.MULTILINE).search(
        text.replace("\r", "\n") if "\r" in text[:MAX_FRONT_MATTER] else text,
        opening.end(),
        opening.end() + MAX_FRONT_MATTER,
    )
    if closing is None:
        if regex.search(
            rf"[\r\n]{regex.escape(fence)}[ \t]*[\r\n]", text[opening.end() + MAX_FRONT_MATTER :]
        ):
            raise InputError(
                "the front matter is larger than 64 KiB", "shorten the front matter", path=path, line=1
            )
        return {}, 0
    raw = text[opening.end() : closing.start()]
    fields = _parse_toml(raw, path) if fence == "+++" else _parse_yaml(raw, path)
    return (
        ({str(key).lower(): value for key, value in fields.items()}, closing.end())
        if fields
        else ({}, closing.end())
    )


def _parse_yaml(raw: str, path: str | None) -> Mapping[Any, Any]:
    import yaml

    try:
        loaded = yaml.safe_load(raw)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise InputError(
            f"the front matter is not valid YAML (line {line})",
            "put quotation marks around values that hold a colon or a quotation mark",
            path=path,
            line=line,
        ) from None
    return loaded if isinstance(loaded, Mapping) else {}


def _parse_toml(raw: str, path: str | None) -> Mapping[Any, Any]:
    try:
        return tomllib.loads(raw.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        raise InputError(
            "the front matter is not valid TOML", "mend the lines between the +++ marks", path=path, line=1
        ) from None


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

"""One place where a text and what its format said of it become an :class:`Article`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from ..errors import InputError
from ..types import Article, Comment, Span
from .decoding import without_surrogates
from .detection import declared_language, detect_language
from .furniture import find_furniture, merge
from .metadata import date_in_words, guess_date, guess_outlet, guess_title

ORIGINAL_KEYS = ("original", "translation_of", "source_url")
"""Fields of front matter and of records in which a translation names its original."""
MOST_ORIGINALS = 20
"""An article has one original or a few; a longer list is cut."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a format tells of an article besides its text; None where it is silent."""

    id: str | None = None
    language: str | None = None
    """Stated by the author or the user; always believed."""
    language_hint: str | None = None
    """Stated by a page template; believed unless the text clearly contradicts it."""
    title: str | None = None
    title_span: Span | None = None
    """Where the words of the title stand, when that is apart from the prose."""
    outlet: str | None = None
    published: date | None = None
    published_words: str | None = None
    """A date in words, to be read when the language is known."""
    url: str | None = None
    originals: tuple[str, ...] = ()
    """What it is a translation of, as the document names it."""
    furniture: tuple[Span, ...] = ()
    """Parts of the text that the format knows not to be prose, such as front matter."""
    body_start: int = 0
    comments: tuple[Comment, ...] = ()
    """What comments of the document say to misquote."""


def build_article(
    text: str, details: Details, *, path: str | None = None, line: int | None = None
) -> Article:
    """The article, with language, furniture and what metadata the text itself shows.

    Raises:
        InputError: there is no text.
        LanguageError: the stated language is no language.
    """
    text = without_surrogates(text)
    body = text[details.body_start :] if details.body_start else text
    if not body.strip():
        raise InputError("the article has no text", "give an article with text", path=path, line=line)
    if details.language is not None:
        language = declared_language(details.language, path=path, line=line)
    else:
        language = detect_language(body, details.language_hint)
    title = _clean(details.title) or guess_title(text, language, details.body_start)
    furniture = merge([*details.furniture, *find_furniture(text, language, title)])
    published = details.published
    if published is None and details.published_words:
        published = date_in_words(details.published_words, language)
    return Article(
        id=_clean(details.id) or stable_id(text, path),
        text=text,
        language=language,
        published=published or guess_date(body, language, _shifted(furniture, details.body_start), title),
        outlet=_clean(details.outlet) or guess_outlet(body, _shifted(furniture, details.body_start), title),
        url=_clean(details.url),
        path=path,
        title=title,
        title_span=details.title_span,
        furniture=furniture,
        comments=details.comments,
        originals=tuple(filter(None, map(_clean, details.originals[:MOST_ORIGINALS]))),
    )


def stable_id(text: str, path: str | None) -> str:
    """An id from the file's name and the text: the same on every machine, new when the text changes."""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
    stem = PurePath(path).stem if path and path != "-" else "text"
    return f"{stem}-{digest}"


def named_originals(fields: Mapping[str, object]) -> tuple[str, ...]:
    """What a document's fields name as its original, in order of :data:`ORIGINAL_KEYS`."""
    found: list[str] = []
    for key in ORIGINAL_KEYS:
        value = fields.get(key)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one.strip():
                found.append(one.strip())
            elif isinstance(one, int) and not isinstance(one, bool):
                found.append(str(one))
    return tuple(dict.fromkeys(found))


def _shifted(spans: tuple[Span, ...], start: int) -> tuple[Span, ...]:
    return tuple(s.shift(-start) for s in spans if s.start >= start) if start else spans


def _clean(value: str | None) -> str | None:
    """Surrogate-free, on one line, at most 1,000 characters; None when nothing is left."""
    if value is None:
        return None
    return without_surrogates(" ".join(value[:1000].split())) or None

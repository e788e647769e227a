"""Plain text: ``Article.text`` is the decoded file, character for character."""

from __future__ import annotations

from ..types import Article
from .assembly import Details, build_article
from .decoding import decode


def read_text_file(data: bytes, *, path: str | None, language: str | None) -> list[Article]:
    """The one article of a text file. Raises InputError and LanguageError."""
    return [build_article(decode(data, path=path), Details(language=language), path=path)]

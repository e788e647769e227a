"""HTML through trafilatura; ``Article.text`` is the extracted text, paragraphs apart by a blank line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from ..errors import CheckerError, InputError
from ..types import Article
from .assembly import Details, build_article
from .comments import web_comments
from .decoding import decode
from .metadata import parse_date

_HEAD = 8192
_CHARSET = regex.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", regex.IGNORECASE
)
_LANG = regex.compile(
    r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*)", regex.IGNORECASE
)
_DECLARATION = regex.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SPACES = regex.compile(r"[ \t\r\n\f\v]+")
_BLOCKS = frozenset({"p", "head", "item", "cell", "quote", "row", "list", "table", "code"})


def read_web_page(data: bytes, *, path: str | None, language: str | None) -> list[Article]:
    """The one article of a web page.

    Raises:
        InputError: no article text is found in it.
        LanguageError: ``language`` is no language.
    """
    declared = _CHARSET.search(data[:_HEAD])
    text = decode(data, path=path, declared=declared.group(1).decode("ascii") if declared else None)
    html = _DECLARATION.sub("", text, count=1)
    document = _extract(html, path)
    body = _paragraphs(document.body) if document is not None and document.body is not None else []
    if not body:
        body = _plain_paragraphs(html)
    if not body:
        raise InputError(
            "no article text was found in the web page",
            "check that the page holds the article itself, or save its text as .txt",
            path=path,
        )
    lang = _LANG.search(html[:_HEAD])
    details = Details(
        language=language,
        language_hint=lang.group(1) if lang else None,
        title=_field(document, "title"),
        outlet=_field(document, "sitename"),
        published=parse_date(_field(document, "date")),
        url=_field(document, "url"),
        comments=web_comments(html, body),
    )
    return [build_article("\n\n".join(body), details, path=path)]


def _extract(html: str, path: str | None) -> Any:  # noqa: ANN401 - trafilatura has no types
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            # Only dates that the page states: the heuristic search would take any year in the text.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except CheckerError:
        raise
    except Exception as error:
        # A parser below must not end the run on one odd page, whatever it raises.
        raise InputError(
            f"the web page cannot be parsed ({type(error).__name__})",
            "save the article as .txt or .md",
            path=path,
        ) from None


def _field(document: Any, name: str) -> str | None:  # noqa: ANN401
    value = getattr(document, name, None)
    return value if isinstance(value, str) and value.strip() else None


def _paragraphs(body: Any) -> list[str]:  # noqa: ANN401
    """The text of every block, in order; a line break inside a block stays a line break."""
    blocks: list[list[str]] = [[]]
    for piece in _pieces(body):
        if piece is None:
            blocks.append([])
        else:
            blocks[-1].append(piece)
    found = ("".join(block) for block in blocks)
    lines = ("\n".join(filter(None, (line.strip(" ") for line in block.split("\v")))) for block in found)
    return [block for block in lines if block.strip()]


def _pieces(root: Any) -> Iterator[str | None]:  # noqa: ANN401
    """Strings of the tree in document order; None where a block begins or ends. Walks without recursion."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if done:
            if tag in _BLOCKS:
                yield None
            if element.tail and element is not root:
                yield _SPACES.sub(" ", element.tail)
            continue
        if tag in _BLOCKS:
            yield None
        if tag == "lb":
            yield "\v"
        if element.text and tag not in {"", "graphic"}:
            yield _SPACES.sub(" ", element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _plain_paragraphs(html: str) -> list[str]:
    """Every visible paragraph, for pages too short or odd for the extractor."""
    from trafilatura import html2txt

    try:
        text = str(html2txt(html) or "")
    except Exception:  # as above: an odd page must not end the run
        return []
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]

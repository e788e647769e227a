"""Comments of a document that speak to misquote: ``<!-- misquote: ignore MQ111 -- reason -->``.

Here they are only found, with the paragraph they count for. A comment in a line with text counts for the
paragraph it stands in, a comment by itself for the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

import regex

from ..types import Comment, Span

MOST = 1000
"""Comments of one document; more are no notes of an editor."""
_ADDRESSED = regex.compile(r"\s*misquote\s*:\s*(?P<text>\S.{0,2000})", regex.DOTALL | regex.IGNORECASE)
_FIRST_WORDS = 80
"""Characters of a block by which its paragraph is known again in the extracted text."""
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "dd", "div", "dt", "figcaption", "figure",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "ol", "p", "pre",
        "section", "table", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_UNSEEN = frozenset({"script", "style", "head", "template", "noscript"})


def comment_spans(text: str, start: int = 0) -> Iterator[Span]:
    """Every ``<!-- ... -->`` from ``start`` on. A comment without an end is none."""
    while (opened := text.find("<!--", start)) >= 0:
        closed = text.find("-->", opened + 4)
        if closed < 0:
            return
        start = closed + 3
        yield Span(opened, start)


def markdown_comments(text: str, start: int, code: Sequence[Span]) -> tuple[Comment, ...]:
    """The comments of a Markdown file that are addressed to misquote; those inside ``code`` are examples."""
    spans = [span for span in comment_spans(text, start) if not any(c.overlaps(span) for c in code)]
    found = [(span, said) for span in spans if (said := _said(span.of(text)[4:-3])) is not None][:MOST]
    if not found:
        return ()
    blocks = list(_blocks(_masked(text, spans), start))
    line, counted, comments = 1, 0, []
    for span, said in found:
        line += text.count("\n", counted, span.start)
        counted = span.start
        within = next((b for b in blocks if b.end > span.start), None)
        comments.append(Comment(said, line, within))
    return tuple(comments)


def web_comments(html: str, body: Sequence[str]) -> tuple[Comment, ...]:
    """The comments of a web page that are addressed to misquote.

    Args:
        body: the paragraphs that were extracted from the page; the article's text is these joined by an
            empty line, and the spans of the comments' paragraphs refer to it.
    """
    if not regex.search(r"<!--\s*misquote\s*:", html, regex.IGNORECASE):
        return ()
    page = _Page()
    page.feed(html)
    page.close()
    return tuple(Comment(said, line, _found(page.block(number), body)) for said, line, number in page.said)


def _said(content: str) -> str | None:
    """What a comment says to misquote, on one line; None where it is meant for somebody else."""
    addressed = _ADDRESSED.match(content)
    return " ".join(addressed["text"].split()) if addressed else None


def _masked(text: str, spans: Sequence[Span]) -> str:
    """The text with spaces in place of comments, so that a line of nothing else is an empty one."""
    parts, end = [], 0
    for span in spans:
        parts += [text[end : span.start], " " * (span.end - span.start)]
        end = span.end
    return "".join([*parts, text[end:]])


def _blocks(text: str, start: int) -> Iterator[Span]:
    """Runs of lines that are not empty."""
    opened: int | None = None
    at = start
    for line in text[start:].splitlines(keepends=True):
        if line.strip():
            opened = at if opened is None else opened
        elif opened is not None:
            yield Span(opened, at)
            opened = None
        at += len(line)
    if opened is not None:
        yield Span(opened, at)


def _found(block: str, body: Sequence[str]) -> Span | None:
    """The paragraph of the extracted text that begins as a block of the page does."""
    wanted = block[:_FIRST_WORDS]
    at = 0
    for paragraph in body:
        words = " ".join(paragraph.split())
        if wanted and (words.startswith(wanted) or (words and block.startswith(words[:_FIRST_WORDS]))):
            return Span(at, at + len(paragraph))
        at += len(paragraph) + 2
    return None


class _Page(HTMLParser):
    """Collects the text of the blocks of a page, and for each comment the block it counts for."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[tuple[str, int, int]] = []
        """What a comment says, its line, and the number of its block."""
        self._texts: list[list[str]] = [[]]
        self._unseen = 0

    def block(self, number: int) -> str:
        """The words of the first block from ``number`` on that has any."""
        texts = (" ".join("".join(parts).split()) for parts in self._texts[number:])
        return next(filter(None, texts), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins, or something that nobody reads."""
        if tag in _BLOCKS:
            self._texts.append([])
        elif tag in _UNSEEN:
            self._unseen += 1

    def handle_endtag(self, tag: str) -> None:
        """A block ends: what follows belongs to another one."""
        if tag in _BLOCKS:
            self._texts.append([])
        elif tag in _UNSEEN and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        """Text of the page."""
        if not self._unseen:
            self._texts[-1].append(data)

    def handle_comment(self, data: str) -> None:
        """A comment: it counts for the block it stands in, or for the next one with words."""
        said = _said(data)
        if said is not None and len(self.said) < MOST:
            self.said.append((said, self.getpos()[0], len(self._texts) - 1))

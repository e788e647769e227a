"""The page of each rule: what an editor reads with ``misquote rule``, and the examples that tests run.

A page is the Markdown file beside the rule's module. An example is a fenced block whose first line
is ``example flagged`` (with a level where it is not the rule's own) or ``example accepted``::

    source en [indirect] Ratna Dewi: "We will not raise fares next year."
    quote id Ratna Dewi: "Kami akan menaikkan tarif tahun depan."

``source`` may be repeated, ``-`` stands for no speaker, and the brackets hold how the words are given
where that matters. Rules that look at more than a quotation have whole articles, indented::

    coverage en Harbour Post 2026-03-01:
      ...
    article id:
      ...
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

from ..errors import InputError
from ..types import Severity
from .base import RuleInfo

_OPENING = re.compile(r"```example (?P<kind>flagged|accepted)(?: (?P<level>error|warning|info))?\s*")
_UTTERANCE = re.compile(
    r'(?P<role>source|quote) (?P<language>[a-z]{2,3})(?: \[(?P<kind>[a-z]+)\])? (?P<speaker>[^":]+): "(?P<text>.+)"'
)
_DOCUMENT = re.compile(
    r"(?P<role>article|coverage) (?P<language>[a-z]{2,3})(?: (?P<outlet>\S.*?) (?P<published>\d{4}-\d\d-\d\d))?:"
)
_SYNTAX = "see the head of checker/rules/pages.py for how an example is written"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line of an example: words, their language and who is said to have spoken them."""

    language: str
    speaker: str | None
    text: str
    kind: str | None = None
    """Such as ``mixed``, ``indirect`` or ``narration``; None for a plain direct quotation."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole article of an example."""

    language: str
    text: str
    outlet: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a page: either a quotation with its reports, or an article with its coverage."""

    rule: str
    """Code of the page's rule."""
    line: int
    """Line of the page, from 1, where the example begins."""
    flagged: bool
    """Whether the rule must report it, or must not."""
    level: Severity
    """The level at which it is reported; the rule's own where the example names none."""
    sources: tuple[Utterance, ...] = ()
    quote: Utterance | None = None
    coverage: tuple[Document, ...] = ()
    article: Document | None = None


def page_name(info: RuleInfo) -> str:
    """The file name of a rule's page, the same as that of its module but for the ending."""
    return f"{info.code.lower()}_{info.name.replace('-', '_')}.md"


def page_of(info: RuleInfo) -> str:
    """The page of a rule, as Markdown."""
    return resources.files(__package__).joinpath(page_name(info)).read_text(encoding="utf-8")


def examples_of(info: RuleInfo) -> tuple[Example, ...]:
    """The examples of a rule's page, in order.

    Raises:
        InputError: a block cannot be read, with the line of the page.
    """
    return tuple(parse_examples(page_of(info), info))


def parse_examples(page: str, info: RuleInfo) -> Iterator[Example]:
    """The examples of a page given as text; raises as :func:`examples_of` does."""
    lines = page.splitlines()
    number = 0
    while number < len(lines):
        opening = _OPENING.fullmatch(lines[number])
        number += 1
        if opening is None:
            continue
        end = next((n for n in range(number, len(lines)) if lines[n].rstrip() == "```"), None)
        if end is None:
            raise InputError("an example has no end", "close it with ```", path=page_name(info), line=number)
        yield _example(info, opening, number, lines[number:end])
        number = end + 1


def _example(info: RuleInfo, opening: re.Match[str], line: int, body: Sequence[str]) -> Example:
    utterances: dict[str, list[Utterance]] = {"source": [], "quote": []}
    documents: dict[str, list[Document]] = {"coverage": [], "article": []}
    number = 0
    while number < len(body):
        here, text = line + number + 1, body[number].rstrip()
        number += 1
        if utterance := _UTTERANCE.fullmatch(text):
            utterances[utterance["role"]].append(_utterance(utterance))
        elif document := _DOCUMENT.fullmatch(text):
            start = number
            while number < len(body) and (not body[number].strip() or body[number].startswith("  ")):
                number += 1
            content = "\n".join(row[2:] for row in body[start:number]).strip("\n")
            documents[document["role"]].append(_document(document, content))
        elif text:
            raise InputError(
                f"an example has a line of no known form: {text!r}", _SYNTAX, path=page_name(info), line=here
            )
    quotes, articles = utterances["quote"], documents["article"]
    pair = len(quotes) == 1 and utterances["source"] and not articles and not documents["coverage"]
    whole = len(articles) == 1 and not quotes and not utterances["source"]
    if not pair and not whole:
        raise InputError(
            "an example needs one quote with its sources, or one article",
            _SYNTAX,
            path=page_name(info),
            line=line,
        )
    return Example(
        rule=info.code,
        line=line,
        flagged=opening["kind"] == "flagged",
        level=Severity(opening["level"]) if opening["level"] else info.severity,
        sources=tuple(utterances["source"]),
        quote=quotes[0] if quotes else None,
        coverage=tuple(documents["coverage"]),
        article=articles[0] if articles else None,
    )


def _utterance(found: re.Match[str]) -> Utterance:
    speaker = found["speaker"].strip()
    return Utterance(found["language"], None if speaker == "-" else speaker, found["text"], found["kind"])


def _document(found: re.Match[str], text: str) -> Document:
    published = date.fromisoformat(found["published"]) if found["published"] else None
    return Document(found["language"], text, found["outlet"], published)

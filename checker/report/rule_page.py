"""A rule's page for a terminal: headings, prose that is wrapped, and its examples as two texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..rules import RuleInfo, find_rule
from ..rules.pages import Example, Utterance, page_of, parse_examples
from .page import Page
from .wording import language_name

_LABEL = 8
_FENCE = "```"
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])")


class RulePages:
    """The pages of the rules that a report is about, each once."""

    def __init__(self, page: Page, *, wanted: bool) -> None:
        self._page = page
        self._wanted = wanted
        self._shown: set[str] = set()

    def once(self, code: str) -> None:
        """Write the page of a rule, if pages are wanted and this one was not written yet."""
        if self._wanted and code not in self._shown:
            self._shown.add(code)
            write_rule_page(self._page, find_rule(code), indent="    ")


def write_rule_page(page: Page, info: RuleInfo, *, indent: str = "") -> None:
    """Write the page of a rule below what ``page`` holds, every line after ``indent``."""
    text = page_of(info)
    examples = {example.line: example for example in parse_examples(text, info)}
    for kind, number, block in _blocks(text):
        page.blank()
        if kind == "heading":
            page.line(indent, (block.lstrip("# "), "bold"))
        elif number in examples:
            _example(page, examples[number], indent + "  ")
        elif kind == "code":
            for line in block.splitlines():
                page.line(indent, "  ", line)
        else:
            for item in _items(block):
                label = "- " if item.startswith("- ") else ""
                page.prose(item.removeprefix("- "), indent=indent, label=label)


def _blocks(text: str) -> Iterator[tuple[str, int, str]]:
    """``heading``, ``code`` or ``prose``, the line it begins in, and its text."""
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        line = lines[number]
        first = number + 1
        if not line.strip():
            number += 1
        elif line.startswith("#"):
            yield "heading", first, line
            number += 1
        elif line.startswith(_FENCE):
            rest = lines[number + 1 :]
            length = next((n for n, row in enumerate(rest) if row.startswith(_FENCE)), len(rest))
            yield "code", first, "\n".join(rest[:length])
            number += length + 2
        else:
            rest = lines[number:]
            length = next((n for n, row in enumerate(rest) if _ends_prose(row)), len(rest))
            yield "prose", first, "\n".join(rest[:length])
            number += length


def _ends_prose(line: str) -> bool:
    return not line.strip() or line.startswith(("#", _FENCE))


def _items(block: str) -> Iterator[str]:
    """The paragraph on one line, or the items of a list on a line each; words in italics are quoted."""
    for item in re.split(r"\n(?=- )", block):
        yield _EMPHASIS.sub(r"“\1”", " ".join(item.split()).replace("**", ""))


def _example(page: Page, example: Example, indent: str) -> None:
    word = f"{example.level.value}:" if example.flagged else "accepted:"
    page.line(indent, (word, "bold red" if example.flagged else "bold green"))
    inner = indent + "  "
    if example.quote is not None:
        for source in example.sources:
            page.prose(_said(source), indent=inner, label="source".ljust(_LABEL))
        page.prose(_said(example.quote), indent=inner, label="quote".ljust(_LABEL))
    for report in example.coverage:
        about = ", ".join(filter(None, (report.outlet, str(report.published or ""))))
        page.prose(
            f"{about}: {report.text}" if about else report.text, indent=inner, label="report".ljust(_LABEL)
        )
    if example.article is not None:
        page.prose(example.article.text, indent=inner, label="article ")


def _said(utterance: Utterance) -> str:
    who = f", {utterance.speaker}" if utterance.speaker else ""
    how = f", {utterance.kind}" if utterance.kind else ""
    return f"{language_name(utterance.language)}{who}{how}: “{utterance.text}”"

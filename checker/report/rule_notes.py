"""What the rules of a report are about, taken from their pages, for formats that are read without misquote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..rules import all_rules
from ..rules.pages import page_of

_MARKUP = re.compile(r"[*`]")


@dataclass(frozen=True, slots=True)
class RuleNote:
    """One rule in a few sentences."""

    code: str
    name: str
    summary: str
    matters: str
    """Why it matters, as plain text."""


def notes_on(codes: Iterable[str]) -> list[RuleNote]:
    """The rules with these codes in order of code; one that the registry does not know is left out."""
    wanted = set(codes)
    return [
        RuleNote(info.code, info.name, info.summary, section(page_of(info), "Why it matters"))
        for info in all_rules()
        if info.code in wanted
    ]


def section(page: str, title: str) -> str:
    """The prose under a heading of a rule's page, without markup, on one line; empty where there is none."""
    _, _, after = page.partition(f"\n## {title}\n")
    prose = after.partition("\n## ")[0].partition("\n```")[0]
    return " ".join(_MARKUP.sub("", prose).split())

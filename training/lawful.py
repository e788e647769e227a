"""Lawful changes of the quotation of a faithful pair: what an editor may do, and slips that change no meaning."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import pairwise

import regex

from checker.matching.mentions import find_mentions
from checker.matching.words import words_of
from checker.types import MentionKind

from .damages import Change
from .stock import Stock, is_content

TITLES = {"en": ("Mr ", "Dr. ", "President ", "Minister "), "id": ("Bapak ", "Dr. ", "Presiden ", "Menteri ")}
SHARE = 0.55
"""Share of a sentence's words that a partial quotation keeps at the least."""


def trimmed(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A part of the sentence up to or from a comma, long enough to stand for it."""
    words = words_of(text)
    commas = [m.start() for m in regex.finditer(r"[,;](?=\s)", text)]
    options = []
    for comma in commas:
        before = sum(w.span.end <= comma for w in words)
        first, second = text[:comma], text[comma + 1 :].strip()
        if before >= SHARE * len(words):
            options.append(first + ".")
        if len(words) - before >= SHARE * len(words):
            options.append(second[:1].upper() + second[1:])
    if not options or len(words) <= 8 or _is_conditional(text, stock):
        return None
    return chance.choice(options)


def _is_conditional(text: str, stock: Stock) -> bool:
    """Whether neither half can stand without the other."""
    return any(m.kind is MentionKind.CONDITION for m in find_mentions(text, stock.language))


def ellipsis(text: str, stock: Stock, chance: random.Random) -> str | None:
    """An aside between commas left out, with the mark that says so."""
    commas = [m.start() for m in regex.finditer(r",(?=\s)", text)]
    spans = [(a, b) for a, b in pairwise(commas) if 10 <= b - a <= len(text) * 0.4]
    if not spans:
        return None
    start, end = chance.choice(spans)
    return text[:start] + chance.choice((" … ", " ... ", " [...] ")) + text[end + 1 :].lstrip()


def halves(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A leading clause put behind the main one."""
    comma = text.find(",")
    words = words_of(text)
    if (
        text.count(",") != 1
        or not 0.2 * len(text) < comma < 0.7 * len(text)
        or not text.endswith(".")
        or not words
    ):
        return None
    if words[0].norm not in stock.function_words:
        return None
    first, second = text[:comma], text[comma + 1 : -1].strip()
    return f"{second[:1].upper()}{second[1:]} {first[:1].lower()}{first[1:]}."


def number_format(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A figure written the other way: separators changed, or a small one spelled out."""
    grouped = regex.search(r"\b\d{1,3}(?:[.,]\d{3})+\b", text)
    if grouped:
        plainly = grouped.group().replace(",", "").replace(".", "")
        return f"{text[: grouped.start()]}{plainly}{text[grouped.end() :]}"
    plain = regex.search(r"(?<![\d.,])\d{4,7}(?![\d.,])", text)
    if plain and int(plain.group()) > 2100:
        mark = "," if stock.language == "en" else "."
        return text[: plain.start()] + f"{int(plain.group()):,}".replace(",", mark) + text[plain.end() :]
    small = regex.search(r"(?<![\d.,:/-])[2-9](?![\d.,:/-])", text)
    if small and small.group() in stock.digits:
        return text[: small.start()] + stock.digits[small.group()] + text[small.end() :]
    return None


def title(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A title before a person's name."""
    words = words_of(text)
    first = {name.split()[0] for name in stock.names.get("person", ())}
    found = [w for before, w in pairwise(words) if w.text in first and before.text.islower()]
    if not found:
        return None
    at = chance.choice(found).span.start
    return text[:at] + chance.choice(TITLES.get(stock.language, TITLES["id"])) + text[at:]


def misspelled(text: str, stock: Stock, chance: random.Random) -> str | None:
    """Two neighbouring letters of one content word exchanged, or a letter lost."""
    found = [
        w
        for w in words_of(text)
        if len(w.text) > 5 and w.text.islower() and is_content(w.norm, stock.language)
    ]
    if not found:
        return None
    word = chance.choice(found)
    at = word.span.start + chance.randint(1, len(word.text) - 3)
    if chance.random() < 0.5:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def repeated(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A word said twice."""
    words = words_of(text)
    if not words:
        return None
    word = chance.choice(words)
    return text[: word.span.end] + " " + word.text + text[word.span.end :]


def lower(text: str, stock: Stock, chance: random.Random) -> str | None:
    """No capitals, or no final stop."""
    return text.lower() if chance.random() < 0.5 else text.rstrip(".")


def neighbours(text: str, stock: Stock, chance: random.Random) -> str | None:
    """Two neighbouring words exchanged."""
    parts = text.split(" ")
    if len(parts) < 6:
        return None
    at = chance.randrange(1, len(parts) - 2)
    parts[at], parts[at + 1] = parts[at + 1], parts[at]
    return " ".join(parts)


LAWFUL: Mapping[str, Change] = {
    "trimmed": trimmed,
    "ellipsis": ellipsis,
    "halves": halves,
    "number format": number_format,
    "title": title,
    "misspelled": misspelled,
    "repeated": repeated,
    "lower case": lower,
    "neighbours": neighbours,
}

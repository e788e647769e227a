"""Proper names: places and organisations by identity, other names by their folded spelling."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..types import Mention, MentionKind, NameValue
from .literals import read_roman
from .tokens import Tokens
from .vocabulary import NameEntry, Vocabulary

_MANY = 0.9
"""Share of capitals among the longer words from which on a text is in title case."""
_LONG = 4
_MAX_RUN = 8
_POSSESSIVES = ("'s", "s'")
_ACRONYM = range(2, 7)

Found = tuple[int, Mention]


@dataclass(frozen=True, slots=True)
class NameContext:
    """What the whole text says of its capitals."""

    shouting: bool
    """Most words are capitalised (a headline, a text in capitals): capitals prove nothing."""
    repeated: frozenset[str]
    """Words that also stand with a capital inside a sentence, and never without one."""
    stripped: tuple[str, ...] = ()
    """The normal forms of all words, without possessive endings and enclitics."""


def name_context(tokens: Tokens, vocabulary: Vocabulary) -> NameContext:
    """Look once over the text for what a capital means in it."""
    enclitics = vocabulary.name_lists["enclitics"]
    stripped = tuple(
        _without(bare(n), enclitics) if tokens.capitalised(i) else n for i, n in enumerate(tokens.norms)
    )
    letters = [
        i for i, w in enumerate(tokens.words) if w.text[0].isalpha() and w.text[0] != w.text[0].swapcase()
    ]
    capital = [i for i in letters if tokens.words[i].text[0].isupper()]
    inside = Counter(bare(tokens.norms[i]) for i in capital if not tokens.starts[i])
    lower = {bare(tokens.norms[i]) for i in letters if tokens.words[i].text[0].islower()}
    long = [i for i in letters if len(tokens.words[i].text) >= _LONG]
    shouting = len(long) >= _LONG and sum(tokens.capitalised(i) for i in long) >= _MANY * len(long)
    return NameContext(shouting, frozenset(n for n in inside if n not in lower), stripped)


def bare(norm: str) -> str:
    """A normal form without the possessive ending."""
    return norm[:-2] if norm.endswith(_POSSESSIVES) else norm


def _without(norm: str, endings: frozenset[str]) -> str:
    """A normal form without one of the endings that are written against a name (Prancisnya)."""
    ending = next((e for e in endings if norm.endswith(e) and len(norm) > len(e) + 3), "")
    return norm[: len(norm) - len(ending)]


def _folded(tokens: Tokens, i: int) -> str:
    """The spelling of a name word that is compared: no possessive, no plural after an acronym (NGOs)."""
    norm, text = bare(tokens.norms[i]), tokens.words[i].text
    return norm[:-1] if len(text) > 2 and text[-1] == "s" and text[-2].isupper() else norm


def known_name_at(tokens: Tokens, i: int, vocabulary: Vocabulary, context: NameContext) -> Found | None:
    """The name from the gazetteer that starts at word ``i``."""
    plain = vocabulary.names.match(tokens, i)
    stripped = vocabulary.names.match(tokens, i, context.stripped)
    found = stripped if plain is None or (stripped and stripped[0] > plain[0]) else plain
    if found is None:
        return None
    end, entry = found
    if not _case_agrees(tokens, i, end, entry, context, vocabulary.ordinary):
        return None
    return end, Mention(MentionKind.NAME, tokens.span(i, end), NameValue(entry.identities, entry.type))


def _case_agrees(
    tokens: Tokens, i: int, end: int, entry: NameEntry, context: NameContext, common: frozenset[str]
) -> bool:
    if not entry.cased:
        return True
    if not entry.exact:
        # A capital at the start of a sentence may be that of an ordinary word (Cuba is "try" in Malay).
        ordinary = tokens.starts[i] and end == i + 1 and tokens.norms[i] in common
        return tokens.capitalised(i) and not ordinary
    text = tokens.text[tokens.words[i].span.start : tokens.words[end - 1].span.end]
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    # The possessive of an acronym keeps a small s: NATO's.
    return capitals >= len(letters) - text.count("'s") - text.count("’s") and not (
        context.shouting and _all_capitals(tokens)
    )


def _all_capitals(tokens: Tokens) -> bool:
    return not any(c.islower() for c in tokens.text[:400])


def run_at(tokens: Tokens, i: int, vocabulary: Vocabulary, context: NameContext) -> Found | None:
    """The run of capitalised words that starts at word ``i`` and is no known word."""
    if not _name_word(tokens, i, vocabulary):
        return None
    if context.shouting and not _acronym(tokens, i):
        return None
    if tokens.starts[i] and not _trusted_start(tokens, i, vocabulary, context):
        return None
    end = i + 1
    while end < len(tokens) and end - i < _MAX_RUN and tokens.joined[end]:
        if _name_word(tokens, end, vocabulary) and not vocabulary.names.match(tokens, end):
            end += 1
        elif _connects(tokens, end, vocabulary):
            end += 2
        else:
            break
    norms = [_folded(tokens, at) for at in range(i, end)]
    kind = _kind(tokens, i, end, vocabulary)
    value = NameValue(frozenset({"name:" + " ".join(norms)}), kind)
    return end, Mention(MentionKind.NAME, tokens.span(i, end), value)


def _name_word(tokens: Tokens, i: int, vocabulary: Vocabulary) -> bool:
    """Whether a capitalised word can be part of a name of its own."""
    text = tokens.words[i].text
    if len(text) < 2 or not text[0].isupper() or text.endswith(".") or read_roman(text):
        return False
    norm = bare(tokens.norms[i])
    lists = vocabulary.name_lists
    return (
        norm not in lists["common"]
        and norm not in lists["titles"]
        and norm not in vocabulary.ordinary
        and vocabulary.dates.one(norm) is None
        and (vocabulary.numbers.one(norm) is None or _acronym(tokens, i))
        and "'" not in norm
    )


def _trusted_start(tokens: Tokens, i: int, vocabulary: Vocabulary, context: NameContext) -> bool:
    """Whether a capital at the start of a sentence belongs to a name."""
    if bare(tokens.norms[i]) in context.repeated or _acronym(tokens, i):
        return True
    if i + 1 >= len(tokens) or not tokens.joined[i + 1] or tokens.hyphenated(i + 1):
        return False
    known = vocabulary.terms.match(tokens, i) or vocabulary.names.match(tokens, i + 1)
    return not known and _name_word(tokens, i + 1, vocabulary) and not _acronym(tokens, i + 1)


def _connects(tokens: Tokens, i: int, vocabulary: Vocabulary) -> bool:
    """Whether word ``i`` is a small word inside a name (bin, van) with a name word after it."""
    return (
        tokens.norms[i] in vocabulary.name_lists["connectors"]
        and i + 1 < len(tokens)
        and tokens.joined[i + 1]
        and _name_word(tokens, i + 1, vocabulary)
        and not vocabulary.names.match(tokens, i + 1)
    )


def _acronym(tokens: Tokens, i: int) -> bool:
    text = tokens.words[i].text
    return len(text) in _ACRONYM and text.isupper() and text.isascii()


def _kind(tokens: Tokens, i: int, end: int, vocabulary: Vocabulary) -> str:
    if end - i == 1 and _acronym(tokens, i):
        return "organisation"
    titled = i > 0 and tokens.norms[i - 1] in vocabulary.name_lists["titles"]
    return "person" if titled or end - i > 1 else "other"

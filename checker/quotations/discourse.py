"""A text as paragraphs of tokens in which every quotation is one token."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .appositions import AppositionReader
from .groups import Group, GroupReader
from .identity import fold_name
from .lexicon import Speech
from .marks import Quoted
from .names import Evidence, bare_word
from .segments import Paragraph, Token, quote_token, sentences_of, tokens_of

_MAX_TITLE_WORDS = 12
_MAX_NICKNAME_WORDS = 3


@dataclass(slots=True)
class Sentence:
    """Tokens ``[first, last)`` of a paragraph, with their noun groups."""

    first: int
    last: int
    groups: list[Group] = field(default_factory=list)
    by_first: dict[int, Group] = field(default_factory=dict)
    by_last: dict[int, Group] = field(default_factory=dict)


@dataclass(slots=True)
class Unit:
    """One paragraph, read."""

    paragraph: Paragraph
    tokens: list[Token]
    sentences: list[Sentence]


def read_units(
    text: str, paragraphs: Sequence[Paragraph], quoted: Sequence[Sequence[Quoted]], speech: Speech
) -> tuple[list[Unit], Evidence]:
    """The units of a text. ``quoted`` holds the quotations of each paragraph.

    Quotation numbers count over the whole text. Titles and nicknames in marks become ordinary
    words, so that they neither hide a name nor pass for speech.
    """
    token_lists: list[list[Token]] = []
    nicknames: dict[tuple[str, ...], tuple[str, ...]] = {}
    number = 0
    for paragraph, quotes in zip(paragraphs, quoted, strict=True):
        tokens: list[Token] = []
        at = paragraph.span.start
        for quote in quotes:
            tokens.extend(tokens_of(text, at, quote.outer.start))
            tokens.append(quote_token(quote.outer.start, quote.outer.end, number))
            at = quote.outer.end
            number += 1
        tokens.extend(tokens_of(text, at, paragraph.span.end))
        token_lists.append(_without_titles(text, tokens, speech, nicknames))
    evidence = _evidence(token_lists, speech, nicknames)
    reader = GroupReader(speech, evidence)
    appositions = AppositionReader(speech, evidence)
    units = []
    for paragraph, tokens in zip(paragraphs, token_lists, strict=True):
        sentences = []
        for first, last in sentences_of(tokens, text, speech.abbreviations):
            groups = appositions.join(tokens, reader.read(tokens, first, last, text), first, last)
            by_first = {g.first: g for g in groups}
            by_last = {g.last: g for g in groups}
            sentences.append(Sentence(first, last, groups, by_first, by_last))
        units.append(Unit(paragraph, tokens, sentences))
    return units, evidence


def _without_titles(
    text: str, tokens: list[Token], speech: Speech, nicknames: dict[tuple[str, ...], tuple[str, ...]]
) -> list[Token]:
    """The tokens, with the words of titles and nicknames in place of their quotation token.

    Nicknames inside a name are added to ``nicknames``, folded, with the words around them.
    """
    if all(t.quote < 0 for t in tokens):
        return tokens
    kept: list[Token] = []
    for i, token in enumerate(tokens):
        if token.quote < 0:
            kept.append(token)
        elif _is_nickname(text, tokens, i, speech):
            if tokens[i - 1].capital and i + 1 < len(tokens) and tokens[i + 1].capital:
                words = text[token.start : token.end].split()[:_MAX_NICKNAME_WORDS]
                full = (fold_name(tokens[i - 1].text), fold_name(tokens[i + 1].text))
                nicknames[tuple(fold_name(w) for w in words)] = full
            continue
        elif _is_title(text, tokens, i, speech):
            kept.append(Token(token.start, token.end, "■", "■", False, False, -1))
        else:
            kept.append(token)
    return kept


def _is_nickname(text: str, tokens: Sequence[Token], i: int, speech: Speech) -> bool:
    """Budi "Kancil" Santoso; Budi alias "Kancil"."""
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before is None or not before.is_word:
        return False
    words = text[tokens[i].start + 1 : min(tokens[i].end - 1, tokens[i].start + 60)].split()
    if not words or len(words) > _MAX_NICKNAME_WORDS:
        return False
    if before.lower in speech.alias_words or before.lower in speech.named_by:
        return True
    named = before.capital and before.lower not in speech.not_names and before.lower not in speech.roles
    followed = after is not None and after.capital and after.lower not in speech.not_names
    return bool(named and followed and words[0][:1].isupper() and words[-1][-1] not in ".,!?")


def _is_title(text: str, tokens: Sequence[Token], i: int, speech: Speech) -> bool:
    """The song "Blue Rain"; berita berjudul "..."; a run of capitalised words."""
    content = text[tokens[i].start + 1 : tokens[i].end - 1].strip()
    for back in range(1, 3):
        if i - back < 0 or not tokens[i - back].is_word:
            break
        if tokens[i - back].lower in speech.titles_before:
            return True
    if len(content) > 200:
        return False
    words = content.split()
    if not 2 <= len(words) <= _MAX_TITLE_WORDS or content[-1] in ".!?…":
        return False
    before = tokens[i - 1] if i else None
    if before is None or not before.is_word:
        return False
    if content[-1] == "," and before.lower not in speech.obliques:
        return False
    capitals = sum(w[:1].isupper() or w[:1].isdigit() for w in words)
    small = sum(w.islower() and len(w) <= 4 for w in words)
    return capitals >= 2 and capitals + small == len(words) and words[0][:1].isupper()


def _evidence(
    token_lists: Sequence[Sequence[Token]],
    speech: Speech,
    nicknames: Mapping[tuple[str, ...], tuple[str, ...]],
) -> Evidence:
    lowered: set[str] = set()
    solo: set[str] = set()
    opening: set[str] = set()
    voiced: set[str] = set()
    inside: set[str] = set()
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    speaking = speech.say if speech.clitic else speech.tag | speech.say
    naming = speech.tag | frozenset(s[-1] for s in speech.sources)
    leading = naming | speech.honorifics
    for tokens in token_lists:
        for i, token in enumerate(tokens):
            if not token.is_word:
                continue
            if not token.capital:
                lowered.add(token.lower)
                continue
            before = tokens[i - 1] if i else None
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            counts[bare_word(token.lower)] += 1
            if after is not None and after.capital:
                pairs[token.lower, bare_word(after.lower)] += 1
            if before is not None and before.is_word:
                inside.add(bare_word(token.lower))
            led = before is not None and before.capital and before.lower not in leading
            alone = not led and not (after is not None and after.capital)
            opens = before is None or before.text == "."
            goes_on = after is not None and after.is_word and token.lower not in speech.not_names
            if opens and alone and goes_on:
                opening.add(token.lower)
            said = before is not None and before.lower in naming
            said = said or (after is not None and after.lower in speaking)
            if not said:
                continue
            voiced.add(bare_word(token.lower))
            if alone:
                solo.add(token.lower)
    solo |= (opening & inside) - lowered
    return Evidence(
        lowered=frozenset(lowered),
        solo=frozenset(solo),
        voiced=frozenset(voiced),
        inside=frozenset(inside),
        counts=counts,
        pairs=pairs,
        nicknames=nicknames,
    )

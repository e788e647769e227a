"""A text as paragraphs of tokens in which every quotation is one token."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .appositions import AppositionReader
from .groups import Group, GroupReader
from .identity import fold_name
from .lexicon import Speech
from .marks import Quoted
from .names import Evidence
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
    places: list[int]
    """Where the quotations stand among the tokens."""

    def places_in(self, sentence: Sentence) -> list[int]:
        """Where those of one sentence stand."""
        places = self.places
        if not places:
            return places
        return places[bisect_left(places, sentence.first) : bisect_left(places, sentence.last)]


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
        token_lists.append(_without_titles(text, tokens, speech, nicknames) if quotes else tokens)
    evidence = _evidence(token_lists, speech, nicknames)
    reader = GroupReader(speech, evidence)
    appositions = AppositionReader(speech, evidence)
    units = []
    for paragraph, quotes, tokens in zip(paragraphs, quoted, token_lists, strict=True):
        sentences = []
        for first, last in sentences_of(tokens, text, speech.abbreviations):
            groups = appositions.join(tokens, reader.read(tokens, first, last, text), first, last)
            by_first = {g.first: g for g in groups}
            by_last = {g.last: g for g in groups}
            sentences.append(Sentence(first, last, groups, by_first, by_last))
        places = [i for i, t in enumerate(tokens) if t.quote >= 0] if quotes else []
        units.append(Unit(paragraph, tokens, sentences, places))
    return units, evidence


def _without_titles(
    text: str, tokens: list[Token], speech: Speech, nicknames: dict[tuple[str, ...], tuple[str, ...]]
) -> list[Token]:
    """The tokens, with the words of titles and nicknames in place of their quotation token.

    Nicknames inside a name are added to ``nicknames``, folded, with the words around them.
    """
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
            kept.append(Token(token.start, token.end, "■", "■", "■", False, False, -1))
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


@lru_cache(maxsize=32)
def _around_names(speech: Speech) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of reporting in front of a name, those behind one, and those in front that no name begins with."""
    naming = speech.tag | frozenset(s[-1] for s in speech.sources)
    speaking = speech.say if speech.clitic else speech.tag | speech.say
    return naming, speaking, naming | speech.honorifics


def _evidence(
    token_lists: Sequence[Sequence[Token]],
    speech: Speech,
    nicknames: Mapping[tuple[str, ...], tuple[str, ...]],
) -> Evidence:
    solo: set[str] = set()
    opening: set[str] = set()
    voiced: set[str] = set()
    inside: set[str] = set()
    names: list[str] = []
    pairs: list[tuple[str, str]] = []
    naming, speaking, leading = _around_names(speech)
    nothing = quote_token(-1, -1, -1)
    for tokens in token_lists:
        last = len(tokens) - 1
        for i, token in enumerate(tokens):
            if not token.capital:
                continue
            before = tokens[i - 1] if i else nothing
            after = tokens[i + 1] if i < last else nothing
            lower, bare = token.lower, token.bare
            names.append(bare)
            if after.capital:
                pairs.append((lower, after.bare))
            if before.is_word:
                inside.add(bare)
            alone = not after.capital and not (before.capital and before.lower not in leading)
            opens = not i or before.text == "."
            if opens and alone and after.is_word and lower not in speech.not_names:
                opening.add(lower)
            if before.lower in naming or after.lower in speaking:
                voiced.add(bare)
                if alone:
                    solo.add(lower)
    lowered = frozenset([t.lower for tokens in token_lists for t in tokens if t.is_word and not t.capital])
    return Evidence(
        lowered=lowered,
        solo=frozenset(solo | ((opening & inside) - lowered)),
        voiced=frozenset(voiced),
        inside=frozenset(inside),
        counts=Counter(names),
        pairs=Counter(pairs),
        nicknames=nicknames,
    )

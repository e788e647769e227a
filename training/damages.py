"""Typed damages of one text of a faithful pair, and lawful changes that must pass.

Each function takes a text, the :class:`~training.stock.Stock` of its language and a random generator,
and returns the changed text, or None where there is nothing to change. Deterministic for a given generator.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import regex

from checker.matching.mentions import find_mentions
from checker.matching.words import Word, words_of
from checker.types import Mention, MentionKind, NameValue, Span

from .stock import ENDING, Stock, Swaps, is_content

Change = Callable[[str, Stock, random.Random], str | None]

_BREAK = regex.compile(r"[,;:()—–]")
_DIGITS = regex.compile(r"\d+")
_CONTRACTED = {"won't": "will", "can't": "can", "cannot": "can", "shan't": "shall"}
NOT_ONLY = frozenset(("only", "just", "hanya", "saja", "sahaja", "cuma"))
"""Words behind which "not" denies nothing."""
_WITH_DO = regex.compile(r"\b(do|does|did)(?: not|n['’]t)\b", regex.IGNORECASE)


def _cut(text: str, start: int, end: int, put: str = "") -> str:
    """``text`` with ``[start, end)`` replaced, spaces and the first capital mended."""
    changed = text[:start] + put + text[end:]
    changed = regex.sub(r"\s+([,.;:!?])", r"\1", regex.sub(r"\s{2,}", " ", changed)).strip()
    changed = str(regex.sub(r"^[,;:]\s*", "", changed))
    return changed[:1].upper() + changed[1:] if text[:1].isupper() else changed


def _like(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _swap(text: str, table: Swaps, words: Sequence[Word], chance: random.Random) -> str | None:
    """One of ``words`` that the table knows, replaced by one of its counterparts."""
    known = [w for w in words if w.text.lower() in table]
    if not known:
        return None
    word = chance.choice(known)
    return _cut(
        text, word.span.start, word.span.end, _like(word.text, chance.choice(table[word.text.lower()]))
    )


def _of_kind(text: str, stock: Stock, kind: MentionKind) -> list[Mention]:
    return [m for m in find_mentions(text, stock.language) if m.kind is kind]


def _inside(text: str, spans: Sequence[Span]) -> list[Word]:
    return [w for w in words_of(text) if any(s.overlaps(w.span) for s in spans)]


def number(text: str, stock: Stock, chance: random.Random) -> str | None:
    """Another figure."""
    mentions = _of_kind(text, stock, MentionKind.NUMBER)
    chance.shuffle(mentions)
    for mention in mentions:
        digits = _DIGITS.search(text, mention.span.start, mention.span.end)
        if digits:
            return _cut(text, digits.start(), digits.end(), _other_digits(digits.group(), chance))
        changed = _swap(text, stock.numbers, _inside(text, [mention.span]), chance)
        if changed:
            return changed
    return None


def _other_digits(digits: str, chance: random.Random) -> str:
    while True:
        first = "" if len(digits) == 1 else str(chance.randint(1, 9))
        kept = digits[1:] if chance.random() < 0.5 else "".join(str(chance.randint(0, 9)) for _ in digits[1:])
        other = (first or str(chance.randint(1, 9))) + kept if len(digits) > 1 else str(chance.randint(1, 9))
        if other != digits:
            return other


def unit(text: str, stock: Stock, chance: random.Random) -> str | None:
    """The same figure with another unit or scale."""
    spans = [Span(m.span.start, m.span.end + 12) for m in _of_kind(text, stock, MentionKind.NUMBER)]
    return _swap(text, stock.units, _inside(text, spans), chance)


def date(text: str, stock: Stock, chance: random.Random) -> str | None:
    """Another year, month, weekday or day."""
    mentions = _of_kind(text, stock, MentionKind.DATE)
    if not mentions:
        return None
    mention = chance.choice(mentions)
    whole = mention.span.of(text).lower()
    if whole in stock.dates:
        return _cut(text, mention.span.start, mention.span.end, chance.choice(stock.dates[whole]))
    changed = _swap(text, stock.dates, _inside(text, [mention.span]), chance)
    digits = _DIGITS.search(text, mention.span.start, mention.span.end)
    if changed and (digits is None or chance.random() < 0.5):
        return changed
    if digits is None:
        return None
    value = digits.group()
    other = (
        str(int(value) + chance.choice((-9, -4, -2, -1, 1, 2, 5)))
        if len(value) == 4
        else str(chance.randint(1, 28))
    )
    return None if other == value else _cut(text, digits.start(), digits.end(), other)


def _names(text: str, stock: Stock) -> list[tuple[Mention, str]]:
    return [
        (m, m.value.type) for m in _of_kind(text, stock, MentionKind.NAME) if isinstance(m.value, NameValue)
    ]


def name(text: str, stock: Stock, chance: random.Random) -> str | None:
    """Another name of the same sort."""
    found = [(m, kind) for m, kind in _names(text, stock) if len(stock.names.get(kind, ())) > 5]
    if not found:
        return None
    mention, kind = chance.choice(found)
    others = [
        n for n in chance.sample(stock.names[kind], 3) if n not in text and n not in mention.span.of(text)
    ]
    return _cut(text, mention.span.start, mention.span.end, others[0]) if others else None


def roles(text: str, stock: Stock, chance: random.Random) -> str | None:
    """Two names exchanged: who did it to whom."""
    found = [m for m, _ in _names(text, stock)]
    if len(found) < 2:
        return None
    a, b = sorted(chance.sample(found, 2), key=lambda m: m.span)
    first, second = a.span.of(text), b.span.of(text)
    if (
        first == second
        or len(regex.findall(r"[,;]|\b(?:and|dan|serta|or|atau)\b", text[a.span.end : b.span.start])) > 0
    ):
        return None  # the members of a list may stand in any order
    return text[: a.span.start] + second + text[a.span.end : b.span.start] + first + text[b.span.end :]


def negation_dropped(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A denial made an affirmation; English loses its "do" with it."""
    contracted = _WITH_DO.search(text)
    if contracted and stock.language == "en":
        does = contracted.group(1).lower()
        put = "" if does == "do" else _like(contracted.group(1), does)
        return _cut(text, contracted.start(), contracted.end(), put)
    words = words_of(text)
    following = {a.span: b.norm for a, b in pairwise(words)}
    found = [
        w
        for w in words
        if w.text.lower().replace("’", "'") in stock.negators
        and following.get(w.span) not in NOT_ONLY
        and text[max(0, w.span.start - 1) : w.span.start] not in (".", "-", "@", "#")
    ]
    if not found:
        return None
    word = chance.choice(found)
    plain = word.text.lower().replace("’", "'")
    put = _CONTRACTED.get(plain, plain[:-3] if plain.endswith("n't") else "")
    return _cut(text, word.span.start, word.span.end, _like(word.text, put) if put else "")


def negation_added(text: str, stock: Stock, chance: random.Random) -> str | None:
    """An affirmation made a denial, behind an auxiliary (English) or before a verb (Indonesian)."""
    words = words_of(text)
    if any(w.text.lower().replace("’", "'") in stock.negators for w in words):
        return None
    auxiliaries = [w for w in words if w.text.lower() in stock.auxiliaries]
    if stock.language == "en":
        if auxiliaries:
            at = chance.choice(auxiliaries).span.end
            return text[:at] + " not" + text[at:]
        plural = [a for a, b in pairwise(words) if a.norm in ("we", "they", "i", "you") and b.text.islower()]
        if not plural:
            return None
        at = chance.choice(plural).span.end
        return text[:at] + " do not" + text[at:]
    verbs = [
        w for w in words if len(w.norm) > 5 and w.text.islower() and w.norm.startswith(("me", "ber", "di"))
    ]
    if not auxiliaries and not verbs:
        return None
    at = chance.choice(auxiliaries or verbs).span.start
    return text[:at] + chance.choice(("tidak ", "tidak ", "tidak ", "belum ")) + text[at:]


def modal(text: str, stock: Stock, chance: random.Random) -> str | None:
    """Another degree of commitment."""
    return _swap(text, stock.modals, words_of(text), chance)


def antonym(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A word put for its opposite."""
    content = [
        w
        for w in words_of(text)
        if is_content(w.norm, stock.language) or w.norm in ("more", "less", "lebih", "kurang")
    ]
    return _swap(text, stock.antonyms, content, chance)


def word(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A content word put for another of its sort, which means something else."""
    found = [
        w
        for w in words_of(text)
        if w.text.islower() and w.norm[-ENDING:] in stock.words and is_content(w.norm, stock.language)
    ]
    if not found:
        return None
    chosen = chance.choice(found)
    other = chance.choice(stock.words[chosen.norm[-ENDING:]])
    return None if other == chosen.norm else _cut(text, chosen.span.start, chosen.span.end, other)


def dropped_word(text: str, stock: Stock, chance: random.Random) -> str | None:
    """One content word left out."""
    words = words_of(text)
    found = [w for w in words if is_content(w.norm, stock.language)]
    if len(found) < 4:
        return None
    chosen = chance.choice(found)
    return _cut(text, chosen.span.start, chosen.span.end)


def dropped_phrase(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A run of two to five words with one to four content words left out."""
    words = words_of(text)
    if len(words) < 9:
        return None
    starts = [i for i, w in enumerate(words[:-3]) if w.norm in stock.function_words or i == 0]
    start = chance.choice(starts) if starts else chance.randrange(len(words) - 4)
    run = words[start : start + chance.randint(2, 5)]
    told = sum(is_content(w.norm, stock.language) for w in run)
    if not 1 <= told <= 4 or any(_BREAK.search(text, a.span.end, b.span.start) for a, b in pairwise(run)):
        return None
    return _cut(text, run[0].span.start, run[-1].span.end)


def dropped_clause(text: str, stock: Stock, chance: random.Random) -> str | None:
    """What stands between two commas, left out without a mark."""
    commas = [m.start() for m in regex.finditer(r",(?=\s)", text)]
    spans = [(a, b) for a, b in pairwise(commas) if 12 <= b - a <= len(text) * 0.6]
    if not spans:
        return None
    start, end = chance.choice(spans)
    return _cut(text, start, end + 1)


def dropped_condition(text: str, stock: Stock, chance: random.Random) -> str | None:
    """The clause that says on what condition, left out."""
    conditions = _of_kind(text, stock, MentionKind.CONDITION)
    if not conditions:
        return None
    start = chance.choice(conditions).span.start
    end = _BREAK.search(text, start)
    stop = end.end() if end else len(text.rstrip(".!?"))
    inside = sum(start <= w.span.start < stop for w in words_of(text))
    if inside < 3 or len(words_of(text)) - inside < 4:
        return None
    return _cut(text, start, stop)


def added(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A phrase of another sentence put in between two words."""
    words = words_of(text)
    other = words_of(donor := chance.choice(stock.sentences))
    size = chance.randint(2, 6)
    if len(words) < 5 or len(other) < size + 1:
        return None
    start = chance.randrange(len(other) - size)
    run = other[start : start + size]
    if sum(is_content(w.norm, stock.language) for w in run) < 2:
        return None
    at = chance.choice(words[2:]).span.start
    return f"{text[:at]}{donor[run[0].span.start : run[-1].span.end]} {text[at:]}"


def question(text: str, stock: Stock, chance: random.Random) -> str | None:
    """A statement turned into a question."""
    words = words_of(text)
    if text.rstrip()[-1:] != "." or len(words) < 5:
        return None
    stem = text.rstrip()[:-1]
    if stock.language != "en":
        return f"Apakah {stem[0].lower()}{stem[1:]}?"
    auxiliary = next((w for w in words[1:10] if w.norm in stock.auxiliaries), None)
    if auxiliary is None:
        return f"{stem}?"
    rest = stem[: auxiliary.span.start] + stem[auxiliary.span.end + 1 :]
    return f"{auxiliary.text.capitalize()} {rest[0].lower() if words[0].norm in stock.function_words else rest[0]}{rest[1:]}?"


def shuffled(text: str, stock: Stock, chance: random.Random) -> str | None:
    """All words in another order."""
    parts = text.split()
    if len(parts) < 6:
        return None
    chance.shuffle(parts)
    return " ".join(parts)


def other_sentence(text: str, stock: Stock, chance: random.Random) -> str | None:
    """Another sentence altogether."""
    other = chance.choice(stock.sentences)
    return None if other == text else other


DAMAGES: Mapping[str, Change] = {
    "number": number,
    "unit": unit,
    "date": date,
    "name": name,
    "roles": roles,
    "negation dropped": negation_dropped,
    "negation added": negation_added,
    "modal": modal,
    "antonym": antonym,
    "word": word,
    "dropped word": dropped_word,
    "dropped phrase": dropped_phrase,
    "dropped clause": dropped_clause,
    "dropped condition": dropped_condition,
    "added": added,
    "question": question,
    "shuffled": shuffled,
    "other sentence": other_sentence,
}

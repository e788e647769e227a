"""Numbers with their unit, scale and currency, by value and without regard to notation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ..types import Mention, MentionKind, NumberValue, Span
from .literals import read_literal, read_roman
from .numberwords import HALF, Amount, half_after, read_fraction, read_words, role_at
from .quantities import PERCENT_SIGNS, SYMBOLS, currency_before, with_unit
from .tokens import Tokens
from .vocabulary import Vocabulary

_SPOILERS = "#@_/\\"
_MULTIPLIES = frozenset(("scale", "times", "count", "plural"))
_TIME_UNITS = frozenset(("year", "month", "week", "day", "hour", "minute", "decade", "century"))

Found = tuple[int, Mention]


def number_at(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Found | None:
    """The number that starts at word ``i``: the word after it, and its mention; None when there is none."""
    at, unit = currency_before(tokens, i, vocabulary)
    begin = i
    if unit is None and at < len(tokens) and tokens.norms[at] in vocabulary.number_lists["ordinal_prefix"]:
        return _prefixed_ordinal(tokens, at, vocabulary)
    if at >= len(tokens):
        return None
    amount = _amount_at(tokens, at, vocabulary, currency=unit is not None)
    if amount is None:
        return None
    amount = _and_a_half(tokens, with_unit(tokens, amount, unit, vocabulary), vocabulary)
    if not _counts(tokens, begin, amount, vocabulary):
        return None
    return amount.end, _mention(tokens, begin, amount, vocabulary)


def _and_a_half(tokens: Tokens, amount: Amount, vocabulary: Vocabulary) -> Amount:
    """``a year and a half``: the half that follows the unit."""
    if amount.unit not in _TIME_UNITS or role_at(tokens, amount.end, vocabulary) != "and":
        return amount
    end = half_after(tokens, amount.end, vocabulary)
    return replace(amount, end=end, readings=tuple(r + HALF for r in amount.readings)) if end else amount


def _prefixed_ordinal(tokens: Tokens, i: int, vocabulary: Vocabulary) -> Found | None:
    """``ke-5``, ``第五``: a prefix that touches the number or is tied to it by a hyphen."""
    if i + 1 >= len(tokens) or not (tokens.touches(i + 1) or tokens.hyphenated(i + 1)):
        return None
    word = tokens.words[i + 1].text
    if word[0].isdecimal():
        readings = read_literal(word, vocabulary.decimal)
        amount = Amount(i + 2, readings) if readings and word.isdecimal() else None
    else:
        roman = read_roman(word)
        amount = Amount(i + 2, (Decimal(roman),)) if roman else read_words(tokens, i + 1, vocabulary)
    if amount is None:
        return None
    return amount.end, _mention(tokens, i, replace(amount, ordinal=True), vocabulary)


def _amount_at(tokens: Tokens, i: int, vocabulary: Vocabulary, *, currency: bool) -> Amount | None:
    word = tokens.words[i].text
    if word[0].isdecimal():
        return _digits_at(tokens, i, vocabulary, currency=currency)
    roman = _roman_at(tokens, i, vocabulary)
    if roman:
        return Amount(i + 1, (Decimal(roman),), ordinal=True)
    found = vocabulary.numbers.match(tokens, i)
    if found is None:
        return None
    end, entry = found
    if entry.role == "plural":
        return Amount(end, (entry.value,), entry.scale, approximate=True)
    if entry.role == "multiple":
        return Amount(end, (entry.value,), unit="times")
    if entry.role == "single":
        return Amount(end, (entry.value,), unit=entry.scale)
    fraction = read_fraction(tokens, i, vocabulary, vocabulary.number_lists["fraction_of"])
    if fraction is not None:
        return fraction
    if entry.role == "article":
        if role_at(tokens, end, vocabulary) not in _MULTIPLIES or not tokens.joined[end]:
            return _article_unit(tokens, end, vocabulary)
        return read_words(tokens, end, vocabulary, Decimal(1))
    if entry.role == "count":
        return Amount(end, (entry.value,))
    return read_words(tokens, i, vocabulary)


def _article_unit(tokens: Tokens, end: int, vocabulary: Vocabulary) -> Amount | None:
    """``a year`` in "for a year": one year, but only in the context that :func:`_counts` checks."""
    found = vocabulary.units.match(tokens, end) if end < len(tokens) and tokens.joined[end] else None
    return Amount(end, (Decimal(1),)) if found and found[1] in _TIME_UNITS else None


def _digits_at(tokens: Tokens, i: int, vocabulary: Vocabulary, *, currency: bool) -> Amount | None:
    word = tokens.words[i].text
    before = tokens.text[max(0, tokens.words[i].span.start - 1) : tokens.words[i].span.start]
    if not currency and ((before in _SPOILERS and before) or _part_of_code(tokens, i, vocabulary)):
        return None
    percent = word[-1] in PERCENT_SIGNS
    readings = read_literal(word.rstrip("".join(PERCENT_SIGNS)), vocabulary.decimal)
    if not readings:
        return None
    end = i + 1
    if percent:
        return Amount(end, readings, unit="percent")
    if tokens.touches(end) and tokens.words[end].text[0].isascii():
        return _with_suffix(tokens, end, readings, vocabulary, currency=currency)
    if role_at(tokens, end, vocabulary) in _MULTIPLIES:
        return _scaled(tokens, end, readings, vocabulary)
    return Amount(end, readings)


def _scaled(tokens: Tokens, i: int, readings: tuple[Decimal, ...], vocabulary: Vocabulary) -> Amount | None:
    """A literal before scale words (``1,5 juta``), also in two steps (``3亿5000万``)."""
    amounts = [a for r in readings if r and (a := read_words(tokens, i, vocabulary, r))]
    if not amounts:
        return Amount(i, readings)
    first = amounts[0]
    values = tuple(a.readings[0] for a in amounts)
    end = first.end
    if end + 1 < len(tokens) and tokens.joined[end] and role_at(tokens, end + 1, vocabulary) == "scale":
        small = read_literal(tokens.words[end].text, vocabulary.decimal)
        more = read_words(tokens, end + 1, vocabulary, small[0]) if small and small[0] else None
        if more and more.readings[0] < values[0]:
            return Amount(more.end, tuple(v + more.readings[0] for v in values), first.scale)
    return Amount(end, values, first.scale)


def _with_suffix(
    tokens: Tokens, end: int, readings: tuple[Decimal, ...], vocabulary: Vocabulary, *, currency: bool
) -> Amount | None:
    """What is written against the digits: ``5th``, ``325m``, ``20km``; None for codes such as ``5G``."""
    norm = tokens.norms[end]
    if norm in vocabulary.number_lists["ordinal_suffix"]:
        return Amount(end + 1, readings, ordinal=True)
    short = vocabulary.numbers.match(tokens, end)
    unit = vocabulary.units.match(tokens, end)
    if short and short[1].role in ("short", "scale") and (currency or unit is None):
        return Amount(short[0], tuple(r * short[1].value for r in readings), short[1].scale)
    return Amount(end, readings) if unit else None


def _part_of_code(tokens: Tokens, i: int, vocabulary: Vocabulary) -> bool:
    """Whether digits belong to a name or a code (COVID-19, F-16, MH17), which is no quantity."""
    if not i:
        return False
    previous = tokens.words[i - 1].text
    if tokens.touches(i):
        return previous[-1].isascii()
    if not tokens.hyphenated(i) or not any(c.isupper() for c in previous):
        return False
    norm = tokens.norms[i - 1]
    return norm not in vocabulary.number_lists["section"] and vocabulary.dates.one(norm) is None


def _roman_at(tokens: Tokens, i: int, vocabulary: Vocabulary) -> int:
    """Roman numerals count after a section word (Pasal V) or, from two letters on, after a name."""
    word = tokens.words[i].text
    value = read_roman(word) if word[0] in "IVX" else 0
    if not value or not i or not tokens.joined[i] or tokens.hyphenated(i):
        return 0
    section = tokens.norms[i - 1] in vocabulary.number_lists["section"]
    if not tokens.capitalised(i - 1) or (len(word) == 1 and not section):
        return 0
    return value


def _counts(tokens: Tokens, begin: int, amount: Amount, vocabulary: Vocabulary) -> bool:
    """Whether the words really count: "one" and "second" are often a pronoun and a unit."""
    lists = vocabulary.number_lists
    found = vocabulary.numbers.match(tokens, begin)
    if found is None:
        return True
    role = found[1].role
    previous = tokens.norm(begin - 1) if begin and tokens.joined[begin] else ""
    alone = amount.end == found[0]
    if previous in lists["not_after"] and role in ("one", "article"):
        return False
    if role in ("atom", "one") and alone and tokens.capitalised(begin) and not tokens.starts[begin]:
        return False  # a name: Lima is "five" in Indonesian, and a city
    if role == "one" and alone:
        return previous in lists["counting"] and role_at(tokens, amount.end, vocabulary) == ""
    if role == "single" or (
        role == "article" and amount.unit in _TIME_UNITS and amount.readings == (Decimal(1),)
    ):
        return previous in lists["period"]
    if role == "ordinal" and alone and amount.readings == (Decimal(2),):
        verb = previous.startswith(tuple(lists["not_second_prefix"])) if lists["not_second_prefix"] else False
        return previous not in lists["not_second"] and not verb
    if vocabulary.compact and role == "atom" and alone and amount.unit is None and not amount.ordinal:
        return amount.end - begin > 1 or tokens.norm(amount.end) in lists["classifier"]
    if role == "half" and alone:
        return not tokens.hyphenated(amount.end) and tokens.norm(amount.end) not in lists["not_half"]
    return True


def _mention(tokens: Tokens, begin: int, amount: Amount, vocabulary: Vocabulary) -> Mention:
    span = tokens.span(begin, amount.end)
    text, start, end = tokens.text, span.start, span.end
    if tokens.words[begin].text[0].isdecimal() and text[max(0, start - 2) : start].strip() in SYMBOLS:
        start = text.rindex(text[max(0, start - 2) : start].strip(), 0, start)
    if amount.unit == "percent" and text[end : end + 2].lstrip()[:1] in PERCENT_SIGNS:
        end = text.index(text[end : end + 2].lstrip()[:1], end) + 1
    near = tokens.before(begin, 2)
    approximate = (
        amount.approximate
        or any(norm in vocabulary.number_lists["approximate"] for norm in near[-1:])
        or " ".join(near) in vocabulary.number_lists["approximate"]
    )
    section = (
        begin > 0 and tokens.joined[begin] and tokens.norms[begin - 1] in vocabulary.number_lists["section"]
    )
    ordinal = amount.ordinal or (section and amount.unit is None and amount.scale is None)
    value = NumberValue(amount.readings, amount.unit, amount.scale, ordinal, approximate)
    return Mention(MentionKind.NUMBER, Span(start, end), value)

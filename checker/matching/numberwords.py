"""Numbers written as words: one small grammar whose words come from the language file.

Roles: ``atom`` (three, twenty), ``one``, ``group`` (sepuluh, seratus), ``teen`` (belas), ``times``
(hundred, puluh), ``scale`` (thousand), ``whole`` (seribu), ``and``, ``point``, ``half``, ``fraction``
(sepertiga), ``part`` (thirds), ``ordinal``, ``count`` (dozen), ``plural`` (dozens), ``multiple``
(twice), ``single`` (setahun), ``article`` (a), ``short`` (k, bn), ``per-cent`` and ``over`` (百分之, 分之).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from .tokens import Tokens
from .vocabulary import NumberWord, Vocabulary

ZERO = Decimal(0)
HALF = Decimal("0.5")
_MAX_WORDS = 24
_SMALL = frozenset(("atom", "one", "group", "teen", "times"))
_SCALES = {
    Decimal(10**3): "thousand",
    Decimal(10**6): "million",
    Decimal(10**9): "billion",
    Decimal(10**12): "trillion",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as read: its readings, where it ends, and how it was said."""

    end: int
    readings: tuple[Decimal, ...]
    scale: str | None = None
    ordinal: bool = False
    approximate: bool = False
    unit: str | None = None


def word_at(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, NumberWord] | None:
    """The number word at ``i``, if it follows the word before it closely."""
    return vocabulary.numbers.match(tokens, i)


def role_at(tokens: Tokens, i: int, vocabulary: Vocabulary) -> str:
    """The role of the joined number word at ``i``; empty when there is none."""
    found = vocabulary.numbers.match(tokens, i) if i < len(tokens) and tokens.joined[i] else None
    return found[1].role if found else ""


class _Sum:
    """The running value of a number in words: ``total + acc + low``."""

    def __init__(self, compact: bool) -> None:
        self.compact = compact
        self.total = self.acc = self.low = ZERO
        self.last_scale = ZERO
        self.scale: str | None = None
        self.seen = False

    @property
    def value(self) -> Decimal:
        """What the words read so far say."""
        return self.total + self.acc + self.low

    def take(self, word: NumberWord) -> bool:
        """Add one word; False when it cannot continue this number."""
        step = {
            "atom": self._atom,
            "one": self._atom,
            "group": self._group,
            "teen": self._teen,
            "times": self._times,
            "scale": self._scale,
            "plural": self._plural,
            "whole": self._whole,
            "count": self._count,
        }.get(word.role)
        if step is None or not step(word):
            return False
        self.seen = True
        return True

    def _atom(self, word: NumberWord) -> bool:
        tens = self.low >= 20 and self.low % 10 == 0 and ZERO < word.value < 10
        if (self.low and not tens) or (self.seen and word.value == 0 and not self.compact):
            return False
        self.low += word.value
        return True

    def _group(self, word: NumberWord) -> bool:
        if self.low or (self.acc and self.acc % 100 != 0) or self.acc == word.value:
            return False
        self.acc += word.value
        return True

    def _teen(self, word: NumberWord) -> bool:
        if not ZERO < self.low < 10:
            return False
        self.acc, self.low = self.acc + self.low + word.value, ZERO
        return True

    def _times(self, word: NumberWord) -> bool:
        if not self.low:
            if not self.compact or (self.acc and self.acc % (word.value * 10) != 0):
                return False
            self.low = Decimal(1)
        if self.acc and self.acc <= self.low * word.value:
            return False
        self.acc, self.low = self.acc + self.low * word.value, ZERO
        return True

    def _scale(self, word: NumberWord) -> bool:
        base = self.acc + self.low
        if word.value > self.last_scale:
            if not self.total + base:
                return False
            self.total = (self.total + base) * word.value
        elif base and word.value < self.last_scale:
            self.total += base * word.value
        else:
            return False
        self.acc = self.low = ZERO
        self.last_scale = word.value
        self.scale = self.scale or word.scale
        return True

    def _plural(self, word: NumberWord) -> bool:
        """``200 millions``: after a number, the plural of a scale word is that scale."""
        return self.seen and word.value in _SCALES and self._scale(replace(word, scale=_SCALES[word.value]))

    def _whole(self, word: NumberWord) -> bool:
        if self.acc + self.low or (self.last_scale and word.value >= self.last_scale):
            return False
        self.total += word.value
        self.last_scale = word.value
        self.scale = self.scale or word.scale
        return True

    def _count(self, word: NumberWord) -> bool:
        if not self.value or self.total:
            return False
        self.acc, self.low = self.value * word.value, ZERO
        return True


def _after_point(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, str]:
    """The digits said after "point" or "koma": where they end, and the digits."""
    digits = ""
    while len(digits) < 8 and i < len(tokens) and tokens.joined[i]:
        found = vocabulary.numbers.match(tokens, i)
        if not found or found[1].role not in ("atom", "one") or found[1].value >= 10:
            break
        digits += str(found[1].value)
        i = found[0]
    return i, digits


def half_after(tokens: Tokens, i: int, vocabulary: Vocabulary) -> int:
    """Where "and a half" or "setengah" after a number ends; 0 when there is none."""
    for skip in (("and", "article"), ("and",), ()):
        at = i
        for role in skip:
            if role_at(tokens, at, vocabulary) != role:
                break
            at += 1
        else:
            if role_at(tokens, at, vocabulary) == "half":
                return at + 1
    return 0


def read_words(tokens: Tokens, i: int, vocabulary: Vocabulary, start: Decimal = ZERO) -> Amount | None:
    """The cardinal or ordinal in words at ``i``; ``start`` is a digit literal already read before it."""
    sum_ = _Sum(vocabulary.compact)
    sum_.low, sum_.seen = start, bool(start)
    end = at = i
    ordinal = False
    for _ in range(_MAX_WORDS):
        if at >= len(tokens) or ((at > i or start) and not tokens.joined[at]):
            break
        found = vocabulary.numbers.match(tokens, at)
        if found is None:
            break
        after, word = found
        if word.role == "ordinal":
            if not sum_.seen or (sum_.low >= 20 and sum_.low % 10 == 0 and word.value < 10):
                sum_.low, sum_.seen, ordinal, end = sum_.low + word.value, True, True, after
            break
        if word.role == "and" and sum_.seen and (sum_.acc or sum_.total) and not sum_.low:
            if role_at(tokens, after, vocabulary) != "atom":
                break
        elif word.role == "half" and sum_.seen:
            break
        elif word.role == "point" and sum_.seen:
            stop, digits = _after_point(tokens, after, vocabulary)
            if not digits or sum_.low % 1:
                break
            sum_.low += Decimal(f"0.{digits}")
            end, after = stop, stop
        elif sum_.take(word):
            end = after
        else:
            break
        half = half_after(tokens, after, vocabulary) if sum_.seen and end == after else 0
        if half and not sum_.low % 1:
            sum_.low += HALF if sum_.low or sum_.acc else sum_.last_scale * HALF
            end = after = half
        at = after
    return Amount(end, (sum_.value,), sum_.scale, ordinal) if sum_.seen and end > i else None


def read_small(tokens: Tokens, i: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """A plain whole number below a hundred in words, as in clock times: the word after it, its value."""
    sum_, at = _Sum(vocabulary.compact), i
    while at < len(tokens) and (at == i or tokens.joined[at]):
        found = vocabulary.numbers.match(tokens, at)
        if found is None or found[1].role not in _SMALL or not sum_.take(found[1]):
            break
        at = found[0]
    return (at, int(sum_.value)) if at > i and sum_.value < 100 else None


def read_fraction(tokens: Tokens, i: int, vocabulary: Vocabulary, of: frozenset[str]) -> Amount | None:
    """``two thirds``, ``a third of``, ``dua pertiga``, ``sepertiga``, ``half a million``, ``setengah juta``."""
    found = vocabulary.numbers.match(tokens, i)
    if found is None:
        return None
    end, word = found
    if word.role == "fraction":
        return _times_scale(tokens, end, Decimal(1) / word.value, vocabulary, of)
    if word.role == "half":
        return _times_scale(tokens, end, HALF, vocabulary, of)
    if word.role == "per-cent":
        share = read_words(tokens, end, vocabulary) if end < len(tokens) else None
        return replace(share, unit="percent") if share else None
    if word.role not in ("atom", "one", "article") or word.value >= 20 or not word.value:
        return None
    if end >= len(tokens) or not tokens.joined[end]:
        return None
    below = vocabulary.numbers.match(tokens, end)
    if below is None:
        return None
    stop, part = below
    if part.role == "over":
        top = read_words(tokens, stop, vocabulary) if stop < len(tokens) and word.value else None
        return replace(top, readings=(top.readings[0] / word.value,)) if top else None
    said = part.role == "part" and (word.role != "article" or tokens.norm(stop) in of)
    if not said and part.role == "ordinal" and part.value > 2 and word.value == 1:
        # "fell by a third," but not "a third man": what follows tells the share from the place in a row.
        last = stop >= len(tokens) or not tokens.joined[stop]
        said = tokens.norm(stop) in of or last or (tokens.hyphenated(end) and word.role != "article")
    return _times_scale(tokens, stop, word.value / part.value, vocabulary, of) if said else None


def _times_scale(
    tokens: Tokens, i: int, share: Decimal, vocabulary: Vocabulary, of: frozenset[str]
) -> Amount:
    """A fraction, perhaps of a scale word: ``half a million``, ``a quarter of a million``, ``sepertiga juta``."""
    at = i
    if i + 1 < len(tokens) and tokens.norm(i) in of and role_at(tokens, i + 1, vocabulary) == "article":
        at = i + 1
    if role_at(tokens, at, vocabulary) == "article":
        at += 1
    scale = vocabulary.numbers.match(tokens, at) if at < len(tokens) and tokens.joined[at] else None
    if scale and scale[1].role in ("scale", "times"):
        return Amount(scale[0], (share * scale[1].value,), scale[1].scale)
    # "half an hour", "setengah jam": the article stands before the unit.
    unit = at > i and at < len(tokens) and vocabulary.units.match(tokens, at) is not None
    return Amount(at if unit else i, (share,))

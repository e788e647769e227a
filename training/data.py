"""Reading of the training data: licence filter, cleaning, and the rows kept aside."""

from __future__ import annotations

import hashlib
import lzma
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from .settings import LanguageSettings, Settings

DOUBLE_QUOTES = "“”„‟«»「」『』《》〈〉＂"
SINGLE_QUOTES = "‘’‚‛‹›ʼ`´"
DASHES = "‐‑‒–—―−"
_FOLD = str.maketrans(
    {**dict.fromkeys(DOUBLE_QUOTES, '"'), **dict.fromkeys(SINGLE_QUOTES, "'"), **dict.fromkeys(DASHES, "-")}
)
_PLACEHOLDER = re.compile(r"%\d?\$?[A-Za-z]|\$[\w(]|\{[^}]*\}|\|\.|<[^>]*>|&\w+;|https?://|\\n|\?female:")
_FINAL = re.compile(r"""[\s.,;:!?。！？，；："'…]+$""")
_INITIAL = re.compile(r"""^[\s"'…-]+""")
_WORD = regex.compile(r"[\w\p{M}]+")
"""Vowel signs are marks to Unicode: without them a Tamil word would count as several."""
_HAN = re.compile(r"[㐀-鿿]")
_CLAUSE = re.compile(r"[,;:，；：、]\s*")
MAX_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Pair:
    """One English text and its translation."""

    english: str
    other: str
    language: str
    source: str
    weight: float


def fold_punctuation(text: str) -> str:
    """One form for each quotation mark and dash, NFKC, single spaces."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLD)
    return " ".join(folded.split())


def strip_final(text: str) -> str:
    """The text without the stops and marks at its ends; unchanged where nothing else is left."""
    return _INITIAL.sub("", _FINAL.sub("", text)) or text


def count_words(text: str) -> int:
    """Words of the text; every two Han characters count as one."""
    han = len(_HAN.findall(text))
    return len(_WORD.findall(_HAN.sub(" ", text))) + (han + 1) // 2


def read_lines(path: Path) -> Iterator[str]:
    """The lines of an xz-packed UTF-8 file, without their ends."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def is_held_aside(english: str, settings: Settings) -> bool:
    """Whether a short text belongs to the rows that no training sees (decided by its hash)."""
    if count_words(strip_final(english)) > settings.data.held_aside_max_words:
        return False
    return int.from_bytes(_digest(english)[:4], "big") % settings.data.held_aside_one_in == 0


def _digest(english: str) -> bytes:
    return hashlib.sha256(strip_final(english).casefold().encode()).digest()


def _is_usable(english: str, other: str) -> bool:
    if not english or not other or max(len(english), len(other)) > MAX_CHARACTERS:
        return False
    if _PLACEHOLDER.search(english) or _PLACEHOLDER.search(other):
        return False
    if not any(map(str.isalpha, english)) or not any(map(str.isalpha, other)):
        return False
    long, short = count_words(english), count_words(other)
    if max(long, short) > 5 and max(long, short) > 2.2 * min(long, short) + 2:
        return False
    return not is_untranslated(english, other)


def is_untranslated(english: str, other: str) -> bool:
    left = set(_WORD.findall(english.casefold()))
    right = _WORD.findall(other.casefold())
    shared = sum(word in left for word in right)
    return english.casefold() == other.casefold() or (len(right) >= 4 and shared > 0.6 * len(right))


def read_pairs(root: Path, language: LanguageSettings, settings: Settings) -> Iterator[Pair]:
    """The cleaned sentence pairs of one language, in the allowed licence classes only."""
    classes = set(settings.data.classes)
    interface = set(settings.data.interface_sources)
    seen: set[tuple[str, str]] = set()
    for line in read_lines(root / language.pairs):
        columns = line.split("\t")
        if len(columns) != 4 or columns[3] not in classes:
            continue
        english, other, source = fold_punctuation(columns[0]), fold_punctuation(columns[1]), columns[2]
        if (english, other) in seen or not _is_usable(english, other):
            continue
        if source in interface and count_words(english) < settings.data.interface_min_words:
            continue
        seen.add((english, other))
        yield Pair(english, other, language.code, source, settings.weights.get(source, 1.0))


def read_training_pairs(root: Path, settings: Settings) -> list[Pair]:
    """The pairs of all languages, less every English text that is kept aside."""
    return [
        pair
        for language in settings.languages
        for pair in read_pairs(root, language, settings)
        if not is_held_aside(pair.english, settings)
    ]


def clauses(pair: Pair) -> Iterator[Pair]:
    """Parts of a pair that its commas cut alike on both sides: partial quotations look like this.

    Both sides must have the same two to four parts, each of three words or more, and each part's share
    of its side must be about the same.
    """
    left = [part.strip() for part in _CLAUSE.split(pair.english) if part.strip()]
    right = [part.strip() for part in _CLAUSE.split(pair.other) if part.strip()]
    if len(left) != len(right) or not 2 <= len(left) <= 4:
        return
    if min(count_words(part) for part in [*left, *right]) < 3:
        return
    ratio = len(pair.other) / len(pair.english)
    if all(
        0.6 * ratio < len(other) / len(english) < 1.6 * ratio
        for english, other in zip(left, right, strict=True)
    ):
        for english, other in zip(left, right, strict=True):
            yield Pair(english, other, pair.language, pair.source + "-clauses", 0.4 * pair.weight)


def read_held_aside(root: Path, settings: Settings, code: str) -> list[tuple[str, str]]:
    """The short pairs of one source kept aside, each text once on either side."""
    source = settings.data.held_aside_source
    return _unlike(pair for pair in _pairs_aside(root, settings, code) if pair.source == source)


def sample_held_aside(root: Path, settings: Settings, code: str, most: int) -> list[tuple[str, str]]:
    """Up to ``most`` pairs kept aside of whatever source, by hash, each text once on either side.

    They are as long as ``held_aside_max_words`` lets them be.
    """
    ordered = sorted(_pairs_aside(root, settings, code), key=lambda pair: _digest(pair.english)[4:])
    return _unlike(ordered)[:most]


def _pairs_aside(root: Path, settings: Settings, code: str) -> Iterator[Pair]:
    language = next(entry for entry in settings.languages if entry.code == code)
    return (pair for pair in read_pairs(root, language, settings) if is_held_aside(pair.english, settings))


def _unlike(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    """The texts of these pairs without those that have a side of an earlier one."""
    rows: list[tuple[str, str]] = []
    used: set[str] = set()
    for pair in pairs:
        keys = {strip_final(pair.english).casefold(), "\0" + strip_final(pair.other).casefold()}
        if not keys & used:
            used |= keys
            rows.append((pair.english, pair.other))
    return rows


def read_lexicon(root: Path, language: LanguageSettings, settings: Settings) -> list[Pair]:
    """Word and term pairs; an entry weighs less the more partners its two sides have."""
    entries: dict[tuple[str, str], tuple[float, str]] = {}
    for path, trust in language.lexicons.items():
        source = Path(path).name.split(".")[0]
        for line in read_lines(root / path):
            english, _, other = line.partition("\t")
            english = fold_punctuation(english)
            key = (english, fold_punctuation(other))
            if not all(key) or max(map(count_words, key)) > 4 or is_held_aside(english, settings):
                continue
            old = entries.get(key, (0.0, source))
            entries[key] = (old[0] + trust, old[1])
    partners: dict[str, int] = {}
    for english, other in entries:
        partners[english] = partners.get(english, 0) + 1
        partners["\0" + other] = partners.get("\0" + other, 0) + 1
    return [
        Pair(
            english,
            other,
            language.code,
            source,
            trust / (partners[english] * partners["\0" + other]) ** 0.75,
        )
        for (english, other), (trust, source) in entries.items()
    ]


def read_mono(root: Path, paths: list[str], limit: int | None = None) -> list[str]:
    """Sentences of monolingual text; with ``limit``, that many at even distances."""
    lines = [fold_punctuation(line) for path in paths for line in read_lines(root / path)]
    usable = [line for line in lines if count_words(line) >= 3 and len(line) <= MAX_CHARACTERS]
    if limit is None or len(usable) <= limit:
        return usable
    return usable[:: len(usable) // limit][:limit]

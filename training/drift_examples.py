"""Pairs for the ``drift`` score: faithful ones of the clean parallel text, their lawful changes, their damages.

Half of the examples are damaged. Across languages the quotation is in either language; within one language
the source is the sentence itself, another wording of it (two Tatoeba sentences with one translation), or a
premise of ``indonli-train``.
"""

from __future__ import annotations

import json
import lzma
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .damages import DAMAGES, Change
from .data import fold_punctuation
from .lawful import LAWFUL
from .matching import SOURCES
from .stock import Stock, read_antonyms, stock_of

FAITHFUL = "faithful"
PAIRS = {"id": 1500, "ms": 400, "zh": 400}
"""Pairs per language at most; what the scorer was not trained on is less."""
JUDGED = 1200
"""Pairs of ``indonli-train`` at most."""
NEWS = tuple(source for source in SOURCES if source != "gunnxx-general")
"""``gunnxx-general`` pairs encyclopedia articles on one subject: too many of its pairs say different things."""
SHORTEST, LONGEST = 7, 45
"""English words."""
UNEVEN = (0.65, 1.6)
"""Characters of the translation per character of the English, in units of the language's mean."""
CLEAN = frozenset({"permissive", "share-alike", "copyleft-sw"})
ENGLISH_ANTONYMS = Path("lexicon") / "wordnet-antonyms.en.tsv.xz"


@dataclass(frozen=True, slots=True)
class Pair:
    """One quotation and one source with the answer."""

    quote: str
    quote_language: str
    source: str
    source_language: str
    changed: bool
    type: str
    group: int
    """Examples made from one sentence share it and are kept aside together."""


def examples(data: Path, chance: random.Random, trained: Collection[str] = ()) -> list[Pair]:
    """All examples, across and within languages; the same for a given seed.

    ``trained`` are texts that the scorer was trained on: English sentences, and premises of
    ``indonli-train``. It is surer of them than of anything new, so they are left out.
    """
    found: list[Pair] = []
    group = 0
    for other, limit in PAIRS.items():
        path = data / "parallel" / f"en-{other}.tsv.xz"
        pairs = read_faithful(path, limit, chance, trained)
        antonyms = read_antonyms(data / ENGLISH_ANTONYMS)
        stocks = {
            "en": stock_of("en", [a for a, _ in pairs], antonyms),
            other: stock_of(other, [b for _, b in pairs]),
        }
        maker = Maker(stocks, chance)
        for english, foreign in pairs:
            texts = [(foreign, other), (english, "en")]
            if chance.random() < 0.5:
                texts.reverse()
            found += maker.make(*texts, group=group)
            group += 1
            if group % 3 == 0:
                found += maker.make(texts[0], texts[0], group=group)
        for first, second, language in rewordings(path, other):
            found += maker.make((first, language), (second, language), group=(group := group + 1))
    found += judged(data / "eval" / "pairs" / "indonli-train.jsonl.xz", chance, group + 1, trained)
    return found


def read_faithful(
    path: Path, limit: int, chance: random.Random, trained: Collection[str] = ()
) -> list[tuple[str, str]]:
    """English and other sentences that are long and even enough, shuffled."""
    rows = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if (
                len(parts) >= 4
                and parts[2] in NEWS
                and parts[3] in CLEAN
                and parts[1]
                and SHORTEST <= len(parts[0].split()) <= LONGEST
            ):
                rows.append((parts[0], parts[1]))
    mean = sum(len(other) / len(english) for english, other in rows) / max(1, len(rows))
    low, high = (mean * bound for bound in UNEVEN)
    rows = [
        row
        for row in rows
        if low <= len(row[1]) / len(row[0]) <= high and fold_punctuation(row[0]) not in trained
    ]
    chance.shuffle(rows)
    return rows[:limit]


class Maker:
    """Makes the examples of one pair, taking the types of damage that were rarest so far."""

    def __init__(self, stocks: Mapping[str, Stock], chance: random.Random) -> None:
        self._stocks = stocks
        self._chance = chance
        self._counts: Counter[str] = Counter()

    def make(self, quote: tuple[str, str], source: tuple[str, str], *, group: int) -> list[Pair]:
        """The pair as it is, a lawful change of its quotation, and two damages, one on either side."""
        found = [Pair(*quote, *source, False, FAITHFUL, group)]
        lawful = self._change(LAWFUL, quote)
        if lawful is not None:
            found.append(Pair(lawful[1], quote[1], *source, False, lawful[0], group))
        base = lawful[1] if lawful is not None and self._chance.random() < 0.3 else quote[0]
        for on_quote in (True, False)[: len(found)]:
            damaged = self._change(DAMAGES, (base, quote[1]) if on_quote else source)
            if damaged is None:
                continue
            if on_quote:
                found.append(Pair(damaged[1], quote[1], *source, True, damaged[0], group))
            else:
                found.append(Pair(*quote, damaged[1], source[1], True, damaged[0], group))
        return found

    def _change(self, table: Mapping[str, Change], text: tuple[str, str]) -> tuple[str, str] | None:
        names = sorted(table, key=lambda n: (self._counts[n] + self._chance.random(), n))
        for name in names:
            changed = table[name](text[0], self._stocks[text[1]], self._chance)
            if changed is not None and changed.split() != text[0].split():
                self._counts[name] += 1
                return name, changed
        return None


def rewordings(path: Path, other: str) -> Iterator[tuple[str, str, str]]:
    """Two sentences of one language that have one translation in the clean news-like sources."""
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) >= 4 and parts[2] in NEWS and parts[3] in CLEAN and len(parts[0].split()) >= 5:
                groups["en", parts[1].lower()].add(parts[0])
                groups[other, parts[0].lower()].add(parts[1])
    for (language, _), texts in sorted(groups.items()):
        ordered = sorted(texts)
        if len(ordered) > 1 and len(ordered[1].split()) >= 5:
            yield ordered[0], ordered[1], language


def judged(path: Path, chance: random.Random, group: int, trained: Collection[str] = ()) -> list[Pair]:
    """Entailed, contradicted and unsupported hypotheses, as many faithful as not."""
    by_label: dict[bool, list[dict[str, str]]] = {True: [], False: []}
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if fold_punctuation(row["source"]) not in trained:
                by_label[row["label"] != "ok"].append(row)
    rows: list[dict[str, str]] = []
    for members in by_label.values():
        chance.shuffle(members)
        rows += members[: JUDGED // 2]
    groups: dict[str, int] = {}
    for row in rows:
        groups.setdefault(row["source"], group + len(groups))
    return [
        Pair(
            row["quote"],
            row["quote_language"],
            row["source"],
            row["source_language"],
            row["label"] != "ok",
            f"indonli {row['type']}",
            groups[row["source"]],
        )
        for row in rows
    ]


def by_type(pairs: Sequence[Pair]) -> Counter[str]:
    """How many examples of each type there are."""
    return Counter(p.type for p in pairs)

"""Sentence pairs that say the same: what examples are made from."""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..data import count_words, fold_punctuation, is_untranslated, read_lines
from .settings import DataSettings


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Faithful:
    """Two texts that say the same."""

    first: Text
    second: Text
    weight: float
    group: int
    """Number of the row it was read from; examples of one row are kept aside together."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A premise and a hypothesis that people judged (``indonli-train``)."""

    quote: Text
    source: Text
    changed: bool
    type: str
    group: int


def read_faithful(root: Path, settings: DataSettings, rng: np.random.Generator) -> list[Faithful]:
    """The clean pairs of all languages, as many of each as the settings say, drawn by weight."""
    found: list[Faithful] = []
    for code, limit in settings.pairs.items():
        rows = _rows(root / "parallel" / f"en-{code}.tsv.xz", settings)
        mean = float(np.mean([len(other) / len(english) for english, other, _ in rows]))
        low, high = (mean * bound for bound in settings.uneven)
        rows = [row for row in rows if low <= len(row[1]) / len(row[0]) <= high]
        for row in _chosen([weight for *_, weight in rows], limit, rng):
            english, other, weight = rows[row]
            found.append(Faithful(Text(english, "en"), Text(other, code), weight, len(found)))
    return found


def _rows(path: Path, settings: DataSettings) -> list[tuple[str, str, float]]:
    classes = set(settings.classes)
    rows: dict[tuple[str, str], float] = {}
    for line in read_lines(path):
        columns = line.split("\t")
        if len(columns) != 4 or columns[3] not in classes:
            continue
        weight = settings.weights.get(columns[2], 1.0)
        english, other = fold_punctuation(columns[0]), fold_punctuation(columns[1])
        if weight <= 0 or not settings.shortest <= count_words(english) <= settings.longest:
            continue
        if other and not is_untranslated(english, other):
            rows[english, other] = weight
    return [(*texts, weight) for texts, weight in rows.items()]


def _chosen(weights: Sequence[float], limit: int, rng: np.random.Generator) -> list[int]:
    """At most ``limit`` numbers, drawn without replacement by weight, in order."""
    if len(weights) <= limit:
        return list(range(len(weights)))
    shares = np.array(weights) / sum(weights)
    return sorted(int(n) for n in rng.choice(len(weights), size=limit, replace=False, p=shares))


def read_judged(root: Path, first_group: int) -> list[Judged]:
    """The rows of ``indonli-train``; those of one premise share a group."""
    groups: dict[str, int] = {}
    found = []
    with lzma.open(root / "eval" / "pairs" / "indonli-train.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            group = groups.setdefault(row["source"], first_group + len(groups))
            quote = Text(fold_punctuation(row["quote"]), row["quote_language"])
            source = Text(fold_punctuation(row["source"]), row["source_language"])
            found.append(Judged(quote, source, row["label"] != "ok", f"indonli {row['type']}", group))
    return found

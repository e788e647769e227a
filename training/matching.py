"""Fits the coefficients of ``checker.matching.matching.same_utterance``.

Positives are sentence pairs of the licence-clean parallel text, and parts of one side against the
whole of the other (partial quotations). Negatives are the nearest sentences that are not the
translation. Logistic regression by Newton's method; a third of the sentences is kept aside.

    python -m training.matching --data ../shared/data
"""

from __future__ import annotations

import argparse
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from checker.matching.alignment import align
from checker.matching.comparison import Comparison, compare_sides
from checker.matching.matching import FEATURES, utterance_features
from checker.matching.sides import make_side
from checker.types import QuotationKind
from index import load_encoder
from index.types import Encoder

SOURCES = ("globalvoices", "tico19", "gunnxx-general", "tatoeba", "wesnoth", "opensource-guide")
NEGATIVES = 3

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """Features of one pair and whether it is one utterance."""

    features: tuple[float, ...]
    same: bool
    fold: int


def read_pairs(path: Path, limit: int, chance: random.Random) -> list[tuple[str, str]]:
    """English and other sentences of the news-like clean sources, shuffled."""
    rows = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) >= 4 and parts[2] in SOURCES and 4 <= len(parts[0].split()) <= 45:
                rows.append((parts[0], parts[1]))
    chance.shuffle(rows)
    return rows[:limit]


def part_of(text: str, chance: random.Random) -> str:
    """Three to eight words of a sentence, as a partial quotation has them."""
    words = text.split()
    size = chance.randint(3, 8)
    if len(words) <= size + 2:
        return text
    start = chance.randint(0, len(words) - size)
    return " ".join(words[start : start + size]).strip(",.;:")


def examples(
    pairs: Sequence[tuple[str, str]], other: str, encoder: Encoder, chance: random.Random
) -> Iterator[Example]:
    """Each sentence, whole and in part, against its translation and its nearest neighbours."""
    english = [a for a, _ in pairs]
    passages = encoder.encode(english)
    for whole in (True, False):
        quotes = [b if whole else part_of(b, chance) for _, b in pairs]
        vectors = encoder.encode(quotes, kind="query")
        for n, quote in enumerate(quotes):
            scores = passages @ vectors[n]
            nearest = [int(k) for k in np.argsort(-scores)[: NEGATIVES + 1] if k != n][:NEGATIVES]
            tokens = encoder.encode_tokens([quote, *(english[k] for k in (n, *nearest))])
            side = make_side(quote, other, tokens=tokens[0])
            kind = QuotationKind.DIRECT if whole else QuotationKind.MIXED
            for place, k in enumerate((n, *nearest)):
                source = make_side(english[k], "en", tokens=tokens[place + 1])
                comparison: Comparison = compare_sides(align(side, source), kind)
                yield Example(utterance_features(comparison, float(scores[k])), k == n, n % 3)


def fit(features: Floats, same: Floats, ridge: float = 1.0) -> Floats:
    """Newton's method; the bias is the first column and is not shrunk."""
    weights = np.zeros(features.shape[1])
    penalty = np.full(features.shape[1], ridge)
    penalty[0] = 0.0
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-features @ weights))
        gradient = features.T @ (p - same) + penalty * weights
        hessian = (features * (p * (1 - p))[:, None]).T @ features + np.diag(penalty + 1e-9)
        weights -= np.linalg.solve(hessian, gradient)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--pairs", type=int, default=900)
    parser.add_argument("--model")
    options = parser.parse_args()
    chance = random.Random(7)
    encoder = load_encoder(options.model)
    rows: list[Example] = []
    for other in ("id", "ms"):
        pairs = read_pairs(options.data / "parallel" / f"en-{other}.tsv.xz", options.pairs, chance)
        rows.extend(examples(pairs, other, encoder, chance))
    features = np.array([(1.0, *r.features) for r in rows])
    same = np.array([float(r.same) for r in rows])
    aside = np.array([r.fold == 0 for r in rows])
    weights = fit(features[~aside], same[~aside])
    print("(" + ", ".join(f"{w:.2f}" for w in weights) + ")  # bias, " + ", ".join(FEATURES))
    p = 1.0 / (1.0 + np.exp(-features[aside] @ weights))
    truth = same[aside] > 0.5
    for threshold in (0.3, 0.5, 0.7):
        print(
            f"kept aside, from {threshold}: found {np.mean(p[truth] >= threshold):.3f}, false {np.mean(p[~truth] >= threshold):.3f}"
        )


if __name__ == "__main__":
    main()

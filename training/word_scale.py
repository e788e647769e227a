"""The cosines between which word vectors say something: ``UNLIKE`` and ``ALIKE`` of checker/matching/similarity.py.

Words of aligned sentences of the training text are taken for translations of each other where the lexicon
says so and neither has another candidate; all other pairs of content words of the two sentences are taken
for unrelated. Printed are the cosine that 19 in 20 unrelated pairs stay below and the one that nine in ten
translations exceed.

    python -m training.word_scale --data ../shared/data
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np

from checker.matching.lexicon import translations
from checker.matching.sides import Side, make_side
from index import load_encoder

from .matching import read_pairs
from .settings import DEFAULT_DATA

CONTENT = 4.0
"""Nats: words that tell less are left out, since "the" goes with everything."""
SURE = 0.3
UNRELATED_BELOW, TRANSLATIONS_ABOVE = 95, 10
"""Percentiles."""


def cosines(quote: Side, source: Side) -> tuple[list[float], list[float]]:
    """Cosines of the translations and of the unrelated words of two sentences."""
    assert quote.vectors is not None
    assert source.vectors is not None
    table = quote.vectors @ source.vectors.T
    known = [translations(stem, quote.language, source.language) for stem in quote.stems]
    links = np.array([[row.get(stem, 0.0) >= SURE for stem in source.stems] for row in known])
    spelled = np.array([[a.norm == b.norm for b in source.words] for a in quote.words])
    rare = np.outer(quote.weights >= CONTENT, source.weights >= CONTENT) & ~spelled
    rows, columns = links.sum(axis=1, keepdims=True), links.sum(axis=0, keepdims=True)
    linked = links & rare & (rows == 1) & (columns == 1)
    # A word whose translation is found elsewhere in the sentence is unrelated to the others.
    apart = ~links & rare & (linked.any(axis=1, keepdims=True) | linked.any(axis=0, keepdims=True))
    return table[linked].tolist(), table[apart].tolist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--model")
    options = parser.parse_args()
    encoder = load_encoder(options.model)
    for language in ("id", "ms", "zh"):
        alike: list[float] = []
        unlike: list[float] = []
        path = options.data / "parallel" / f"en-{language}.tsv.xz"
        for english, other in read_pairs(path, options.pairs, random.Random(7)):
            tokens = encoder.encode_tokens([other, english])
            found = cosines(
                make_side(other, language, tokens=tokens[0]), make_side(english, "en", tokens=tokens[1])
            )
            alike += found[0]
            unlike += found[1]
        low, high = np.percentile(unlike, UNRELATED_BELOW), np.percentile(alike, TRANSLATIONS_ABOVE)
        print(f"{language}: unlike {low:.2f} ({len(unlike)} pairs), alike {high:.2f} ({len(alike)} pairs)")


if __name__ == "__main__":
    main()

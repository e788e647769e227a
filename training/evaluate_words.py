"""How well the token vectors find the translation of a word inside a sentence. Measuring only.

A dictionary says which word pairs to look for, so the figure leans towards words the training has
met in its word lists; it compares sets of weights and is no alignment error rate.
``python -m training.evaluate_words --work FOLDER --weights FILE``
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Encoding, Tokenizer
from transformers import BertModel

from .data import fold_punctuation, read_lexicon
from .evaluate import Rows, read_sets
from .network import Matrix, load_network
from .settings import DEFAULT_CONFIG, DEFAULT_DATA, load_settings
from .vocabulary import teacher_folder

LEAST_TRUST = 0.5


def group_words(encoding: Encoding) -> list[list[int]]:
    """Token numbers of each word, special tokens left out."""
    words: dict[int, list[int]] = {}
    for token, word in enumerate(encoding.word_ids):
        if word is not None:
            words.setdefault(word, []).append(token)
    return list(words.values())


@torch.no_grad()
def read_words(model: BertModel, tokenizer: Tokenizer, text: str) -> tuple[list[str], Matrix]:
    """The words of a text and their unit vectors (means of their tokens, last layer)."""
    encoding = tokenizer.encode(text)
    groups = group_words(encoding)
    ids = torch.tensor([encoding.ids])
    states = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0].numpy()
    vectors = np.stack([states[group].mean(axis=0) for group in groups])
    words = [text[encoding.offsets[g[0]][0] : encoding.offsets[g[-1]][1]].casefold() for g in groups]
    return words, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def expected_links(
    english: Sequence[str], other: Sequence[str], known: set[tuple[str, str]]
) -> list[tuple[int, int]]:
    """Pairs of word numbers that the dictionary links, where neither side leaves a choice."""
    links = [
        (i, j)
        for i, left in enumerate(english)
        for j, right in enumerate(other)
        if left != right and (left, right) in known
    ]
    lefts, rights = [i for i, _ in links], [j for _, j in links]
    return [(i, j) for i, j in links if lefts.count(i) == 1 and rights.count(j) == 1]


def score_words(
    model: BertModel, tokenizer: Tokenizer, rows: Rows, known: set[tuple[str, str]]
) -> tuple[int, float]:
    """Links looked for, and the percentage that are nearest to each other in both directions."""
    found = total = 0
    for row in rows:
        english, left = read_words(model, tokenizer, fold_punctuation(row[0]))
        other, right = read_words(model, tokenizer, fold_punctuation(row[1]))
        cosine = left @ right.T
        forward, backward = cosine.argmax(axis=1), cosine.argmax(axis=0)
        for i, j in expected_links(english, other, known):
            total += 1
            found += int(forward[i] == j and backward[j] == i)
    return total, 100 * found / max(1, total)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--every", type=int, default=5, help="take one row in so many")
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    tokenizer = Tokenizer.from_file(str(arguments.work / "tokenizer.json"))
    model = load_network(arguments.weights, teacher_folder(settings.model.teacher) / "config.json")
    sets = read_sets(arguments.data, settings)
    for language in settings.languages:
        name = f"flores200-dev en-{language.code}"
        if language.script != "latin" or name not in sets:
            continue
        entries = read_lexicon(arguments.data, language, settings)
        known = {(e.english.casefold(), e.other.casefold()) for e in entries if e.weight >= LEAST_TRUST}
        total, percentage = score_words(model, tokenizer, sets[name][:: arguments.every], known)
        print(f"{name}: {percentage:.1f} % of {total} dictionary links")


if __name__ == "__main__":
    main()

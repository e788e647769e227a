"""The student before training: the teacher's network with new rows in its embedding table.

Each new token starts as the weighted mean of the English tokens it co-occurs with most, measured by
the Dice coefficient over sentence pairs and word lists. ``python -m training.start --work FOLDER``
reads ``vocabulary.json`` and writes ``start.safetensors``. With ``--from`` an earlier model of ours is
grown instead: its network and rows stay, only tokens that it lacks get new ones.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import save_file
from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from .data import Pair, read_lexicon, read_training_pairs
from .network import WORD_EMBEDDINGS, load_weights
from .settings import DEFAULT_CONFIG, DEFAULT_DATA, Settings, StartSettings, load_settings
from .vocabulary import Vocabulary, build_tokenizer, teacher_folder, tokens_of

Matrix = npt.NDArray[np.float32]


def presence(tokenizer: Tokenizer, texts: Sequence[str], size: int) -> csr_matrix:
    """Which token is in which text: shape ``(len(texts), size)``, ones."""
    rows: list[int] = []
    columns: list[int] = []
    for begin in range(0, len(texts), 4096):
        batch = tokenizer.encode_batch(texts[begin : begin + 4096], add_special_tokens=False)
        for offset, encoding in enumerate(batch):
            found = set(encoding.ids)
            rows += [begin + offset] * len(found)
            columns += found
    ones = np.ones(len(rows), dtype=np.float32)
    return csr_matrix((ones, (rows, columns)), shape=(len(texts), size))


def dice(english: csr_matrix, other: csr_matrix, weights: Matrix) -> csr_matrix:
    """Dice coefficient of every other-language token (row) with every English token (column)."""
    weighted = diags(weights) @ english
    together = (other.T @ weighted).tocoo()
    of_other = np.asarray(other.T @ weights)
    of_english = np.asarray(english.T @ weights)
    values = 2 * together.data / (of_other[together.row] + of_english[together.col])
    return csr_matrix((values, (together.row, together.col)), shape=together.shape)


def mix_rows(
    table: Matrix, scores: csr_matrix, tokens: Sequence[int], settings: StartSettings
) -> dict[int, Matrix]:
    """The mean of the nearest English rows for each token that has any, at their usual length."""
    mixed: dict[int, Matrix] = {}
    for token in tokens:
        begin, end = scores.indptr[token], scores.indptr[token + 1]
        if begin == end:
            continue
        columns, values = scores.indices[begin:end], scores.data[begin:end]
        best = np.argsort(-values)[: settings.nearest]
        weights = values[best] ** settings.power
        rows = table[columns[best]]
        mean = (weights[:, None] * rows).sum(axis=0) / weights.sum()
        length = (weights * np.linalg.norm(rows, axis=1)).sum() / weights.sum()
        mixed[token] = (mean * (length / np.linalg.norm(mean))).astype(np.float32)
    return mixed


def start_table(
    teacher: Matrix, teacher_tokens: Sequence[str], vocabulary: Vocabulary, root: Path, settings: Settings
) -> Matrix:
    """The student's embedding table, shape ``(len(vocabulary.tokens), hidden)``."""
    tokenizer = build_tokenizer(vocabulary.tokens)
    size, kept = len(vocabulary.tokens), vocabulary.kept
    number = {token: index for index, token in enumerate(teacher_tokens)}
    table = np.zeros((size, teacher.shape[1]), dtype=np.float32)
    table[:kept] = teacher[[number[token] for token in vocabulary.tokens[:kept]]]
    words = np.array(
        [t.removeprefix("##").isalnum() if i < kept else False for i, t in enumerate(vocabulary.tokens)],
        dtype=np.float32,
    )
    pairs = read_training_pairs(root, settings)
    missing = set(range(kept, size))
    for script in sorted({language.script for language in settings.languages}):
        languages = [language for language in settings.languages if language.script == script]
        codes = {language.code for language in languages}
        rows: list[Pair] = [pair for pair in pairs if pair.language in codes]
        weights = [1.0] * len(rows)
        for language in languages:
            entries = read_lexicon(root, language, settings)
            rows += entries
            weights += [settings.start.lexicon_weight * entry.weight for entry in entries]
        english = presence(tokenizer, [row.english for row in rows], size) @ diags(words)
        other = presence(tokenizer, [row.other for row in rows], size)
        english.eliminate_zeros()
        scores = dice(english.tocsr(), other, np.array(weights, dtype=np.float32)).tocsr()
        for token, row in mix_rows(table, scores, sorted(missing), settings.start).items():
            table[token] = row
            missing.discard(token)
    table[sorted(missing)] = table[5:kept].mean(axis=0)
    print(f"{size - kept - len(missing)} new tokens have a start of their own, {len(missing)} the mean")
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--from", dest="base", type=Path, help="model folder to grow, instead of the teacher")
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    folder = teacher_folder(settings.model.teacher)
    if arguments.base:
        tokens = tokens_of(arguments.base / "tokenizer.json")
        weights = load_weights(arguments.base / "model.safetensors")
    else:
        tokens = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        weights = load_weights(folder / "model.safetensors")
    vocabulary = Vocabulary(**json.loads((arguments.work / "vocabulary.json").read_text(encoding="utf-8")))
    table = start_table(weights[WORD_EMBEDDINGS].numpy(), tokens, vocabulary, arguments.data, settings)
    weights[WORD_EMBEDDINGS] = torch.from_numpy(table)
    save_file(weights, str(arguments.work / "start.safetensors"))


if __name__ == "__main__":
    main()

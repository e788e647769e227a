"""Retrieval scores of a set of weights. Measuring only: nothing here feeds training.

``python -m training.evaluate --work FOLDER --weights FILE`` (a ``.safetensors`` file of the student).
With ``--aside 500`` it measures that many rows of each language's own parallel text instead, for languages
that have no other set: rows kept aside by hash, of any source. To have long ones among them, train with
a large ``held_aside_max_words``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertModel

from .data import read_held_aside, read_lines, sample_held_aside
from .network import Matrix, encode_texts, load_network
from .settings import DEFAULT_CONFIG, DEFAULT_DATA, Settings, load_settings
from .vocabulary import teacher_folder

Rows = list[tuple[str, str]]


def recall_at_1(queries: Matrix, candidates: Matrix) -> float:
    """Percentage of queries whose own row is the nearest candidate."""
    nearest = (queries @ candidates.T).argmax(axis=1)
    return float(100 * (nearest == np.arange(len(queries))).mean())


def read_sets(root: Path, settings: Settings) -> dict[str, Rows]:
    """The retrieval sets: name and rows of (English, other)."""
    folder = root / "eval" / "retrieval"
    sets: dict[str, Rows] = {}
    for language in settings.languages:
        path = folder / f"flores200-dev.en-{language.code}.jsonl.xz"
        if path.exists():
            rows = [json.loads(line) for line in read_lines(path)]
            sets[f"flores200-dev en-{language.code}"] = [(row["en"], row[language.code]) for row in rows]
        news = folder / f"news-dev.en-{language.code}.tsv.xz"
        if news.exists():
            columns = [line.split("\t") for line in read_lines(news)]
            sets[f"news-dev en-{language.code}"] = [(row[0], row[1]) for row in columns]
        aside = read_held_aside(root, settings, language.code)
        if aside:
            sets[f"short, held aside en-{language.code}"] = aside
    return sets


def read_aside(root: Path, settings: Settings, most: int) -> dict[str, Rows]:
    """Up to ``most`` rows of each language that this configuration keeps aside, of any source."""
    return {
        f"held aside en-{language.code}": sample_held_aside(root, settings, language.code, most)
        for language in settings.languages
    }


def score(model: BertModel, tokenizer: Tokenizer, rows: Rows, longest: int) -> tuple[float, float, float]:
    """R@1 other to English, R@1 English to other, mean cosine of the pairs."""
    english = encode_texts(model, tokenizer, [row[0] for row in rows], longest)
    other = encode_texts(model, tokenizer, [row[1] for row in rows], longest)
    return (
        recall_at_1(other, english),
        recall_at_1(english, other),
        float((english * other).sum(axis=1).mean()),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--only", default="", help="measure only sets whose name holds this")
    parser.add_argument("--aside", type=int, default=0, help="measure so many rows kept aside instead")
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    torch.set_num_threads(settings.distil.threads)
    tokenizer = Tokenizer.from_file(str(arguments.work / "tokenizer.json"))
    model = load_network(arguments.weights, teacher_folder(settings.model.teacher) / "config.json")
    print(f"{'set':32} {'rows':>5} {'xx->en':>7} {'en->xx':>7} {'cosine':>7}")
    if arguments.aside:
        sets = read_aside(arguments.data, settings, arguments.aside)
    else:
        sets = read_sets(arguments.data, settings)
    for name, rows in sets.items():
        if rows and arguments.only in name:
            to_english, from_english, cosine = score(model, tokenizer, rows, settings.model.max_tokens)
            print(f"{name:32} {len(rows):5} {to_english:7.1f} {from_english:7.1f} {cosine:7.3f}", flush=True)


if __name__ == "__main__":
    main()

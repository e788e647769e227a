"""What the encoder's vectors are worth: retrieval, shorter vectors, English against the teacher, 8 bits against float32."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.evaluation import Figure
from benchmarks.quality import both_ways, retrieval_sets
from index import Encoder, FloatMatrix
from training.data import read_held_aside
from training.settings import load_settings

SHORTER = 256
"""Dimensions that a user who needs a smaller index keeps."""
NEIGHBOURS = 5
"""Near and random partners of each English sentence."""
SEED = 7
FIRST_LANGUAGES = ("id", "ms", "zh", "ta")
"""Those with an aim on flores200-dev; any other is judged by its held-aside rows."""
SUPPORTED = 0.93
"""R@1, both ways, from which a further language may be listed as supported."""
NEWS = "news-dev id"

Pairs = list[tuple[str, str]]


def cut(vectors: FloatMatrix, dimension: int) -> FloatMatrix:
    """The first dimensions of each row, made unit again."""
    kept = vectors[:, :dimension]
    norms = np.linalg.norm(kept, axis=1, keepdims=True)
    return np.asarray(kept / np.maximum(norms, 1e-12), dtype=np.float32)


def retrieval(encoder: Encoder, folder: Path, limit: int | None) -> Iterator[Figure]:
    """R@1 on every public set, both ways; then with shorter vectors, and the points that this loses."""
    lost = []
    for name, pairs in retrieval_sets(folder):
        english, other = _sides(encoder, pairs[:limit])
        whole = list(both_ways(name, english, other))
        yield from whole
        for full, short in zip(
            whole, both_ways(name, cut(english, SHORTER), cut(other, SHORTER)), strict=True
        ):
            lost.append(full.value - short.value)
            kept = f"{full.detail}, R@1 {100 * short.value:.1f} %"
            yield Figure(f"points lost at {SHORTER} dimensions, {full.name}", lost[-1], True, kept)
    if lost:
        worst = f"{len(lost)} directions, most {100 * max(lost):.2f}"
        yield Figure(f"points lost at {SHORTER} dimensions, mean", sum(lost) / len(lost), True, worst)


def _sides(encoder: Encoder, pairs: Pairs) -> tuple[FloatMatrix, FloatMatrix]:
    return encoder.encode([a for a, _ in pairs]), encoder.encode([b for _, b in pairs])


def held_aside(encoder: Encoder, data: Path, limit: int | None) -> Iterator[Figure]:
    """R@1 on the rows of the training text that no training saw, for every language of the configuration."""
    settings = load_settings()
    for language in settings.languages:
        if not (data / language.pairs).is_file():
            print(f"left out: the held-aside rows of {language.code}, no {language.pairs}", file=sys.stderr)
            continue
        pairs = read_held_aside(data, settings, language.code)[:limit]
        if not pairs:
            print(f"left out: {language.code} has no held-aside rows", file=sys.stderr)
            continue
        figures = list(both_ways(f"held aside {language.code}", *_sides(encoder, pairs)))
        weak = language.code not in FIRST_LANGUAGES and min(f.value for f in figures) < SUPPORTED
        for figure in figures:
            note = ": not listed as supported" if weak else ""
            yield Figure(figure.name, figure.value, detail=figure.detail + note)


def news_pairs(folder: Path, limit: int | None) -> Pairs:
    """The aligned news sentences, or the first of them; none if the set is not there."""
    return next((pairs[:limit] for name, pairs in retrieval_sets(folder) if name == NEWS), [])


def near_and_random(vectors: FloatMatrix, count: int, seed: int) -> npt.NDArray[np.int64]:
    """Pairs of rows, each once: every row with its ``count`` nearest others and ``count`` random others.

    Shape ``(pairs, 2)``. The near ones cover the upper end of the range of similarities, the random
    ones the lower.
    """
    rows = len(vectors)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -np.inf)
    near = np.argsort(-cosines, axis=1, kind="stable")[:, :count]
    # A distance from 1 to rows - 1 never leads back to the row itself.
    steps = np.random.default_rng(seed).integers(1, rows, size=(rows, count))
    others = (np.arange(rows)[:, None] + steps) % rows
    partners = np.concatenate([near, others], axis=1)
    left = np.repeat(np.arange(rows), partners.shape[1])
    both = np.stack([left, partners.ravel()], axis=1)
    return np.asarray(np.unique(np.sort(both, axis=1), axis=0), dtype=np.int64)


def english_kept(encoder: Encoder, folder: Path, limit: int | None) -> Iterator[Figure]:
    """Spearman's correlation between the teacher's cosines and ours on pairs of English news sentences."""
    from scipy.stats import spearmanr  # type: ignore[import-untyped]

    from index.transformer_encoder import SentenceTransformerEncoder
    from training.vocabulary import teacher_folder

    package = load_settings().model.teacher
    if importlib.util.find_spec(package) is None:
        print(f"left out: English kept, since the teacher ({package}) is not installed", file=sys.stderr)
        return
    texts = list(dict.fromkeys(english for english, _ in news_pairs(folder, limit)))
    if len(texts) < 2:
        return
    teacher = SentenceTransformerEncoder(str(teacher_folder(package)), offline=True).encode(texts)
    ours = encoder.encode(texts)
    left, right = near_and_random(teacher, min(NEIGHBOURS, len(texts) - 1), SEED).T
    taught, kept = ((v[left] * v[right]).sum(axis=1) for v in (teacher, ours))
    correlation = float(spearmanr(taught, kept).statistic)
    yield Figure(
        "Spearman with the teacher on English news", correlation, detail=f"n={len(left)} pairs of sentences"
    )


def eight_bits(encoder: Encoder, model: Path, texts: Sequence[str]) -> Iterator[Figure]:
    """Cosine between the vectors of the ONNX file and of the float32 weights in the same folder."""
    from index.transformer_encoder import SentenceTransformerEncoder

    exact = SentenceTransformerEncoder(str(model), offline=True).encode(texts)
    cosines = (exact * encoder.encode(texts)).sum(axis=1)
    yield Figure("8 bits against float32, mean cosine", float(cosines.mean()), detail=f"n={len(texts)} texts")
    yield Figure("8 bits against float32, least cosine", float(cosines.min()), detail=f"n={len(texts)} texts")

"""What the student reads at each step, and the English texts whose teacher vectors it should reach.

Four kinds of rows: sentence pairs and clauses of them, word-list entries, English sentences with words
replaced by their translations (``switching.py``), and English alone. Some rows hold several sentences that
follow each other: each is pooled over its own tokens, as the index pools a sentence inside its passage,
so that a vector learns to tell its own sentence from the sentences around it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .data import Pair, clauses, is_held_aside, read_lexicon, read_mono, read_training_pairs, strip_final
from .network import cut
from .settings import DistilSettings, Settings
from .switching import Switcher, read_switchers


@dataclass(frozen=True, slots=True)
class Pool:
    """Pairs with the probability that each is drawn."""

    pairs: list[Pair]
    probabilities: np.ndarray

    def draw(self, count: int, rng: np.random.Generator) -> list[int]:
        """``count`` row numbers, with replacement."""
        return [int(row) for row in rng.choice(len(self.pairs), size=count, p=self.probabilities)]


@dataclass(frozen=True, slots=True)
class Pools:
    """Everything that can be drawn."""

    sentences: Pool
    entries: Pool
    english: Pool
    switchers: dict[str, Switcher]


@dataclass(frozen=True, slots=True)
class Row:
    """One input of the student: its token ids, and for each sentence its tokens and its English text."""

    ids: list[int]
    spans: list[tuple[int, int]]
    english: list[str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of like length."""

    rows: list[Row]

    @property
    def english(self) -> list[str]:
        """The English text of each span, in the order of rows and spans."""
        return [text for row in self.rows for text in row.english]


def make_pool(pairs: list[Pair], shares: dict[str, float]) -> Pool:
    """One pool in which every language has its share."""
    total = dict.fromkeys(shares, 0.0)
    for pair in pairs:
        total[pair.language] += pair.weight
    weights = np.array([shares[pair.language] * pair.weight / total[pair.language] for pair in pairs])
    return Pool(pairs, weights / weights.sum())


def make_pools(root: Path, settings: Settings) -> Pools:
    """Read all training data; see the module's text for what comes of it."""
    shares = {language.code: language.share for language in settings.languages}
    pairs = read_training_pairs(root, settings)
    entries = [entry for language in settings.languages for entry in read_lexicon(root, language, settings)]
    mono = read_mono(root, settings.data.english, settings.data.english_sentences)
    english = [Pair(text, text, "en", "mono", 1.0) for text in mono if not is_held_aside(text, settings)]
    english += [Pair(pair.english, pair.english, "en", pair.source, 0.5 * pair.weight) for pair in pairs]
    parts = [part for pair in pairs for part in clauses(pair) if not is_held_aside(part.english, settings)]
    return Pools(
        make_pool(pairs + parts, shares),
        make_pool(entries, shares),
        make_pool(english, {"en": 1.0}),
        read_switchers(root, settings),
    )


def vary(text: str, rng: np.random.Generator, settings: DistilSettings) -> str:
    """The text with its end marks stripped or with quotation marks around it, now and then.

    The corpora differ in these, and the student must not learn the corpus from them.
    """
    chance = rng.random()
    if chance < settings.strip_final:
        return strip_final(text)
    if chance < settings.strip_final + settings.add_quotes:
        return f'"{text}"'
    return text


def chunk_batches(pools: Pools, tokenizer: Tokenizer, settings: Settings, chunk: int) -> list[Batch]:
    """The batches of one chunk, in random order; they depend on the seed and the chunk's number alone."""
    distil = settings.distil
    rng = np.random.default_rng([settings.model.seed, chunk])
    of_english = distil.chunk_batches // distil.english_every
    of_joined = distil.chunk_batches // distil.joined_every
    count = (distil.chunk_batches - of_english - of_joined) * distil.batch
    entries, switched = int(count * distil.lexicon_share), int(count * distil.switched_share)
    translated = [pools.sentences.pairs[row] for row in pools.sentences.draw(count - entries - switched, rng)]
    translated += [pools.entries.pairs[row] for row in pools.entries.draw(entries, rng)]
    translated += switch(pools, switched, settings, rng)
    english = [pools.english.pairs[row] for row in pools.english.draw(of_english * distil.batch, rng)]
    batches = batched(single_rows(translated, tokenizer, distil, rng), distil.batch)
    batches += batched(single_rows(english, tokenizer, distil, rng), distil.batch)
    joined = joined_rows(pools, of_joined * distil.joined_batch, tokenizer, distil, rng)
    batches += batched(joined, distil.joined_batch)
    return [batches[row] for row in rng.permutation(len(batches))]


def batched(rows: list[Row], size: int) -> list[Batch]:
    """Batches of rows of like length."""
    ordered = sorted(rows, key=lambda row: len(row.ids))
    return [Batch(ordered[begin : begin + size]) for begin in range(0, len(ordered), size)]


def switch(pools: Pools, count: int, settings: Settings, rng: np.random.Generator) -> list[Pair]:
    """English sentences of which many words are replaced by words of another language."""
    codes = [language.code for language in settings.languages]
    shares = [language.share for language in settings.languages]
    chosen = rng.choice(len(codes), size=count, p=np.array(shares) / sum(shares))
    switched = []
    for row, number in zip(pools.english.draw(count, rng), chosen, strict=True):
        text, code = pools.english.pairs[row].english, codes[number]
        switched.append(Pair(text, pools.switchers[code].switch(text, rng), code, "switched", 1.0))
    return switched


def single_rows(
    pairs: Sequence[Pair], tokenizer: Tokenizer, settings: DistilSettings, rng: np.random.Generator
) -> list[Row]:
    """One row for each pair; special tokens are pooled too, as sentence-transformers does."""
    encodings = tokenizer.encode_batch([vary(pair.other, rng, settings) for pair in pairs])
    ids = [cut(encoding.ids, settings.max_tokens) for encoding in encodings]
    return [Row(row, [(0, len(row))], [pair.english]) for row, pair in zip(ids, pairs, strict=True)]


def joined_rows(
    pools: Pools, count: int, tokenizer: Tokenizer, settings: DistilSettings, rng: np.random.Generator
) -> list[Row]:
    """Rows of two or three pairs that follow each other in one source."""
    pairs = pools.sentences.pairs
    rows = []
    for first in pools.sentences.draw(count, rng):
        wanted = 2 + int(rng.integers(2))
        group = [
            pair
            for pair in pairs[first : first + wanted]
            if (pair.language, pair.source) == (pairs[first].language, pairs[first].source)
        ]
        rows.append(_join(group, tokenizer, settings.joined_tokens))
    return rows


def _join(group: Sequence[Pair], tokenizer: Tokenizer, longest: int) -> Row:
    text, starts = "", []
    for pair in group:
        starts.append(len(text))
        text += pair.other + " "
    encoding = tokenizer.encode(text)
    ids = cut(encoding.ids, longest)
    spans: list[tuple[int, int]] = []
    english: list[str] = []
    for pair, start in zip(group, starts, strict=True):
        end = start + len(pair.other)
        inside = [
            number
            for number, (left, right) in enumerate(encoding.offsets)
            if start <= left < right <= end and number < len(ids) - 1
        ]
        # A sentence that the cut would leave less than whole has no vector to reach.
        whole = encoding.offsets[inside[-1]][1] >= end - 2 if inside else False
        if whole or (inside and not spans):
            spans.append((inside[0], inside[-1] + 1))
            english.append(pair.english)
    if not spans:
        return Row(ids, [(0, len(ids))], [group[0].english])
    return Row(ids, spans, english)


def count_chunks(settings: DistilSettings) -> int:
    """Chunks in a whole run."""
    return math.ceil(settings.steps / settings.chunk_batches)

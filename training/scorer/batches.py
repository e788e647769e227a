"""Examples as token ids with the words marked, in batches of like length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Encoding, Tokenizer

from checker.types import Span

from ..network import cut
from .examples import Example, Material, draw_examples
from .settings import Settings

SPECIAL = 2
"""Tokens of a text that stand for no word: the first and the last."""
OPEN = -1
"""Mark of a token that is not known to be at fault or free of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One example: ids and marks of both sides, and what is needed to find the counterparts."""

    quote: list[int]
    source: list[int]
    quote_marks: list[int]
    """1 at fault, 0 not, ``OPEN`` unknown; one per token that is not special."""
    source_marks: list[int]
    before: list[int]
    """Token ids of the damaged side before the damage; empty where nothing was taken away."""
    lost: list[int]
    """Which tokens of ``before`` the damage took away, special ones not counted."""
    on_quote: bool
    changed: bool
    type: str

    @property
    def length(self) -> int:
        """Tokens of both sides."""
        return len(self.quote) + len(self.source)


def tokens_in(encoding: Encoding, span: Span, length: int) -> list[int]:
    """The tokens that overlap a span, among the first ``length`` that are not special."""
    return [
        number
        for number, (left, right) in enumerate(encoding.offsets[1 : length + 1])
        if left < span.end and right > span.start
    ]


def make_rows(examples: Sequence[Example], tokenizer: Tokenizer, longest: int) -> list[Row]:
    """The examples as rows; what ``longest`` cuts off a text is lost, with its marks."""
    quotes = tokenizer.encode_batch([example.quote.text for example in examples])
    sources = tokenizer.encode_batch([example.source.text for example in examples])
    befores = tokenizer.encode_batch([e.damage.before if e.damage else "" for e in examples])
    return [
        make_row(example, (quote, source, before), longest)
        for example, quote, source, before in zip(examples, quotes, sources, befores, strict=True)
    ]


def make_row(example: Example, encodings: tuple[Encoding, Encoding, Encoding], longest: int) -> Row:
    """One example as a row: see :class:`Row`."""
    quote, source = (cut(encoding.ids, longest) for encoding in encodings[:2])
    damage = example.damage
    marks = [[0 if example.marked else OPEN] * (len(ids) - SPECIAL) for ids in (quote, source)]
    before: list[int] = []
    lost: list[int] = []
    if damage and example.marked:
        side = 0 if damage.on_quote else 1
        damaged = (quote, source)[side]
        for token in tokens_in(encodings[side], damage.put, len(damaged) - SPECIAL):
            marks[side][token] = 1
        whole = cut(encodings[2].ids, longest)
        lost = tokens_in(encodings[2], damage.lost, len(whole) - SPECIAL)
        if lost:
            # What was taken away still stands on the other side; where, the word vectors must say.
            before = whole
            marks[1 - side] = [OPEN] * len(marks[1 - side])
    return Row(
        quote=quote,
        source=source,
        quote_marks=marks[0],
        source_marks=marks[1],
        before=before,
        lost=lost,
        on_quote=damage.on_quote if damage else True,
        changed=example.changed,
        type=example.type,
    )


def chunk_batches(
    material: Material, tokenizer: Tokenizer, settings: Settings, chunk: int
) -> list[list[Row]]:
    """The batches of one chunk in random order; they depend on the seed and the chunk's number alone."""
    train = settings.train
    rng = np.random.default_rng([settings.model.seed, chunk])
    examples = list(draw_examples(material, settings, train.batch * train.chunk_batches, rng))
    rows = sorted(make_rows(examples, tokenizer, train.max_tokens), key=lambda row: row.length)
    batches = [rows[begin : begin + train.batch] for begin in range(0, len(rows), train.batch)]
    return [batches[number] for number in rng.permutation(len(batches))]

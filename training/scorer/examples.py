"""Examples of the scorer: faithful pairs, their lawful changes, and their damages with the words marked.

Half of the examples are damaged, on either side: what is added to the quotation is missing from the source
and the other way round, so one damage teaches both. Which words of the undamaged side lost their
counterpart is found in training, by the word vectors of the text before the damage (``batches.py``).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from checker.languages import is_known
from checker.types import Span

from ..damages import DAMAGES, Change
from ..drift_examples import ENGLISH_ANTONYMS, FAITHFUL
from ..lawful import LAWFUL
from ..stock import Stock, read_antonyms, stock_of
from .faithful import Faithful, Judged, Text, read_faithful, read_judged
from .settings import Settings

UNMARKED = frozenset(("roles", "question", "shuffled", "other sentence"))
"""Damages that no few words account for."""
LAWFUL_SHARE = 0.5
"""Share of the faithful examples whose quotation is changed as an editor may change it."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Where one side of an example was damaged."""

    on_quote: bool
    before: str
    """The side's text before the damage."""
    lost: Span
    """What the damage took away, in ``before``; may be empty."""
    put: Span
    """What the damage put there, in the damaged text; may be empty."""


@dataclass(frozen=True, slots=True)
class Example:
    """One quotation and one source with the answer."""

    quote: Text
    source: Text
    changed: bool
    type: str
    group: int
    damage: Damage | None = None
    marked: bool = True
    """Whether it is known which words are at fault; none are where nothing changed."""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything examples are drawn from."""

    pairs: list[Faithful]
    probabilities: np.ndarray
    judged: list[Judged]
    stocks: Mapping[str, Stock]
    """By language; a text in a language without one is never changed."""


def read_material(root: Path, settings: Settings, *, aside: bool = False) -> Material:
    """Read the pairs: those for training, or with ``aside`` those kept apart."""
    rng = np.random.default_rng(settings.model.seed)
    every = read_faithful(root, settings.data, rng)
    judged = read_judged(root, len(every))
    folds = settings.data.folds
    pairs = [pair for pair in every if (pair.group % folds == 0) == aside]
    weights = np.array([pair.weight for pair in pairs])
    return Material(
        pairs,
        weights / weights.sum(),
        [row for row in judged if (row.group % folds == 0) == aside],
        _stocks(every, root, settings, rng),
    )


def trained_texts(root: Path, settings: Settings) -> frozenset[str]:
    """First texts of the pairs that training reads, and its judged premises: what to leave out elsewhere."""
    material = read_material(root, settings)
    return frozenset(p.first.text for p in material.pairs) | {row.source.text for row in material.judged}


def _stocks(
    pairs: Sequence[Faithful], root: Path, settings: Settings, rng: np.random.Generator
) -> dict[str, Stock]:
    sentences: dict[str, list[str]] = {}
    for number in rng.permutation(len(pairs)):
        for text in (pairs[number].first, pairs[number].second):
            members = sentences.setdefault(text.language, [])
            if len(members) < settings.data.stock_sentences:
                members.append(text.text)
    antonyms = {"en": read_antonyms(root / ENGLISH_ANTONYMS)}
    return {
        code: stock_of(code, texts, antonyms.get(code, ()))
        for code, texts in sentences.items()
        if is_known(code)
    }


def draw_examples(
    material: Material, settings: Settings, count: int, rng: np.random.Generator
) -> Iterator[Example]:
    """``count`` examples; they depend on the state of ``rng`` alone."""
    chance = random.Random(int(rng.integers(2**63)))
    of_judged = min(count, round(count * _judged_share(material, settings)))
    for number in rng.choice(len(material.judged), size=of_judged) if of_judged else ():
        row = material.judged[number]
        yield Example(row.quote, row.source, row.changed, row.type, row.group, marked=not row.changed)
    numbers = rng.choice(len(material.pairs), size=count - of_judged, p=material.probabilities)
    for place, number in enumerate(numbers):
        pair = material.pairs[number]
        texts = [pair.first, pair.second]
        if chance.random() < 0.5:
            texts.reverse()
        if texts[0].language in material.stocks and chance.random() < settings.data.within:
            texts[1] = texts[0]
        maker = faithful_example if place % 2 else damaged_example
        yield maker(texts[0], texts[1], pair.group, material.stocks, settings, chance)


def _judged_share(material: Material, settings: Settings) -> float:
    wanted = settings.data.judged * len(material.judged)
    return wanted / max(1, wanted + settings.train.steps * settings.train.batch)


def faithful_example(
    quote: Text,
    source: Text,
    group: int,
    stocks: Mapping[str, Stock],
    settings: Settings,
    chance: random.Random,
) -> Example:
    """The pair as it is, or with a lawful change of its quotation."""
    if chance.random() < LAWFUL_SHARE:
        change = make_change(LAWFUL, settings.lawful, quote, stocks, chance)
        if change is not None:
            return Example(Text(change[1], quote.language), source, False, change[0], group)
    return Example(quote, source, False, FAITHFUL, group)


def damaged_example(
    quote: Text,
    source: Text,
    group: int,
    stocks: Mapping[str, Stock],
    settings: Settings,
    chance: random.Random,
) -> Example:
    """The pair with one of its texts damaged; the pair as it is where no damage fits."""
    if chance.random() < 0.25:
        quote = faithful_example(quote, source, group, stocks, settings, chance).quote
    sides = [on_quote for on_quote in (True, False) if (quote if on_quote else source).language in stocks]
    on_quote = chance.choice(sides)
    side = quote if on_quote else source
    change = make_change(DAMAGES, settings.damages, side, stocks, chance)
    if change is None:
        return Example(quote, source, False, FAITHFUL, group)
    name, text = change
    lost, put = changed_spans(side.text, text)
    damaged = Text(text, side.language)
    return Example(
        quote=damaged if on_quote else quote,
        source=source if on_quote else damaged,
        changed=True,
        type=name,
        group=group,
        damage=Damage(on_quote, side.text, lost, put),
        marked=name not in UNMARKED,
    )


def make_change(
    table: Mapping[str, Change],
    weights: Mapping[str, float],
    text: Text,
    stocks: Mapping[str, Stock],
    chance: random.Random,
) -> tuple[str, str] | None:
    """The first change that fits, tried in a random order that favours those of more weight.

    The order is that of drawing without replacement by weight (Efraimidis and Spirakis 2006).
    """
    if text.language not in stocks:
        return None
    names = sorted(weights, key=lambda name: -(chance.random() ** (1.0 / weights[name])))
    for name in names:
        changed = table[name](text.text, stocks[text.language], chance)
        if changed is not None and changed.split() != text.text.split():
            return name, changed
    return None


def changed_spans(before: str, after: str) -> tuple[Span, Span]:
    """What differs between two texts once what they begin and end with alike is taken off, by whole words."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return (
        _whole_words(before, head, len(before) - tail),
        _whole_words(after, head, len(after) - tail),
    )


def _whole_words(text: str, start: int, end: int) -> Span:
    if start >= end:
        return Span(start, start)
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)

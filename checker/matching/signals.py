"""What the ``drift`` score is made of: numbers that grow when a quotation leaves what its source says.

Most lie below the thresholds of the rules: a name without a counterpart, a run of words that nobody
said, a word that resembles nothing on the other side. Alone they prove nothing; together they are weighed
by :mod:`checker.matching.consistency`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import regex

from ..types import Finding, Mention, MentionKind, ModalValue, NegationValue
from .comparison import Comparison
from .scorer import Reading
from .sides import FloatArray
from .word_signals import ONE_SIDED, ORDER, View, order, outer_gap, views_of, word_signals

RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("number", ("MQ101", "MQ105")),
    ("negation", ("MQ102",)),
    ("name", ("MQ103",)),
    ("date", ("MQ104",)),
    ("modality", ("MQ106",)),
    ("direction", ("MQ108",)),
    ("condition", ("MQ109", "MQ119")),
    ("added", ("MQ111",)),
    ("omitted", ("MQ112",)),
    ("wording", ("MQ107", "MQ110", "MQ113", "MQ114", "MQ115", "MQ116", "MQ118", "MQ120")),
)
"""Rules whose highest confidence is one signal each, whatever their level."""
LONELY = (
    MentionKind.NUMBER,
    MentionKind.DATE,
    MentionKind.NAME,
    MentionKind.QUANTIFIER,
    MentionKind.CONDITION,
    MentionKind.DIRECTION,
)
CAP = 2.0
"""Mentions of one kind beyond which more say nothing new."""
ADVICE = 3
"""Rung of "should"."""

_QUESTION = regex.compile(r"[?？]")

_BOTH = ("quote", "source")
FEATURES: tuple[str, ...] = (
    *(f"rule {name}" for name, _ in RULES),
    *(f"lonely {kind.value} {side}" for kind in LONELY for side in _BOTH),
    *(
        "denied quote",
        "denied source",
        "denials apart",
        "modal quote",
        "modal source",
        "modal rungs",
        "opposed",
    ),
    *(f"{name} {side}" for name in ONE_SIDED for side in _BOTH),
    *("outer gap", "longer", "shorter", *ORDER, "question", "brief", "unlike", "unlike squared"),
)
"""Names of the signals that need no model beside the encoder, in the order of :func:`signals`."""
READ_FEATURES: tuple[str, ...] = (*FEATURES, "meaning", "fault quote", "fault source")
"""All signals of a pair that the scorer has read: its log-odds for the pair and for the worst word."""
CLIP = 8.0
"""Log-odds of the scorer beyond which more say nothing new."""


def signals(
    comparison: Comparison, cosine: float, findings: Sequence[Finding], reading: Reading | None = None
) -> FloatArray:
    """The signals of a compared pair; costs no more than the alignment.

    Shape ``(len(READ_FEATURES),)``, or ``(len(FEATURES),)`` without a reading.
    """
    views = views_of(comparison)
    values = [
        *_rules(findings),
        *_lonely(comparison),
        *_function_words(comparison),
        *word_signals(views),
        *_shape(comparison, views, cosine),
        *(() if reading is None else _read(reading)),
    ]
    return np.array(values, dtype=np.float64)


def _read(reading: Reading) -> Iterator[float]:
    for logit in (reading.changed, *(side.max(initial=-CLIP) for side in (reading.quote, reading.source))):
        yield float(np.clip(logit, -CLIP, CLIP))


def _rules(findings: Sequence[Finding]) -> Iterator[float]:
    for _, codes in RULES:
        yield max((f.confidence for f in findings if f.rule in codes), default=0.0)


def _lonely(comparison: Comparison) -> Iterator[float]:
    """Mentions without an equal, less where their words are linked all the same."""
    untold = {quote for quote, _ in comparison.untold}, {source for _, source in comparison.untold}
    for kind in LONELY:
        found = comparison.mentions(kind)
        for mentions, of_quote in ((found.only_quote, True), (found.only_source, False)):
            alone = (m for m in mentions if m not in untold[0 if of_quote else 1])
            yield min(CAP, sum(1.0 - 0.7 * _linked(comparison, m, of_quote=of_quote) for m in alone))


def _linked(comparison: Comparison, mention: Mention, *, of_quote: bool) -> float:
    """How surely the words of a mention are linked, in [0, 1]; opposites do not count."""
    alignment = comparison.alignment
    side = comparison.quote if of_quote else comparison.source
    best = 0.0
    for k in side.words_in(mention.span):
        row = k if of_quote else int(alignment.to_quote[k])
        if row >= 0 and not alignment.contrast[row]:
            best = max(best, float(alignment.strength[row]))
    return best


def _function_words(comparison: Comparison) -> Iterator[float]:
    """Denials and modals on one side only, and opposites linked with each other."""
    quote, source = _denials(comparison.quote.mentions), _denials(_scoped(comparison))
    plain = quote[0] - source[0]
    yield min(CAP, max(0.0, plain))
    yield min(CAP, max(0.0, -plain))
    yield float((round(sum(quote)) - round(sum(source))) % 2)
    ranks = _ranks(comparison.quote.mentions), _ranks(_scoped(comparison))
    yield float(bool(ranks[0]) and not ranks[1])
    yield float(bool(ranks[1]) and not ranks[0])
    apart = [min(_rungs(a, b) for b in ranks[1]) for a in ranks[0]] if ranks[1] else []
    yield max(apart, default=0.0) / 5.0
    yield min(CAP, float(comparison.alignment.contrast.sum()))


def _scoped(comparison: Comparison) -> tuple[Mention, ...]:
    kinds = (MentionKind.NEGATION, MentionKind.MODAL)
    return tuple(m for m in comparison.source.mentions if m.kind in kinds and comparison.in_scope(m))


def _denials(mentions: Sequence[Mention]) -> tuple[float, float]:
    """Plain negators, and words with a negation inside."""
    values = [m.value for m in mentions if isinstance(m.value, NegationValue) and m.value.word != "not-only"]
    lexical = sum(v.lexical for v in values)
    return float(len(values) - lexical), float(lexical)


def _ranks(mentions: Sequence[Mention]) -> list[int]:
    return [m.value.rank for m in mentions if isinstance(m.value, ModalValue)]


def _rungs(a: int, b: int) -> int:
    """Rungs apart; from "should" up, languages do not tell the degrees apart alike."""
    return 0 if min(a, b) >= ADVICE else abs(a - b)


def _shape(comparison: Comparison, views: tuple[View, View], cosine: float) -> Iterator[float]:
    """Length, order of the linked words, kind of sentence, and the cosine of the whole texts."""
    quote, source = views
    yield outer_gap(source)
    told = quote.information
    ratio = float(np.log((told + 3.0) / (source.information + 3.0)))
    yield max(0.0, ratio)
    yield max(0.0, -ratio)
    yield from order(comparison)
    asks = [bool(_QUESTION.search(text)) for text in (comparison.quote.text, comparison.source.text)]
    yield float(asks[0] != asks[1])
    yield float(np.exp(-told / 15.0))
    yield 1.0 - cosine
    yield (1.0 - cosine) ** 2

"""The consistency scorer at work: a learned model reads quotation and evidence together.

The model (``index.pair_model``, trained by ``training/scorer``) gives log-odds that the meaning changed, for
the pair and for each token. It reads the evidence only as far as the quotation is answerable for it. What
the log-odds are worth as probabilities is fitted in :mod:`checker.matching.consistency`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.pair_model import PairModel, ReadText, load_pair_model
from index.types import ModelInfo, TokenVectors

from ..types import MentionKind
from .comparison import Comparison
from .sides import FloatArray, Side

UNSEEN = -20.0
"""Log-odds of a word the model was not shown, or of one that is known to agree: it is not at fault."""
SETTLED = (MentionKind.NUMBER, MentionKind.DATE, MentionKind.NAME)
"""Kinds whose values say more than a model can: "last night" is 2 February where the report is of the 3rd."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the scorer says of one quotation and one piece of evidence: log-odds, not yet calibrated."""

    changed: float
    """That the meaning changed."""
    quote: FloatArray
    """That a word of the quotation is at fault, shape ``(words,)``."""
    source: FloatArray
    """The same for the evidence; ``UNSEEN`` outside the scope."""


class Scorer:
    """Reads compared pairs. The texts must have been encoded by the encoder that the model stands on."""

    def __init__(self, model: PairModel) -> None:
        self._model = model

    def read(self, comparisons: Sequence[Comparison]) -> list[Reading]:
        """One reading per comparison, in order.

        Raises:
            ModelError: the model cannot run.
        """
        shown = [(_whole(c.quote), _in_scope(c)) for c in comparisons]
        logits = self._model.score(shown)
        return [
            _settled(
                comparison,
                Reading(
                    found.changed,
                    _per_word(comparison.quote, quote.tokens, found.first),
                    _per_word(comparison.source, source.tokens, found.second),
                ),
            )
            for comparison, (quote, source), found in zip(comparisons, shown, logits, strict=True)
        ]


def load_scorer(encoder: ModelInfo) -> Scorer | None:
    """The scorer that stands on ``encoder``; None for a model other than the embedded one.

    Raises:
        ModelError: the scorer's folder is damaged.
    """
    model = load_pair_model(encoder)
    return None if model is None else Scorer(model)


def readable(comparison: Comparison) -> bool:
    """Whether both texts were encoded, so that there is something to read."""
    return all(
        side.tokens is not None and side.tokens.spans for side in (comparison.quote, comparison.source)
    )


def _whole(side: Side) -> ReadText:
    assert side.tokens is not None
    return ReadText(side.text, side.tokens)


def _settled(comparison: Comparison, reading: Reading) -> Reading:
    """Words of equal values, of dates that cannot be compared, and the narrator's are not at fault."""
    quote, source = reading.quote, reading.source
    equal = [pair for kind in SETTLED for pair in comparison.mentions(kind).equal]
    for mention, other in (*equal, *comparison.untold):
        quote[list(comparison.quote.words_in(mention.span))] = UNSEEN
        source[list(comparison.source.words_in(other.span))] = UNSEEN
    source[sorted(comparison.narrated)] = UNSEEN
    return reading


def _in_scope(comparison: Comparison) -> ReadText:
    """The evidence as far as the quotation is answerable for it; all of it where nothing corresponds.

    What the narrator says before and after the reported words is left out.
    """
    whole = _whole(comparison.source)
    told = [j for j in comparison.scope if j not in comparison.narrated]
    if not told:
        return whole
    scope = comparison.source.span_of(range(told[0], told[-1] + 1))
    chosen = [
        n for n, (start, end) in enumerate(whole.tokens.spans) if start < scope.end and end > scope.start
    ]
    if not chosen:  # the encoder cut the text off before it
        return whole
    part = slice(chosen[0], chosen[-1] + 1)
    return ReadText(whole.text, TokenVectors(whole.tokens.spans[part], whole.tokens.vectors[part]))


def _per_word(side: Side, tokens: TokenVectors, logits: npt.NDArray[np.float32]) -> FloatArray:
    """The highest log-odds of the tokens of each word."""
    found = np.full(len(side.words), UNSEEN)
    position = 0
    for number, word in enumerate(side.words):
        while position < len(tokens.spans) and tokens.spans[position][1] <= word.span.start:
            position += 1
        end = position
        while end < len(tokens.spans) and tokens.spans[end][0] < word.span.end:
            end += 1
        if end > position:
            found[number] = max(UNSEEN, float(logits[position:end].max()))
    return found

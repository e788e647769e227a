"""The scorer's network: the encoder's lower layers for each text alone, its upper ones for both together.

The lower layers are the encoder's own and stay as they are: a check has their word vectors already, for the
alignment. The upper layers begin as the encoder's and learn to read quotation and source as one sequence.
Each token also brings what the alignment sees of it: how near its nearest counterpart on the other side is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel
from transformers.models.bert.modeling_bert import BertEncoder

from ..network import autocast, load_network, pad

FEATURES = 5
"""What a token brings besides its vector: see :func:`nearness`."""
NONE = -1.0
"""Cosine where one of two tokens is padding."""
FAR = -1e4


@dataclass(frozen=True, slots=True)
class Side:
    """The texts of one side of a batch; special tokens are left out."""

    vectors: torch.Tensor
    """Unit vectors of the tokens from the lower layers, shape ``(texts, tokens, hidden)``; 0 pads."""
    mask: torch.Tensor
    """Shape ``(texts, tokens)``; 1 for real tokens."""
    ids: torch.Tensor
    """Shape ``(texts, tokens)``."""

    def rows(self, numbers: Sequence[int]) -> Side:
        """These texts alone."""
        chosen = list(numbers)
        return Side(self.vectors[chosen], self.mask[chosen], self.ids[chosen])


def similarities(left: Side, right: Side) -> torch.Tensor:
    """Cosines of the tokens, shape ``(texts, left tokens, right tokens)``; ``NONE`` where one is padding."""
    cosines = left.vectors @ right.vectors.transpose(1, 2)
    real = left.mask.unsqueeze(2) * right.mask.unsqueeze(1)
    return cosines.masked_fill(real == 0, NONE)


def nearness(cosines: torch.Tensor, left: Side, right: Side) -> torch.Tensor:
    """For each token of the left side: shape ``(texts, tokens, FEATURES)``.

    The cosine of the nearest token on the right, how far it stands above the second, whether the choice is
    mutual, whether the right side has the very same token, and how far off its place is.
    """
    best = nn.functional.pad(cosines, (0, 1), value=NONE).topk(2, dim=2)
    nearest = best.indices[..., 0].clamp(max=cosines.shape[2] - 1)
    back = cosines.argmax(dim=1).gather(1, nearest)
    own = torch.arange(cosines.shape[1]).unsqueeze(0)
    same = (left.ids.unsqueeze(2) == right.ids.unsqueeze(1)) & (cosines > NONE)
    place = own / left.mask.sum(dim=1, keepdim=True).clamp(min=1)
    other = nearest / right.mask.sum(dim=1, keepdim=True).clamp(min=1)
    features = torch.stack(
        [
            best.values[..., 0],
            best.values[..., 0] - best.values[..., 1],
            (back == own).float(),
            same.any(dim=2).float(),
            (place - other).abs(),
        ],
        dim=-1,
    )
    return features * left.mask.unsqueeze(-1)


class Scorer(nn.Module):
    """Logits that the meaning changed, of the pair and of each token.

    Args:
        config: the encoder's configuration.
        own_layers: how many of its layers each text has for itself.
    """

    def __init__(self, config: BertConfig, own_layers: int) -> None:
        super().__init__()
        hidden = config.hidden_size
        joint = BertConfig(**{**config.to_dict(), "num_hidden_layers": config.num_hidden_layers - own_layers})
        joint._attn_implementation = "eager"  # the fused kernel's backward pass is slow on CPUs
        self.layers = BertEncoder(joint)  # type: ignore[no-untyped-call]
        self.length = nn.Parameter(torch.ones(1))
        self.start = nn.Parameter(torch.zeros(hidden))
        self.sides = nn.Parameter(torch.randn(2, hidden) * 0.02)
        self.features = nn.Linear(FEATURES, hidden)
        self.mark = nn.Linear(hidden, 1)
        self.dense = nn.Linear(2 * hidden, hidden)
        self.out = nn.Linear(hidden + 2, 1)
        for linear in (self.features, self.mark, self.dense, self.out):
            nn.init.normal_(linear.weight, std=0.02)
            nn.init.zeros_(linear.bias)

    def forward(self, quote: Side, source: Side) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Pair logits ``(texts,)``, and token logits of either side, ``(texts, tokens)``."""
        cosines = similarities(quote, source)
        states = self._joint(quote, source, cosines)
        summary, words = states[:, 0], states[:, 1:]
        marks = self.mark(words).squeeze(-1)
        width = quote.mask.shape[1]
        real = torch.cat([quote.mask, source.mask], dim=1)
        known = marks.masked_fill(real == 0, FAR)
        tops = torch.stack([known[:, :width].amax(dim=1), known[:, width:].amax(dim=1)], dim=1)
        mean = (words * real.unsqueeze(-1)).sum(dim=1) / real.sum(dim=1, keepdim=True).clamp(min=1)
        hidden = torch.tanh(self.dense(torch.cat([summary, mean], dim=1)))
        pair = self.out(torch.cat([hidden, tops.clamp(min=-20.0)], dim=1)).squeeze(-1)
        return pair, marks[:, :width], marks[:, width:]

    def _joint(self, quote: Side, source: Side, cosines: torch.Tensor) -> torch.Tensor:
        """States of the start token and of all tokens of both sides, after the joint layers."""
        of_quote = self.features(nearness(cosines, quote, source)) + self.sides[0]
        of_source = self.features(nearness(cosines.transpose(1, 2), source, quote)) + self.sides[1]
        parts = [
            (self.start + self.sides.sum(dim=0)).expand(len(cosines), 1, -1),
            quote.vectors * self.length + of_quote,
            source.vectors * self.length + of_source,
        ]
        ones = torch.ones((len(cosines), 1), dtype=quote.mask.dtype)
        mask = torch.cat([ones, quote.mask, source.mask], dim=1)
        bias = (1.0 - mask[:, None, None, :].float()) * FAR
        with autocast():
            out = self.layers(torch.cat(parts, dim=1), attention_mask=bias).last_hidden_state
        return torch.as_tensor(out).float()


class Lower(nn.Module):
    """The encoder's embeddings and first layers, never trained."""

    def __init__(self, network: BertModel, own_layers: int) -> None:
        super().__init__()
        network.encoder.layer = network.encoder.layer[:own_layers]
        self.network = network
        for parameter in self.parameters():
            parameter.requires_grad_(False)

    @torch.no_grad()
    def states(self, ids: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """States, mask and ids of these texts, each read alone, special tokens among them."""
        tokens, mask = pad(ids)
        with autocast():
            states = self.network(input_ids=tokens, attention_mask=mask).last_hidden_state
        return states.float(), mask, tokens

    def forward(self, ids: Sequence[Sequence[int]]) -> Side:
        """These texts without their special tokens."""
        states, mask, tokens = self.states(ids)
        # Shifted by one the mask covers the last special token as well, and the first column is the first.
        inner = torch.cat([mask[:, 2:], torch.zeros_like(mask[:, :1])], dim=1)
        vectors = nn.functional.normalize(states[:, 1:], dim=-1) * inner.unsqueeze(-1)
        return Side(vectors, inner, tokens[:, 1:])


def make_scorer(folder: Path, own_layers: int) -> tuple[Lower, Scorer]:
    """Both parts, from the encoder's folder. The start token begins as that of an empty text."""
    weights, config = folder / "model.safetensors", folder / "config.json"
    whole = load_network(weights, config)
    scorer = Scorer(whole.config, own_layers)
    scorer.layers.layer.load_state_dict(whole.encoder.layer[own_layers:].state_dict())
    lower = Lower(load_network(weights, config), own_layers)
    empty = Tokenizer.from_file(str(folder / "tokenizer.json")).encode("").ids
    states, _, _ = lower.states([empty])
    with torch.no_grad():
        scorer.start.copy_(states[0, 0])
        scorer.length.fill_(states[0].norm(dim=-1).mean())
    return lower, scorer

"""Loading of student and teacher, and sentence vectors from them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

Matrix = npt.NDArray[np.float32]
WORD_EMBEDDINGS = "embeddings.word_embeddings.weight"
ARCHITECTURE = (
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "intermediate_size",
    "hidden_act",
    "max_position_embeddings",
    "type_vocab_size",
    "layer_norm_eps",
)
"""The settings of a BERT network that its weights fit."""


def load_weights(path: Path) -> dict[str, torch.Tensor]:
    """The weights of a file as float32, without those of the pooler, which mean pooling does not use."""
    return {
        name: value.float()
        for name, value in load_file(path).items()
        if not name.startswith("pooler.") and not name.endswith("position_ids")
    }


def load_network(weights: Path, config: Path) -> BertModel:
    """The network with these weights; the vocabulary's size follows the embedding table.

    Dropout is off: the student follows fixed targets, and noise only slows it.
    """
    state = load_weights(weights)
    raw: dict[str, Any] = json.loads(config.read_text(encoding="utf-8"))
    raw["vocab_size"] = state[WORD_EMBEDDINGS].shape[0]
    settings = {key: raw[key] for key in (*ARCHITECTURE, "vocab_size")}
    model = BertModel(
        BertConfig(**settings, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0),
        add_pooling_layer=False,
    )
    model.load_state_dict(state, strict=True)
    model.train(False)
    return model


def pad(ids: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and attention mask, both of shape ``(texts, longest)``; 0 pads."""
    width = max(map(len, ids))
    tokens = torch.zeros((len(ids), width), dtype=torch.long)
    mask = torch.zeros((len(ids), width), dtype=torch.long)
    for row, text in enumerate(ids):
        tokens[row, : len(text)] = torch.tensor(text)
        mask[row, : len(text)] = 1
    return tokens, mask


def pool(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Unit means of the real tokens' states, float32, shape ``(texts, hidden)``."""
    weights = mask.unsqueeze(-1).float()
    mean = (states.float() * weights).sum(dim=1) / weights.sum(dim=1)
    return torch.nn.functional.normalize(mean, dim=-1)


def autocast(*, exact: bool = False) -> torch.autocast:
    """bfloat16 where the processor computes in it; elsewhere it would be ten times slower, not faster."""
    native = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=native and not exact)


def embed(model: BertModel, ids: Sequence[Sequence[int]], *, exact: bool = False) -> torch.Tensor:
    """Sentence vectors of these token ids; in bfloat16 where that is safe, unless ``exact``."""
    tokens, mask = pad(ids)
    with autocast(exact=exact):
        states = model(input_ids=tokens, attention_mask=mask).last_hidden_state
    return pool(states, mask)


class Spanned(Protocol):
    """Token ids, and which of them make up each sentence."""

    @property
    def ids(self) -> list[int]:
        """Token ids with the special ones."""

    @property
    def spans(self) -> list[tuple[int, int]]:
        """First token of each sentence, and the one after its last."""


def embed_spans(model: BertModel, rows: Sequence[Spanned]) -> torch.Tensor:
    """Unit vectors of the rows' sentences, in their order, each the mean over its own tokens."""
    tokens, mask = pad([row.ids for row in rows])
    with autocast():
        states = model(input_ids=tokens, attention_mask=mask).last_hidden_state
    owner = torch.tensor([number for number, row in enumerate(rows) for _ in row.spans])
    inside = torch.zeros((len(owner), tokens.shape[1]), dtype=torch.long)
    for number, (begin, end) in enumerate(span for row in rows for span in row.spans):
        inside[number, begin:end] = 1
    return pool(states[owner], inside)


def cut(ids: Sequence[int], longest: int) -> list[int]:
    """At most ``longest`` ids; the closing special token stays."""
    return list(ids) if len(ids) <= longest else [*ids[: longest - 1], ids[-1]]


@torch.no_grad()
def encode_texts(
    model: BertModel,
    tokenizer: Tokenizer,
    texts: Sequence[str],
    longest: int = 64,
    batch: int = 128,
    *,
    exact: bool = False,
) -> Matrix:
    """Sentence vectors of many texts, encoded in order of length."""
    ids = [cut(encoding.ids, longest) for encoding in tokenizer.encode_batch(list(texts))]
    order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
    vectors = np.zeros((len(ids), model.config.hidden_size), dtype=np.float32)
    for begin in range(0, len(order), batch):
        rows = order[begin : begin + batch]
        vectors[rows] = embed(model, [ids[row] for row in rows], exact=exact).numpy()
    return vectors

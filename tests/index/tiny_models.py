"""Real models in sentence-transformers format, with random weights and a handful of words: kilobytes, no download."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WIDTH = 32
"""Columns of the token vectors."""
WORDS = [
    "the",
    "harbour",
    "will",
    "stay",
    "closed",
    "until",
    "friday",
    "we",
    "lost",
    "forty",
    "boats",
    "in",
    "one",
    "night",
    "kami",
    "perahu",
    "query",
    "passage",
]
TEXTS = ["The harbour will stay closed.", "We lost forty boats in one night.", "kami", ""]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def build(
    folder: Path,
    *,
    body: str = "bert",
    pooling: str = "mean",
    dense: int = 0,
    normalize: bool = False,
    prompts: dict[str, str] | None = None,
    truncate_dim: int | None = None,
    seed: int = 7,
) -> Path:
    """Save a model into ``folder / "model"`` and give that folder.

    Args:
        body: ``bert`` (word pieces), ``mpnet`` (its own network, the same pieces) or ``xlmr`` (unigrams).
        dense: columns of a layer after pooling, 0 for none.
    """
    import torch
    from sentence_transformers import SentenceTransformer, models

    torch.manual_seed(seed)
    plain = folder / "plain"
    _network(body).save_pretrained(plain)
    (_unigrams() if body == "xlmr" else _word_pieces()).save_pretrained(plain)
    modules: list[Any] = [
        models.Transformer(str(plain), max_seq_length=32),
        models.Pooling(WIDTH, pooling_mode=pooling),
    ]
    if dense:
        modules.append(models.Dense(WIDTH, dense))
    if normalize:
        modules.append(models.Normalize())
    model = SentenceTransformer(modules=modules, device="cpu", prompts=prompts, truncate_dim=truncate_dim)
    model.save(str(folder / "model"), create_model_card=False)
    shutil.rmtree(plain)
    return folder / "model"


def cached(home: Path, model: Path, name: str, commit: str, ref: str | None = None) -> Path:
    """Put a model into a cache of the hub under ``home``, as that commit of ``name``; gives the cache."""
    cache = home / "hub"
    repository = cache / ("models--" + name.replace("/", "--"))
    shutil.copytree(model, repository / "snapshots" / commit)
    if ref is not None:
        (repository / "refs").mkdir(exist_ok=True)
        (repository / "refs" / ref).write_text(commit, encoding="utf-8")
    return cache


def change_json(path: Path, **values: object) -> None:
    """Set some keys of a JSON object in a file."""
    content = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    path.write_text(json.dumps({**content, **values}), encoding="utf-8")


def _network(body: str) -> Any:
    from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel, XLMRobertaConfig, XLMRobertaModel

    size: dict[str, Any] = {
        "hidden_size": WIDTH, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64,
        "max_position_embeddings": 40, "vocab_size": 160,
    }  # fmt: skip
    if body == "mpnet":
        return MPNetModel(MPNetConfig(**size))
    if body == "xlmr":
        return XLMRobertaModel(XLMRobertaConfig(**size, pad_token_id=1))
    return BertModel(BertConfig(**size))


def _word_pieces() -> Any:
    from tokenizers import Tokenizer, normalizers, pre_tokenizers
    from tokenizers.models import WordPiece

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces = [*special, *WORDS, ".", ":", ",", *_LETTERS, *(f"##{c}" for c in _LETTERS)]
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys(pieces))}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return _fast(tokenizer, special, start="[CLS]", end="[SEP]")


def _unigrams() -> Any:
    from tokenizers import Tokenizer, normalizers, pre_tokenizers
    from tokenizers.models import Unigram

    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    pieces = [f"▁{word}" for word in WORDS] + ["▁", *_LETTERS, ".", ":", ","]
    vocabulary = [(piece, 0.0) for piece in special] + [(piece, -float(len(pieces))) for piece in pieces]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=3))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    pad, unknown = special[1], special[3]
    return _fast(tokenizer, [pad, unknown, "<s>", "</s>", "<mask>"], start="<s>", end="</s>")


def _fast(tokenizer: Any, special: Sequence[str], *, start: str, end: str) -> Any:
    from tokenizers import processors
    from transformers import PreTrainedTokenizerFast

    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}",
        special_tokens=[(token, tokenizer.token_to_id(token)) for token in (start, end)],
    )
    pad, unknown, _, _, mask = special
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=pad, unk_token=unknown, cls_token=start, sep_token=end,
        mask_token=mask, bos_token=start, eos_token=end, model_max_length=32,
    )  # fmt: skip

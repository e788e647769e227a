"""Any other model through sentence-transformers; the only file of the package that imports it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from .embedded import EMBEDDED_MODEL
from .errors import ModelError
from .hub import fetch, repository
from .model_files import cannot_load, model_checksum, module_folders
from .texts import storable
from .types import FloatMatrix, ModelInfo, TextKind, TokenVectors

_BATCH_TEXTS = 32
_CHARACTERS_PER_TOKEN = 32
_MOST_TOKENS = 512
"""Longer texts are cut here even where a model takes more: memory grows with the square of it."""
_SAME = 0.999
"""Cosine above which two vectors of one text are the same but for rounding, half precision included."""
_PROBE = "The ferry, she said, will not sail before Friday."

PROMPT_NAMES: dict[TextKind, tuple[str, ...]] = {
    "query": ("query",),
    "passage": ("passage", "document", "corpus"),
}
"""Names under which models store their prompts, first choice first."""

FAMILY_PROMPTS: tuple[tuple[str, dict[str, str]], ...] = (
    (r"(?:^|[/_-])e5-(?:small|base|large)(?!.*instruct)", {"query": "query: ", "passage": "passage: "}),
)
"""Models that were trained with prompts but do not store them: pattern of the name, prompts.
For E5 see the model card of intfloat/multilingual-e5-base."""


class SentenceTransformerEncoder:
    """A sentence-transformers model from a folder or the hub."""

    def __init__(
        self,
        name_or_path: str,
        *,
        revision: str | None = None,
        prompts: Mapping[str, str] | None = None,
        offline: bool = False,
    ) -> None:
        """Load the model; the network is asked only about a hub name, and only if ``offline`` is not set.

        Args:
            name_or_path: folder, or hub name.
            revision: commit, tag or branch of a hub model; None is the default branch.
            prompts: keys ``query`` and ``passage``; replaces what the model stores.
            offline: never ask the network.

        Raises:
            ModelError: the model is not there, cannot be reached, cannot be loaded, or has no vectors of
                words, without which nothing can be aligned.
        """
        folder = Path(name_or_path)
        if folder.is_dir():
            if revision is not None:
                raise ModelError(
                    f"{name_or_path} is a folder, which has no revision {revision}",
                    "leave the revision out; the index records the checksum of the files",
                    path=name_or_path,
                )
            name, commit = name_or_path, ""
        else:
            name = repository(name_or_path)
            folder, commit = fetch(name, revision, offline=offline)
        parts = module_folders(folder, name)
        self._model = _load(folder, name)
        self._prompts = _choose_prompts(name, prompts, dict(self._model.prompts or {}))
        dimension, averages = _measure(self._model, name)
        self._max_tokens = int(min(self._model.max_seq_length or _MOST_TOKENS, _MOST_TOKENS))
        self._model.max_seq_length = self._max_tokens
        self._averages = averages and not self._prompts["query"]
        self._info = ModelInfo(
            name=name,
            revision=commit,
            dimension=dimension,
            checksum=model_checksum(folder, parts, self._prompts),
            max_tokens=self._max_tokens,
        )

    @property
    def info(self) -> ModelInfo:
        """Identity of the model; the checksum covers weights, tokenizer, settings and prompts."""
        return self._info

    def encode(self, texts: Sequence[str], *, kind: TextKind = "passage") -> FloatMatrix:
        """Unit vectors, shape ``(len(texts), info.dimension)``, with the prompt for ``kind``."""
        if not texts:
            return np.zeros((0, self._info.dimension), dtype=np.float32)
        vectors = self._model.encode(
            self._bounded(texts),
            prompt=self._prompts[kind],
            batch_size=_BATCH_TEXTS,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The token vectors of each text (last hidden layer), without prompts."""
        if not texts:
            return []
        bounded = self._bounded(texts)
        hidden = self._model.encode(
            bounded,
            prompt="",
            batch_size=_BATCH_TEXTS,
            show_progress_bar=False,
            output_value="token_embeddings",
        )
        return [self._token_vectors(text, rows) for text, rows in zip(bounded, hidden, strict=True)]

    def encode_both(
        self, texts: Sequence[str], *, kind: TextKind = "passage"
    ) -> tuple[FloatMatrix, list[TokenVectors]]:
        """``encode`` and ``encode_tokens``; ``last`` is given where it is shorter than ``vectors``."""
        tokens = self.encode_tokens(texts)
        size = self._info.dimension
        if self._averages and tokens and tokens[0].vectors.shape[1] > size:
            tokens = [replace(one, last=_unit(one.vectors[:, :size])) for one in tokens]
        return self.encode(texts, kind=kind), tokens

    def _bounded(self, texts: Sequence[str]) -> list[str]:
        return [storable(text, self._max_tokens * _CHARACTERS_PER_TOKEN) for text in texts]

    def _token_vectors(self, text: str, hidden: Any) -> TokenVectors:  # noqa: ANN401 - types differ between its versions
        encoding = self._model.tokenizer(
            text,
            truncation=True,
            max_length=self._max_tokens,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        special, offsets = encoding["special_tokens_mask"], encoding["offset_mapping"]
        rows = hidden.float().cpu().numpy()[-len(special) :]  # left padding, where a model has it, goes
        kept = [i for i, is_special in enumerate(special[: len(rows)]) if not is_special]
        return TokenVectors(
            spans=tuple((int(offsets[i][0]), int(offsets[i][1])) for i in kept),
            vectors=_unit(np.asarray(rows[kept], dtype=np.float32)),
            averages=self._averages,
        )


def _load(folder: Path, name: str) -> Any:  # noqa: ANN401 - types differ between its versions
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise ModelError(
            f"the model {name} needs sentence-transformers, which cannot be imported ({error})",
            "install sentence-transformers, or leave --model out to use the embedded model",
        ) from error
    silence: Callable[[], None] = logging.disable_progress_bar
    silence()
    try:
        # Everything is in the folder: given a name, the library would ask the hub again.
        return SentenceTransformer(str(folder), local_files_only=True, trust_remote_code=False)
    except Exception as error:  # a dozen classes of four libraries: format, file and version errors
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        if "trust_remote_code" in str(error):
            raise cannot_load(
                name,
                "it needs code of its own, which is never run",
                "name a model that needs no trust_remote_code",
            ) from error
        raise cannot_load(
            name,
            reason,
            "check that the folder holds a complete sentence-transformers model"
            if str(folder) == name
            else "update sentence-transformers, or name another model or revision",
        ) from error


def _measure(model: Any, name: str) -> tuple[int, bool]:  # noqa: ANN401 - types differ between its versions
    """The dimension, and whether a sentence vector is the mean of its token vectors.

    It is asked of the vectors of one text, since the ways in which models describe their pooling are many.

    Raises:
        ModelError: the model gives no token vectors, or they cannot be located in the text.
    """
    try:
        [found] = model.encode([_PROBE], prompt="", output_value=None, show_progress_bar=False)
    except Exception as error:  # see _load
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise cannot_load(
            name, f"it cannot encode ({reason})", "check that its files are complete, or name another model"
        ) from error
    if "token_embeddings" not in found or not getattr(model.tokenizer, "is_fast", False):
        missing = "a fast tokenizer" if "token_embeddings" in found else "vectors of words"
        raise cannot_load(
            name,
            f"it has not got {missing}, so words cannot be aligned",
            f"name a transformer model with a tokenizer.json, or use the embedded {EMBEDDED_MODEL}",
        )
    sentence = found["sentence_embedding"].float().cpu().numpy()
    inside = found["attention_mask"].cpu().numpy() > 0
    mean = found["token_embeddings"].float().cpu().numpy()[inside].mean(axis=0)[: len(sentence)]
    if mean.shape != sentence.shape:
        return len(sentence), False
    cosine = float(_unit(mean[None])[0] @ _unit(sentence[None])[0])
    return len(sentence), cosine > _SAME


def _unit(rows: FloatMatrix) -> FloatMatrix:
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)


def _choose_prompts(
    name: str, given: Mapping[str, str] | None, stored: Mapping[str, str]
) -> dict[TextKind, str]:
    family: Mapping[str, str] = next(
        (prompts for pattern, prompts in FAMILY_PROMPTS if re.search(pattern, name.lower())), {}
    )
    # sentence-transformers stores empty prompts for models that have none
    own = {key: prompt for key, prompt in stored.items() if prompt}
    source = given if given is not None else own or family
    return {
        kind: next((source[key] for key in keys if key in source), "") for kind, keys in PROMPT_NAMES.items()
    }

"""Any other model through sentence-transformers; the only file of the package that imports it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .durable import sha256_of
from .embedded import EMBEDDED_MODEL
from .errors import ModelError
from .texts import storable
from .types import FloatMatrix, ModelInfo, TextKind, TokenVectors

_BATCH_TEXTS = 32
_CHARACTERS_PER_TOKEN = 32

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

_IDENTITY = re.compile(
    r".*\.(?:safetensors|bin|model|spm)|(?:.*/)?(?:modules|tokenizer|config|vocab|sentence_bert_config)\.json"
    r"|(?:.*/)?(?:vocab|merges)\.txt"
)
"""Files that decide what vectors come out."""


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
        """Load the model, from the network only if it is a hub name that is not cached yet.

        Args:
            name_or_path: folder, or hub name.
            revision: commit or tag of a hub model.
            prompts: keys ``query`` and ``passage``; wins over what the model stores.
            offline: never ask the network.

        Raises:
            ModelError: the model is not there, cannot be reached or cannot be loaded.
        """
        self._model = _load(name_or_path, revision, offline)
        self._prompts = _choose_prompts(name_or_path, prompts, dict(self._model.prompts or {}))
        self._max_tokens = int(self._model.max_seq_length or 512)
        folder, commit = _files_of(name_or_path, self._model)
        self._info = ModelInfo(
            name=name_or_path,
            revision=commit or revision or "",
            dimension=_dimension(self._model),
            checksum=_checksum(folder, self._prompts),
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
        """The token vectors of each text (last hidden layer), without prompts.

        Raises:
            ModelError: the model has no fast tokenizer, so its tokens have no offsets.
        """
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
        """``encode`` and ``encode_tokens``."""
        return self.encode(texts, kind=kind), self.encode_tokens(texts)

    def _bounded(self, texts: Sequence[str]) -> list[str]:
        return [storable(text, self._max_tokens * _CHARACTERS_PER_TOKEN) for text in texts]

    def _token_vectors(self, text: str, hidden: Any) -> TokenVectors:  # noqa: ANN401 - types differ between its versions
        tokenizer = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            raise ModelError(
                f"the model {self._info.name} has no fast tokenizer, so its words cannot be located",
                f"use a model with a tokenizer.json, or the embedded {EMBEDDED_MODEL}",
            )
        encoding = tokenizer(
            text,
            truncation=True,
            max_length=self._max_tokens,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        special, offsets = encoding["special_tokens_mask"], encoding["offset_mapping"]
        rows = hidden.float().cpu().numpy()[-len(special) :]  # left padding, where a model has it, goes
        kept = [i for i, is_special in enumerate(special[: len(rows)]) if not is_special]
        chosen = np.asarray(rows[kept], dtype=np.float32)
        norms = np.linalg.norm(chosen, axis=-1, keepdims=True)
        return TokenVectors(
            spans=tuple((int(offsets[i][0]), int(offsets[i][1])) for i in kept),
            vectors=np.asarray(chosen / np.maximum(norms, 1e-12), dtype=np.float32),
        )


def _load(name: str, revision: str | None, offline: bool) -> Any:  # noqa: ANN401 - types differ between its versions
    try:
        from huggingface_hub.utils.tqdm import disable_progress_bars
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise ModelError(
            f"the model {name} needs sentence-transformers, which cannot be imported ({error})",
            "install sentence-transformers, or leave --model out to use the embedded model",
        ) from error
    disable_progress_bars()
    silence: Callable[[], None] = logging.disable_progress_bar
    silence()
    try:
        return SentenceTransformer(name, revision=revision, local_files_only=offline, trust_remote_code=False)
    except Exception as error:  # a dozen classes of four libraries: network, hub, file and format errors
        raise _not_loaded(name, offline, error) from error


def _not_loaded(name: str, offline: bool, error: Exception) -> ModelError:
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
    if Path(name).is_dir():
        remedy = "check that the folder holds a complete sentence-transformers model"
    elif offline:
        remedy = "load it once with the network, give a folder instead of a name, or leave --model out"
    else:
        remedy = "check the name and the network, give a folder instead of a name, or leave --model out"
    return ModelError(f"the model {name} cannot be loaded: {reason}", remedy, path=name)


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


def _dimension(model: Any) -> int:  # noqa: ANN401 - types differ between its versions
    # Renamed in sentence-transformers 5; the old name warns from then on.
    measure = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
    size = measure()
    return int(size) if size else int(model.encode(["a"], show_progress_bar=False).shape[1])


def _files_of(name: str, model: Any) -> tuple[Path, str | None]:  # noqa: ANN401 - types differ between its versions
    """The folder the model was read from, and its commit when it came from the hub."""
    if Path(name).is_dir():
        return Path(name), None
    from huggingface_hub import snapshot_download

    commit = getattr(getattr(getattr(model[0], "auto_model", None), "config", None), "_commit_hash", None)
    try:
        return Path(snapshot_download(name, revision=commit, local_files_only=True)), commit
    except Exception as error:  # see _load
        raise _not_loaded(name, True, error) from error


def _checksum(folder: Path, prompts: Mapping[TextKind, str]) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and _IDENTITY.fullmatch(name):
            digest.update(f"{_file_checksum(path)}  {name}\n".encode())
    for kind in sorted(prompts):
        digest.update(f"{kind}={prompts[kind]}\n".encode())
    return digest.hexdigest()


def _file_checksum(path: Path) -> str:
    # The hub's cache links large files to blobs that are named by their sha256.
    if path.is_symlink() and re.fullmatch(r"[0-9a-f]{64}", path.resolve().name):
        return path.resolve().name
    return sha256_of(path)

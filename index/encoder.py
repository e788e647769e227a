"""Choosing the encoder: the embedded model needs no network and no torch, any other is loaded by name or path."""

from __future__ import annotations

import re
from pathlib import Path

from .embedded import EMBEDDED_MODEL, MODEL_FILE, embedded_folder
from .errors import ModelError
from .types import Encoder


def load_encoder(
    model: str | None = None,
    *,
    offline: bool = False,
    revision: str | None = None,
    prompts: dict[str, str] | None = None,
    threads: int | None = None,
    brief: bool = False,
) -> Encoder:
    """The encoder for ``model``.

    None or the embedded name gives the embedded model. A folder made for ONNX Runtime (it has
    ``misquote.json`` and ``onnx/``) is loaded the same way; every other folder or hub name goes
    to sentence-transformers.

    Args:
        model: name or path.
        offline: never ask the network, even for a hub name.
        revision: pins a hub model to a commit or tag.
        prompts: texts put before queries and passages, keys ``query`` and ``passage``; when left
            out, those stored in the model are used.
        threads: for the embedded model; None leaves it to ONNX Runtime.
        brief: only a few texts will be encoded: load fast rather than run fast (same vectors).

    Raises:
        ModelError: the model is not there or cannot be loaded.
    """
    if model is None or re.fullmatch(rf"{EMBEDDED_MODEL}(-v\d+)?", model):
        return _embedded(model, threads, brief)
    folder = Path(model).expanduser()
    if (folder / MODEL_FILE).is_file() and (folder / "onnx").is_dir():
        from .onnx_encoder import OnnxEncoder

        return OnnxEncoder(folder, threads=threads, brief=brief)
    if not folder.is_dir() and _looks_like_path(model):
        raise ModelError(
            f"there is no model folder {model}",
            f"check the path, or leave --model out to use the embedded {EMBEDDED_MODEL}",
            path=model,
        )
    from .transformer_encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(
        str(folder) if folder.is_dir() else model, revision=revision, prompts=prompts, offline=offline
    )


def _embedded(model: str | None, threads: int | None, brief: bool) -> Encoder:
    from .onnx_encoder import OnnxEncoder

    encoder = OnnxEncoder(embedded_folder(), threads=threads, brief=brief)
    if model not in (None, EMBEDDED_MODEL, encoder.info.name):
        raise ModelError(
            f"this version of misquote has the model {encoder.info.name}, not {model}",
            "build the index again with this version, or install the version that it was built with",
        )
    return encoder


def _looks_like_path(model: str) -> bool:
    # A hub name is NAME or OWNER/NAME; everything else can only be a path.
    return model.startswith((".", "/", "~")) or "\\" in model or model.count("/") > 1

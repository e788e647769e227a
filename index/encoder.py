"""Choosing the encoder: the embedded model needs no network and no torch, any other is loaded by name or path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from .embedded import EMBEDDED_MODEL, MODEL_FILE, embedded_folder
from .errors import ModelError
from .hub import is_commit, repository
from .truncated import fit_to_index, model_of_index, truncated
from .types import Encoder


def load_encoder(
    model: str | None = None,
    *,
    offline: bool = False,
    revision: str | None = None,
    prompts: Mapping[str, str] | None = None,
    dimension: int | None = None,
    index: Path | None = None,
    threads: int | None = None,
    brief: bool = False,
) -> Encoder:
    """The encoder for ``model``.

    None or the embedded name gives the embedded model. A folder made for ONNX Runtime (it has
    ``misquote.json``) is loaded the same way; every other folder or hub name goes to
    sentence-transformers.

    Args:
        model: name or path.
        offline: never ask the network, even for a hub name.
        revision: pins a hub model to a commit or tag.
        prompts: texts put before queries and passages, keys ``query`` and ``passage``; when left
            out, those stored in the model are used.
        dimension: keep the first ones of sentence vectors only; 0 is all. None is what ``index`` has.
        index: the folder of an index that the encoder is for. Of a hub model without ``revision`` the
            commit is taken that the index was built with.
        threads: for the embedded model; None leaves it to ONNX Runtime.
        brief: only a few texts will be encoded: load fast rather than run fast (same vectors).

    Raises:
        ModelError: the model is not there, cannot be loaded, or has no such revision or dimension.
        StoreError: the manifest of ``index`` is damaged.
    """
    if model is None or re.fullmatch(rf"{EMBEDDED_MODEL}(-v\d+)?", model):
        _refuse_settings(model or EMBEDDED_MODEL, revision, prompts)
        whole = _embedded(model, threads, brief)
    else:
        whole = _other(model, offline, revision or _recorded(model, index), prompts, threads, brief)
    if dimension is None and index is not None:
        return fit_to_index(whole, index)
    return truncated(whole, dimension)


def _other(
    model: str,
    offline: bool,
    revision: str | None,
    prompts: Mapping[str, str] | None,
    threads: int | None,
    brief: bool,
) -> Encoder:
    folder = Path(model).expanduser()
    if (folder / MODEL_FILE).is_file():
        from .onnx_encoder import OnnxEncoder

        _refuse_settings(model, revision, prompts)
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


def _recorded(model: str, index: Path | None) -> str | None:
    """The commit of a hub model that an index was built with: newer vectors would not fit the old ones."""
    built = None if index is None else model_of_index(index)
    if built is None or Path(model).expanduser().is_dir() or built.name != repository(model):
        return None
    return built.revision if is_commit(built.revision) else None


def _refuse_settings(model: str, revision: str | None, prompts: Mapping[str, str] | None) -> None:
    # Passing over them in silence would let a desk believe that it had pinned something.
    for name, value in (("revision", revision), ("prompts", prompts)):
        if value is not None:
            raise ModelError(
                f"{name} cannot be set for the model {model}, which is one of misquote's own",
                f"leave {name} out, or name a model of sentence-transformers with --model",
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

"""Loads the model while the settings and the articles are read: neither waits for the other."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import Encoder


def load_likely(model: str | None, environ: Mapping[str, str]) -> Future[Encoder] | None:
    """Start loading the embedded model before the settings are read, unless it is plain that they name another."""
    return None if model or environ.get("MISQUOTE_MODEL") else load_in_background(None, offline=True)


def load_in_background(
    model: str | None, *, offline: bool, likely: Future[Encoder] | None = None
) -> Future[Encoder]:
    """Start loading; ``result()`` gives the encoder, or raises what loading it raised.

    With the embedded model (None) the libraries and graphs that the check comes to later follow; where
    ``load_likely`` has begun with it, that is the answer.
    """
    if model is None and likely is not None:
        return likely
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
    future = pool.submit(_load, model, offline)
    if model is None:
        pool.submit(_prepare, future)
    pool.shutdown(wait=False)
    return future


def _load(model: str | None, offline: bool) -> Encoder:
    from index import load_encoder

    return load_encoder(model, offline=offline, brief=True)


def _prepare(loaded: Future[Encoder]) -> None:
    from index import preload

    loaded.result().encode_tokens(["a"])
    preload()

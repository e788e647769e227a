"""Loads the model while the articles are read: the two take about as long, and neither waits for the other."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import Encoder


def load_in_background(model: str | None, *, offline: bool) -> Future[Encoder]:
    """Start loading; ``result()`` gives the encoder, or raises what loading it raised."""
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
    future = pool.submit(_load, model, offline)
    pool.shutdown(wait=False)
    return future


def _load(model: str | None, offline: bool) -> Encoder:
    from index import load_encoder

    return load_encoder(model, offline=offline, brief=True)

"""Loads the model while the settings and the articles are read: neither waits for the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import Encoder

    from ..config import Settings


def load_likely(model: str | None, environ: Mapping[str, str]) -> Future[Encoder] | None:
    """Start loading the embedded model before the settings are read, unless it is plain that they name another."""
    return None if model or environ.get("MISQUOTE_MODEL") else _start(_embedded, prepare=True)


def load_in_background(
    settings: Settings, *, indexed: bool, likely: Future[Encoder] | None = None
) -> Future[Encoder]:
    """Start loading; ``result()`` gives the encoder, or raises what loading it raised.

    With the embedded model (None) the libraries and graphs that the check comes to later follow; where
    ``load_likely`` has begun with it, that is the answer.

    Args:
        indexed: it will be used with the index that the settings name, which may have recorded the commit
            of a hub model.
    """
    embedded = settings.model is None and settings.revision is None and settings.prompts is None
    if embedded:
        return likely or _start(_embedded, prepare=True)
    return _start(lambda: _named(settings, indexed=indexed), prepare=False)


def _start(load: Callable[[], Encoder], *, prepare: bool) -> Future[Encoder]:
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
    future = pool.submit(load)
    if prepare:
        pool.submit(_prepare, future)
    pool.shutdown(wait=False)
    return future


def _embedded() -> Encoder:
    from index import load_encoder

    return load_encoder(None, offline=True, brief=True)


def _named(settings: Settings, *, indexed: bool) -> Encoder:
    from index import load_encoder

    return load_encoder(
        settings.model,
        offline=settings.offline,
        revision=settings.revision,
        prompts=settings.prompts,
        index=Path(settings.index) if indexed else None,
        brief=True,
    )


def _prepare(loaded: Future[Encoder]) -> None:
    from index import preload

    loaded.result().encode_tokens(["a"])
    preload()

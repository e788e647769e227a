"""The model that ships with the package: its name and its place."""

from __future__ import annotations

from pathlib import Path

EMBEDDED_MODEL = "misquote-encoder"
"""Its name; records carry a version, as in ``misquote-encoder-v1``."""

MODEL_FILE = "misquote.json"
"""In a model folder: identity, limits and checksums for ``OnnxEncoder``."""

EMBEDDED_SCORER = "misquote-scorer"
"""The model that reads two texts together, made for one encoder."""


def embedded_folder() -> Path:
    """Where the embedded model lies."""
    return Path(__file__).parent / "models" / EMBEDDED_MODEL


def scorer_folder() -> Path:
    """Where the scorer lies that stands on the embedded model."""
    return Path(__file__).parent / "models" / EMBEDDED_SCORER

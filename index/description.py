"""``misquote.json`` of a model folder: what the model is, and the checksums of its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .embedded import MODEL_FILE
from .onnx_session import broken_model


def read_description(folder: Path) -> Mapping[str, Any]:
    """The record in a model folder.

    Raises:
        ModelError: it is missing or no JSON object.
    """
    path = folder / MODEL_FILE
    try:
        description = json.loads(path.read_bytes())
    except OSError as error:
        raise broken_model(folder, f"{MODEL_FILE} is missing") from error
    except ValueError as error:
        raise broken_model(folder, f"{MODEL_FILE} is not valid JSON") from error
    if not isinstance(description, dict):
        raise broken_model(folder, f"{MODEL_FILE} is not an object")
    return description


def listed_checksums(description: Mapping[str, Any]) -> dict[str, str]:
    """File to sha256, from ``files``: ``{path: sha256}`` or ``{path: {"sha256": ...}}``."""
    listed = description.get("files", {})
    if not isinstance(listed, Mapping):
        return {}
    found = {
        name: value.get("sha256") if isinstance(value, Mapping) else value for name, value in listed.items()
    }
    return {name: value for name, value in found.items() if isinstance(value, str)}

"""The JSON Schema of a settings file."""

from __future__ import annotations

from dataclasses import MISSING, Field
from typing import Any

from .settings import EXTEND, FIELDS, FILE_ONLY, OVERRIDES, PER_ARTICLE, key_of

_TEXT = {"type": "string", "minLength": 1}


def config_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a settings file, and of ``[tool.misquote]``."""
    properties = {key_of(name): _property(one) for name, one in FIELDS.items()}
    some = {key_of(name): properties[key_of(name)] for name in PER_ARTICLE}
    without_default = {key: {k: v for k, v in one.items() if k != "default"} for key, one in some.items()}
    override = {
        "type": "object",
        "additionalProperties": False,
        "required": ["paths"],
        "properties": {
            "paths": {"type": "array", "minItems": 1, "items": _TEXT},
            **without_default,
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of misquote",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            EXTEND: {"description": FILE_ONLY[EXTEND], **_TEXT},
            **properties,
            OVERRIDES: {"description": FILE_ONLY[OVERRIDES], "type": "array", "items": override},
        },
    }


def _property(one: Field[Any]) -> dict[str, Any]:
    choices = list(one.metadata["choices"])
    about = {"description": one.metadata["help"]}
    match one.metadata["kind"]:
        case "rules":
            return {**about, "type": "object", "additionalProperties": {"enum": choices}}
        case "prompts":
            texts = {name: {"type": "string"} for name in choices}
            return {**about, "type": "object", "additionalProperties": False, "properties": texts}
        case "policy":
            shape: dict[str, Any] = {
                "anyOf": [{"enum": choices}, {"type": "string", "pattern": r"\.toml$|/"}]
            }
        case "flag":
            shape = {"type": "boolean"}
        case "places":
            shape = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
        case "number":
            shape = {"type": "integer", "minimum": 0}
        case _:
            shape = {"enum": choices} if choices else dict(_TEXT)
    default = {} if one.default in (None, MISSING, ()) else {"default": one.default}
    return {**about, **shape, **default}

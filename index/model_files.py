"""The files of a model in sentence-transformers format: which are used, and what they add up to."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from .durable import sha256_of
from .errors import ModelError
from .types import TextKind

MODULES = "modules.json"
"""Lists the parts of a model, with the class and the folder of each."""
SETTINGS = "config_sentence_transformers.json"
"""Prompts and the kind of model; not part of the identity, since it names library versions."""

_KIND = "SentenceTransformer"
_OWN_CLASS = re.compile(r"sentence_transformers(\.\w+)+")
_SAFE, _PICKLED = re.compile(r".*\.safetensors"), re.compile(r"pytorch_model.*\.bin")
_TOKENIZER = "tokenizer.json"
_VOCABULARY = re.compile(r"vocab\.(?:txt|json)|merges\.txt|.*\.(?:model|spm)")
_USED = re.compile(
    r".*\.safetensors(?:\.index\.json)?|pytorch_model.*\.bin(?:\.index\.json)?|modules\.json"
    r"|.*config\.json|tokenizer\.json|special_tokens_map\.json|added_tokens\.json"
    r"|vocab\.(?:txt|json)|merges\.txt|.*\.(?:model|spm)"
)
_IDENTITY = re.compile(
    r".*\.(?:safetensors|bin|model|spm)|vocab\.(?:txt|json)|merges\.txt"
    r"|(?:modules|tokenizer|config|sentence_bert_config|adapter_config|router_config)\.json"
)
"""Names of files that decide what vectors come out, among those that are used."""
_OTHER_FORMATS = {"onnx", "openvino", "coreml", "assets"}


def module_folders(folder: Path, name: str) -> tuple[str, ...]:
    """The folders of the model's parts, relative to ``folder``, ``""`` for the folder itself.

    Raises:
        ModelError: it is no sentence encoder in sentence-transformers format, or needs code of its own,
            which is never run.
    """
    modules = _read(folder / MODULES, name)
    settings = _read(folder / SETTINGS, name) if (folder / SETTINGS).is_file() else {}
    kind = settings.get("model_type", _KIND) if isinstance(settings, dict) else _KIND
    if kind != _KIND:
        raise cannot_load(
            name, f"it is a {kind}, which gives no sentence vectors", "name a sentence encoder instead"
        )
    if not isinstance(modules, list) or not modules:
        raise _incomplete(name, f"{MODULES} lists no modules")
    paths = []
    for module in modules:
        type_, path = (module.get(key) if isinstance(module, dict) else None for key in ("type", "path"))
        if not isinstance(type_, str) or not isinstance(path, str):
            raise _incomplete(name, f"{MODULES} has a module without type or path")
        # Older versions of the library run such code from a folder without asking.
        if not _OWN_CLASS.fullmatch(type_):
            raise cannot_load(
                name,
                f"it needs code of its own ({type_}), which is never run",
                "name a model that needs no trust_remote_code",
            )
        if PurePosixPath(path).is_absolute() or ".." in re.split(r"[/\\]", path):
            raise _incomplete(name, f"{MODULES} names the folder {path!r} outside the model")
        paths.append("" if path == "." else path.strip("/"))
    return tuple(dict.fromkeys(paths))


def used_files(names: Iterable[str], folders: Sequence[str]) -> list[str]:
    """Those of a model's files that are needed to load it.

    Weights as safetensors stand before pickled ones, and ``tokenizer.json`` before the vocabulary it
    was made of, so that a full copy and a lean download of a model have the same identity.

    Args:
        names: paths relative to the model's folder, with ``/``.
        folders: from :func:`module_folders`.
    """
    wanted: dict[str, list[str]] = {}
    for name in names:
        parent, _, file = name.rpartition("/")
        if _belongs(parent, folders) and _USED.fullmatch(file):
            wanted.setdefault(parent, []).append(file)
    chosen = []
    for parent, files in wanted.items():
        safe = any(_SAFE.fullmatch(file) for file in files)
        for file in files:
            pickled = file.startswith("pytorch_model") and safe
            spare = _TOKENIZER in files and _VOCABULARY.fullmatch(file)
            if not pickled and not spare:
                chosen.append(f"{parent}/{file}" if parent else file)
    return sorted(chosen)


def _belongs(parent: str, folders: Sequence[str]) -> bool:
    if not parent or parent in folders:
        return True
    inside = any(folder and parent.startswith(f"{folder}/") for folder in folders)
    return inside and not _OTHER_FORMATS & set(parent.split("/"))


def model_checksum(folder: Path, folders: Sequence[str], prompts: Mapping[TextKind, str]) -> str:
    """sha256 (hex) over weights, tokenizer, settings of the modules, and prompts."""
    digest = hashlib.sha256()
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    for name in used_files(names, folders):
        if _IDENTITY.fullmatch(PurePosixPath(name).name):
            digest.update(f"{_file_checksum(folder / name)}  {name}\n".encode())
    for kind in sorted(prompts):
        digest.update(f"{kind}={prompts[kind]}\n".encode())
    return digest.hexdigest()


def _file_checksum(path: Path) -> str:
    # The hub's cache links large files to blobs that are named by their sha256.
    if path.is_symlink() and re.fullmatch(r"[0-9a-f]{64}", path.resolve().name):
        return path.resolve().name
    return sha256_of(path)


def _read(path: Path, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise no_modules(name) from error
    except (OSError, ValueError, RecursionError) as error:
        raise _incomplete(name, f"{path.name} cannot be read") from error


def no_modules(name: str) -> ModelError:
    """The error for a model of another format: without the list, its pooling would be guessed."""
    return _incomplete(name, f"it has no {MODULES}, so it is not in sentence-transformers format")


def _incomplete(name: str, reason: str) -> ModelError:
    return cannot_load(
        name, reason, "name a folder with a complete sentence-transformers model, as its save() writes it"
    )


def cannot_load(name: str, reason: str, remedy: str) -> ModelError:
    """The error for a model that is there and cannot be used."""
    return ModelError(f"the model {name} cannot be loaded: {reason}", remedy, path=name)

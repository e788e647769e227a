"""Models of the hub: one commit of one repository, from the local cache or the network."""

from __future__ import annotations

import re
from pathlib import Path

from .errors import ModelError
from .model_files import MODULES, cannot_load, module_folders, no_modules, used_files

_OWNER = "sentence-transformers"
"""Whose models are meant by a name without an owner."""
_COMMIT = re.compile(r"[0-9a-f]{40}")


def repository(name: str) -> str:
    """``OWNER/NAME`` for a name of the hub."""
    return name if "/" in name else f"{_OWNER}/{name}"


def is_commit(revision: str | None) -> bool:
    """Whether it names one commit for ever, as branches and tags do not."""
    return revision is not None and bool(_COMMIT.fullmatch(revision))


def fetch(name: str, revision: str | None, *, offline: bool) -> tuple[Path, str]:
    """The folder with the files of a model, and the commit they are of.

    What is not cached is downloaded, and of the formats that a repository holds only the one that is
    used. All files come from the commit that ``revision`` (None: the default branch) names now.

    Args:
        name: ``OWNER/NAME``.
        revision: commit, tag or branch.
        offline: only look into the cache; nothing is asked of the network.

    Raises:
        ModelError: there is no such model or revision, it is not cached, or the hub cannot be reached.
    """
    if offline:
        return _cached(name, revision)
    from huggingface_hub import hf_hub_download
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    try:
        # The first file settles the commit, and notes in the cache which one the name stands for.
        first = Path(hf_hub_download(name, MODULES, revision=revision))
        folder, commit = first.parent, first.parent.name
        for file in _listed(name, commit, module_folders(folder, name)):
            hf_hub_download(name, file, revision=commit)
    except ModelError:
        raise
    except Exception as error:  # network, hub and file errors of three libraries
        raise _not_fetched(name, revision, error) from error
    return folder, commit


def _cached(name: str, revision: str | None) -> tuple[Path, str]:
    # Not by a download that is told to stay local: the library asks its hub for other things even then.
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(name, MODULES, revision=revision)
    if not isinstance(found, str):
        raise cannot_load(
            name,
            f"{_at(revision)} is not in the local cache, and the setting offline forbids the network",
            "load it once with the network, name a revision that is cached with --revision, or name a folder",
        )
    return Path(found).parent, Path(found).parent.name


def _listed(name: str, commit: str, folders: tuple[str, ...]) -> list[str]:
    """The files to be downloaded; nothing if the hub does not answer, and then what is cached must do."""
    from huggingface_hub import HfApi

    try:
        files = HfApi().model_info(name, revision=commit).siblings or []
    except Exception:  # see fetch
        return []
    return used_files((file.rfilename for file in files), folders)


def _not_fetched(name: str, revision: str | None, error: Exception) -> ModelError:
    from huggingface_hub.errors import (
        EntryNotFoundError,
        GatedRepoError,
        HFValidationError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    match error:
        case LocalEntryNotFoundError():
            reason, remedy = (
                f"{_at(revision)} is not in the local cache, and the hub cannot be reached",
                "check the network, name a folder, or leave --model out to use the embedded model",
            )
        case GatedRepoError():
            reason, remedy = (
                "its owner gives it only to accounts that asked for it",
                "sign in to the hub with an account that may use it, or name a folder",
            )
        case RepositoryNotFoundError():
            reason, remedy = (
                "the hub has no model of this name that you may see",
                "check the name (OWNER/NAME), or name a folder",
            )
        case RevisionNotFoundError():
            reason, remedy = (
                f"it has no {_at(revision)}",
                "name a commit or tag that the hub lists for it, or leave --revision out",
            )
        case EntryNotFoundError():
            return no_modules(name)
        case HFValidationError():
            reason, remedy = "that is no name of the hub", "give OWNER/NAME, or a folder"
        case _:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            remedy = "check the name and the network, name a folder, or leave --model out"
    return cannot_load(name, reason, remedy)


def _at(revision: str | None) -> str:
    return f"revision {revision}" if revision else "its newest revision"

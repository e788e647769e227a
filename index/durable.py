"""Writing that survives a crash: sync, then rename; and a lock that keeps two writers apart."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import StoreError

_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """The sha256 of a file, hex; read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def sync_file(path: Path) -> None:
    """Ask the system to put the file's bytes on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Make renames in the folder last; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def publish_bytes(path: Path, content: bytes) -> None:
    """Replace the file in one step: a reader sees the old content or the new, never a part."""
    temporary = path.with_name(f".tmp-{path.name}")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)  # noqa: PTH105 - the tests let exactly this call fail
    with suppress(OSError):  # the new content is visible, so an error now would tell the wrong story
        sync_folder(path.parent)


def publish_folder(temporary: Path, final: Path) -> None:
    """Give a finished folder its name; its files are synced before."""
    for file in sorted(temporary.iterdir()):
        sync_file(file)
    sync_folder(temporary)
    os.rename(temporary, final)  # noqa: PTH104 - the tests let exactly this call fail
    sync_folder(final.parent)


def discard(path: Path) -> None:
    """Remove a file or folder as far as possible; what stays is tried again by the next writer."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def write_failure(error: OSError, path: Path) -> StoreError:
    """The error to show when the system refused to write."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        reason, remedy = "the disk is full", "free some space and run again"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        reason, remedy = "it is write-protected", "check the permissions of the folder, or use another one"
    else:
        reason, remedy = error.strerror or str(error), "mend the cause and run again"
    return StoreError(
        f"cannot write to the index {path}: {reason}",
        f"{remedy}; the index is as it was before",
        path=str(path),
    )


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's lock. The system frees it when the process ends, so it is never stale.

    Raises:
        StoreError: another process writes to this folder, or the lock file cannot be made.
    """
    path = folder / ".lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise write_failure(error, folder) from error
    try:
        if not _try_lock(descriptor):
            raise StoreError(
                f"another process{_holder(path)} is writing to the index {folder}",
                "wait until it has finished, then run again",
                path=str(folder),
            )
        with suppress(OSError):  # on a full disk the lock still works, only its label is missing
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, json.dumps({"pid": os.getpid()}).encode())
        yield
    finally:
        os.close(descriptor)


def _holder(path: Path) -> str:
    try:
        return f" (process {int(json.loads(path.read_text(encoding='utf-8'))['pid'])})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

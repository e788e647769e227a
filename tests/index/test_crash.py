"""A write that fails or is killed at any step leaves the state before it, or the state after it."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

import pytest

from index import NewPassage, PassageIndex, StoreError
from tests.fakes import FakeEncoder
from tests.index.samples import FIRST, SECOND, build, contents

EXIT_KILLED = 9


def do_add(index: PassageIndex) -> None:
    index.add(SECOND, FakeEncoder(), batch_size=2, factory="exact")


def do_remove(index: PassageIndex) -> None:
    index.remove(["a1"])


def do_compact(index: PassageIndex) -> None:
    index.compact()


CHANGES = {"add": do_add, "remove": do_remove, "compact": do_compact}


@pytest.fixture
def state(tmp_path):
    """A folder with two segments, so that compacting has something to do."""
    path = tmp_path / "before"
    extra = [NewPassage("Another plain sentence.", "en", {"article_id": "z"})]
    build(path, FIRST, extra).close()
    return path


Outcome = tuple[dict[str, list[str]], int]


def outcome(path: Path) -> Outcome:
    """What a reader finds, and in how many segments."""
    with PassageIndex.open(path) as index:
        assert index.verify() == []
        return contents(index), index.info().segments


def after(state: Path, change: str) -> Outcome:
    path = state.with_name("after")
    shutil.copytree(state, path)
    with PassageIndex.open(path) as index:
        CHANGES[change](index)
    return outcome(path)


def kill_at(step: int, path: Path, change: str) -> int:
    """Run the change in a child process that dies without any clean-up at its ``step``-th touch of the folder."""
    child = os.fork()
    if child == 0:
        touched = 0

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal touched
            if event in {
                "open",
                "os.rename",
                "os.mkdir",
                "os.remove",
                "os.rmdir",
                "sqlite3.connect",
                "os.listdir",
            }:
                place = str(arguments[0])
                if str(path) in place or place.startswith(("manifest", "passages", "vectors", "0")):
                    touched += 1
                    if touched == step:
                        os._exit(EXIT_KILLED)

        sys.addaudithook(watch)
        try:
            with PassageIndex.open(path) as index:
                CHANGES[change](index)
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to be killed at a chosen step")
@pytest.mark.parametrize("change", CHANGES)
def test_killed_at_every_step(change, state, tmp_path):
    before, expected = outcome(state), after(state, change)
    seen = []
    for step in range(1, 200):
        path = tmp_path / f"killed-{step}"
        shutil.copytree(state, path)
        status = kill_at(step, path, change)
        found = outcome(path)
        assert found in (before, expected), f"step {step}"
        seen.append(found == expected)
        with PassageIndex.open(path) as index:  # the next writer finds its way and clears up
            CHANGES[change](index)
            index.remove(["nobody"])
        assert outcome(path) == expected
        assert {p.name for p in (path / "segments").iterdir()} == {
            entry.name for entry in PassageIndex.open(path)._view.manifest.segments
        }
        shutil.rmtree(path)
        if status == 0:
            break
        assert status == EXIT_KILLED
    assert status == 0, "the change never came to its end"
    assert len(seen) > 5
    assert seen == sorted(seen), "once published, it stays published"
    assert not seen[0]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_refused_at_every_step(change, number, state, monkeypatch):
    before, expected = outcome(state), after(state, change)
    files = sorted(p.relative_to(state) for p in state.rglob("*") if p.name != ".lock")
    real = {name: getattr(os, name) for name in ("fsync", "replace", "rename")}
    for step in range(1, 100):
        calls = 0

        def refuse(name):
            def call(*arguments, **options):
                nonlocal calls
                calls += 1
                if calls == step:  # noqa: B023 - used within the same turn
                    raise OSError(number, os.strerror(number))
                return real[name](*arguments, **options)

            return call

        for name in real:
            monkeypatch.setattr(os, name, refuse(name))
        index = PassageIndex.open(state)
        try:
            CHANGES[change](index)
        except StoreError as error:
            message = f"{error}; {error.remedy}"
            for name, function in real.items():
                monkeypatch.setattr(os, name, function)
            assert "as it was before" in message
            assert number != errno.ENOSPC or "disk is full" in message
            assert contents(index) == before[0], "the open index works on"
            assert outcome(state) == before
            left = {p.relative_to(state) for p in state.rglob("*") if p.name != ".lock"} - set(files)
            assert {p.name for p in left} <= {".tmp-manifest.json"}
        else:
            break
        finally:
            index.close()
    assert step > 1
    assert outcome(state) == expected


def test_a_disk_that_is_really_full(state, tmp_path):
    resource = pytest.importorskip("resource")
    before = outcome(state)
    many = [
        NewPassage(f"Sentence number {i} of a long report.", "en", {"article_id": f"n{i}"})
        for i in range(900)
    ]
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    import signal

    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    index = PassageIndex.open(state)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, limits[1]))
        with pytest.raises(StoreError, match="cannot write to the index"):
            index.add(many, FakeEncoder(), factory="exact")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, previous)
    assert contents(index) == before[0]
    assert outcome(state) == before
    assert index.add(many, FakeEncoder(), factory="exact").passages == 900


@pytest.mark.parametrize("where", ["encoder", "passages", "progress"])
def test_an_error_of_the_caller_passes_through_and_changes_nothing(where, state):
    class Broken(FakeEncoder):
        def encode(self, texts, *, kind="passage"):
            raise KeyboardInterrupt

    def passages():
        yield SECOND[0]
        if where == "passages":
            raise ZeroDivisionError
        yield SECOND[1]

    def progress(count: int) -> None:
        if where == "progress":
            raise RuntimeError(count)

    before = outcome(state)
    encoder = Broken() if where == "encoder" else FakeEncoder()
    with (
        PassageIndex.open(state) as index,
        pytest.raises((KeyboardInterrupt, ZeroDivisionError, RuntimeError)),
    ):
        index.add(passages(), encoder, on_progress=progress)
    assert outcome(state) == before
    assert not [p for p in (state / "segments").iterdir() if p.name.startswith(".tmp")]


def test_what_a_crash_left_is_cleared_by_the_next_writer_only(state):
    junk = state / "segments" / ".tmp-000003"
    junk.mkdir()
    (junk / "vectors.npy").write_bytes(b"part")
    (state / "segments" / "000009-deadbeef").mkdir()
    outcome(state)
    assert junk.exists()
    with PassageIndex.open(state) as index:
        do_add(index)
    assert not junk.exists()
    assert not (state / "segments" / "000009-deadbeef").exists()

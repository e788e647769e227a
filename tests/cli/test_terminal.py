"""Colour, width, and the process itself: pipes, signals, faults, and what starting it loads."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from checker.cli.console import Terminal, progress, terminal_of

from .conftest import CHANGED, Run

COMMAND = "import sys; from checker.cli.app import main; sys.argv[0] = 'misquote'; "


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("tty", "option", "environ", "color"),
    [
        (True, "auto", {}, True),
        (False, "auto", {}, False),
        (True, "auto", {"NO_COLOR": "1"}, False),
        (True, "auto", {"NO_COLOR": ""}, True),
        (True, "auto", {"TERM": "dumb"}, False),
        (False, "auto", {"FORCE_COLOR": "1"}, True),
        (False, "auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (True, "always", {"NO_COLOR": "1"}, True),
        (False, "always", {}, True),
        (True, "never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(tty: bool, option: str, environ: dict[str, str], color: bool) -> None:
    assert terminal_of(Screen() if tty else io.StringIO(), option, environ).color is color


@pytest.mark.parametrize(
    ("columns", "width"), [("", 100), ("80", 80), ("9999", 120), ("12", 100), ("²", 100), ("9" * 6000, 100)]
)
def test_the_width_of_a_pipe(columns: str, width: int) -> None:
    assert terminal_of(io.StringIO(), "auto", {"COLUMNS": columns}) == Terminal(width, False)


def test_colour_reaches_the_report(desk: Path, misquote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in misquote("check", "changed.txt").out
    assert "\x1b[" in misquote("check", "changed.txt", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in misquote("check", "changed.txt").out
    assert "\x1b[" not in misquote("check", "changed.txt", "-f", "json").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in misquote("check", "changed.txt").out


def test_a_file_name_cannot_command_the_terminal(desk: Path, misquote: Run) -> None:
    ran = misquote("check", "\x1b[2Jmissing.txt", "-f", "concise")
    assert ran.status == 2
    assert "\x1b" not in ran.out + ran.err


def test_no_progress_bar_where_there_is_no_terminal(desk: Path, misquote: Run) -> None:
    assert len(misquote("index", "add", "new.txt").err.splitlines()) == 1


def started(script: str, *arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-c", COMMAND + script, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


def test_a_closed_pipe_is_quiet(desk: Path) -> None:
    process = started("main()", "quotes", "changed.txt", cwd=desk)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert (process.wait(), process.stderr.read()) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_is_no_pass(desk: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-P", "-c", COMMAND + "main()", "quotes", "changed.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: the report cannot be written to standard output: No space left")


def test_ctrl_c_ends_the_process_with_130(desk: Path) -> None:
    script = (
        "import os, signal; from checker.cli import check_job; "
        "check_job.stdin_bytes = lambda: os.kill(os.getpid(), signal.SIGINT); "
        "signal.signal(signal.SIGINT, signal.default_int_handler); main()"
    )
    process = started(script, "check", "-", cwd=desk)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"interrupted\n")
    assert signal.SIGINT + 128 == 130


def test_a_fault_of_the_program_is_not_status_1(desk: Path) -> None:
    script = "from checker.cli import check_job; check_job.now = lambda _: 1 / 0; main()"
    process = started(script, "check", "changed.txt", cwd=desk)
    out, err = process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert b"ZeroDivisionError" in err
    assert err.splitlines()[-1].startswith(b"error: this is a fault of misquote")


def test_standard_input_of_a_real_process(desk: Path) -> None:
    process = started("main()", "quotes", "-", "-f", "jsonl", cwd=desk)
    out, err = process.communicate(CHANGED.encode())
    assert (process.returncode, err) == (0, b"")
    assert out.startswith(b'{"path":"-"')


def test_starting_loads_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import checker.cli.app; loaded = {'numpy', 'index', 'regex', 'rapidfuzz', 'checker.pipeline',"
        " 'checker.types', 'checker.report', 'checker.rules'} & set(sys.modules); sys.stdout.write(repr(loaded))"
    )
    process = started(script, cwd=tmp_path)
    out, err = process.communicate()
    assert (out, err) == (b"set()", b"")


def test_progress_runs_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    with progress("Indexing", quiet=False) as nowhere:
        assert nowhere is None
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with progress("Indexing", quiet=True) as silenced:
        assert silenced is None
    assert screen.getvalue() == ""
    with progress("Checking", quiet=False, noun="articles", total=3) as on_progress:
        assert on_progress is not None
        on_progress(2)
    assert "Checking" in screen.getvalue()
    assert "2 articles" in screen.getvalue()

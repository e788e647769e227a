"""The table of exit statuses in docs/cli.md, row by row."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import CHANGED, Run, write_lines

DOCS = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
Prepare = Callable[[Path, Run], None]


def nothing(_: Path, __: Run) -> None:
    """The desk as it is."""


def settings(text: str) -> Prepare:
    return lambda desk, _: (desk / "misquote.toml").write_text(text, encoding="utf-8") and None


def file(name: str, content: bytes) -> Prepare:
    return lambda desk, _: (desk / name).write_bytes(content) and None


def ignored(desk: Path, misquote: Run) -> None:
    found = misquote("check", "changed.txt", "-f", "json").json["findings"]
    for finding in found:  # type: ignore[attr-defined]
        misquote("ignore", finding["fingerprint"], "--reason", "seen")


def ignored_unverified(desk: Path, misquote: Run) -> None:
    [finding] = misquote("check", "new.txt", "-f", "json").json["findings"]  # type: ignore[misc]
    misquote("ignore", finding["fingerprint"], "--reason", "confirmed by telephone")  # type: ignore[index]


def commented(comment: str) -> Prepare:
    def prepare(desk: Path, _: Run) -> None:
        (desk / "changed.md").write_text(CHANGED.replace("\n\n", f"\n\n{comment}\n\n"), encoding="utf-8")

    return prepare


def accepted(*paths: str) -> Prepare:
    def prepare(desk: Path, misquote: Run) -> None:
        assert misquote("baseline", "write", *paths, "--baseline", "base.json").status == 0

    return prepare


def damaged_index(desk: Path, _: Run) -> None:
    path = desk / ".misquote" / "index" / "manifest.json"
    path.write_bytes(path.read_bytes()[:-40])


def no_index(desk: Path, _: Run) -> None:
    (desk / ".misquote").rename(desk / "gone")


def unreadable(desk: Path, _: Run) -> None:
    (desk / "odd.txt").write_bytes(b"\x00\x01\x02" * 200)


def bad_record(desk: Path, _: Run) -> None:
    write_lines(desk / "rows.jsonl", [{"id": "a", "text": CHANGED, "language": "id"}, "{no json"])


WARNING = settings('[rules]\nMQ102 = "warning"\n')
NOTE = settings('[rules]\nMQ102 = "info"\n')
BY_PATH = settings('[[overrides]]\npaths = ["changed.txt"]\nfail-on = "never"\n')
STRICT_BY_PATH = settings('fail-on = "never"\n[[overrides]]\npaths = ["changed.txt"]\nfail-on = "error"\n')
COMMENT = "<!-- misquote: ignore MQ102 -- the ministry confirmed it -->"

Row = tuple[str, Prepare, list[str], int]
ROWS: list[Row] = [
    ("no finding", nothing, ["faithful.txt"], 0),
    ("no finding, strictest gate", nothing, ["faithful.txt", "--fail-on", "info"], 0),
    ("an error", nothing, ["changed.txt"], 1),
    ("an error, gate at warning", nothing, ["changed.txt", "--fail-on", "warning"], 1),
    ("an error, no gate", nothing, ["changed.txt", "--fail-on", "never"], 0),
    ("an error that a rule's level makes a warning", WARNING, ["changed.txt"], 0),
    ("a warning, gate at warning", WARNING, ["changed.txt", "--fail-on", "warning"], 1),
    ("a warning, gate at info", WARNING, ["changed.txt", "--fail-on", "info"], 1),
    ("a note, gate at warning", NOTE, ["changed.txt", "--fail-on", "warning"], 0),
    ("a note, gate at info", NOTE, ["changed.txt", "--fail-on", "info"], 1),
    ("a rule switched off", nothing, ["changed.txt", "--rule", "MQ102=off", "--rule", "MQ112=off"], 0),
    ("the command line over the file", NOTE, ["changed.txt", "--rule", "MQ102=error"], 1),
    ("no gate for this path", BY_PATH, ["changed.txt"], 0),
    ("no gate for another path", BY_PATH, ["changed.txt", "new.txt", "--fail-on", "info"], 1),
    ("a gate for this path only", STRICT_BY_PATH, ["changed.txt", "new.txt"], 1),
    ("a gate for a path that is not checked", STRICT_BY_PATH, ["new.txt"], 0),
    ("an unverified quotation", nothing, ["new.txt"], 0),
    ("an unverified quotation that gates", nothing, ["new.txt", "--fail-on-unverified"], 1),
    ("... whatever --fail-on says", nothing, ["new.txt", "--fail-on-unverified", "--fail-on", "never"], 1),
    ("... by the file", settings("fail-on-unverified = true\n"), ["new.txt"], 1),
    ("... taken back", settings("fail-on-unverified = true\n"), ["new.txt", "--allow-unverified"], 0),
    ("... and set aside", ignored_unverified, ["new.txt", "--fail-on-unverified"], 0),
    ("the finding is ignored", ignored, ["changed.txt", "--fail-on", "info"], 0),
    ("a comment sets it aside", commented(COMMENT), ["changed.md"], 0),
    ("a comment on another rule does not", commented(COMMENT.replace("102", "101")), ["changed.md"], 1),
    ("a comment that cannot be read", commented(COMMENT.replace("MQ102", "MQ999")), ["changed.md"], 2),
    ("the baseline has it", accepted("changed.txt"), ["changed.txt", "--baseline", "base.json"], 0),
    ("the baseline has another article", accepted("new.txt"), ["changed.txt", "--baseline", "base.json"], 1),
    ("a missing baseline", nothing, ["faithful.txt", "--baseline", "none.json"], 2),
    ("a damaged baseline", file("base.json", b"{"), ["faithful.txt", "--baseline", "base.json"], 2),
    ("a damaged ignore file", file(".misquote-ignore.toml", b"["), ["faithful.txt"], 2),
    ("no quotation", nothing, ["silent.txt"], 0),
    ("a language without data", nothing, ["french.txt"], 0),
    ("a path that is not there", nothing, ["missing.txt"], 2),
    ("... beside a finding", nothing, ["changed.txt", "missing.txt"], 2),
    ("... without a gate", nothing, ["changed.txt", "missing.txt", "--fail-on", "never"], 2),
    ("a pattern that matches nothing", nothing, ["*.html"], 2),
    ("an empty pattern beside a finding", nothing, ["changed.txt", "none/**/*.md"], 2),
    ("a folder without articles", lambda desk, _: (desk / "empty").mkdir(), ["empty"], 2),
    ("an unreadable file", unreadable, ["odd.txt"], 2),
    ("an unreadable file beside a finding", unreadable, ["changed.txt", "odd.txt"], 2),
    ("a bad record beside a finding", bad_record, ["rows.jsonl"], 2),
    ("no index", no_index, ["changed.txt"], 2),
    ("a damaged index", damaged_index, ["changed.txt"], 2),
    ("bad settings", settings("fail_on = 1\n"), ["faithful.txt"], 2),
    ("a bad override", settings('[[overrides]]\npaths = "x"\n'), ["faithful.txt"], 2),
    ("an unknown policy", nothing, ["faithful.txt", "--policy", "chicago"], 2),
    ("a policy file that is not there", nothing, ["faithful.txt", "--policy", "house.toml"], 2),
    ("an unknown rule", nothing, ["faithful.txt", "--rule", "MQ999=off"], 2),
    ("an unknown level", nothing, ["faithful.txt", "--rule", "MQ102=loud"], 2),
    ("a rule without a level", nothing, ["faithful.txt", "--rule", "MQ102"], 2),
    ("an unknown option", nothing, ["faithful.txt", "--no-such-option"], 2),
    ("an unknown format", nothing, ["faithful.txt", "--format", "papyrus"], 2),
    ("an unknown language", nothing, ["faithful.txt", "--lang", "xx"], 2),
    ("no path", nothing, [], 2),
    ("a report that cannot be written", nothing, ["faithful.txt", "--report", "json:faithful.txt/x"], 2),
    ("a report over the baseline", accepted("changed.txt"), ["changed.txt", "--baseline", "base.json", "--report", "json:base.json"], 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("prepare", "arguments", "status"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_exit_status(desk: Path, misquote: Run, prepare: Prepare, arguments: list[str], status: int) -> None:
    prepare(desk, misquote)
    ran = misquote("check", *arguments)
    assert ran.status == status, ran.out + ran.err
    if status == 2:
        assert "error: " in ran.err or "Error: " in ran.err or "Missing argument" in ran.err


def test_every_status_of_the_documentation_is_a_row(desk: Path) -> None:
    told = {
        int(status) for status in re.findall(r"\| (\d+) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert told == {row[3] for row in ROWS} == {0, 1, 2}


# What only a real process shows

COMMAND = "import sys; from checker.cli.app import main; sys.argv[0] = 'misquote'; "
FAKED = (
    "import index; from tests.fakes import FakeEncoder; "
    "index.load_encoder = lambda *a, **k: FakeEncoder(256); main()"
)


def started(script: str, *arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [
            sys.executable,
            "-P",
            "-c",
            f"import sys; sys.path.insert(0, {root!r}); " + COMMAND + script,
            *arguments,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


@pytest.mark.parametrize(("article", "status"), [("faithful.txt", 0), ("changed.txt", 1)])
def test_a_closed_pipe_changes_no_status(desk: Path, article: str, status: int) -> None:
    process = started(FAKED, "check", article, cwd=desk)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    error = process.stderr.read()
    assert process.wait() == status
    assert b"Traceback" not in error
    assert error.startswith(b"Exit 1:" if status else b"")


def test_ctrl_c_is_130_and_leaves_no_baseline(desk: Path) -> None:
    script = (
        "import os, signal; from checker.cli import check_job; "
        "check_job.stdin_bytes = lambda: os.kill(os.getpid(), signal.SIGINT); "
        "signal.signal(signal.SIGINT, signal.default_int_handler); main()"
    )
    for command in (["check", "-"], ["baseline", "write", "-", "--baseline", "base.json"]):
        process = started(script, *command, cwd=desk)
        out, error = process.communicate()
        assert (process.returncode, out) == (128 + signal.SIGINT, b"")
        assert error.startswith(b"interrupted")
    assert not (desk / "base.json").exists()

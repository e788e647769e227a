"""Runs command lines in a copy of the sample repository, with the shipped model."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"


def copy_of_site(folder: Path) -> Path:
    return Path(shutil.copytree(SITE, folder / "site", ignore=shutil.ignore_patterns("README.md")))


def run_line(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What bash makes of a line; ``misquote`` and ``python`` are those of this environment."""
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env={**clean_environment(), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def clean_environment() -> Mapping[str, str]:
    """Nothing of the caller's settings, and nothing of the CI that may run these tests."""
    ours = ("MISQUOTE_", "GITHUB_", "RUNNER_", "IN_", "GIT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])
    return {**kept, "PATH": path, "OMP_NUM_THREADS": "1", "NO_COLOR": "1", "PYTHONSAFEPATH": "1"}

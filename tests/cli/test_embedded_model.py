"""The whole way with the shipped model: a translated quotation against coverage in the other language."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.embedded import embedded_folder

from .conftest import write_lines

pytestmark = pytest.mark.skipif(
    not (embedded_folder() / "misquote.json").exists(), reason="the embedded model is not built"
)

COVERAGE = [
    {
        "id": "ferry-en",
        "outlet": "Strait Courier",
        "published": "2026-03-05",
        "language": "en",
        "text": "“We will not raise ferry fares next year,” Transport Minister Ratna Suryani told reporters in "
        "Jakarta on Thursday. She said 25 new ships would be bought.",
    },
    {
        "id": "school-en",
        "outlet": "Strait Courier",
        "published": "2026-03-05",
        "language": "en",
        "text": "“Three schools will reopen on Monday,” said Mayor Sari Mulyani after the flood.",
    },
]


def article(said: str) -> str:
    return (
        f"Jakarta - Pemerintah bicara soal tarif penyeberangan.\n\n“{said},” kata Menteri Perhubungan Ratna "
        "Suryani kepada wartawan di Jakarta, Kamis.\n"
    )


def misquote(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", "from checker.cli.app import main; main()", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


def test_a_translation_is_checked(tmp_path: Path) -> None:
    write_lines(tmp_path / "coverage.jsonl", COVERAGE)
    (tmp_path / "wrong.txt").write_text(
        article("Kami akan menaikkan tarif feri tahun depan"), encoding="utf-8"
    )
    (tmp_path / "right.txt").write_text(
        article("Kami tidak akan menaikkan tarif feri tahun depan"), encoding="utf-8"
    )
    added = misquote(tmp_path, "index", "add", "coverage.jsonl")
    assert (added.returncode, added.stdout) == (0, "")
    ran = misquote(tmp_path, "check", "wrong.txt", "right.txt", "--format", "json")
    report = json.loads(ran.stdout)
    assert (ran.returncode, ran.stderr) == (
        1,
        "Exit 1: at least one finding is at or above --fail-on error.\n",
    )
    verdicts = {one["path"]: one["quotations"][0]["verdict"] for one in report["articles"]}
    assert verdicts == {"wrong.txt": "flagged", "right.txt": "consistent"}
    assert [finding["rule"] for finding in report["findings"] if finding["severity"] == "error"] == ["MQ102"]
    assert report["findings"][0]["evidence_span"]["text"]

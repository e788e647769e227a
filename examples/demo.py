"""What `make demo` runs: index the demo coverage, check one faulty article, say what CI would see.

Usage: python examples/demo.py [--index FOLDER]

Ends in success when the check ran and found the faults that `corpus/check/expected-a.jsonl` lists for the
article; ends with 1 where one is missing and with 2 where the check could not run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = Path("corpus/check/a-reservoir.id.md")
EXPECTED = Path("corpus/check/expected-a.jsonl")
COVERAGE = Path("corpus/coverage")


def main() -> int:
    """Build the index where needed, check the article, compare with what should be found."""
    parser = argparse.ArgumentParser(description="Check a faulty demo article against the demo coverage.")
    parser.add_argument("--index", type=Path, default=Path(".misquote/demo"), help="where the index goes")
    index: Path = parser.parse_args().index
    if not _build(index):
        return 2
    report = index.with_suffix(".report.json")
    status = _run("check", str(ARTICLE), "--index", str(index), "--report", f"json:{report}")
    if status not in (0, 1):
        _say(f"The check did not run (exit status {status}).")
        return 2
    missing = _missing_faults(json.loads((ROOT / report).read_text(encoding="utf-8")))
    meaning = "the job would fail" if status else "the job would pass"
    _say(f"\n`misquote check` ended with exit status {status}: in CI, {meaning}.")
    for quotation, rule in missing:
        _say(f"Not found: {rule} in “{quotation} …”")
    if missing:
        return 1
    _say("Every fault planted in the article was found. Try another: ls corpus/check")
    return 0


def _build(index: Path) -> bool:
    """Make the index unless one of the same coverage by the same code is there."""
    stamp = ROOT / index.with_suffix(".stamp")
    digest = _digest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest and (ROOT / index).is_dir():
        return True
    shutil.rmtree(ROOT / index, ignore_errors=True)
    if _run("index", "add", str(COVERAGE), "--index", str(index)) != 0:
        _say("The index could not be built.")
        return False
    stamp.write_text(digest, encoding="utf-8")
    return True


def _digest() -> str:
    """One hash over all that the index is made of: the coverage, the code, the language files, the model."""
    total = hashlib.sha256()
    for path in _made_of():
        total.update(str(path.relative_to(ROOT)).encode())
        with path.open("rb") as stream:
            total.update(hashlib.file_digest(stream, "sha256").digest())
    return total.hexdigest()


def _made_of() -> Iterator[Path]:
    for folder in (COVERAGE, Path("checker"), Path("index")):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def _run(*arguments: str) -> int:
    """The exit status of one misquote command, shown as a reader would type it."""
    _say(f"$ misquote {' '.join(arguments)}")
    command = [str(Path(sys.executable).with_name("misquote")), *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _missing_faults(report: dict[str, Any]) -> list[tuple[str, str]]:
    """The planted faults the report lacks, as (start of the quotation, rule)."""
    rule_of = {finding["fingerprint"]: finding["rule"] for finding in report["findings"]}
    found = {
        (quotation["text"], rule_of[fingerprint])
        for article in report["articles"]
        for quotation in article["quotations"]
        for fingerprint in quotation["findings"]
    }
    rows = [json.loads(line) for line in (ROOT / EXPECTED).read_text(encoding="utf-8").splitlines()]
    return [
        (row["quotation"], rule)
        for row in rows
        if row["path"] == ARTICLE.name
        for rule in row["rules"]
        if not any(text.startswith(row["quotation"]) and rule == name for text, name in found)
    ]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

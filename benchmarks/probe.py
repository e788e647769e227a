"""Fourteen edits that a checker of quotations should tell apart, through misquote and two string checkers.

Usage: python -m benchmarks.probe [--through library|command] [--tools-python PYTHON]

Each case of `probe.jsonl` becomes one short article, which is checked against `probe-coverage.jsonl`. Where
quotecheck and verbatimeter are installed (beside PYTHON, or on PATH), they get the same quotation and the
same source. The table printed is Markdown.

What counts as right:

- misquote: `ok` is verdict consistent, nothing above info, exit 0; `critical` is the named rule at level
  error and exit 1; `unverified` is verdict unverified and exit 0.
- the string checkers, which know only "there" and "not there": `ok` is exit 0, all else is another status.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.pipeline import Checker, temporary_index
from checker.reading import read_paths
from checker.types import QuoteResult, Severity
from index import load_encoder
from index.types import Encoder

HERE = Path(__file__).resolve().parent
CASES = HERE / "probe.jsonl"
COVERAGE = HERE / "probe-coverage.jsonl"

FRAMES: Mapping[str, tuple[str, str]] = {
    "en": ("Talks on tuna quotas", "“{quote},” {speaker} said after the talks."),
    "id": ("Perundingan kuota tuna", "“{quote},” kata {speaker} seusai perundingan."),
}
"""Title and sentence of an article, by language of the quotation."""


@dataclass(frozen=True)
class Case:
    """One quotation, and what should be said of it."""

    name: str
    should: str
    rule: str | None
    quote: str
    language: str
    speaker: str

    @property
    def article(self) -> str:
        """A Markdown article with this one quotation."""
        title, sentence = FRAMES[self.language]
        body = sentence.format(quote=self.quote, speaker=self.speaker)
        return f"---\ntitle: {title}\ndate: 2025-10-10\nlang: {self.language}\noutlet: Probe\n---\n\n{body}\n"


@dataclass(frozen=True)
class Outcome:
    """What one tool said of one case."""

    said: str
    status: int
    right: bool


def read_cases(path: Path = CASES) -> list[Case]:
    """The cases of the probe, in order."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Case(r["case"], r["should"], r["rule"], r["quote"], r["quote_language"], r["speaker"]) for r in rows
    ]


def write_articles(cases: Sequence[Case], folder: Path) -> list[Path]:
    """One article file per case."""
    paths = [folder / f"{case.name}.md" for case in cases]
    for case, path in zip(cases, paths, strict=True):
        path.write_text(case.article, encoding="utf-8")
    return paths


def by_library(cases: Sequence[Case], encoder: Encoder | None = None) -> list[Outcome]:
    """misquote through `checker.pipeline.Checker`."""
    encoder = encoder or load_encoder(None)
    with tempfile.TemporaryDirectory() as folder, temporary_index(encoder, [str(COVERAGE)]) as (index, _):
        read = read_paths([str(path) for path in write_articles(cases, Path(folder))])
        if read.problems:
            raise SystemExit(f"the probe could not be read: {read.problems[0].message}")
        checker = Checker(index, encoder)
        checked = [checker.check_article(article) for article in read.articles]
    return [
        _judged(
            case, [_of_result(r) for r in result.results], _status([f.severity for f in result.all_findings])
        )
        for case, result in zip(cases, checked, strict=True)
    ]


def by_command(cases: Sequence[Case]) -> list[Outcome]:
    """misquote through its command line and JSON report, one run per case."""
    command = _beside(Path(sys.executable), "misquote")
    if command is None:
        raise SystemExit("the misquote command is not installed beside this Python; run `make setup`")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = str(folder / "index")
        subprocess.run([command, "index", "add", str(COVERAGE), "--index", index, "--quiet"], check=True)
        outcomes = []
        for case, path in zip(cases, write_articles(cases, folder), strict=True):
            run = _run([command, "check", str(path), "--index", index, "--format", "json", "--quiet"])
            outcomes.append(_judged(case, list(_of_report(json.loads(run.stdout))), run.returncode))
    return outcomes


@dataclass(frozen=True)
class Judgement:
    """Verdict and findings of one quotation, from either way in."""

    verdict: str
    findings: tuple[tuple[str, str], ...]
    """Rule and severity."""


def _of_result(result: QuoteResult) -> Judgement:
    return Judgement(result.verdict.value, tuple((f.rule, f.severity.value) for f in result.findings))


def _of_report(report: Mapping[str, Any]) -> Iterator[Judgement]:
    known = {f["fingerprint"]: (f["rule"], f["severity"]) for f in report["findings"]}
    for article in report["articles"]:
        for quotation in article["quotations"]:
            yield Judgement(quotation["verdict"], tuple(known[f] for f in quotation["findings"]))


def _status(severities: Sequence[Severity]) -> int:
    return int(Severity.ERROR in severities)


def _judged(case: Case, found: Sequence[Judgement], status: int) -> Outcome:
    if len(found) != 1:
        return Outcome(f"{len(found)} quotations found", status, False)
    verdict, findings = found[0].verdict, found[0].findings
    weighty = [(rule, level) for rule, level in findings if level != "info"]
    if case.should == "ok":
        right = verdict == "consistent" and not weighty and status == 0
    elif case.should == "critical":
        right = (case.rule, "error") in findings and status == 1
    else:
        right = verdict == case.should and status == 0
    said = ", ".join(f"{rule} {level}" for rule, level in weighty) or verdict
    return Outcome(said, status, right)


def by_quotecheck(command: str, cases: Sequence[Case], source: Path) -> list[Outcome]:
    """quotecheck: is this phrase in this file?"""
    outcomes = []
    for case in cases:
        run = _run([command, str(source), case.quote, "--json"])
        rows = json.loads(run.stdout)
        said = rows[0]["status"].upper() + (
            f" {rows[0]['similarity']:.2f}" if rows[0].get("similarity") else ""
        )
        outcomes.append(_there_or_not(case, said, run.returncode))
    return outcomes


def by_verbatimeter(command: str, cases: Sequence[Case], source: Path) -> list[Outcome]:
    """verbatimeter: how much of the quoted spans is in this file, word for word?"""
    outcomes = []
    answer = source.with_name("answer.txt")
    for case in cases:
        answer.write_text(f"“{case.quote}”", encoding="utf-8")
        run = _run(
            [
                command,
                "--source-file",
                str(source),
                "--answer-file",
                str(answer),
                "--quotes",
                "--fail",
                "--json",
            ]
        )
        results = json.loads(run.stdout)["results"]
        said = f"{results[0]['matched_ratio']:.2f}" if results else "none found"
        outcomes.append(_there_or_not(case, said, run.returncode))
    return outcomes


def _there_or_not(case: Case, said: str, status: int) -> Outcome:
    return Outcome(said, status, (status == 0) == (case.should == "ok"))


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def _beside(python: Path, name: str) -> str | None:
    found = shutil.which(name, path=str(python.parent))
    return found or shutil.which(name)


def table(cases: Sequence[Case], columns: Mapping[str, Sequence[Outcome]]) -> str:
    """One row per case, one column per tool, totals last."""
    rows = [["case", "should be", *columns]]
    for number, case in enumerate(cases):
        wanted = f"{case.rule} error" if case.should == "critical" else case.should
        cells = [column[number] for column in columns.values()]
        rows.append(
            [case.name, wanted, *(f"{c.said} / {c.status}{'' if c.right else ' **wrong**'}" for c in cells)]
        )
    totals = [f"{sum(o.right for o in column)} of {len(cases)}" for column in columns.values()]
    rows.append(["right", "", *totals])
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(lines)


def main() -> None:
    """Run every tool there is, print one table."""
    parser = argparse.ArgumentParser(description="Fourteen edits, through misquote and two string checkers.")
    parser.add_argument("--through", choices=("library", "command"), default="library")
    parser.add_argument(
        "--tools-python",
        type=Path,
        default=Path(sys.executable),
        help="Python beside which they are installed",
    )
    options = parser.parse_args()
    cases = read_cases()
    columns = {"misquote": by_command(cases) if options.through == "command" else by_library(cases)}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.txt"
        records = [json.loads(line) for line in COVERAGE.read_text(encoding="utf-8").splitlines()]
        source.write_text("\n\n".join(r["text"] for r in records), encoding="utf-8")
        for name, run in (("quotecheck", by_quotecheck), ("verbatimeter", by_verbatimeter)):
            command = _beside(options.tools_python, name)
            if command is not None:
                columns[name] = run(command, cases, source)
            else:
                sys.stderr.write(f"{name} is not installed; its column is left out\n")
    print(table(cases, columns))


if __name__ == "__main__":
    main()

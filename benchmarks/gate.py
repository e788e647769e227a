"""Pinned quality floors: fails when a measured figure falls below what the project once reached.

    python -m benchmarks.gate                       check
    python -m benchmarks.gate --update              pin what is measured now; floors only rise
    python -m benchmarks.gate --update --allow-regression "why"

A floor lies a little below the figure it was pinned from (``SLACK``), since libraries differ in the
last digits. Figures on public sets are checked only where those sets are; those on the corpus and on the
project's own pairs always are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.evaluation import DEFAULT, Figure
from benchmarks.quality import CORPUS, OWN_PARTS, PARTS, figures

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.005


def fingerprint() -> str:
    """Of the corpus the corpus figures were taken on: a floor means nothing on another one."""
    digest = hashlib.sha256()
    for path in sorted(CORPUS.rglob("*")):
        measured = path.suffix in (".jsonl", ".md") and path.name != "README.md"
        if measured and CORPUS / "pairs" not in path.parents:
            digest.update(path.relative_to(CORPUS).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def load() -> dict[str, Any]:
    return json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"corpus": "", "floors": {}}


def breaches(measured: Iterable[Figure], floors: dict[str, Any]) -> list[str]:
    """One line for each figure on the wrong side of its floor."""
    found = []
    for figure in measured:
        pinned = floors.get(figure.name)
        if pinned is None:
            continue
        floor = float(pinned["floor"])
        if (figure.value > floor) if figure.lower else (figure.value < floor):
            found.append(f"{figure.name}: {figure.value:.4f}, floor {floor:.4f}")
    return found


def pinned(figure: Figure) -> dict[str, Any]:
    floor = figure.value + SLACK if figure.lower else figure.value - SLACK
    return {"floor": round(floor, 4), "lower": figure.lower}


def update(measured: list[Figure], known: dict[str, Any], allow_regression: bool) -> dict[str, Any]:
    """The floors with what was measured; a floor moves the wrong way only when that is allowed."""
    floors = dict(known["floors"])
    for figure in measured:
        if figure.value != figure.value:
            continue  # not a number: nothing of that kind in the set
        new, old = pinned(figure), floors.get(figure.name)
        if old and not allow_regression:
            better = min if figure.lower else max
            new["floor"] = better(new["floor"], old["floor"])
        floors[figure.name] = new
    return {"corpus": fingerprint(), "floors": dict(sorted(floors.items()))}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT)
    parser.add_argument("--limit", type=int, help="only so many pairs of the larger sets")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", metavar="WHY")
    options = parser.parse_args()
    measured = []
    for part in options.part or PARTS:
        if part in OWN_PARTS or options.eval.is_dir():
            for figure in figures(part, options.eval, options.limit):
                print(figure.line(), flush=True)
                measured.append(figure)
    if not options.eval.is_dir():
        print(f"the public sets are not at {options.eval}: their floors were not checked")
    known = load()
    if options.update:
        FLOORS.write_text(
            json.dumps(update(measured, known, bool(options.allow_regression)), indent=1) + "\n", "utf-8"
        )
        print(f"pinned {len(measured)} figures")
        return
    if known["corpus"] != fingerprint():
        sys.exit(
            "the corpus changed since the floors were pinned: run benchmarks.gate --update and look at what moved"
        )
    broken = breaches(measured, known["floors"])
    for line in broken:
        print("below its floor: " + line)
    print(f"{len(measured)} figures, {len(broken)} below their floor")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()

"""How well given pairs of quotation and source are judged, beside cosines and two checkers of strings.

    python -m benchmarks.pairs                               every set; some 15 minutes on two cores
    python -m benchmarks.pairs --only own-aside              one set, or `speed`; may be repeated
    python -m benchmarks.pairs --limit 500 --jobs 2          at most so many pairs of a set, by two processes
    python -m benchmarks.pairs --tools-python PYTHON         where quotecheck and verbatimeter are installed
    python -m benchmarks.pairs --json figures.json           the main figures also as JSON
    python -m benchmarks.pairs --only own-built --wrong      also list what was judged wrongly

The public sets are described in `pair_sets.py`, the project's own pairs in `corpus/pairs/README.md`. Those
kept aside (`own-aside`) are a test: run it, but do not read its errors and do not mend anything for it.

In the tables: AUROC and recall are those of the one `drift` score (recall at 5 % false alarms on the
faithful pairs of the set, one threshold for all types); error and warning are the shares of pairs with such
a finding; right error is the share with an error of a rule that names the change, where that rule is an
error; right rule, with a finding of such a rule at any level; marked, of these, the share whose marks touch
the changed words. A baseline shows AUROC / recall, and the share it objects to where it says yes or no.
Shares and recall are in per cent. A set or a tool that is not there is named as left out.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.evaluation import DEFAULT
from benchmarks.own_pairs import read_own
from benchmarks.pair_baselines import Baseline, baselines
from benchmarks.pair_claims import (
    CRITICAL,
    Judged,
    inference_claims,
    own_claims,
    rendering_claims,
    right_error,
)
from benchmarks.pair_errors import readable, wrong_lines
from benchmarks.pair_judges import Outcome, judge, judge_in_processes
from benchmarks.pair_measures import Measure
from benchmarks.pair_sets import DETECTION, INFERENCE, Pair, public_path, read_public, sample
from benchmarks.pair_speed import Speed, speed, speed_text
from benchmarks.pair_tables import (
    damage_rows,
    damage_table,
    faithful_rows,
    faithful_table,
    inference_row,
    language_rows,
    language_table,
    main_table,
    markdown,
    scored,
)
from index import load_encoder

OWN = ("own-built", "own-aside")
SETS = (*OWN, *DETECTION, *INFERENCE)
SPEED = "speed"
SPEED_PAIRS = 1_000
SEED = 20_260
Total = tuple[str, Callable[[Outcome], bool]]
OWN_TOTALS: tuple[Total, ...] = (
    ("damages at level error", lambda o: o.pair.level == "error"),
    ("damages at level warning", lambda o: o.pair.level == "warning"),
    ("all damages", lambda _: True),
)
RENDERING_TOTALS: tuple[Total, ...] = (
    ("types whose rule is an error", lambda o: o.pair.level == "error"),
    ("all critical types", lambda o: o.pair.type.startswith(CRITICAL)),
    ("all types", lambda _: True),
)


def read(name: str, folder: Path) -> list[Pair] | None:
    """The pairs of a set; None where it is not there."""
    if name in OWN:
        return read_own("aside" if name == "own-aside" else "built")
    return read_public(folder, name) if public_path(folder, name).is_file() else None


def measures(name: str, outcomes: Sequence[Outcome]) -> list[Measure]:
    """The main figures of one set."""
    judged = Judged(name, outcomes, np.random.default_rng(SEED))
    if name in OWN:
        return list(own_claims(judged))
    return list(rendering_claims(judged) if name in DETECTION else inference_claims(judged))


def set_tables(name: str, outcomes: Sequence[Outcome], others: Sequence[Baseline]) -> list[str]:
    """The tables of one set, each under its heading."""
    known = scored(others, len(outcomes))
    names, scores = [n for n, _ in known], [s for _, s in known]
    yes_or_no = [n for n, (_, alarms) in known if alarms is not None]
    objecting = [s for s in scores if s[1] is not None]
    if name in INFERENCE:
        header = ["set", "n", "score", "AUROC", "accuracy, best threshold", "accuracy of its own yes or no"]
        return [f"## {name}", markdown(header, inference_row(name, outcomes, others))]
    totals = OWN_TOTALS if name in OWN else RENDERING_TOTALS
    found = [
        f"## {name}: damages",
        damage_table(damage_rows(outcomes, scores, totals), names),
        f"## {name}: faithful pairs",
        faithful_table(faithful_rows(outcomes, objecting), yes_or_no),
    ]
    reworded = list(faithful_rows(outcomes, objecting, "reworded"))
    if reworded:
        found += [
            "Reworded inside the marks, meaning kept (level info):",
            faithful_table(reworded, yes_or_no),
        ]
    if name in OWN:
        found += [f"## {name}: by language", language_table(language_rows(outcomes, right_error))]
    return found


def english_tables(name: str, outcomes: Sequence[Outcome], others: Sequence[Baseline]) -> list[str]:
    """Totals on the English pairs of a set of several languages: all baselines apply to these."""
    rows = [n for n, o in enumerate(outcomes) if o.pair.quote_language == o.pair.source_language == "en"]
    if len(rows) in (0, len(outcomes)):
        return []
    chosen = [outcomes[n] for n in rows]
    cut = [
        Baseline(
            b.name,
            tuple(b.scores[n] for n in rows),
            None if b.alarms is None else tuple(b.alarms[n] for n in rows),
        )
        for b in others
    ]
    known = scored(cut, len(rows))
    totals = {total for total, _ in OWN_TOTALS}
    table = [row for row in damage_rows(chosen, [s for _, s in known], OWN_TOTALS) if row.name in totals]
    alarms = [s for _, s in known if s[1] is not None]
    kept = list(faithful_rows(chosen, alarms))[-1:]
    return [
        f"## {name}: English only",
        damage_table(table, [n for n, _ in known]),
        faithful_table(kept, [n for n, (_, a) in known if a is not None]),
    ]


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT, help="folder with the public sets")
    parser.add_argument(
        "--only", action="append", choices=(*SETS, SPEED), help="only this set; may be repeated"
    )
    parser.add_argument("--limit", type=int, help="at most so many pairs of each set, chosen by hash")
    parser.add_argument("--model", help="another encoder")
    parser.add_argument("--jobs", type=int, default=1, help="processes that judge (default 1)")
    parser.add_argument("--threads", type=int, default=2, help="of the encoder when speed is measured")
    parser.add_argument("--tools-python", type=Path, help="Python that has quotecheck and verbatimeter")
    parser.add_argument(
        "--wrong", action="store_true", help="list wrong pairs; of a public set, of its first half only"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the main figures as JSON")
    return parser.parse_args(arguments)


def as_json(measure: Measure) -> dict[str, Any]:
    """One figure; what is no number is null."""
    record = {**dataclasses.asdict(measure), "met": measure.met}
    return {k: None if isinstance(v, float) and math.isnan(v) else v for k, v in record.items()}


def judge_set(name: str, options: argparse.Namespace) -> tuple[list[Outcome], list[Baseline]] | None:
    """Judge a set, or say that it is left out."""
    pairs = read(name, options.eval)
    if pairs is None:
        print(f"left out: {name}, which is not at {options.eval}", file=sys.stderr)
        return None
    chosen = sample(pairs, options.limit)
    start = time.perf_counter()
    if options.jobs > 1:
        outcomes = judge_in_processes(chosen, options.jobs, options.model)
    else:
        outcomes = judge(chosen, load_encoder(options.model))
    taken = time.perf_counter() - start
    print(f"{name}: {len(chosen)} of {len(pairs)} pairs judged in {taken:.0f} s", file=sys.stderr, flush=True)
    if options.wrong:
        may_be_read = {pair.id for pair in pairs[: readable(name, len(pairs))]}
        for line in wrong_lines([o for o in outcomes if o.pair.id in may_be_read]):
            print(line, file=sys.stderr)
    return outcomes, baselines(outcomes, options.tools_python)


def measure_speed(options: argparse.Namespace) -> Speed:
    """On the project's own pairs and, where it is there, on demetr-id; mixed by hash."""
    pairs = read_own("built") + (read(DETECTION[0], options.eval) or [])
    size = min(SPEED_PAIRS, options.limit or SPEED_PAIRS)
    return speed(sample(pairs, size), load_encoder(options.model, threads=options.threads))


def report(found: Iterable[Measure], tables: Iterable[str], timing: Speed | None, limit: int | None) -> str:
    """All of it as one Markdown text."""
    parts = [f"At most {limit} pairs of each set."] if limit is not None else []
    shown = list(found)
    if shown:
        parts += ["## Main figures", main_table(shown)]
    if timing is not None:
        parts += ["## Speed", speed_text(timing)]
    return "\n\n".join([*parts, *tables])


def main() -> None:
    """Judge what is asked for, print one report."""
    options = parse()
    found: list[Measure] = []
    tables: list[str] = []
    for name in options.only or SETS:
        judged = None if name == SPEED else judge_set(name, options)
        if judged is None:
            continue
        outcomes, others = judged
        new = measures(name, outcomes)
        print(
            main_table(new), file=sys.stderr, flush=True
        )  # a run that is cut short has not been for nothing
        found += new
        tables += set_tables(name, outcomes, others)
        if name in OWN:
            tables += english_tables(name, outcomes, others)
    timing = measure_speed(options) if not options.only or SPEED in options.only else None
    print(report(found, tables, timing, options.limit))
    if options.json:
        content = {
            "limit": options.limit,
            "figures": [as_json(m) for m in found],
            "speed": None if timing is None else dataclasses.asdict(timing),
        }
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

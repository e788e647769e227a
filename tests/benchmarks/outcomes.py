"""Judged pairs made up for tests."""

from __future__ import annotations

from benchmarks.pair_judges import Outcome
from benchmarks.pair_sets import Pair

FAITHFUL = ("ok", "literal", (), "")
NEGATION = ("drift", "negation-changed", ("MQ102",), "error")
ADDITION = ("drift", "content-added", ("MQ111",), "warning")
Said = tuple[str, str, tuple[str, ...], str]


def outcome(
    n: int,
    what: Said,
    drift: float,
    found: tuple[tuple[str, str], ...] = (),
    *,
    verdict: str = "flagged",
    languages: tuple[str, str] = ("en", "id"),
    marked: bool | None = None,
) -> Outcome:
    label, kind, rules, level = what
    pair = Pair(
        f"p{n}",
        f"g{n // 2}",
        f"quote {n}",
        f"source {n}",
        languages[1],
        languages[0],
        label,
        kind,
        frozenset(rules),
        level,
    )
    return Outcome(pair, verdict, drift, 1.0 - drift / 2, frozenset(found), marked)


OUTCOMES = [
    outcome(0, FAITHFUL, 0.1, verdict="consistent"),
    outcome(1, NEGATION, 0.9, (("MQ102", "error"),), marked=True),
    outcome(2, FAITHFUL, 0.4, (("MQ112", "warning"),)),
    outcome(3, NEGATION, 0.2, (("MQ108", "error"),)),
    outcome(4, FAITHFUL, 0.3, verdict="unverified"),
    outcome(5, ADDITION, 0.5, (("MQ111", "warning"),), marked=False),
]

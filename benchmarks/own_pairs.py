"""The project's own pairs in `corpus/pairs`: how they are read, which kinds there are, and which are kept aside.

A third of the groups is kept aside as a test: those whose number is a multiple of three. Rules, word lists,
weights and thresholds are made with the rest. Whoever reads the pairs reads them through :func:`read_own`,
so that the split stands in one place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from benchmarks.pair_sets import Pair

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "pairs"
KEYS = (
    "id",
    "group",
    "source_language",
    "source",
    "quote_language",
    "quote",
    "label",
    "kind",
    "rule",
    "level",
    "quote_words",
    "source_words",
    "note",
)
"""What each record has, in this order."""
ASIDE_EVERY = 3
GROUP = re.compile(r"[a-z]{2}-[a-z]{2}-(\d{3})")

LAWFUL = (
    "acronym",
    "active-passive",
    "added-title",
    "bracket-pronoun",
    "country-name",
    "date-format",
    "double-negation",
    "forced-order",
    "hedged-equally",
    "idiomatic-rewording",
    "lawful-ellipsis",
    "lexicalised-negation",
    "literal",
    "measure-converted-name",
    "number-format",
    "order-of-names",
    "partial",
    "partial-one-clause",
    "pronoun-dropped",
    "question-kept",
    "relative-date-resolved",
    "sentence-merge",
    "sentence-split",
    "spelled-number",
    "synonym",
    "tense-unmarked",
    "transliteration",
    "unit-name",
)
"""Kinds of what an editor lets pass."""

DAMAGES: Mapping[str, tuple[str, str]] = {
    "number-changed": ("MQ101", "error"),
    "negation-changed": ("MQ102", "error"),
    "name-changed": ("MQ103", "error"),
    "date-changed": ("MQ104", "error"),
    "unit-changed": ("MQ105", "error"),
    "modality-changed": ("MQ106", "error"),
    "quantifier-changed": ("MQ107", "warning"),
    "direction-changed": ("MQ108", "error"),
    "condition-dropped": ("MQ109", "error"),
    "qualifier-dropped": ("MQ110", "warning"),
    "content-added": ("MQ111", "warning"),
    "content-omitted": ("MQ112", "warning"),
    "intensity-changed": ("MQ113", "warning"),
    "person-changed": ("MQ114", "warning"),
    "tense-changed": ("MQ115", "warning"),
    "question-to-statement": ("MQ116", "warning"),
    "meaning-changed": ("MQ117", "warning"),
    "stitched": ("MQ118", "warning"),
    "ellipsis-distorts": ("MQ119", "error"),
    "bracket-changes-referent": ("MQ120", "warning"),
    "not-verbatim": ("MQ121", "info"),
}
"""Kinds of what an editor objects to: the rule of the same name, and its default level."""

Part = Literal["built", "aside", "all"]


def is_aside(group: str) -> bool:
    """Whether the pairs of this group are kept aside for the test.

    Raises:
        ValueError: the name of the group does not end in its number.
    """
    name = GROUP.fullmatch(group)
    if name is None:
        raise ValueError(f"{group!r} is no group: write two languages and a number, such as en-id-012")
    return int(name[1]) % ASIDE_EVERY == 0


def own_records(folder: Path = FOLDER) -> Iterator[dict[str, str]]:
    """The records as they are written, file by file."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def read_own(part: Part, folder: Path = FOLDER) -> list[Pair]:
    """The pairs that may be built with, those kept aside, or all of them.

    A quotation that is only not verbatim keeps its meaning: it is neither a damage that the ``drift``
    score should find nor a lawful change, so its ``label`` is ``reworded``.
    """
    found = []
    for record in own_records(folder):
        if part != "all" and is_aside(record["group"]) != (part == "aside"):
            continue
        found.append(
            Pair(
                id=record["id"],
                group=record["group"],
                quote=record["quote"],
                source=record["source"],
                quote_language=record["quote_language"],
                source_language=record["source_language"],
                label="reworded" if record["level"] == "info" else record["label"],
                type=record["kind"],
                rules=frozenset([record["rule"]] if record["rule"] else []),
                level=record["level"],
                quote_words=record["quote_words"],
                source_words=record["source_words"],
            )
        )
    return found

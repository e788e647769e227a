"""Pairs of a quotation and its source with a label, and the public sets of them.

The sets are used as they are published; what a set says of a pair decides its label:

- ``demetr-id``, ``demetr-en``: a faithful rendering, or one with a typed damage (DEMETR, Karpinska et al.
  2022). Across languages the damage is in the *source* (the quotation is the human translation), within
  English in the *quotation*; so a word that was removed is an addition in the first and an omission in
  the second, and either counts as the right rule.
- ``pud-nli``, ``indonli-val``: premise and hypothesis; entailed, contradicted or not supported.
- ``fever-symmetric-dev``: evidence and claim; supported or refuted (Schuster et al. 2019).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.evaluation import records


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotation, the source it is held against, and what an editor says of it."""

    id: str
    group: str
    """Pairs of one group share a text, so they are drawn together when an interval is estimated."""
    quote: str
    source: str
    quote_language: str
    source_language: str
    label: str
    """``ok``, ``drift``, or ``reworded``: the same meaning, though not the words that were said."""
    type: str
    """Kind of change, by the set's own name."""
    rules: frozenset[str] = frozenset()
    """Codes of the rules that name this change; empty where none does."""
    level: str = ""
    """Default level of those rules; empty where the set does not say."""
    quote_words: str = ""
    source_words: str = ""
    """The changed words of either side, where the set marks them."""

    @property
    def across(self) -> bool:
        """Whether quotation and source are in two languages."""
        return self.quote_language != self.source_language


CONTENT = ("MQ110", "MQ111", "MQ112", "MQ113")
"""A word more or less: content, qualifier or intensity."""
TYPES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "critical_id10_numbers_replaced": ("error", ("MQ101", "MQ104", "MQ105")),
    "critical_id11_gender": ("warning", ("MQ103", "MQ117", "MQ120")),
    "critical_id20_shuffled": ("warning", ("MQ108", "MQ117")),
    "critical_id21_adj_adv_removed": ("warning", CONTENT),
    "critical_id22_verb_removed": ("warning", CONTENT),
    "critical_id23_noun_removed": ("warning", CONTENT),
    "critical_id24_subj_removed": ("warning", CONTENT),
    "critical_id25_ne_removed": ("warning", (*CONTENT, "MQ103")),
    "critical_id6_addition": ("warning", CONTENT),
    "critical_id7_antonym": ("error", ("MQ108",)),
    "critical_id8_negation": ("error", ("MQ102",)),
    "critical_id9_ne_replaced": ("error", ("MQ103", "MQ104")),
    "major_id17_tense": ("warning", ("MQ115",)),
    "major_id18_aspect": ("warning", ("MQ115",)),
    "major_id19_question": ("warning", ("MQ116",)),
    "major_id3_hypernym": ("warning", ("MQ117",)),
    "major_id5_pp_removed": ("warning", CONTENT),
    "contradiction": ("", ()),
    "content-added": ("warning", ("MQ111",)),
}
"""Types of the public sets: the default level of the rules that name the change, and those rules."""

DETECTION = ("demetr-id.public", "demetr-en.public")
"""Sets of faithful and damaged renderings."""
INFERENCE = ("pud-nli.public", "indonli-val", "fever-symmetric-dev")
"""Sets of premise and hypothesis."""


def public_path(folder: Path, name: str) -> Path:
    """Where a public set lies under the folder of the public sets."""
    return folder / "pairs" / f"{name}.jsonl.xz"


def read_public(folder: Path, name: str) -> list[Pair]:
    """The pairs of a public set, in its order.

    Raises:
        FileNotFoundError: the set is not there.
    """
    found = []
    for record in records(public_path(folder, name)):
        kind = record["type"] or "original"
        level, rules = TYPES.get(kind, ("", ()))
        found.append(
            Pair(
                id=record["id"],
                group=str(record.get("group", record["id"])),
                quote=record["quote"],
                source=record["source"],
                quote_language=record["quote_language"],
                source_language=record["source_language"],
                label=record["label"],
                type=kind,
                rules=frozenset(rules),
                level=level,
            )
        )
    return found


def sample(pairs: Sequence[Pair], limit: int | None) -> list[Pair]:
    """At most ``limit`` pairs: always the same ones, chosen by a hash of their ids, in their order."""
    if limit is None or limit >= len(pairs):
        return list(pairs)
    chosen = sorted(range(len(pairs)), key=lambda n: hashlib.sha256(pairs[n].id.encode()).digest())
    return [pairs[n] for n in sorted(chosen[:limit])]

"""How well the scorer tells each type of damage from what is lawful, on the groups kept aside.

python -m training.scorer.evaluate --work FOLDER [--count 4000]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from benchmarks.evaluation import auroc, recall_at_false_alarms

from ..settings import DEFAULT_DATA
from .batches import Row, make_rows
from .examples import draw_examples, read_material
from .network import Lower, Scorer, make_scorer
from .settings import DEFAULT_CONFIG, load_settings
from .train import WEIGHTS, counterparts, given_marks

ASIDE_SEED = 5


@torch.no_grad()
def score(rows: Sequence[Row], lower: Lower, scorer: Scorer, batch: int = 64) -> list[float]:
    """Logits of the pairs, in order."""
    logits = [0.0] * len(rows)
    order = sorted(range(len(rows)), key=lambda number: rows[number].length)
    for begin in range(0, len(order), batch):
        numbers = order[begin : begin + batch]
        quote, source = (
            lower([rows[number].quote for number in numbers]),
            lower([rows[number].source for number in numbers]),
        )
        pair, _, _ = scorer(quote, source)
        for number, logit in zip(numbers, pair.tolist(), strict=True):
            logits[number] = logit
    return logits


@torch.no_grad()
def score_marks(
    rows: Sequence[Row], lower: Lower, scorer: Scorer, counterpart: float, batch: int = 64
) -> tuple[list[float], list[bool]]:
    """Logits and answers of the tokens of damaged pairs."""
    logits: list[float] = []
    truth: list[bool] = []
    damaged = [row for row in rows if row.changed]
    for begin in range(0, len(damaged), batch):
        part = damaged[begin : begin + batch]
        sides = lower([row.quote for row in part]), lower([row.source for row in part])
        _, on_quote, on_source = scorer(*sides)
        found = counterparts(part, lower, sides, counterpart)
        marks = torch.where(found < 0, given_marks(part, sides), found)
        every = torch.cat([on_quote, on_source], dim=1)
        logits += every[marks >= 0].tolist()
        truth += (marks[marks >= 0] == 1).tolist()
    return logits, truth


def report(rows: Sequence[Row], logits: Sequence[float]) -> None:
    """Print AUROC and recall at 5 % false alarms, for all and for each type."""
    changed = [row.changed for row in rows]
    print(f"all: n={len(rows)}, AUROC {auroc(list(logits), changed):.3f}, ", end="")
    print(f"recall at 5 % {recall_at_false_alarms(list(logits), changed):.3f}")
    lawful = [logit for row, logit in zip(rows, logits, strict=True) if not row.changed]
    by_type: dict[tuple[bool, str], list[float]] = defaultdict(list)
    for row, logit in zip(rows, logits, strict=True):
        by_type[row.changed, row.type].append(logit)
    for (is_changed, kind), values in sorted(by_type.items()):
        if not is_changed:
            print(f"  lawful {kind:<22} mean logit {np.mean(values):+.2f}, n={len(values)}")
            continue
        truth = [True] * len(values) + [False] * len(lawful)
        both = values + lawful
        recall = recall_at_false_alarms(both, truth)
        print(f"  damage {kind:<22} AUROC {auroc(both, truth):.3f}, at 5 % {recall:.3f}, n={len(values)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--count", type=int, default=4000)
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    torch.set_num_threads(settings.train.threads)
    folder = Path(settings.model.encoder)
    lower, scorer = make_scorer(folder, settings.model.own_layers)
    scorer.load_state_dict(load_file(arguments.work / WEIGHTS))
    scorer.train(False)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    material = read_material(arguments.data, settings, aside=True)
    rng = np.random.default_rng(ASIDE_SEED)
    examples = list(draw_examples(material, settings, arguments.count, rng))
    rows = make_rows(examples, tokenizer, settings.train.max_tokens)
    report(rows, score(rows, lower, scorer))
    logits, truth = score_marks(rows, lower, scorer, settings.train.counterpart)
    print(f"words at fault among those of damaged pairs: AUROC {auroc(logits, truth):.3f}")


if __name__ == "__main__":
    main()

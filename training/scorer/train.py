"""Trains the scorer: ``python -m training.scorer.train --work FOLDER``.

Writes ``checkpoint.pt`` and ``scorer.safetensors`` every few minutes; started again, it goes on from there.
What each chunk of steps reads depends on the seed and the chunk's number alone.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from ..settings import DEFAULT_DATA
from .batches import OPEN, Row, chunk_batches
from .examples import Material, read_material
from .network import Lower, Scorer, Side, make_scorer, similarities
from .settings import DEFAULT_CONFIG, Settings, TrainSettings, load_settings

WEIGHTS = "scorer.safetensors"


def counterparts(rows: Sequence[Row], lower: Lower, sides: tuple[Side, Side], least: float) -> torch.Tensor:
    """Marks of the undamaged side: the tokens nearest to those that were taken away.

    Shape ``(rows, tokens)`` over quotation and source; ``OPEN`` where the row asks for none. Where no token
    is near enough, the side stays open.
    """
    width = sides[0].mask.shape[1]
    marks = torch.full((len(rows), width + sides[1].mask.shape[1]), OPEN)
    wanted = [number for number, row in enumerate(rows) if row.lost]
    if not wanted:
        return marks
    before = lower([rows[number].before for number in wanted])
    for on_quote in (True, False):
        chosen = [k for k, number in enumerate(wanted) if rows[number].on_quote == on_quote]
        places = [wanted[k] for k in chosen]
        other, offset = (sides[1], width) if on_quote else (sides[0], 0)
        cosines = similarities(before.rows(chosen), other.rows(places))
        for k, place in enumerate(places):
            found = _nearest(cosines[k], rows[place].lost, least)
            if found:
                marks[place, offset : offset + int(other.mask[place].sum())] = 0
                marks[place, [offset + token for token in found]] = 1
    return marks


def _nearest(cosines: torch.Tensor, lost: Sequence[int], least: float) -> list[int]:
    """The tokens (columns) that are nearest to a lost one (row) and have it for their nearest."""
    near = cosines.max(dim=1)
    back = cosines.argmax(dim=0)
    return [
        int(near.indices[token])
        for token in lost
        if near.values[token] >= least and int(back[near.indices[token]]) == token
    ]


def given_marks(rows: Sequence[Row], sides: tuple[Side, Side]) -> torch.Tensor:
    """The rows' own marks, shape ``(rows, tokens)`` over quotation and source; padding is open."""
    width = sides[0].mask.shape[1]
    marks = torch.full((len(rows), width + sides[1].mask.shape[1]), OPEN)
    for number, row in enumerate(rows):
        marks[number, : len(row.quote_marks)] = torch.tensor(row.quote_marks)
        marks[number, width : width + len(row.source_marks)] = torch.tensor(row.source_marks)
    return marks


def loss_of(
    scorer: Scorer, lower: Lower, rows: Sequence[Row], settings: TrainSettings
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Loss of the pairs, loss of the words, and the pairs' logits."""
    quote, source = lower([row.quote for row in rows]), lower([row.source for row in rows])
    pair, on_quote, on_source = scorer(quote, source)
    target = torch.tensor([float(row.changed) for row in rows])
    loss = torch.nn.functional.binary_cross_entropy_with_logits(pair, target)
    marks = given_marks(rows, (quote, source))
    found = counterparts(rows, lower, (quote, source), settings.counterpart)
    marks = torch.where(found == OPEN, marks, found)
    known = marks != OPEN
    logits = torch.cat([on_quote, on_source], dim=1)[known]
    of_words = torch.nn.functional.binary_cross_entropy_with_logits(
        logits, marks[known].float(), pos_weight=torch.tensor(settings.marked_weight)
    )
    return loss, of_words, pair.detach()


def rate_factor(step: int, settings: TrainSettings) -> float:
    """Linear warm-up, then linearly down to nothing."""
    if step < settings.warm_up:
        return (step + 1) / settings.warm_up
    return max(0.0, (settings.steps - step) / (settings.steps - settings.warm_up))


def make_optimiser(scorer: Scorer, settings: TrainSettings) -> torch.optim.AdamW:
    """Two rates: the layers come from the encoder, the rest is new."""
    body = list(scorer.layers.parameters())
    known = {id(parameter) for parameter in body}
    new = [parameter for parameter in scorer.parameters() if id(parameter) not in known]
    groups = [
        {"params": body, "lr": settings.rate, "rate": settings.rate},
        {"params": new, "lr": settings.rate_new, "rate": settings.rate_new},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def save(work: Path, scorer: Scorer, optimiser: torch.optim.AdamW, step: int) -> None:
    """Write all that a resumed run needs; a crash while writing leaves the old files."""
    state = {"scorer": scorer.state_dict(), "optimiser": optimiser.state_dict(), "step": step}
    fresh = work / "checkpoint.new"
    torch.save(state, fresh)
    fresh.replace(work / "checkpoint.pt")
    weights = {name: value.contiguous() for name, value in scorer.state_dict().items()}
    save_file(weights, work / "weights.new")
    (work / "weights.new").replace(work / WEIGHTS)


def numbered_batches(
    material: Material, tokenizer: Tokenizer, settings: Settings, begin: int
) -> Iterator[tuple[int, list[Row]]]:
    """Steps and their batches from step ``begin`` on."""
    train = settings.train
    for chunk in range(begin // train.chunk_batches, math.ceil(train.steps / train.chunk_batches)):
        for offset, rows in enumerate(chunk_batches(material, tokenizer, settings, chunk)):
            step = chunk * train.chunk_batches + offset
            if begin <= step < train.steps:
                yield step, rows


def train(work: Path, root: Path, settings: Settings) -> None:
    """Run, or go on with, the training."""
    torch.manual_seed(settings.model.seed)
    folder = Path(settings.model.encoder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    lower, scorer = make_scorer(folder, settings.model.own_layers)
    scorer.train()
    optimiser = make_optimiser(scorer, settings.train)
    work.mkdir(parents=True, exist_ok=True)
    begin = 0
    if (work / "checkpoint.pt").exists():
        state = torch.load(work / "checkpoint.pt", weights_only=True)
        scorer.load_state_dict(state["scorer"])
        optimiser.load_state_dict(state["optimiser"])
        begin = state["step"]
    material = read_material(root, settings)
    print(f"{len(material.pairs)} pairs, {len(material.judged)} judged; from step {begin}", flush=True)
    started = saved = time.monotonic()
    recent: list[tuple[float, float]] = []
    for step, rows in numbered_batches(material, tokenizer, settings, begin):
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * rate_factor(step, settings.train)
        pairs, words, _ = loss_of(scorer, lower, rows, settings.train)
        torch.autograd.backward(pairs + settings.train.marks_weight * words)
        torch.nn.utils.clip_grad_norm_(scorer.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        recent.append((pairs.item(), words.item()))
        if (step + 1) % 50 == 0:
            seconds = (time.monotonic() - started) / (step + 1 - begin)
            of_pairs, of_words = np.mean(recent, axis=0)
            print(f"{step + 1} pairs {of_pairs:.4f} words {of_words:.4f} {seconds:.3f} s/step", flush=True)
            recent.clear()
        if time.monotonic() - saved > 60 * settings.train.checkpoint_minutes:
            save(work, scorer, optimiser, step + 1)
            saved = time.monotonic()
    save(work, scorer, optimiser, settings.train.steps)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path, required=True)
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    torch.set_num_threads(settings.train.threads)
    train(arguments.work, arguments.data, settings)


if __name__ == "__main__":
    main()

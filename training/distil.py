"""Distillation: the student's vectors of both languages towards the teacher's of the English.

``python -m training.distil --work FOLDER`` reads ``tokenizer.json`` and ``start.safetensors``, writes
``checkpoint.pt`` every few minutes and ``student.safetensors`` at the end. Started again, it goes on from
the checkpoint: what each chunk of steps draws depends on the seed and the chunk's number alone.
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
from transformers import BertModel

from .batches import Batch, Pools, chunk_batches, count_chunks, make_pools
from .network import embed_spans, encode_texts, load_network
from .settings import DEFAULT_CONFIG, DEFAULT_DATA, DistilSettings, Settings, load_settings
from .vocabulary import teacher_folder


class TeacherVectors:
    """The teacher's vectors, worked out when first asked for."""

    def __init__(self, model: BertModel, tokenizer: Tokenizer, longest: int) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._longest = longest
        self._rows: dict[str, int] = {}
        self._table = np.zeros((0, model.config.hidden_size), dtype=np.float32)

    def prepare(self, texts: Sequence[str]) -> None:
        """Work out what is missing."""
        missing = list(dict.fromkeys(text for text in texts if text not in self._rows))
        if missing:
            fresh = encode_texts(self._model, self._tokenizer, missing, self._longest)
            self._rows.update({text: len(self._rows) + row for row, text in enumerate(missing)})
            self._table = np.concatenate([self._table, fresh])

    def look_up(self, texts: Sequence[str]) -> torch.Tensor:
        """Vectors of prepared texts."""
        return torch.from_numpy(self._table[[self._rows[text] for text in texts]])

    def sample(self, count: int, rng: np.random.Generator) -> torch.Tensor:
        """Vectors of any texts seen so far, as further negatives."""
        return torch.from_numpy(self._table[rng.integers(len(self._table), size=count)])


def loss_of(
    student: torch.Tensor, target: torch.Tensor, others: torch.Tensor, settings: DistilSettings
) -> torch.Tensor:
    """Squared distance of unit vectors, plus choosing the target among the batch and other vectors."""
    distance = (student - target).pow(2).sum(dim=1).mean()
    candidates = torch.cat([target, others])
    same = target @ candidates.T > settings.same_meaning
    same.fill_diagonal_(False)
    logits = (settings.contrast_scale * student @ candidates.T).masked_fill(same, -math.inf)
    choice = torch.nn.functional.cross_entropy(logits, torch.arange(len(student)))
    return settings.mse_weight * distance + settings.contrast_weight * choice


def rate_factor(step: int, settings: DistilSettings) -> float:
    """Linear warm-up, then half a cosine down to nothing."""
    if step < settings.warm_up:
        return (step + 1) / settings.warm_up
    done = (step - settings.warm_up) / max(1, settings.steps - settings.warm_up)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def make_optimiser(model: BertModel, settings: DistilSettings) -> torch.optim.AdamW:
    """Two rates: the embedding table holds rows that start far off, the body does not."""
    table = model.embeddings.word_embeddings.weight
    body = [parameter for parameter in model.parameters() if parameter is not table]
    groups = [
        {"params": [table], "lr": settings.rate_embeddings, "rate": settings.rate_embeddings},
        {"params": body, "lr": settings.rate_body, "rate": settings.rate_body},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.0, fused=True)


def save_checkpoint(path: Path, model: BertModel, optimiser: torch.optim.AdamW, step: int) -> None:
    """Write all that a resumed run needs; a crash while writing leaves the old file."""
    state = {
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "step": step,
        "random": torch.get_rng_state(),
    }
    fresh = path.with_suffix(".new")
    torch.save(state, fresh)
    fresh.replace(path)
    save_weights(path.with_name("latest.safetensors"), model)


def save_weights(path: Path, model: BertModel) -> None:
    """The weights alone, float32."""
    state = {name: value.contiguous() for name, value in model.state_dict().items()}
    state.pop("embeddings.position_ids", None)
    save_file(state, path)


def numbered_batches(
    pools: Pools,
    tokenizer: Tokenizer,
    teacher: TeacherVectors,
    settings: Settings,
    begin: int,
) -> Iterator[tuple[int, Batch]]:
    """Steps and their batches from step ``begin`` on."""
    distil = settings.distil
    for chunk in range(begin // distil.chunk_batches, count_chunks(distil)):
        batches = chunk_batches(pools, tokenizer, settings, chunk)
        teacher.prepare([text for batch in batches for text in batch.english])
        for offset, batch in enumerate(batches):
            step = chunk * distil.chunk_batches + offset
            if begin <= step < distil.steps:
                yield step, batch


def train(work: Path, root: Path, settings: Settings) -> None:
    """Run, or go on with, the distillation."""
    distil = settings.distil
    torch.manual_seed(settings.model.seed)
    folder = teacher_folder(settings.model.teacher)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    reference = Tokenizer.from_file(str(folder / "tokenizer.json"))
    reference.no_truncation()
    reference.no_padding()
    network = load_network(folder / "model.safetensors", folder / "config.json")
    teacher = TeacherVectors(network, reference, distil.max_tokens)
    model = load_network(work / "start.safetensors", folder / "config.json").train()
    model.set_attn_implementation("eager")  # the fused kernel's backward pass is slow on CPUs
    optimiser = make_optimiser(model, distil)
    checkpoint, begin = work / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["random"])
        begin = state["step"]
    pools = make_pools(root, settings)
    print(f"{len(pools.sentences.pairs)} pairs, {len(pools.entries.pairs)} entries", flush=True)
    print(f"from step {begin} of {distil.steps}", flush=True)
    started = saved = time.monotonic()
    recent: list[float] = []
    for step, batch in numbered_batches(pools, tokenizer, teacher, settings, begin):
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * rate_factor(step, distil)
        others = teacher.sample(distil.extra_negatives, np.random.default_rng([settings.model.seed, 1, step]))
        loss = loss_of(embed_spans(model, batch.rows), teacher.look_up(batch.english), others, distil)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        recent.append(loss.item())
        if (step + 1) % 50 == 0:
            seconds = (time.monotonic() - started) / (step + 1 - begin)
            print(f"{step + 1} loss {np.mean(recent):.4f} {seconds:.3f} s/step", flush=True)
            recent.clear()
        if time.monotonic() - saved > 60 * distil.checkpoint_minutes:
            save_checkpoint(checkpoint, model, optimiser, step + 1)
            saved = time.monotonic()
    save_checkpoint(checkpoint, model, optimiser, distil.steps)
    save_weights(work / "student.safetensors", model)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path, required=True)
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    torch.set_num_threads(settings.distil.threads)
    train(arguments.work, arguments.data, settings)


if __name__ == "__main__":
    main()

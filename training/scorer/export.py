"""Writes the scorer's graph into the model folder: ``python -m training.scorer.export --work FOLDER``.

The graph stands on the token vectors of one encoder: exporting another encoder leaves it without meaning,
so the manifest of the model folder names the encoder it was trained on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from index import load_encoder
from index.pair_model import GRAPH_FILE, PairModel, ReadText

from ..export import write_manifest
from ..settings import DEFAULT_DATA
from .batches import make_rows
from .evaluate import ASIDE_SEED, score
from .examples import draw_examples, read_material
from .graph import build_scorer
from .network import make_scorer
from .settings import DEFAULT_CONFIG, Settings, load_settings
from .train import WEIGHTS

CHECKED = 200
MOST_APART = 0.35
"""Largest mean distance of log-odds between the network in float32 and the graph with 8-bit weights."""


def check(work: Path, out: Path, root: Path, settings: Settings) -> None:
    """Hold the graph, as a check runs it, against the network.

    Raises:
        SystemExit: they are too far apart.
    """
    folder = Path(settings.model.encoder)
    lower, scorer = make_scorer(folder, settings.model.own_layers)
    scorer.load_state_dict(load_file(work / WEIGHTS))
    scorer.train(False)
    material = read_material(root, settings, aside=True)
    rng = np.random.default_rng(ASIDE_SEED)
    examples = list(draw_examples(material, settings, CHECKED, rng))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    # Longer than any of them, since the graph's caller does not cut at the training's length.
    expected = np.array(score(make_rows(examples, tokenizer, 4 * settings.train.max_tokens), lower, scorer))
    encoder = load_encoder(None)
    texts = [text for example in examples for text in (example.quote.text, example.source.text)]
    reads = [ReadText(t, v) for t, v in zip(texts, encoder.encode_tokens(texts), strict=True)]
    found = PairModel(out).score(list(zip(reads[::2], reads[1::2], strict=True)))
    apart = np.abs(expected - np.array([logits.changed for logits in found]))
    print(f"graph against network: {apart.mean():.3f} apart in the mean, {apart.max():.3f} at most")
    if apart.mean() > MOST_APART:
        raise SystemExit("the graph does not do what the network does")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("index/models/misquote-scorer"))
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    torch.set_num_threads(settings.train.threads)
    weights = {name: value.numpy() for name, value in load_file(arguments.work / WEIGHTS).items()}
    config = json.loads((Path(settings.model.encoder) / "config.json").read_text(encoding="utf-8"))
    model = build_scorer(weights, config["num_attention_heads"], config["layer_norm_eps"])
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / GRAPH_FILE).write_bytes(model.SerializeToString(deterministic=True))
    write_manifest(arguments.out, settings.model.name, encoder=load_encoder(None).info.revision)
    check(arguments.work, arguments.out, arguments.data, settings)


if __name__ == "__main__":
    main()

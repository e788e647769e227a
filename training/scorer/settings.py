"""The typed form of ``scorer.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_CONFIG = Path(__file__).with_name("scorer.toml")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What the scorer is called, and the encoder it grows from."""

    name: str
    encoder: str
    own_layers: int
    seed: int


@dataclass(frozen=True, slots=True)
class DataSettings:
    """Which sentence pairs examples are made from."""

    classes: list[str]
    pairs: Mapping[str, int]
    shortest: int
    longest: int
    uneven: tuple[float, float]
    within: float
    judged: int
    folds: int
    stock_sentences: int
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """The training run."""

    batch: int
    chunk_batches: int
    max_tokens: int
    marks_weight: float
    marked_weight: float
    counterpart: float
    rate: float
    rate_new: float
    warm_up: int
    steps: int
    checkpoint_minutes: float
    threads: int


@dataclass(frozen=True, slots=True)
class Settings:
    """All of ``scorer.toml``."""

    model: ModelSettings
    data: DataSettings
    damages: Mapping[str, float]
    lawful: Mapping[str, float]
    train: TrainSettings


def load_settings(path: Path = DEFAULT_CONFIG) -> Settings:
    """Read the configuration; an unknown or missing key is a ``TypeError``."""
    with path.open("rb") as stream:
        raw = tomllib.load(stream)
    return Settings(
        model=ModelSettings(**raw["model"]),
        data=DataSettings(**{**raw["data"], "uneven": tuple(raw["data"]["uneven"])}),
        damages=raw["damages"],
        lawful=raw["lawful"],
        train=TrainSettings(**raw["train"]),
    )

"""The typed form of ``encoder.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Script = Literal["latin", "tamil", "han"]

DEFAULT_CONFIG = Path(__file__).with_name("encoder.toml")
DEFAULT_DATA = Path("../shared/data")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What the model is called and what it is taught by."""

    name: str
    teacher: str
    max_tokens: int
    seed: int


@dataclass(frozen=True, slots=True)
class DataSettings:
    """Which rows may be read, and which are kept aside."""

    classes: list[str]
    english: list[str]
    english_sentences: int
    interface_sources: list[str]
    interface_min_words: int
    held_aside_source: str
    held_aside_one_in: int
    held_aside_max_words: int


@dataclass(frozen=True, slots=True)
class VocabularySettings:
    """Sizes of the parts of the vocabulary."""

    english_tokens: int
    learned: Mapping[str, int]
    characters: int


@dataclass(frozen=True, slots=True)
class StartSettings:
    """How a new token's first vector is mixed from English ones."""

    nearest: int
    power: float
    lexicon_weight: float


@dataclass(frozen=True, slots=True)
class DistilSettings:
    """The training run."""

    batch: int
    chunk_batches: int
    max_tokens: int
    english_every: int
    joined_every: int
    joined_batch: int
    joined_tokens: int
    lexicon_share: float
    switched_share: float
    switched_words: float
    mse_weight: float
    contrast_weight: float
    contrast_scale: float
    extra_negatives: int
    same_meaning: float
    rate_body: float
    rate_embeddings: float
    warm_up: int
    steps: int
    strip_final: float
    add_quotes: float
    checkpoint_minutes: float
    threads: int


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """One language besides English."""

    code: str
    script: Script
    share: float
    """Share of the sentence pairs drawn in training."""
    pairs: str
    mono: list[str]
    lexicons: Mapping[str, float]
    """Path of a word list, and how far its entries are trusted."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of ``encoder.toml``."""

    model: ModelSettings
    data: DataSettings
    vocabulary: VocabularySettings
    start: StartSettings
    distil: DistilSettings
    weights: Mapping[str, float]
    languages: tuple[LanguageSettings, ...]


def load_settings(path: Path = DEFAULT_CONFIG) -> Settings:
    """Read the configuration; an unknown or missing key is a ``TypeError``."""
    with path.open("rb") as stream:
        raw = tomllib.load(stream)
    return Settings(
        model=ModelSettings(**raw["model"]),
        data=DataSettings(**raw["data"]),
        vocabulary=VocabularySettings(**raw["vocabulary"]),
        start=StartSettings(**raw["start"]),
        distil=DistilSettings(**raw["distil"]),
        weights=raw["weights"],
        languages=tuple(LanguageSettings(**entry) for entry in raw["languages"]),
    )

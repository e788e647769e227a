"""English sentences with words replaced by translations: news words that no parallel text holds.

The idea is that of code-switched training data (Qin et al. 2020, CoSDA-ML): the meaning stays that of the
English sentence, so its teacher vector stays the target.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, pre_tokenizers

from .data import Pair, read_lexicon, read_pairs
from .lexicon import Bitext, symmetric
from .settings import LanguageSettings, Settings
from .vocabulary import HAN

_WORD = re.compile(r"[A-Za-z]+")
_HAN_WORD = re.compile(f"[{HAN}]+")
LONGEST = 40
"""Words; longer sentences say little about which word translates which."""
LEAST = 0.08
"""Translations less sure than this are left out."""


@dataclass(frozen=True, slots=True)
class Switcher:
    """Translations of English words (lower case) with their probabilities."""

    translations: Mapping[str, tuple[list[str], np.ndarray]]
    share: float
    """How many of the words that have a translation are replaced."""

    def switch(self, text: str, rng: np.random.Generator) -> str:
        """The text with words replaced."""

        def replace(match: re.Match[str]) -> str:
            found = self.translations.get(match[0].lower())
            if found is None or rng.random() > self.share:
                return match[0]
            words, probabilities = found
            return words[int(rng.choice(len(words), p=probabilities))]

        return _WORD.sub(replace, text)


def read_switchers(root: Path, settings: Settings) -> dict[str, Switcher]:
    """One switcher for each language, learned from its sentence pairs and word lists."""
    return {language.code: _learn(root, language, settings) for language in settings.languages}


def _learn(root: Path, language: LanguageSettings, settings: Settings) -> Switcher:
    # Manuals say what words mean to programs (table, window); they are left out here.
    pairs = [pair for pair in read_pairs(root, language, settings) if pair.weight >= 0.5]
    split = _splitter(language, pairs)
    english, other = [], []
    for pair in pairs:
        left, right = _WORD.findall(pair.english.lower()), split(pair.other)
        if 0 < len(left) <= LONGEST and 0 < len(right) <= 2 * LONGEST:
            english.append(left)
            other.append(right)
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    for (word, translation), score in symmetric(Bitext(english, other)).items():
        if score >= LEAST:
            scores[word][translation] = score
    for entry in read_lexicon(root, language, settings):
        word = entry.english.lower()
        if _WORD.fullmatch(word):
            known = scores[word]
            known[entry.other] = max(known.get(entry.other, 0.0), min(0.5, 0.3 * entry.weight))
    return Switcher(
        {
            word: (list(found), np.array(list(found.values())) / sum(found.values()))
            for word, found in scores.items()
        },
        settings.distil.switched_words,
    )


def _splitter(language: LanguageSettings, pairs: list[Pair]) -> Callable[[str], list[str]]:
    """Words of a text: runs between spaces and marks; Han runs by the longest entries of the word lists."""
    rough = pre_tokenizers.BertPreTokenizer()
    if language.script != "han":
        return lambda text: [word for word, _ in rough.pre_tokenize_str(text.lower()) if word[0].isalpha()]
    from tokenizers import Regex, models, trainers

    words = Tokenizer(models.Unigram())
    words.pre_tokenizer = pre_tokenizers.Split(Regex(f"[{HAN}]+"), "isolated")
    words.train_from_iterator(
        (run for pair in pairs for run in _HAN_WORD.findall(pair.other)),
        trainers.UnigramTrainer(
            vocab_size=12_000, show_progress=False, max_piece_length=4, unk_token="<unk>"
        ),
    )
    return lambda text: [piece for run in _HAN_WORD.findall(text) for piece in words.encode(run).tokens]

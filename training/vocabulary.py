"""The student's WordPiece vocabulary: English pruned to what is used, other languages added.

``python -m training.vocabulary --work FOLDER`` writes ``tokenizer.json`` and ``vocabulary.json``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from .data import (
    DASHES,
    DOUBLE_QUOTES,
    SINGLE_QUOTES,
    read_lexicon,
    read_mono,
    read_pairs,
    read_training_pairs,
)
from .settings import DEFAULT_CONFIG, DEFAULT_DATA, Settings, load_settings

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
HAN = "㐀-鿿"
SCRIPTS = {
    "latin": r"[a-zß-ɏ]",
    "tamil": r"[\u0b80-\u0bff]",
}
"""Scripts whose words are split into subwords, and their lower-case letters and signs."""
_HAN = re.compile(f"[{HAN}]")
_COMBINING = r"[\u0300-\u036f]"
"""Accents of Latin, Greek and Cyrillic letters. The vowel signs of Indic scripts are not among them."""
MAX_WORD = 200


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The token list; the first ``kept`` tokens come from the teacher, the others are new."""

    tokens: list[str]
    kept: int


def teacher_folder(package: str) -> Path:
    """The model folder inside an installed package (not imported: it would load the model)."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"package {package} is not installed; see training/README.md")
    return Path(spec.origin).parent / "model"


def build_tokenizer(tokens: Sequence[str]) -> Tokenizer:
    """A BERT tokenizer over these tokens that also folds quotation marks, dashes and NFKC.

    Accents go, as they do in the teacher's; marks that are letters in their script stay.
    """
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=MAX_WORD))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(f"[{DOUBLE_QUOTES}]"), '"'),
            normalizers.Replace(Regex(f"[{SINGLE_QUOTES}]"), "'"),
            normalizers.Replace(Regex(f"[{DASHES}]"), "-"),
            normalizers.BertNormalizer(
                clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=True
            ),
            normalizers.NFD(),
            normalizers.Replace(Regex(_COMBINING), ""),
            normalizers.NFC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    tokenizer.add_special_tokens(SPECIAL)
    return tokenizer


def count_tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> Counter[str]:
    """How often each token is used on these texts."""
    counts: Counter[str] = Counter()
    for begin in range(0, len(texts), 4096):
        for encoding in tokenizer.encode_batch(texts[begin : begin + 4096], add_special_tokens=False):
            counts.update(encoding.tokens)
    return counts


def prune_english(teacher: Sequence[str], counts: Counter[str], size: int) -> list[str]:
    """The teacher's tokens worth keeping: special, single characters, then the most used."""
    kept = [token for token in teacher if token in SPECIAL]
    kept += [
        token
        for token in teacher
        if len(token.removeprefix("##")) == 1 and not _HAN.search(token) and token not in SPECIAL
        if counts[token] or token.isascii() or not token.removeprefix("##").isalpha()
    ]
    chosen = set(kept)
    ranked = sorted((t for t in teacher if t not in chosen and counts[t]), key=lambda t: -counts[t])
    keep = chosen | set(ranked[: size - len(kept)])
    return [token for token in teacher if token in keep and not _HAN.search(token)]


def learn_subwords(texts: Sequence[str], script: str, known: Sequence[str], size: int) -> list[str]:
    """The ``size`` most used subwords of one script that ``known`` lacks, learned from text in it."""
    tokenizer = build_tokenizer(SPECIAL)
    trainer = trainers.WordPieceTrainer(
        vocab_size=size * 2, min_frequency=3, special_tokens=SPECIAL, show_progress=False, limit_alphabet=200
    )
    tokenizer.train_from_iterator(texts, trainer)
    # Latin letters alone are the teacher's; of other scripts the letters have to be learned too.
    shortest = 2 if script == "latin" else 1
    plain = re.compile(f"(##)?{SCRIPTS[script]}{{{shortest},}}")
    learned = sorted({token for token in tokenizer.get_vocab() if plain.fullmatch(token)} - set(known))
    usage = count_tokens(build_tokenizer([*known, *learned]), texts)
    return sorted(learned, key=lambda token: (-usage[token], token))[:size]


def han_characters(texts: Iterable[str], known: Sequence[str], size: int) -> list[str]:
    """The most used Han characters, up to ``size`` of them with those that are known."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_HAN.findall(text))
    present = set(known)
    wanted = size - sum(bool(_HAN.fullmatch(token)) for token in known)
    return [token for token, _ in counts.most_common(size) if token not in present][: max(0, wanted)]


def keep_english(root: Path, settings: Settings, teacher: Sequence[str], reference: Tokenizer) -> list[str]:
    """The tokens of the teacher that English text uses."""
    english = [pair.english for pair in read_training_pairs(root, settings)]
    english += read_mono(root, settings.data.english, 120_000)
    for language in settings.languages:
        english += sorted({entry.english for entry in read_lexicon(root, language, settings)})
    return prune_english(teacher, count_tokens(reference, english), settings.vocabulary.english_tokens)


def make_vocabulary(root: Path, settings: Settings, kept: list[str], scripts: Sequence[str]) -> Vocabulary:
    """The tokens kept, then what is learned for each of these scripts."""
    tokens = list(kept)
    for script in scripts:
        languages = [language for language in settings.languages if language.script == script]
        texts: list[str] = []
        for language in languages:
            texts += [pair.other for pair in read_pairs(root, language, settings)]
            texts += read_mono(root, language.mono) * 2
            texts += sorted({entry.other for entry in read_lexicon(root, language, settings)}) * 2
        if script == "han":
            tokens += han_characters(texts, tokens, settings.vocabulary.characters)
        else:
            tokens += learn_subwords(texts, script, tokens, settings.vocabulary.learned[script])
    return Vocabulary(tokens, len(kept))


def tokens_of(tokenizer: Path) -> list[str]:
    """The tokens of a tokenizer file, by number."""
    numbers = Tokenizer.from_file(str(tokenizer)).get_vocab()
    return sorted(numbers, key=lambda token: numbers[token])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--from", dest="base", type=Path, help="model folder whose tokens are all kept")
    parser.add_argument("--add", nargs="*", help="with --from: the scripts to learn tokens for")
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    scripts = arguments.add if arguments.base else list(dict.fromkeys(x.script for x in settings.languages))
    if arguments.base:
        kept = tokens_of(arguments.base / "tokenizer.json")
    else:
        folder = teacher_folder(settings.model.teacher)
        teacher = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        reference = Tokenizer.from_file(str(folder / "tokenizer.json"))
        reference.no_truncation()
        reference.no_padding()
        kept = keep_english(arguments.data, settings, teacher, reference)
    vocabulary = make_vocabulary(arguments.data, settings, kept, scripts or [])
    arguments.work.mkdir(parents=True, exist_ok=True)
    build_tokenizer(vocabulary.tokens).save(str(arguments.work / "tokenizer.json"))
    record = {"tokens": vocabulary.tokens, "kept": vocabulary.kept}
    (arguments.work / "vocabulary.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    print(f"{vocabulary.kept} tokens kept, {len(vocabulary.tokens)} in all")


if __name__ == "__main__":
    main()

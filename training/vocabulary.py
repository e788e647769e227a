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

from .data import DASHES, DOUBLE_QUOTES, SINGLE_QUOTES, read_lexicon, read_mono, read_training_pairs
from .settings import DEFAULT_CONFIG, DEFAULT_DATA, Settings, load_settings

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
_HAN = re.compile(r"[㐀-鿿]")
_PLAIN = re.compile(r"(##)?[^\W\d_㐀-鿿]{2,}")
MAX_WORD = 100


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
    """A BERT tokenizer over these tokens that also folds quotation marks, dashes and NFKC."""
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=MAX_WORD))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(f"[{DOUBLE_QUOTES}]"), '"'),
            normalizers.Replace(Regex(f"[{SINGLE_QUOTES}]"), "'"),
            normalizers.Replace(Regex(f"[{DASHES}]"), "-"),
            normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, lowercase=True),
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


def learn_subwords(texts: Iterable[str], size: int) -> list[str]:
    """Subwords of the Latin-script languages, learned from their text."""
    tokenizer = build_tokenizer(SPECIAL)
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, min_frequency=3, special_tokens=SPECIAL, show_progress=False, limit_alphabet=200
    )
    tokenizer.train_from_iterator(texts, trainer)
    return [token for token in tokenizer.get_vocab() if _PLAIN.fullmatch(token)]


def make_vocabulary(
    root: Path, settings: Settings, teacher: Sequence[str], reference: Tokenizer
) -> Vocabulary:
    """Prune, learn and join; see the module's text."""
    pairs = read_training_pairs(root, settings)
    lexicon = [entry for language in settings.languages for entry in read_lexicon(root, language, settings)]
    english = [pair.english for pair in pairs] + read_mono(root, settings.data.english, 120_000)
    english += sorted({entry.english for entry in lexicon})
    kept = prune_english(teacher, count_tokens(reference, english), settings.vocabulary.english_tokens)

    latin = {language.code for language in settings.languages if language.script == "latin"}
    texts = [pair.other for pair in pairs if pair.language in latin]
    for language in settings.languages:
        if language.code in latin:
            texts += read_mono(root, language.mono) * 2
    texts += sorted({entry.other for entry in lexicon if entry.language in latin}) * 2
    wanted = settings.vocabulary.learned_tokens
    learned = sorted(set(learn_subwords(texts, wanted * 2)) - set(kept))
    usage = count_tokens(build_tokenizer(kept + learned), texts)
    learned = sorted(learned, key=lambda token: (-usage[token], token))[:wanted]

    characters: Counter[str] = Counter()
    for entry in [*pairs, *lexicon]:
        if entry.language not in latin:
            characters.update(_HAN.findall(entry.other))
    han = [character for character, _ in characters.most_common(settings.vocabulary.characters)]
    return Vocabulary([*kept, *learned, *han], len(kept))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    parser.add_argument("--work", type=Path, required=True)
    arguments = parser.parse_args()
    settings = load_settings(arguments.config)
    folder = teacher_folder(settings.model.teacher)
    teacher = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    reference = Tokenizer.from_file(str(folder / "tokenizer.json"))
    reference.no_truncation()
    reference.no_padding()
    vocabulary = make_vocabulary(arguments.data, settings, teacher, reference)
    arguments.work.mkdir(parents=True, exist_ok=True)
    build_tokenizer(vocabulary.tokens).save(str(arguments.work / "tokenizer.json"))
    record = {"tokens": vocabulary.tokens, "kept": vocabulary.kept}
    (arguments.work / "vocabulary.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    print(f"{vocabulary.kept} English tokens kept, {len(vocabulary.tokens)} in all")


if __name__ == "__main__":
    main()

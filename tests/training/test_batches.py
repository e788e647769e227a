"""What the student reads: rows, spans and replaced words."""

from __future__ import annotations

import dataclasses
import lzma

import numpy as np
import pytest

from training.batches import Pool, Pools, batched, chunk_batches, joined_rows, make_pools, single_rows
from training.data import Pair, is_held_aside
from training.settings import load_settings
from training.switching import Switcher
from training.vocabulary import SPECIAL, build_tokenizer

WORDS = [
    "jalan",
    "itu",
    "dibuka",
    "polisi",
    "datang",
    "hujan",
    "turun",
    "road",
    "was",
    "opened",
    "police",
    "came",
    "rain",
    "fell",
]
TOKENIZER = build_tokenizer([*SPECIAL, ".", '"', *WORDS])
PAIRS = [
    Pair("road was opened .", "jalan itu dibuka .", "id", "news", 1.0),
    Pair("police came .", "polisi datang .", "id", "news", 1.0),
    Pair("rain fell .", "hujan turun .", "id", "manual", 1.0),
]


@pytest.fixture
def settings():
    whole = load_settings()
    distil = dataclasses.replace(
        whole.distil, batch=4, joined_batch=2, chunk_batches=12, english_every=6, joined_every=6
    )
    return dataclasses.replace(whole, distil=distil, languages=whole.languages[:1])


@pytest.fixture
def pools():
    uniform = np.full(3, 1 / 3)
    english = [Pair(pair.english, pair.english, "en", pair.source, 1.0) for pair in PAIRS]
    switcher = Switcher({"rain": (["hujan"], np.array([1.0]))}, 1.0)
    return Pools(Pool(PAIRS, uniform), Pool(PAIRS, uniform), Pool(english, uniform), {"id": switcher})


def words(row, span):
    return [WORDS[number - 7] for number in row.ids[span[0] : span[1]] if number >= 7]


def test_sentences_that_follow_each_other_are_pooled_over_their_own_tokens(pools, settings):
    rows = joined_rows(pools, 40, TOKENIZER, settings.distil, np.random.default_rng(1))
    longer = [row for row in rows if len(row.spans) > 1]
    assert longer, "some rows hold more than one sentence"
    translations = {pair.english: pair.other.removesuffix(" .").split() for pair in PAIRS}
    for row in rows:
        for span, english in zip(row.spans, row.english, strict=True):
            assert words(row, span) == translations[english]
    sources = {tuple(row.english) for row in longer}
    assert sources == {("road was opened .", "police came .")}, "a row stays in one source"


def test_a_sentence_that_the_cut_leaves_unfinished_is_no_target(pools, settings):
    short = dataclasses.replace(settings.distil, joined_tokens=7)
    for row in joined_rows(pools, 20, TOKENIZER, short, np.random.default_rng(1)):
        assert len(row.ids) <= 7
        assert len(row.spans) == 1


def test_single_rows_pool_everything(settings):
    plain = dataclasses.replace(settings.distil, strip_final=0.0, add_quotes=0.0)
    row = single_rows(PAIRS[:1], TOKENIZER, plain, np.random.default_rng(1))[0]
    assert row.spans == [(0, 6)]
    assert row.english == ["road was opened ."]


def test_a_chunk_depends_on_the_seed_and_its_number_alone(pools, settings):
    first, again, other = (chunk_batches(pools, TOKENIZER, settings, number) for number in (3, 3, 4))
    assert first == again
    assert first != other
    assert len(first) == 12
    assert all(len(batch.rows) <= 4 for batch in first)


def test_batches_hold_rows_of_like_length(settings):
    rows = single_rows(PAIRS * 4, TOKENIZER, settings.distil, np.random.default_rng(2))
    lengths = [len(row.ids) for batch in batched(rows, 3) for row in batch.rows]
    assert lengths == sorted(lengths)


def test_words_are_replaced_and_the_rest_stays():
    translations = {"rain": (["hujan"], np.array([1.0]))}
    rng = np.random.default_rng(5)
    assert Switcher(translations, 1.0).switch("Rain fell, rain!", rng) == "hujan fell, hujan!"
    assert Switcher(translations, 0.0).switch("Rain fell.", rng) == "Rain fell."


def pack(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(text.encode()))


def test_a_part_of_a_sentence_that_is_kept_aside_by_itself_is_not_read(tmp_path, settings):
    language = dataclasses.replace(
        settings.languages[0], pairs="pairs.xz", mono=[], lexicons={"words.xz": 1.0}
    )
    settings = dataclasses.replace(settings, languages=(language,))
    numbers = range(1, 200)
    rows = [
        (
            f"In {n} days they came back, and the road was closed.",
            f"Dalam {n} hari mereka kembali, dan jalan ditutup.",
        )
        for n in numbers
    ]
    pack(tmp_path / "pairs.xz", "".join(f"{a}\t{b}\tnews\tpermissive\n" for a, b in rows))
    pack(tmp_path / "words.xz", "road\tjalan\n")
    pack(tmp_path / settings.data.english[0], "The road was opened again after the rain.\n")
    parts = {f"In {n} days they came back" for n in numbers}
    aside = {part for part in parts if is_held_aside(part, settings)}
    read = {pair.english for pair in make_pools(tmp_path, settings).sentences.pairs}
    assert 0 < len(aside) < len(parts)
    assert parts - aside <= read
    assert not aside & read

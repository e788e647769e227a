"""The tokenizer that ships, and the start of new tokens."""

from __future__ import annotations

from collections import Counter

import numpy as np
from scipy.sparse import csr_matrix

from training.settings import StartSettings
from training.start import dice, mix_rows
from training.vocabulary import SPECIAL, build_tokenizer, han_characters, learn_subwords, prune_english

TOKENS = [*SPECIAL, '"', "'", "-", ",", ".", "maju", "##kan", "the", "cafe", "进", "展", "நீர்", "##மட்டம்"]


def test_offsets_point_into_the_text_as_given():
    tokenizer = build_tokenizer(TOKENS)
    text = "“The majukan”，进展。"
    encoding = tokenizer.encode(text)
    pieces = [text[a:b] for a, b in encoding.offsets[1:-1]]
    assert pieces == ["“", "The", "maju", "kan", "”", "，", "进", "展", "。"]
    assert encoding.tokens[1:8] == ['"', "the", "maju", "##kan", '"', ",", "进"]


def test_accents_go_and_the_vowel_signs_of_tamil_stay():
    tokenizer = build_tokenizer(TOKENS)
    text = "Café நீர்மட்டம் CAFÉ"
    encoding = tokenizer.encode(text)
    assert encoding.tokens[1:-1] == ["cafe", "நீர்", "##மட்டம்", "cafe"]
    assert [text[a:b] for a, b in encoding.offsets[1:-1]] == ["Café", "நீர்", "மட்டம்", "CAFÉ"]


def test_decomposed_letters_are_the_same_tokens_as_composed_ones():
    tokenizer = build_tokenizer(TOKENS)
    assert tokenizer.encode("cafe\u0301").tokens == tokenizer.encode("café").tokens


def test_subwords_are_learned_for_their_script_alone_and_none_twice():
    texts = ["the நீர்மட்டம் நீர் மட்டம் café"] * 5
    learned = learn_subwords(texts, "tamil", [*TOKENS, "நீர்"], 8)
    assert learned
    assert not set(learned) & set(TOKENS)
    assert all("\u0b80" <= letter <= "\u0bff" for token in learned for letter in token.removeprefix("##"))


def test_han_characters_grow_up_to_the_wanted_number():
    assert han_characters(["进展进展进水水火"], ["the", "进"], 3) == ["展", "水"]
    assert han_characters(["进展"], ["进", "展"], 1) == []


def test_neither_padding_nor_truncation_is_built_in():
    tokenizer = build_tokenizer(TOKENS)
    long, short = tokenizer.encode_batch(["the " * 400, "the"])
    assert (len(long.ids), len(short.ids)) == (402, 3)


def test_pruning_keeps_special_tokens_single_characters_and_the_most_used():
    teacher = ["[PAD]", "[unused0]", *SPECIAL[1:], "a", "##a", "common", "rare", "rarer", "京"]
    counts = Counter({"common": 9, "rare": 2, "rarer": 1})
    kept = prune_english(teacher, counts, 9)
    assert kept == [*SPECIAL, "a", "##a", "common", "rare"]


def test_a_new_token_starts_between_the_english_tokens_it_meets():
    table = np.eye(4, dtype=np.float32)
    english = csr_matrix(np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1]], dtype=np.float32))
    other = csr_matrix(np.array([[0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]], dtype=np.float32))
    scores = dice(english, other, np.ones(3, dtype=np.float32))
    assert scores[3, 0] == 1.0
    assert scores[3, 1] == 0.5
    row = mix_rows(table, scores, [2, 3], StartSettings(nearest=2, power=2.0, lexicon_weight=1.0))
    assert set(row) == {3}
    assert row[3][0] > row[3][1] > row[3][2] == 0.0
    assert np.isclose(np.linalg.norm(row[3]), 1.0)

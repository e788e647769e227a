"""Making and reading of the scorer's examples."""

from __future__ import annotations

import random

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from checker.types import Span
from training.damages import DAMAGES
from training.lawful import LAWFUL
from training.scorer.batches import OPEN, make_rows
from training.scorer.examples import (
    Damage,
    Example,
    Material,
    changed_spans,
    damaged_example,
    draw_examples,
    faithful_example,
)
from training.scorer.faithful import Faithful, Text
from training.scorer.network import NONE, Side, nearness, similarities
from training.scorer.settings import load_settings
from training.scorer.train import _nearest, given_marks, rate_factor
from training.stock import stock_of

ENGLISH = [
    "The harbour will not close before March, said the director.",
    "About 40 boats lie in the old harbour, and the council must move them.",
    "The council approved the new bridge because the old one was weak.",
    "If the rain goes on, the ferry to Lower Brack cannot leave.",
    "Most fishermen of Brackwater earn less than they did in 2019.",
    "The mayor, who was born here, thanked Tilda Varn for her work.",
]


@pytest.fixture(scope="module")
def stocks():
    return {"en": stock_of("en", ENGLISH)}


def tokenizer() -> Tokenizer:
    words = sorted({word for text in ENGLISH for word in text.replace(",", " ,").replace(".", " .").split()})
    vocabulary = {token: number for number, token in enumerate(["[UNK]", "[CLS]", "[SEP]", *words])}
    found = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    found.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    found.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return found


@pytest.mark.parametrize(
    ("before", "after", "lost", "put"),
    [
        ("it will not close", "it will close", "not ", ""),
        ("40 boats", "70 boats", "40", "70"),
        ("he was weak", "he was strong", "weak", "strong"),
        ("weakest link", "weaker link", "weakest", "weaker"),
        ("the bridge", "the old bridge", "", "old "),
        ("same", "same", "", ""),
    ],
)
def test_changed_spans_are_whole_words(before, after, lost, put):
    a, b = changed_spans(before, after)
    assert (a.of(before), b.of(after)) == (lost, put)


def test_a_damage_says_what_it_took_and_what_it_put(stocks):
    settings = load_settings()
    chance = random.Random(3)
    seen = 0
    for _ in range(200):
        text = Text(chance.choice(ENGLISH), "en")
        example = damaged_example(text, text, 0, stocks, settings, chance)
        damage = example.damage
        if damage is None:
            continue
        seen += 1
        side = example.quote if damage.on_quote else example.source
        assert side.text != damage.before
        if example.marked and damage.lost.end > damage.lost.start:
            assert damage.lost.of(damage.before).strip()
        kept_before = damage.before[: damage.lost.start]
        assert side.text.startswith(kept_before)
    assert seen > 150


def test_a_lawful_change_is_no_damage(stocks):
    settings = load_settings()
    chance = random.Random(3)
    made = [faithful_example(Text(t, "en"), Text(t, "en"), 0, stocks, settings, chance) for t in ENGLISH * 20]
    assert not any(example.changed or example.damage for example in made)
    assert len({example.type for example in made}) > 4


def test_examples_depend_on_the_generator_alone_and_half_are_damaged(stocks):
    settings = load_settings()
    pairs = [Faithful(Text(t, "en"), Text(t, "en"), 1.0, n) for n, t in enumerate(ENGLISH)]
    material = Material(pairs, np.full(len(pairs), 1 / len(pairs)), [], stocks)
    one, two = (list(draw_examples(material, settings, 200, np.random.default_rng(1))) for _ in range(2))
    assert one == two
    assert 80 <= sum(example.changed for example in one) <= 100


def test_every_change_of_the_settings_exists():
    settings = load_settings()
    assert set(settings.damages) == set(DAMAGES)
    assert set(settings.lawful) == set(LAWFUL)


def test_marks_stand_on_the_damaged_words_and_the_other_side_is_open_where_words_were_lost():
    before = "About 40 boats lie in the old harbour"
    quote = "About 2019 boats lie in the old harbour"
    damage = Damage(True, before, Span(6, 8), Span(6, 10))
    example = Example(Text(quote, "en"), Text(before, "en"), True, "number", 0, damage)
    (row,) = make_rows([example], tokenizer(), 64)
    assert row.quote_marks == [0, 1, 0, 0, 0, 0, 0, 0]
    assert row.source_marks == [OPEN] * 8
    assert row.lost == [1]
    assert len(row.quote) == len(row.quote_marks) + 2


def test_words_added_leave_the_other_side_free_of_fault():
    before = "the bridge was weak"
    damage = Damage(True, before, Span(4, 4), Span(4, 8))
    example = Example(Text("the old bridge was weak", "en"), Text(before, "en"), True, "added", 0, damage)
    (row,) = make_rows([example], tokenizer(), 64)
    assert (row.quote_marks, row.source_marks, row.lost) == ([0, 1, 0, 0, 0], [0, 0, 0, 0], [])


def test_what_is_cut_off_loses_its_marks():
    before = "the bridge was weak"
    damage = Damage(True, before, Span(15, 19), Span(15, 21))
    example = Example(Text("the bridge was strong", "en"), Text(before, "en"), True, "antonym", 0, damage)
    (row,) = make_rows([example], tokenizer(), 4)
    assert (row.quote_marks, row.lost) == ([0, 0], [])


def side(vectors: list[list[float]], ids: list[int], real: int) -> Side:
    rows = torch.nn.functional.normalize(torch.tensor([vectors]), dim=-1)
    mask = torch.tensor([[1] * real + [0] * (len(ids) - real)])
    return Side(rows * mask.unsqueeze(-1), mask, torch.tensor([ids]))


def test_nearness_tells_the_lonely_token_from_the_paired():
    left = side([[1.0, 0, 0], [0, 1.0, 0], [1.0, 1.0, 1.0]], [5, 6, 7], 3)
    right = side([[0, 1.0, 0], [1.0, 0, 0], [9.0, 9.0, 9.0]], [6, 8, 7], 2)
    cosines = similarities(left, right)
    assert cosines[0, 0].tolist() == pytest.approx([0.0, 1.0, NONE])
    found = nearness(cosines, left, right)[0]
    assert found[:, 0].tolist() == pytest.approx([1.0, 1.0, 3**-0.5])
    assert found[:, 2].tolist() == [1.0, 1.0, 0.0]
    assert found[:, 3].tolist() == [0.0, 1.0, 0.0]  # the third's twin is padding


def test_nearness_of_one_token_against_one():
    one = side([[1.0, 0]], [5], 1)
    assert nearness(similarities(one, one), one, one)[0, 0].tolist() == pytest.approx(
        [1.0, 1.0 - NONE, 1.0, 1.0, 0.0]
    )


def test_the_counterpart_of_a_lost_word_is_its_mutual_nearest():
    cosines = torch.tensor([[0.9, 0.1], [0.8, 0.2], [0.1, 0.5]])
    assert _nearest(cosines, [0], 0.55) == [0]
    assert _nearest(cosines, [1], 0.55) == []  # the first has it
    assert _nearest(cosines, [2], 0.55) == []  # not near enough


def test_padding_has_no_marks():
    rows = make_rows(
        [Example(Text(t, "en"), Text(t, "en"), False, "faithful", 0) for t in ("the bridge", "the")],
        tokenizer(),
        64,
    )
    two = side([[1.0, 0], [0, 1.0]], [1, 2], 2)
    both = Side(two.vectors.repeat(2, 1, 1), two.mask.repeat(2, 1), two.ids.repeat(2, 1))
    assert given_marks(rows, (both, both)).tolist() == [[0, 0, 0, 0], [0, OPEN, 0, OPEN]]


def test_the_rate_rises_then_falls_to_nothing():
    train = load_settings().train
    assert rate_factor(0, train) == pytest.approx(1 / train.warm_up)
    assert rate_factor(train.warm_up, train) == pytest.approx(1.0)
    assert rate_factor(train.steps, train) == 0.0

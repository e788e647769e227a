"""The model that reads two texts together: the graph does what the network does, whatever it is batched with."""

from __future__ import annotations

import numpy as np
import pytest

from index.errors import ModelError
from index.pair_model import FEATURES, GRAPH_FILE, NONE, PairModel, ReadText, nearness
from index.types import TokenVectors

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from transformers import BertConfig  # noqa: E402

from training.scorer.graph import build_scorer  # noqa: E402
from training.scorer.network import Scorer, Side  # noqa: E402

HIDDEN = 16
EPSILON = 1e-12


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    torch.manual_seed(4)
    config = BertConfig(
        vocab_size=20,
        hidden_size=HIDDEN,
        num_hidden_layers=4,
        num_attention_heads=2,
        intermediate_size=32,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        layer_norm_eps=EPSILON,
    )
    found = Scorer(config, 2)
    for parameter in found.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return found.train(False)


@pytest.fixture(scope="module")
def folder(scorer, tmp_path_factory):
    path = tmp_path_factory.mktemp("scorer")
    weights = {name: value.detach().numpy() for name, value in scorer.state_dict().items()}
    (path / GRAPH_FILE).write_bytes(build_scorer(weights, 2, EPSILON).SerializeToString())
    return path


def read(words: str, seed: int = 0) -> ReadText:
    """A text of one-letter words; the same letter has the same vector, but for a little noise."""
    rng = np.random.default_rng(seed)
    table = np.random.default_rng(9).normal(size=(26, HIDDEN))
    rows = np.array([table[ord(w) - 97] + 0.1 * rng.normal(size=HIDDEN) for w in words.split()])
    rows = rows.reshape(-1, HIDDEN)
    rows = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    spans = tuple((2 * n, 2 * n + 1) for n in range(len(rows)))
    return ReadText(words, TokenVectors(spans, rows))


def side(text: ReadText) -> Side:
    ids = torch.tensor([[ord(letter) for letter in text.text.split()]])
    return Side(torch.from_numpy(text.tokens.vectors)[None], torch.ones_like(ids), ids)


PAIRS = [("a b c d", "a b c d e"), ("a b", "c d e f g h i"), ("k", "k"), ("a a b", "b a a c d e f g h k")]


@pytest.mark.parametrize("pair", PAIRS)
def test_the_graph_gives_what_the_network_gives(scorer, folder, pair):
    first, second = read(pair[0], 1), read(pair[1], 2)
    with torch.no_grad():
        changed, on_first, on_second = scorer(side(first), side(second))
    (found,) = PairModel(folder).score([(first, second)])
    assert found.changed == pytest.approx(changed.item(), abs=0.15)
    np.testing.assert_allclose(found.first, on_first[0].numpy(), atol=0.15)
    np.testing.assert_allclose(found.second, on_second[0].numpy(), atol=0.15)


def test_a_pair_does_not_depend_on_its_neighbours(folder):
    model = PairModel(folder)
    pairs = [(read(a, 1), read(b, 2)) for a, b in PAIRS]
    together = model.score(pairs)
    for pair, logits in zip(pairs, together, strict=True):
        (alone,) = model.score([pair])
        assert logits.changed == pytest.approx(alone.changed, abs=1e-4)
        np.testing.assert_allclose(logits.second, alone.second, atol=1e-4)


def test_a_text_without_tokens_is_no_fault(folder):
    (found,) = PairModel(folder).score([(read(""), read("a b"))])
    assert np.isfinite(found.changed)
    assert (len(found.first), len(found.second)) == (0, 2)


def test_nothing_to_score(folder):
    assert PairModel(folder).score([]) == []


def test_nearness_of_a_lonely_text():
    found = nearness(np.zeros((2, 0), dtype=np.float32), np.zeros((2, 0), dtype=bool))
    assert found.shape == (2, FEATURES)
    assert found[:, 0].tolist() == [NONE, NONE]


def test_a_folder_without_graph_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"pairs\.int8\.onnx is missing"):
        PairModel(tmp_path)


def test_a_damaged_graph_is_named(tmp_path):
    (tmp_path / GRAPH_FILE).write_bytes(b"no graph")
    with pytest.raises(ModelError, match="cannot be loaded"):
        PairModel(tmp_path)

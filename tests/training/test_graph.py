"""The ONNX graph against the network it stands for."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("onnx")
pytestmark = pytest.mark.model


def test_the_graph_gives_the_vectors_of_the_network(tmp_path):
    import onnx
    import onnxruntime
    import torch
    from transformers import BertConfig, BertModel

    from training.graph import build_model
    from training.network import pool

    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=50,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=16,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.train(False)
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    onnx.save(build_model(weights, heads=4), str(tmp_path / "model.onnx"))
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])

    ids = np.array([[2, 9, 31, 3, 0, 0], [2, 7, 8, 40, 41, 3]], dtype=np.int64)
    mask = np.array([[1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1]], dtype=np.int64)
    sentences, tokens, _ = session.run(None, {"input_ids": ids, "attention_mask": mask})
    with torch.no_grad():
        states = model(
            input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)
        ).last_hidden_state
        expected = pool(states, torch.from_numpy(mask)).numpy()
    assert (sentences * expected).sum(axis=1).min() > 0.999
    assert np.abs(tokens[1] - states[1].numpy()).max() < 0.1

    alone = session.run(None, {"input_ids": ids[:1, :4], "attention_mask": mask[:1, :4]})[0]
    assert np.abs(alone - sentences[:1]).max() < 1e-5


def test_the_words_alone_are_the_words_of_the_whole_and_the_weights_lie_in_one_file(tmp_path):
    import onnx
    import onnxruntime

    from training.graph import build_model, take_out_weights, word_model

    model = build_model(random_weights(layers=3), heads=4)
    whole_size = len(model.SerializeToString())
    words = word_model(model)
    (tmp_path / "weights.bin").write_bytes(take_out_weights([model, words], "weights.bin"))
    for proto, name in ((model, "model.onnx"), (words, "words.onnx")):
        (tmp_path / name).write_bytes(proto.SerializeToString())
        onnx.checker.check_model(str(tmp_path / name))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < whole_size * 1.2, (
        "no weight is there twice"
    )
    assert not any("layer.2" in node.name for node in words.graph.node)

    ids = np.array([[2, 9, 31, 3, 0, 0], [2, 7, 8, 40, 41, 3]], dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": (ids > 0).astype(np.int64)}
    expected, given_alone = (
        onnxruntime.InferenceSession(str(tmp_path / name), providers=["CPUExecutionProvider"]).run(
            ["word_embeddings"], given
        )[0]
        for name in ("model.onnx", "words.onnx")
    )
    np.testing.assert_array_equal(given_alone, expected)


def test_models_that_disagree_cannot_share_their_weights():
    from training.graph import build_model, take_out_weights

    models = [build_model(random_weights(layers=2, seed=seed), heads=4) for seed in (1, 2)]
    with pytest.raises(ValueError, match="disagree"):
        take_out_weights(models, "weights.bin")


def random_weights(layers: int, width: int = 128, seed: int = 3) -> dict[str, np.ndarray]:
    """The weights of a small BERT."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=50,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=2 * width,
        max_position_embeddings=16,
    )
    model = BertModel(config, add_pooling_layer=False)
    return {name: value.numpy() for name, value in model.state_dict().items()}

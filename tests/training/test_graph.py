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
    # The table that ships is rounded to 8 bits in both formats.
    table = model.embeddings.word_embeddings.weight
    table.data = table.data.to(torch.float8_e4m3fn).float()
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


def test_the_table_is_read_from_the_safetensors_file_and_the_rotation_turns_both_outputs(tmp_path):
    import onnxruntime
    import torch
    from safetensors.torch import save_file

    from training.export import SAFETENSORS, place_in_safetensors
    from training.graph import TABLE, build_model, take_out_weights
    from training.network import WORD_EMBEDDINGS

    weights = random_weights(layers=2)
    table = torch.from_numpy(weights[WORD_EMBEDDINGS]).to(torch.float8_e4m3fn)
    save_file({"other": torch.ones(3), WORD_EMBEDDINGS: table}, str(tmp_path / SAFETENSORS))
    start, raw = place_in_safetensors(tmp_path / SAFETENSORS, WORD_EMBEDDINGS)
    assert raw == table.view(torch.uint8).numpy().tobytes()

    turn = np.linalg.qr(np.random.default_rng(1).normal(size=(128, 128)))[0].astype(np.float32)
    outputs = []
    for name, rotation in (("plain", None), ("turned", turn)):
        model = build_model(weights, heads=4, rotation=rotation)
        content = take_out_weights([model], f"{name}.bin", {TABLE: (SAFETENSORS, start, raw)})
        assert raw not in content, "the table is there once"
        (tmp_path / f"{name}.bin").write_bytes(content)
        (tmp_path / f"{name}.onnx").write_bytes(model.SerializeToString())
        ids = np.array([[2, 9, 31, 3]], dtype=np.int64)
        session = onnxruntime.InferenceSession(
            str(tmp_path / f"{name}.onnx"), providers=["CPUExecutionProvider"]
        )
        outputs.append(session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)}))
    plain, turned = outputs
    assert np.abs(plain[0] @ turn.T - turned[0]).max() < 2e-3
    assert np.abs(plain[1] @ turn.T - turned[1]).max() < 2e-2
    np.testing.assert_array_equal(plain[2], turned[2], "words are not turned")


def test_eight_bit_floats_keep_three_bits_of_a_value():
    from training.graph import float8_bytes, float8_values

    table = np.random.default_rng(2).normal(scale=0.05, size=(50, 64)).astype(np.float32)
    back = float8_values()[float8_bytes(table)]
    assert np.abs(back - table).max() <= np.maximum(np.abs(table) / 16, 2.0**-10).max()
    cosine = (back * table).sum(axis=1) / np.linalg.norm(back, axis=1) / np.linalg.norm(table, axis=1)
    assert cosine.min() > 0.998
    assert np.isfinite(float8_values()).all()


def test_the_first_dimensions_are_the_principal_ones():
    from training.export import principal_rotation

    rng = np.random.default_rng(4)
    hidden = rng.normal(size=(500, 3)) * [5, 2, 1]
    vectors = (hidden @ np.linalg.qr(rng.normal(size=(8, 8)))[0][:3]).astype(np.float32)
    rotation = principal_rotation(vectors)
    assert np.allclose(rotation @ rotation.T, np.eye(8), atol=1e-5)
    turned = vectors @ rotation.T
    assert np.abs(turned[:, 3:]).max() < 1e-4
    assert (np.diff((turned**2).sum(axis=0)) <= 1e-3).all()


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

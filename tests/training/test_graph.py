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
    sentences, tokens = session.run(None, {"input_ids": ids, "attention_mask": mask})
    with torch.no_grad():
        states = model(
            input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)
        ).last_hidden_state
        expected = pool(states, torch.from_numpy(mask)).numpy()
    assert (sentences * expected).sum(axis=1).min() > 0.999
    assert np.abs(tokens[1] - states[1].numpy()).max() < 0.1

    alone = session.run(None, {"input_ids": ids[:1, :4], "attention_mask": mask[:1, :4]})[0]
    assert np.abs(alone - sentences[:1]).max() < 1e-5

"""The student as one ONNX graph: token ids in, sentence and token vectors out, weights in 8 bits.

Only the weights are rounded (the embedding table to 8-bit floats, each matrix to integers with a scale for
each output); the arithmetic stays float32. So a text's vector does not depend on what it is batched with,
nor on which 8-bit instructions a processor has, as it would with dynamically rounded activations.
The matrices are unpacked once, when the file is loaded. Two graphs share the weights: the whole, and the
lower layers alone. The table, half of all weights, is read where it lies in ``model.safetensors``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from .network import WORD_EMBEDDINGS

Array = npt.NDArray[np.float32]
OPSET = 20
HEADS_FIRST = [2, 0, 3, 1, 4]
"""(text, token, q/k/v, head, channel) to (q/k/v, text, head, token, channel)."""


def round_rows(matrix: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """Rows in 8 bits and their scales, shapes ``(rows, columns)`` and ``(rows, 1)``."""
    scale = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-12) / 127
    return np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


TABLE = "words.table"
"""The constant that holds the embedding table: one byte (float8 e4m3fn) for each value."""


def float8_bytes(table: Array) -> npt.NDArray[np.uint8]:
    """The table rounded to float8 e4m3fn (4 bits of exponent, 3 of mantissa), as bytes.

    Source: Micikevicius et al. 2022, FP8 Formats for Deep Learning.
    """
    import torch

    rounded = torch.from_numpy(table).to(torch.float8_e4m3fn)
    return np.asarray(rounded.view(torch.uint8).numpy())


def float8_values() -> Array:
    """What each of the 256 bytes stands for; 0 for the two that stand for no number."""
    import torch

    values = torch.arange(256, dtype=torch.uint8).view(torch.float8_e4m3fn).float().numpy()
    return np.asarray(np.nan_to_num(values, nan=0.0), dtype=np.float32)


class GraphBuilder:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        """Store an array under this name."""
        self.constants.append(numpy_helper.from_array(value.copy(order="C"), name))
        return name

    def add(self, operation: str, inputs: list[str], output: str, **attributes: Any) -> str:  # noqa: ANN401
        """Add a node with one output."""
        self.nodes.append(helper.make_node(operation, inputs, [output], name=output, **attributes))
        return output

    def linear(self, source: str, weight: Array, bias: Array, name: str) -> str:
        """``source @ weight.T + bias`` with the weight stored in 8 bits."""
        rounded, scale = round_rows(weight)
        stored = self.constant(f"{name}.weight", rounded.T)
        wide = self.add("Cast", [stored], f"{name}.wide", to=TensorProto.FLOAT)
        scaled = self.add("Mul", [wide, self.constant(f"{name}.scale", scale.T)], f"{name}.scaled")
        product = self.add("MatMul", [source, scaled], f"{name}.product")
        return self.add("Add", [product, self.constant(f"{name}.bias", bias)], f"{name}.out")

    def norm(self, source: str, weights: Mapping[str, Array], key: str, epsilon: float) -> str:
        """Layer normalisation over the last axis."""
        gain = self.constant(f"{key}.gain", weights[f"{key}.weight"])
        shift = self.constant(f"{key}.shift", weights[f"{key}.bias"])
        return self.add("LayerNormalization", [source, gain, shift], f"{key}.out", axis=-1, epsilon=epsilon)


def _embeddings(graph: GraphBuilder, weights: Mapping[str, Array], epsilon: float) -> str:
    table = graph.constant(TABLE, float8_bytes(weights[WORD_EMBEDDINGS]))
    rows = graph.add("Gather", [table, "input_ids"], "words.rows", axis=0)
    # No operator of ONNX Runtime reads rows of 8-bit floats, so each byte is looked up.
    number = graph.add("Cast", [rows], "words.bytes", to=TensorProto.INT32)
    values = graph.constant("words.values", float8_values())
    words = graph.add("Gather", [values, number], "words.out", axis=0)
    positions = (
        weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    stored = graph.constant("positions.half", positions.astype(np.float16))
    table = graph.add("Cast", [stored], "positions.table", to=TensorProto.FLOAT)
    length = graph.add("Shape", ["input_ids"], "positions.length", start=1, end=2)
    begin = graph.constant("positions.begin", np.array([0], dtype=np.int64))
    places = graph.add("Slice", [table, begin, length], "positions.rows")
    return graph.norm(graph.add("Add", [words, places], "embedded"), weights, "embeddings.LayerNorm", epsilon)


def _attention(graph: GraphBuilder, source: str, weights: Mapping[str, Array], key: str, heads: int) -> str:
    parts = [f"{key}.attention.self.{part}" for part in ("query", "key", "value")]
    weight = np.concatenate([weights[f"{part}.weight"] for part in parts])
    bias = np.concatenate([weights[f"{part}.bias"] for part in parts])
    width = weight.shape[1]
    size = width // heads
    packed = graph.linear(source, weight, bias, f"{key}.qkv")
    shape = graph.constant(f"{key}.split", np.array([0, 0, 3, heads, size], dtype=np.int64))
    apart = graph.add("Reshape", [packed, shape], f"{key}.apart")
    first = graph.add("Transpose", [apart], f"{key}.heads", perm=HEADS_FIRST)
    query, keys, values = (
        graph.add(
            "Gather",
            [first, graph.constant(f"{key}.{name}.number", np.array(number))],
            f"{key}.{name}",
            axis=0,
        )
        for number, name in enumerate(("query", "key", "value"))
    )
    turned = graph.add("Transpose", [keys], f"{key}.turned", perm=[0, 1, 3, 2])
    raw = graph.add("MatMul", [query, turned], f"{key}.raw")
    root = graph.constant(f"{key}.root", np.array(size**-0.5, dtype=np.float32))
    masked = graph.add(
        "Add", [graph.add("Mul", [raw, root], f"{key}.logits"), "mask.logits"], f"{key}.masked"
    )
    shares = graph.add("Softmax", [masked], f"{key}.shares", axis=-1)
    mixed = graph.add("MatMul", [shares, values], f"{key}.mixed")
    back = graph.add("Transpose", [mixed], f"{key}.back", perm=[0, 2, 1, 3])
    joined = graph.constant(f"{key}.join", np.array([0, 0, width], dtype=np.int64))
    return graph.add("Reshape", [back, joined], f"{key}.joined")


def add_layer(
    graph: GraphBuilder, source: str, weights: Mapping[str, Array], key: str, heads: int, epsilon: float
) -> str:
    def project(inputs: str, name: str) -> str:
        return graph.linear(
            inputs, weights[f"{key}.{name}.weight"], weights[f"{key}.{name}.bias"], f"{key}.{name}"
        )

    context = project(_attention(graph, source, weights, key, heads), "attention.output.dense")
    added = graph.add("Add", [context, source], f"{key}.added")
    middle = graph.norm(added, weights, f"{key}.attention.output.LayerNorm", epsilon)
    wide = graph.add("Gelu", [project(middle, "intermediate.dense")], f"{key}.gelu")
    out = graph.add("Add", [project(wide, "output.dense"), middle], f"{key}.sum")
    return graph.norm(out, weights, f"{key}.output.LayerNorm", epsilon)


def _masks(graph: GraphBuilder) -> None:
    """``mask.real`` of shape (text, token, 1) and ``mask.logits`` of shape (text, 1, 1, token)."""
    real = graph.add("Cast", ["attention_mask"], "mask.float", to=TensorProto.FLOAT)
    graph.add("Unsqueeze", [real, graph.constant("mask.last", np.array([2], dtype=np.int64))], "mask.real")
    wide = graph.add(
        "Unsqueeze", [real, graph.constant("mask.middle", np.array([1, 2], dtype=np.int64))], "mask.wide"
    )
    one = graph.constant("mask.one", np.array(1, dtype=np.float32))
    low = graph.constant("mask.low", np.array(-1e9, dtype=np.float32))
    graph.add("Mul", [graph.add("Sub", [one, wide], "mask.padding"), low], "mask.logits")


def _pool(graph: GraphBuilder) -> None:
    """The unit mean of the real tokens' states."""
    axis = graph.constant("pool.axis", np.array([1], dtype=np.int64))
    kept = graph.add("Mul", ["token_embeddings", "mask.real"], "pool.kept")
    total = graph.add("ReduceSum", [kept, axis], "pool.total", keepdims=0)
    length = graph.add("ReduceL2", [total, axis], "pool.length", keepdims=1)
    least = graph.constant("pool.least", np.array(1e-12, dtype=np.float32))
    graph.add("Div", [total, graph.add("Max", [length, least], "pool.safe")], "sentence_embedding")


WORD_LAYER = 2
"""The layer whose states stand for words: it finds translations of single words better than the last,
which has begun to sum up the sentence, and takes a third of the time."""

_ALIGNMENT = 4_096
"""Where a weight may begin in the weights file: at a page, so that it can be mapped into memory."""
_LEAST_EXTERNAL = 4_096
"""Smaller constants stay in the graph, which must know shapes and axes when it is loaded."""


def build_model(
    weights: Mapping[str, Array], heads: int, epsilon: float = 1e-12, rotation: Array | None = None
) -> onnx.ModelProto:
    """The checked ONNX model of a BERT encoder with these weights.

    ``rotation``, shape ``(out, hidden)``, is applied to the last layer's states, and so to their mean.
    """
    graph = GraphBuilder()
    _masks(graph)
    state = _embeddings(graph, weights, epsilon)
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
    for number in range(layers):
        state = add_layer(graph, state, weights, f"encoder.layer.{number}", heads, epsilon)
        if number + 1 == WORD_LAYER:
            graph.add("Identity", [state], "word_embeddings")
    width = weights[WORD_EMBEDDINGS].shape[1]
    if rotation is None:
        graph.add("Identity", [state], "token_embeddings")
    else:
        stored = graph.constant("rotation.half", rotation.T.astype(np.float16))
        graph.add(
            "MatMul",
            [state, graph.add("Cast", [stored], "rotation", to=TensorProto.FLOAT)],
            "token_embeddings",
        )
    _pool(graph)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [
        helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["texts", width]),
        helper.make_tensor_value_info("token_embeddings", TensorProto.FLOAT, ["texts", "tokens", width]),
        helper.make_tensor_value_info("word_embeddings", TensorProto.FLOAT, ["texts", "tokens", width]),
    ]
    body = helper.make_graph(graph.nodes, "encoder", inputs, outputs, graph.constants)
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(model)
    return model


def word_model(model: onnx.ModelProto) -> onnx.ModelProto:
    """The part of the model that ``word_embeddings`` needs: a third of the work.

    A graph of its own, since ONNX Runtime computes all outputs of a graph whichever are asked for.
    """
    needed, nodes = {"word_embeddings"}, []
    for node in reversed(model.graph.node):
        if needed.intersection(node.output):
            nodes.append(node)
            needed.update(node.input)
    body = helper.make_graph(
        nodes[::-1],
        "words",
        [value for value in model.graph.input if value.name in needed],
        [value for value in model.graph.output if value.name == "word_embeddings"],
        [constant for constant in model.graph.initializer if constant.name in needed],
    )
    return helper.make_model(body, opset_imports=model.opset_import, ir_version=model.ir_version)


Place = tuple[str, int, bytes]
"""A file, relative to the folder of the graphs, where in it a constant begins, and its bytes."""


def take_out_weights(
    models: Sequence[onnx.ModelProto], location: str, elsewhere: Mapping[str, Place] | None = None
) -> bytes:
    """Move the weights of the models to one file; each refers to it by place, so shared ones are there once.

    Constants of one name must be equal in all models. Those named in ``elsewhere`` are in another file
    already. Returns what to write to ``location``, which is relative to the folder of the graphs.
    """
    content = bytearray()
    places: dict[str, Place] = dict(elsewhere or {})
    for model in models:
        for constant in model.graph.initializer:
            raw = constant.raw_data
            if len(raw) < _LEAST_EXTERNAL:
                continue
            if constant.name not in places:
                content.extend(bytes(-len(content) % _ALIGNMENT))
                places[constant.name] = location, len(content), raw
                content.extend(raw)
            file, start, stored = places[constant.name]
            if stored != raw:
                raise ValueError(f"the models disagree about {constant.name}")
            constant.ClearField("raw_data")
            constant.data_location = TensorProto.EXTERNAL
            for key, value in (("location", file), ("offset", str(start)), ("length", str(len(raw)))):
                constant.external_data.add(key=key, value=value)
    return bytes(content)

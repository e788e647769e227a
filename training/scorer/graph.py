"""The scorer as one ONNX graph with 8-bit weights: token vectors and what they bring in, logits out.

As in the encoder's graphs only the weights are rounded, so a pair's logit depends on the pair alone.
The nearness of the tokens (``network.nearness``) is worked out outside: the alignment has the cosines.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import TensorProto, helper

from ..graph import OPSET, Array, GraphBuilder, add_layer, round_rows
from .network import FAR, FEATURES

INPUTS = ("vectors", "features", "sides", "mask")
"""``vectors`` (pairs, tokens, hidden): unit vectors of the quotation's tokens, then the source's, 0 pads;
``features`` (pairs, tokens, FEATURES); ``sides`` (pairs, tokens): 0 quotation, 1 source; ``mask`` (pairs, tokens)."""
OUTPUTS = ("changed", "marks")
"""Logits: ``changed`` (pairs,), ``marks`` (pairs, tokens)."""
LEAST_TOP = -20.0


def build_scorer(weights: Mapping[str, Array], heads: int, epsilon: float) -> onnx.ModelProto:
    """The checked ONNX model of a scorer with these weights (the names are those of ``Scorer``)."""
    graph = GraphBuilder()
    width = len(weights["start"])
    _masks(graph)
    state = _input(graph, weights)
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("layers.layer."))
    for number in range(layers):
        state = add_layer(graph, state, weights, f"layers.layer.{number}", heads, epsilon)
    _heads(graph, weights, state)
    inputs = [
        helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["pairs", "tokens", width]),
        helper.make_tensor_value_info("features", TensorProto.FLOAT, ["pairs", "tokens", FEATURES]),
        helper.make_tensor_value_info("sides", TensorProto.INT64, ["pairs", "tokens"]),
        helper.make_tensor_value_info("mask", TensorProto.INT64, ["pairs", "tokens"]),
    ]
    outputs = [
        helper.make_tensor_value_info("changed", TensorProto.FLOAT, ["pairs"]),
        helper.make_tensor_value_info("marks", TensorProto.FLOAT, ["pairs", "tokens"]),
    ]
    body = helper.make_graph(graph.nodes, "scorer", inputs, outputs, graph.constants)
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(model)
    return model


def _masks(graph: GraphBuilder) -> None:
    """``real`` (pairs, tokens) as floats, and ``mask.logits`` with one more place for the start token."""
    graph.add("Cast", ["mask"], "real", to=TensorProto.FLOAT)
    pads = graph.constant("mask.pads", np.array([0, 1, 0, 0], dtype=np.int64))
    one = graph.constant("mask.one", np.array(1, dtype=np.float32))
    graph.add("Pad", ["real", pads, one], "mask.all")
    axes = graph.constant("mask.axes", np.array([1, 2], dtype=np.int64))
    wide = graph.add("Unsqueeze", ["mask.all", axes], "mask.wide")
    far = graph.constant("far", np.array(FAR, dtype=np.float32))
    graph.add("Mul", [graph.add("Sub", [one, wide], "mask.padding"), far], "mask.logits")


def _input(graph: GraphBuilder, weights: Mapping[str, Array]) -> str:
    """The start token and all tokens as the joint layers read them."""
    table = graph.constant("sides.table", weights["sides"])
    of_side = graph.add("Gather", [table, "sides"], "sides.rows", axis=0)
    length = graph.constant("length", weights["length"])
    grown = graph.add("Mul", ["vectors", length], "vectors.grown")
    brought = graph.linear("features", weights["features.weight"], weights["features.bias"], "features")
    tokens = graph.add("Add", [graph.add("Add", [grown, brought], "tokens.brought"), of_side], "tokens.in")
    start = (weights["start"] + weights["sides"].sum(axis=0))[None, None]
    shape = graph.add("Shape", ["mask"], "pairs.shape", start=0, end=1)
    ones = graph.constant("start.ones", np.array([1, 1], dtype=np.int64))
    target = graph.add("Concat", [shape, ones], "start.shape", axis=0)
    first = graph.add("Expand", [graph.constant("start", start), target], "start.rows")
    return graph.add("Concat", [first, tokens], "joined", axis=1)


def _heads(graph: GraphBuilder, weights: Mapping[str, Array], state: str) -> None:
    """Marks, and the logit of the pair from the start token, the mean and the highest mark of either side."""
    first = graph.constant("first", np.array(0, dtype=np.int64))
    summary = graph.add("Gather", [state, first], "summary", axis=1)
    begin, end, axis = (
        graph.constant(f"words.{name}", np.array([value], dtype=np.int64))
        for name, value in (("begin", 1), ("end", np.iinfo(np.int64).max), ("axis", 1))
    )
    words = graph.add("Slice", [state, begin, end, axis], "words")
    wide = graph.linear("words", weights["mark.weight"], weights["mark.bias"], "mark")
    last = graph.constant("last", np.array([2], dtype=np.int64))
    graph.add("Squeeze", [wide, last], "marks")
    kept = graph.add("Mul", [words, graph.add("Unsqueeze", ["real", last], "real.wide")], "words.kept")
    total = graph.add("ReduceSum", [kept, axis], "words.total", keepdims=0)
    count = graph.add("ReduceSum", ["real", axis], "words.count", keepdims=1)
    one = graph.constant("least.count", np.array(1, dtype=np.float32))
    mean = graph.add("Div", [total, graph.add("Max", [count, one], "words.some")], "words.mean")
    both = graph.add("Concat", [summary, mean], "summary.both", axis=1)
    dense = graph.linear(both, weights["dense.weight"], weights["dense.bias"], "dense")
    parts = [graph.add("Tanh", [dense], "dense.tanh"), _top(graph, 0), _top(graph, 1)]
    every = graph.add("Concat", parts, "evidence", axis=1)
    out = graph.linear(every, weights["out.weight"], weights["out.bias"], "out")
    graph.add("Squeeze", [out, axis], "changed")


def _top(graph: GraphBuilder, side: int) -> str:
    """The highest mark of one side, shape (pairs, 1)."""
    number = graph.constant(f"top.{side}.side", np.array(side, dtype=np.int64))
    here = graph.add("Equal", ["sides", number], f"top.{side}.here")
    real = graph.add("Cast", ["mask"], f"top.{side}.real", to=TensorProto.BOOL)
    chosen = graph.add("And", [here, real], f"top.{side}.chosen")
    low = graph.constant(f"top.{side}.low", np.array(LEAST_TOP, dtype=np.float32))
    marks = graph.add("Where", [chosen, "marks", low], f"top.{side}.marks")
    axis = graph.constant(f"top.{side}.axis", np.array([1], dtype=np.int64))
    highest = graph.add("ReduceMax", [marks, axis], f"top.{side}.highest", keepdims=1)
    return graph.add("Max", [highest, low], f"top.{side}")


__all__ = ["INPUTS", "LEAST_TOP", "OUTPUTS", "build_scorer", "round_rows"]

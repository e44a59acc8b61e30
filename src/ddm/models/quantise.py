"""A float32 ONNX graph and the ranges of its values -> the same graph with convolutions in eight bits.

Values that enter a convolution are rounded to 256 levels of one range for the whole tensor, weights to 255 levels of
one range for each output channel; sums and biases stay as they are (Jacob et al., "Quantization and Training of Neural
Networks for Efficient Integer-Arithmetic-Only Inference", CVPR 2018). The ranges lie beside this file: `training/`
makes them. On one core of one processor ISNet at 1024 pixels takes 840 CPU ms instead of 1560 in bfloat16, U2Net at 320
takes 310 instead of 570, and both files are a quarter as large.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

LEVELS, REACH = 255, 127
"""Steps of a value's range, and of a weight's to either side of nought."""
LEAST = 1e-12
"""Of a channel's step: a channel of nothing but noughts has none."""

Ranges = Mapping[str, tuple[float, float]]
"""Lowest and highest value of each tensor that enters a convolution, by its name."""


def ranges(network: str) -> Ranges:
    """As measured on product photographs; KeyError for a network that was not."""
    found: Mapping[str, Ranges] = json.loads(files("ddm.models").joinpath("ranges.json").read_text("utf-8"))
    return found[network]


def quantised(data: bytes, known: Ranges) -> bytes:
    """The graph with all those convolutions in eight bits whose input has a known range."""
    model = onnx.load_model_from_string(data)
    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    nodes: list[onnx.NodeProto] = []
    rounded: set[str] = set()
    for node in graph.node:
        if node.op_type == "Conv" and node.input[0] in known and node.input[1] in weights:
            source, kernel = node.input[:2]
            if source not in rounded:
                rounded.add(source)
                nodes += _values(graph, source, *known[source])
            nodes += _weights(graph, kernel, numpy_helper.to_array(weights[kernel]))
            node.input[0], node.input[1] = f"{source}/rounded", f"{kernel}/rounded"
        nodes.append(node)
    kept = _still_needed(graph.initializer, nodes)
    for field, values in (("node", nodes), ("initializer", kept)):
        copies = [type(value).FromString(value.SerializeToString()) for value in values]
        graph.ClearField(field)
        getattr(graph, field).extend(copies)
    graph.ClearField("value_info")
    return bytes(model.SerializeToString(deterministic=True))


def _still_needed(tensors: Any, nodes: list[onnx.NodeProto]) -> list[onnx.TensorProto]:
    asked = {name for node in nodes for name in node.input}
    return [tensor for tensor in tensors if tensor.name in asked]


def _values(graph: onnx.GraphProto, name: str, low: float, high: float) -> Iterator[onnx.NodeProto]:
    """Nodes that round a tensor to the levels of its range, which holds nought exactly."""
    low, high = min(low, 0.0), max(high, 0.0)
    step = max((high - low) / LEVELS, LEAST)
    _keep(graph, f"{name}/step", np.array(step, np.float32))
    _keep(graph, f"{name}/nought", np.array(round(-low / step), np.uint8))
    scale = [f"{name}/step", f"{name}/nought"]
    yield helper.make_node("QuantizeLinear", [name, *scale], [f"{name}/bytes"])
    yield helper.make_node("DequantizeLinear", [f"{name}/bytes", *scale], [f"{name}/rounded"])


def _weights(graph: onnx.GraphProto, name: str, values: NDArray[np.float32]) -> Iterator[onnx.NodeProto]:
    """Nodes that widen weights (out, in, h, w) kept in bytes. Not DequantizeLinear, which knows channels from operator
    set 13 on only, and graphs are older."""
    highest = np.abs(values).max((1, 2, 3), keepdims=True)
    steps = np.maximum(highest / REACH, LEAST).astype(np.float32)
    _keep(graph, f"{name}/bytes", np.clip(np.round(values / steps), -REACH, REACH).astype(np.int8))
    _keep(graph, f"{name}/steps", steps)
    yield helper.make_node("Cast", [f"{name}/bytes"], [f"{name}/wide"], to=TensorProto.FLOAT)
    yield helper.make_node("Mul", [f"{name}/wide", f"{name}/steps"], [f"{name}/rounded"])


def _keep(graph: onnx.GraphProto, name: str, values: NDArray[Any]) -> None:
    graph.initializer.append(numpy_helper.from_array(values, name))

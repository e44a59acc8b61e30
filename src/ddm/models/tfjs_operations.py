"""Nodes of a TensorFlow graph into nodes of an ONNX graph.

Tensors stay in their order (usually NHWC); what ONNX knows in NCHW only is wrapped in transpositions, left out where
two of them meet; so bias and activation stand within them (nsfw takes 10 CPU ms instead of 31, nanodet 23 instead of
30). Only operations of the models of `table` are known: any other is an InputError.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from ddm.errors import InputError

Node = Mapping[str, Any]


@dataclass(slots=True)
class Graph:
    """What was made so far. known: constants by name, of which only those are kept that a node asks for.

    first: by name of a tensor in NHWC, the one in NCHW that it was made of.
    """

    known: dict[str, NDArray[Any]]
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: dict[str, onnx.TensorProto] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def add(self, kind: str, *inputs: str, output: str = "", outputs: int = 1, **attributes: Any) -> str:
        self.count += 1
        output = output or f"made/{self.count}"
        names = [output, *(f"{output}:{i}" for i in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, [self.value(name) for name in inputs], names, **attributes))
        return output

    def value(self, name: str) -> str:
        if name in self.known and name not in self.weights:
            self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(self.known[name]), name)
        return name

    def constant(self, values: NDArray[Any]) -> str:
        self.count += 1
        self.known[f"constant/{self.count}"] = values
        return f"constant/{self.count}"

    def channels_first(self, value: str) -> str:
        return self.first.get(value) or self.add("Transpose", value, perm=[0, 3, 1, 2])

    def channels_last(self, value: str, output: str) -> str:
        self.first[output] = value
        return self.add("Transpose", value, output=output, perm=[0, 2, 3, 1])


def _text(value: Any) -> str:
    return base64.b64decode(value).decode() if isinstance(value, str) else bytes(value).decode()


def _window(node: Node, name: str) -> list[int]:
    """The two spatial numbers of an attribute such as strides; 1, 1 where it is absent."""
    given = node["attr"].get(name, {}).get("list", {}).get("i", [1, 1, 1, 1])
    return [int(given[1]), int(given[2])]


def _padding(node: Node) -> str:
    return {"SAME": "SAME_UPPER", "VALID": "VALID"}[_text(node["attr"]["padding"]["s"])]


def _convolution(graph: Graph, node: Node, deep: bool = False) -> None:
    """Kernels are (h, w, in, out), of depthwise ones (h, w, in, multiplier)."""
    source, kernel = node["input"][:2]
    values = graph.known[kernel]
    height, width, inside, last = values.shape
    shaped = values.reshape(height, width, 1, inside * last) if deep else values
    weights = graph.constant(shaped.transpose(3, 2, 0, 1))
    words = _fusions(node)
    bias = node["input"][2:3] if words[:1] == ["BiasAdd"] else []
    value = graph.add(
        "Conv",
        graph.channels_first(source),
        weights,
        *bias,
        auto_pad=_padding(node),
        strides=_window(node, "strides"),
        dilations=_window(node, "dilations"),
        group=inside if deep else 1,
    )
    for word in words[len(bias) :]:
        value = _activated(graph, word, value)
    graph.channels_last(value, node["name"])


def _fusions(node: Node) -> list[str]:
    """Bias and activation that a node carries with it, in the order in which they are carried out."""
    return [_text(word) for word in node["attr"].get("fused_ops", {}).get("list", {}).get("s", [])]


def _activated(graph: Graph, word: str, value: str) -> str:
    if word == "Relu6":
        bounds = (graph.constant(np.array(limit, np.float32)) for limit in (0, 6))
        return graph.add("Clip", value, *bounds)
    if word != "Relu":
        raise InputError(f"a graph with the activation {word}, which is not known")
    return graph.add("Relu", value)


def _pool(graph: Graph, node: Node, kind: str) -> None:
    size, steps = _window(node, "ksize"), _window(node, "strides")
    source = graph.channels_first(node["input"][0])
    graph.channels_last(
        graph.add(kind, source, kernel_shape=size, strides=steps, auto_pad=_padding(node)), node["name"]
    )


def _pad(graph: Graph, node: Node) -> None:
    pads = graph.constant(graph.known[node["input"][1]].T.ravel().astype(np.int64))
    graph.add("Pad", node["input"][0], pads, *node["input"][2:3], output=node["name"])


def _resize(graph: Graph, node: Node) -> None:
    empty = graph.constant(np.zeros(0, np.float32))
    scales, source = empty, graph.channels_first(node["input"][0])
    shape = graph.add("Shape", source)
    kept = graph.add("Slice", shape, *(graph.constant(np.array([at])) for at in (0, 2)))
    sizes = graph.add("Concat", kept, graph.constant(graph.known[node["input"][1]].astype(np.int64)), axis=0)
    centred = node["attr"].get("half_pixel_centers", {}).get("b", False)
    way = "half_pixel" if centred else "asymmetric"
    made = graph.add("Resize", source, "", scales, sizes, mode="linear", coordinate_transformation_mode=way)
    graph.channels_last(made, node["name"])


def _reshape(graph: Graph, node: Node) -> None:
    shape = graph.constant(graph.known[node["input"][1]].astype(np.int64))
    graph.add("Reshape", node["input"][0], shape, output=node["name"])


def _split(graph: Graph, node: Node) -> None:
    source, sizes, axis = node["input"]
    lengths = graph.known[sizes].astype(np.int64)
    parts = graph.constant(lengths)
    graph.add("Split", source, parts, output=node["name"], outputs=len(lengths), axis=int(graph.known[axis]))


def _concat(graph: Graph, node: Node) -> None:
    *parts, axis = node["input"]
    graph.add("Concat", *parts, output=node["name"], axis=int(graph.known[axis]))


def _transpose(graph: Graph, node: Node) -> None:
    source, order = node["input"]
    graph.add("Transpose", source, output=node["name"], perm=graph.known[order].tolist())


def _squeeze(graph: Graph, node: Node) -> None:
    axes = [int(axis) for axis in node["attr"]["squeeze_dims"]["list"]["i"]]
    graph.add("Squeeze", node["input"][0], graph.constant(np.array(axes)), output=node["name"])


def _product(graph: Graph, node: Node) -> None:
    value = graph.add("MatMul", *node["input"][:2])
    for word in _fusions(node):
        value = graph.add("Add", value, node["input"][2]) if word == "BiasAdd" else _activated(graph, word, value)
    graph.add("Identity", value, output=node["name"])


def _plain(kind: str) -> Callable[[Graph, Node], object]:
    return lambda graph, node: graph.add(kind, *node["input"], output=node["name"])


def _sum(graph: Graph, node: Node) -> None:
    """A bias is added before the channels go last."""
    one, other = node["input"]
    if one in graph.first and other in graph.known and graph.known[other].ndim == 1:
        bias = graph.constant(graph.known[other][:, None, None])
        graph.channels_last(graph.add("Add", graph.first[one], bias), node["name"])
    else:
        graph.add("Add", one, other, output=node["name"])


def _leaky(graph: Graph, node: Node) -> None:
    graph.add("LeakyRelu", node["input"][0], output=node["name"], alpha=float(node["attr"]["alpha"]["f"]))


OPERATIONS: dict[str, Callable[[Graph, Node], object]] = {
    "Conv2D": _convolution,
    "_FusedConv2D": _convolution,
    "DepthwiseConv2dNative": lambda g, n: _convolution(g, n, deep=True),
    "FusedDepthwiseConv2dNative": lambda g, n: _convolution(g, n, deep=True),
    "Pad": _pad,
    "PadV2": _pad,
    "Add": _sum,
    "AddV2": _sum,
    **{name: _plain(name) for name in ("Identity", "Mul", "Sigmoid", "Softmax", "Sub")},
    "AvgPool": lambda g, n: _pool(g, n, "AveragePool"),
    "MaxPool": lambda g, n: _pool(g, n, "MaxPool"),
    "ConcatV2": _concat,
    "LeakyRelu": _leaky,
    "Reshape": _reshape,
    "ResizeBilinear": _resize,
    "SplitV": _split,
    "Squeeze": _squeeze,
    "Transpose": _transpose,
    "_FusedMatMul": _product,
}  # fmt: skip
"""TensorFlow's operation -> what adds the same to the graph."""

FOLDED: dict[str, Callable[[Sequence[NDArray[Any]]], NDArray[Any]]] = {
    "AddV2": lambda given: given[0] + given[1],
    "SparseToDense": lambda given: _dense(*given),
}
"""Operations on constants, which are carried out once."""


def _dense(where: NDArray[Any], shape: NDArray[Any], values: NDArray[Any], rest: NDArray[Any]) -> NDArray[Any]:
    made = np.full(shape, rest)
    made[tuple(where.T)] = values
    return made

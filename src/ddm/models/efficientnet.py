"""EfficientNet-Lite0 as an ONNX graph, built from a state dict with batch normalisation folded into the convolutions.

Architecture: Tan and Le, "EfficientNet" (2019), section 4, in the Lite variant: no squeeze-and-excitation, ReLU6, stem
and head that do not scale. TensorFlow's SAME padding, which at stride 2 pads more on the bottom and right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from ddm.models.checkpoint import read

STAGES = (  # expansion, kernel, stride, channels, repeats
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
)
SIDE, EMBEDDING, CLASSES = 224, 1280, 1000
EPSILON = 1e-3  # of the batch normalisation, as trained
OPSET = 17

Tensors = dict[str, NDArray[Any]]


def folded(tensors: Tensors, convolution: str, norm: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weight and bias of one convolution that does what convolution and batch normalisation did."""
    gain = tensors[f"{norm}.weight"] / np.sqrt(tensors[f"{norm}.running_var"] + EPSILON)
    weight = tensors[f"{convolution}.weight"] * gain[:, None, None, None]
    bias = tensors[f"{norm}.bias"] - tensors[f"{norm}.running_mean"] * gain
    return weight.astype(np.float32), bias.astype(np.float32)


@dataclass(slots=True)
class _Graph:
    """Nodes and weights so far; every method returns the name of the value it made."""

    tensors: Tensors
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, values: NDArray[Any] | np.float32) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def node(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        output = output or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def relu6(self, value: str) -> str:
        return self.node("Clip", value, self.constant(np.float32(0)), self.constant(np.float32(6)))

    def convolution(self, value: str, name: str, norm: str, stride: int = 1) -> str:
        weight, bias = folded(self.tensors, name, norm)
        groups = weight.shape[0] if weight.shape[1] == 1 else 1
        parts = (value, self.constant(weight), self.constant(bias))
        return self.node("Conv", *parts, strides=[stride, stride], group=groups, auto_pad="SAME_UPPER")

    def block(self, value: str, name: str, expansion: int, stride: int, shortcut: bool) -> str:
        inner = value
        if expansion != 1:
            inner = self.relu6(self.convolution(inner, f"{name}._expand_conv", f"{name}._bn0"))
        inner = self.relu6(self.convolution(inner, f"{name}._depthwise_conv", f"{name}._bn1", stride))
        inner = self.convolution(inner, f"{name}._project_conv", f"{name}._bn2")
        return self.node("Add", inner, value) if shortcut else inner


def _blocks() -> Iterator[tuple[int, int, bool]]:
    """Expansion, stride and whether a shortcut is added, block by block."""
    for expansion, _kernel, stride, _channels, repeats in STAGES:
        yield expansion, stride, False
        yield from [(expansion, 1, True)] * (repeats - 1)


def _trunk(graph: _Graph, blocks: int) -> Iterator[str]:
    """The value after each of the first blocks."""
    value = graph.relu6(graph.convolution("image", "_conv_stem", "_bn0", 2))
    for index, (expansion, stride, shortcut) in list(enumerate(_blocks()))[:blocks]:
        value = graph.block(value, f"_blocks.{index}", expansion, stride, shortcut)
        yield value


def _network(graph: _Graph) -> None:
    *_, value = _trunk(graph, len(list(_blocks())))
    value = graph.relu6(graph.convolution(value, "_conv_head", "_bn1"))
    pooled = graph.node("GlobalAveragePool", value)
    embedding = graph.node("Flatten", pooled, output="embedding")
    weight, bias = (graph.constant(graph.tensors[f"_fc.{part}"]) for part in ("weight", "bias"))
    graph.node("Gemm", embedding, weight, bias, transB=1, output="logits")
    graph.node("Softmax", "logits", axis=1, output="probabilities")


MAPS = {"fine": (4, 40, 8), "middle": (10, 112, 16)}
"""Maps of the trunk: the block they come from (the last of its stage), channels, pixels per cell."""


def build_trunk(checkpoint: Path) -> onnx.ModelProto:
    """image float32 (n,3,h,w), sides multiples of 16 -> fine (n,40,h/8,w/8), middle (n,112,h/16,w/16), float32.

    The network's first stages alone, for any size: what they see is texture and strokes, not things.
    """
    graph = _Graph(read(checkpoint))
    values = list(_trunk(graph, 1 + max(block for block, _, _ in MAPS.values())))
    for name, (block, _, _) in MAPS.items():
        graph.node("Identity", values[block], output=name)
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, "h", "w"])
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", channels, f"h/{step}", f"w/{step}"])
        for name, (_, channels, step) in MAPS.items()
    ]
    return _model(graph, "efficientnet-lite0-trunk", image, outputs)


def build(checkpoint: Path) -> onnx.ModelProto:
    """image float32 (n,3,224,224) -> probabilities (n,1000), embedding (n,1280), logits (n,1000), all float32."""
    graph = _Graph(read(checkpoint))
    _network(graph)
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, SIDE, SIDE])
    sizes = {"probabilities": CLASSES, "embedding": EMBEDDING, "logits": CLASSES}
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", size]) for name, size in sizes.items()]
    return _model(graph, "efficientnet-lite0", image, outputs)


def _model(graph: _Graph, name: str, image: onnx.ValueInfoProto, outputs: list[onnx.ValueInfoProto]) -> onnx.ModelProto:
    made = helper.make_graph(graph.nodes, name, [image], outputs, graph.weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    return model

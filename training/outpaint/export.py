"""A checkpoint -> the ONNX file that is shipped, its weights in half precision and calculated in single.

python -m training.outpaint.export CHECKPOINT.pt src/ddm/derive/extension/outpaint.onnx
"""

from __future__ import annotations

import argparse
import warnings
from io import BytesIO
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.outpaint.networks import Generator

OPSET = 17
LARGE = 64
"""Numbers from which a weight is kept in half precision."""


def graph(generator: Generator) -> onnx.ModelProto:
    """For canvases of any size whose sides are multiples of 16: `canvas` (n, 6, h, w) -> `picture` (n, 3, h, w)."""
    kept = BytesIO()
    axes = {name: {0: "n", 2: "h", 3: "w"} for name in ("canvas", "picture")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter without a tracer's package announces its end
        torch.onnx.export(
            generator.eval(),
            (torch.zeros(1, 6, 96, 128),),
            kept,
            input_names=["canvas"],
            output_names=["picture"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    return onnx.load_from_string(kept.getvalue())


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same with large weights in half precision, each cast when the file is loaded."""
    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type == TensorProto.FLOAT and np.prod(tensor.dims) >= LARGE:
            name, half = tensor.name, numpy_helper.to_array(tensor).astype(np.float16)
            tensor.CopyFrom(numpy_helper.from_array(half, f"{name}.half"))
            casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("into", type=Path)
    asked = parser.parse_args()
    kept = torch.load(asked.checkpoint, map_location="cpu")
    generator = Generator(kept["width"])
    generator.load_state_dict(kept["mean"])
    asked.into.write_bytes(halved(graph(generator)).SerializeToString())
    print(f"{kept['step']} steps, {kept['spent'] / 60:.0f} minutes: {asked.into.stat().st_size} bytes")


if __name__ == "__main__":
    main()

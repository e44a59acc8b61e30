"""Graph models of TensorFlow.js: what they compute, ours computes; what they are not, is refused."""

import base64
from typing import Any

import numpy as np
import onnxruntime
import pytest

from ddm.errors import InputError
from ddm.models.tfjs import build, of_javascript, weights_of


def text(word: str) -> dict[str, str]:
    return {"s": base64.b64encode(word.encode()).decode()}


def window(*numbers: int) -> dict[str, Any]:
    return {"list": {"i": [str(number) for number in (1, *numbers, 1)]}}


def shape(*sizes: int) -> dict[str, Any]:
    return {"dim": [{"size": str(size)} for size in sizes]}


def node(name: str, op: str, *inputs: str, **attributes: Any) -> dict[str, Any]:
    return {"name": name, "op": op, "input": list(inputs), "attr": attributes}


def run(nodes: list[dict[str, Any]], values: dict[str, np.ndarray], image: np.ndarray, out: tuple[int, ...]) -> Any:
    """The answer of a graph from `image` to `end`."""
    start = node("image", "Placeholder", shape={"shape": shape(*image.shape)})
    listed = [{"name": k, "shape": list(v.shape), "dtype": str(v.dtype)} for k, v in values.items()]
    model = {
        "modelTopology": {"node": [*nodes, start, *(node(name, "Const") for name in values)]},
        "weightsManifest": [{"weights": listed}],
        "signature": {"outputs": {"end:0": {"tensorShape": shape(*out)}}},
    }
    made = build(model, b"".join(value.tobytes() for value in values.values()), ["end"])
    return onnxruntime.InferenceSession(made).run(None, {"image": image})[0]


def test_depthwise_convolution_with_bias_and_activation() -> None:
    rng = np.random.default_rng(1)
    image, kernel = rng.normal(0, 1, (1, 4, 4, 2)).astype("f4"), rng.normal(0, 1, (1, 1, 2, 1)).astype("f4")
    bias = np.array([0.5, -0.5], "f4")
    fused = {"list": {"s": [text("BiasAdd")["s"], text("Relu6")["s"]]}}
    attributes = {"padding": text("SAME"), "strides": window(1, 1), "fused_ops": fused}
    nodes = [node("end", "FusedDepthwiseConv2dNative", "image", "kernel", "bias", **attributes)]
    found = run(nodes, {"kernel": kernel, "bias": bias}, image, (1, 4, 4, 2))
    assert found == pytest.approx(np.clip(image * kernel[0, 0, :, 0] + bias, 0, 6), abs=1e-6)


def test_nodes_may_come_in_any_order() -> None:
    image = np.ones((1, 2, 2, 1), "f4")
    nodes = [node("end", "Sigmoid", "sum"), node("sum", "AddV2", "image", "more")]
    found = run(nodes, {"more": np.array(1, "f4")}, image, (1, 2, 2, 1))
    assert found == pytest.approx(1 / (1 + np.exp(-2)), abs=1e-6)


def test_split_concatenate_and_pad() -> None:
    image = np.arange(8, dtype="f4").reshape(1, 2, 2, 2)
    values = {
        "sizes": np.array([1, 1], "i4"),
        "axis": np.array(3, "i4"),
        "pads": np.array([[0, 0], [1, 0], [0, 0], [0, 0]], "i4"),
    }
    nodes = [
        node("parts", "SplitV", "image", "sizes", "axis"),
        node("turned", "ConcatV2", "parts:1", "parts", "axis"),
        node("end", "Pad", "turned", "pads"),
    ]
    found = run(nodes, values, image, (1, 3, 2, 2))
    assert np.array_equal(found, np.pad(image[..., ::-1], ((0, 0), (1, 0), (0, 0), (0, 0))))


def test_weights_in_bytes_have_a_scale_and_a_minimum() -> None:
    listed = [
        {"name": "a", "shape": [2], "dtype": "float32", "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1}},
        {"name": "b", "shape": [1], "dtype": "float32", "quantization": {"dtype": "float16"}},
    ]
    found = weights_of(listed, bytes([0, 4]) + np.float16(1.5).tobytes())
    assert found["a"].tolist() == [-1, 1]
    assert found["b"].tolist() == [1.5]


def test_cut_weights_and_unknown_operations_are_refused() -> None:
    with pytest.raises(InputError, match="weights end"):
        weights_of([{"name": "a", "shape": [9], "dtype": "float32"}], b"1234")
    with pytest.raises(InputError, match="Dream"):
        run([node("end", "Dream", "image")], {}, np.ones((1, 1), "f4"), (1, 1))


def test_javascript_modules_export_values() -> None:
    module = 'var a={exports:{}};(function(){e.exports={name:"a:b,c:!0",min:-.5,deep:[{yes:!0,none:.25}]}},{}]'
    assert of_javascript(module) == {"name": "a:b,c:!0", "min": -0.5, "deep": [{"yes": True, "none": 0.25}]}
    assert of_javascript('module.exports=t();u.exports="QUJD"},{}') == "QUJD"
    for broken in ("nothing", "e.exports={a:b"):
        with pytest.raises(InputError):
            of_javascript(broken)

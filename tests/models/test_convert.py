"""Conversions keep what a network computes."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from ddm.models.convert import to_single


def half_precision_graph() -> bytes:
    """x -> cast -> x * w + x, written in the wrong order and with a second output, as converters leave it."""
    weight = numpy_helper.from_array(np.array([[2.0, 0.5]], np.float16), "w")
    unused = numpy_helper.from_array(np.zeros(3, np.float16), "unused")
    nodes = [
        helper.make_node("Cast", ["sum"], ["y"], to=TensorProto.FLOAT),
        helper.make_node("Add", ["product", "half"], ["sum"]),
        helper.make_node("Mul", ["half", "w"], ["product"]),
        helper.make_node("Cast", ["x"], ["half"], to=TensorProto.FLOAT16),
        helper.make_node("Mul", ["unused", "unused"], ["side"]),
    ]
    values = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2])]
    outputs = [
        helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 2]),
        helper.make_tensor_value_info("side", TensorProto.FLOAT16, [3]),
    ]
    half = helper.make_tensor_value_info("half", TensorProto.FLOAT16, [1, 2])
    graph = helper.make_graph(nodes, "g", values, outputs, [weight, unused], value_info=[half])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())


def test_half_becomes_single_with_one_output() -> None:
    made = onnx.load_model_from_string(to_single(half_precision_graph(), "y"))
    assert [value.name for value in made.graph.output] == ["y"]
    assert [tensor.name for tensor in made.graph.initializer] == ["w"]
    assert {tensor.data_type for tensor in made.graph.initializer} == {TensorProto.FLOAT}
    assert all(a.i == TensorProto.FLOAT for node in made.graph.node for a in node.attribute if a.name == "to")


def test_it_computes_the_same() -> None:
    session = onnxruntime.InferenceSession(to_single(half_precision_graph(), "y"), providers=["CPUExecutionProvider"])
    (result,) = session.run(None, {"x": np.array([[1.0, 3.0]], np.float32)})
    np.testing.assert_allclose(result, [[3.0, 4.5]])


def test_conversion_is_reproducible() -> None:
    assert to_single(half_precision_graph(), "y") == to_single(half_precision_graph(), "y")


def test_what_doubles_takes_any_size() -> None:
    """A Resize to a size that its maker fixed becomes one that doubles."""
    size = numpy_helper.from_array(np.array([1, 1, 8, 8], np.int64), "size")
    nodes = [
        helper.make_node("Cast", ["x"], ["half"], to=TensorProto.FLOAT16),
        helper.make_node("Resize", ["half", "", "", "size"], ["big"], mode="nearest"),
        helper.make_node("Cast", ["big"], ["y"], to=TensorProto.FLOAT),
    ]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 1, n, n]) for name, n in (("x", 4), ("y", 8))]
    graph = helper.make_graph(nodes, "g", ends[:1], ends[1:], [size])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    made = to_single(bytes(model.SerializeToString()), "y", doubling=True)
    session = onnxruntime.InferenceSession(made, providers=["CPUExecutionProvider"])
    (result,) = session.run(None, {"x": np.arange(6, dtype=np.float32).reshape(1, 1, 2, 3)})
    assert result.shape == (1, 1, 4, 6)
    assert result[0, 0, 3].tolist() == [3, 3, 4, 4, 5, 5]

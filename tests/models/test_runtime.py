"""A file of weights is run as it was written, from several threads, and nobody is told of it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from ddm.models.runtime import Network


@pytest.fixture
def doubler(tmp_path: Path) -> Path:
    """x (1, 3, 4, 4) -> 'twice' and 'sum', with pictures of one size."""
    nodes = [helper.make_node("Add", ["x", "x"], ["twice"]), helper.make_node("ReduceSum", ["x"], ["sum"], keepdims=0)]
    made = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 4, 4])
    given = [
        helper.make_tensor_value_info("twice", TensorProto.FLOAT, [1, 3, 4, 4]),
        helper.make_tensor_value_info("sum", TensorProto.FLOAT, []),
    ]
    graph = helper.make_graph(nodes, "g", [made], given)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), tmp_path / "a.onnx")
    return tmp_path / "a.onnx"


def test_outputs_by_name_and_in_the_files_order(doubler: Path) -> None:
    network = Network(doubler, "f32")
    values = np.arange(48, dtype=np.float32).reshape(1, 3, 4, 4)
    assert (network.input, network.outputs) == ("x", ("twice", "sum"))
    twice, total = network.run(None, {"x": values})
    np.testing.assert_array_equal(twice, 2 * values)
    assert float(total) == values.sum()
    np.testing.assert_array_equal(network.run(["sum"], {"x": values})[0], total)


def test_pictures_of_any_size(doubler: Path) -> None:
    network = Network(doubler, "f32", by_size=True)
    for size in [(1, 3, 6, side) for side in (5, 4, 5, 6, 7, 5, 4)]:
        (twice, _) = network.run(None, {"x": np.ones(size, np.float32)})
        assert twice.shape == size


def test_answers_are_the_callers_own(doubler: Path) -> None:
    network = Network(doubler, "f32")

    def asked(value: int) -> float:
        return float(network.run(["twice"], {"x": np.full((1, 3, 4, 4), value, np.float32)})[0].max())

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(asked, range(64))) == [2.0 * value for value in range(64)]


def test_nobody_is_told(doubler: Path) -> None:
    """The runtime's import would send a message, were the package for it there."""
    Network(doubler)
    assert sys.modules["openvino_telemetry"] is None

"""A graph in eight bits answers nearly as the one it was made of, and holds its weights in bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from ddm.models.quantise import quantised, ranges
from ddm.models.runtime import Network


def graph(seed: int = 0) -> bytes:
    """x (1, 3, 8, 8) -> two convolutions with a ReLU between."""
    rng = np.random.default_rng(seed)
    weights = {"a": rng.normal(size=(4, 3, 3, 3)), "b": rng.normal(size=(2, 4, 1, 1)), "c": rng.normal(size=4)}
    nodes = [
        helper.make_node("Conv", ["x", "a", "c"], ["first"], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["first"], ["lit"]),
        helper.make_node("Conv", ["lit", "b"], ["y"]),
    ]
    given, found = (
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, channels, 8, 8])]
        for name, channels in (("x", 3), ("y", 2))
    )
    tensors = [numpy_helper.from_array(values.astype(np.float32), name) for name, values in weights.items()]
    made = helper.make_graph(nodes, "g", given, found, tensors)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 11)], ir_version=8)
    return bytes(model.SerializeToString())


def answer(data: bytes, folder: Path, given: np.ndarray) -> np.ndarray:
    file = folder / "g.onnx"
    file.write_bytes(data)
    found: np.ndarray = Network(file, "f32").run(None, {"x": given})[0]
    return found


def test_answers_are_nearly_the_same(tmp_path: Path) -> None:
    given = np.random.default_rng(1).uniform(-1, 1, (1, 3, 8, 8)).astype(np.float32)
    whole = answer(graph(), tmp_path, given)
    found = answer(quantised(graph(), {"x": (-1.0, 1.0), "lit": (0.0, 12.0)}), tmp_path, given)
    assert 0 < float(np.abs(found - whole).max()) < 0.03 * float(np.ptp(whole))


def test_weights_are_bytes_and_nothing_is_left_over() -> None:
    model = onnx.load_model_from_string(quantised(graph(), {"x": (-1.0, 1.0), "lit": (0.0, 12.0)}))
    onnx.checker.check_model(model)
    kinds = {tensor.name: tensor.data_type for tensor in model.graph.initializer}
    assert kinds["a/bytes"] == kinds["b/bytes"] == TensorProto.INT8
    assert not {"a", "b"} & set(kinds)
    assert "c" in kinds


def test_what_has_no_known_range_stays() -> None:
    model = onnx.load_model_from_string(quantised(graph(), {"lit": (0.0, 12.0)}))
    assert [node.op_type for node in model.graph.node].count("QuantizeLinear") == 1
    assert "a" in {tensor.name for tensor in model.graph.initializer}


def test_the_same_graph_gives_the_same_bytes() -> None:
    known = {"x": (-1.0, 1.0), "lit": (0.0, 12.0)}
    assert quantised(graph(), known) == quantised(graph(), known)


@pytest.mark.parametrize("network", ["isnet", "u2net"])
def test_ranges_hold_nought_and_are_wide(network: str) -> None:
    known = ranges(network)
    assert len(known) > 100
    assert all(low <= 0 < high for low, high in known.values())

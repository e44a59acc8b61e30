"""Checkpoints are read without PyTorch; a pickle that asks for anything else is refused before it runs."""

import os
import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ddm.errors import InputError
from ddm.models import checkpoint


class Global:
    """Pickles as a reference to a global that need not exist here."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name


class Rebuilt:
    """Pickles as torch pickles a tensor: a call of `_rebuild_tensor_v2` on a storage."""

    def __init__(self, key: str, array: np.ndarray, strides: tuple[int, ...] | None = None, offset: int = 0) -> None:
        self.key, self.array, self.offset = key, array, offset
        self.strides = strides or tuple(step // array.itemsize for step in array.strides)


class Pickler(pickle._Pickler):  # the one in Python can be taught to write globals by name
    dispatch: ClassVar = dict(pickle._Pickler.dispatch)

    def save_global_by_name(self, value: Global) -> None:
        self.write(pickle.GLOBAL + f"{value.module}\n{value.name}\n".encode())

    def save_rebuilt(self, value: Rebuilt) -> None:
        self.save(Global("torch._utils", "_rebuild_tensor_v2"))
        self.write(pickle.MARK)
        storage = ("storage", Global("torch", "FloatStorage"), value.key, "cpu", value.array.size, None)
        self.save(storage)
        self.write(pickle.BINPERSID)
        for part in (value.offset, value.array.shape, value.strides, False, OrderedDict()):
            self.save(part)
        self.write(pickle.TUPLE + pickle.REDUCE)

    dispatch[Global] = save_global_by_name
    dispatch[Rebuilt] = save_rebuilt


def write(path: Path, state: Any, storages: dict[str, np.ndarray]) -> Path:
    with path.open("wb") as file:
        for value in (checkpoint.MAGIC, 1001, {"little_endian": True}, state, list(storages)):
            Pickler(file, protocol=2).dump(value)
        for elements in storages.values():
            file.write(elements.size.to_bytes(8, "little") + elements.astype("<f4").tobytes())
    return path


@given(array=hnp.arrays(np.float32, hnp.array_shapes(max_dims=4, max_side=4), elements=st.floats(-1, 1, width=32)))
def test_tensors_come_back(tmp_path_factory: pytest.TempPathFactory, array: np.ndarray) -> None:
    path = tmp_path_factory.getbasetemp() / "plain.pth"
    read = checkpoint.read(write(path, OrderedDict(a=Rebuilt("0", array)), {"0": array}))
    assert list(read) == ["a"]
    np.testing.assert_array_equal(read["a"], array)


def test_transposed_tensor(tmp_path: Path) -> None:
    array = np.arange(6, dtype=np.float32).reshape(2, 3)
    state = OrderedDict(a=Rebuilt("0", array.T))
    np.testing.assert_array_equal(checkpoint.read(write(tmp_path / "t.pth", state, {"0": array}))["a"], array.T)


@pytest.mark.parametrize(
    ("strides", "offset"), [((1_000_000,), 0), ((1,), 1), ((1,), -1), ((-1,), 3)], ids=["far", "late", "early", "back"]
)
def test_tensor_beyond_its_storage_is_refused(tmp_path: Path, strides: tuple[int, ...], offset: int) -> None:
    array = np.zeros(4, np.float32)
    path = write(tmp_path / "beyond.pth", OrderedDict(a=Rebuilt("0", array, strides, offset)), {"0": array})
    with pytest.raises(InputError, match="beyond its storage"):
        checkpoint.read(path)


class Evil:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.target),)


@pytest.mark.parametrize("place", range(5), ids=["magic", "version", "system", "state", "keys"])
def test_evil_pickle_is_refused_and_does_not_run(tmp_path: Path, place: int) -> None:
    parts: list[Any] = [checkpoint.MAGIC, 1001, {}, OrderedDict(), []]
    parts[place] = Evil(tmp_path / "ran")
    path = tmp_path / "evil.pth"
    path.write_bytes(b"".join(pickle.dumps(part, protocol=2) for part in parts))
    with pytest.raises(InputError, match=r"asks for (posix|nt)\.mkdir"):
        checkpoint.read(path)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("module", ["builtins", "torch", "torch._utils", "numpy", "collections"])
def test_only_listed_globals_are_known(tmp_path: Path, module: str) -> None:
    path = write(tmp_path / "global.pth", OrderedDict(a=Global(module, "eval")), {})
    with pytest.raises(InputError, match=f"asks for {module}.eval"):
        checkpoint.read(path)


def test_every_cut_is_noticed(tmp_path: Path) -> None:
    array = np.ones(8, np.float32)
    whole = write(tmp_path / "whole.pth", OrderedDict(a=Rebuilt("0", array)), {"0": array}).read_bytes()
    for length in range(len(whole)):
        (tmp_path / "cut.pth").write_bytes(whole[:length])
        with pytest.raises(InputError):
            checkpoint.read(tmp_path / "cut.pth")


@given(noise=st.binary(max_size=200))
def test_noise_is_an_input_error(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.pth"
    path.write_bytes(noise)
    with pytest.raises(InputError, match="not a plain PyTorch checkpoint"):
        checkpoint.read(path)

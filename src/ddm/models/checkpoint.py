"""Reads tensors out of a PyTorch checkpoint without PyTorch, and without running what a pickle may ask for.

The format is torch.save's older one (before 1.6): five pickles one after another (magic number, protocol version,
system information, the state dict, the list of storage keys), then every storage as an int64 count and raw elements.
"""

from __future__ import annotations

import pickle
import pickletools
import struct
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from ddm.errors import InputError

OPCODES = frozenset(ord(opcode.code) for opcode in pickletools.opcodes if opcode.proto <= 2)
MAGIC = 0x1950A86A20F9469CFC6C
DTYPES = {
    "FloatStorage": "<f4",
    "DoubleStorage": "<f8",
    "HalfStorage": "<f2",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
}


@dataclass(frozen=True, slots=True)
class _Storage:
    key: str
    dtype: str
    count: int


@dataclass(frozen=True, slots=True)
class _View:
    """A tensor in a storage that has not been read yet. Offset and strides count elements."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def of(self, elements: NDArray[Any]) -> NDArray[Any]:
        last = self.offset + sum((size - 1) * step for size, step in zip(self.shape, self.strides, strict=True))
        if min(self.offset, *self.shape, *self.strides, 0) < 0 or last >= elements.size:
            raise pickle.UnpicklingError("a tensor reaches beyond its storage")
        steps = [step * elements.itemsize for step in self.strides]
        return np.ascontiguousarray(as_strided(elements[self.offset :], self.shape, steps, writeable=False))


def _rebuild_tensor(storage: _Storage, offset: int, shape: tuple[int, ...], stride: tuple[int, ...], *_: Any) -> _View:
    return _View(storage, offset, tuple(shape), tuple(stride))


MALFORMED = (
    pickle.UnpicklingError,
    struct.error,
    EOFError,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
    OverflowError,
)
"""What reading raises for bytes that are no checkpoint."""

ALLOWED: dict[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
    **{("torch", name): dtype for name, dtype in DTYPES.items()},
}


class _Unpickler(pickle._Unpickler):
    """Knows tensors, storages and OrderedDict; any other global is refused before it is looked up.

    It is the unpickler in Python, without the opcodes that torch.save does not write: the one in C prints errors of its
    own about some malformed byte arrays, and has no table to take opcodes from.
    """

    dispatch: ClassVar = {code: load for code, load in pickle._Unpickler.dispatch.items() if code in OPCODES}

    def find_class(self, module: str, name: str) -> Any:
        try:
            return ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}") from None

    def persistent_load(self, pid: Any) -> _Storage:
        match pid:
            case ("storage", str(dtype), str(key), _, int(count), None) if dtype in DTYPES.values():
                return _Storage(key, dtype, count)
        raise pickle.UnpicklingError("it holds something that is no plain storage")


def _storage(file: BinaryIO, storage: _Storage) -> NDArray[Any]:
    count = int.from_bytes(file.read(8), "little")
    raw = file.read(count * np.dtype(storage.dtype).itemsize) if count == storage.count else b""
    elements = np.frombuffer(raw, storage.dtype)
    if elements.size != storage.count:
        raise pickle.UnpicklingError("a storage is cut short")
    return elements


def _load(file: BinaryIO) -> dict[str, NDArray[Any]]:
    if _Unpickler(file).load() != MAGIC:
        raise pickle.UnpicklingError("its first pickle is not the magic number")
    _version, _system, state, keys = (_Unpickler(file).load() for _ in range(4))
    views = {name: view for name, view in state.items() if isinstance(view, _View)}
    known = {view.storage.key: view.storage for view in views.values()}
    storages = {key: _storage(file, known[key]) for key in keys}
    return {name: view.of(storages[view.storage.key]) for name, view in views.items()}


def read(path: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a state dict by name, in the dtypes they were stored in. InputError for anything else."""
    try:
        with path.open("rb") as file:
            return _load(file)
    except MALFORMED as error:
        raise InputError(f"not a plain PyTorch checkpoint: {error}", str(path)) from error

"""A file of weights -> a network that answers arrays with arrays; the only file of models that knows the runtime.

OpenVINO, because it calculates in bfloat16 where the processor can (AVX-512 BF16, AMX), and else in float32; in eight
bits where a file says so (`quantise`). On such a processor ISNet in bfloat16 takes half of what onnxruntime takes in
float32 (CPU ms 1540 to 3040, U2Net 560 to 1170, text detection 70 to 133, faces 37 to 125), and its matte of a
photograph differs by .00002 in the mean, .015 at most, U2Net's by .0009 and .28 at single pixels; in float32 both
runtimes are alike.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ddm.errors import InputError

Array: TypeAlias = npt.NDArray[Any]


LANES = 2
"""Networks that may run side by side, each on its part of the threads."""
SIZES = 3
"""Kept of each network that is made ready by size: each takes its weights once more, and room for its values."""


def threads() -> int:
    """Threads of one perception: DDM_THREADS, by default as many as there are processors."""
    given = os.environ.get("DDM_THREADS", "")
    if given and not (given.isdecimal() and int(given) > 0):
        raise InputError(f"DDM_THREADS is '{given}'", mend="a whole number from 1 up")
    return int(given or os.cpu_count() or 1)


@cache
def _core() -> Any:
    """OpenVINO, imported when first needed: it takes a moment. Its import would tell its makers that it was imported,
    unless the package for that is absent."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # so Python marks what is absent
    return import_module("openvino").Core()


class Network:
    """Weights ready to run on the CPU, for inputs of any size that the file allows; may be used from any thread.

    One inference at a time: a second one of the same network beside it would only take memory. Each takes its lane's
    part of the threads, rounded up. No thread is bound to a core: the runtime would bind those of every network, and of
    every process, to the first one (two networks side by side took 477 ms that way, 238 now; one alone 229).
    Names of inputs and outputs are those of the file. by_size: it is asked for pictures of few sizes, whatever the file
    says, and made ready for each of them: a fifth quicker than what takes all sizes (ISNet at 1024 takes 811 CPU ms
    instead of 944, U2Net at 256 194 instead of 246), which costs a second once; and then any value within the graph may
    be asked for by its name, and what it does not need is left out. SIZES of them are kept.
    """

    def __init__(self, file: Path, precision: str = "", by_size: bool = False) -> None:
        self._file, self._by_size = file, by_size
        self._exact = {"INFERENCE_PRECISION_HINT": precision} if precision else {}
        self._lock = threading.Lock()
        self._ready: dict[tuple[Any, ...], Any] = {}
        model = _core().read_model(str(file))
        self.input: str = model.inputs[0].any_name
        self.outputs: tuple[str, ...] = tuple(output.any_name for output in model.outputs)
        if not by_size:
            self._ready[()] = self._compiled(model)

    def run(self, outputs: Sequence[str] | None, feed: Mapping[str, Array]) -> list[Array]:
        """The outputs of these names, all in the file's order for None; of inputs by name."""
        wanted = tuple(outputs or self.outputs)
        with self._lock:
            request = self._sized(feed[self.input].shape, wanted) if self._by_size else self._ready[()]
            request.infer({name: np.ascontiguousarray(values) for name, values in feed.items()})
            return [request.get_tensor(name).data.copy() for name in wanted]

    def _sized(self, size: tuple[int, ...], outputs: tuple[str, ...]) -> Any:
        """Ready for inputs of that size and those outputs; the one not asked for the longest time makes room."""
        ready = self._ready.pop((size, outputs), None)
        if ready is None:
            if len(self._ready) == SIZES:
                del self._ready[next(iter(self._ready))]
            model = _core().read_model(str(self._file))
            model.reshape({model.inputs[0]: list(size)})
            ready = self._compiled(_cut(model, outputs))
        self._ready[size, outputs] = ready
        return ready

    def _compiled(self, model: Any) -> Any:
        wanted = {"INFERENCE_NUM_THREADS": -(-threads() // LANES), "NUM_STREAMS": 1, "ENABLE_CPU_PINNING": False}
        return _core().compile_model(model, "CPU", wanted | self._exact).create_infer_request()


def _cut(model: Any, outputs: Sequence[str]) -> Any:
    """The part of the graph that leads to values of these names."""
    made = {name: value for node in model.get_ops() for value in node.outputs() for name in value.names}
    return import_module("openvino").Model([made[name] for name in outputs], model.get_parameters(), "cut")

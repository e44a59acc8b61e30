"""One case -> the photograph rebuilt in several ways: ours, its parts alone, and what others do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from ddm.bench.extend.cases import Case
from ddm.derive.extension import extend
from ddm.derive.extension.detail import detailed
from ddm.derive.extension.outpaint import outpainted
from ddm.derive.tone import Canvas
from ddm.errors import Unfit
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes

Way: TypeAlias = Callable[[Case], Bytes | None]
"""The photograph as uint8 (h, w, 3), or None where the way has no answer."""


def ours(case: Case) -> Bytes | None:
    try:
        return extend.extended(case.remains, case.coverage, case.kinds, case.growth)
    except Unfit:
        return None


def network(case: Case) -> Bytes:
    """The network that foresees large things, alone."""
    canvas = np.pad(case.remains.astype(np.float32) / 255, _around(case))
    found = (outpainted(canvas, ~case.hidden) * 255 + 0.5).astype(np.uint8)
    return np.where(case.hidden[..., None], found, case.truth)


def patches(case: Case) -> Bytes | None:
    """Patch synthesis alone: pieces of the picture as they are, guided by nothing."""
    image, free = case.remains.astype(np.float32) / 255, case.coverage < 0.05
    canvas = Canvas.of(len(free), free.shape[1], case.growth)
    try:
        found = detailed(image, free, np.zeros((*canvas.size, 3), np.float32), canvas, frozenset())
    except Unfit:
        return None
    made = (np.clip(found, 0, 1) * 255 + 0.5).astype(np.uint8)
    made[canvas.own] = case.remains
    return made


def mirror(case: Case) -> Bytes:
    return np.pad(case.remains, _around(case), mode="reflect")


def replicated(case: Case) -> Bytes:
    return np.pad(case.remains, _around(case), mode="edge")


def telea(case: Case) -> Bytes:
    return px.diffused(replicated(case), case.hidden)


def _around(case: Case) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    left, top, right, bottom = (case.growth.get(side, 0) for side in ("left", "top", "right", "bottom"))
    return (top, bottom), (left, right), (0, 0)


WAYS: Mapping[str, Way] = {
    **{"ours": ours, "network": network, "patches": patches},
    **{"mirror": mirror, "edge": replicated, "telea": telea},
}
"""In the order they are shown."""


def made(case: Case) -> dict[str, Bytes]:
    """What every way makes of the case, where it has an answer."""
    found = {name: way(case) for name, way in WAYS.items()}
    return {name: pixels for name, pixels in found.items() if pixels is not None}

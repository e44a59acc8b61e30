"""Cases -> milliseconds for a picture of SIDE pixels square that grows by half at its right, by kind of border."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import perf_counter

import numpy as np

from ddm.bench.extend.cases import Case
from ddm.bench.extend.ways import WAYS
from ddm.perceive import pixels as px

SIDE = 1024
TIMES = 3


def milliseconds(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """kind -> way -> the median of TIMES, of one case of each kind."""
    kinds = sorted({kind for case in cases for kind in case.kinds.values()})
    chosen = {kind: next(_with(kind, cases), None) for kind in kinds}
    return {kind: _timed(case) for kind, case in chosen.items() if case}


def _with(kind: str, cases: Sequence[Case]) -> Iterator[Case]:
    """Cases whose right side is of that kind, enlarged."""
    for case in cases:
        if case.kinds["right"] == kind and "right" in case.growth:
            remains = np.ascontiguousarray(px.resize(case.remains, SIDE, SIDE))
            truth = np.pad(remains, ((0, 0), (0, SIDE // 2), (0, 0)))
            coverage = px.resize(case.coverage, SIDE, SIDE)
            yield replace(case, truth=truth, growth={"right": SIDE // 2}, coverage=coverage)


def _timed(case: Case) -> dict[str, float]:
    found = {}
    for name, way in WAYS.items():
        spent = []
        for _ in range(TIMES):
            start = perf_counter()
            if way(case) is None:
                break
            spent.append((perf_counter() - start) * 1000)
        else:
            found[name] = round(float(np.median(spent)), 1)
    return found

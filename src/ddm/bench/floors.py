"""What the library's answers by condition are compared with: a plain scan in memory, and LanceDB's own counting."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import lancedb
import numpy as np
import numpy.typing as npt
from lancedb.index import Bitmap, BTree

from ddm.library.records import column

REPEATED = 15
MIDDLE = 0.5
SCANNED = ("matte.quality", "subject.area", "subject.count", "text.area", "calm.area")


def clocked(work: Callable[[], Any]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def percentiles(spent: Sequence[float]) -> dict[str, float]:
    return {name: round(float(np.percentile(spent, share)), 3) for name, share in (("p50", 50), ("p99", 99))}


def floors(tables: Path, materials: int, asked: Iterable[str]) -> dict[str, Any]:
    """A scan of five columns of floats, and LanceDB's counting without and with indices on the columns that are asked
    for most. asked: SQL conditions."""
    columns = np.random.default_rng(3).random((len(SCANNED), materials))
    opened, asked = lancedb.connect(str(tables)).open_table("materials"), list(asked)
    plain = _counting(opened, asked)
    for name in SCANNED:
        opened.create_index(column(name), config=BTree())
    opened.create_index("role", config=Bitmap())
    indexed = _counting(opened, asked)
    for name in (*map(column, SCANNED), "role"):
        opened.drop_index(f"{name}_idx")
    return {
        "scan_ms": percentiles([clocked(lambda: _scan(columns)) for _ in range(REPEATED)])["p50"],
        "lancedb_ms": plain,
        "lancedb_indexed_ms": indexed,
    }


def _scan(columns: npt.NDArray[np.float64]) -> int:
    kept = columns[0] > MIDDLE
    for values in columns[1:]:
        kept &= values > MIDDLE
    return int(np.count_nonzero(kept))


def _counting(opened: Any, asked: Sequence[str]) -> dict[str, float]:
    return percentiles([clocked(partial(opened.count_rows, one)) for one in asked])

"""What looks alike under a condition, timed, and beside it the exact search: every embedding, whole."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ddm.language.expressions import Condition, conjuncts
from ddm.library import Library
from ddm.library.loading import embeddings_of
from ddm.library.pinned import RowIds
from ddm.library.vectors import Floats32

LIMIT = 10
CHECKED = 40
"""Questions whose answers are compared with the exact ones."""


@dataclass(frozen=True, slots=True)
class Query:
    """embedding: float32 (d,), of a material that is there. where: what must hold of those found; of a role."""

    embedding: Floats32
    role: str
    where: Condition | None


def queries(library: Library, asked: Sequence[tuple[str, Condition | None]], rng: np.random.Generator) -> list[Query]:
    """One for each (role, condition): the embedding is that of some material, the same for nobody."""
    view = library.view()
    rows = rng.choice(view.pinned.row_ids(), len(asked), replace=False)
    _, embeddings = embeddings_of(view.pinned.take(rows, ["embedding"])["embedding"])
    return [Query(one, role, where) for one, (role, where) in zip(embeddings, asked, strict=True)]


def near(library: Library, asked: Sequence[Query]) -> dict[str, Any]:
    """first_s: of the first question, for which embeddings are read and put in order, or what was kept of them."""
    start = time.perf_counter()
    _ask(library, asked[0])
    first = time.perf_counter() - start
    spent = []
    for query in asked:
        start = time.perf_counter()
        _ask(library, query)
        spent.append((time.perf_counter() - start) * 1000)
    return {
        "near_ms": {name: round(float(np.percentile(spent, at)), 3) for name, at in (("p50", 50), ("p99", 99))},
        "near_first_s": round(first, 1),
        "recall_at_10": round(recall(library, asked[:CHECKED]), 4),
        "near_memory_per_record": round(_memory(library), 1),
    }


def _ask(library: Library, query: Query) -> list[str]:
    found = library.nearest(query.embedding, query.where, LIMIT, query.role)
    return [one.material.id for one in found]


def _memory(library: Library) -> float:
    view = library.view()
    vectors = sum(segment.loaded.vectors(_made).nbytes for segment in view.segments)
    return vectors / sum(segment.size for segment in view.segments)


def _made() -> Any:
    raise AssertionError("asked for after the first question")


def recall(library: Library, asked: Sequence[Query]) -> float:
    """Part of the exactly nearest that are found."""
    view = library.view()
    wanted = exact(library, asked)
    shares = []
    for query, rows in zip(asked, wanted, strict=True):
        ids = set(view.pinned.take(rows, ["id"])["id"].to_pylist()) if len(rows) else set()
        shares.append(len(ids & set(_ask(library, query))) / len(ids) if ids else 1.0)
    return float(np.mean(shares))


def exact(library: Library, asked: Sequence[Query]) -> list[RowIds]:
    """Of each query, the rows of the nearest, by one pass over all embeddings."""
    wanted = np.stack([query.embedding for query in asked])
    rows, near = [np.zeros(0, np.uint64)] * len(asked), [np.zeros(0, np.float32)] * len(asked)
    for segment in library.view().segments:
        fits = [segment.sift(q.role, None, conjuncts(q.where))[1].members() for q in asked]
        for places, embeddings in segment.embeddings(np.arange(segment.size)):
            cosines = embeddings @ wanted.T
            for at, fit in enumerate(fits):
                some = fit[places]
                all_rows = np.concatenate([rows[at], segment.loaded.rows[places[some]]])
                all_near = np.concatenate([near[at], cosines[some, at]])
                best = np.argsort(-all_near, kind="stable")[:LIMIT]
                rows[at], near[at] = all_rows[best], all_near[best]
    return rows

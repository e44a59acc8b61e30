"""A question to the library -> materials with their figures, for people and machines."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ddm.errors import InputError
from ddm.language.expressions import Condition, parse
from ddm.library.candidates import pool_of
from ddm.library.filters import filter_of
from ddm.library.library import Library
from ddm.library.store import equals
from ddm.perceive.perception import Perception

SHOWN = ("role", "width", "height", "scene.kind", "subject.category", "subject.area", "calm.area")
"""Attributes of the table for people, besides those that the question names."""


@dataclass(frozen=True, slots=True)
class Found:
    """score: cosine to the material that was named, or None where none was."""

    material: Perception
    score: float | None = None

    def row(self) -> dict[str, Any]:
        """For machines: sets as sorted lists."""
        values = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in self.material.attributes.items()}
        near = {} if self.score is None else {"score": round(self.score, 4)}
        return {"id": self.material.id, "product": self.material.product, **near, "attributes": values}


@dataclass(frozen=True, slots=True)
class Question:
    """condition: of the language, '' for any. order: an attribute, most first unless rising. like: id of a material;
    then nearest first."""

    condition: str = ""
    role: str = ""
    product: str | None = None
    order: str = ""
    rising: bool = False
    limit: int = 20
    like: str = ""


def ask(library: Library, question: Question) -> tuple[tuple[Found, ...], int]:
    """The best, and how many fit in all. Raises InputError for a condition or an attribute that cannot be read."""
    where = parse(question.condition) if question.condition.strip() else None
    if question.like:
        return _like(library, question, where), library.count(where, question.role, question.product)
    order = [(question.order, question.rising, 1.0)] if question.order else []
    conditions = [where] if where else []
    answer = library.candidates(question.role, question.product, conditions, question.limit, order)
    return tuple(Found(one) for one in answer.found), answer.fitting


def _like(library: Library, question: Question, where: Condition | None) -> tuple[Found, ...]:
    """Exact: every embedding that fits is looked at, some thousands at a time."""
    wanted = library.get(question.like).embedding
    if not wanted.size:
        raise InputError(f"material '{question.like[:80]}' has no embedding", mend="perceive it anew")
    asked = [pool_of(question.role, question.product), f"({filter_of(where)})" if where else ""]
    scored = _scored(library, wanted, " and ".join(filter(None, asked)))
    best = heapq.nlargest(question.limit, (pair for pair in scored if pair[2] != question.like))
    return tuple(Found(library.where(equals({"key": key}))[0], score) for score, key, _ in best)


def _scored(library: Library, wanted: Any, where: str) -> Iterator[tuple[float, str, str]]:
    for batch in library.tables.batches("materials", ["key", "id", "embedding"], where):
        rows = batch.to_pydict()
        for key, id, packed in zip(rows["key"], rows["id"], rows["embedding"], strict=True):
            if len(packed) == 4 * wanted.size:
                yield float(np.frombuffer(packed, np.float32) @ wanted), key, id

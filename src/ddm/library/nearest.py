"""An embedding and a condition -> the materials that look most alike among those for which it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from ddm.language.expressions import Condition
from ddm.library.pinned import RowIds
from ddm.library.segments import Segment
from ddm.library.sieve import Found, Sieve
from ddm.library.vectors import Floats32, Vectors, dots, vectors_of, wanted
from ddm.library.working_set import View
from ddm.perceive.perception import Perception

WHOLE = 4096
"""Rows of a segment whose embeddings are kept whole, 5 kB each; of more, as `Vectors`."""
MEASURED = 2
"""For each that is wanted, materials whose whole embeddings are compared: among a hundred thousand grown ones, bytes
alone find 93 % of the nearest ten, and all of them among their nearest twenty."""
FEWEST = 24
VECTORS = "vectors"
"""The part that is kept."""


@dataclass(frozen=True, slots=True)
class Near:
    """cosine: of the two embeddings, -1..1."""

    cosine: float
    material: Perception


@dataclass(frozen=True, slots=True)
class Whole:
    """embeddings: float32 (n, d), of unit length; zeros for materials without one."""

    embeddings: Floats32

    @property
    def nbytes(self) -> int:
        return self.embeddings.nbytes

    def nearest(self, embedding: Floats32, left: Sieve, number: int) -> Found:
        fitting = left.places()
        if self.embeddings.shape[1] != len(embedding):
            return fitting[:0]
        near = dots(self.embeddings[fitting], embedding)
        return fitting[np.argsort(-near)[:number]]


def promising(
    view: View,
    embedding: Floats32,
    role: str,
    product: str | None,
    parts: Sequence[Condition],
    number: int,
) -> RowIds:
    """Rows of each segment that may be the nearest, to be measured."""
    rows = [np.zeros(0, np.uint64)]
    for segment in view.segments:
        _, left = segment.sift(role, product, parts)
        if left.count:
            vectors = segment.loaded.vectors(partial(_vectors, segment))
            near = vectors.nearest(embedding, left, max(FEWEST, MEASURED * number))
            rows.append(segment.loaded.rows[near])
    return np.concatenate(rows)


def _vectors(segment: Segment) -> Whole | Vectors:
    if segment.size <= WHOLE:
        return Whole(_whole(segment))
    if (found := segment.loaded.kept(VECTORS)) is not None:
        return Vectors(**found)
    made = _made(segment)
    if isinstance(made, Vectors):
        segment.loaded.keep(VECTORS, made.arrays)
    return made


def _whole(segment: Segment) -> Floats32:
    parts = list(segment.embeddings(np.arange(segment.size)))
    found = np.zeros((segment.size, max((part.shape[1] for _, part in parts), default=0)), np.float32)
    for places, part in parts:
        if part.shape[1] == found.shape[1]:
            found[places] = part
    return found


def _made(segment: Segment) -> Whole | Vectors:
    every = np.arange(segment.size)
    learnt = [part for _, part in segment.embeddings(every[:: max(1, segment.size // wanted(segment.size))])]
    if not learnt:
        return Whole(np.zeros((segment.size, 0), np.float32))
    length = learnt[0].shape[1]
    sample = np.concatenate([part for part in learnt if part.shape[1] == length])
    return vectors_of(segment.size, sample, (one for one in segment.embeddings(every) if one[1].shape[1] == length))


def measured(found: Sequence[Perception], embedding: Floats32, limit: int) -> tuple[Near, ...]:
    """The nearest of those whose embedding is of the given one's length, by whole embeddings; best first."""
    alike = [one for one in found if len(one.embedding) == len(embedding)]
    near = [Near(float(one.embedding @ embedding), one) for one in alike]
    return tuple(sorted(near, key=lambda one: -one.cosine)[:limit])

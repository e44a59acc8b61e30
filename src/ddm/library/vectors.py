"""Embeddings of many materials, small enough for memory, and which of them may be nearest to a given one.

They are turned into their first principal directions (of the vectors as they are, so that products of turned vectors
are nearly those of whole ones) and kept as bytes, in lists by the nearest of some centres (an inverted file: Sivic and
Zisserman, "Video Google", ICCV 2003). A search walks the lists from the nearest centre on until it has met enough
vectors that fit its condition, however few fit; what it finds is to be measured again by whole embeddings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ddm.library.columns import Truth
from ddm.library.kept import Arrays
from ddm.library.sieve import Found, Sieve

Floats32: TypeAlias = npt.NDArray[np.float32]
Batches: TypeAlias = Iterable[tuple[Found, Floats32]]
"""Places of some materials, and their embeddings."""

DIRECTIONS = 128
"""Numbers kept of each embedding, a byte each."""
PER_LIST = 1000
"""Vectors of a list, about; with more lists finding the nearest would cost more than walking them."""
MOST_LISTS = 2048
TRAINED = 32
"""Vectors for each centre that it is learnt from, at most."""
ROUNDS = 8
"""Of k-means; more move few vectors."""
PROBES = 16
"""Lists walked at least."""
ENOUGH = 8_000
"""Vectors that fit and were met, after which a search stops: about 2 ms; and below which all that fit are looked at."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """n vectors. turn: float32 (DIRECTIONS, d). scale: float32 (DIRECTIONS,), of a byte's steps. centres: float32
    (lists, DIRECTIONS). codes: int8 (n, DIRECTIONS), list after list; starts: uint32 (lists + 1,), where each begins.
    places: uint32 (n,), whose the codes are; slots: uint32, where the codes of a place are, n for those without."""

    turn: Floats32
    scale: Floats32
    centres: Floats32
    codes: npt.NDArray[np.int8]
    starts: npt.NDArray[np.uint32]
    places: npt.NDArray[np.uint32]
    slots: npt.NDArray[np.uint32]

    @property
    def arrays(self) -> Arrays:
        """As it is kept on disk: the arguments by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def nbytes(self) -> int:
        return sum(one.nbytes for one in self.arrays.values())

    def nearest(self, embedding: Floats32, left: Sieve, number: int) -> Found:
        """Places of so many of those left, about the nearest; in no order."""
        if len(embedding) != self.turn.shape[1]:
            return np.zeros(0, np.intp)
        turned = dots(self.turn, embedding)
        slots = self._few(left.places()) if left.count <= ENOUGH else self._walked(turned, left.members())
        near = dots(self.codes[slots].astype(np.float32), turned * self.scale)
        best = np.argpartition(near, len(near) - number)[-number:] if number < len(near) else slice(None)
        return self.places[slots[best]].astype(np.intp)

    def _few(self, fitting: Found) -> Found:
        slots = self.slots[fitting].astype(np.intp)
        return slots[slots < len(self.codes)]

    def _walked(self, turned: Floats32, fits: Truth) -> Found:
        met: list[Found] = []
        count = 0
        for probe, at in enumerate(np.argsort(-dots(self.centres, turned))):
            if probe >= PROBES and count >= ENOUGH:
                break
            start, stop = self.starts[at : at + 2].tolist()
            met.append(start + np.flatnonzero(fits[self.places[start:stop]]))
            count += len(met[-1])
        return np.concatenate(met)


def dots(vectors: Floats32, one: Floats32) -> Floats32:
    """The product of each with one, by one thread: so little work is done before a second one of BLAS has woken up,
    and where others use the processor it is waited for."""
    found: Floats32 = np.einsum("ij,j->i", vectors, one)
    return found


def vectors_of(size: int, sample: Floats32, batches: Batches) -> Vectors:
    """sample: embeddings to learn from, as many as `wanted(size)` or fewer, of one length. size: materials in all;
    those that come in no batch have no vector."""
    rng = np.random.default_rng(0)
    turn = _directions(sample)
    turned = sample @ turn.T
    scale = np.maximum(np.abs(turned).max(0), 1e-9).astype(np.float32) / 127
    centres = _centres(turned, max(1, min(MOST_LISTS, size // PER_LIST, len(sample))), rng)
    codes, lists, places = [], [], []
    for where, embeddings in batches:
        some = embeddings @ turn.T
        codes.append(np.clip(np.round(some / scale), -127, 127).astype(np.int8))
        lists.append(np.argmax(some @ centres.T, 1))
        places.append(where)
    order = np.argsort(np.concatenate(lists), kind="stable")
    starts = np.searchsorted(np.concatenate(lists)[order], np.arange(len(centres) + 1)).astype(np.uint32)
    of = np.concatenate(places)[order].astype(np.uint32)
    slots = np.full(size, len(of), np.uint32)
    slots[of] = np.arange(len(of))
    return Vectors(turn, scale, centres, np.concatenate(codes)[order], starts, of, slots)


def wanted(size: int) -> int:
    """Embeddings to learn from."""
    return min(size, max(4 * DIRECTIONS, TRAINED * min(MOST_LISTS, size // PER_LIST)))


def _directions(sample: Floats32) -> Floats32:
    """The eigenvectors of the second moments that weigh most, float32 (DIRECTIONS, d); fewer for short embeddings."""
    _, vectors = np.linalg.eigh(sample.T.astype(np.float64) @ sample)
    return np.ascontiguousarray(vectors[:, ::-1][:, :DIRECTIONS].T, np.float32)


def _centres(vectors: Floats32, number: int, rng: np.random.Generator) -> Floats32:
    """Spherical k-means (Dhillon and Modha, 2001): unit centres of the vectors that are nearest to each by angle."""
    centres = _unit(vectors[rng.choice(len(vectors), number, replace=False)])
    for _ in range(ROUNDS):
        nearest = np.argmax(vectors @ centres.T, 1)
        order = np.argsort(nearest, kind="stable")
        present, starts = np.unique(nearest[order], return_index=True)
        centres[present] = _unit(np.add.reduceat(vectors[order], starts, axis=0))
    return centres


def _unit(vectors: Floats32) -> Floats32:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)

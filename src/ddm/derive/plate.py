"""Known cells of a coarse grid -> a smooth surface over all of it: a thin plate held down by them.

The plate minimises bending (thin-plate spline, Duchon 1977) with tension (Smith and Wessel, "Gridding with continuous
curvature splines in tension", Geophysics 1990) that lets slopes die out where it is asked for. Detail of wavelength s
is gone about s/6 away from the known cells: the farther out, the smoother, in both directions at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ddm.perceive.pixels import Floats

_TWIST = ((0, 0, 1.0), (0, 1, -1.0), (1, 0, -1.0), (1, 1, 1.0))
_ACROSS = ((0, 0, 1.0), (0, 1, -2.0), (0, 2, 1.0))
_ALONG = ((0, 0, 1.0), (1, 0, -2.0), (2, 0, 1.0))
_RIGHT = ((0, 0, -1.0), (0, 1, 1.0))
_DOWN = ((0, 0, -1.0), (1, 0, 1.0))
LEAST_WEIGHT = 1e-7
"""Hold of every cell on the mean of all, so that a grid without known cells has an answer too."""

Stencil = tuple[tuple[int, int, float], ...]
Entries = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Force:
    """What holds the plate in one direction, each (h, w) against weights of 1.

    stiffness: against bending; its fourth root is the cells over which the plate smooths. tension: against slopes; one
    dies out over sqrt(stiffness / tension) cells.
    """

    stiffness: Floats
    tension: Floats

    @property
    def flipped(self) -> Force:
        return Force(self.stiffness.T, self.tension.T)


def plate(values: Floats, weights: Floats, level: Force, upright: Force) -> Floats:
    """The surface (h, w, c) near `values` (h, w, c) as far as `weights` (h, w; 1: known, 0: not) say so."""
    if values.shape[1] > values.shape[0]:  # short rows make small blocks
        flipped = plate(values.transpose(1, 0, 2), weights.T, upright.flipped, level.flipped)
        return flipped.transpose(1, 0, 2)
    height, width, channels = values.shape
    hold = weights.astype(np.float64) + LEAST_WEIGHT
    mean = (values * weights[..., None]).sum((0, 1)) / max(float(weights.sum()), 1e-9)
    terms = (
        (_ACROSS, level.stiffness),
        (_ALONG, upright.stiffness),
        (_TWIST, 2 * np.minimum(level.stiffness, upright.stiffness)),
        (_RIGHT, level.tension),
        (_DOWN, upright.tension),
    )
    entries = [entry for stencil, strength in terms for entry in _entries(stencil, strength)]
    right = ((values - mean) * weights[..., None]).reshape(-1, channels)
    found = _solved(hold.ravel(), entries, right.astype(np.float64), 2 * width)
    surface: Floats = (found.reshape(height, width, channels) + mean).astype(np.float32)
    return surface


def _entries(stencil: Stencil, strength: Floats) -> Iterator[Entries]:
    """Rows, columns and values that the square of a stencil adds to the matrix, wherever it lies on the grid."""
    height, width = strength.shape
    deep, wide = max(y for y, _, _ in stencil), max(x for _, x, _ in stencil)
    index = np.arange(height * width).reshape(height, width)

    def at(dy: int, dx: int, plane: np.ndarray) -> np.ndarray:
        return plane[dy : height - deep + dy, dx : width - wide + dx].ravel()

    weight = at(deep // 2, wide // 2, strength)
    for y1, x1, c1 in stencil:
        for y2, x2, c2 in stencil:
            yield at(y1, x1, index), at(y2, x2, index), c1 * c2 * weight


def _solved(diagonal: Floats, entries: list[Entries], right: Floats, size: int) -> Floats:
    """The solution of a symmetric positive banded system by blocks of `size`, as wide as its band."""
    count = -(-len(diagonal) // size)
    main, beside = np.zeros((count, size, size)), np.zeros((count, size, size))
    padded = np.ones(count * size)
    padded[: len(diagonal)] = diagonal
    main[:, np.arange(size), np.arange(size)] = padded.reshape(count, size)
    rows, columns, values = (np.concatenate(part) for part in zip(*entries, strict=True))
    block = rows // size
    for matrix, ahead in ((main, 0), (beside, 1)):
        chosen = columns // size == block + ahead
        np.add.at(matrix, (block[chosen], rows[chosen] % size, columns[chosen] % size), values[chosen])
    sides = np.zeros((count, size, right.shape[1]))
    sides.reshape(-1, right.shape[1])[: len(right)] = right
    return _swept(main, beside, sides).reshape(count * size, -1)[: len(right)]


def _swept(main: Floats, beside: Floats, sides: Floats) -> Floats:
    """Block elimination downwards, substitution upwards (Golub and Van Loan, section 4.5.1)."""
    count, size, _ = main.shape
    carried: list[Floats] = []
    for k in range(count):
        if k:
            main[k] -= beside[k - 1].T @ carried[-1][:, :size]
            sides[k] -= beside[k - 1].T @ carried[-1][:, size:]
        carried.append(np.linalg.solve(main[k], np.concatenate([beside[k], sides[k]], 1)))
    found = np.empty_like(sides)
    found[-1] = carried[-1][:, size:]
    for k in range(count - 2, -1, -1):
        found[k] = carried[k][:, size:] - carried[k][:, :size] @ found[k + 1]
    return found

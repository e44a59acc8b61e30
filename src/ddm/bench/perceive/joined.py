"""Real pictures -> collages, with and without gutters, and single pictures that have straight edges, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from ddm.bench.perceive import marks
from ddm.bench.perceive.grounds import cut_on, lit_ground
from ddm.bench.perceive.marked import with_copy
from ddm.bench.perceive.marks import Rng
from ddm.bench.perceive.pictures import Real
from ddm.bench.perceive.pools import (
    BLACK,
    WHITE,
    Made,
    Pool,
    base_picture,
    coded,
    cropped,
    cv2,
    fitted_mark,
    ink_of,
    pick,
)
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats


def collage(rng: Rng, of: Pool) -> Made:
    """Half of them joined from two to six pictures; the others single, with edges as straight as seams."""
    if rng.random() < 0.5:
        return _single(rng, of)
    width, height = (int(rng.integers(500, 900)) for _ in range(2))
    kind = str(rng.choice(["grid", "grid", "row", "row", "lead", "inset"]))
    gutter = int(rng.choice([0, 0, 2, 4, 8, 16]))
    canvas = np.empty((height, width, 3), np.uint8)
    canvas[:] = (WHITE, WHITE, WHITE, BLACK, (230, 230, 230))[int(rng.integers(5))]
    seams = np.zeros((height, width), np.float32)
    series = [pick(rng, of.bases) for _ in range(6)]
    if kind == "inset":
        canvas = cv2.resize(_fill(rng, series[0], width, height), (width, height))
        gutter = max(gutter, 3) if rng.random() < 0.6 else gutter
    for (x, y, w, h), one in zip(_cells(rng, kind, width, height), series, strict=False):
        _place(canvas, seams, _fill(rng, one, w, h), (x, y, w, h), gutter, kind == "inset")
    return Made(coded(rng, canvas), "joined", seams, note=kind)


def _cells(rng: Rng, kind: str, width: int, height: int) -> list[tuple[int, int, int, int]]:
    """x, y, width, height of each part."""
    if kind == "inset":
        w, h = int(width * rng.uniform(0.22, 0.42)), int(height * rng.uniform(0.22, 0.42))
        x = int((width - w) * rng.choice([0.05, 0.95]))
        y = int((height - h) * rng.choice([0.05, 0.95]))
        return [(x, y, w, h)]
    if kind == "lead":
        cut, parts = int(width * rng.uniform(0.55, 0.72)), int(rng.integers(2, 4))
        steps = [round(height * i / parts) for i in range(parts + 1)]
        cells = [(0, 0, cut, height)]
        cells += [(cut, a, width - cut, b - a) for a, b in pairwise(steps)]
        return [(y, x, h, w) for x, y, w, h in _cells_turned(cells, width, height)] if rng.random() < 0.4 else cells
    columns, rows = (
        [(2, 2), (3, 2), (2, 3)][int(rng.integers(3))]
        if kind == "grid"
        else [(2, 1), (1, 2), (3, 1), (1, 3)][int(rng.integers(4))]
    )
    xs, ys = ([round(n * i / parts) for i in range(parts + 1)] for n, parts in ((width, columns), (height, rows)))
    return [(xs[i], ys[j], xs[i + 1] - xs[i], ys[j + 1] - ys[j]) for j in range(rows) for i in range(columns)]


def _cells_turned(cells: list[tuple[int, int, int, int]], width: int, height: int) -> list[tuple[int, int, int, int]]:
    """The same cells for a picture with its sides exchanged."""
    return [
        (x * height // width, y * width // height, w * height // width, h * width // height) for x, y, w, h in cells
    ]


def _fill(rng: Rng, one: Real, width: int, height: int) -> Bytes:
    """A part of the picture of that shape."""
    pixels = cropped(rng, one.pixels, 0.85)
    scale = max(width / pixels.shape[1], height / pixels.shape[0])
    big = px.resize(pixels, max(width, round(pixels.shape[1] * scale)), max(height, round(pixels.shape[0] * scale)))
    top, left = (big.shape[0] - height) // 2, (big.shape[1] - width) // 2
    return big[top : top + height, left : left + width]


def _place(
    canvas: Bytes, seams: Floats, part: Bytes, cell: tuple[int, int, int, int], gutter: int, all_sides: bool
) -> None:
    """Lays a part into its cell, less half the gutter, and marks the seams that lie inside the picture."""
    x, y, w, h = cell
    half = gutter // 2
    if all_sides and gutter:
        canvas[y : y + h, x : x + w] = 255
    inner = (slice(y + half, y + h - half), slice(x + half, x + w - half))
    canvas[inner] = part[: h - 2 * half, : w - 2 * half]
    thick = max(3, half)
    height, width = canvas.shape[:2]
    for at, full, view, start, length in ((x, width, seams, y, h), (x + w, width, seams, y, h)):
        if 0 < at < full:
            view[start : start + length, max(0, at - thick) : at + thick] = 1
    for at, start, length in ((y, x, w), (y + h, x, w)):
        if 0 < at < height:
            seams[max(0, at - thick) : at + thick, start : start + length] = 1


def _single(rng: Rng, of: Pool) -> Made:
    kind = str(rng.choice(["alone", "alone", "rooms", "framed", "banded", "copy", "halves"]))
    return Made(coded(rng, _SINGLE[kind](rng, of)), "single", note=kind)


def _framed(rng: Rng, of: Pool) -> Bytes:
    """One picture within a margin."""
    base = base_picture(rng, of)
    rim = int(min(base.shape[:2]) * rng.uniform(0.02, 0.12))
    ink = WHITE if rng.random() < 0.7 else ink_of(rng)
    return np.pad(base, ((rim, rim), (rim, rim), (0, 0))) + _frame(base.shape, rim, ink)


def _frame(shape: tuple[int, ...], rim: int, ink: Sequence[int]) -> Bytes:
    made = np.empty((shape[0] + 2 * rim, shape[1] + 2 * rim, 3), np.uint8)
    made[:] = ink
    made[rim : rim + shape[0], rim : rim + shape[1]] = 0
    return made


def _banded(rng: Rng, of: Pool) -> Bytes:
    """One picture with a plain band at an edge, as advertisements have it for their copy."""
    base = base_picture(rng, of)
    band = np.empty((int(base.shape[0] * rng.uniform(0.1, 0.3)), base.shape[1], 3), np.uint8)
    band[:] = ink_of(rng)
    line = fitted_mark(
        marks.typed(rng, of.hand, str(rng.choice(of.hand.copy)), 64, WHITE if band[0, 0].mean() < 140 else BLACK),
        base.shape[1] * 0.6,
        band.shape[0] * 0.5,
    )
    band, _ = marks.laid(band, line, int(base.shape[1] * 0.1), band.shape[0] // 4)
    return np.vstack([base, band] if rng.random() < 0.5 else [band, base])


def _halves(rng: Rng, of: Pool) -> Bytes:
    """A thing before a wall on a table: the horizon runs from side to side."""
    width, height = (int(rng.integers(500, 900)) for _ in range(2))
    ground = np.empty((height, width, 3), np.uint8)
    horizon = int(height * rng.uniform(0.5, 0.85))
    wall, table = (rng.integers(60, 250, 3) for _ in range(2))
    ground[:horizon], ground[horizon:] = wall, table
    return cut_on(rng, of, lit_ground(rng, ground))


_SINGLE: dict[str, Callable[[Rng, Pool], Bytes]] = {
    "alone": base_picture,
    "rooms": lambda rng, of: px.limited(cropped(rng, pick(rng, of.of.get("indoor") or of.bases).pixels, 0.4), 800),
    "framed": _framed,
    "banded": _banded,
    "copy": lambda rng, of: with_copy(rng, of, base_picture(rng, of)),
    "halves": _halves,
}

"""Real pictures -> pictures with and without watermarks, logos and seams, and cut-outs on every kind of ground.

Every composition is drawn from a generator that is seeded by its number, so that the same pictures give the same
compositions. Positives and negatives go through the same crop, size and codec: only the mark tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2 as opencv
import numpy as np
import simplejpeg

from ddm.bench.perceive import marks
from ddm.bench.perceive.marks import Rng
from ddm.bench.perceive.pictures import Real, decoded
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

cv2: Any = opencv  # its own annotations cannot be satisfied
FAINT = 14
"""Bytes by which a mark must differ from its ground in the mean: what nobody sees is no mark."""
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
INKS = (WHITE, BLACK, WHITE, BLACK, (128, 128, 128), (200, 30, 40), (20, 60, 160), (20, 120, 70), (240, 180, 20))


@dataclass(frozen=True)
class Made:
    """pixels: uint8 (h, w, 3) sRGB. truth: what the head shall say. cover: float32 (h, w), where the mark lies,
    or None where there is none. boxes: of marks, in fractions. note: which composition it is."""

    pixels: Bytes
    truth: str
    cover: Floats | None = None
    boxes: tuple[Box, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Pool:
    """What compositions are drawn from; all of one side of the split. bases: whole pictures. cuts: with alpha.

    drawn: signs as RGBA. of: whole pictures by what a person saw in them.
    """

    bases: tuple[Real, ...]
    cuts: tuple[Real, ...]
    drawn: tuple[Bytes, ...]
    of: dict[str, tuple[Real, ...]]


def pool(pictures: Sequence[Real], held: bool) -> Pool:
    """The pictures of one side. Garments are many and alike: of the bases they are half."""
    side = [one for one in pictures if one.held == held]
    marks_ = {"openclipart"}
    cut_sets = {"cutouts", "tuxpaint-stamps"}
    whole = [one for one in side if one.set not in marks_ | cut_sets and not one.name.endswith("_g")]
    clothes = [one for one in whole if one.set == "garments"]
    rest = [one for one in whole if one.set != "garments" and one.scene]
    scenes = {one.scene for one in whole if one.scene}
    posters = tuple(one for one in whole if one.set == "posters")
    return Pool(
        (*clothes[: 3 * len(rest)], *rest * 2),
        tuple(one for one in side if one.set in cut_sets and one.alpha is not None and min(one.alpha.shape) > 90),
        tuple(_rgba(one) for one in side if one.set in marks_),
        {scene: tuple(one for one in whole if one.scene == scene) for scene in sorted(scenes)} | {"poster": posters},
    )


def _rgba(one: Real) -> Bytes:
    found = decoded(one.path)
    alpha = found.alpha if found.alpha is not None else np.full(found.pixels.shape[:2], 255, np.uint8)
    return np.dstack([found.colours, alpha])


def pick(rng: Rng, from_: Sequence[Real]) -> Real:
    return from_[int(rng.integers(len(from_)))]


def cropped(rng: Rng, pixels: Bytes, least: float = 0.7) -> Bytes:
    """A part of the picture, perhaps mirrored: sides `least` to 1 of the whole."""
    height, width = pixels.shape[:2]
    high, wide = (max(16, int(n * rng.uniform(least, 1))) for n in (height, width))
    top, left = int(rng.integers(height - high + 1)), int(rng.integers(width - wide + 1))
    part = pixels[top : top + high, left : left + wide]
    return np.ascontiguousarray(part[:, ::-1] if rng.random() < 0.5 else part)


def coded(rng: Rng, pixels: Bytes) -> Bytes:
    """Through JPEG at a quality that shops use."""
    quality = int(rng.integers(70, 96))
    data = simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), quality=quality, colorsubsampling="420")
    found: Bytes = simplejpeg.decode_jpeg(data)
    return found


def _base(rng: Rng, of: Pool) -> Bytes:
    return px.limited(cropped(rng, pick(rng, of.bases).pixels), int(rng.integers(500, 896)))


def _ink(rng: Rng) -> tuple[int, int, int]:
    return INKS[int(rng.integers(len(INKS)))]


# Watermarks


def watermark(rng: Rng, of: Pool) -> Made:
    """Half of them with a mark one can see through: a line, a sign, tiles, a cross of a picture agency."""
    base = _base(rng, of)
    if rng.random() < 0.5:
        return _clean(rng, of, base, "clear", posters=True)
    kind = str(rng.choice(["line", "line", "corner", "tiles", "tiles", "sign", "cross"]))
    strength = float(rng.uniform(0.2, 0.6))
    ink = (WHITE, WHITE, BLACK, (128, 128, 128))[int(rng.integers(4))]
    pixels, cover = _WATERMARKS[kind](rng, of, base, ink, strength)
    if _difference(base, pixels, cover) < FAINT:
        pixels, cover = _WATERMARKS[kind](rng, of, base, _against(base), max(0.35, strength))
    return Made(coded(rng, pixels), "marked", cover, note=kind)


def _difference(base: Bytes, pixels: Bytes, cover: Floats) -> float:
    """Mean difference of a mark to what lay beneath it, in bytes."""
    where = cover > 0.3 * cover.max()
    return float(np.abs(base[where].astype(np.float32) - pixels[where]).mean()) if where.any() else 0.0


def _against(ground: Bytes) -> tuple[int, int, int]:
    return WHITE if ground.mean() < 128 else BLACK


def _marked_line(rng: Rng, of: Pool, base: Bytes, ink: Sequence[int], strength: float) -> tuple[Bytes, Floats]:
    height, width = base.shape[:2]
    mark = _fitted(_watermark_text(rng, ink), width * float(rng.uniform(0.3, 0.9)), height * 0.3)
    mark = marks.turned(mark, float(rng.choice([0, 0, 30, 45, -30, 20])))
    left = int((width - mark.shape[1]) * rng.uniform(0.3, 0.7))
    top = int((height - mark.shape[0]) * rng.uniform(0.2, 0.8))
    return marks.laid(base, mark, left, top, strength)


def _watermark_text(rng: Rng, ink: Sequence[int]) -> Bytes:
    return marks.typed(rng, marks.source(rng), 96, ink, float(rng.choice([0, 0, 0.1])))


def _fitted(mark: Bytes, width: float, height: float) -> Bytes:
    scale = min(width / mark.shape[1], height / mark.shape[0])
    size = (max(2, round(mark.shape[1] * scale)), max(2, round(mark.shape[0] * scale)))
    found: Bytes = cv2.resize(mark, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    return found


def _marked_corner(rng: Rng, of: Pool, base: Bytes, ink: Sequence[int], strength: float) -> tuple[Bytes, Floats]:
    height, width = base.shape[:2]
    mark = _fitted(_watermark_text(rng, ink), width * float(rng.uniform(0.2, 0.45)), height * 0.12)
    return marks.laid(base, mark, *_corner(rng, base, mark), min(0.75, strength + 0.15))


def _corner(rng: Rng, base: Bytes, mark: Bytes) -> tuple[int, int]:
    """Left and top of a mark near a corner or the middle of an edge."""
    gap = rng.uniform(0.02, 0.06) * min(base.shape[:2])
    x = (gap, base.shape[1] - mark.shape[1] - gap, (base.shape[1] - mark.shape[1]) / 2)[
        int(rng.choice(3, p=[0.42, 0.42, 0.16]))
    ]
    y = (gap, base.shape[0] - mark.shape[0] - gap)[int(rng.integers(2))]
    return int(x), int(y)


def _marked_tiles(rng: Rng, of: Pool, base: Bytes, ink: Sequence[int], strength: float) -> tuple[Bytes, Floats]:
    height, width = base.shape[:2]
    one = marks.symbol(rng, 96, ink, of.drawn) if rng.random() < 0.3 else _watermark_text(rng, ink)
    mark = marks.turned(
        _fitted(one, width * float(rng.uniform(0.15, 0.35)), height * 0.15), float(rng.choice([0, 30, 45, -30]))
    )
    step_x, step_y = (int(n * rng.uniform(1.15, 1.9)) + 4 for n in mark.shape[1::-1])
    pixels, cover = base, np.zeros((height, width), np.float32)
    start = int(rng.integers(step_y))
    for row, top in enumerate(range(-start, height, step_y)):
        for left in range(-(row % 2) * step_x // 2, width, step_x):
            pixels, more = marks.laid(pixels, mark, left, top, strength * 0.8)
            cover = np.maximum(cover, more)
    return pixels, cover


def _marked_sign(rng: Rng, of: Pool, base: Bytes, ink: Sequence[int], strength: float) -> tuple[Bytes, Floats]:
    side = int(min(base.shape[:2]) * rng.uniform(0.25, 0.6))
    mark = marks.logo(rng, side, ink, of.drawn)
    mark = _fitted(mark, 0.9 * base.shape[1], 0.9 * base.shape[0]) if mark.shape[1] > base.shape[1] else mark
    left, top = (
        int((n - m) * rng.uniform(0.3, 0.7)) for n, m in zip(base.shape[1::-1], mark.shape[1::-1], strict=True)
    )
    return marks.laid(base, mark, left, top, strength)


def _marked_cross(rng: Rng, of: Pool, base: Bytes, ink: Sequence[int], strength: float) -> tuple[Bytes, Floats]:
    height, width = base.shape[:2]
    mark = np.zeros((height, width, 4), np.uint8)
    mark[..., :3] = ink
    lines = np.zeros((height, width), np.uint8)
    thick = max(1, round(min(height, width) * 0.004))
    for start, end in (((0, 0), (width, height)), ((0, height), (width, 0))):
        cv2.line(lines, start, end, 255, thick, cv2.LINE_AA)
    mark[..., 3] = lines
    pixels, cover = marks.laid(base, mark, 0, 0, strength)
    pixels, more = _marked_line(rng, of, pixels, ink, strength)
    return pixels, np.maximum(cover, more)


_WATERMARKS: dict[str, Callable[[Rng, Pool, Bytes, Sequence[int], float], tuple[Bytes, Floats]]] = {
    "line": _marked_line,
    "corner": _marked_corner,
    "tiles": _marked_tiles,
    "sign": _marked_sign,
    "cross": _marked_cross,
}


def _clean(rng: Rng, of: Pool, base: Bytes, truth: str, posters: bool = False) -> Made:
    """What is no mark: the picture alone, a print on the product, an advertisement's copy, a designer's poster."""
    kinds = ["alone", "alone", "print", "copy", *(["poster"] if posters and of.of.get("poster") else [])]
    kind = str(rng.choice(kinds))
    pixels = _CLEAN[kind](rng, of, base)
    return Made(coded(rng, pixels), truth, note=kind)


def _printed(rng: Rng, of: Pool, base: Bytes) -> Bytes:
    """Opaque words or a sign on the middle of the picture, with the light of what they are printed on."""
    height, width = base.shape[:2]
    ink = _ink(rng)
    if rng.random() < 0.5:
        mark = _fitted(marks.typed(rng, marks.word(rng), 96, ink), width * rng.uniform(0.15, 0.4), height * 0.12)
    else:
        mark = marks.symbol(rng, int(min(height, width) * rng.uniform(0.12, 0.3)), ink, of.drawn)
    left = int((width - mark.shape[1]) * rng.uniform(0.35, 0.65))
    top = int((height - mark.shape[0]) * rng.uniform(0.35, 0.65))
    pixels, cover = marks.laid(base, mark, left, top, 0.97)
    shade = base.astype(np.float32).mean(-1, keepdims=True)
    light = np.clip(shade / np.maximum(1, px.blur(shade[..., 0], 12)[..., None]), 0.6, 1.4)
    return np.where(cover[..., None] > 0, np.clip(pixels * light, 0, 255), pixels).astype(np.uint8)


def _copy(rng: Rng, of: Pool, base: Bytes) -> Bytes:
    """Opaque lines of an advertisement, perhaps on a plate."""
    height, width = base.shape[:2]
    ink = _ink(rng)
    pixels = base
    top = int(height * rng.choice([0.05, 0.1, 0.6, 0.7]))
    left = int(width * rng.uniform(0.04, 0.12))
    for _ in range(int(rng.integers(1, 4))):
        line = marks.typed(rng, str(rng.choice(marks.COPY)), 96, ink)
        line = _fitted(line, width * rng.uniform(0.3, 0.85), height * rng.uniform(0.04, 0.12))
        if rng.random() < 0.25:
            plate = np.full((line.shape[0] + 20, line.shape[1] + 30, 4), 255, np.uint8)
            plate[..., :3] = _ink(rng)
            pixels, _ = marks.laid(pixels, plate, left - 15, top - 10)
        pixels, _ = marks.laid(pixels, line, left, top)
        top += int(line.shape[0] * 1.5)
    return pixels


_CLEAN: dict[str, Callable[[Rng, Pool, Bytes], Bytes]] = {
    "alone": lambda rng, of, base: base,
    "print": _printed,
    "copy": _copy,
    "poster": lambda rng, of, base: px.limited(cropped(rng, pick(rng, of.of["poster"]).pixels), 800),
}


# Logos


def logo(rng: Rng, of: Pool) -> Made:
    """Half of them with one or two opaque marks at corners or edges."""
    base = _base(rng, of)
    if rng.random() < 0.5:
        return _clean(rng, of, base, "clear")
    pixels, cover = base, np.zeros(base.shape[:2], np.float32)
    boxes: list[Box] = []
    for _ in range(1 if rng.random() < 0.8 else 2):
        side = int(min(base.shape[:2]) * rng.uniform(0.07, 0.2))
        mark = marks.logo(rng, side, _ink(rng), of.drawn)
        mark = _fitted(mark, 0.4 * base.shape[1], mark.shape[0]) if mark.shape[1] > 0.4 * base.shape[1] else mark
        mark = _plated(rng, mark) if rng.random() < 0.3 else mark
        left, top = _corner(rng, base, mark)
        box = Box(left, top, mark.shape[1], mark.shape[0]).scaled(1 / base.shape[1], 1 / base.shape[0])
        if not any(box.intersection(other).area > 0 for other in boxes):
            after, more = marks.laid(pixels, mark, left, top, float(rng.uniform(0.9, 1)))
            if _difference(pixels, after, more) < 3 * FAINT:
                mark[..., :3] = _against(pixels[top : top + mark.shape[0], left : left + mark.shape[1]])
                after, more = marks.laid(pixels, mark, left, top)
            pixels = after
            cover[top : top + mark.shape[0], left : left + mark.shape[1]] = 1
            boxes.append(box)
    return Made(coded(rng, pixels), "marked", cover, tuple(boxes), "logo")


def _plated(rng: Rng, mark: Bytes) -> Bytes:
    """The mark on a plate of another colour."""
    rim = max(4, mark.shape[0] // 5)
    plate = np.full((mark.shape[0] + 2 * rim, mark.shape[1] + 2 * rim, 4), 255, np.uint8)
    ink = mark[..., :3][mark[..., 3] > 128].mean() if (mark[..., 3] > 128).any() else 0
    plate[..., :3] = WHITE if ink < 150 else BLACK
    made, _ = marks.laid(np.ascontiguousarray(plate[..., :3]), mark, rim, rim)
    return np.dstack([made, plate[..., 3]])


# Collages


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
    base = _base(rng, of)
    rim = int(min(base.shape[:2]) * rng.uniform(0.02, 0.12))
    ink = WHITE if rng.random() < 0.7 else _ink(rng)
    return np.pad(base, ((rim, rim), (rim, rim), (0, 0))) + _frame(base.shape, rim, ink)


def _frame(shape: tuple[int, ...], rim: int, ink: Sequence[int]) -> Bytes:
    made = np.empty((shape[0] + 2 * rim, shape[1] + 2 * rim, 3), np.uint8)
    made[:] = ink
    made[rim : rim + shape[0], rim : rim + shape[1]] = 0
    return made


def _banded(rng: Rng, of: Pool) -> Bytes:
    """One picture with a plain band at an edge, as advertisements have it for their copy."""
    base = _base(rng, of)
    band = np.empty((int(base.shape[0] * rng.uniform(0.1, 0.3)), base.shape[1], 3), np.uint8)
    band[:] = _ink(rng)
    line = _fitted(
        marks.typed(rng, str(rng.choice(marks.COPY)), 64, WHITE if band[0, 0].mean() < 140 else BLACK),
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
    return cut_on(rng, of, _lit(rng, ground))


_SINGLE: dict[str, Callable[[Rng, Pool], Bytes]] = {
    "alone": _base,
    "rooms": lambda rng, of: px.limited(cropped(rng, pick(rng, of.of.get("indoor") or of.bases).pixels, 0.4), 800),
    "framed": _framed,
    "banded": _banded,
    "copy": lambda rng, of: _copy(rng, of, _base(rng, of)),
    "halves": _halves,
}


# Scenes


def _lit(rng: Rng, ground: Bytes) -> Bytes:
    """With a smooth fall of light over it, and grain."""
    height, width = ground.shape[:2]
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    centre = rng.uniform(0.1, 0.9, 2)
    fall = 1 - rng.uniform(0.15, 0.5) * np.hypot(x - centre[0], y - centre[1])
    noisy = ground * fall[..., None] + rng.normal(0, 1.2, (height, width, 1))
    found: Bytes = np.clip(noisy, 0, 255).astype(np.uint8)
    return found


def cut_on(rng: Rng, of: Pool, ground: Bytes, above: bool = False, times: int = 1, shadow: float = 0.4) -> Bytes:
    """Cut-outs laid on a ground with their shadow: at their foot, or all round where they are seen from above."""
    for _ in range(times):
        one = pick(rng, of.cuts)
        mark = _rgba(one)
        high = ground.shape[0] * rng.uniform(0.45, 0.85) / (times**0.5 if times > 1 else 1)
        mark = _fitted(mark, ground.shape[1] * 0.85 / times**0.5, high)
        mark = marks.turned(mark, float(rng.uniform(0, 360))) if above else mark
        left, top = (
            int((n - m) * rng.uniform(0.25 if times == 1 else 0, 0.75 if times == 1 else 1))
            for n, m in zip(ground.shape[1::-1], mark.shape[1::-1], strict=True)
        )
        ground = marks.laid(_shaded(ground, mark, left, top, shadow, above), mark, left, top)[0]
    return ground


def _shaded(ground: Bytes, mark: Bytes, left: int, top: int, strength: float, above: bool) -> Bytes:
    if strength <= 0:
        return ground
    cast = np.zeros_like(mark)
    cast[..., 3] = mark[..., 3]
    _, cover = marks.laid(ground, cast, left, top)
    if not above:  # only the lower fifth stands on the ground
        cover[: top + int(mark.shape[0] * 0.8)] = 0
    soft = px.blur(cover, max(2.0, 0.015 * ground.shape[0]))
    shift = np.roll(soft, int(0.01 * ground.shape[0]), 0)
    found: Bytes = (ground * (1 - strength * shift[..., None])).astype(np.uint8)
    return found


def _blank(rng: Rng, colour: Sequence[int] | np.ndarray) -> Bytes:
    width, height = (int(rng.integers(450, 850)) for _ in range(2))
    made = np.empty((height, width, 3), np.uint8)
    made[:] = colour
    return made


def _plain(rng: Rng, of: Pool) -> Bytes:
    colour = WHITE if rng.random() < 0.5 else rng.integers(90, 256, 3)
    return cut_on(rng, of, _blank(rng, colour), shadow=float(rng.choice([0, 0, 0.2])))


def _studio(rng: Rng, of: Pool) -> Bytes:
    grey = rng.integers(20, 250)
    colour = np.clip(grey + rng.normal(0, 12 if rng.random() < 0.6 else 60, 3), 10, 250)
    return cut_on(rng, of, _lit(rng, _blank(rng, colour)), shadow=float(rng.uniform(0.25, 0.6)))


def _flat(rng: Rng, of: Pool) -> Bytes:
    """Several things from above, on cloth or boards: the edge of a garment's picture, enlarged."""
    base = pick(rng, of.of["flat-lay"]).pixels
    height, width = base.shape[:2]
    strip = (
        base[: height // 7] if rng.random() < 0.5 else np.ascontiguousarray(base[:, : width // 7].transpose(1, 0, 2))
    )
    rows = np.vstack([strip, strip[::-1]] * 4)[: strip.shape[1]]
    ground = px.resize(np.ascontiguousarray(rows), 700, int(rng.integers(500, 900)))
    return cut_on(rng, of, ground, above=True, times=int(rng.integers(1, 6)), shadow=0.5)


def _on(scene: str) -> Callable[[Rng, Pool], Bytes]:
    return lambda rng, of: cut_on(rng, of, px.limited(cropped(rng, pick(rng, of.of[scene]).pixels, 0.6), 800))


def _real(scene: str) -> Callable[[Rng, Pool], Bytes]:
    return lambda rng, of: px.limited(cropped(rng, pick(rng, of.of[scene]).pixels, 0.65), 800)


SCENES: dict[str, tuple[Callable[[Rng, Pool], Bytes], ...]] = {
    "plain": (_real("plain"), _plain),
    "studio": (_real("studio"), _studio),
    "flat-lay": (_real("flat-lay"), _real("flat-lay"), _flat),
    "indoor": (_real("indoor"), _real("indoor"), _on("indoor")),
    "outdoor": (_real("outdoor"), _real("outdoor"), _on("outdoor")),
    "on-model": (_real("on-model"),),
}
"""Ways to make a picture of each kind, real ones first."""


def scene(rng: Rng, of: Pool) -> Made:
    """Each kind as often as the others, where there are pictures of it."""
    there = [kind for kind in SCENES if of.of.get(kind) or kind in ("plain", "studio")]
    kind = there[int(rng.integers(len(there)))]
    ways = SCENES[kind] if of.of.get(kind) else SCENES[kind][-1:]
    way = int(rng.integers(len(ways)))
    return Made(coded(rng, ways[way](rng, of)), kind, note="real" if ways[way] in SCENES[kind][:-1] else "composed")


HEADS: dict[str, Callable[[Rng, Pool], Made]] = {
    "scene": scene,
    "watermark": watermark,
    "collage": collage,
    "logo": logo,
}
"""What is composed for each head."""


def compose(head: str, number: int, of: Pool, seed: str = "") -> Made:
    """The composition of that number; the same for the same pictures and seed."""
    name = int.from_bytes(f"{seed}{head}".encode(), "little") % 2**63
    return HEADS[head](np.random.default_rng((name, number)), of)

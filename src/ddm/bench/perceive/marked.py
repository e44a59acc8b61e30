"""Real pictures -> the same with and without watermarks and logos laid over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ddm.bench.perceive import marks
from ddm.bench.perceive.faint import SEEN, standing_out
from ddm.bench.perceive.marks import Rng
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
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

STRONGER = (0.35, 0.5, 0.65)
"""Least strengths at which what nobody sees is laid anew, elsewhere; if that is not seen either, there is no mark."""
PLAIN = 42
"""Bytes by which a logo must differ from its ground in the mean: brands do not whisper."""


def watermark(rng: Rng, of: Pool) -> Made:
    """Half of them with a mark one can see through: a line, a sign, tiles, a cross of a picture agency."""
    base = base_picture(rng, of)
    if rng.random() < 0.5:
        return _clean(rng, of, base, "clear", posters=True)
    kind = str(rng.choice(["line", "line", "corner", "tiles", "tiles", "sign", "cross"]))
    strength = float(rng.uniform(0.2, 0.6))
    ink = (WHITE, WHITE, BLACK, (128, 128, 128))[int(rng.integers(4))]
    for tried, least in ((ink, 0.0), *((_against(base), least) for least in STRONGER)):
        pixels, cover = _WATERMARKS[kind](rng, of, base, tried, max(strength, least))
        if standing_out(base, pixels, cover) >= SEEN:
            return Made(coded(rng, pixels), "marked", cover, note=kind)
    return Made(coded(rng, base), "clear", note="alone")


def _against(ground: Bytes) -> tuple[int, int, int]:
    return WHITE if ground.mean() < 128 else BLACK


def _marked_line(rng: Rng, of: Pool, base: Bytes, ink: Sequence[int], strength: float) -> tuple[Bytes, Floats]:
    height, width = base.shape[:2]
    mark = fitted_mark(_watermark_text(rng, of, ink), width * float(rng.uniform(0.3, 0.9)), height * 0.3)
    mark = marks.turned(mark, float(rng.choice([0, 0, 30, 45, -30, 20])))
    left = int((width - mark.shape[1]) * rng.uniform(0.3, 0.7))
    top = int((height - mark.shape[0]) * rng.uniform(0.2, 0.8))
    return marks.laid(base, mark, left, top, strength)


def _watermark_text(rng: Rng, of: Pool, ink: Sequence[int]) -> Bytes:
    return marks.typed(rng, of.hand, marks.source(rng), 96, ink, float(rng.choice([0, 0, 0.1])))


def _marked_corner(rng: Rng, of: Pool, base: Bytes, ink: Sequence[int], strength: float) -> tuple[Bytes, Floats]:
    height, width = base.shape[:2]
    mark = fitted_mark(_watermark_text(rng, of, ink), width * float(rng.uniform(0.2, 0.45)), height * 0.12)
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
    one = marks.symbol(rng, of.hand, 96, ink) if rng.random() < 0.3 else _watermark_text(rng, of, ink)
    mark = marks.turned(
        fitted_mark(one, width * float(rng.uniform(0.15, 0.35)), height * 0.15), float(rng.choice([0, 30, 45, -30]))
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
    mark = marks.logo(rng, of.hand, side, ink)
    mark = fitted_mark(mark, 0.9 * base.shape[1], 0.9 * base.shape[0]) if mark.shape[1] > base.shape[1] else mark
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
    ink = ink_of(rng)
    if rng.random() < 0.5:
        name = marks.typed(rng, of.hand, marks.word(rng), 96, ink)
        mark = fitted_mark(name, width * rng.uniform(0.15, 0.4), height * 0.12)
    else:
        mark = marks.symbol(rng, of.hand, int(min(height, width) * rng.uniform(0.12, 0.3)), ink)
    left = int((width - mark.shape[1]) * rng.uniform(0.35, 0.65))
    top = int((height - mark.shape[0]) * rng.uniform(0.35, 0.65))
    pixels, cover = marks.laid(base, mark, left, top, 0.97)
    shade = base.astype(np.float32).mean(-1, keepdims=True)
    light = np.clip(shade / np.maximum(1, px.blur(shade[..., 0], 12)[..., None]), 0.6, 1.4)
    return np.where(cover[..., None] > 0, np.clip(pixels * light, 0, 255), pixels).astype(np.uint8)


def with_copy(rng: Rng, of: Pool, base: Bytes) -> Bytes:
    """Opaque lines of an advertisement, perhaps on a plate."""
    height, width = base.shape[:2]
    ink = ink_of(rng)
    pixels = base
    top = int(height * rng.choice([0.05, 0.1, 0.6, 0.7]))
    left = int(width * rng.uniform(0.04, 0.12))
    for _ in range(int(rng.integers(1, 4))):
        line = marks.typed(rng, of.hand, str(rng.choice(of.hand.copy)), 96, ink)
        line = fitted_mark(line, width * rng.uniform(0.3, 0.85), height * rng.uniform(0.04, 0.12))
        if rng.random() < 0.25:
            plate = np.full((line.shape[0] + 20, line.shape[1] + 30, 4), 255, np.uint8)
            plate[..., :3] = ink_of(rng)
            pixels, _ = marks.laid(pixels, plate, left - 15, top - 10)
        pixels, _ = marks.laid(pixels, line, left, top)
        top += int(line.shape[0] * 1.5)
    return pixels


_CLEAN: dict[str, Callable[[Rng, Pool, Bytes], Bytes]] = {
    "alone": lambda rng, of, base: base,
    "print": _printed,
    "copy": with_copy,
    "poster": lambda rng, of, base: px.limited(cropped(rng, pick(rng, of.of["poster"]).pixels), 800),
}


def logo(rng: Rng, of: Pool) -> Made:
    """Half of them with one or two opaque marks at corners or edges."""
    base = base_picture(rng, of)
    if rng.random() < 0.5:
        return _clean(rng, of, base, "clear")
    pixels, cover = base, np.zeros(base.shape[:2], np.float32)
    boxes: list[Box] = []
    for _ in range(1 if rng.random() < 0.8 else 2):
        after, more, box = _with_logo(rng, of, pixels)
        if not any(box.intersection(other).area > 0 for other in boxes):
            pixels, cover = after, np.maximum(cover, more)
            boxes.append(box)
    return Made(coded(rng, pixels), "marked", cover, tuple(boxes), "logo")


def _with_logo(rng: Rng, of: Pool, base: Bytes) -> tuple[Bytes, Floats, Box]:
    """The picture with one logo, where it lies, and its box. Where it would be lost: black or white, or on a plate."""
    height, width = base.shape[:2]
    side = int(min(height, width) * rng.uniform(0.07, 0.2))
    bare = marks.logo(rng, of.hand, side, ink_of(rng))
    bare = fitted_mark(bare, 0.4 * width, bare.shape[0]) if bare.shape[1] > 0.4 * width else bare
    on_plate = rng.random() < 0.3
    mark = _plated(bare) if on_plate else bare
    left, top = _corner(rng, base, mark)
    pixels, cover = marks.laid(base, mark, left, top, float(rng.uniform(0.9, 1)))
    if not _plain(base, pixels, cover):
        bare[..., :3] = _against(base[top : top + mark.shape[0], left : left + mark.shape[1]])
        mark = _plated(bare) if on_plate else bare
        pixels, cover = marks.laid(base, mark, left, top)
    if not _plain(base, pixels, cover):
        mark = _plated(bare)
        left, top = _corner(rng, base, mark)
        pixels, cover = marks.laid(base, mark, left, top)
    cover[top : top + mark.shape[0], left : left + mark.shape[1]] = 1
    return pixels, cover, Box(left, top, mark.shape[1], mark.shape[0]).scaled(1 / width, 1 / height)


def _plain(ground: Bytes, marked: Bytes, cover: Floats) -> bool:
    strokes = cover > 0.3 * cover.max()
    differs = np.abs(ground[strokes].astype(np.float32) - marked[strokes])
    return bool(differs.size and differs.mean() >= PLAIN and standing_out(ground, marked, cover) >= SEEN)


def _plated(mark: Bytes) -> Bytes:
    """The mark on a plate of another colour."""
    rim = max(4, mark.shape[0] // 5)
    plate = np.full((mark.shape[0] + 2 * rim, mark.shape[1] + 2 * rim, 4), 255, np.uint8)
    ink = mark[..., :3][mark[..., 3] > 128].mean() if (mark[..., 3] > 128).any() else 0
    plate[..., :3] = WHITE if ink < 150 else BLACK
    made, _ = marks.laid(np.ascontiguousarray(plate[..., :3]), mark, rim, rim)
    return np.dstack([made, plate[..., 3]])

"""A picture grown beyond its borders so that no seam is seen; its own pixels stay as they are.

Beyond a border lies the sum of two parts. The tone continues the rows that reach the border, outward, with their slope
fading out. The detail (grain, weave, gravel) is the picture's own, mirrored at the border. What counts as tone differs
by kind: on flat and smooth borders nearly everything, on texture only the slow part, and on complex borders nothing:
they are mirrored whole, and only a little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ddm.errors import Unfit
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask

COMPLEX_LIMIT = 0.12
"""How far a complex border may grow, of the picture along that way: beyond, people see the mirror."""
TEXTURE_LIMIT = 0.3
"""... and a textured one: beyond, its repetition shows."""
SMOOTH_LIMIT = 2.5
"""... and a flat or smooth one: nothing shows, but the picture's own part becomes small."""
LIMITS = {"flat": SMOOTH_LIMIT, "gradient": SMOOTH_LIMIT, "texture": TEXTURE_LIMIT, "complex": COMPLEX_LIMIT}

EDGE = 6
"""Columns whose mean is continued at the seam itself."""
JOIN = 0.03
"""Over this part of the picture the seam's own rows give way to smoothed ones."""
FADE = 0.05
"""Length, of the picture, over which an outward slope dies: walls do not become white."""
GRAIN_CLIP = 3.0
"""Detail stronger than so many deviations is no grain: dust, a mark, the rim of something."""


SETTLE = 0.2
"""Over this part of the picture soft differences along the border even out: no streaks to the horizon."""
SLANT_LIMIT = 0.04
"""How far a border may be mirrored where lines cross it at a slant: they would visibly turn back."""
SLANTED = 0.25
"""Mean coherent obliqueness (0..1) of a border's edges from which its lines count as slanted."""
SHARP_EDGE = 0.02
"""Slope per pixel (0..1 of lightness) of what counts as an edge there."""


@dataclass(frozen=True)
class _Way:
    """How tone is told from detail. low: radius of the tone, of the longer side. edges: contrast it keeps sharp.

    clip: whether strong detail is left out. deep: how far inside detail is taken from, of the picture.
    """

    low: float
    edges: float
    clip: bool
    deep: float


_WAYS = {
    "flat": _Way(0.02, 0.03, True, 0.12),
    "gradient": _Way(0.015, 0.03, True, 0.12),
    "texture": _Way(0.04, 0.5, False, 0.35),
}


def check(width: int, height: int, kinds: Mapping[str, str], cut: frozenset[str], growth: Mapping[str, int]) -> None:
    """Raises Unfit for the first side that cannot grow so far."""
    for side, amount in growth.items():
        if amount <= 0:
            continue
        share = amount / (width if side in ("left", "right") else height)
        if side in cut:
            raise Unfit(f"the picture cuts the subject at the {side}, growing it there would show the cut")
        if share > LIMITS[kinds[side]]:
            raise Unfit(
                f"the {side} border is {kinds[side]}, growing it by {share:.0%} would show",
                mend=f"at most {LIMITS[kinds[side]]:.0%}",
            )


def extended(pixels: Bytes, coverage: Floats, kinds: Mapping[str, str], growth: Mapping[str, int]) -> Bytes:
    """uint8 (h, w, 3) grown by whole pixels per side. coverage: float32 (h, w) of the subject, never continued."""
    height, width = pixels.shape[:2]
    image: Floats = pixels.astype(np.float32) / 255
    free = ~px.grown(coverage > 0.05, max(2, round(0.008 * max(height, width))))
    for side in ("left", "right", "top", "bottom"):
        if growth.get(side, 0) > 0:
            image, free = _grown(image, free, side, kinds[side], growth[side])
    found = _dithered(image)
    left, top = growth.get("left", 0), growth.get("top", 0)
    found[top : top + height, left : left + width] = pixels
    return found


def _grown(image: Floats, free: Mask, side: str, kind: str, amount: int) -> tuple[Floats, Mask]:
    """The picture turned so that the side is the right one, grown, and turned back."""
    if side in ("top", "bottom"):
        turned, mask = image.transpose(1, 0, 2), free.T
    else:
        turned, mask = image, free
    if side in ("left", "top"):
        turned, mask = turned[:, ::-1], mask[:, ::-1]
    turned, mask = np.ascontiguousarray(turned), np.ascontiguousarray(mask)
    if kind in ("complex", "texture"):
        _check_mirror(turned, mask, side, kind, amount)
    more = _mirrored(turned, amount) if kind == "complex" else _continued(turned, mask, _WAYS[kind], amount)
    turned = np.concatenate([turned, more], 1)
    mask = np.concatenate([mask, np.ones(more.shape[:2], bool)], 1)
    if side in ("left", "top"):
        turned, mask = turned[:, ::-1], mask[:, ::-1]
    return (turned.transpose(1, 0, 2), mask.T) if side in ("top", "bottom") else (turned, mask)


def _check_mirror(image: Floats, free: Mask, side: str, kind: str, amount: int) -> None:
    """Raises Unfit where a mirror at the right border would show the subject again, or break slanted lines."""
    width = image.shape[1]
    if kind == "complex" and not free[:, -min(width, amount) :].all():
        raise Unfit(f"the subject is nearer to the {side} border than the {amount} pixels that would be mirrored there")
    if kind == "texture" and amount > 2 * max(16, _clear_depth(free)):
        raise Unfit(
            f"too little of the {side} border's texture is free of the subject to grow it by {amount / width:.0%}"
        )
    if amount > SLANT_LIMIT * width and slant(image[:, -max(8, round(0.06 * width)) :]) > SLANTED:
        raise Unfit(f"lines cross the {side} border at a slant, growing it by {amount / width:.0%} would break them")


def slant(strip: Floats) -> float:
    """0..1: how much of a strip's sharp structure runs neither along the border nor straight out of it.

    By the structure tensor (Bigun and Granlund, 1987): 0 for level and upright lines and even gravel, 1 for diagonals.
    """
    plane = px.blur(strip.mean(2), 1.0)
    dx, dy = px.slope(plane), px.slope(np.ascontiguousarray(plane.T)).T
    sigma = max(2.0, strip.shape[1] / 8)
    xx, yy, xy = (px.blur(np.ascontiguousarray(p), sigma) for p in (dx * dx, dy * dy, dx * dy))
    energy = np.maximum(xx + yy - (0.2 * SHARP_EDGE) ** 2, 0)
    sharp = float((dx * dx + dy * dy > SHARP_EDGE**2).mean())
    oblique = float((2 * np.abs(xy)).sum() / max(float((xx + yy).sum()), 1e-9)) if energy.any() else 0.0
    return oblique * min(1.0, sharp / 0.01)


def _mirrored(image: Floats, amount: int) -> Floats:
    return image[:, _mirror_indices(image.shape[1], image.shape[1], amount)]


def _mirror_indices(width: int, depth: int, amount: int) -> np.ndarray:
    """Columns to show beyond the right border: back through `depth` columns, forth again, and so on."""
    t = np.arange(amount) % (2 * depth)
    found: np.ndarray = width - 1 - np.where(t < depth, t, 2 * depth - 1 - t)
    return found


def _continued(image: Floats, free: Mask, way: _Way, amount: int) -> Floats:
    """Tone and detail beyond the right border, float32 (h, amount, 3)."""
    height, width = free.shape
    radius = max(3, round(way.low * max(height, width)))
    depth = max(16, min(_clear_depth(free), round(way.deep * width)))
    strip, mask = image[:, -depth:], free[:, -depth:]
    tone = _tone(strip, mask, radius, way.edges)
    detail = (strip - tone) * mask[..., None]
    if way.clip:
        deviation = 1.4826 * np.median(np.abs(detail[mask])) if mask.any() else 0.0
        detail = np.clip(detail, -GRAIN_CLIP * deviation, GRAIN_CLIP * deviation)
    columns = _mirror_indices(depth, depth, amount)
    return _outward(tone, mask, radius, way.edges, amount, width) + detail[:, columns]


def _clear_depth(free: Mask) -> int:
    """Columns from the right border until the subject fills more than a fiftieth of one."""
    blocked = np.flatnonzero((~free).mean(0) > 0.02)
    return int(free.shape[1] - (blocked[-1] + 1 if len(blocked) else 0))


def _tone(image: Floats, mask: Mask, radius: int, edges: float) -> Floats:
    """The image without its detail, and without the subject: a mean that keeps edges stronger than `edges`.

    Guided filter (He, Sun and Tang, PAMI 2013) with the image as its own guide, its averages weighted by the mask.
    """
    weight = mask.astype(np.float32)
    total = px.box_mean(weight, radius)
    known = np.maximum(total, 1e-4)[..., None]
    filled = image * weight[..., None]
    mean = px.box_mean(filled, radius) / known
    variance = np.maximum(px.box_mean(filled * image, radius) / known - mean * mean, 0)
    gain = variance / (variance + edges * edges)
    gain = px.box_mean(gain * weight[..., None], radius) / known
    offset = px.box_mean((mean - mean * variance / (variance + edges * edges)) * weight[..., None], radius) / known
    found: Floats = gain * image + offset
    return np.where(total[..., None] > 1e-3, np.where(mask[..., None], found, mean), image)


def _outward(tone: Floats, mask: Mask, radius: int, edges: float, amount: int, width: int) -> Floats:
    """The tone beyond the right border: its last rows, smoothed more and more, with a slope that fades out."""
    near = _rows(tone, mask, 0, EDGE)
    wide = _rows(tone, mask, 0, max(EDGE, radius))
    calm = _smoothed(wide, 2 * radius, edges)
    far = _smoothed(calm, max(8 * radius, len(calm) // 8), 2 * edges)
    slope = _slope(tone, mask, radius)
    distance = np.arange(1, amount + 1, dtype=np.float32)
    fade = FADE * width
    rise = (fade * (1 - np.exp(-distance / fade)))[None, :, None]
    join = np.exp(-distance / (JOIN * width))[None, :, None]
    settle = (1 - np.exp(-distance / (SETTLE * width)))[None, :, None]
    level: Floats = calm[:, None] + (near - calm)[:, None] * join + (far - calm)[:, None] * settle
    found: Floats = level + slope[:, None] * rise
    return found


def _rows(tone: Floats, mask: Mask, start: int, depth: int) -> Floats:
    """The mean of each row over `depth` columns, `start` columns in from the right; (h, 3). Gaps are bridged."""
    stop = tone.shape[1] - start
    part, weight = tone[:, max(0, stop - depth) : stop], mask[:, max(0, stop - depth) : stop].astype(np.float32)
    total, count = (part * weight[..., None]).sum(1), weight.sum(1)[:, None]
    sure = count[:, 0] >= 0.5 * weight.shape[1]
    if not sure.any():
        flat: Floats = part.mean(1)
        return flat
    rows = np.arange(len(sure))
    mean = total / np.maximum(count, 1e-6)
    return np.stack([np.interp(rows, rows[sure], mean[sure, c]) for c in range(3)], 1).astype(np.float32)


def _smoothed(rows: Floats, radius: int, edges: float) -> Floats:
    """Along the border, keeping steps such as a floor's line."""
    sheet = np.ascontiguousarray(np.repeat(rows[:, None], 3, 1))
    return _tone(sheet, np.ones(sheet.shape[:2], bool), radius, edges)[:, 1]


def _slope(tone: Floats, mask: Mask, radius: int) -> Floats:
    """Change per column towards the border, only its slow part along it; (h, 3)."""
    step = min(4 * radius, tone.shape[1] // 2)
    if step < 2 * radius:  # too short a way to tell a slope from grain
        return np.zeros((tone.shape[0], 3), np.float32)
    change = (_rows(tone, mask, 0, step) - _rows(tone, mask, step, step)) / step
    sheet = np.ascontiguousarray(np.repeat(change[:, None], 3, 1))
    found: Floats = px.blur(sheet, max(4.0, 0.1 * tone.shape[0]))[:, 1]
    return found


def _dithered(image: Floats) -> Bytes:
    """To uint8 with half a step of noise, always the same, so that smooth tone shows no bands."""
    noise = np.random.default_rng(7).random(image.shape[:2], np.float32)[..., None]
    found: Bytes = np.clip(image * 255 + noise, 0, 255).astype(np.uint8)
    return found

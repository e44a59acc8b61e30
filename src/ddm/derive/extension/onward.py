"""What runs into a picture's border, and what was made beyond it -> the same, with what runs there carried on.

Near the border the best guess is what lies at it, carried straight on along its slant. That guess blurs with the
distance: fast where the picture itself changes towards its border, slowly where lines run into it (the edge of a
table, joints, folds). What was made gives all that is finer than the blur, so that nothing is smeared; so scale by
scale one goes over into the other, coarse things last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask

DEPTH = 0.07
"""Part of the picture's shorter side, at its border, that tells how things run there."""
SMALLEST = 16
"""Side of a picture in pixels below which nothing is seen to run anywhere."""
LOOKED_AT = 384
"""Length of the border at which that is looked at: finer things are noise."""
SLOPES = np.tan(np.radians(np.arange(-54, 55, 4.5)))
"""Tried slants, in rows per column."""
STEEP = 0.15
"""What a slope of 1 costs, as a part of the variance: level things often seem a little slanted."""
NEARER = 0.35
"""Part of the depth within which a pixel's weight falls to 1/e."""
WINDOW = 0.03
"""Part of the border that shares one slant."""
FAINT = 1e-7
"""Squared step between rows that is no edge: a slant is that of the edges near it."""
ALL_FREE = 0.9
"""Part of a small pixel that must be free of the subject."""
NOISE = 3 * (2 / 255) ** 2
"""Variance, over three channels, that is no structure: what varies less does not go on."""
LEVELS = (0.0, 1.0, 2.24, 4.58, 9.22, 18.5, 37.0)
"""Blurs in pixels of a pyramid's levels, each of half the size; between them is interpolated."""
BESIDE = 64
"""Pixels of the picture that are looked at beside what was made: the blur that is seen in the coarsest level."""
TRACED = 8
"""Step in pixels in which lines are followed."""
MIRRORED = (0.01, 0.03)
"""From where to where, of the picture's mean side, the finest detail goes over from the border's own, turned round, to
what was made: nothing is nearer in strength and sharpness. Of 74 crowded and 28 textured sides that are not held back,
(.025, .05) had frechet .338 and .364, this .331 and .360, less of it no better seam (.26 for .24)."""
LEAST, STRAIGHT, CROOKED = 0.7, 0.02, 0.3
"""Pixels of blur at the border, and more per pixel of distance: for what runs straight on, and for what does not."""
WIDEST = 0.006
"""Of the picture's mean side, the blur from which what was made takes over; at twice that it is all there is. With more
leaves and bark became streaks (of the same sides, frechet .349 with .012, .338 with this; half of it is no better)."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What runs into the right border. colours: float32 (h, 1, 3), of the border. rows: float32 (h, n), for each
    TRACED pixels outward the row at the border that is carried there. crooked: float32 (h, 1) 0..1. widest: the blur
    from which they are lost."""

    colours: Floats
    rows: Floats
    crooked: Floats
    widest: float

    @property
    def levels(self) -> tuple[float, ...]:
        return tuple(blur for blur in LEVELS if blur < 2 * self.widest)

    def seen(self, blur: float) -> int:
        """Columns in which something may be blurred as little as that."""
        return int((blur - LEAST) / (STRAIGHT + CROOKED * float(self.crooked.min()))) + 1


def onward(known: Bytes, made: Bytes) -> Floats:
    """float32 (h, m, 3) 0..1: the first columns of what lies beyond the right border; the others are as made.

    known: uint8 (h, w, 3), the picture, something smooth in its subject's place. made: uint8 (h, n, 3), what was made
    beyond.
    """
    if min(known.shape[:2]) < SMALLEST:
        return floats(made[:, :0])
    side = float(np.sqrt(known.shape[0] * known.shape[1]))
    slopes, crooked = _runs(known)
    beside = floats(known[:, -BESIDE:])
    lines = Lines(beside[:, -1:], _traced(slopes, made.shape[1]), crooked, WIDEST * side)
    near = _finest(known, floats(made[:, : lines.seen(2 * lines.widest)]), side)
    at = beside.shape[1]
    return near + _missed(np.concatenate([beside, near], 1), at, lines)[:, at:]


def _missed(whole: Floats, at: int, lines: Lines, level: int = 0) -> Floats:
    """What the lines say beyond column `at` and `whole` (h, n, 3) does not: of a pyramid's level and all coarser ones,
    each where the lines are as blurred as that level."""
    found, step = np.zeros_like(whole), 2**level
    if level + 1 < len(lines.levels):
        found = px.doubled(_missed(px.halved(whole), at, lines, level + 1), whole.shape[1], whole.shape[0])
    last = (*lines.levels, 2 * lines.widest)[level + 1]
    part = slice(-(-at // step), (at + lines.seen(last)) // step + 1)
    away = np.arange(part.start, min(part.stop, whole.shape[1]), dtype=np.float32) * step - at + 1
    if len(away):
        found[:, part] += _differs(whole[:, part], away, lines, level)
    return found


def _differs(made: Floats, away: Floats, lines: Lines, level: int) -> Floats:
    """By what the lines differ from what was made in some columns of a level, so far away (n,) from the border in
    pixels; nothing where they are blurred more or less than the level."""
    height = len(made)
    at = np.broadcast_to(np.arange(height, dtype=np.float32)[:, None] * 2**level, made.shape[:2])
    rows = px.sampled(lines.rows, np.broadcast_to(away / TRACED, at.shape), at)
    start = np.zeros_like(rows)
    blurs = LEAST + away * (STRAIGHT + CROOKED * px.sampled(lines.crooked, start, rows))
    mine = np.interp(blurs, lines.levels, np.eye(len(lines.levels))[level]).astype(np.float32)
    weight = mine * np.clip(2 - blurs / lines.widest, 0, 1)
    colours = _down(lines.colours[:, 0], LEVELS[level])[:, None] if level else lines.colours
    found: Floats = weight[..., None] * (px.sampled(colours, start, rows) - made)
    return found


def floats(pixels: Bytes) -> Floats:
    """float32 0..1."""
    found: Floats = pixels * np.float32(1 / 255)
    return found


def _finest(known: Bytes, made: Floats, side: float) -> Floats:
    """What was made, at first the border's own reflection."""
    start, end = (part * side for part in MIRRORED)
    count = min(made.shape[1], known.shape[1], int(end))
    weight = np.clip((end - np.arange(count, dtype=np.float32)) / (end - start), 0, 1)[None, :, None]
    made[:, :count] += weight * (floats(known[:, : -count - 1 : -1]) - made[:, :count])
    return made


def unforeseen(known: Bytes, free: Mask, part: float) -> float:
    """0..255: by how much what lies at the right border differs from going straight on along its best slant; the
    quantile `part` of that over the border, where no subject (not `free`, bool (h, w)) is near."""
    strip, back = _strip(known)
    seen = px.resize(free[:, -_deep(known) :].astype(np.float32), strip.shape[1], strip.shape[0]).min(1) > ALL_FREE
    if not seen.any():
        return 0.0
    along = _along(strip, np.full(len(back), 1 / len(back), np.float32), back)
    return float(255 * np.sqrt(np.quantile(along.min(1)[seen], part) / 3))


def _deep(known: Bytes) -> int:
    height, width = known.shape[:2]
    found: int = max(8, round(DEPTH * min(height, width)))
    return found


def _strip(known: Bytes) -> tuple[Floats, Floats]:
    """The part at the border, made smaller, and how far back each of its columns lies."""
    deep, height = _deep(known), len(known)
    scale = min(1.0, LOOKED_AT / height)
    size = max(8, round(deep * scale)), max(8, round(height * scale))
    strip = px.resize(floats(known[:, -deep:]), *size)
    return strip, np.arange(strip.shape[1], dtype=np.float32)[::-1]


def _along(strip: Floats, weights: Floats, back: Floats) -> Floats:
    """The variance (h, slopes) along each slope."""
    found = np.stack([_variance(_sheared(strip, float(slope), back), weights) for slope in SLOPES], 1)
    return _down(found, WINDOW * len(strip))


def _runs(known: Bytes) -> tuple[Floats, Floats]:
    """Rows by which what lies at each pixel of the border moves per column (h,), and 0..1 how little it goes on as it
    is (h, 1): the part of the variance there that lies along it."""
    strip, back = _strip(known)
    height, length = len(known), len(strip)
    weights = np.exp(-back / (NEARER * len(back)))
    weights /= weights.sum()
    window = WINDOW * length
    mean = _down(np.einsum("yxc,x->yc", strip, weights), window)
    whole = _down(np.einsum("yxc,yxc,x->y", strip, strip, weights)[:, None], window) - (mean**2).sum(1, keepdims=True)
    part = (_along(strip, weights, back) + NOISE) / (np.maximum(whole, 0) + NOISE)
    best = (part + STEEP * np.abs(SLOPES)).argmin(1)
    edges = np.gradient(strip[:, -6:].mean((1, 2)))[:, None] ** 2 + FAINT
    slopes = _down(SLOPES[best][:, None] * edges, window / 2) / _down(edges, window / 2)
    crooked = np.clip(np.take_along_axis(part, best[:, None], 1), 0, 1)
    at = (np.arange(height) + 0.5) * length / height - 0.5
    full = [np.interp(at, np.arange(length), plane[:, 0]).astype(np.float32) for plane in (slopes, crooked)]
    return full[0], full[1][:, None]


def _sheared(strip: Floats, slope: float, back: Floats) -> Floats:
    rows = np.arange(len(strip), dtype=np.float32)[:, None]
    inside = np.clip(rows - slope * back, 0, len(strip) - 1)
    return px.sampled(strip, np.broadcast_to(back[::-1], inside.shape), inside)


def _variance(strip: Floats, weights: Floats) -> Floats:
    """(h,) of each row, over all channels."""
    mean = np.einsum("yxc,x->yc", strip, weights)
    found: Floats = np.einsum("yxc,x->y", (strip - mean[:, None]) ** 2, weights)
    return found


def _down(plane: Floats, sigma: float) -> Floats:
    return px.blur(np.ascontiguousarray(plane, np.float32), 0.1, sigma)


def _traced(slopes: Floats, count: int) -> Floats:
    """float32 (h, n): for each TRACED pixels outward the row at the border that is carried there, for at least `count`
    pixels. Of lines that meet, the lower one ends."""
    rows = np.arange(len(slopes), dtype=np.float32)
    away = np.arange(0, count + 2 * TRACED, TRACED, dtype=np.float32)
    ends = np.maximum.accumulate(rows[:, None] + slopes[:, None] * away, 0)
    return np.stack([np.interp(rows, end, rows) for end in ends.T], 1).astype(np.float32)

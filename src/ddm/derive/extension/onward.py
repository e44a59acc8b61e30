"""What runs into a picture's border, and what was made beyond it -> the same, with what runs there carried on.

Near the border the best guess is what lies at it, carried straight on along its slant. That guess blurs with the
distance: fast where the picture itself changes towards its border, slowly where lines run into it (the edge of a
table, joints, folds). What was made gives all that is finer than the blur, so that nothing is smeared; so scale by
scale one goes over into the other, coarse things last.
"""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

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
LEVELS = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
"""Blurs in pixels between which is interpolated."""
MIRRORED = (0.025, 0.05)
"""From where to where, of the picture's mean side, the finest detail goes over from the border's own, turned round, to
what was made: nothing is nearer in strength and sharpness."""


LEAST, STRAIGHT, CROOKED = 0.7, 0.02, 0.3
"""Pixels of blur at the border, and more per pixel of distance: for what runs straight on, and for what does not."""
WIDEST = 0.012
"""Of the picture's mean side, the blur from which what was made takes over; at twice that it is all there is. With .03
leaves and bark became streaks (frechet .394 of 37 crowded sides that are not held back, against .384)."""


def onward(known: Floats, made: Floats) -> Floats:
    """float32 (h, n, 3): what lies beyond the right border.

    known: float32 (h, w, 3) 0..1, the picture, something smooth in its subject's place. made: float32 (h, n, 3), what
    was made beyond, of which the first columns are changed.
    """
    if min(known.shape[:2]) < SMALLEST:
        return made
    side = float(np.sqrt(known.shape[0] * known.shape[1]))
    slopes, crooked = _runs(known)
    slowest = STRAIGHT + CROOKED * float(crooked.min())
    count = min(made.shape[1], int((2 * WIDEST * side - LEAST) / slowest) + 1)
    near = _finest(known, made[:, :count], side)
    rows = _traced(slopes, count)
    along = np.arange(1, count + 1, dtype=np.float32)
    blurs = LEAST + along * (STRAIGHT + CROOKED * px.sampled(crooked, np.zeros_like(rows), rows))
    weight = np.clip(2 - blurs / (WIDEST * side), 0, 1)[..., None]
    coarse = _carried(known[:, -1], rows, blurs) - _blurred(known, near, blurs)
    found: Floats = np.concatenate([near + weight * coarse, made[:, count:]], 1)
    return found


def _finest(known: Floats, made: Floats, side: float) -> Floats:
    """What was made, at first the border's own reflection."""
    start, end = (part * side for part in MIRRORED)
    count = min(made.shape[1], known.shape[1], int(end))
    weight = np.clip((end - np.arange(count, dtype=np.float32)) / (end - start), 0, 1)[None, :, None]
    found = made.copy()
    found[:, :count] += weight * (known[:, ::-1][:, :count] - made[:, :count])
    return found


def unforeseen(known: Floats, free: Mask, part: float) -> float:
    """0..255: by how much what lies at the right border differs from going straight on along its best slant; the
    quantile `part` of that over the border, where no subject (not `free`, bool (h, w)) is near."""
    strip, back = _strip(known)
    seen = px.resize(free[:, -_deep(known) :].astype(np.float32), strip.shape[1], strip.shape[0]).min(1) > ALL_FREE
    if not seen.any():
        return 0.0
    along = _along(strip, np.full(len(back), 1 / len(back), np.float32), back)
    return float(255 * np.sqrt(np.quantile(along.min(1)[seen], part) / 3))


def _deep(known: Floats) -> int:
    height, width = known.shape[:2]
    found: int = max(8, round(DEPTH * min(height, width)))
    return found


def _strip(known: Floats) -> tuple[Floats, Floats]:
    """The part at the border, made smaller, and how far back each of its columns lies."""
    deep, height = _deep(known), len(known)
    scale = min(1.0, LOOKED_AT / height)
    size = max(8, round(deep * scale)), max(8, round(height * scale))
    strip = px.resize(np.ascontiguousarray(known[:, -deep:]), *size)
    return strip, np.arange(strip.shape[1], dtype=np.float32)[::-1]


def _along(strip: Floats, weights: Floats, back: Floats) -> Floats:
    """The variance (h, slopes) along each slope."""
    found = np.stack([_variance(_sheared(strip, float(slope), back), weights) for slope in SLOPES], 1)
    return _down(found, WINDOW * len(strip))


def _runs(known: Floats) -> tuple[Floats, Floats]:
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
    """float32 (h, count): the row at the border from which a place beyond is reached. Of lines that meet, the lower
    one ends."""
    rows = np.arange(len(slopes), dtype=np.float32)
    ends = np.maximum.accumulate(rows[:, None] + slopes[:, None] * np.arange(1, count + 1, dtype=np.float32), 0)
    return np.stack([np.interp(rows, end, rows) for end in ends.T], 1).astype(np.float32)


def _carried(border: Floats, rows: Floats, blurs: Floats) -> Floats:
    """float32 (h, n, 3): the border's colours at these rows of it, blurred along it."""
    line = np.ascontiguousarray(border[:, None])
    stack = np.concatenate([line, *(px.blur(line, 0.1, sigma) for sigma in LEVELS[1:])], 1)
    return px.sampled(stack, _level(blurs), rows)


def _blurred(known: Floats, made: Floats, blurs: Floats) -> Floats:
    """What was made (h, n, 3), blurred by so many pixels at each place."""
    level, found = _level(blurs), np.zeros_like(made)
    for number, sigma in enumerate(LEVELS):
        weight = np.maximum(1 - np.abs(level - number), 0)
        used = np.flatnonzero(weight.any(0))
        if len(used):
            part = slice(int(used[0]), int(used[-1]) + 1)
            found[:, part] += weight[:, part, None] * _soft(known, made, part, sigma)
    return found


def _soft(known: Floats, made: Floats, part: slice, sigma: float) -> Floats:
    """Some columns blurred, as far as is seen with what lies beside them."""
    if not sigma:
        return made[:, part]
    room = int(3 * sigma) + 1
    start, stop = max(0, part.start - room), part.stop + room
    before = known[:, max(0, known.shape[1] + part.start - room) :] if part.start < room else known[:, :0]
    whole = np.concatenate([before, made[:, start:stop]], 1)
    first = before.shape[1] + part.start - start
    return px.blur(np.ascontiguousarray(whole), sigma)[:, first : first + part.stop - part.start]


def _level(blurs: Floats) -> Floats:
    found: Floats = np.interp(blurs, LEVELS, np.arange(len(LEVELS))).astype(np.float32)
    return found

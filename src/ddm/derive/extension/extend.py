"""A picture grown beyond its borders so that no seam is seen; its own pixels stay as they are, but for a faulty rim.

What lies beyond is the sum of a guide and of detail. Beyond flat and smooth borders the guide is the picture's tone,
the smoother the farther out (ddm.derive.tone), and the detail new noise of the picture's kind. Beyond others pieces
of the picture's own detail are sewn together, over the light and the large things that a network foresees.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ddm.derive.extension.detail import detailed
from ddm.derive.extension.guide import guide
from ddm.derive.extension.limits import LIMITS, sureness
from ddm.derive.extension.reflected import reflected, slant
from ddm.derive.extension.sides import facing
from ddm.derive.grain import grain, wrapped
from ddm.derive.tone import Canvas, full, tone
from ddm.errors import Unfit
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask

SMOOTH = frozenset({"flat", "gradient"})
MARGIN = 0.008
"""Around the subject, of the longer side: where its rim and its matte's doubt lie."""
GRAINLESS = 0.35
"""Levels of grain below which a smooth tone would show bands, and is dithered; above, grain is that itself, and more
would be too much."""
DITHER = 0.5
"""... of what is sewn: some of its ground may be as smooth."""

RIM = 0.008
"""Most of a picture that may be a faulty rim, along a flat or smooth border: a scaler's or a codec's line, a frame."""
RIM_STEP = 0.8
"""How far (of 255) the mean of a line of the rim lies off what the lines further in foretell."""

LINE_DEPTH, LINE_WIDTH = 0.015, 0.02
"""Part of the picture that is looked at for lines that run into its border, and the widest of them, along it."""
LINE_STEP, LINE_GRAIN = 5.0, 6.0
"""Levels by which a line differs from what is beside it, beyond so many times the median that grain and folds make."""
LINE_REACH = 0.36
"""How far a smooth border is sewn on for the sake of its lines, of the picture."""
LINE_SHARE = 0.004
"""Part of the border that lines cover at least: two pixels of 512."""

REFLECTED, CLEAR = 0.12, 1.2
"""How far a textured or complex picture is grown by its own reflection, of its length, and how much of that must be
free of the subject: sharp as the picture itself and without a seam; farther out people see that things come again."""
SLANT_DEPTH, SLANTED = 0.06, 0.45
"""Depth of the border that is looked at for slanted lines, which a reflection turns back, and from where there are."""

Growth = Mapping[str, int]


def check(width: int, height: int, kinds: Mapping[str, str], cut: frozenset[str], growth: Growth) -> None:
    """Raises Unfit for the first side that cannot grow so far."""
    for side, amount in growth.items():
        if amount <= 0:
            continue
        length = width if side in ("left", "right") else height
        share = amount / length
        if side in cut:
            raise Unfit(f"the picture cuts the subject at the {side}, growing it there would show the cut")
        if amount > LIMITS[kinds[side]] * length + 0.5:  # whoever asks rounds to whole pixels
            raise Unfit(
                f"the {side} border is {kinds[side]}, growing it by {share:.0%} would show: "
                f"it is {sureness(kinds[side], share):.0%} sure",
                mend=f"at most {LIMITS[kinds[side]]:.0%}",
            )


def check_border(pixels: Bytes, coverage: Floats, kinds: Mapping[str, str], growth: Growth) -> None:
    """Raises Unfit for the first side where sewing would show: on complex borders what they cut becomes debris, and by
    textured ones the subject and its reflection are too near to sew with what lies there."""
    free = _free(coverage)
    for side, amount in growth.items():
        sewn = {"complex": False, "texture": _is_clear(free, side, amount)}.get(kinds[side], True)
        if amount > 0 and not sewn and not _reflects(pixels, free, side, amount):
            raise Unfit(
                f"things reach or run at a slant into the {side} border, growing it by {amount} pixels would show",
                mend="a picture with more room there",
            )


def extended(pixels: Bytes, coverage: Floats, kinds: Mapping[str, str], growth: Growth) -> Bytes:
    """uint8 (h, w, 3) grown by whole pixels per side. coverage: float32 (h, w) of the subject, never continued."""
    free = _free(coverage)
    asked = {side: n for side, n in growth.items() if n > 0}
    rims = {side: rim(facing(pixels, side), facing(free, side)) for side in asked if kinds[side] in SMOOTH}
    rows, columns = _within(rims, len(free), "top", "bottom"), _within(rims, free.shape[1], "left", "right")
    return _grown(pixels[rows, columns], free[rows, columns], kinds, {s: n + rims.get(s, 0) for s, n in asked.items()})


def _free(coverage: Floats) -> Mask:
    """Where surely no subject is."""
    return ~px.grown(coverage > 0.05, max(2, round(MARGIN * max(coverage.shape))))


def rim(pixels: Bytes, free: Mask) -> int:
    """How many columns at the right border belong to a line along it rather than to the picture."""
    most = max(3, round(RIM * pixels.shape[1]))
    part, weights = pixels[:, : -4 * most - 1 : -1], free[:, : -4 * most - 1 : -1].astype(np.float32)
    if len(weights[0]) < 4 * most or weights.sum(0).min() < 0.2 * len(weights):
        return 0
    means = (part.mean(2) * weights).sum(0) / weights.sum(0)
    at, sure = np.arange(4 * most), slice(most + 1, None)
    off = np.abs(means - np.polyval(np.polyfit(at[sure], means[sure], 1), at))
    wrong = np.flatnonzero(off[:most] > RIM_STEP + 3 * off[sure].mean())
    return min(most, int(wrong[-1]) + 2) if len(wrong) else 0


def _lined(pixels: Bytes, free: Mask, side: str, amount: int) -> bool:
    """Whether a smooth side is better sewn: lines run into it, and it grows no farther than sewing is good for."""
    turned = facing(pixels, side)
    return amount <= LINE_REACH * turned.shape[1] and crossed(turned, facing(free, side))


def crossed(pixels: Bytes, free: Mask) -> bool:
    """Whether lines run into the right border, such as joints of tiles, which noise would cut off there."""
    deep = max(4, round(LINE_DEPTH * pixels.shape[1]))
    part, known = px.luma(pixels)[:, -deep:].astype(np.float32), free[:, -deep:].all(1)
    if len(part) < 64:
        return False
    across = part.mean(1, keepdims=True)
    off = np.abs(across - px.blur(across, 0.1, LINE_WIDTH * len(part)))[known, 0]
    return bool(len(off) and (off > LINE_STEP + LINE_GRAIN * np.median(off)).mean() > LINE_SHARE)


def _within(rims: Growth, length: int, start: str, end: str) -> slice:
    return slice(rims.get(start, 0), length - rims.get(end, 0))


def _grown(pixels: Bytes, free: Mask, kinds: Mapping[str, str], growth: Growth) -> Bytes:
    near = {side: n for side, n in growth.items() if kinds[side] not in SMOOTH and _reflects(pixels, free, side, n)}
    if near:
        pixels, free = reflected(pixels, near), reflected(free, near)
        growth = {side: n for side, n in growth.items() if side not in near}
    return _farther(pixels, free, kinds, growth) if growth else pixels


def _reflects(pixels: Bytes, free: Mask, side: str, amount: int) -> bool:
    """Whether a little of the picture's own reflection is what is hardest to tell from the photograph there."""
    turned = facing(pixels, side)
    width = turned.shape[1]
    if amount > REFLECTED * width or not _is_clear(free, side, amount):
        return False
    return slant(px.luma(turned[:, -max(8, round(SLANT_DEPTH * width)) :]).astype(np.float32) / 255) < SLANTED


def _is_clear(free: Mask, side: str, amount: int) -> bool:
    """Whether no subject lies as near to the border as it is to grow."""
    return bool(facing(free, side)[:, -max(1, round(CLEAR * amount)) :].all())


def _farther(pixels: Bytes, free: Mask, kinds: Mapping[str, str], growth: Growth) -> Bytes:
    canvas = Canvas.of(len(free), free.shape[1], growth)
    plain = {side for side in growth if kinds[side] in SMOOTH}
    smooth = {side for side in plain if not _lined(pixels, free, side, growth[side])}
    if growth.keys() == smooth:
        return _smooth(pixels, free, canvas)
    image = pixels.astype(np.float32) / 255
    light = guide(image, free, canvas, growth.keys() - smooth)
    found = _bytes(detailed(image, free, light, canvas, smooth, plain - smooth), DITHER)
    found[canvas.own] = pixels
    return found


def _smooth(pixels: Bytes, free: Mask, canvas: Canvas) -> Bytes:
    """Tone and new noise around the picture."""
    image = pixels.astype(np.float32) / 255
    half, noise = tone(image, free, canvas), grain(image, free)
    dither = 1.0 if float(noise.std()) < GRAINLESS / 255 else 0.0
    found = np.empty((*canvas.size, 3), np.uint8)
    found[canvas.own] = pixels
    for rows, columns in canvas.bands:
        found[rows, columns] = _bytes(full(half, rows, columns) + wrapped(noise, rows, columns), dither)
    return found


def _bytes(image: Floats, dither: float) -> Bytes:
    """To uint8 with so many steps of noise, always the same: smooth tone without grain would show bands."""
    noise = dither * (np.random.default_rng(7).random(image.shape[:2], np.float32) - 0.5)
    found: Bytes = np.clip(image * 255 + (noise + 0.5)[..., None], 0, 255).astype(np.uint8)
    return found

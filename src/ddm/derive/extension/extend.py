"""A picture grown beyond its borders so that no seam is seen; its own pixels stay as they are, but for a faulty rim.

What lies beyond is the sum of a guide and of detail. Beyond flat and smooth borders the guide is the picture's tone,
the smoother the farther out (ddm.derive.tone), and the detail new noise of the picture's kind. Beyond others pieces
of the picture's own detail are sewn together, over the light and the large things that a network foresees. Near any
border what runs into it goes on along its slant (`onward`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from functools import partial

import numpy as np

from ddm.derive.extension.detail import detailed
from ddm.derive.extension.guide import guide
from ddm.derive.extension.limits import LIMITS, sureness
from ddm.derive.extension.onward import floats, onward, unforeseen
from ddm.derive.extension.reflected import reflected, slant
from ddm.derive.extension.sides import back, facing, parts
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
FLECK = 4
"""Pixels that share a step of dither where there is no grain: what a codec leaves of such ground has no finer ones (of
35 smooth sides that are not held back seam .205 to .201, frechet .196 to .191 with 4 for 1)."""

RIM = 0.008
"""Most of a picture that may be a faulty rim, along a flat or smooth border: a scaler's or a codec's line, a frame."""
RIM_STEP = 0.8
"""How far (of 255) the mean of a line of the rim lies off what the lines further in foretell."""

REFLECTED, CLEAR = 0.12, 1.2
"""How far a textured or complex picture is grown by its own reflection, of its length, and how much of that must be
free of the subject: sharp as the picture itself and without a seam; farther out people see that things come again."""
ALL, CROSSED = 0.99, 16.0
"""Part of a smooth border, and levels by which it may differ from going straight on; of 35 that were looked at, the six
above had a stool, a bird or a camera in them, and what is below were lines and light, which are carried on."""
NEARLY_ALL, BENT = 0.95, {"texture": 13.0, "complex": 10.0}
"""... of other borders: of 25, the twelve below went on well by 30 % (tables, floors, cloth), those above as debris."""
SEWN = {"texture": 0.22, "complex": 0.12}
"""How far those above may grow nevertheless, of their length: even texture comes again unseen."""
TRIFLE = 0.015
"""Growth, of the length, in which nothing is seen, whatever lies there."""
SLANT_DEPTH, SLANTED = 0.06, 0.45
"""Depth of the border that is looked at for slanted lines, which a reflection turns back, and from where there are."""

Growth = Mapping[str, int]
Light = Callable[[slice, slice], Floats]


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
    """Raises Unfit for the first side whose pixels do not go on as the kind of border promises."""
    free = _free(coverage)
    for side, amount in growth.items():
        if amount > 0 and not _goes_on(facing(pixels, side), facing(free, side), kinds[side], amount):
            raise Unfit(
                f"things reach into the {side} border that cannot be continued so far",
                mend="a picture with more room there",
            )


def _goes_on(pixels: Bytes, free: Mask, kind: str, amount: int) -> bool:
    """Whether the right border can be continued: a smooth one that nothing crosses, one at which all runs straight on,
    and by a little also others, where the subject is not near."""
    if amount <= TRIFLE * free.shape[1]:
        return True
    if kind in SMOOTH:
        return unforeseen(pixels, free, ALL) <= CROSSED
    if unforeseen(pixels, free, NEARLY_ALL) <= BENT[kind]:
        return True
    if amount > SEWN[kind] * free.shape[1] or not _is_clear(free, amount):
        return False
    near = px.luma(np.ascontiguousarray(pixels[:, -max(8, round(SLANT_DEPTH * free.shape[1])) :]))
    return kind == "texture" or slant(near.astype(np.float32) / 255) < SLANTED


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


def _within(rims: Growth, length: int, start: str, end: str) -> slice:
    return slice(rims.get(start, 0), length - rims.get(end, 0))


def _grown(pixels: Bytes, free: Mask, kinds: Mapping[str, str], growth: Growth) -> Bytes:
    near = {side: n for side, n in growth.items() if kinds[side] not in SMOOTH and _reflects(free, side, n)}
    if near:
        found, canvas = reflected(pixels, near), Canvas.of(len(free), free.shape[1], near)
        _lead_on(found, pixels, free, _ground(pixels, free), canvas)
        pixels, free = found, reflected(free, near)
        growth = {side: n for side, n in growth.items() if side not in near}
    return _farther(pixels, free, kinds, growth) if growth else pixels


def _ground(pixels: Bytes, free: Mask) -> Bytes:
    """The picture with its tone in the subject's place."""
    if free.all():
        return pixels
    canvas = Canvas.of(len(free), free.shape[1], {})
    return _without(pixels, free, full(tone(floats(pixels), free, canvas), *canvas.all))


def _without(pixels: Bytes, free: Mask, light: Floats) -> Bytes:
    """The picture with its light in the subject's place."""
    found = pixels.copy()
    found[~free] = np.clip(light[~free] * 255 + 0.5, 0, 255)
    return found


def _lead_on(
    found: Bytes, pixels: Bytes, free: Mask, ground: Bytes, canvas: Canvas, smooth: Set[str] = frozenset()
) -> None:
    """What runs into the picture's borders is carried on in what was made beyond them, in place.

    ground: the picture with its tone in the subject's place. smooth: sides at which that takes the place of a subject
    that runs into the border, too; at others it is carried on like all else.
    """
    for side, part in parts(canvas).items():
        found[canvas.own] = (
            ground if free.all() or side in smooth else np.where(_cut(free, side)[..., None], pixels, ground)
        )
        turned = facing(found[part], side)
        at = turned.shape[1] - getattr(canvas, side)
        carried = _bytes(onward(turned[:, :at], turned[:, at:]), DITHER)
        turned[:, at : at + carried.shape[1]] = carried
        found[part] = back(turned, side)
    found[canvas.own] = pixels


def _cut(free: Mask, side: str) -> Mask:
    """Where the subject lies that runs into that border."""
    runs = np.logical_and.accumulate(~facing(free, side)[:, ::-1], 1)
    return back(runs[:, ::-1], side)


def _reflects(free: Mask, side: str, amount: int) -> bool:
    """Whether a little of the picture's own reflection is what is hardest to tell from the photograph there."""
    turned = facing(free, side)
    return amount <= REFLECTED * turned.shape[1] and _is_clear(turned, amount)


def _is_clear(free: Mask, amount: int) -> bool:
    """Whether no subject lies as near to the right border as it is to grow."""
    return bool(free[:, -max(1, round(CLEAR * amount)) :].all())


def _farther(pixels: Bytes, free: Mask, kinds: Mapping[str, str], growth: Growth) -> Bytes:
    canvas = Canvas.of(len(free), free.shape[1], growth)
    smooth = {side for side in growth if kinds[side] in SMOOTH}
    image, found = floats(pixels), np.empty((*canvas.size, 3), np.uint8)
    make = _smooth if growth.keys() == smooth else _sewn
    light = make(found, image, free, canvas, smooth)
    ground = pixels if free.all() else _without(pixels, free, light(*canvas.own))
    _lead_on(found, pixels, free, ground, canvas, smooth)
    return found


def _smooth(found: Bytes, image: Floats, free: Mask, canvas: Canvas, _: Set[str]) -> Light:
    """Tone and new noise laid around the picture, and the tone of any part."""
    half, noise = tone(image, free, canvas), grain(image, free)
    dither = 1.0 if float(noise.std()) < GRAINLESS / 255 else 0.0
    for rows, columns in canvas.bands:
        found[rows, columns] = _bytes(full(half, rows, columns) + wrapped(noise, rows, columns), dither, FLECK)
    return partial(full, half)


def _sewn(found: Bytes, image: Floats, free: Mask, canvas: Canvas, smooth: Set[str]) -> Light:
    """The guide and detail laid around the picture, and the guide of any part."""
    guided = guide(image, free, canvas, set(canvas.sides) - smooth)
    detail = detailed(image, free, guided, canvas, smooth)
    for band in canvas.bands:
        found[band] = _bytes(guided[band] + detail[band], DITHER)
    return lambda rows, columns: guided[rows, columns]


def _bytes(image: Floats, dither: float, fleck: int = 1) -> Bytes:
    """To uint8 with so many steps of noise, the same for some pixels square and always the same: smooth tone without
    grain would show bands. Changes the image."""
    height, width = (-(-n // fleck) for n in image.shape[:2])
    noise = dither * (np.random.default_rng(7).random((height, width), np.float32) - 0.5) + np.float32(0.5)
    image *= np.float32(255)
    image += noise.repeat(fleck, 0).repeat(fleck, 1)[: len(image), : image.shape[1], None]
    return np.clip(image, 0, 255, out=image).astype(np.uint8)

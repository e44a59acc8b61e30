"""Pictures of one side of the split -> what compositions are drawn from, and the crop, size and codec of them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2 as opencv
import numpy as np
import simplejpeg

from ddm.bench.perceive.marks import Hand, Rng, hand
from ddm.bench.perceive.pictures import Real, decoded
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

cv2: Any = opencv  # its own annotations cannot be satisfied


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

    hand: what marks are made with. of: whole pictures by what a person saw in them.
    """

    bases: tuple[Real, ...]
    cuts: tuple[Real, ...]
    hand: Hand
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
        hand(held, [rgba_of(one) for one in side if one.set in marks_]),
        {scene: tuple(one for one in whole if one.scene == scene) for scene in sorted(scenes)} | {"poster": posters},
    )


def rgba_of(one: Real) -> Bytes:
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


def base_picture(rng: Rng, of: Pool) -> Bytes:
    return px.limited(cropped(rng, pick(rng, of.bases).pixels), int(rng.integers(500, 896)))


def ink_of(rng: Rng) -> tuple[int, int, int]:
    return INKS[int(rng.integers(len(INKS)))]


def fitted_mark(mark: Bytes, width: float, height: float) -> Bytes:
    scale = min(width / mark.shape[1], height / mark.shape[0])
    size = (max(2, round(mark.shape[1] * scale)), max(2, round(mark.shape[0] * scale)))
    found: Bytes = cv2.resize(mark, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    return found

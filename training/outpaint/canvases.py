"""Pictures -> canvases of which only a part is shown, for training and for checks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ddm.derive.extension.outpaint import STEP, inputs
from ddm.perceive import pixels as px
from training.outpaint.pictures import SHARES, Archive

RATIOS = (1.0, 1.0, 1.0, 0.75, 4 / 3, 0.5, 2.0, 1 / 3, 3.0)
"""Width over height of a batch's canvases, drawn evenly."""
HIDDEN = (0.1, 0.6)
"""Of the canvas, what one side hides at least and at most."""
SEEN = 0.25
"""Of the canvas' width and height, what is shown at least."""
SIDES = (0.6, 0.3, 0.1)
"""Chances that one, two or three sides are hidden."""
TIGHT = 0.45
"""Smallest crop, of the largest that fits: small ones are walls, cloth and floor, without a subject."""
HOLES = 0.2
"""Share of canvases with a hole inside as well: where a subject stands, which must not be continued."""


@dataclass(frozen=True, slots=True)
class Batch:
    """truth: float32 (n, 3, h, w) sRGB 0..1. inputs: (n, 6, h, w), as the generator takes them."""

    truth: npt.NDArray[np.float32]
    inputs: npt.NDArray[np.float32]


def shape(rng: np.random.Generator, side: int) -> tuple[int, int]:
    """Height and width of about side² pixels, both multiples of STEP."""
    ratio = float(rng.choice(RATIOS))
    height, width = side / ratio**0.5, side * ratio**0.5
    return tuple(max(2 * STEP, round(n / STEP) * STEP) for n in (height, width))  # type: ignore[return-value]


def batch(rng: np.random.Generator, pictures: Archive, held: bool, count: int, side: int) -> Batch:
    """So many canvases of one shape."""
    size = shape(rng, side)
    chosen = pictures.side(held)
    shares = np.array([SHARES[name] for name in chosen])
    names = rng.choice(list(chosen), count, p=shares / shares.sum())
    truth = [crop(rng, pictures.picture(int(rng.choice(chosen[name]))), size) for name in names]
    seen = [inputs(each, known(rng, size)) for each in truth]
    return Batch(np.stack(truth).transpose(0, 3, 1, 2), np.stack(seen))


def crop(rng: np.random.Generator, picture: npt.NDArray[np.uint8], size: tuple[int, int]) -> npt.NDArray[np.float32]:
    """float32 (h, w, 3): a part of the picture at that size, at times mirrored, its colour changed a little."""
    height, width = picture.shape[:2]
    scale = min(height / size[0], width / size[1]) * rng.uniform(TIGHT, 1) ** 0.5
    rows, columns = max(2, int(size[0] * scale)), max(2, int(size[1] * scale))
    top, left = int(rng.integers(height - rows + 1)), int(rng.integers(width - columns + 1))
    part = picture[top : top + rows, left : left + columns]
    part = part[:, ::-1] if rng.random() < 0.5 else part
    small = px.resize(np.ascontiguousarray(part), size[1], size[0]).astype(np.float32) / 255
    light = rng.uniform(0.85, 1.1) * rng.uniform(0.95, 1.05, 3)
    return np.clip(small * light, 0, 1).astype(np.float32)


def known(rng: np.random.Generator, size: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """bool (h, w): all but one to three sides, and at times but a hole within."""
    shown = np.zeros(size, bool)
    count = 1 + int(rng.choice(3, p=SIDES))
    amounts = np.zeros(4)
    amounts[rng.permutation(4)[:count]] = rng.uniform(*HIDDEN, count)
    parts = [_between(*amounts[2 * axis : 2 * axis + 2], size[axis]) for axis in range(2)]
    shown[parts[0], parts[1]] = True
    if rng.random() < HOLES:
        holed = shown & ~_hole(rng, size)
        return holed if holed.any() else shown
    return shown


def _between(before: float, after: float, length: int) -> slice:
    """What is left in the middle, at least SEEN of it."""
    much = min(1.0, (1 - SEEN) / max(before + after, 1e-6))
    return slice(round(before * much * length), length - round(after * much * length))


def _hole(rng: np.random.Generator, size: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """An ellipse of up to a third of the canvas' width and height."""
    y, x = np.ogrid[: size[0], : size[1]]
    (cy, cx), (ry, rx) = rng.uniform(0.2, 0.8, 2) * size, rng.uniform(0.05, 0.17, 2) * size
    found: npt.NDArray[np.bool_] = ((y - cy) / ry) ** 2 + ((x - cx) / rx) ** 2 < 1
    return found

"""What is known of a picture -> what may lie beyond it, by a small trained network: light, colour and large edges.

The network looks at a small copy and gives structure, not detail: whoever asks brings detail and grain from the
picture's own pixels. `training/outpaint` says what it was trained on, how, and what it is worth.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np

from ddm.errors import InputError
from ddm.models.runtime import Network
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

STEP = 16
"""Sides of the network's canvas are multiples of this."""
REACH = 64.0
"""Pixels that count as 1 in the network's measure of distance."""
WORKING = 192
"""Longer side of the canvas that the network looks at: it was trained on less, and is lost on a larger one."""
LARGEST = 2048
"""Longer side of a canvas: beyond, what is made of WORKING pixels is mist."""
SEEN = 0.5
"""Share of a small pixel that must be known for it to count: its colour is that of the known part."""


def outpainted(picture: Floats, known: Mask) -> Floats:
    """The picture with what may lie at its unknown pixels; known ones are returned as they came.

    picture: float32 (h, w, 3) sRGB 0..1, anything (even not finite) where unknown. known: bool (h, w), at least one.
    A canvas longer than WORKING is looked at in a smaller copy, and what was made is enlarged: at 2048 pixels that is
    one pass as well, no tiles, which would not know of each other. Memory beside the arrays is bounded by WORKING.
    Deterministic on one machine; processors with and without bfloat16 differ by about .002. Raises InputError.
    """
    _check(picture, known)
    height, width = known.shape
    small, seen = _reduced(np.where(known[..., None], picture, np.float32(0)).astype(np.float32), known)
    made = np.clip(_made(small, seen), 0, 1)
    found = made if made.shape[:2] == known.shape else px.enlarge(made, width, height)
    return np.where(known[..., None], picture, np.clip(found, 0, 1)).astype(np.float32)


def inputs(picture: Floats, known: Mask) -> Floats:
    """float32 (6, h, w), as the network takes it: colour of the nearest known pixel, 1 where a pixel is known itself,
    and rows and columns to that pixel in REACH."""
    rows, columns = px.nearest(known)
    y, x = np.indices(known.shape, np.float32)
    colours = np.asarray(picture, np.float32)[rows, columns].transpose(2, 0, 1)
    return np.concatenate([colours, [known, (rows - y) / REACH, (columns - x) / REACH]]).astype(np.float32)


def _check(picture: Floats, known: Mask) -> None:
    if picture.shape != (*known.shape, 3) or max(known.shape) > LARGEST:
        raise InputError(
            f"a canvas of {known.shape} for a picture of {picture.shape}", mend=f"at most {LARGEST} a side, and alike"
        )
    if not known.any():
        raise InputError("nothing of the picture is known", mend="show some of it")


def _reduced(picture: Floats, known: Mask) -> tuple[Floats, Mask]:
    """At most WORKING long: the mean of what is known under each small pixel, and whether that is enough."""
    height, width = known.shape
    scale = min(1.0, WORKING / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    weight = px.resize(known.astype(np.float32), *size)
    colours = px.resize(picture, *size) / np.maximum(weight, 1e-6)[..., None]
    return colours, weight >= min(SEEN, float(weight.max()))


def _made(picture: Floats, known: Mask) -> Floats:
    """float32 (h, w, 3) of a small canvas."""
    height, width = known.shape
    around = [(0, -n % STEP) for n in known.shape]
    padded = np.pad(picture, (*around, (0, 0)), mode="edge"), np.pad(known, around)
    (made,) = network().run(None, {network().input: inputs(*padded)[None]})
    found: Floats = made[0].transpose(1, 2, 0)[:height, :width].astype(np.float32)
    return found


@cache
def network() -> Network:
    """The shipped weights."""
    with as_file(files("ddm.derive.extension") / "outpaint.onnx") as path:
        return Network(path)

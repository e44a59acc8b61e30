"""A subject -> the same subject in light from another side: soft, wide shade over its lightness; its colours stay."""

from __future__ import annotations

import numpy as np

from ddm.colour import bytes_of_srgb, linear_of_oklab, oklab_of_bytes, srgb_of_linear
from ddm.perceive import pixels as px
from ddm.perceive.change import View
from ddm.perceive.cutout import extent
from ddm.perceive.perception import Params
from ddm.perceive.pixels import Bytes, Floats

SIDE = 320
"""Longer side of the matte from which the shape is guessed: shade is soft."""
DEEP = 0.22
"""Change of lightness (OKLab) at full strength where the light meets or misses the shape squarely."""
ROUND = 0.6
"""Share of the shade that follows the shape's guessed roundness; the rest is a plain ramp across it."""
LIGHT = {"left": -1.0, "front": 0.0, "right": 1.0}


def relit(view: View, params: Params) -> Bytes:
    """Lighter where the subject turns to the light, darker where it turns away; around it nothing changes.

    From the front its sides darken a little. Blacks stay black and highlights are not blown out.
    """
    across, facing = _shape(view.cover)
    side = LIGHT[str(params["direction"])]
    shade = side * across if side else 0.7 * (facing - 0.6)
    gain = DEEP * float(params["strength"]) * shade * view.cover
    lab = oklab_of_bytes(view.pixels)
    light = lab[..., 0]
    room = np.where(gain > 0, 1 - light, light)
    lab[..., 0] = light + gain * np.clip(room * 2.2, 0, 1)
    return bytes_of_srgb(srgb_of_linear(linear_of_oklab(lab)))


def _shape(cover: Floats) -> tuple[Floats, Floats]:
    """How far each place turns to the right, -1..1, and to the viewer, 0..1, as if the matte were blown up round."""
    small = px.limited(cover.astype(np.float32), SIDE)
    left, top, right, bottom = extent(small > 0.5)
    size = max(right - left, bottom - top)
    height = _inflated(small, size)
    turned = -px.slope(px.blur(height, 0.02 * size))
    normal = turned / np.sqrt(1 + turned**2)
    columns = np.arange(small.shape[1], dtype=np.float32)
    ramp = np.clip((2 * columns - left - right) / max(1, right - left), -1, 1)[None]
    across = px.blur((ROUND * 1.4 * normal + (1 - ROUND) * ramp).astype(np.float32), 0.03 * size)
    facing = np.clip(height / max(float(height.max()), 1e-6), 0, 1)
    full = cover.shape[1], cover.shape[0]
    return np.clip(px.enlarge(across, *full), -1, 1), px.enlarge(facing.astype(np.float32), *full)


def _inflated(matte: Floats, size: int) -> Floats:
    """Height of a soft body over the matte, in pixels: roots of the matte blurred narrowly and widely."""
    layers = [px.blur(matte, share * size) * matte for share in (0.03, 0.08, 0.2)]
    found: Floats = np.sqrt(np.clip(sum(layers) / len(layers), 0, 1)).astype(np.float32) * size * 0.5
    return found

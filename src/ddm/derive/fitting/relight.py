"""A subject -> the same subject in light from elsewhere: soft, wide shade over its lightness; its colours stay."""

from __future__ import annotations

import numpy as np

from ddm.colour import bytes_of_srgb, linear_of_oklab, oklab_of_bytes, srgb_of_linear
from ddm.derive.change import View
from ddm.derive.fitting.fitted import MOST
from ddm.perceive import pixels as px
from ddm.perceive.cutout import extent
from ddm.perceive.perception import Params
from ddm.perceive.pixels import Bytes, Floats

SIDE = 320
"""Longer side at which the shade is made: it is soft."""
DEEP = 0.22
"""Change of lightness (OKLab) at full strength where the light meets or misses the subject squarely."""
SOFT = 0.03
"""Of the subject's longer side, the blur of the shade."""
ROOM = 2.2
"""A change of lightness is whole where at least 1 / ROOM of the range is left: neither blacks nor highlights move."""


def relit(view: View, params: Params) -> Bytes:
    """Lighter where the subject turns to the light, darker where it turns away; around it nothing changes.

    direction: where the light comes from, degrees by the clock, 0 from above. The median change of the subject is
    bounded, as in `fitting`.
    """
    return shaded(view.pixels, view.cover, float(params["direction"]), float(params["strength"]))


def shaded(pixels: Bytes, cover: Floats, direction: float, strength: float) -> Bytes:
    """As `relit`, of uint8 (h, w, 3) sRGB and the subject's coverage (h, w)."""
    gain = DEEP * strength * _turned(cover, direction) * cover
    lab = oklab_of_bytes(pixels)
    light = lab[..., 0]
    free = np.where(gain > 0, 1 - light, light)
    change = gain * np.clip(free * ROOM, 0, 1)
    inside = cover > 0.5
    median = float(np.median(np.abs(change[inside]))) if inside.any() else 0.0
    lab[..., 0] = light + change * min(1.0, MOST / 100 / max(median, 1e-6))
    return bytes_of_srgb(srgb_of_linear(linear_of_oklab(lab)))


def _turned(cover: Floats, direction: float) -> Floats:
    """How far each place turns to the light, -1..1: a ramp over the subject, in the light's direction.

    A shape guessed from the matte, blown up round, tells no more: on ray-cast bodies any share of it left the same
    error (`ddm bench fit turned`), and boxes got a bevel.
    """
    small = px.limited(cover.astype(np.float32), SIDE)
    left, top, right, bottom = extent(small > 0.5)
    across, down = np.sin(np.radians(direction)), -np.cos(np.radians(direction))
    y, x = np.mgrid[: small.shape[0], : small.shape[1]].astype(np.float32)
    ramp = across * _spread(x, left, right) + down * _spread(y, top, bottom)
    soft = px.blur(np.clip(ramp, -1, 1).astype(np.float32), SOFT * max(right - left, bottom - top))
    return np.clip(px.enlarge(soft, cover.shape[1], cover.shape[0]), -1, 1)


def _spread(place: Floats, low: int, high: int) -> Floats:
    """-1 at the one end of the subject, 1 at the other."""
    found: Floats = np.clip((2 * place - low - high) / max(1, high - low), -1, 1)
    return found

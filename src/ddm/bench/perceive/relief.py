"""A cut-out -> the same as if it were round, lit by a known lamp, with the shadow that it then throws.

Its own shading is taken out first (divided by its wide average), its matte blown up to a relief, and that lit. It
stands on a ground, lies flat, or is a plain cut-out without a shadow.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import radians, sin

import numpy as np

from ddm.bench.perceive.raycast import Camera, Lamp
from ddm.perceive import pixels as px
from ddm.perceive.cutout import extent
from ddm.perceive.pixels import Floats

LAMP_RAYS = 16
THICK = 0.16
"""Half the depth of a standing thing, of its longer side: a sheet of paper would throw no shadow to its side."""
LIFTED = 0.12
"""How high a thing that lies flat rises, of its longer side."""
WHITE = 0.9


@dataclass(frozen=True, slots=True)
class Sprite:
    """colour: float32 (h, w, 3) linear. cover: (h, w) 0..1, with room around it for a shadow."""

    colour: Floats
    cover: Floats

    @property
    def size(self) -> int:
        left, top, right, bottom = extent(self.cover > 0.5)
        return max(right - left, bottom - top)


@dataclass(frozen=True, slots=True)
class Form:
    """How a matte is blown up. round: of the half-width, how far in the surface turns. folds: height of random waves.

    neutral: how much of the old shading is taken out. shine: strength of highlights.
    """

    round: float
    folds: float
    neutral: float
    shine: float


def lit(sprite: Sprite, form: Form, lamp: Lamp, camera: Camera, rng: np.random.Generator) -> Floats:
    """Its colours, linear (h, w, 3), under the lamp."""
    normal = _normals(sprite, form, rng)
    rays = lamp.rays(LAMP_RAYS) @ camera.axes().T * [1, 1, -1]
    viewer = np.array([0, 0, 1], np.float32)
    light, shine = np.zeros_like(sprite.cover), np.zeros_like(sprite.cover)
    for ray in rays.astype(np.float32):
        light += np.maximum(normal @ ray, 0) / LAMP_RAYS
        between = ray + viewer
        half = between / np.linalg.norm(between)
        shine += np.maximum(normal @ half.astype(np.float32), 0) ** 40 / LAMP_RAYS
    above = 0.5 + 0.5 * normal @ (camera.axes() @ [0.0, 1, 0] * [1, 1, -1]).astype(np.float32)
    level = (1 - lamp.sky) * light + lamp.sky * above
    found: Floats = _albedo(sprite, form) * level[..., None] + form.shine * shine[..., None]
    return found.astype(np.float32)


def _albedo(sprite: Sprite, form: Form) -> Floats:
    """Without the old shading: its lightness divided by its wide average over the matte."""
    light = sprite.colour.mean(2)
    sigma = 0.1 * sprite.size
    wide = px.blur(light * sprite.cover, sigma) / np.maximum(px.blur(sprite.cover, sigma), 1e-3)
    mean = float((light * sprite.cover).sum() / max(1.0, float(sprite.cover.sum())))
    gain = (mean / np.maximum(wide, 0.02)) ** form.neutral
    return np.clip(sprite.colour * gain[..., None], 0.02, WHITE)


def _normals(sprite: Sprite, form: Form, rng: np.random.Generator) -> Floats:
    """(h, w, 3) right, up, to the viewer: a quarter round of the matte's distance to its edge, and random folds."""
    away = px.distance(sprite.cover > 0.5, exact=True)
    reach = max(3.0, form.round * float(away.max()))
    inward = np.clip(away / reach, 0, 1)
    height = reach * np.sqrt(np.maximum(0, 1 - (1 - inward) ** 2))
    height = px.blur(height.astype(np.float32), max(1.0, 0.08 * reach))
    waves = rng.normal(size=sprite.cover.shape).astype(np.float32)
    sigma = 0.05 * sprite.size
    waves = px.blur(waves, sigma)
    height += form.folds * sigma * waves / max(1e-6, float(waves.std()))
    right, down = px.slope(height), px.slope(np.ascontiguousarray(height.T)).T
    normal = np.stack([-right, down, np.ones_like(height)], -1)
    unit: Floats = normal / np.linalg.norm(normal, axis=2, keepdims=True)
    return unit.astype(np.float32)


def shadow(sprite: Sprite, lamp: Lamp, camera: Camera) -> Floats:
    """float32 (h, w): how much of the lamp the ground does not see, 0..1."""
    thrown = _upright if camera.pitch < 60 else _flat
    found: Floats = np.mean([thrown(sprite, ray, camera) for ray in lamp.rays(LAMP_RAYS)], 0).astype(np.float32)
    return found


def _upright(sprite: Sprite, ray: Floats, camera: Camera) -> Floats:
    """The matte laid down on the ground away from a ray, once for its front, its middle and its back."""
    height, width = sprite.cover.shape
    base = extent(sprite.cover > 0.5)[3]
    tilt = sin(radians(camera.pitch))
    rise = max(0.05, float(ray[1]))
    shear, squash = float(ray[0]) / rise, tilt * float(ray[2]) / rise
    dark = np.zeros_like(sprite.cover)
    for deep in (-THICK, 0.0, THICK):
        moved = (deep - THICK) * sprite.size * tilt
        matrix = np.array([[1, shear, -shear * base], [0, squash, base * (1 - squash) + moved]], np.float32)
        if abs(squash) < 0.02:
            continue
        dark = np.maximum(dark, px.affine(sprite.cover, matrix, width, height))
    return dark


def _flat(sprite: Sprite, ray: Floats, camera: Camera) -> Floats:
    """The matte swept away from a ray as far as it is high."""
    height, width = sprite.cover.shape
    right, up, _ = camera.axes() @ ray
    rise = max(0.1, float(ray[1]))
    dark = np.zeros_like(sprite.cover)
    for part in (0.25, 0.5, 0.75, 1.0):
        far = part * LIFTED * sprite.size / rise
        matrix = np.array([[1, 0, -right * far], [0, 1, up * far]], np.float32)
        dark = np.maximum(dark, px.affine(sprite.cover, matrix, width, height))
    return dark

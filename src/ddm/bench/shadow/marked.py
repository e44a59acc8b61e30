"""A seed -> a photograph of a solid or a cut-out on some ground, with its shadow or without, and that shadow's truth.

Grounds are of any colour, fade to one side and to the corners, have grain and waves, and sometimes a wall behind and
other things lying about: what may be taken for a shadow. Each pair differs in nothing but the shadow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from ddm.bench.perceive import relief
from ddm.bench.perceive.raycast import Camera, Lamp
from ddm.bench.perceive.relief import Sprite
from ddm.bench.shadow.solids import SIDE, scene
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

GAMMA = 2.2


@dataclass(frozen=True, slots=True)
class Photograph:
    """pixels, clear: uint8 (h, w, 3), with and without shadow. matte, cover: float32 (h, w); cover is the darkness of
    the shadow on a screen, 0..1."""

    pixels: Bytes
    clear: Bytes
    matte: Floats
    cover: Floats


def photograph(seed: int, sprites: Sequence[Sprite]) -> Photograph:
    """Of a solid and of a cut-out in turn."""
    rng = np.random.default_rng(seed)
    if seed % 2 and sprites:
        matte, dark, own = _cut_out(rng, sprites[seed // 2 % len(sprites)])
    else:
        found = scene(seed)
        matte, dark, own = found.matte, found.dark, found.pixels.astype(np.float32) / 255
    cover = (1 - (1 - np.clip(dark * rng.uniform(0.4, 1), 0, 1)) ** (1 / GAMMA)).astype(np.float32)
    matte, ground = px.blur(matte, 0.7), _ground(rng)
    noise = rng.normal(0, rng.uniform(0, 0.012), (SIDE, SIDE, 3))
    clear, shadowed = (_shot(own, g, matte, noise) for g in (ground, ground * (1 - cover[..., None])))
    return Photograph(shadowed, clear, matte, cover)


def _cut_out(rng: np.random.Generator, sprite: Sprite) -> tuple[Floats, Floats, Floats]:
    """Matte, darkness and colours of a cut-out in the middle of the picture."""
    height, width = sprite.cover.shape
    scale = 0.5 * SIDE / max(height, width)
    matrix = np.array([[scale, 0, (SIDE - scale * width) / 2], [0, scale, (SIDE - scale * height) * 0.6]], np.float32)
    placed = Sprite(px.affine(sprite.colour, matrix, SIDE, SIDE), px.affine(sprite.cover, matrix, SIDE, SIDE))
    up, around = radians(float(rng.uniform(35, 65))), radians(float(rng.uniform(-70, 70)))
    lamp = Lamp((cos(up) * sin(around), sin(up), cos(up) * cos(around)), radians(float(rng.uniform(2, 40))), 0.3)
    thrown = relief.shadow(placed, lamp, Camera(float(rng.uniform(12, 30))))
    near = 0.5 * px.blur(placed.cover, 0.05 * placed.size)
    return placed.cover, 1 - (1 - 0.7 * thrown) * (1 - near), np.clip(placed.colour, 0, 1) ** (1 / GAMMA)


def _shot(own: Floats, ground: Floats, matte: Floats, noise: Floats) -> Bytes:
    picture = own * matte[..., None] + ground * (1 - matte[..., None]) + noise
    found: Bytes = np.clip(picture * 255 + 0.5, 0, 255).astype(np.uint8)
    return found


def _ground(rng: np.random.Generator) -> Floats:
    """float32 (SIDE, SIDE, 3), sRGB 0..1."""
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32) / SIDE - 0.5
    colour = np.clip(rng.uniform(0.45, 0.97) * (1 + rng.normal(0, 0.12, 3)), 0.1, 1)
    turn = rng.uniform(0, 2 * np.pi)
    light = 1 + rng.normal(0, 0.12) * (x * np.cos(turn) + y * np.sin(turn)) - rng.exponential(0.15) * (x * x + y * y)
    if rng.uniform() < 0.5:
        waves = px.blur(rng.normal(size=(SIDE, SIDE)).astype(np.float32), float(rng.uniform(0.5, 6)))
        light += rng.uniform(0, 0.03) * waves / float(waves.std())
    if rng.uniform() < 0.4:
        light *= np.where(y < rng.uniform(-0.3, 0.1), rng.uniform(0.75, 1.15), 1)
    found = light[..., None] * colour
    for _ in range(rng.integers(0, 3)):
        left, top, wide = rng.uniform(-0.5, 0.5), rng.uniform(-0.5, 0.5), rng.uniform(0.03, 0.12)
        inside = px.blur((np.hypot(x - left, y - top) < wide).astype(np.float32), 1.0)[..., None]
        found = found * (1 - inside) + inside * rng.uniform(0.05, 1, 3)
    ground: Floats = np.clip(found, 0, 1).astype(np.float32)
    return ground

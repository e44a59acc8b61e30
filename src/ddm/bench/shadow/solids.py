"""A seed -> a solid that stands on a floor, as a camera sees it, and the true shadow it throws by ray casting.

Box, cylinder, cone and ball in turn, from a slight height, lit from the front half by a lamp of any size and some sky.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, degrees, radians, sin

import numpy as np

from ddm.bench.perceive.raycast import Body, Camera, Lamp, floor, shoot
from ddm.colour import bytes_of_srgb, srgb_of_linear
from ddm.derive.shading.shadow import LARGEST, SMALLEST, Light
from ddm.perceive.pixels import Bytes, Floats, Mask

KINDS = ("box", "cylinder", "cone", "ellipsoid")
SIDE, SPAN = 320, 3.8
"""Pixels of a picture's side, and how much of the world it shows: shadows need room."""
RAYS = (48, 32)
"""To the lamp and to the sky: with fewer, the truth's penumbra has steps."""
BEHIND = -0.3
"""Cosine of the farthest around that a lamp stands: light from behind leaves nothing of a product to be seen."""
ASIDE = 0.3
"""How far off the lens' axis it stands at least: light along it comes from no side."""


@dataclass(frozen=True, slots=True)
class Scene:
    """matte: float32 (h, w). dark: float32 (h, w), 0..1 of linear light, on all the floor; `seen`: what is seen of it.

    light: as perception would say it, if it were right. pixels: a photograph, uint8 (h, w, 3).
    """

    kind: str
    matte: Floats
    dark: Floats
    seen: Mask
    light: Light
    pixels: Bytes
    tilt: float


def scene(seed: int) -> Scene:
    """The kind follows from the seed, all else by chance."""
    rng = np.random.default_rng(seed)
    kind = KINDS[seed % len(KINDS)]
    camera = Camera(float(rng.uniform(8, 30)), 0.0, SPAN)
    softness = float(rng.uniform())
    lamp = _lamp(rng, camera, softness)
    body = _body(rng, kind)
    shot = shoot((body,), camera, lamp, SIDE, SIDE, RAYS)
    open_ = float(shoot((), camera, lamp, 2, 2, RAYS).light[0, 0])
    seen = shot.body < 0
    dark = np.clip(1 - floor((body,), camera, lamp, SIDE, SIDE, RAYS) / open_, 0, 1).astype(np.float32)
    light = Light(lamp.clock(camera)[0], degrees(np.arcsin(lamp.towards[1])), softness)
    pixels = _photograph(rng, shot.light, seen, open_)
    return Scene(kind, (~seen).astype(np.float32), dark, seen, light, pixels, camera.pitch)


def _lamp(rng: np.random.Generator, camera: Camera, softness: float) -> Lamp:
    while True:
        height, around = radians(float(rng.uniform(25, 72))), float(rng.uniform(-np.pi, np.pi))
        towards = (cos(height) * sin(around), sin(height), cos(height) * cos(around))
        lamp = Lamp(towards, radians(SMALLEST + (LARGEST - SMALLEST) * softness), 0.12 + 0.4 * softness**2)
        if cos(around) > BEHIND and lamp.clock(camera)[1] > ASIDE:
            return lamp


def _body(rng: np.random.Generator, kind: str) -> Body:
    """On the floor, in the middle."""
    wide, tall = float(rng.uniform(0.25, 0.5)), float(rng.uniform(0.3, 0.8))
    deep = wide * float(rng.uniform(0.5, 1)) if kind == "box" else wide
    tall = wide if kind == "ellipsoid" else tall
    turned = float(rng.uniform(0, np.pi)) if kind == "box" else 0.0
    return Body(kind, (0.0, tall, 0.0), (wide, tall, deep), turned, 0.0)


def _photograph(rng: np.random.Generator, light: Floats, seen: Mask, open_: float) -> Bytes:
    """In two colours, with a camera's noise."""
    ground, own = rng.uniform(0.35, 0.9, 3), rng.uniform(0.08, 0.7, 3)
    albedo = np.where(seen[..., None], ground, own)
    srgb = srgb_of_linear(np.clip(albedo * (light / open_)[..., None], 0, 1))
    return bytes_of_srgb(np.clip(srgb + rng.normal(0, 0.008, srgb.shape), 0, 1))

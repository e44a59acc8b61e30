"""Bodies ray-cast in one light and in another -> how much nearer relighting brings the one picture to the other.

Each picture has one body of a plain colour and a camera's own light beside the lamp. Figures are means over pictures,
dE of the body in OKLab times 100, where both pictures have the same mean lightness: shade is judged, not exposure.

- before: the body in its own light against the body in the other. ours: relit, as the operation does at this strength.
- sides: relit from the left or the right only, whichever is nearer: what words for sides can say.
- away: relit from the opposite direction, which must be worse than doing nothing.
"""

from __future__ import annotations

from cmath import phase, rect
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, degrees, radians, sin
from pathlib import Path

import numpy as np

from ddm.bench.fit import Found
from ddm.bench.pages import Case
from ddm.bench.perceive import raycast
from ddm.bench.perceive.raycast import Body, Camera, Lamp
from ddm.colour import bytes_of_srgb, delta_e, oklab_of_bytes, srgb_of_linear
from ddm.derive.fitting.relight import shaded
from ddm.perceive.pixels import Bytes, Floats

PICTURES, SIDE = 48, 160
STRENGTH = 0.4
"""As the operation has it where nothing is said."""
HEIGHT = (20.0, 60.0)
"""Degrees of the lamp over the picture's plane, towards the camera."""
SKY, FILL = 0.35, 0.25
"""Light from all over, as a part of the lamp's, and from the camera, added to it: as in a room."""
SOFT = 0.25
"""Radius of the lamp in radians: a window."""
KINDS = ("ellipsoid", "cylinder", "box")


@dataclass(frozen=True)
class Pair:
    """One body in two lights, each with its direction by the clock."""

    one: Bytes
    other: Bytes
    cover: Floats
    lights: tuple[float, float]


def measure(corpora: Path, shown: bool = False) -> Found:
    rows, cases = [], []
    for number, pair in enumerate(_pairs()):
        done = _ways(pair)
        rows.append({way: apart(pixels, pair.other, pair.cover) for way, pixels in done.items()})
        if shown:
            cases.append(Case(f"body {number}", {"wished": pair.other, **done}, rows[-1]))
    return {way: float(np.mean([row[way] for row in rows])) for way in rows[0]} | {"pictures": len(rows)}, tuple(cases)


def _ways(pair: Pair) -> dict[str, Bytes]:
    one, other = (rect(1, radians(angle)) for angle in pair.lights)
    clock = degrees(phase(other - one)) % 360
    strength = min(1.0, STRENGTH * abs(other - one))
    side = 90.0 if clock < 180 else 270.0
    turns = {"ours": clock, "sides": side, "away": (clock + 180) % 360}
    return {"before": pair.one} | {
        way: shaded(pair.one, pair.cover, direction, strength) for way, direction in turns.items()
    }


def _pairs() -> Iterator[Pair]:
    camera = Camera(15.0)
    for seed in range(PICTURES):
        rng = np.random.default_rng(seed)
        body = _body(rng)
        colour = np.clip(rng.uniform(0.15, 0.75) * (1 + rng.normal(0, 0.3, 3)), 0.03, 0.9).astype(np.float32)
        lights = float(rng.uniform(-90, 90)), float(rng.uniform(-90, 90))
        (one, cover), (other, _) = (_picture(body, colour, camera, clock, rng.uniform(*HEIGHT)) for clock in lights)
        yield Pair(one, other, cover, lights)


def _body(rng: np.random.Generator) -> Body:
    wide, tall = float(rng.uniform(0.3, 0.6)), float(rng.uniform(0.3, 0.7))
    return Body(str(rng.choice(KINDS)), (0.0, tall, 0.0), (wide, tall, wide), float(rng.uniform(0, np.pi)), 0.0)


def _picture(body: Body, colour: Floats, camera: Camera, clock: float, height: float) -> tuple[Bytes, Floats]:
    """uint8 (h, w, 3) sRGB, and where the body is."""
    shot = raycast.shoot((body,), camera, _lamp(camera, clock, height), SIDE, SIDE)
    inside = shot.body >= 0
    albedo = np.where(inside[..., None], colour, np.float32(0.6))
    return bytes_of_srgb(srgb_of_linear(np.clip(albedo * (shot.light + FILL)[..., None], 0, 1))), inside.astype(
        np.float32
    )


def _lamp(camera: Camera, clock: float, height: float) -> Lamp:
    right, up, away = camera.axes()
    flat, high = cos(radians(height)), sin(radians(height))
    towards = flat * (sin(radians(clock)) * right + cos(radians(clock)) * up) - high * away
    x, y, z = (float(v) for v in towards / np.linalg.norm(towards))
    return Lamp((x, y, z), SOFT, SKY)


def apart(one: Bytes, other: Bytes, cover: Floats) -> float:
    """Mean distance of the body's pixels, both brought to one mean lightness."""
    inside = cover > 0.5
    labs = [oklab_of_bytes(pixels[inside]) for pixels in (one, other)]
    levels = [lab - np.array([lab[:, 0].mean(), 0, 0], np.float32) for lab in labs]
    return float(delta_e(*levels).mean())

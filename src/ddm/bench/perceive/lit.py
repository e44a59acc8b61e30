"""A seed -> a picture whose light is known: what it shows, its matte, where the light comes from and how soft it is.

Ray-cast bodies, or cut-outs blown up to reliefs, on a ground or without any, in many colours; a second light from the
camera; then photographed: backdrops that fade (with the light or against it) and are cluttered, exposure, tint, noise,
blur, JPEG. The matte is a little off, as a network's would be.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from ddm.bench.perceive import raycast, relief
from ddm.bench.perceive.raycast import Body, Camera, Lamp
from ddm.bench.perceive.relief import Form, Sprite
from ddm.colour import bytes_of_srgb, linear_of_srgb, srgb_of_linear
from ddm.perceive import pixels as px
from ddm.perceive.cutout import extent
from ddm.perceive.pixels import Bytes, Floats

SIDE = 288
"""Longer side of a composed picture: shade and shadow are wide."""
OFF_AXIS = 0.34
"""A lamp nearer than 20 degrees to the lens' axis comes from no side: such pictures are drawn again."""
FROM_BELOW = 0.3
"""Share that stays of the pictures lit from the lower half (Sun and Perona, "Where is the sun?", 1998: the eye
expects none); things that lie flat have some."""
LARGEST = 48.0
"""Degrees from the middle of the softest lamp to its edge: an overcast window."""
HELD_BACK = 3
"""One in so many cut-outs, by the hash of its name, is never trained on."""


FILL = 0.15
"""Mean of the light that comes from the camera, relative to the lamp's."""
WHITE = 0.92


@dataclass(frozen=True, slots=True)
class Lit:
    """pixels: uint8 (h, w, 3) sRGB. cover: float32 (h, w). direction: degrees by the clock. softness: 0..1.

    kind: bodies | cutout. ground: upright | flat | none (no shadow falls).
    """

    pixels: Bytes
    cover: Floats
    direction: float
    softness: float
    kind: str
    ground: str


def sprites(folder: Path, held_back: bool) -> dict[str, Sprite]:
    """The cut-outs of one half of the split, by name; without the shadows that lie in their alpha."""
    found = sorted(folder.glob("*.png"))
    return {path.stem: _sprite(path) for path in found if is_held_back(path.stem) == held_back}


def is_held_back(name: str) -> bool:
    return hashlib.sha256(name.encode()).digest()[0] % HELD_BACK == 0


def _sprite(path: Path) -> Sprite:
    pixels = np.asarray(Image.open(path).convert("RGBA").reduce(4))
    solid = pixels[..., 3] > 127
    labels, areas = px.components(solid)
    largest = labels == 1 + int(areas[1:].argmax())
    near = px.grown(largest, 2)
    cover = np.where(near, pixels[..., 3] / 255.0, 0).astype(np.float32)
    left, top, right, bottom = extent(cover > 0.5)
    part = np.s_[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2]
    return Sprite(linear_of_srgb(pixels[part][..., :3].astype(np.float32) / 255).astype(np.float32), cover[part])


def compose(seed: int, cutouts: Mapping[str, Sprite], dull: float = 0.0) -> Lit:
    """The picture of a seed; half of them of cut-outs, where there are any.

    dull: share of pictures in whose even light nothing tells of a direction, which teach to be unsure.
    """
    rng = np.random.default_rng(seed)
    softness = float(rng.uniform())
    camera = _camera(rng)
    lamp = _lamp(rng, camera, softness)
    lamp = replace(lamp, sky=0.97) if dull and rng.uniform() < dull else lamp
    ground = "flat" if camera.pitch > 60 else "upright"
    if cutouts and rng.uniform() < 0.55:
        ground = "none" if rng.uniform() < 0.35 else ground
        name = sorted(cutouts)[rng.integers(len(cutouts))]
        picture, cover = _cutout(rng, cutouts[name], camera, lamp, ground)
        kind = "cutout"
    else:
        ground = "none" if rng.uniform() < 0.2 else ground
        picture, cover = _bodies(rng, camera, lamp, ground)
        kind = "bodies"
    pixels = _photographed(rng, picture, cover, ground == "none")
    return Lit(pixels, _roughly(rng, cover), lamp.clock(camera)[0], softness, kind, ground)


def _camera(rng: np.random.Generator) -> Camera:
    if rng.uniform() < 0.3:
        return Camera(float(rng.uniform(78, 90)), 0.0, float(rng.uniform(2.4, 4)))
    return Camera(float(rng.uniform(6, 38)), float(rng.normal(0, 2)), float(rng.uniform(2.2, 4)))


def _lamp(rng: np.random.Generator, camera: Camera, softness: float) -> Lamp:
    """Above the ground and not behind the camera; seldom from the lower half of the picture, as photographers do."""
    while True:
        height, around = np.radians(rng.uniform(18, 78)), rng.uniform(0, 2 * np.pi)
        towards = (
            float(np.cos(height) * np.sin(around)),
            float(np.sin(height)),
            float(np.cos(height) * np.cos(around)),
        )
        sky = float(np.clip(rng.uniform(0.08, 0.35) + 0.4 * softness**2, 0, 0.8))
        lamp = Lamp(towards, np.radians(1 + LARGEST * softness), sky)
        clock, off_axis = lamp.clock(camera)
        if off_axis > OFF_AXIS and (not 100 < clock < 260 or rng.uniform() < FROM_BELOW):
            return lamp


def _bodies(rng: np.random.Generator, camera: Camera, lamp: Lamp, ground: str) -> tuple[Floats, Floats]:
    """Linear (h, w, 3) and cover of one to three bodies."""
    bodies = tuple(_body(rng, place) for place in range(rng.integers(1, 4)))
    shot = raycast.shoot(bodies, camera, lamp, SIDE, SIDE)
    cover = (shot.body >= 0).astype(np.float32)
    albedo = np.full((SIDE, SIDE, 3), _colour(rng, 0.3), np.float32)
    for index in range(len(bodies)):
        inside = shot.body == index
        albedo[inside] = _texture(rng, shot.place[inside])
    albedo *= np.where(cover[..., None] > 0.5, _patches(rng, cover), 1)
    if ground != "none":
        albedo *= np.where(cover[..., None] > 0.5, 1, _backdrop(rng, lamp, camera))
    light = shot.light + rng.exponential(FILL) * (1 - 0.4 * cover * px.blur(1 - cover, 9.0))
    return albedo * light[..., None] + shot.shine[..., None], cover


def _body(rng: np.random.Generator, place: int) -> Body:
    """The first in the middle, the others beside it; on the ground."""
    wide, tall, deep = (float(rng.uniform(low, high)) for low, high in ((0.15, 0.5), (0.15, 0.7), (0.15, 0.5)))
    kind = str(rng.choice(("ellipsoid", "ellipsoid", "cylinder", "box")))
    across, away = (float(rng.uniform(-0.7, 0.7)) * min(1, place) for _ in range(2))
    deep = wide if kind == "cylinder" else deep
    return Body(
        kind, (across, tall, away), (wide, tall, deep), float(rng.uniform(0, np.pi)), float(rng.uniform(0, 0.5))
    )


def _colour(rng: np.random.Generator, least: float = 0.05) -> Floats:
    base = rng.uniform(least, 0.9) if rng.uniform() > 0.2 else rng.uniform(0.4 * least, 2 * least)
    return np.clip(base * (1 + rng.normal(0, 0.35, 3)), 0.02, WHITE)


def _texture(rng: np.random.Generator, place: Floats) -> Floats:
    """Colours (n, 3) at points of a body: plain, stripes, checks, a band like a label, or marble."""
    one, two = _colour(rng), _colour(rng)
    turn = rng.normal(size=3)
    along = place @ (turn / np.linalg.norm(turn))
    often, start = rng.uniform(2, 12), rng.uniform(0, 6)
    kind = rng.integers(6)
    if kind < 2:
        share = np.zeros(len(place))
    elif kind == 2:
        share = (np.sin(often * along + start) > 0) * 1.0
    elif kind == 3:
        share = (np.sin(often * place[:, 0] + start) * np.sin(often * place[:, 1]) > 0) * 1.0
    elif kind == 4:
        share = (np.abs(along - rng.uniform(-0.5, 0.5)) < rng.uniform(0.1, 0.5)) * 1.0
    else:
        share = 0.5 + 0.5 * np.sin(
            3 * along + 2 * np.sin(often * place[:, 0]) + 2 * np.sin(often * place[:, 2] + start)
        )
    return one + share[:, None] * (two - one)


def _cutout(rng: np.random.Generator, sprite: Sprite, camera: Camera, lamp: Lamp, ground: str) -> tuple[Floats, Floats]:
    """Linear (h, w, 3) and cover of one cut-out as a relief."""
    placed = _placed(rng, sprite, camera)
    form = Form(*(float(rng.uniform(*span)) for span in ((0.3, 1.0), (0, 0.5), (0.6, 1.0), (0, 0.3))))
    placed = replace(placed, colour=placed.colour * _patches(rng, placed.cover))
    fill = rng.exponential(FILL)
    shown = relief.lit(placed, form, lamp, camera, rng) + fill * placed.colour
    floor = np.full((SIDE, SIDE, 3), _colour(rng, 0.3), np.float32)
    if ground != "none":
        across = max(0.15, lamp.towards[1])
        open_ = (1 - lamp.sky) * across * (1 - relief.shadow(placed, lamp, camera)) + lamp.sky * _occluded(placed)
        floor *= (open_ + fill)[..., None] * _backdrop(rng, lamp, camera)
    cover = placed.cover[..., None]
    return shown * cover + floor * (1 - cover), placed.cover


def _placed(rng: np.random.Generator, sprite: Sprite, camera: Camera) -> Sprite:
    """On the canvas: turned and mirrored by chance; any way up where it lies flat."""
    height, width = sprite.cover.shape
    scale = SIDE * rng.uniform(0.4, 0.72) / max(height, width)
    turn = rng.uniform(-np.pi, np.pi) if camera.pitch > 60 and rng.uniform() < 0.5 else rng.normal(0, 0.06)
    flip = rng.choice((-1.0, 1.0))
    c, s = scale * np.cos(turn), scale * np.sin(turn)
    matrix = np.array([[c * flip, -s, 0], [s * flip, c, 0]], np.float32)
    middle = SIDE * (0.5 + rng.normal(0, 0.04, 2)) - matrix[:, :2] @ [width / 2, height / 2]
    matrix[:, 2] = middle
    colour = px.affine(np.ascontiguousarray(sprite.colour), matrix, SIDE, SIDE)
    cover = px.affine(sprite.cover, matrix, SIDE, SIDE)
    return Sprite(np.where(cover[..., None] > 0.01, colour, 0), cover)


def _occluded(placed: Sprite) -> Floats:
    """What the ground sees of the sky: less beside the thing."""
    return 1 - 0.6 * px.blur(placed.cover, 0.05 * placed.size)


def _fade(rng: np.random.Generator, lamp: Lamp, camera: Camera) -> Floats:
    """(SIDE, SIDE) of a backdrop that is lighter to one side, mostly the lamp's, and darker to its corners."""
    angle = np.radians(lamp.clock(camera)[0]) + (rng.normal(0, 0.7) if rng.uniform() < 0.6 else rng.uniform(0, 7))
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32) / SIDE - 0.5
    ramp = rng.exponential(0.25) * (x * np.sin(angle) - y * np.cos(angle))
    corners = rng.exponential(0.15) * (x * x + y * y)
    found: Floats = np.exp(np.clip(ramp, -0.6, 0.6) - corners)
    return found


def _backdrop(rng: np.random.Generator, lamp: Lamp, camera: Camera) -> Floats:
    """(SIDE, SIDE, 3) of what the ground's colour is multiplied with: it fades, is uneven, and things lie on it."""
    found = (_fade(rng, lamp, camera) * (1 + 0.05 * _waves(rng, 0.02)))[..., None] * np.ones(3, np.float32)
    if rng.uniform() < 0.4:
        for _ in range(rng.integers(1, 6)):
            found *= _blot(rng, float(rng.choice((0.002, 0.01, 0.05))))
    if camera.pitch < 60 and rng.uniform() < 0.3:
        found[: int(SIDE * rng.uniform(0.2, 0.75))] *= rng.uniform(0.5, 1.4)
    return found.astype(np.float32)


def _blot(rng: np.random.Generator, soft: float) -> Floats:
    """(SIDE, SIDE, 3), 1 but for a box or an ellipse anywhere of another colour, with a more or less soft edge."""
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32) / SIDE
    (left, top), (wide, tall), turn = rng.uniform(0, 1, 2), rng.uniform(0.04, 0.3, 2), rng.uniform(0, np.pi)
    u = ((x - left) * np.cos(turn) + (y - top) * np.sin(turn)) / wide
    v = ((y - top) * np.cos(turn) - (x - left) * np.sin(turn)) / tall
    inside = np.maximum(np.abs(u), np.abs(v)) < 1 if rng.uniform() < 0.5 else np.hypot(u, v) < 1
    share = px.blur(inside.astype(np.float32), soft * SIDE)[..., None]
    found: Floats = 1 + share * (np.clip(rng.uniform(0.2, 1.3) + rng.normal(0, 0.15, 3), 0.1, 1.5) - 1)
    return found


def _patches(rng: np.random.Generator, cover: Floats) -> Floats:
    """(SIDE, SIDE, 3) of what a thing's colours are multiplied with: parts of other colours, which are no shade.

    Soles, lids, sleeves: some are split by a line, some blotched or of a colour that fades along.
    """
    found = np.ones((SIDE, SIDE, 3), np.float32)
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    left, top, right, bottom = extent(cover > 0.5)
    size = max(right - left, bottom - top)
    for _ in range(rng.choice((0, 0, 1, 2))):
        turn = rng.choice((0, np.pi / 2, rng.uniform(0, np.pi)))
        along = ((x - (left + right) / 2) * np.cos(turn) + (y - (top + bottom) / 2) * np.sin(turn)) / size
        share = np.clip((along - rng.uniform(-0.35, 0.35)) / rng.choice((0.01, 0.01, 0.4)), 0, 1)[..., None]
        found *= 1 + (share if rng.uniform() < 0.5 else 1 - share) * (
            np.clip(rng.uniform(0.15, 1) + rng.normal(0, 0.1, 3), 0.08, 1.2) - 1
        )
    if rng.uniform() < 0.3:
        waves = px.blur(rng.normal(size=cover.shape).astype(np.float32), rng.uniform(0.05, 0.2) * size)
        found *= np.exp(rng.uniform(0, 0.6) * waves / max(1e-6, float(waves.std())))[..., None]
    return found.astype(np.float32)


def _waves(rng: np.random.Generator, wide: float) -> Floats:
    """Noise of unit spread, smooth over a part of the picture."""
    found = px.blur(rng.normal(size=(SIDE, SIDE)).astype(np.float32), wide * SIDE)
    return found / max(1e-6, float(found.std())) * float(rng.uniform() < 0.4)


def _photographed(rng: np.random.Generator, picture: Floats, cover: Floats, plain: bool) -> Bytes:
    """As a camera and a shop's JPEG would show it; plain: cut out, on one colour, most often white."""
    level = float(np.quantile(picture[cover > 0.5] if plain else picture, rng.uniform(0.9, 0.995)))
    picture = picture * (rng.uniform(0.6, 1.1) / max(level, 1e-3)) * (1 + rng.normal(0, 0.04, 3))
    srgb = srgb_of_linear(np.clip(picture, 0, 1)) ** rng.uniform(0.75, 1.3)
    if plain:
        ground = np.ones(3) if rng.uniform() < 0.6 else srgb_of_linear(_colour(rng, 0.1))
        srgb = srgb * cover[..., None] + ground * (1 - cover[..., None])
    srgb = px.blur(srgb.astype(np.float32), rng.uniform(0.2, 0.9))
    srgb += rng.normal(0, rng.uniform(0, 0.02), srgb.shape)
    file = io.BytesIO()
    Image.fromarray(bytes_of_srgb(np.clip(srgb, 0, 1))).save(file, "JPEG", quality=int(rng.integers(60, 96)))
    return np.asarray(Image.open(file).convert("RGB"))


def _roughly(rng: np.random.Generator, cover: Floats) -> Floats:
    """The matte with an edge that is off by up to a pixel and a half."""
    soft = px.blur(cover, 1.2)
    found: Floats = np.clip((soft - 0.5) * 2.2 + 0.5 + rng.uniform(-0.35, 0.35), 0, 1).astype(np.float32)
    return found

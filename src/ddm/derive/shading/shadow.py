"""A matte and a light -> the shadow of what it shows. Planes are float32 (h, w), 0..1 of darkness.

Sizes are relative to the subject's, so that a shadow looks the same at every resolution. Darkness is reckoned in linear
light, and becomes coverage with black as a screen shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, radians, sin, tan

import numpy as np

from ddm.colour import parse_hex
from ddm.derive.shading.standing import Standing, standing
from ddm.derive.shading.thrown import Solid, lamp, occluded, sky, solid
from ddm.perceive import pixels as px
from ddm.perceive.cutout import extent
from ddm.perceive.pixels import Bytes, Floats

SIDE = 360
"""Longer side of the subject at which shadows are made: soft things need few pixels."""
FINE, COARSE = 220, 112
"""The same for rays: of the hardest lamp, and of the softest, whose shadow has no edge to lose."""
FEW, MANY = 14, 48
"""Rays to the hardest lamp and to the softest: so many that no single one shows."""
SKY_RAYS, ABOVE_RAYS = 32, 32
LOW, SCREEN, DEEPENED = 0.45, 32.0, 1.8
"""Of a contact shadow: how high above the ground a thing still darkens it, of its longer side; down to how many degrees
the screen reaches that a photographer hangs above the table; and a power by which it is deepened, as it is in a studio
where nothing but the screen gives light."""
BELOW, ABOVE, BESIDE, FARTHEST = 0.35, 0.25, 0.45, 1.5
"""Empty space around the subject for the shadow to die out in, of its longer side; BESIDE grows to FARTHEST where a
cast shadow is long."""
FADE = 0.6
"""Outer part of that space in which the shadow is brought to nothing, so slowly that no edge is seen on an even ground;
what a cast shadow has beyond it is not counted."""
SMALLEST, LARGEST = 1.0, 40.0
"""Degrees from the middle of a lamp to its edge, from softness 0 to 1: a bare bulb, and a window near by."""
OVERHEAD, BROAD = 52.0, 30.0
"""Height and radius in degrees of the light that a contact shadow is thrown by: a large soft box, as in any studio."""
CORE = 0.006
"""Of the longer side: over which the line where it touches the ground fades: a few pixels, as designers draw it."""
POOL = 0.72
"""How dark the pool is, beside that line: it would be a halo if it were as dark."""
CREASE = 0.5
"""How much of a contact shadow's crease a cast one has: the lamp reaches into most of it."""
FAINT, SPREAD = 0.2, 0.05
"""Darkness up to which a pool is spread the more the fainter it is, and how far, of the subject's longer side: out
there single rays would show as puffs on an even ground."""
GAMMA = 2.2
"""Of screens: darkness in linear light -> coverage with black."""


@dataclass(frozen=True, slots=True)
class Light:
    """direction: where it comes from, degrees by the clock in the picture's plane. height: degrees above the ground.

    softness: 0 a bare bulb .. 1 a window near by.
    """

    direction: float = 315.0
    height: float = 50.0
    softness: float = 0.5


DEFAULT = Light()
"""From the upper left, where the eye expects it (Sun and Perona, "Where is the sun?", 1998)."""


@dataclass(frozen=True)
class Shadow:
    """pixels: uint8 (h, w, 4), one colour with coverage. (x, y): left top corner over the picture, in its pixels.

    scale: shadow pixels per picture pixel.
    """

    pixels: Bytes
    x: float
    y: float
    scale: float


@dataclass(frozen=True, slots=True)
class Wish:
    """kind: of KINDS. strength 0..1: the darkness where no light falls at all.

    colour: '#rrggbb', what is left of white there, to be multiplied with the ground.
    """

    kind: str = "contact"
    strength: float = 0.6
    colour: str = "#000000"


def shadow(
    alpha: Bytes, x: int, y: int, wish: Wish, light: Light = DEFAULT, cut: frozenset[str] = frozenset()
) -> Shadow:
    """The shadow of a cut-out's alpha uint8 (h, w) whose left top corner lies at (x, y) of its picture.

    cut: sides where the picture cuts the subject: what is cut below, or hangs from above, is not seen to stand, and
    touches nothing.
    """
    height, width = alpha.shape
    scale = min(1.0, SIDE / max(height, width))
    small = px.resize(alpha, max(1, round(width * scale)), max(1, round(height * scale))).astype(np.float32) / 255
    room = left, top, right, bottom = _room(small, wish.kind, light)
    matte = np.pad(small, ((top, bottom), (left, right)))
    nowhere = wish.kind in GROUNDED and cut & {"top", "bottom"}
    dark = np.zeros_like(matte) if nowhere else KINDS[wish.kind](matte, light)
    linear = np.clip(dark, 0, 1) * (1 - (1 - wish.strength) ** GAMMA)
    cover = (1 - (1 - linear) ** (1 / GAMMA)) * _fading(dark.shape, room, float(max(small.shape)))
    seen = np.clip(cover * 255 + _noise(dark.shape), 0, 255).astype(np.uint8)
    return cropped(seen, wish.colour, x - left / scale, y - top / scale, scale)


def cropped(seen: Bytes, colour: str, x: float, y: float, scale: float) -> Shadow:
    """Coverage uint8 (h, w) whose left top corner lies at (x, y), of one colour, without what is empty around."""
    left, top, right, bottom = extent(seen > 0)
    part = seen[top:bottom, left:right]
    pixels = np.empty((*part.shape, 4), np.uint8)
    pixels[..., :3] = np.round(np.array(parse_hex(colour)) * 255)
    pixels[..., 3] = part
    return Shadow(pixels, x + left / scale, y + top / scale, scale)


def contact(matte: Floats, light: Light) -> Floats:
    """Of a thing that stands beneath a large soft light: darkest where it touches, a soft pool around."""
    low, feet = _lowered(matte, COARSE)
    body = _lowest(solid(low, feet), LOW * _size(low))
    above = occluded(body, *lamp(light.direction, OVERHEAD, feet.tilt, BROAD, ABOVE_RAYS))
    around = occluded(body, *sky(SKY_RAYS, SCREEN))
    pool = px.blur(0.5 * (above + around), 0.8 + 2 * light.softness)
    dark = _settled(1 - np.clip(1 - pool, 0, 1) ** DEEPENED, SPREAD * _size(low))
    return _either(POOL * _raised(dark, matte), _touch(matte, standing(matte), light.softness))


def cast(matte: Floats, light: Light) -> Floats:
    """On the floor, away from the light: sharp at the foot, softer the farther it falls."""
    hard = 1 - light.softness
    radius = SMALLEST + (LARGEST - SMALLEST) * light.softness
    rays = round(MANY + (FEW - MANY) * hard)
    low, feet = _lowered(matte, COARSE + (FINE - COARSE) * hard**2)
    fallen = occluded(solid(low, feet), *lamp(light.direction, light.height, feet.tilt, radius, rays))
    fallen = _even(fallen, feet, radius / rays**0.5)
    around = occluded(solid(*_lowered(matte, COARSE)), *sky(SKY_RAYS))
    lit = 0.85 - 0.4 * light.softness**2  # of all light, the lamp's: the softer, the more comes from elsewhere
    dark = lit * _raised(fallen, matte) + (1 - lit) * _raised(px.blur(around, 1.0), matte)
    return _either(dark, CREASE * _touch(matte, standing(matte), light.softness))


def drop(matte: Floats, light: Light) -> Floats:
    """Of a thing that lies flat or hangs before a wall: itself, moved away from the light, softer the farther."""
    size, soft = _size(matte), 0.4 + 1.2 * light.softness
    aside, down = -sin(radians(light.direction)), cos(radians(light.direction))
    near = px.blur(_moved(matte, 0.008 * size * aside, 0.008 * size * down), 0.010 * size * soft)
    far = px.blur(_moved(matte, 0.030 * size * aside, 0.030 * size * down), 0.035 * size * soft)
    return 1 - (1 - _either(0.45 * near, 0.55 * far)) ** DEEPENED


KINDS: dict[str, Callable[[Floats, Light], Floats]] = {"contact": contact, "drop": drop, "cast": cast}
GROUNDED = frozenset({"contact", "cast"})
"""Kinds that need a ground to fall on."""


def _either(one: Floats, other: Floats) -> Floats:
    """Two darknesses that know nothing of each other."""
    found: Floats = 1 - (1 - one) * (1 - other)
    return found


def _settled(dark: Floats, sigma: float) -> Floats:
    """Without the puffs of single rays where it is faint."""
    wide = px.blur(dark, sigma)
    share = np.clip(wide / FAINT, 0, 1)
    found: Floats = dark * share + wide * (1 - share)
    return found


def _lowest(body: Solid, height: float) -> Solid:
    """Only what lies so near the ground, less and less up to there: what is higher darkens a room, not a table."""
    share = np.clip(2 - 2 * body.height / height, 0, 1)
    return replace(body, weight=body.weight * share)


def _lowered(matte: Floats, side: float) -> tuple[Floats, Standing]:
    scale = min(1.0, side / _size(matte))
    low = px.resize(matte, max(1, round(matte.shape[1] * scale)), max(1, round(matte.shape[0] * scale)))
    return low, standing(low)


def _raised(plane: Floats, like: Floats) -> Floats:
    return np.clip(px.enlarge(plane, like.shape[1], like.shape[0]), 0, 1)


def _even(fallen: Floats, feet: Standing, between: float) -> Floats:
    """Blurred by how far the rays, so many degrees apart, have parted: not at the foot, most at the far end."""
    rows, columns = np.mgrid[: fallen.shape[0], : fallen.shape[1]].astype(np.float32)
    touching = np.flatnonzero(feet.touch > 0)
    near, far = (touching[0], touching[-1]) if len(touching) else (0, fallen.shape[1] - 1)
    along = np.maximum(0, np.maximum(near - columns, columns - far))
    away = np.hypot(along, (rows - feet.line) / max(0.1, sin(radians(feet.tilt))))
    sigma = 0.5 + 0.5 * tan(radians(between)) * away
    steps = (0.5, 1.5, 4.0, 9.0)
    found = px.blur(fallen, steps[0])
    for less, more in pairwise(steps):
        share = np.clip((sigma - less) / (more - less), 0, 1)
        found = found * (1 - share) + px.blur(fallen, more) * share
    return found


def _touch(matte: Floats, feet: Standing, softness: float) -> Floats:
    """Where it meets the ground: a thin line, as dark as can be, along what touches, and a softer one around it."""
    size, stands = _size(matte), feet.touch * feet.stands
    below = np.arange(matte.shape[0], dtype=np.float32)[:, None] + 0.5 - feet.line
    fading = below / (CORE * size)
    line = stands * np.where(below < 0, np.clip(2 + fading, 0, 1), np.exp(-np.maximum(fading, 0)))
    foot = stands * np.clip(1 - np.abs(below) / max(2.0, 0.012 * size), 0, 1)
    soft = 0.6 + 0.8 * softness
    return _either(
        px.blur(line.astype(np.float32), 1.0 + 0.002 * size, 0.5),
        _veil(_moved(foot, 0.0, 0.006 * size), 0.022 * size * soft, 0.014 * size * soft, 0.75),
    )


def _veil(plane: Floats, sigma_x: float, sigma_y: float, peak: float) -> Floats:
    """Blurred, then brought to `peak` where it is darkest."""
    soft = px.blur(plane.astype(np.float32), sigma_x, sigma_y)
    top = float(soft.max())
    return soft * (peak / top) if top > 1e-6 else soft


def _moved(plane: Floats, dx: float, dy: float) -> Floats:
    height, width = plane.shape
    return px.affine(plane.astype(np.float32), np.array([[1, 0, dx], [0, 1, dy]], np.float32), width, height)


def _size(matte: Floats) -> float:
    """The longer side of the box around the subject."""
    inside = matte > 0.5
    return float(max(1, inside.any(1).sum(), inside.any(0).sum()))


def _room(matte: Floats, kind: str, light: Light) -> tuple[int, int, int, int]:
    """Left, top, right and bottom."""
    size = float(max(matte.shape))
    long = matte.shape[0] / tan(radians(max(15.0, light.height - 20 * light.softness))) if kind == "cast" else 0.0
    side = round(min(BESIDE * size + long, FARTHEST * size))
    return side, round((BELOW if kind == "drop" else ABOVE) * size), side, round(BELOW * size)


def _fading(shape: tuple[int, ...], room: tuple[int, int, int, int], size: float) -> Floats:
    """1, falling to 0 at the borders within the room's outer part, without a corner at either end."""
    left, top, right, bottom = (max(1.0, FADE * min(side, BESIDE * size)) for side in room)
    rows, columns = (np.arange(side, dtype=np.float32) for side in shape)
    across = np.clip(np.minimum(columns / left, columns[::-1] / right), 0, 1)
    down = np.clip(np.minimum(rows / top, rows[::-1] / bottom), 0, 1)
    found: Floats = _smooth(down)[:, None] * _smooth(across)
    return found


def _smooth(share: Floats) -> Floats:
    """0..1 as it was, but level at both."""
    found: Floats = share * share * (3 - 2 * share)
    return found


def _noise(shape: tuple[int, ...]) -> Floats:
    """Half a step, always the same, against bands."""
    return np.random.default_rng(11).random(shape, np.float32)

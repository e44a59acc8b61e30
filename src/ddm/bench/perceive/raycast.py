"""Simple bodies on a ground, a camera and a lamp -> linear light of each pixel: pictures whose light is known exactly.

An orthographic camera; ellipsoids, boxes, cylinders and cones; a lamp that is a disc in the sky (sampled, so that
shadows have penumbras and cores) and an open sky around (sampled, so that feet darken). World: x right, y up, z to the
viewer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin
from typing import TypeAlias

import numpy as np

from ddm.perceive.pixels import Floats, Mask

FAR = np.float32(1e3)
"""Farther than anything in a scene: what a ray meets that meets nothing."""
NEAR = np.float32(2e-3)
"""A ray starts this far off the surface it leaves, or it would hit it."""
RAISED = 0.45
"""The middle of the picture lies this high above the ground, where the camera looks level."""
LAMP_RAYS, SKY_RAYS = 20, 10
GOLDEN = np.pi * (3 - 5**0.5)
"""Angle of the sunflower: points at this step fill a disc evenly (Vogel, 1979)."""

Met: TypeAlias = tuple[Floats, Callable[[Floats], Floats]]
"""Distance (n,) along the ray, and the normal (3, n) there, in the body's coordinates and of any length."""


@dataclass(frozen=True, slots=True)
class Body:
    """kind: ellipsoid | box | cylinder | cone (both upright). centre, half sizes (3,).

    turned: radians about the upright axis.
    """

    kind: str
    centre: tuple[float, float, float]
    half: tuple[float, float, float]
    turned: float
    shine: float


@dataclass(frozen=True, slots=True)
class Camera:
    """pitch: degrees it looks down, 90 from straight above; rolled: degrees by the clock. span: world height seen."""

    pitch: float
    rolled: float = 0.0
    span: float = 3.0

    def axes(self) -> Floats:
        """Rows: right, up, and away into the scene."""
        p, r = radians(self.pitch), radians(self.rolled)
        right, up = np.array([1.0, 0, 0]), np.array([0, cos(p), -sin(p)])
        return np.stack([cos(r) * right + sin(r) * up, cos(r) * up - sin(r) * right, [0, -sin(p), -cos(p)]])


@dataclass(frozen=True, slots=True)
class Lamp:
    """towards: unit vector (3,) from the scene to it. radius: radians. sky: share of light that comes from all over."""

    towards: tuple[float, float, float]
    radius: float
    sky: float

    def clock(self, camera: Camera) -> tuple[float, float]:
        """Degrees by the clock in the picture (0 above, 90 right), and how far off the lens' axis (0..1, a sine)."""
        right, up, _ = camera.axes() @ np.array(self.towards)
        return float(np.degrees(np.arctan2(right, up)) % 360), float(np.hypot(right, up))

    def rays(self, count: int) -> Floats:
        """(count, 3) unit vectors evenly over its disc."""
        k = np.arange(count)
        towards = np.array(self.towards)
        one = np.cross(towards, [0.31, 0.2, 0.93])
        one /= np.linalg.norm(one)
        two = np.cross(towards, one)
        reach = np.tan(self.radius) * np.sqrt((k + 0.5) / count)
        found = towards + reach[:, None] * (np.cos(GOLDEN * k)[:, None] * one + np.sin(GOLDEN * k)[:, None] * two)
        unit: Floats = found / np.linalg.norm(found, axis=1, keepdims=True)
        return unit


@dataclass(frozen=True, slots=True)
class Shot:
    """light: float32 (h, w) what falls on each pixel, relative; shine: (h, w) mirrored; body: (h, w), -1 is ground;
    place: (h, w, 3) in the body's own coordinates, or on the ground."""

    light: Floats
    shine: Floats
    body: np.ndarray
    place: Floats


def shoot(
    bodies: tuple[Body, ...],
    camera: Camera,
    lamp: Lamp,
    width: int,
    height: int,
    rays: tuple[int, int] = (LAMP_RAYS, SKY_RAYS),
) -> Shot:
    """Rays through a height x width picture; the world's origin lies in its middle, or a little below.

    rays: how many are sent from each point to the lamp and to the sky.
    """
    start, away = _starts(camera, width, height)
    hit, normal, body, place = _first(bodies, start, away)
    light, shine = _lit(bodies, hit, normal, lamp, away, rays)
    gloss = np.array([*(b.shine for b in bodies), 0.0], np.float32)[body]
    shape = (height, width)
    return Shot(light.reshape(shape), (shine * gloss).reshape(shape), body.reshape(shape), place.T.reshape(*shape, 3))


def floor(
    bodies: tuple[Body, ...], camera: Camera, lamp: Lamp, width: int, height: int, rays: tuple[int, int]
) -> Floats:
    """float32 (h, w): light on the whole ground, as if the bodies on it could not be seen; none where they stand."""
    start, away = _starts(camera, width, height)
    hit, normal, _, _ = _first((), start, away)
    light, _ = _lit(bodies, hit, normal, lamp, away, rays)
    above = _hidden(bodies, hit + NEAR * normal, normal[:, 0])
    below = _hidden(bodies, hit - 5 * NEAR * normal, normal[:, 0])
    found: Floats = np.where(below & ~above, 0, light).reshape(height, width)
    return found


def _starts(camera: Camera, width: int, height: int) -> tuple[Floats, Floats]:
    """Where the rays of a picture begin (3, n), and where all of them lead (3,)."""
    right, up, away = camera.axes().astype(np.float32)
    step = camera.span / height
    columns = (np.arange(width, dtype=np.float32) - (width - 1) / 2) * step
    rows = ((height - 1) / 2 - np.arange(height, dtype=np.float32)) * step + RAISED * cos(radians(camera.pitch))
    start = right[:, None, None] * columns + up[:, None, None] * rows[:, None] - 20 * away[:, None, None]
    return start.reshape(3, -1), away


def _first(bodies: tuple[Body, ...], start: Floats, away: Floats) -> tuple[Floats, Floats, np.ndarray, Floats]:
    """Where each ray first meets the ground or a body: point, normal, index of the body, point in its coordinates."""
    reach = -start[1] / away[1]
    normal = np.zeros_like(start)
    normal[1] = 1
    which = np.full(start.shape[1], -1)
    place = start + reach * away[:, None]
    for index, body in enumerate(bodies):
        into = _inwards(body)
        origin, slope = into @ (start - _centre(body)), into @ away
        t, own = _MEET[body.kind](origin, slope)
        near = t < reach
        reach = np.where(near, t, reach)
        outward = into.T @ own(t)
        normal[:, near] = (outward / np.maximum(np.sqrt((outward**2).sum(0)), 1e-9))[:, near]
        place[:, near], which[near] = (origin + np.minimum(t, FAR) * slope[:, None])[:, near], index
    return start + reach * away[:, None], normal, which, place


def _lit(
    bodies: tuple[Body, ...], hit: Floats, normal: Floats, lamp: Lamp, away: Floats, rays: tuple[int, int]
) -> tuple[Floats, Floats]:
    """What the lamp and the sky give to each point, and what of the lamp is mirrored to the camera (Blinn, 1977)."""
    to_lamp, to_sky = rays
    start = hit + NEAR * normal
    light, shine = np.zeros_like(hit[0]), np.zeros_like(hit[0])
    for ray in lamp.rays(to_lamp).astype(np.float32):
        fall = np.maximum(ray @ normal, 0)
        fall *= ~_hidden(bodies, start, ray)
        half = (ray - away) / np.linalg.norm(ray - away)
        light += (1 - lamp.sky) * fall / to_lamp
        shine += (fall > 0) * np.maximum(half @ normal, 0) ** 40 / to_lamp
    for ray in Lamp((0.0, 1.0, 0.0), 1.1, 0).rays(to_sky).astype(np.float32):
        fall = np.maximum(ray @ normal, 0) * ~_hidden(bodies, start, ray)
        light += lamp.sky * (0.15 + 0.85 * fall) / to_sky
    return light, shine


def _hidden(bodies: tuple[Body, ...], start: Floats, ray: Floats) -> Mask:
    """Whether a body stands between each point and where the ray leads. Only points whose ray passes near are asked."""
    found = np.zeros(start.shape[1], bool)
    for body in bodies:
        from_centre = start - _centre(body)
        along = ray @ from_centre
        around = float(np.dot(body.half, body.half))
        close = np.flatnonzero(((from_centre**2).sum(0) - along**2 < around) & (along < around**0.5))
        into = _inwards(body)
        found[close] |= _MEET[body.kind](into @ from_centre[:, close], into @ ray)[0] < FAR
    return found


def _centre(body: Body) -> Floats:
    return np.array(body.centre, np.float32)[:, None]


def _inwards(body: Body) -> Floats:
    """(3, 3), from the world to coordinates in which the body is of unit size; its transpose leads normals back."""
    c, s = cos(body.turned), sin(body.turned)
    own = np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]]) / np.array(body.half)[:, None]
    found: Floats = own.astype(np.float32)
    return found


def _ball(origin: Floats, slope: Floats) -> Met:
    t = _quadratic(float(slope @ slope), slope @ origin, (origin**2).sum(0) - 1)
    return t, lambda t: origin + np.minimum(t, FAR) * slope[:, None]


def _box(origin: Floats, slope: Floats) -> Met:
    """By slabs (Kay and Kajiya, 1986)."""
    slope = np.where(np.abs(slope) < 1e-6, 1e-6, slope)
    turn = np.sign(slope)[:, None]
    near, far = (-turn - origin) / slope[:, None], (turn - origin) / slope[:, None]
    enter = near.max(0)
    t = np.where((enter < far.min(0)) & (enter > 0), enter, FAR)
    return t, lambda _: -turn * (near == enter)


def _tube(origin: Floats, slope: Floats) -> Met:
    """An upright cylinder with lids."""
    flat, rise = slope[[0, 2]], slope[1] if abs(slope[1]) > 1e-6 else 1e-6
    side = _quadratic(max(float(flat @ flat), 1e-9), flat @ origin[[0, 2]], origin[0] ** 2 + origin[2] ** 2 - 1)
    lid = (-np.sign(rise) - origin[1]) / rise
    side = np.where(np.abs(origin[1] + side * rise) <= 1, side, FAR)
    on_lid = (origin[0] + lid * flat[0]) ** 2 + (origin[2] + lid * flat[1]) ** 2 <= 1
    lid = np.where((lid > 0) & on_lid, lid, FAR)

    def outward(t: Floats) -> Floats:
        point = origin + np.minimum(t, FAR) * slope[:, None]
        point[1] = 0
        return np.where(lid <= side, np.array([[0], [-np.sign(rise)], [0]], np.float32), point)

    return np.minimum(side, lid), outward


def _cone(origin: Floats, slope: Floats) -> Met:
    """Upright, its point above; the base is a lid."""
    rise = slope[1] if abs(slope[1]) > 1e-6 else 1e-6
    left = 1 - origin[1]
    a = float(slope[0] ** 2 + slope[2] ** 2 - 0.25 * rise**2)
    a = a if abs(a) > 1e-6 else 1e-6
    b = origin[0] * slope[0] + origin[2] * slope[2] + 0.25 * left * rise
    root = b * b - a * (origin[0] ** 2 + origin[2] ** 2 - 0.25 * left * left)
    deep = np.sqrt(np.maximum(root, 0))
    side = np.full_like(left, FAR)
    for t in ((-b - deep) / a, (-b + deep) / a):
        side = np.where((root > 0) & (t > 0) & (np.abs(origin[1] + t * rise) <= 1), np.minimum(side, t), side)
    base = (-1 - origin[1]) / rise
    on_base = (origin[0] + base * slope[0]) ** 2 + (origin[2] + base * slope[2]) ** 2 <= 1
    base = np.where((base > 0) & on_base, base, FAR)

    def outward(t: Floats) -> Floats:
        point = origin + np.minimum(t, FAR) * slope[:, None]
        point[1] = 0.25 * (1 - point[1])
        return np.where(base < side, np.array([[0], [-1], [0]], np.float32), point)

    return np.minimum(side, base).astype(np.float32), outward


def _quadratic(a: float, b: Floats, c: Floats) -> Floats:
    """The smaller root of a t^2 + 2 b t + c, FAR where there is none ahead."""
    inside = b * b - a * c
    t = (-b - np.sqrt(np.maximum(inside, 0))) / a
    found: Floats = np.where((inside > 0) & (t > 0), t, FAR).astype(np.float32)
    return found


_MEET: dict[str, Callable[[Floats, Floats], Met]] = {"ellipsoid": _ball, "box": _box, "cylinder": _tube, "cone": _cone}

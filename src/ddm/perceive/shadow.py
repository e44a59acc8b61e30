"""A matte -> the shadow of what it shows: contact, drop or cast. Planes are float32 (h, w), 0..1 of darkness.

Sizes are relative to the subject's, so that a shadow looks the same at every resolution.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

SIDE = 480
"""Longer side of the subject at which shadows are made: soft things need few pixels."""
ROOM = 0.35
"""Empty space around the subject, of its longer side, for the shadow to die out in."""
REACH = 0.16
"""Parts whose lower end is this much of the subject's size above its lowest point touch no ground."""


@dataclass(frozen=True)
class Shadow:
    """pixels: uint8 (h, w, 4), black with coverage. (x, y): left top corner over the picture, in its pixels.

    scale: shadow pixels per picture pixel.
    """

    pixels: Bytes
    x: float
    y: float
    scale: float


def shadow(alpha: Bytes, x: int, y: int, kind: str, strength: float, softness: float, direction: float) -> Shadow:
    """The shadow of a cut-out's alpha uint8 (h, w) whose left top corner lies at (x, y) of its picture.

    strength 0..1: the darkness where it is darkest. softness 0..1: how far it blurs. direction -1..1: to which side it
    falls, left to right. Kinds: see KINDS.
    """
    height, width = alpha.shape
    scale = min(1.0, SIDE / max(height, width))
    small = px.resize(alpha, max(1, round(width * scale)), max(1, round(height * scale))).astype(np.float32) / 255
    room = round(ROOM * max(small.shape))
    dark = KINDS[kind](np.pad(small, room), 0.4 + 1.2 * softness, direction)
    pixels = np.zeros((*dark.shape, 4), np.uint8)
    pixels[..., 3] = np.clip(dark * strength * 255 + _noise(dark.shape), 0, 255).astype(np.uint8)
    return Shadow(pixels, x - room / scale, y - room / scale, scale)


def contact(matte: Floats, softness: float, _: float) -> Floats:
    """Of a thing that stands on a surface: a dark line where it touches, a soft pool around, a faint one beneath it.

    Each column of the matte throws its lowest pixels on the ground, the less the higher they end above the lowest.
    """
    size = float(max(_extent(matte)))
    foot, pool = _feet(matte, size)
    touch = _veil(foot, 0.006 * size * softness, 0.004 * size * softness, 1.0)
    near = _veil(_dropped(foot, 0.006 * size), 0.028 * size * softness, 0.010 * size * softness, 0.75)
    far = _veil(_dropped(pool, 0.012 * size), 0.070 * size * softness, 0.022 * size * softness, 0.42)
    dark: Floats = 1 - (1 - touch) * (1 - near) * (1 - far)
    return dark


def drop(matte: Floats, softness: float, direction: float) -> Floats:
    """Of a thing that lies flat or hangs before a wall: itself, blurred and a little lower."""
    size = float(max(_extent(matte)))
    near = px.blur(_moved(matte, 0.004 * size * direction, 0.008 * size), 0.010 * size * softness)
    far = px.blur(_moved(matte, 0.02 * size * direction, 0.030 * size), 0.035 * size * softness)
    return 1 - (1 - 0.45 * near) * (1 - 0.55 * far)


def cast(matte: Floats, softness: float, direction: float) -> Floats:
    """On the floor, away from the light: the matte laid down and sheared, softer the farther it falls."""
    height, width = matte.shape
    size = float(max(_extent(matte)))
    base = ground_row(matte)
    squash, shear = 0.28, 0.75 * direction
    matrix = np.array([[1, -shear, shear * base], [0, squash, base * (1 - squash)]], np.float32)
    laid = px.affine(matte, matrix, width, height)
    sharp, soft = px.blur(laid, 0.006 * size * softness), px.blur(laid, 0.030 * size * softness)
    away = np.clip((base - np.arange(height, dtype=np.float32)) / (squash * size), 0, 1)[:, None]
    fallen = (sharp * (1 - away) + soft * away) * (0.8 - 0.45 * away)
    dark: Floats = 1 - (1 - fallen) * (1 - 0.8 * contact(matte, softness, direction))
    return dark


KINDS: dict[str, Callable[[Floats, float, float], Floats]] = {"contact": contact, "drop": drop, "cast": cast}


def _extent(matte: Floats) -> tuple[int, int]:
    """Height and width of the box around the subject."""
    inside = matte > 0.5
    return max(1, int(inside.any(1).sum())), max(1, int(inside.any(0).sum()))


def ground_row(matte: Floats) -> float:
    """The row of the lowest point, without the last per mille."""
    rows = np.cumsum((matte > 0.5).sum(1))
    return float(np.searchsorted(rows, 0.999 * rows[-1])) if rows[-1] else matte.shape[0] - 1.0


def _feet(matte: Floats, size: float) -> tuple[Floats, Floats]:
    """The lowest few pixels of each column by how near the ground they are, and a flat pool as wide as the body."""
    height = matte.shape[0]
    inside = matte > 0.5
    bottom = height - 1 - np.argmax(inside[::-1], 0).astype(np.float32)
    base = ground_row(matte)
    height_above = np.where(inside.any(0), base - bottom, np.inf)
    touching = np.clip(1 - height_above / (REACH * size), 0, 1) ** 2
    rows = np.arange(height, dtype=np.float32)[:, None]
    thick = max(2.0, 0.012 * size)
    foot = np.clip(1 - np.abs(rows - (bottom - 0.3 * thick)) / thick, 0, 1) * touching
    ground = _ground(bottom, touching, base)
    body = np.repeat(inside.any(0, keepdims=True), 3, 0).astype(np.float32)
    pool = np.clip(1 - np.abs(rows - ground) / (0.03 * size), 0, 1) * px.box_mean(body, max(1, round(0.04 * size)))[1]
    return foot.astype(np.float32), pool.astype(np.float32)


def _ground(bottom: Floats, touching: Floats, base: float) -> float:
    """The row of the ground beneath the body: between the nearest and the farthest foot."""
    weight = float(touching.sum())
    return float((np.where(np.isfinite(bottom), bottom, 0) * touching).sum() / weight) if weight > 1 else base


def _veil(plane: Floats, sigma_x: float, sigma_y: float, peak: float) -> Floats:
    """Blurred, then brought to `peak` where it is darkest."""
    soft = px.blur(plane, sigma_x, sigma_y)
    top = float(soft.max())
    return soft * (peak / top) if top > 1e-6 else soft


def _dropped(plane: Floats, rows: float) -> Floats:
    return _moved(plane, 0.0, rows)


def _moved(plane: Floats, dx: float, dy: float) -> Floats:
    height, width = plane.shape
    return px.affine(plane, np.array([[1, 0, dx], [0, 1, dy]], np.float32), width, height)


def _noise(shape: tuple[int, ...]) -> Floats:
    """Half a step, always the same, against bands."""
    return np.random.default_rng(11).random(shape, np.float32)

"""Pixels -> boxes of faces, by CenterFace (Xu et al., "CenterFace: Joint Face Detection and Alignment", 2019)."""

from __future__ import annotations

import math

import numpy as np

from ddm import models
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Bytes, Floats

SIDE = 640
"""Longer side looked at: a face of a fiftieth of the picture is still found."""
CONFIDENT = 0.5
OVERLAP = 0.3
"""Boxes with more intersection over union than this show the same face."""
STEP = 4
"""The network answers once per so many pixels."""


def faces(pixels: Bytes, side: int = SIDE) -> tuple[Element, ...]:
    """In fractions of uint8 (h, w, 3) sRGB, most certain first; looked at with `side` pixels along the longer side."""
    small = px.limited(pixels, side)
    height, width = (math.ceil(n / 32) * 32 for n in small.shape[:2])
    session = models.session("centerface")
    blob = px.blob(px.resize(small, width, height), (0,) * 3, (1,) * 3)
    heat, size, offset, *_ = session.run(None, {session.input: blob})
    found = _boxes(heat[0, 0], size[0], offset[0])
    return tuple(Element("face", _inside(box.scaled(1 / width, 1 / height)), round(score, 4)) for box, score in found)


def _inside(box: Box) -> Box:
    """A face at the border is cut off there."""
    return box.intersection(Box(0, 0, 1, 1))


def _boxes(heat: Floats, size: Floats, offset: Floats) -> list[tuple[Box, float]]:
    rows, columns = np.nonzero(heat > CONFIDENT)
    order = np.argsort(-heat[rows, columns], kind="stable")
    kept: list[tuple[Box, float]] = []
    for row, column in zip(rows[order], columns[order], strict=True):
        box = _box(int(row), int(column), size, offset)
        if all(_overlap(box, other) < OVERLAP for other, _ in kept):
            kept.append((box, float(heat[row, column])))
    return kept


def _box(row: int, column: int, size: Floats, offset: Floats) -> Box:
    height, width = (float(np.exp(size[k, row, column])) * STEP for k in (0, 1))
    y = (row + float(offset[0, row, column]) + 0.5) * STEP
    x = (column + float(offset[1, row, column]) + 0.5) * STEP
    return Box(x - width / 2, y - height / 2, width, height)


def _overlap(one: Box, other: Box) -> float:
    common = one.intersection(other).area
    return common / max(1e-9, one.area + other.area - common)

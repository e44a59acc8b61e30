"""Pixels -> what was laid over them: whether there is a watermark or a logo, and where logos lie.

The network is our own; `training/` makes it and says what from. It looks at a picture, its detail and its texture, and
says of each cell of STRIDE pixels, and of the whole, whether it is marked; of a logo's cells, how far its edges are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from ddm.geometry import Box
from ddm.models.runtime import Network
from ddm.perceive import pixels as px
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.texture import Texture

KINDS = ("watermark", "logo")
"""What each cell and the whole picture is judged for: seen through, and opaque."""
STRIDE = 4
"""Pixels of a cell."""
SURE = 0.5
"""Chance from which a picture has a logo."""
LEAST = 0.3
"""Chance from which a cell has a say in a box. A box's score is the chance that it is right, at least this: of
calibrating pictures' boxes .72 are right then, and .60 of logos have one. From .2 it is .65 and .68, worth as much, but
what is told may be erased."""
SAME = 0.5
"""Overlap from which two cells speak of the same box, and from which a lesser box says nothing new."""
MOST = 8
"""Boxes of a picture."""
NEAR = 2
"""Pixels around, of whose mean detail is told apart."""
GAIN = 4.0
"""How much detail is raised: faint strokes differ by a twentieth of the range."""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Chances that a watermark, and a logo, lie over the picture, and the logos, the surest first."""

    watermark: float
    logo: float
    logos: tuple[Element, ...]


@cache
def network() -> Network:
    """The shipped weights."""
    with as_file(files("ddm.perceive") / "weights" / "marks.onnx") as path:
        return Network(path)


@cache
def version() -> str:
    """Of the weights: the beginning of their file's SHA-256."""
    data = files("ddm.perceive").joinpath("weights", "marks.onnx").read_bytes()
    return hashlib.sha256(data).hexdigest()[:12]


def image_of(pixels: Bytes, twice: Bytes) -> Floats:
    """float32 (12, h, w) of uint8 (h, w, 3) and the brightness at twice its size (2h, 2w): RGB from -.5 to .5,
    distances from the middle alike, across and down, the detail of each colour, and that of the brightness, four
    pixels in one: at half the size small type is lost."""
    height, width = pixels.shape[:2]
    colours, brightness = pixels.astype(np.float32), twice.astype(np.float32)
    found = np.empty((12, height, width), np.float32)
    np.multiply(colours.transpose(2, 0, 1), 1 / 255, out=found[:3])
    found[3] = np.abs(np.linspace(-1, 1, width, dtype=np.float32))
    found[4] = np.abs(np.linspace(-1, 1, height, dtype=np.float32))[:, None]
    found[:5] -= 0.5
    np.multiply(_detail(colours).transpose(2, 0, 1), GAIN / 255, out=found[5:8])
    fine = _detail(brightness)
    for plane, (row, column) in zip(found[8:], np.ndindex(2, 2), strict=True):
        np.multiply(fine[row::2, column::2], GAIN / 255, out=plane)
    return found


def _detail(values: Floats) -> Floats:
    near = px.box_mean(values, NEAR)
    found: Floats = np.subtract(values, near, out=near)
    return found


def twice(pixels: Bytes, like: Bytes) -> Bytes:
    """uint8 (2h, 2w): the brightness of uint8 (., ., 3), twice as wide and high as `like`."""
    return px.resize(px.luma(pixels), 2 * like.shape[1], 2 * like.shape[0])


def look(seen: Texture, pixels: Bytes) -> Overlaid:
    """What was laid over a picture, uint8 (h, w, 3), of it and its texture."""
    given = {"image": image_of(seen.pixels, twice(pixels, seen.pixels)), "fine": seen.fine, "middle": seen.middle}
    boxes, whole = network().run(["boxes", "whole"], {name: values[None] for name, values in given.items()})
    watermark, logo = (float(one) for one in sigmoid(whole[0].astype(np.float32)))
    return Overlaid(watermark, logo, logos(boxes[0].astype(np.float32)) if logo >= SURE else ())


def sigmoid(logits: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return found


def logos(cells: Floats) -> tuple[Element, ...]:
    """Where logos lie, of float32 (5, h, w): logarithms of each cell's distances to the left, top, right and bottom
    edge in cells, and the logit that this is right. The surest first; the score is the chance that the box is right."""
    _, height, width = cells.shape
    chances = sigmoid(cells[4])
    rows, columns = np.nonzero(chances >= LEAST)
    away = np.exp(np.clip(cells[:4, rows, columns], -3, 6))
    x, y = columns + 0.5, rows + 0.5
    edges = np.stack([x - away[0], y - away[1], x + away[2], y + away[3]], 1) / (width, height, width, height)
    found = _told(np.clip(edges, 0, 1).astype(np.float32), chances[rows, columns])
    return tuple(Element("logo", Box.of_edges(*map(float, box)), round(chance, 4)) for box, chance in found)


def _told(edges: Floats, chances: Floats) -> Iterator[tuple[Floats, float]]:
    """Boxes (4,) and their chances, of what each cell says (n, 4), (n,): the surest with all who mean the same, in the
    mean by their chances; then the surest of those who speak of something else (Gidaris and Komodakis, ICCV 2015)."""
    left = np.ones(len(chances), bool)
    for _ in range(MOST):
        if not left.any():
            return
        best = int(np.argmax(np.where(left, chances, -1)))
        same = left & (_overlap(edges, edges[best]) >= SAME)
        box = np.average(edges[same], 0, chances[same])
        yield box, float(chances[best])
        left &= (_overlap(edges, box) < SAME) & ~same & (_inside(edges, box) < SAME)


def _common(boxes: Floats, box: Floats) -> Floats:
    """Area that each of (n, 4) has in common with one."""
    sides = np.minimum(boxes[:, 2:], box[2:]) - np.maximum(boxes[:, :2], box[:2])
    found: Floats = np.maximum(sides, 0).prod(1)
    return found


def _area(boxes: Floats) -> Floats:
    found: Floats = (boxes[..., 2:] - boxes[..., :2]).prod(-1)
    return found


def _overlap(boxes: Floats, box: Floats) -> Floats:
    """Intersection over union of each of (n, 4) with one."""
    common = _common(boxes, box)
    found: Floats = common / np.maximum(_area(boxes) + _area(box) - common, 1e-9)
    return found


def _inside(boxes: Floats, box: Floats) -> Floats:
    """Part of the smaller of both that they have in common."""
    found: Floats = _common(boxes, box) / np.maximum(np.minimum(_area(boxes), _area(box)), 1e-9)
    return found

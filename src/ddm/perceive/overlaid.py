"""Pixels -> what was laid over them: whether there is a watermark or a logo, and where logos lie.

The network is our own; `training/` makes it and says what from. It looks at a picture and its texture, and says of each
cell of STRIDE pixels, and of the whole, whether it is marked.
"""

from __future__ import annotations

import hashlib
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
MARK, SURE = 0.7, 0.5
"""Chance from which a cell belongs to a logo (boxes of calibrating pictures hit best), and a picture has one."""
NEAR = 2
"""Cells across which parts are one logo: a sign and the word beside it."""
LEAST = 12
"""Cells of a logo: less is a speck."""
BIG = 0.2
"""Part of the picture from which it is no logo but a plate or the product itself."""


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


def image_of(pixels: Bytes) -> Floats:
    """float32 (5, h, w) of uint8 (h, w, 3): RGB 0..1, and distances from the middle, 0..1 across and down."""
    height, width = pixels.shape[:2]
    found = np.empty((5, height, width), np.float32)
    found[:3] = pixels.transpose(2, 0, 1) * np.float32(1 / 255)
    found[3] = np.abs(np.linspace(-1, 1, width, dtype=np.float32))
    found[4] = np.abs(np.linspace(-1, 1, height, dtype=np.float32))[:, None]
    return found


def look(seen: Texture) -> Overlaid:
    """What was laid over a picture, of its texture."""
    given = {"image": image_of(seen.pixels), "fine": seen.fine, "middle": seen.middle}
    where, whole = network().run(["where", "whole"], {name: values[None] for name, values in given.items()})
    watermark, logo = (float(one) for one in sigmoid(whole[0].astype(np.float32)))
    return Overlaid(watermark, logo, logos(sigmoid(where[0, 1].astype(np.float32)), logo) if logo >= SURE else ())


def sigmoid(logits: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return found


def logos(plane: Floats, sure: float) -> tuple[Element, ...]:
    """Where logos lie, of chances of cells: groups that belong to one, the surest first; the best if all are faint."""
    for floor in (MARK, 0.5 * float(plane.max())):
        marked = plane >= floor
        labels, sizes = px.components(px.grown(marked, NEAR))
        groups = [(labels == index) & marked for index in range(1, len(sizes))]
        found = [_logo(group, plane, sure) for group in groups if LEAST <= group.sum() < BIG * plane.size]
        if found:
            return tuple(sorted(found, key=lambda one: -one.score))
    return ()


def _logo(group: np.ndarray, plane: Floats, sure: float) -> Element:
    rows, columns = np.flatnonzero(group.any(1)), np.flatnonzero(group.any(0))
    height, width = plane.shape
    box = Box.of_edges(columns[0] / width, rows[0] / height, (columns[-1] + 1) / width, (rows[-1] + 1) / height)
    return Element("logo", box, round(sure * float(plane[group].max()), 4))

"""Views made by hand for what changes pixels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.derive.change import View
from ddm.geometry import Box
from ddm.perceive.perception import Element
from tests.support.materials import Look, perceived


def view(look: Look | None = None, alone: bool = False, **attributes: Any) -> View:
    """A vase on a plain ground; alone: the vase without it."""
    found = perceived(look=look, **attributes)
    cut = found.cutout.pixels
    pixels, matte = (cut[..., :3], cut[..., 3]) if alone else (found.pixels, found.matte)
    return View(found.perception, pixels.copy(), matte, alone)


def lettered(base: View, box: Box, ink: int = 20) -> View:
    """With a line of strokes in a box (in fractions of the picture), as a recogniser would report it."""
    height, width = base.matte.shape
    area = box.scaled(width, height)
    strokes = np.zeros(base.matte.shape, bool)
    for step in np.arange(area.x, area.right, area.height / 2):
        strokes[int(area.y) : int(area.bottom), int(step) : int(step + area.height / 6)] = True
    pixels = base.pixels.copy()
    pixels[strokes] = ink
    return replace(
        base, pixels=pixels, perception=replace(base.perception, elements=(Element("text", box, 0.99, "SALE"),))
    )


def mean_lab(pixels: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Mean OKLab colour (3,) by weights (h, w)."""
    found: np.ndarray = (oklab_of_bytes(pixels) * weight[..., None]).sum((0, 1)) / weight.sum()
    return found

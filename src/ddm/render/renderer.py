"""One door to drawing: SVG text or a tree in, pixels out."""

from __future__ import annotations

import cv2
import numpy as np

from ddm.errors import InputError
from ddm.render import display
from ddm.render.rasters import PixelArray
from ddm.render.skia_backend import RASTER_BYTES, Load, Painter
from ddm.svg.check import MAX_SIDE
from ddm.svg.reader import read
from ddm.svg.tree import Document


class Renderer:
    """Draws creatives. One for each process; safe to share between threads, which share its caches.

    load: href -> uint8 pixels, (h, w, 3) sRGB, (h, w, 4) sRGB premultiplied by alpha, or (h, w) grey; the same pixels
    for the same href, always. cache_bytes: the most that rasters ready to draw may take.
    """

    def __init__(self, load: Load, cache_bytes: int = RASTER_BYTES) -> None:
        self._painter = Painter(load, cache_bytes)

    def draw(self, source: str | Document, scale: float = 1.0) -> PixelArray:
        """(height, width, 3) uint8 sRGB of `source` on white, at `scale` pixels a unit.

        InputError for SVG outside the output language and for a scale that makes a canvas nobody can hold.
        """
        document = read(source) if isinstance(source, str) else source
        if not 0 < max(document.width, document.height) * scale <= MAX_SIDE:
            raise InputError(f"{document.width} x {document.height} at scale {scale}", mend=f"sides up to {MAX_SIDE}")
        pixels = self._painter.paint(display.compile(document, scale))
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGBA2RGB), np.uint8)

    def forget(self) -> None:
        """Empties the caches."""
        self._painter.forget()

"""Pictures brought onto the pixel grid of the canvas once, so that drawing them is copying.

Shrinking is by area (INTER_AREA), which neither aliases nor rings; what remains to be enlarged or moved by a part of a
pixel is cubic. A rasteriser would do both at every draw and alias.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from ddm.errors import InputError
from ddm.geometry import Box
from ddm.render.steps import Window

PixelArray: TypeAlias = npt.NDArray[np.uint8]
"""(h, w, 3) sRGB, (h, w, 4) sRGB premultiplied by alpha, or (h, w) grey; uint8."""

MARGIN = 3
"""Source pixels taken beyond the window, for the cubic's reach."""
EXACT = 1e-3
"""Part of a pixel below which a picture counts as lying on the grid: SVG lengths have three decimals."""


class Raster(NamedTuple):
    """Pixels of the canvas from (left, top): RGBA premultiplied, or opaque with a fourth channel that says nothing."""

    pixels: PixelArray
    left: int
    top: int
    opaque: bool


class Veil(NamedTuple):
    """What a raster does to an opaque canvas from (left, top), whatever its blend mode and opacity.

    canvas * factor / 255 + addend, by channel; no factor: the addend replaces the canvas; no addend: none is added.
    """

    left: int
    top: int
    factor: PixelArray | None
    addend: PixelArray | None

    @property
    def bytes(self) -> int:
        return sum(part.nbytes for part in (self.factor, self.addend) if part is not None)


class _Axis(NamedTuple):
    """One direction: source pixels `start` to `stop` shrunk to `length`; device = offset + scale * index."""

    start: int
    stop: int
    length: int
    scale: float
    offset: float

    @property
    def on_grid(self) -> bool:
        return abs(self.scale - 1) * self.length < EXACT and abs(self.offset - round(self.offset)) < EXACT


def place(source: PixelArray, box: Box, window: Window, mirror: bool) -> Raster:
    """`source` stretched onto `box`, only the pixels of `window`; cropped to where it is not transparent."""
    height, width = _checked(source).shape[:2]
    if window.width <= 0 or window.height <= 0:
        return Raster(np.zeros((0, 0, 4), np.uint8), window.left, window.top, False)
    across = _axis(width, box.x, box.width, window.left, window.right)
    down = _axis(height, box.y, box.height, window.top, window.bottom)
    columns = slice(width - across.stop, width - across.start) if mirror else slice(across.start, across.stop)
    part = _shrunk(source[down.start : down.stop, columns], across.length, down.length)
    moved = _moved(_four_channels(part[:, ::-1] if mirror else part), across, down, window)
    opaque = source.ndim == 2 or source.shape[2] == 3
    columns_covered = _coverage(box.x, box.right, window.left, window.right)
    rows_covered = _coverage(box.y, box.bottom, window.top, window.bottom)
    if (columns_covered == 1).all() and (rows_covered == 1).all():
        return cropped(moved, window, opaque)
    soft = moved * (rows_covered[:, None, None] * columns_covered[None, :, None])
    return cropped(np.rint(soft).astype(np.uint8), window)


def _checked(source: PixelArray) -> PixelArray:
    channels = source.shape[2] if source.ndim == 3 else 1
    if source.ndim not in (2, 3) or channels not in (1, 3, 4) or not source.size:
        raise InputError(f"a picture of shape {source.shape}", mend="(h, w, 3), (h, w, 4) or (h, w), uint8")
    return source


def _shrunk(part: PixelArray, width: int, height: int) -> PixelArray:
    if part.shape[:2] == (height, width):
        return part
    return np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _four_channels(pixels: PixelArray) -> PixelArray:
    """RGBA without gaps, alpha 255 where there was none."""
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        return np.ascontiguousarray(pixels)
    code = cv2.COLOR_RGB2RGBA if pixels.ndim == 3 and pixels.shape[2] == 3 else cv2.COLOR_GRAY2RGBA
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), code), np.uint8)


def _axis(pixels: int, start: float, length: float, first: int, last: int) -> _Axis:
    """Which source pixels a stretch of device pixels needs, and how they are shrunk."""
    step = pixels / length  # source pixels a device pixel
    reach = MARGIN * max(1.0, step)
    left = max(0, int((first - start) * step - reach))
    right = min(pixels, int(np.ceil((last - start) * step + reach)))
    left, right = min(left, pixels - 1), max(right, min(left, pixels - 1) + 1)
    shrunk = max(1, round((right - left) / step)) if step > 1 else right - left
    scale = (right - left) / step / shrunk
    return _Axis(left, right, shrunk, scale, start + left / step - first)


def _moved(pixels: PixelArray, across: _Axis, down: _Axis, window: Window) -> PixelArray:
    """Onto the window's pixels: a slice where the grid is met, else cubic."""
    if across.on_grid and down.on_grid:
        left, top = -round(across.offset), -round(down.offset)
        if left >= 0 and top >= 0 and left + window.width <= across.length and top + window.height <= down.length:
            return pixels[top : top + window.height, left : left + window.width]
    # Pixel centres lie at halves: device + 0.5 = offset + scale * (index + 0.5).
    matrix = np.array(
        [
            [across.scale, 0, across.offset + across.scale / 2 - 0.5],
            [0, down.scale, down.offset + down.scale / 2 - 0.5],
        ]
    )
    size = (window.width, window.height)
    warped = cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    # The cubic overshoots: premultiplied colour must not exceed its alpha.
    return np.asarray(np.minimum(warped, warped[..., 3:]), np.uint8)


def _coverage(start: float, stop: float, first: int, last: int) -> npt.NDArray[np.float32]:
    """How much of each pixel of first..last lies in start..stop; a thousandth is none."""
    edges = np.arange(first, last, dtype=np.float64)
    inside = np.minimum(edges + 1, stop) - np.maximum(edges, start)
    return np.where(inside > 1 - 2 * EXACT, 1, np.clip(inside, 0, 1)).astype(np.float32)


def cropped(pixels: PixelArray, window: Window, opaque: bool = False) -> Raster:
    """Without the transparent margins that cut-outs and shadows have."""
    left, top = window.left, window.top
    if not opaque:
        x, y, width, height = cv2.boundingRect(np.ascontiguousarray(pixels[..., 3]))
        pixels, left, top = pixels[y : y + height, x : x + width], left + x, top + y
        opaque = bool(pixels.size) and bool((pixels[..., 3] == 255).all())
    return Raster(np.ascontiguousarray(pixels), left, top, opaque)


def veil(raster: Raster, opacity: float, blend: str) -> Veil:
    """The raster at `opacity`, worked out once for an opaque canvas (Compositing 1, with a backdrop alpha of 1)."""
    colour = raster.pixels if opacity >= 1 else np.rint(raster.pixels * np.float32(opacity)).astype(np.uint8)
    if raster.opaque and opacity >= 1 and blend == "normal":
        return Veil(raster.left, raster.top, None, _with_alpha(colour, 255))
    rest = 255 - colour[..., 3:]
    factors = {"normal": np.broadcast_to(rest, colour.shape), "multiply": colour + rest, "screen": 255 - colour}
    factor = _with_alpha(factors[blend], 255)
    return Veil(raster.left, raster.top, factor, None if blend == "multiply" else _with_alpha(colour, 0))


def _with_alpha(pixels: PixelArray, alpha: int) -> PixelArray:
    changed = np.array(pixels, order="C")
    changed[..., 3] = alpha
    return changed


def lay(canvas: PixelArray, laid: Veil) -> None:
    """Draws a veil on an opaque (h, w, 4) canvas, in place; it must lie inside. Three times as fast as Skia's blend."""
    size = laid.addend if laid.addend is not None else laid.factor
    if size is None or not size.size:
        return
    part = canvas[laid.top : laid.top + size.shape[0], laid.left : laid.left + size.shape[1]]
    if laid.factor is None:
        part[:] = size
        return
    cv2.multiply(part, laid.factor, dst=part, scale=1 / 255)
    if laid.addend is not None:
        cv2.add(part, laid.addend, dst=part)

"""Picture arithmetic on numpy arrays: resize, blur, gradients, components, warps; the only file that knows OpenCV.

Arrays are (h, w) or (h, w, c), float32 unless said otherwise; masks are bool (h, w).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar

import cv2 as opencv
import numpy as np
import numpy.typing as npt

Bytes: TypeAlias = npt.NDArray[np.uint8]
Floats: TypeAlias = npt.NDArray[np.floating[Any]]
Mask: TypeAlias = npt.NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)

cv2: Any = opencv  # its own annotations cannot be satisfied
cv2.setNumThreads(2)  # more threads only fight with the networks' own


STRETCH = 1024
"""Places looked up in a row: the library takes no rows of more than 32767."""


def resize(pixels: npt.NDArray[T], width: int, height: int) -> npt.NDArray[T]:
    """To width x height: area average where it shrinks, bilinear where it grows; keeps dtype."""
    old_height, old_width = pixels.shape[:2]
    if (old_width, old_height) == (width, height):
        return pixels
    method = cv2.INTER_AREA if width * height < old_width * old_height else cv2.INTER_LINEAR
    found: npt.NDArray[T] = cv2.resize(pixels, (max(1, width), max(1, height)), interpolation=method)
    return found


def enlarge(pixels: Floats, width: int, height: int) -> Floats:
    """Bicubic, for smooth maps that grow: edges stay round where bilinear makes facets."""
    found: Floats = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_CUBIC)
    return found


def limited(pixels: npt.NDArray[T], side: int) -> npt.NDArray[T]:
    """Shrunk until the longer side is at most `side`; never enlarged."""
    height, width = pixels.shape[:2]
    scale = min(1.0, side / max(width, height))
    return resize(pixels, max(1, round(width * scale)), max(1, round(height * scale)))


def reduced(pixels: npt.NDArray[T], step: int) -> npt.NDArray[T]:
    """Area averages of squares of `step` pixels; the last row and column are repeated where they fill none."""
    if step > 2 and step % 2 == 0:
        return reduced(reduced(pixels, 2), step // 2)  # in less than half of the time
    height, width = (-(-n // step) for n in pixels.shape[:2])
    down, right = height * step - pixels.shape[0], width * step - pixels.shape[1]
    if down or right:
        pixels = cv2.copyMakeBorder(pixels, 0, down, 0, right, cv2.BORDER_REPLICATE)
    return resize(pixels, width, height)


def halved_to(pixels: npt.NDArray[T], side: int) -> npt.NDArray[T]:
    """Reduced by two as often as the longer side stays at least `side`: what is made smaller still starts from here."""
    while max(pixels.shape[:2]) >= 2 * side:
        pixels = reduced(pixels, 2)
    return pixels


def by_halves(pixels: npt.NDArray[T], width: int, height: int) -> npt.NDArray[T]:
    """As `resize`, in a fifth of the time where it shrinks by far, and off by a level."""
    return resize(halved_to(pixels, max(width, height)), width, height)


def counted(mask: Mask) -> Bytes:
    """How many of each two by two pixels are true, uint8, rounded up; as `reduced`, whose sides they have."""
    found: Bytes = reduced(mask.view(np.uint8) * np.uint8(60), 2) // np.uint8(15)
    return found


def doubled_mask(mask: Mask, height: int, width: int) -> Mask:
    """Of half the size, rounded up."""
    size = 2 * mask.shape[1], 2 * mask.shape[0]
    found: Mask = cv2.resize(mask.view(np.uint8), size, interpolation=cv2.INTER_NEAREST)[:height, :width].view(bool)
    return found


def covered(colours: Bytes, cover: Bytes) -> Bytes:
    """uint8 (h, w, 4), unpremultiplied: colours (h, w, 3) with that coverage (h, w), black where there is none."""
    found: Bytes = cv2.insertChannel(cover, cv2.cvtColor(colours, cv2.COLOR_RGB2RGBA), 3)
    put(np.zeros_like(found), cover == 0, found)
    return found


def blur(pixels: Floats, sigma: float, sigma_y: float | None = None) -> Floats:
    """Gaussian; borders are mirrored. Wide blurs are done on a smaller copy, which nobody can tell apart."""
    sigma_y = sigma if sigma_y is None else sigma_y
    height, width = pixels.shape[:2]
    step = min(8, int(min(sigma, sigma_y) / 4))
    if step >= 2 and min(height, width) >= 8 * step:
        small = resize(pixels, width // step, height // step)
        return resize(blur(small, sigma / step, sigma_y / step), width, height)
    found: Floats = cv2.GaussianBlur(pixels, (0, 0), max(sigma, 1e-3), sigmaY=max(sigma_y, 1e-3))
    return found


def box_mean(pixels: Floats, radius: int) -> Floats:
    """Mean of the square of side 2 radius + 1, in constant time; borders are mirrored."""
    side = 2 * radius + 1
    found: Floats = cv2.blur(pixels, (side, side), borderType=cv2.BORDER_REFLECT)
    return found


def guided(colours: Sequence[Floats], plane: Floats, radius: int, smooth: float) -> tuple[list[Floats], Floats]:
    """Four planes float32 (h, w), and one: the linear map of the guide's colours, three planes (h, w), that comes
    closest to the plane (h, w) around each place, as three slopes and an offset, and how well it does (0..1).

    Guided filter with a colour guide (He, Sun and Tang, "Guided Image Filtering", PAMI 2013, equations 14 to 16): the
    map, applied to the guide, is the plane with its edges drawn to those of the guide. It is smooth: taken of smaller
    copies and enlarged it serves as well (He and Sun, "Fast Guided Filter", 2015). smooth: guide variance below which
    nothing is an edge. How well: the share of the plane's variance that the map gives.
    """
    means, level = [box_mean(colour, radius) for colour in colours], box_mean(plane, radius)
    cross = [box_mean(c * plane, radius) - mean * level for c, mean in zip(colours, means, strict=True)]
    shared = [[box_mean(colours[i] * colours[j], radius) - means[i] * means[j] for j in range(i, 3)] for i in range(3)]
    slopes = _solved(shared, cross, smooth)
    offset = level - dot(slopes, means)
    variance = np.maximum(box_mean(plane * plane, radius) - level * level, 1e-6)
    fit = np.clip(dot(slopes, cross) / variance, 0, 1)
    return [box_mean(one, radius) for one in (*slopes, offset)], np.clip(box_mean(fit, radius), 0, 1)


def _solved(shared: Sequence[Sequence[Floats]], cross: Sequence[Floats], smooth: float) -> list[Floats]:
    """The three slopes of symmetric systems, by elimination: cofactors lose their last digits in float32."""
    (rr, rg, rb), (gg, gb), (bb,) = shared
    rr = rr + smooth
    low, far = rg / rr, rb / rr
    gg, gb = gg + smooth - low * rg, gb - low * rb
    near = gb / gg
    bb = bb + smooth - far * rb - near * gb
    second = cross[1] - low * cross[0]
    blue = (cross[2] - far * cross[0] - near * second) / bb
    green = second / gg - near * blue
    return [cross[0] / rr - low * green - far * blue, green, blue]


def dot(one: Sequence[Floats], other: Sequence[Floats]) -> Floats:
    """Of two vectors at each place, each given as three planes: plane by plane is three times as quick."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def blob(pixels: Bytes, mean: Sequence[float], spread: Sequence[float]) -> Floats:
    """float32 (1, 3, h, w), as networks take it: channels of uint8 (h, w, 3), less their means, over their spreads."""
    found = np.empty((1, 3, *pixels.shape[:2]), np.float32)
    for plane, into, middle, unit in zip(planes(pixels), found[0], mean, spread, strict=True):
        np.subtract(plane, np.float32(middle), out=into)
        into *= np.float32(1 / unit)
    return found


def planes(pixels: npt.NDArray[T]) -> list[npt.NDArray[T]]:
    """The channels of a picture (h, w, c), each by itself."""
    return list(cv2.split(pixels))


def looked_up(table: npt.NDArray[T], pixels: Bytes) -> npt.NDArray[T]:
    """What a table of 256 values has for each byte, of any shape (h, w) or (h, w, c)."""
    found: npt.NDArray[T] = cv2.LUT(pixels, table)
    return found


def joined(planes: Sequence[npt.NDArray[T]]) -> npt.NDArray[T]:
    """The picture (h, w, c) of these channels."""
    found: npt.NDArray[T] = cv2.merge(planes)
    return found


def put(pixels: npt.NDArray[T], there: Mask, into: npt.NDArray[T]) -> None:
    """Writes the pixels (h, w, c) where `there` (h, w) into a picture, or a part of one, of the same size."""
    cv2.copyTo(pixels, there.view(np.uint8), into)


def halved(pixels: Floats) -> Floats:
    """Blurred a little and every other pixel of it, rounded up."""
    found: Floats = cv2.pyrDown(pixels)
    return found


def doubled(pixels: Floats, width: int, height: int) -> Floats:
    """The way back from `halved` to width x height, smooth."""
    found: Floats = cv2.pyrUp(pixels, dstsize=(width, height))
    return found


def luma(pixels: Bytes) -> Bytes:
    """uint8 (h, w) of sRGB (h, w, 3): the brightness that codecs keep, ITU-R BT.601."""
    found: Bytes = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return found


def difference(one: Bytes, other: Bytes) -> Bytes:
    """Absolute, place by place."""
    found: Bytes = cv2.absdiff(one, other)
    return found


def less(one: Bytes, other: Bytes) -> Bytes:
    """One less the other, 0 where that would be negative."""
    found: Bytes = cv2.subtract(one, other)
    return found


def gradient(plane: Floats) -> Floats:
    """Magnitude of the gradient per pixel of one plane (Scharr, normalised to the slope)."""
    dx = cv2.Scharr(plane, cv2.CV_32F, 1, 0, scale=1 / 32)
    dy = cv2.Scharr(plane, cv2.CV_32F, 0, 1, scale=1 / 32)
    found: Floats = cv2.magnitude(dx, dy)
    return found


def slope(plane: Floats) -> Floats:
    """The horizontal derivative of one plane."""
    found: Floats = cv2.Scharr(plane, cv2.CV_32F, 1, 0, scale=1 / 32)
    return found


def laplacian(plane: Floats) -> Floats:
    found: Floats = cv2.Laplacian(plane, cv2.CV_32F, ksize=1)
    return found


def grown(mask: Mask, radius: int) -> Mask:
    """Dilated by a disc."""
    found: Mask = cv2.dilate(mask.astype(np.uint8), _disc(radius)).astype(bool)
    return found


def shrunk(mask: Mask, radius: int) -> Mask:
    """Eroded by a disc; the picture's border does not erode."""
    found: Mask = cv2.erode(mask.astype(np.uint8), _disc(radius)).astype(bool)
    return found


def highest_near(plane: Floats, radius: int) -> Floats:
    """The maximum within a disc (grey dilation)."""
    found: Floats = cv2.dilate(plane, _disc(radius))
    return found


def lowest_near(plane: Floats, radius: int) -> Floats:
    """The minimum within a disc (grey erosion)."""
    found: Floats = cv2.erode(plane, _disc(radius))
    return found


def components(mask: Mask) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.intp]]:
    """Labels (h, w), 0 for what is outside the mask, and the area of each label (n,), the first being the outside."""
    labels = labelled(mask)
    return labels, np.bincount(labels.ravel())  # in a third of the time of what gives areas along with the labels


def labelled(mask: Mask) -> npt.NDArray[np.int32]:
    """As `components`, without the areas."""
    found: npt.NDArray[np.int32] = cv2.connectedComponents(mask.view(np.uint8), connectivity=8)[1]
    return found


def distance(mask: Mask, exact: bool = False) -> Floats:
    """Distance of each pixel inside the mask to the nearest outside it, in pixels; a few per cent off unless exact."""
    size = cv2.DIST_MASK_PRECISE if exact else 3
    found: Floats = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, size)
    return found


def nearest(known: Mask) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Rows and columns (h, w) of the known pixel nearest to each, a few per cent off where known parts compete."""
    _, labels = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    places = np.zeros((int(labels.max()) + 1, 2), np.int32)
    places[labels[known]] = np.argwhere(known)
    return places[labels, 0], places[labels, 1]


def affine(plane: npt.NDArray[T], matrix: Floats, width: int, height: int) -> npt.NDArray[T]:
    """Warped by a 2 x 3 matrix that leads from old to new coordinates; 0 outside."""
    found: npt.NDArray[T] = cv2.warpAffine(plane, matrix.astype(np.float64), (width, height), flags=cv2.INTER_LINEAR)
    return found


def sampled(pixels: Floats, x: Floats, y: Floats) -> Floats:
    """The picture at these columns and rows, both (h, w), bilinear; 0 outside."""
    found: Floats = cv2.remap(pixels, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR)
    return found


def enlarged_at(pixels: Floats, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp], step: int) -> Floats:
    """float32 (n, c): what the picture (h, w, c), enlarged so many times, has at these n rows and columns; bilinear."""
    if not len(rows):
        return np.zeros((0, pixels.shape[2]), np.float32)
    limits = zip((columns, rows), pixels.shape[1::-1], strict=True)
    x, y = (np.clip((at + 0.5) / step - 0.5, 0, most - 1).astype(np.float32) for at, most in limits)
    shape = -(-len(x) // STRETCH), STRETCH
    found: Floats = cv2.remap(pixels, np.resize(x, shape), np.resize(y, shape), cv2.INTER_LINEAR)
    return found.reshape(-1, pixels.shape[2])[: len(x)]


def unlikeness(pixels: Floats, patch: Floats, weights: Floats) -> Floats:
    """Sum of weighted squared differences of a patch (h, w, 3) to each place of a picture where it fits whole.

    weights: (h, w). Shape: the picture's, less the patch's, plus one.
    """
    mask = np.repeat(np.sqrt(weights)[..., None], 3, 2).astype(np.float32)
    found: Floats = cv2.matchTemplate(pixels, patch, cv2.TM_SQDIFF, mask=mask)
    return found


def differences(pixels: Floats, patch: Floats) -> Floats:
    """As `unlikeness`, all weights being 1, and quickly: pixels (h, w) or (h, w, c) of up to four channels."""
    found: Floats = cv2.matchTemplate(pixels, patch, cv2.TM_SQDIFF)
    return found


def overlap(plane: Floats, patch: Floats) -> Floats:
    """Sum of the products of a patch (h, w) with each place of a plane where it fits whole; shape as `unlikeness`."""
    found: Floats = cv2.matchTemplate(plane, patch, cv2.TM_CCORR)
    return found


def diffused(pixels: Bytes, hole: Mask) -> Bytes:
    """The hole filled from its edge inwards (Telea, "An image inpainting technique", 2004)."""
    found: Bytes = cv2.inpaint(pixels, hole.astype(np.uint8), 5, cv2.INPAINT_TELEA)
    return found


def _disc(radius: int) -> Bytes:
    found: Bytes = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return found


def tilted_boxes(mask: Mask) -> list[tuple[float, float, float, float, float]]:
    """The smallest box around each connected region: x, y of its centre, width, height, and its turn in degrees."""
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = (cv2.minAreaRect(contour) for contour in contours)
    return [(float(x), float(y), float(w), float(h), float(turn)) for (x, y), (w, h), turn in found]

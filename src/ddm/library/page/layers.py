"""A stored material -> the pictures that are laid over one another on the page, as WebP."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from ddm.errors import DdmError
from ddm.library.library import Library
from ddm.perceive import pixels as px
from ddm.perceive.calm import CALM
from ddm.perceive.perception import Perception
from ddm.perceive.pixels import Bytes, Floats

FILES = "layers"
"""The folder of the pictures, beside the page."""
SIDE, THUMB = 1100, 360
"""Longer side of the picture, and of what the index shows, in pixels."""
QUALITY = 86
TINT, CALM_TINT, BUSY_TINT, HOT = (47, 128, 237), (24, 160, 110), (220, 60, 50), (255, 196, 0)
"""sRGB of the matte, of what is calm, of what is busy, and of what draws the eye."""
VEIL = 0.38
"""Opacity of the matte's tint."""
EDGE = 0.0022
"""Width of the matte's outline, of the longer side."""


@dataclass(frozen=True)
class Layers:
    """pictures: WebP by name: picture, thumb, matte, cutout, saliency, calm; those that could be made.

    problems: why others could not.
    """

    pictures: Mapping[str, bytes]
    problems: tuple[str, ...]


def layers(library: Library, material: Perception) -> Layers:
    """Damaged or missing pixels cost their own layers alone."""
    maps, problems = material.maps, []
    picture: Bytes = maps.thumb
    pictures = {"saliency": webp(glow(maps.saliency)), "calm": webp(calmness(maps.busy, maps.matte))}
    try:
        picture = px.limited(library.load(library.derive(material, "picture", {}).href, SIDE)[..., :3], SIDE)
    except DdmError as error:
        problems.append(f"the picture is shown by its map: {error}")
    try:
        cut = cutout(library, material, picture.shape[1], picture.shape[0])
        pictures |= {"cutout": webp(cut), "matte": webp(tinted(cut[..., 3]))}
    except DdmError as error:
        problems.append(f"the matte is shown by its map: {error}")
        pictures["matte"] = webp(tinted(px.resize(maps.matte, picture.shape[1], picture.shape[0])))
    pictures |= {"picture": webp(picture), "thumb": webp(px.limited(picture, THUMB))}
    return Layers(pictures, tuple(problems))


def cutout(library: Library, material: Perception, width: int, height: int) -> Bytes:
    """The subject alone, uint8 (h, w, 4) sRGB unpremultiplied, where it lies in a picture of that size."""
    raster = library.derive(material, "cutout", {})
    pixels = library.load(raster.href)
    scale = width / material.size[0], height / material.size[1]
    box = raster.box.scaled(*scale)
    left, top = round(box.x), round(box.y)
    small = px.resize(pixels, max(1, min(width - left, round(box.width))), max(1, min(height - top, round(box.height))))
    whole = np.zeros((height, width, 4), np.uint8)
    whole[top : top + small.shape[0], left : left + small.shape[1]] = _straight(small)
    return whole


def _straight(premultiplied: Bytes) -> Bytes:
    alpha = np.maximum(premultiplied[..., 3:].astype(np.float32), 1)
    colours = np.clip(premultiplied[..., :3] * (255 / alpha), 0, 255).astype(np.uint8)
    return np.dstack([colours, premultiplied[..., 3]])


def tinted(matte: Bytes) -> Bytes:
    """RGBA of a matte (h, w) 0..255: a veil over the subject and a line at its edge."""
    inside = matte > 127
    edge = inside & ~px.shrunk(inside, max(1, round(EDGE * max(matte.shape))))
    alpha = np.where(edge, 255, VEIL * matte.astype(np.float32))
    return _painted(TINT, alpha)


def glow(saliency: Bytes) -> Bytes:
    """RGBA of a map (h, w) 0..255: the more it draws the eye, the less is hidden of a yellow light."""
    return _painted(HOT, saliency * 0.78)


def calmness(busy: Bytes, matte: Bytes) -> Bytes:
    """RGBA of two maps (h, w) 0..255: one colour where copy can lie, another the busier it is, none on the subject."""
    calm, covered = busy <= CALM, matte > 127
    found = np.where(calm[..., None], _painted(CALM_TINT, np.full(busy.shape, 110.0)), _painted(BUSY_TINT, busy * 0.7))
    found[covered] = 0
    return found


def _painted(colour: tuple[int, int, int], alpha: Floats) -> Bytes:
    flat = np.broadcast_to(np.array(colour, np.uint8), (*alpha.shape, 3))
    return np.dstack([flat, np.clip(alpha, 0, 255).astype(np.uint8)])


def webp(pixels: Bytes) -> bytes:
    """uint8 (h, w, 3) or (h, w, 4) sRGB, unpremultiplied."""
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(buffer, "WEBP", quality=QUALITY, method=2)
    return buffer.getvalue()

"""Pixels into JPEG, PNG or WebP files, at the best quality that a weight limit allows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

import numpy as np
import simplejpeg
from PIL import Image

from ddm.errors import InputError, Unfit
from ddm.render.rasters import PixelArray

QUALITY = 85
"""Without a limit: the quality beyond which photographs gain weight, not looks."""
BEST, LOWEST = 95, 60
"""Under a limit: no better than eyes see, no worse than brands accept."""
SMALL = 400
"""The shorter side up to which colour keeps full resolution: small saturated letters smear at half of it."""
COLOURS = (256, 128, 64)
"""Palette sizes tried for a PNG that is too heavy in full colour."""

Attempt: TypeAlias = Callable[[], bytes]


def encode(pixels: PixelArray, type: str, max_kb: int = 0) -> bytes:
    """`pixels` ((h, w, 3) uint8 sRGB) as a 'jpg', 'png' or 'webp' file of at most `max_kb` * 1000 bytes (0: any).

    InputError for an unknown type; Unfit, naming the limit, when even the lowest acceptable quality is too heavy.
    """
    try:
        encoder = _ENCODERS[type]
    except KeyError:
        raise InputError(f"unknown picture type '{type}'", mend=f"one of {', '.join(_ENCODERS)}") from None
    limit = max_kb * 1000
    found = encoder(np.ascontiguousarray(pixels), limit)
    if limit and len(found) > limit:
        height, width = pixels.shape[:2]
        what = (
            f"a {width} x {height} {type} weighs {len(found) / 1000:.1f} kB at the lowest quality, {max_kb} kB allowed"
        )
        raise Unfit(what, mend="calmer material, another file type or a smaller format")
    return found


def _jpeg(pixels: PixelArray, limit: int) -> bytes:
    """At the sampling that suits; where that is too heavy, at half the resolution of colour."""
    found = b""
    for colours in dict.fromkeys((sampling(pixels), "420")):
        found = _best(partial(_jpeg_at, pixels, colours), limit)
        if not limit or len(found) <= limit:
            break
    return found


def sampling(pixels: PixelArray) -> str:
    """How JPEG should sample the colours of `pixels`: '444' for small formats, else '420'."""
    return "444" if min(pixels.shape[:2]) <= SMALL else "420"


def _jpeg_at(pixels: PixelArray, colours: str, quality: int) -> bytes:
    return bytes(simplejpeg.encode_jpeg(pixels, quality=quality, colorspace="RGB", colorsubsampling=colours))


def _webp(pixels: PixelArray, limit: int) -> bytes:
    return _best(partial(_saved, Image.fromarray(pixels), "WEBP"), limit)


def _best(at: Callable[[int], bytes], limit: int) -> bytes:
    """The file of the highest quality within the limit, by bisection; of the lowest when none is."""
    if not limit:
        return at(QUALITY)
    found = at(BEST)
    if len(found) <= limit:
        return found
    good, bad = LOWEST, BEST
    found = at(good)
    while bad - good > 1 and len(found) <= limit:
        middle = (good + bad) // 2
        tried = at(middle)
        good, bad, found = (middle, bad, tried) if len(tried) <= limit else (good, middle, found)
    return found


def _png(pixels: PixelArray, limit: int) -> bytes:
    """Full colour; where that is too heavy, dithered palettes."""
    found = b""
    for attempt in _png_attempts(Image.fromarray(pixels)):
        found = attempt()
        if not limit or len(found) <= limit:
            break
    return found


def _png_attempts(image: Image.Image) -> Iterator[Attempt]:
    yield partial(_saved, image, "PNG")
    for colours in COLOURS:
        yield partial(_palette, image, colours)


def _palette(image: Image.Image, colours: int) -> bytes:
    return _saved(image.quantize(colours, dither=Image.Dither.FLOYDSTEINBERG), "PNG")


def _saved(image: Image.Image, kind: str, quality: int = 0) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **({"quality": quality, "method": 4} if quality else {"optimize": True}))
    return file.getvalue()


_ENCODERS: dict[str, Callable[[PixelArray, int], bytes]] = {"jpg": _jpeg, "png": _png, "webp": _webp}
TYPES = tuple(_ENCODERS)

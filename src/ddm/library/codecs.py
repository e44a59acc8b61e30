"""Pixels <-> bytes: an ordinary picture file that browsers open, and where needed a form that is fast to read.

| pixels                | stored as     | sizes that are read without the rest                               |
| photograph, RGB       | .jpg          | 1 to 1/8: JPEG's own blocks are decoded smaller, no file is added  |
| cut-out, shadow, RGBA | .png and .lz4 | 1, 1/2, 1/4 in .lz4, premultiplied: what renderers lay and shrink  |
| matte, grey           | .png          | 1: only derivations read it, and they need every pixel             |
"""

from __future__ import annotations

import io
import struct

import cv2
import lz4.frame
import numpy as np
import simplejpeg
from PIL import Image

from ddm.perceive.perception import Bytes

JPEG_QUALITY = 95
"""With full colour resolution: no loss that is seen, a fifth of the bytes of PNG."""
LEVELS = 3
"""Sizes of a fast form: each is half the one before, all together a third more than the first alone."""

_HEAD = struct.Struct("<4sIII")
_LEVEL = struct.Struct("<4sI")
_PLAIN, _LEVELLED = b"DDM1", b"DDM2"


def jpeg(pixels: Bytes) -> bytes:
    return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), JPEG_QUALITY, "RGB", "444"))


def png(pixels: Bytes) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def read_jpeg(body: bytes, side: int = 0) -> Bytes:
    """uint8 (h, w, 3) sRGB; the smallest of its sizes whose longer side is `side` at least, 0 for the whole.

    Raises ValueError for damaged bytes.
    """
    height, width = simplejpeg.decode_jpeg_header(body)[:2]
    least = {"min_height" if height >= width else "min_width": side} if side else {}
    return np.asarray(simplejpeg.decode_jpeg(body, **least))


def read_png(body: bytes) -> Bytes:
    """Raises OSError, ValueError or SyntaxError for damaged bytes."""
    return np.array(Image.open(io.BytesIO(body), formats=("PNG",)))


def packed(pixels: Bytes) -> bytes:
    """The fast form of uint8 (h, w, 4) sRGB premultiplied: the number of levels, the length of each, the levels."""
    levels = [pixels]
    while len(levels) < LEVELS and min(levels[-1].shape[:2]) >= 2:
        height, width = levels[-1].shape[:2]
        size = ((width + 1) // 2, (height + 1) // 2)
        levels.append(np.asarray(cv2.resize(levels[-1], size, interpolation=cv2.INTER_AREA), np.uint8))
    bodies = [_level(level) for level in levels]
    lengths = struct.pack(f"<{len(bodies)}I", *map(len, bodies))
    return b"".join((_LEVEL.pack(_LEVELLED, len(bodies)), lengths, *bodies))


def unpacked(data: bytes, side: int = 0) -> Bytes:
    """The smallest level whose longer side is `side` at least, 0 for the whole. Raises RuntimeError, ValueError or
    struct.error for damaged bytes: every level carries its sum."""
    if data[:4] == _PLAIN:  # written by versions before the third: one level, no sum
        return _pixels(data)
    if data[:4] != _LEVELLED:
        raise ValueError("this is no fast form")
    number = _LEVEL.unpack_from(data)[1]
    lengths = struct.unpack_from(f"<{number}I", data, _LEVEL.size)
    start, best = _LEVEL.size + 4 * number, b""
    for length in lengths:
        level = data[start : start + length]
        if best and max(_HEAD.unpack_from(level)[1:3]) < (side or 2**32):
            break
        best, start = level, start + length
    return _pixels(best)


def premultiplied(pixels: Bytes) -> Bytes:
    """uint8 (h, w, 4) with its colours multiplied by alpha, rounded."""
    alpha = pixels[..., 3:].astype(np.uint16)
    colours = (pixels[..., :3] * alpha + 127) // 255
    return np.dstack([colours.astype(np.uint8), pixels[..., 3]])


def _level(pixels: Bytes) -> bytes:
    height, width, channels = pixels.shape
    body = lz4.frame.compress(np.ascontiguousarray(pixels), content_checksum=True)
    return _HEAD.pack(_PLAIN, height, width, channels) + bytes(body)


def _pixels(data: bytes) -> Bytes:
    _, height, width, channels = _HEAD.unpack_from(data)
    raw = bytearray(lz4.frame.decompress(data[_HEAD.size :]))
    return np.frombuffer(raw, np.uint8).reshape(height, width, channels)

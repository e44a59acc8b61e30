"""Pixels on disk: an ordinary picture file that browsers open, and where needed a form that is fast to read.

Every file is written whole or not at all, and never changed afterwards. The description is written last: where it
exists, the pixels do.
"""

from __future__ import annotations

import io
import json
import re
import struct
import threading
from collections import OrderedDict
from pathlib import Path

import lz4.frame
import numpy as np
import simplejpeg
from PIL import Image

from ddm.errors import InputError
from ddm.files import write_whole
from ddm.perceive.derive import Layer
from ddm.perceive.perception import Bytes, Raster

JPEG_QUALITY = 95
"""With full colour resolution: no loss that is seen, a fifth of the bytes of PNG."""
CACHE_BYTES = 256 * 2**20
"""Decoded pixels kept in memory: about thirty pictures of 2048 x 1365."""

_HREF = re.compile(r"pixels/[0-9a-f]{2}/[0-9a-f]{40}\.(?:jpg|png)\Z")
_HEAD = struct.Struct("<4sIII")
_MAGIC = b"DDM1"


class PixelStore:
    """Below `folder`: pixels/ab/<key>.jpg or .png, <key>.json with place and size, <key>.lz4 for RGBA."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._cache: OrderedDict[str, Bytes] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: str) -> Raster | None:
        """What is stored under a key of 40 hexadecimal digits."""
        try:
            row = json.loads(self._stem(key).with_suffix(".json").read_text("utf-8"))
        except FileNotFoundError:
            return None
        return Raster(**row)

    def put(self, key: str, layer: Layer) -> Raster:
        """RGB and grey as JPEG and PNG, RGBA as PNG with a premultiplied copy for the renderer."""
        stem = self._stem(key)
        height, width = layer.pixels.shape[:2]
        photograph = layer.pixels.ndim == 3 and layer.pixels.shape[2] == 3
        suffix = ".jpg" if photograph else ".png"
        write_whole(stem.with_suffix(suffix), _jpeg(layer.pixels) if photograph else _png(layer.pixels))
        if layer.pixels.ndim == 3 and layer.pixels.shape[2] == 4:
            write_whole(stem.with_suffix(".lz4"), _packed(premultiplied(layer.pixels)))
        href = stem.with_suffix(suffix).relative_to(self.folder).as_posix()
        raster = Raster(href, width, height, float(layer.x), float(layer.y), float(layer.scale))
        row = {name: getattr(raster, name) for name in ("href", "width", "height", "x", "y", "scale")}
        write_whole(stem.with_suffix(".json"), json.dumps(row).encode())
        return raster

    def load(self, href: str) -> Bytes:
        """uint8, read-only: (h, w, 3) sRGB, (h, w, 4) sRGB premultiplied by alpha, or (h, w) grey.

        Raises InputError for an href that this store did not give.
        """
        if not _HREF.match(href):
            raise InputError(f"'{href[:80]}' is no picture of the library", mend="pixels/<2 hex>/<40 hex>.jpg or .png")
        with self._lock:
            if href in self._cache:
                self._cache.move_to_end(href)
                return self._cache[href]
        found = self._read(href)
        found.setflags(write=False)
        self._remember(href, found)
        return found

    def original(self, href: str) -> Bytes:
        """As `load`, but RGBA unpremultiplied as in the file."""
        return np.asarray(Image.open(self.folder / href)) if href.endswith(".png") else self.load(href)

    def _read(self, href: str) -> Bytes:
        path = self.folder / href
        fast = path.with_suffix(".lz4")
        try:
            if path.suffix == ".jpg":
                return np.asarray(simplejpeg.decode_jpeg(path.read_bytes()))
            return _unpacked(fast.read_bytes()) if fast.exists() else np.array(Image.open(path))
        except FileNotFoundError:
            raise InputError(f"the library has no '{href}'", str(self.folder), "perceive the product anew") from None

    def _remember(self, href: str, pixels: Bytes) -> None:
        with self._lock:
            self._cache[href] = pixels
            while len(self._cache) > 1 and sum(p.nbytes for p in self._cache.values()) > CACHE_BYTES:
                self._cache.popitem(last=False)

    def _stem(self, key: str) -> Path:
        return self.folder / "pixels" / key[:2] / key


def premultiplied(pixels: Bytes) -> Bytes:
    """uint8 (h, w, 4) with its colours multiplied by alpha, rounded."""
    alpha = pixels[..., 3:].astype(np.uint16)
    colours = (pixels[..., :3] * alpha + 127) // 255
    return np.dstack([colours.astype(np.uint8), pixels[..., 3]])


def _jpeg(pixels: Bytes) -> bytes:
    return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), JPEG_QUALITY, "RGB", "444"))


def _png(pixels: Bytes) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _packed(pixels: Bytes) -> bytes:
    height, width, channels = pixels.shape
    return _HEAD.pack(_MAGIC, height, width, channels) + bytes(lz4.frame.compress(np.ascontiguousarray(pixels)))


def _unpacked(data: bytes) -> Bytes:
    _, height, width, channels = _HEAD.unpack_from(data)
    raw = bytearray(lz4.frame.decompress(data[_HEAD.size :]))
    return np.frombuffer(raw, np.uint8).reshape(height, width, channels)

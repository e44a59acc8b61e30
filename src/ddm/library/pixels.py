"""Pixels by content: what was asked for is one small description, the pixels it names are stored once and never change.

asked/ab/<key>.json names the picture, its place and its size; pixels/ab/<digest>.jpg, .png and .lz4 are named by their
own SHA-256. Pixels are written before the description: where it exists, they do.
"""

from __future__ import annotations

import json
import struct
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

from ddm.derive.table import Layer
from ddm.errors import InputError
from ddm.library.blobs import Blobs, Folder
from ddm.library.codecs import jpeg, packed, png, premultiplied, read_jpeg, read_png, unpacked
from ddm.library.content import NAME, stem_of
from ddm.perceive.perception import Bytes, Raster

CACHE_BYTES = 256 * 2**20
"""Decoded pixels kept in memory: about thirty pictures of 2048 x 1365."""
ASKED = "asked/"
DAMAGED = (ValueError, RuntimeError, SyntaxError, OSError, struct.error)
"""What decoders raise for bytes that are not what they were."""
_FIELDS = ("href", "width", "height", "x", "y", "scale")


class PixelStore:
    """Over blobs: a folder, or a bucket."""

    def __init__(self, blobs: Blobs | Path) -> None:
        self.blobs: Blobs = Folder(blobs) if isinstance(blobs, Path) else blobs
        self._cache: OrderedDict[tuple[str, int], Bytes] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: str) -> Raster | None:
        """What is stored under a key: 40 hexadecimal digits, or two such with a slash between."""
        return self._described(f"{ASKED}{key[:2]}/{key}.json")

    def find_older(self, key: str) -> Raster | None:
        """As `find`, where versions before the third kept descriptions."""
        return self._described(f"pixels/{key[:2]}/{key}.json")

    def _described(self, name: str) -> Raster | None:
        try:
            row = json.loads(self.blobs.get(name))
            return Raster(**{field: row[field] for field in _FIELDS})
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            return None  # damaged: as if it had never been made; `verify` tells

    def put(self, key: str, layer: Layer) -> Raster:
        """RGB and grey as JPEG and PNG, RGBA as PNG with a premultiplied copy for the renderer."""
        height, width = layer.pixels.shape[:2]
        channels = layer.pixels.shape[2] if layer.pixels.ndim == 3 else 1
        body = jpeg(layer.pixels) if channels == 3 else png(layer.pixels)
        stem, suffix = stem_of(body), ".jpg" if channels == 3 else ".png"
        self.blobs.put(stem + suffix, body)
        if channels == 4:
            self.blobs.put(f"{stem}.lz4", packed(premultiplied(layer.pixels)))
        raster = Raster(stem + suffix, width, height, float(layer.x), float(layer.y), float(layer.scale))
        self.describe(key, raster, len(body))
        return raster

    def describe(self, key: str, raster: Raster, size: int | None = None) -> None:
        """That a question is answered by pixels which are stored. size: bytes of their file."""
        row: dict[str, Any] = {name: getattr(raster, name) for name in _FIELDS}
        if size is not None:
            row["bytes"] = size
        self.blobs.put(f"{ASKED}{key[:2]}/{key}.json", json.dumps(row).encode(), replace=True)

    def load(self, href: str, side: int = 0) -> Bytes:
        """uint8, read-only: (h, w, 3) sRGB, (h, w, 4) sRGB premultiplied by alpha, or (h, w) grey.

        side: the smallest stored size whose longer side is that at least will do; 0 for the whole.
        Raises InputError for an href that this store did not give, and for pixels that are gone or damaged.
        """
        with self._lock:
            if (href, side) in self._cache:
                self._cache.move_to_end((href, side))
                return self._cache[href, side]
        found = self._read(href, side)
        found.setflags(write=False)
        self._remember((href, side), found)
        return found

    def original(self, href: str) -> Bytes:
        """As `load`, but RGBA unpremultiplied as in the file."""
        return read_png(self._bytes(href)) if href.endswith(".png") else self.load(href)

    def file(self, href: str) -> Path:
        """The picture file on this machine. Raises InputError as `load`."""
        if not (NAME.match(href) and href.endswith((".jpg", ".png"))):
            raise InputError(f"'{href[:80]}' is no picture of the library", mend="pixels/<2 hex>/<40 hex>.jpg or .png")
        try:
            return self.blobs.path(href)
        except FileNotFoundError:
            raise _gone(href) from None

    def _read(self, href: str, side: int) -> Bytes:
        try:
            if href.endswith(".jpg"):
                return read_jpeg(self._bytes(href), side)
            fast = self._fast(href, side)
            return fast if fast is not None else _laid(read_png(self._bytes(href)))
        except DAMAGED as error:
            mend = "ddm library verify --repair"
            raise InputError(f"the pixels '{href}' are damaged: {type(error).__name__}", mend=mend) from error

    def _fast(self, href: str, side: int) -> Bytes | None:
        """None where there is no fast form, or a damaged one: it only repeats the picture."""
        self.file(href)
        try:
            return unpacked(self.blobs.path(f"{href[:-4]}.lz4").read_bytes(), side)
        except DAMAGED:
            return None

    def _bytes(self, href: str) -> bytes:
        try:
            return self.file(href).read_bytes()
        except FileNotFoundError:
            raise _gone(href) from None

    def _remember(self, name: tuple[str, int], pixels: Bytes) -> None:
        with self._lock:
            self._cache[name] = pixels
            while len(self._cache) > 1 and sum(p.nbytes for p in self._cache.values()) > CACHE_BYTES:
                self._cache.popitem(last=False)


def _laid(pixels: Bytes) -> Bytes:
    return premultiplied(pixels) if pixels.ndim == 3 and pixels.shape[2] == 4 else pixels


def _gone(href: str) -> InputError:
    return InputError(f"the library has no '{href}'", mend="perceive the product anew")

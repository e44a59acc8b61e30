"""Bytes that claim to be a picture -> what they are, checked by decoding. The only file here that knows Pillow."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from ddm.errors import InputError

PIXEL_LIMIT = 64_000_000  # 64 MP: the most that product feeds accept, 256 MB decoded
BYTE_LIMIT = 20_000_000
FRAME_LIMIT = 400  # an animation beyond this is a video in disguise
THUMB = 32  # side of the thumbnail that the filter looks at
# What is decoded, with the media type and the extension it is stored under. Vector pictures are not materials.
FORMATS = {
    "JPEG": ("image/jpeg", "jpg"),
    "MPO": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "WEBP": ("image/webp", "webp"),
    "GIF": ("image/gif", "gif"),
    "AVIF": ("image/avif", "avif"),
    "BMP": ("image/bmp", "bmp"),
    "TIFF": ("image/tiff", "tif"),
}
_SMOOTH = ("RGB", "L", "CMYK", "YCbCr")  # modes that can be scaled before they are converted
_ORIENTATION = 0x0112  # EXIF tag; values from 5 on swap the sides


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that could be decoded to its last row.

    width, height: after EXIF orientation. frames: above 1, the first one counts. thumb: (32, 32, 3) float32, sRGB
    0 to 255, transparent parts on white.
    """

    width: int
    height: int
    media_type: str
    extension: str
    frames: int
    thumb: NDArray[np.float32]


def look(body: bytes, source: str) -> Seen:
    """Decode `body` fully, within limits.

    InputError: no picture of a known format, too many bytes, pixels or frames, cut off, or damaged.
    """
    if len(body) > BYTE_LIMIT:
        raise InputError(
            f"the picture has {len(body):,} bytes, the limit is {BYTE_LIMIT:,}", source, "use a smaller one"
        )
    with warnings.catch_warnings():  # Pillow warns of odd metadata and of big pictures, which are judged here
        warnings.simplefilter("ignore")
        return _decoded(_open(body, source), source)


def _open(body: bytes, source: str) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(body), formats=_readable())
    except Exception as error:  # decoders of hostile bytes raise nearly anything: RuntimeError of AVIF, struct.error...
        if isinstance(error, Image.DecompressionBombError):
            raise InputError(f"the picture has too many pixels: the limit is {PIXEL_LIMIT:,}", source) from error
        kinds = ", ".join(sorted({extension for _, extension in FORMATS.values()}))
        raise InputError(f"these {len(body):,} bytes are {_kind(body)}", source, f"pictures may be {kinds}") from error
    if image.width * image.height > PIXEL_LIMIT:
        size = f"{image.width}x{image.height}"
        raise InputError(
            f"the picture has too many pixels: {size}, the limit is {PIXEL_LIMIT:,}", source, "scale it down"
        )
    return image


@cache
def _readable() -> tuple[str, ...]:
    """Those of FORMATS that this build of Pillow decodes. MPO is no name to open by: it turns out to be one."""
    Image.init()
    return tuple(name for name in FORMATS if name in Image.OPEN and name != "MPO")


def _kind(body: bytes) -> str:
    head = body[:512].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head")):
        return "a web page, no picture"
    if b"<svg" in head or head.startswith(b"<?xml"):
        return "a vector drawing, which is no raw material"
    return "empty" if not body else "no picture of a known format, or damaged at the start"


def _decoded(image: Image.Image, source: str) -> Seen:
    media_type, extension = FORMATS[image.format or ""]
    try:
        frames = int(getattr(image, "n_frames", 1))
        if frames > FRAME_LIMIT:
            raise InputError(f"the animation has {frames} frames, the limit is {FRAME_LIMIT}", source)
        image.seek(0)
        image.load()
        turned = int(image.getexif().get(_ORIENTATION, 1) or 1) >= 5
        thumb = _thumb(image)
    except InputError:
        raise
    except Exception as error:  # decoders raise many kinds on damaged data; all of them mean the same here
        raise InputError(
            f"the picture cannot be decoded to its end: {error}", source, "it is cut off or damaged"
        ) from error
    width, height = (image.height, image.width) if turned else image.size
    return Seen(width, height, media_type, extension, 1 if extension == "jpg" else frames, thumb)


def _thumb(image: Image.Image) -> NDArray[np.float32]:
    small = image.resize((THUMB * 4, THUMB * 4), Image.Resampling.BOX) if image.mode in _SMOOTH else image
    upright = ImageOps.exif_transpose(_plain(small))
    return np.asarray(upright.resize((THUMB, THUMB), Image.Resampling.BOX), dtype=np.float32)


def _plain(image: Image.Image) -> Image.Image:
    """Three channels, transparent parts on white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, coloured).convert("RGB")
    if image.mode in ("I;16", "I", "F"):
        values = np.asarray(image, dtype=np.float32)
        return Image.fromarray((values * (255 / max(float(values.max()), 1.0))).clip(0, 255).astype(np.uint8)).convert(
            "RGB"
        )
    return image.convert("RGB")

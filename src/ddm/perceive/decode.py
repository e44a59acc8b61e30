"""Bytes -> upright sRGB pixels within limits; the only file of perception that knows Pillow."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageCms, ImageFile, ImageOps

from ddm.errors import InputError
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes

MAX_BYTES = 64 * 2**20
"""A 50-megapixel photograph in JPEG stays below; more is a mistake or an attack."""
MAX_PIXELS = 64_000_000
"""Decoded this takes 256 MB at most; acquisition has the same limit."""
MAX_SIDE = 2048
"""Longer side kept: every format of the catalogue is served from it without enlarging."""
MIN_SIDE = 16
"""Below this there is nothing to perceive."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "MPO")
CLEAR_SHARE = 0.03
"""A picture is a cut-out where at least this part of it is fully transparent; rounded corners stay below."""
CLEAR_BORDER = 0.3
"""... and where at least this part of its border is: a subject may touch its sides."""


@dataclass(frozen=True)
class Decoded:
    """pixels: uint8 (h, w, 3) sRGB, transparency flattened on white. alpha: uint8 (h, w), or None for a photograph.

    colours: uint8 (h, w, 3), the colours beneath the transparency; equal to `pixels` where there is none.
    """

    pixels: Bytes
    alpha: Bytes | None
    colours: Bytes


def decode(data: bytes, where: str = "", side: int = MAX_SIDE, keep_alpha: bool = False) -> Decoded:
    """Upright by EXIF, converted by its ICC profile to sRGB, shrunk by area average to at most `side`.

    keep_alpha: any transparency is the picture's own matte; otherwise it must surround a subject, as in a cut-out.
    The first frame of an animation counts. A broken colour profile or EXIF block is ignored, as browsers do.
    Raises InputError for what is no picture, is damaged, or lies outside the limits named in this file.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"the file has {len(data) >> 20} MB, more than {MAX_BYTES >> 20}", where)
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        _check_size(image, where)
        return _finished(_upright(_loaded(image, side)), side, where, keep_alpha)
    except InputError:
        raise
    except Exception as error:  # decoders of hostile bytes raise nearly anything: struct.error, SyntaxError, OSError...
        mend = f"use an undamaged {', '.join(FORMATS[:6])} picture"
        raise InputError(f"the picture cannot be decoded: {type(error).__name__}", where, mend) from error


def _check_size(image: ImageFile.ImageFile, where: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise InputError(f"the picture has {width}x{height} pixels, more than {MAX_PIXELS / 1e6:.0f} million", where)
    if min(width, height) < MIN_SIDE:
        raise InputError(f"the picture has {width}x{height} pixels, a side under {MIN_SIDE}", where)


def _loaded(image: ImageFile.ImageFile, side: int) -> Image.Image:
    if image.format == "JPEG":
        image.draft(None, (2 * side, 2 * side))  # huge files are decoded at an eighth, if that suffices
    image.load()
    return image


def _upright(image: Image.Image) -> Image.Image:
    with suppress(Exception):  # a hostile EXIF block must not cost the picture
        ImageOps.exif_transpose(image, in_place=True)
    return image


def _finished(image: Image.Image, side: int, where: str, keep_alpha: bool) -> Decoded:
    profile = image.info.get("icc_profile")
    colour, alpha = _parts(image)
    rgb = np.asarray(_in_srgb(colour, profile))
    if alpha is None or alpha.min() > 250:
        small = px.limited(rgb, side)
        return Decoded(small, None, small)
    return _flattened(rgb, alpha, side, where, keep_alpha)


def _parts(image: Image.Image) -> tuple[Image.Image, Bytes | None]:
    """The picture without transparency in a mode that colour profiles know, and its alpha."""
    if image.mode.startswith(("I", "F")):
        return Image.fromarray(_eight_bits(np.asarray(image))), None
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        return rgba.convert("RGB"), np.asarray(rgba.getchannel("A"))
    return (image if image.mode in ("RGB", "CMYK", "L", "LAB") else image.convert("RGB")), None


def _eight_bits(values: np.ndarray) -> Bytes:
    """Deep grey to uint8: 16 bits where the values say so, else stretched as they are."""
    floats = values.astype(np.float64)
    top = 65535.0 if floats.max(initial=0) > 255 else 255.0
    found: Bytes = (np.clip(floats / top, 0, 1) * 255 + 0.5).astype(np.uint8)
    return found


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(
                image, source, target, ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB"
            )
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that does not fit its picture: browsers ignore it too
    return image if image.mode == "RGB" else image.convert("RGB")


def _flattened(rgb: Bytes, alpha: Bytes, side: int, where: str, keep_alpha: bool) -> Decoded:
    cover = alpha.astype(np.float32)[..., None] / 255
    premultiplied = px.limited(rgb * cover, side)
    small = px.limited(cover[..., 0], side)[..., None]
    if small.max() < 0.05:
        raise InputError("the picture is wholly transparent", where)
    flat = _rounded(premultiplied + 255 * (1 - small))
    colours = np.where(small > 0, _rounded(premultiplied / np.maximum(small, 1e-3)), flat)
    kept = _rounded(small[..., 0] * 255)
    return Decoded(flat, kept, colours) if keep_alpha or _is_cutout(kept) else Decoded(flat, None, flat)


def _is_cutout(alpha: Bytes) -> bool:
    clear = alpha < 16
    border = np.concatenate([clear[0], clear[-1], clear[:, 0], clear[:, -1]])
    return bool(clear.mean() >= CLEAR_SHARE and border.mean() >= CLEAR_BORDER)


def _rounded(values: np.ndarray) -> Bytes:
    found: Bytes = np.clip(values + 0.5, 0, 255).astype(np.uint8)
    return found

"""Pictures beside an SVG file: hrefs into pixels for the renderer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from ddm.errors import InputError

Bytes: TypeAlias = npt.NDArray[np.uint8]
MAX_PIXELS = 64_000_000  # the largest picture that acquisition lets in


def load_beside(folder: Path) -> Callable[[str], Bytes]:
    """A loader of hrefs relative to `folder`: uint8 (h, w, 3) sRGB, or (h, w, 4) sRGB premultiplied by alpha.

    InputError where there is no such picture, or it is too large or broken.
    """

    def load(href: str) -> Bytes:
        path = folder / href
        try:
            with Image.open(path) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise InputError(f"the picture has more than {MAX_PIXELS:,} pixels", str(path), "shrink it first")
                return _pixels(image)
        except (OSError, UnidentifiedImageError, SyntaxError, Image.DecompressionBombError) as error:
            raise InputError(f"the picture cannot be read: {error}", str(path), "check the href") from None

    return load


def _pixels(image: Image.Image) -> Bytes:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return np.asarray(image.convert("RGB"))
    rgba = np.asarray(image.convert("RGBA")).astype(np.uint16)
    alpha = rgba[..., 3:]
    return np.dstack([(rgba[..., :3] * alpha + 127) // 255, alpha]).astype(np.uint8)

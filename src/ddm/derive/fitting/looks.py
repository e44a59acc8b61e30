"""Colours of a part of a picture -> how it was taken: its black, middle and white, and the colour of its greys.

Numbers only, so that rooms without pictures can ask a perception's thumbnail.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ddm.colour import oklab_of_bytes

Floats = npt.NDArray[np.floating]

BLACK, WHITE = 0.02, 0.98
"""Parts of the area that are darker: the extremes themselves are specks."""
GREY = 0.04
"""Chroma (OKLab) at which a pixel tells the colour of the light by a third of what a grey one tells; more is paint."""
GREYS = 0.1
"""Part of the area that must be grey before the light's colour is believed: a brown room has none to go by."""
DIMMEST = 0.15
"""Lightness below which the colour of a grey drowns in rounding."""
DARK, LIGHT = 0.4, 0.65
"""Lightness beyond which a photograph's darkest place is no black, and its lightest no white: it may show neither."""
FAINT = 1e-6
"""Weight of what is not grey at all, so that a picture without any grey still has an answer."""


@dataclass(frozen=True, slots=True)
class Look:
    """black, white: OKLab lightness. a, b: of what is nearly grey, as parts of its lightness: the light's colour.

    greys: the part of the area that is so.
    """

    black: float
    white: float
    a: float
    b: float
    greys: float = 1.0

    @property
    def shows_black(self) -> bool:
        return self.black < DARK

    @property
    def shows_white(self) -> bool:
        return self.white > LIGHT

    @property
    def shows_greys(self) -> bool:
        return self.greys > GREYS


def look(pixels: npt.NDArray[np.uint8], weights: Floats) -> Look | None:
    """Of uint8 (h, w, 3) sRGB, each pixel counted by its weight (h, w); None where nothing counts."""
    kept = weights > 0
    if not kept.any():
        return None
    lab, weight = oklab_of_bytes(pixels[kept]), weights[kept].astype(np.float64)
    black, white = _quantiles(lab[:, 0], weight, (BLACK, WHITE))
    grey = weight * (np.exp(-((np.hypot(lab[:, 1], lab[:, 2]) / GREY) ** 2)) + FAINT)
    tinge = lab[:, 1:] / np.maximum(lab[:, :1], DIMMEST)
    a, b = (tinge * grey[:, None]).sum(0) / grey.sum()
    return Look(black, white, float(a), float(b), float(grey.sum() / weight.sum()))


def _quantiles(values: Floats, weights: Floats, parts: tuple[float, ...]) -> list[float]:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return [float(v) for v in np.interp(np.array(parts) * reached[-1], reached, values[order])]

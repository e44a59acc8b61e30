"""A photograph -> the same as another camera would have taken it, in other light: by known amounts.

Exposure and white balance are gains in linear light, contrast is a power of lightness about its middle, haze is light
added everywhere, grain is Gaussian, and softness a Gaussian blur; what leaves the range is cut off as a sensor does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zlib import crc32

import numpy as np

from ddm.colour import linear_of_bytes, linear_of_oklab, oklab_of_linear, srgb_of_linear
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

Spoil = Callable[[Floats, np.random.Generator], Floats]
"""Linear light float32 (h, w, 3) to the same."""
PIVOT = 0.6
"""Lightness (OKLab) that contrast leaves where it is: about the mean of photographs."""


def _exposed(stops: float) -> Spoil:
    return lambda light, _: light * np.float32(2**stops)


def _balanced(red: float, blue: float) -> Spoil:
    """Gains of red and blue against green, in stops."""
    return lambda light, _: light * np.array([2**red, 1, 2**blue], np.float32)


def _contrasted(power: float) -> Spoil:
    def change(light: Floats, _: np.random.Generator) -> Floats:
        lab = oklab_of_linear(np.clip(light, 0, 1))
        level = np.maximum(lab[..., :1], 1e-3)
        found: Floats = linear_of_oklab(lab * (PIVOT * (level / PIVOT) ** power / level))
        return found

    return change


def _hazy(light_added: float) -> Spoil:
    return lambda light, _: light * np.float32(1 - light_added) + np.float32(light_added)


def _grainy(deviation: float) -> Spoil:
    """Deviation in sRGB, 0..1, the same in all channels."""

    def change(light: Floats, rng: np.random.Generator) -> Floats:
        noise = rng.standard_normal((*light.shape[:2], 1), np.float32) * np.float32(deviation)
        shown = np.clip(srgb_of_linear(np.clip(light, 0, 1)) + noise, 0, 1)
        return linear_of_bytes((shown * 255 + 0.5).astype(np.uint8))

    return change


def _soft(sigma: float) -> Spoil:
    return lambda light, _: px.blur(light, sigma)


SPOILT: Mapping[str, tuple[Spoil, ...]] = {
    "as_it_was": (),
    "darker": (_exposed(-0.7),),
    "lighter": (_exposed(0.5),),
    "warm": (_balanced(0.25, -0.35),),
    "cool": (_balanced(-0.2, 0.3),),
    "hard": (_contrasted(1.3),),
    "flat": (_contrasted(0.8),),
    "hazy": (_hazy(0.03),),
    "dim_and_warm": (_exposed(-0.5), _balanced(0.2, -0.3), _contrasted(0.9)),
    "grainy": (_grainy(0.03),),
    "soft": (_soft(1.5),),
}
"""About what two photographers' pictures of one thing differ by; `soft` in pixels."""


def spoilt(pixels: Bytes, kind: str, name: str) -> Bytes:
    """uint8 (h, w, 3) sRGB to the same; seeded by the photograph's name."""
    rng = np.random.default_rng(crc32(f"{kind}/{name}".encode()))
    light: Floats = linear_of_bytes(pixels)
    for step in SPOILT[kind]:
        light = step(light, rng)
    found: Bytes = (np.clip(srgb_of_linear(np.clip(light, 0, 1)), 0, 1) * 255 + 0.5).astype(np.uint8)
    return found

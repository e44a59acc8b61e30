"""Colours by role, from the colours a picture really has: one hue family, and an accent that lives in the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from ddm import colour
from ddm.perceive.perception import Swatch

NEUTRAL = 0.028  # OKLCH chroma below which a colour is seen as grey
ACCENT_APART = 40.0  # degrees of hue from which a second colour reads as another colour


def _lch(swatch: Swatch) -> tuple[float, float, float]:
    light, chroma, hue = colour.oklch_of_oklab(np.array([swatch.lightness, swatch.a, swatch.b]))
    return float(light), float(chroma), float(hue)


def _vivid(swatches: Sequence[Swatch]) -> tuple[float, float, float]:
    """The colour one would name first: vivid, and with some weight."""
    best = max(swatches, key=lambda s: (s.weight**0.4) * np.hypot(s.a, s.b))
    return _lch(best)


def _accent(swatches: Sequence[Swatch], main: tuple[float, float, float]) -> tuple[float, float, float]:
    others = [s for s in swatches if _lch(s)[1] > 0.07 and colour.hue_distance(_lch(s)[2], main[2]) > ACCENT_APART]
    return _vivid(others) if others else main


def _inkable(light: float) -> float:
    """The nearest lightness on which white or black type reaches 4.5 to 1; between 0.55 and 0.70 neither does well."""
    return min(max(light, 0.70), 0.80) if light >= 0.62 else min(max(light, 0.42), 0.545)


def colourless(swatches: Sequence[Swatch]) -> bool:
    """Whether one would call it black, white or grey."""
    return not swatches or _vivid(swatches)[1] < NEUTRAL


@lru_cache(maxsize=4096)
def roles(swatches: tuple[Swatch, ...]) -> Mapping[str, str]:
    """role -> '#rrggbb'. A grey picture gets a grey palette, light grounds and black accents: no colour comes from
    nowhere."""
    if not swatches:
        swatches = (Swatch(1.0, 0.5, 0.0, 0.0),)
    light, chroma, hue = main = _vivid(swatches)
    grey = chroma < NEUTRAL
    a_light, a_chroma, a_hue = _accent(swatches, main)
    rows = {
        "paper": (0.972, min(chroma, 0.010), hue),
        "surface": (0.925, min(chroma, 0.030), hue),
        "soft": (0.955, chroma, hue) if grey else (0.845, min(chroma, 0.065), hue),
        "base": (0.905, min(_lch(swatches[0])[1], 0.03), _lch(swatches[0])[2]),
        "primary": (0.88, chroma, hue) if grey else (_inkable(light), min(max(chroma, 0.09), 0.155), hue),
        "deep": (0.315, min(chroma, 0.060), hue),
        "night": (0.195, min(chroma, 0.028), hue),
        "accent": (0.24, a_chroma, a_hue) if a_chroma < 0.05 else (_inkable(a_light), max(a_chroma, 0.14), a_hue),
    }
    return {name: colour.hex_of_oklch(*lch) for name, lch in rows.items()}

"""Colours by role, from the colours a picture really has: one hue family, and an accent that lives in the picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ddm import colour
from ddm.perceive.perception import Swatch

NEUTRAL = 0.028  # OKLCH chroma below which a colour is seen as grey
ACCENT_APART = 40.0  # degrees of hue from which a second colour reads as another colour
VIVID = 0.07  # chroma from which a colour of the picture can serve as accent
GRAPHITE, DARK = 0.40, 0.36  # lightness of a grey ground; that below which a subject would be lost on it
PALE = 0.05  # chroma below which an accent is so grey that it had better be dark
OWN = 25.0  # degrees by which a colour of the picture may miss the hue that a harmony asks for
SUNNY, GOLD = (40.0, 115.0), 0.77  # hues from orange to yellow, and the lightness below which they turn to mud
SCHEMES: Mapping[str, tuple[float, ...]] = {
    "analogous": (30.0, -30.0),
    "complementary": (180.0,),
    "triadic": (120.0, -120.0),
    "monochrome": (0.0,),
}
"""Degrees from the main hue at which a harmony has its accent."""


class Lch(NamedTuple):
    """OKLCH: lightness 0..1, chroma, hue in degrees."""

    light: float
    chroma: float
    hue: float


def _lch(swatch: Swatch) -> Lch:
    return Lch(swatch.lightness, math.hypot(swatch.a, swatch.b), math.degrees(math.atan2(swatch.b, swatch.a)) % 360)


def _vivid(swatches: Sequence[Swatch]) -> Lch:
    """The colour one would name first: vivid, and with some weight."""
    return _lch(max(swatches, key=lambda s: s.weight**0.4 * math.hypot(s.a, s.b)))


def _accent(swatches: Sequence[Swatch], main: Lch) -> Lch:
    """Another colour of the picture, where there is one."""
    others = [s for s in swatches if _is_vivid(s) and colour.hue_distance(_lch(s).hue, main.hue) > ACCENT_APART]
    return _vivid(others) if others else main


def _is_vivid(swatch: Swatch) -> bool:
    return math.hypot(swatch.a, swatch.b) > VIVID


def _harmonious(swatches: Sequence[Swatch], main: Lch, harmony: str) -> Lch:
    """A colour of the picture about where the harmony asks for one; else the main colour turned there.

    Where the harmony leaves two hues to choose from, the one nearer to what is in the picture. One hue alone gives an
    accent on the other side of the middle greys, so that it is told from the main colour by its lightness.
    """
    if harmony == "monochrome":
        return main._replace(light=0.48 if _inkable(main.light) >= LIGHT else LIGHT)
    hues = [(main.hue + turn) % 360 for turn in SCHEMES[harmony]]
    coloured = [s for s in swatches if math.hypot(s.a, s.b) > NEUTRAL]
    _, hue = min((_missed(s, hue) / s.weight**0.4, hue) for s in coloured for hue in hues)
    own = [s for s in coloured if _is_vivid(s) and _missed(s, hue) <= OWN]
    if own:
        return _vivid(own)
    low, high = SUNNY
    return main._replace(hue=hue, light=max(main.light, GOLD) if low <= hue <= high else main.light)


def _missed(swatch: Swatch, hue: float) -> float:
    return colour.hue_distance(_lch(swatch).hue, hue)


LIGHT = 0.70  # between 0.55 and this neither white nor black type reaches 4.5 to 1 with certainty


def _inkable(light: float) -> float:
    """The nearest lightness on which white or black type reaches 4.5 to 1."""
    return min(max(light, LIGHT), 0.80) if light >= 0.62 else min(max(light, 0.42), 0.545)


def dark(swatches: Sequence[Swatch]) -> bool:
    """Whether they are so dark on average that they would be lost on graphite."""
    weight = sum(s.weight for s in swatches)
    return weight > 0 and sum(s.weight * s.lightness for s in swatches) < DARK * weight


def colourless(swatches: Sequence[Swatch]) -> bool:
    """Whether one would call it black, white or grey."""
    return not swatches or _vivid(swatches).chroma < NEUTRAL


INKS = (
    *(("deep", ground, 4.5) for ground in ("paper", "surface", "soft", "counter", "base")),
    *(("night", ground, 7.0) for ground in ("paper", "surface", "soft", "counter", "base")),
    ("paper", "deep", 7.0),
    ("paper", "night", 7.0),
)
"""Ink, ground, and the WCAG contrast that they have in every palette. `primary` and `accent` are so light or so dark
that white or near black reaches 4.5 on them."""
APART = (
    ("paper", "surface", 4.0),
    ("paper", "soft", 8.0),
    ("paper", "counter", 8.0),
    ("surface", "soft", 4.0),
    ("soft", "primary", 5.5),
    ("paper", "accent", 15.0),
    ("surface", "accent", 12.0),
    ("soft", "accent", 12.0),
)
"""Two roles that may lie on one another, and how far apart they are in every palette (OKLab x 100): 2 is just seen."""
CLEAR = 12.5
"""How far from `soft` what stands on it keeps, a little more than APART says: bytes round."""


def _clear(colour_: Lch, soft: Lch) -> Lch:
    """As light as it is or, where it would be lost on `soft`, so much darker that it is not; LIGHT always does."""
    shown = colour.parse_hex(colour.hex_of_oklch(*colour_)), colour.parse_hex(colour.hex_of_oklch(*soft))
    off = float(colour.delta_e(*(colour.oklab_of_srgb(one) for one in shown)))
    return colour_ if off >= CLEAR or colour_.light <= LIGHT else colour_._replace(light=LIGHT)


@lru_cache(maxsize=4096)
def roles(swatches: tuple[Swatch, ...], harmony: str = "", lost: bool = False) -> Mapping[str, str]:
    """role -> '#rrggbb'. A grey picture gets a grey palette, graphite and black accents: no colour comes from nowhere.

    harmony: '' for an accent from the picture as it is, else one of SCHEMES, by OKLCH hue. lost: whether what is shown
    would be lost on graphite.
    """
    if not swatches:
        swatches = (Swatch(1.0, 0.5, 0.0, 0.0),)
    light, chroma, hue = main = _vivid(swatches)
    grey = chroma < NEUTRAL
    a = _accent(swatches, main) if grey or not harmony else _harmonious(swatches, main, harmony)
    base = _lch(swatches[0])
    soft = Lch(0.88, chroma, hue) if grey else Lch(0.845, min(chroma, 0.065), hue)
    rows = {
        "paper": (0.972, min(chroma, 0.010), hue),
        "surface": (0.925, min(chroma, 0.030), hue),
        "soft": soft,
        "counter": soft if grey else soft._replace(chroma=min(max(a.chroma, 0.04), 0.065), hue=a.hue),
        "base": (0.905, min(base.chroma, 0.03), base.hue),
        "primary": (0.82 if lost else GRAPHITE, chroma, hue)
        if grey
        else _clear(Lch(_inkable(light), min(max(chroma, 0.09), 0.155), hue), soft),
        "deep": (0.315, min(chroma, 0.060), hue),
        "night": (0.195, min(chroma, 0.028), hue),
        "accent": (0.24, a.chroma, a.hue)
        if a.chroma < (NEUTRAL if harmony else PALE)
        else _clear(Lch(_inkable(a.light), max(a.chroma, 0.14), a.hue), soft),
    }
    return {name: colour.hex_of_oklch(*lch) for name, lch in rows.items()}

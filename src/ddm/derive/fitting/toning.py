"""Colours brought nearer to others: toned by statistics, tinted by one colour. Both work in OKLab."""

from __future__ import annotations

import numpy as np

from ddm.colour import bytes_of_srgb, linear_of_oklab, oklab_of_bytes, oklab_of_srgb, parse_hex, srgb_of_linear
from ddm.derive.change import View
from ddm.perceive.perception import Params
from ddm.perceive.pixels import Bytes, Floats

AS_IS = -1.0
"""Value of a wished mean that leaves it as it is: no mean is -1."""
LIGHTER = {"product": 0.08, "scene": 0.12, "logo": 0.0}
"""How far the mean lightness may move (OKLab): a product's colour must be known again, a backdrop only be likely."""
CAST = {"product": 0.018, "scene": 0.05, "logo": 0.0}
"""How far the colour of what is neutral may move: about three times what is just seen side by side, and thrice that."""
NEUTRAL = 0.07
"""Chroma below which a pixel tells the colour of the light rather than of the thing."""
WARM = (0.35, 0.94)
"""Direction from cool to warm on OKLab's a and b: along the light of bodies that glow."""
WHITE = "#ffffff"
LIT = 3.0
"""Power of lightness by which white's own colour is mixed in: half of it at four fifths of white, none in the darks."""
STEPS = 20
"""Bisections for the exponent: 2**-20 is far below a byte's step."""


def toned(view: View, params: Params) -> Bytes:
    """Mean lightness, the colour of neutrals and chroma moved towards what is wished, within LIGHTER and CAST.

    Lightness moves along a curve that keeps black and white, colours all by the same shift, the less the nearer to
    black or white.
    """
    strength = float(params["strength"])
    kind = str(view.perception.attributes["role"])
    lab, shown = oklab_of_bytes(view.pixels), view.shown
    wished = float(params["lightness"])
    light: Floats = lab[..., 0]
    a: Floats = lab[..., 1]
    b: Floats = lab[..., 2]
    if wished != AS_IS:
        light = _lifted(light, shown, wished, strength, LIGHTER[kind])
        dimmed = np.clip(light / np.maximum(lab[..., 0], 1e-3), 0, 1)  # less light shows less colour
        a, b = a * dimmed, b * dimmed
    shift = strength * _limited(_cast(lab, shown, params), CAST[kind])
    factor = 1 + strength * (float(params["chroma"]) - 1)
    weight = _between(light)
    return _pixels(light, a * factor + shift[0] * weight, b * factor + shift[1] * weight)


def tinted(view: View, params: Params) -> Bytes:
    """In the hue of a colour, full in the middle tones; lightness stays, but for white's own colour where one is asked
    for: what is light comes near to that."""
    strength = float(params["strength"])
    lab = oklab_of_bytes(view.pixels)
    wished = oklab_of_srgb(parse_hex(str(params["colour"]))).astype(np.float32)
    peak = wished[1:] / max(0.25, float(_between(np.array([wished[0]], np.float32))[0]))
    light, white = lab[..., 0], oklab_of_srgb(parse_hex(str(params.get("white", WHITE)))).astype(np.float32)
    lit = light**LIT
    ab = lab[..., 1:] * (1 - strength) + strength * (_between(light)[..., None] * peak + lit[..., None] * white[1:])
    return _pixels(light - strength * (1 - white[0]) * lit, ab[..., 0], ab[..., 1])


def _between(light: Floats) -> Floats:
    """1 in the middle tones, 0 in black and white, where there is no room for colour."""
    found: Floats = np.clip(4 * light * (1 - light), 0, 1) ** 0.5
    return found


def _lifted(light: Floats, shown: Floats, wished: float, strength: float, most: float) -> Floats:
    """Lightness to a power, so that its mean goes `strength` of the way to the wish, at most by `most`."""
    values, weights = np.clip(light[::4, ::4], 1e-3, 1), shown[::4, ::4]
    total = max(float(weights.sum()), 1e-6)
    mean = float((values * weights).sum()) / total
    goal = mean + float(np.clip(strength * (wished - mean), -most, most))
    low, high = 0.25, 4.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if float((values**middle * weights).sum()) / total > goal else (low, middle)
    found: Floats = np.clip(light, 1e-3, 1) ** np.float32(low)
    return found


def _cast(lab: Floats, shown: Floats, params: Params) -> Floats:
    """How far neutrals are to move on a and b: from the light in the view to the light wished for, and warmer."""
    wished = np.array([float(params["a"]), float(params["b"])], np.float32)
    own = _light(lab, shown) if AS_IS not in wished.tolist() else wished
    return wished - own + float(params["warmth"]) * np.array(WARM, np.float32) * CAST["scene"]


def _light(lab: Floats, shown: Floats) -> Floats:
    """Mean a and b of what is nearly neutral: the colour of the light; 0 where nothing is neutral."""
    small, weights = lab[::4, ::4], shown[::4, ::4]
    weights = weights * (np.hypot(small[..., 1], small[..., 2]) < NEUTRAL)
    found: Floats = (small[..., 1:] * weights[..., None]).sum((0, 1)) / max(float(weights.sum()), 1.0)
    return found


def _limited(shift: Floats, most: float) -> Floats:
    length = float(np.hypot(*shift))
    return shift * min(1.0, most / length) if length else shift


def _pixels(light: Floats, a: Floats, b: Floats) -> Bytes:
    return bytes_of_srgb(srgb_of_linear(linear_of_oklab(np.stack([light, a, b], -1).astype(np.float32))))

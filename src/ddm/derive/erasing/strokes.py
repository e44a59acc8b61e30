"""A line of lettering, or a mark, on a photograph -> the pixels that are its own, with outline, shadow and halo."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ddm.derive.erasing.colours import at_home
from ddm.derive.tone import spread
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

OWN = 0.85
"""A colour is the letters' where it is so much more frequent in the line than around it: 6 to 1."""
INKED = (0.04, 0.75)
"""Part of a line that its strokes cover: outside of this it was not strokes that were found."""
REACHES = (0.1, 0.3)
"""How far outlines, then shadows, reach beyond strokes, in heights of the line."""
HALO = 0.03
"""How far antialiasing and the codec carry a stroke's colour, likewise; at least LEAST_HALO pixels."""
LEAST_HALO = 2
STROKE = 0.22
"""Widest stroke of a letter, in heights of the line."""
STANDS_OFF = 0.03
"""Difference (OKLab lightness) from which a stroke stands off from what lies beside it."""
SMOOTH = 0.02
"""Deviation (OKLab) from its own blur up to which the ground is smooth, and all else laid over it."""
CALM = 0.05
"""... and up to which thin parts that stand off are strokes and no pattern."""
MOST = 0.8
"""Part of the ground that must be even: something else may stand beside the line."""
OFF = 0.025
"""Difference (OKLab) to a smooth ground from which something lies on it; at least twice its deviation."""

CLEAR = 1.3
"""Difference of strokes to the ground, of the ground's own deviation, from which they are told from it."""
EVEN = 0.25
"""Blur whose remainder is the ground's detail, in heights of the line."""
SHADE, STEPS = 0.25, 5
"""How far a shadow is followed, in heights of the line, and in how many steps."""
SHADED, TEXTURED = 0.03, 0.8
"""Mean difference (OKLab) to the ground up to which there is no shadow, and the same as part of its deviation."""


@dataclass(frozen=True)
class Spot:
    """Part of a picture with a line in it. lab: float32 (h, w, 3) OKLab. line: its box. room: where its shadow may lie.

    ground: what is neither this line's nor another's. size: height of the line in pixels.
    """

    lab: Floats
    line: Mask
    room: Mask
    ground: Mask
    size: float

    def within(self, part: Mask) -> Spot:
        """The same with what lies in that part alone."""
        return replace(self, line=self.line & part, room=self.room & part, ground=self.ground & part)


@dataclass(frozen=True)
class Strokes:
    """ink: the letters' own pixels. all: with outline and shadow, without their halo. Both bool (h, w)."""

    ink: Mask
    all: Mask


def strokes(spot: Spot) -> Strokes | None:
    """What belongs to the letters; None where they cannot be told from the photograph."""
    for told in (_on_smooth_ground, _by_colour, _standing_off):
        ink = told(spot)
        if ink is not None and _clear(spot, ink):
            outlined = _outlined(spot, ink)
            return Strokes(ink, outlined | _shadow(spot, outlined))
    return None


def _clear(spot: Spot, ink: Mask) -> bool:
    """Whether it stands off more than the ground's own detail does: on a busy ground some of that is always found."""
    off = np.linalg.norm((spot.lab - _beneath(spot, spot.room))[ink], axis=-1)
    return float(np.median(off)) > CLEAR * deviation(spot)


def _shadow(spot: Spot, ink: Mask) -> Mask:
    """As far around the ink as the mean colour is not the ground's, which no single pixel of a texture tells.

    What does not fade with the distance is no shadow: the ground itself changes there.
    """
    away = px.distance(~ink)
    off = spot.lab - _beneath(spot, px.grown(ink, max(1, round(SHADE * spot.size))))
    step, free = max(1.0, SHADE * spot.size / STEPS), spot.room & ~ink
    least, reach, before = max(SHADED, TEXTURED * deviation(spot)), 0.0, np.inf
    for k in range(STEPS):
        ring = free & (away > k * step) & (away <= (k + 1) * step)
        dark = float(np.linalg.norm(off[ring].mean(0))) if ring.any() else 0.0
        if dark < least:
            break
        if dark > before:
            return np.zeros_like(ink)
        reach, before = (k + 1) * step, dark
    return free & (away <= reach)


def with_halo(ink: Mask, size: float) -> Mask:
    return px.grown(ink, max(LEAST_HALO, round(HALO * size)))


def _plausible(ink: Mask, line: Mask) -> bool:
    return bool(line.any()) and bool(INKED[0] < ink[line].mean() < INKED[1])


def _level(spot: Spot) -> Floats:
    """The ground's colours without their detail."""
    weights, wide = spot.ground.astype(np.float32), max(2.0, EVEN * spot.size)
    return px.blur(spot.lab * weights[..., None], wide) / np.maximum(px.blur(weights, wide), 1e-3)[..., None]


def deviation(spot: Spot) -> float:
    """Of most of the ground from its own blur, OKLab; 0 without any ground."""
    if not spot.ground.any():
        return 0.0
    return float(np.quantile(np.linalg.norm((spot.lab - _level(spot))[spot.ground], axis=-1), MOST))


def _on_smooth_ground(spot: Spot) -> Mask | None:
    """All that differs from a ground that goes on evenly, of what lies in the line's room alone."""
    weights = spot.ground.astype(np.float32)
    if not spot.ground.any():
        return None
    off_level = deviation(spot)
    if off_level > SMOOTH:
        return None
    level = _level(spot)
    beneath = spread(level * weights[..., None], weights)
    off = np.linalg.norm(spot.lab - beneath, axis=-1) > max(OFF, 2 * off_level)
    ink = _joined(off & spot.room, off & spot.line)
    return ink if _plausible(ink, spot.line) else None


def _beneath(spot: Spot, hidden: Mask) -> Floats:
    """The ground's colours carried evenly beneath what hides it."""
    weights = ((spot.ground | spot.room) & ~hidden).astype(np.float32)
    return spread(spot.lab * weights[..., None], weights)


def _by_colour(spot: Spot) -> Mask | None:
    """Pixels whose colours are found in the line but hardly around."""
    ink = spot.line & (at_home(spot.lab, spot.line, spot.ground) > OWN)
    if not _plausible(ink, spot.line):
        return None
    thin = _standing_off(spot) if deviation(spot) < CALM else None  # a gradient has colours of the ground in part
    return ink if thin is None else ink | _joined(thin, ink)


def _outlined(spot: Spot, ink: Mask) -> Mask:
    """With what lies beside it and has colours that the ground hardly has."""
    for reach in REACHES:
        near = px.grown(ink, max(LEAST_HALO, round(reach * spot.size))) & spot.room & ~ink
        ink = ink | _joined(near & (at_home(spot.lab, near, spot.ground) > OWN), ink)
    return ink


def _standing_off(spot: Spot) -> Mask | None:
    """Thin parts lighter, or darker, than all beside them: translucent strokes share the colours of the ground."""
    light = np.ascontiguousarray(spot.lab[..., 0])
    radius = max(2, round(STROKE * spot.size / 2))
    opened = px.highest_near(px.lowest_near(light, radius), radius)
    closed = px.lowest_near(px.highest_near(light, radius), radius)
    found = max((_above(hat, spot) for hat in (light - opened, closed - light)), key=lambda pair: pair[1])
    return found[0] if _plausible(found[0], spot.line) else None


def _above(hat: Floats, spot: Spot) -> tuple[Mask, float]:
    """Where the hat stands out in the line, and by how much more often than around it."""
    level = max(STANDS_OFF, float(np.quantile(hat[spot.ground], 0.9)) if spot.ground.any() else 0.0)
    out = (hat > level) & spot.line
    return out, float(out[spot.line].mean()) if spot.line.any() else 0.0


def _joined(more: Mask, ink: Mask) -> Mask:
    """Those that touch the ink."""
    labels, _ = px.components(more | ink)
    found: Mask = more & np.isin(labels, np.unique(labels[ink]))
    return found

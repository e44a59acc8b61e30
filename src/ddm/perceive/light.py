"""Lightness over the subject and around it -> the side the light comes from.

Two witnesses, each of which may be silent. Shade: does the subject grow lighter to one side? Shade changes slowly and
colours change at edges, so only slow changes are added up (Land and McCann, "Lightness and Retinex Theory", 1971).
Shadow: beside the foot of the subject, on which side is the ground darker than farther out? In a backdrop a window
tells: something far lighter than the rest, on one side.
"""

from __future__ import annotations

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.cutout import extent
from ddm.perceive.pixels import Floats, Mask

SMOOTH = 0.025
"""Blur, of the subject's longer side, that takes texture away and leaves shade."""
SLOW = 1.2
"""Change of lightness (OKLab) over the subject's longer side, up to which a slope is shade and no edge."""
COLOURED = 0.35
"""... and of a and b together: where the colour changes, lightness tells nothing of light."""
TONES = (0.1, 0.98)
"""Lightness between which shade can be seen: neither crushed nor blown out."""
LEAST = 0.1
"""Part of the subject that must be slow and in these tones for shade to speak."""
SURE = 0.06
"""Gain of lightness from side to side from which light has a side; below, it comes from the front."""
FOOT, BESIDE = 0.3, 0.3
"""Where a shadow meets its subject: of its height from its lowest point, and of its width on each side."""
WINDOW, TALL = 0.2, 0.7
"""How much lighter than the middle of all a window is, and the upper part of a picture in which windows are."""
LARGE, ASIDE = 0.01, 0.12
"""Part of the picture that a window fills at least, and how far off the middle it must lie to give a side."""


def side(lab: Floats, subject: Mask, background: Mask) -> str:
    """'left', 'front' or 'right', from OKLab (h, w, 3) and what is surely subject and surely background.

    'front' also where the witnesses are silent or disagree.
    """
    return _named(_shade(lab, subject) + _shadow(lab, subject, background), SURE) if subject.any() else "front"


def scene_side(lab: Floats) -> str:
    """Of a backdrop: where its window is, or whatever else shines."""
    light = lab[: round(TALL * len(lab)), :, 0]
    shining = light > float(np.median(lab[..., 0])) + WINDOW
    if shining.mean() < LARGE:
        return "front"
    return _named(float(shining.nonzero()[1].mean()) / light.shape[1] - 0.5, ASIDE)


def _named(score: float, sure: float) -> str:
    return "front" if abs(score) < sure else "right" if score > 0 else "left"


def _shade(lab: Floats, subject: Mask) -> float:
    """Lightness gained by slow slopes from the subject's left to its right; 0 where the whole leans the other way."""
    left, top, right, bottom = extent(subject)
    size = max(right - left, bottom - top)
    sigma = max(0.8, SMOOTH * size)
    inner = px.shrunk(subject, max(1, round(2 * sigma)))
    soft = px.blur(lab, sigma)
    slope = px.slope(np.ascontiguousarray(soft[..., 0]))
    steep = [px.gradient(np.ascontiguousarray(soft[..., c])) * size for c in range(3)]
    slow = inner & (steep[0] < SLOW) & (np.hypot(steep[1], steep[2]) < COLOURED)
    slow &= (soft[..., 0] > TONES[0]) & (soft[..., 0] < TONES[1])
    if slow.sum() < LEAST * subject.sum():
        return 0.0
    gain = float(slope[slow].mean()) * (right - left)
    return gain if gain * _lean(soft[..., 0], inner) > 0 else 0.0


def _lean(light: Floats, inside: Mask) -> float:
    """Covariance of lightness and place from left to right, over the whole subject, its edges and colours too."""
    columns = np.broadcast_to(np.arange(inside.shape[1], dtype=np.float32), inside.shape)[inside]
    return float(((columns - columns.mean()) * light[inside]).mean())


def _shadow(lab: Floats, subject: Mask, background: Mask) -> float:
    """How much darker the ground is left of the foot than right of it, each against the ground farther out."""
    left, top, right, bottom = extent(subject)
    tall = bottom - top
    rows = slice(bottom - round(FOOT * tall), bottom + round(0.05 * tall))
    reach = max(3, round(BESIDE * (right - left)))
    light, told = lab[rows, :, 0], background[rows]
    dark = [
        _darker(light, told, (left - reach, left), (0, left - reach)),
        _darker(light, told, (right, right + reach), (right + reach, lab.shape[1])),
    ]
    return 0.0 if dark[0] is None or dark[1] is None else dark[0] - dark[1]


def _darker(light: Floats, told: Mask, near: tuple[int, int], far: tuple[int, int]) -> float | None:
    close, distant = _median(light, told, near), _median(light, told, far)
    return None if close is None or distant is None else max(0.0, distant - close)


def _median(light: Floats, told: Mask, columns: tuple[int, int]) -> float | None:
    part = slice(max(0, columns[0]), max(0, columns[1]))
    values = light[:, part][told[:, part]]
    return float(np.median(values)) if len(values) > 20 else None

"""Matte -> the subject's centre, parts, cut sides and facing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Floats, Mask

PART = 0.05
"""A component below this part of the whole subject is no subject of its own."""
CUT = 0.015
"""The picture cuts the subject at a side where the matte touches more than this part of it."""
EDGE = 0.004
"""... within this part of the picture from the side: networks fade out there."""
THIN = 0.25
"""Coverage of a thin part that counts: cords and straps are never wholly covered."""
THIN_REACH = 0.05
"""A thin part that touches a side and is as thin this far inside is cut there; a rounded edge that touches is broad."""
TURNED = 0.06
"""The centre of mass must lie this part of the box's width off its middle before we say where the subject turns."""
LEANING = 0.10
"""... and the upper half must lean the same way by this much, or the two halves disagree too much to tell."""


def count(coverage: Floats) -> int:
    """Separate subjects; small gaps such as between a pot and its plant do not separate."""
    mask = coverage > 0.5
    closed = px.shrunk(px.grown(mask, 3), 3)
    labels, _ = px.components(closed)
    sums = np.bincount(labels.ravel(), weights=mask.ravel())[1:]
    return int((sums > PART * max(1.0, float(mask.sum()))).sum())


def centre(coverage: Floats) -> tuple[float, float]:
    """Centre of mass, across and down, in fractions of the picture; its middle where nothing is covered."""
    columns, rows = coverage.sum(0, dtype=np.float64), coverage.sum(1, dtype=np.float64)
    total = columns.sum()
    if not total:
        return 0.5, 0.5
    x, y = (float(sums @ (np.arange(len(sums)) + 0.5) / total / len(sums)) for sums in (columns, rows))
    return x, y


def cut_sides(coverage: Floats) -> frozenset[str]:
    """Sides of the picture that the subject runs into, be it with a cord only."""
    views = {"left": coverage.T, "right": coverage.T[::-1], "top": coverage, "bottom": coverage[::-1]}
    return frozenset(side for side, view in views.items() if _is_cut(view))


def _is_cut(view: Floats) -> bool:
    """Whether the picture's top cuts the subject: broadly, or across a thin part that leads straight on inside."""
    deep = max(1, round(EDGE * view.shape[0]))
    if float((view[:deep].max(0) > 0.5).mean()) > CUT:
        return True
    inner = round(THIN_REACH * view.shape[0])
    touch, inside = (np.flatnonzero(view[row : row + deep].max(0) > THIN) for row in (0, inner))
    if not len(touch) or not len(inside):
        return False
    run = np.ptp(touch) + 1
    near = inside[np.abs(inside - touch.mean()) < 3 * run + 4]
    return bool(0 < len(near) <= 3 * run + 4 and run <= CUT * view.shape[1])


def facing(coverage: Floats, faces: Sequence[Box] = ()) -> str:
    """'left', 'front' or 'right': where the subject points.

    A face on one side of its body looks to that side. Otherwise the slender end leads: shoes, cars, animals and tools
    carry their mass at the back. Known limits: chairs and bicycles are told by luck. Round and symmetric
    things are 'front', as is all that is not clear.
    """
    box = _tight(coverage > 0.5)
    if box is None:
        return "front"
    if faces:
        return _by_face(faces[0], box, coverage.shape[1])
    return _by_mass(coverage[box])


def _by_face(face: Box, box: tuple[slice, slice], width: int) -> str:
    middle = (box[1].start + box[1].stop) / 2 / width
    span = (box[1].stop - box[1].start) / width
    offset = (face.centre[0] - middle) / max(span, 1e-6)
    return "front" if abs(offset) < 0.15 else "left" if offset < 0 else "right"


def _by_mass(part: Floats) -> str:
    """The upper half decides together with the whole: both must have their mass on the same side."""
    height, width = part.shape
    if width < 0.8 * height:  # upright things: bottles, lamps, persons
        return "front"
    whole, upper = _lean(part), _lean(part[: height // 2])
    if abs(whole) < TURNED or abs(upper) < LEANING or whole * upper < 0:
        return "front"
    return "left" if whole > 0 else "right"


def _lean(part: Floats) -> float:
    """How far the centre of mass lies right of the middle, in widths."""
    weights = part.sum(0)
    total = float(weights.sum())
    return float((weights * (np.arange(len(weights)) + 0.5)).sum()) / total / len(weights) - 0.5 if total else 0.0


def _tight(mask: Mask) -> tuple[slice, slice] | None:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)) if len(rows) else None

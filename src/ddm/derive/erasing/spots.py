"""A view and one of its elements -> the part of the picture around it, parted into line, room and ground."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.derive.change import View
from ddm.derive.erasing.strokes import Spot
from ddm.derive.tone import spread
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Mask

CUT = 0.08
"""Of a line's height, by which its box is grown: recognisers cut letters short."""
MARGIN = 0.45
"""... and where its outline, its shadow, its halo and noise of the codec lie."""
OTHERS = 0.3
"""... and what of it another line keeps to itself."""
AROUND = (1.2, 1.2)
"""How far to the sides, and up and down, the ground around a line is looked at, in its heights."""
BUTTON = (2.6, 1.6)
"""... and a plate is looked for."""

FOLLOWS = 2.0
"""How much longer a subject's outline is where its matte follows lettering than where it runs on beneath."""

Window: TypeAlias = tuple[slice, slice]


def spot(view: View, element: Element, reach: tuple[float, float]) -> tuple[Spot, Window]:
    """The element with its surroundings as far as that, and where in the picture they are."""
    box, size = placed(view, element)
    wide, high = (size * n for n in reach)
    window = within(Box(box.x - wide, box.y - high, box.width + 2 * wide, box.height + 2 * high), view.matte)
    room, line = (marked(view, box.grown(n * size))[window] for n in (MARGIN, CUT))
    ground = ~room
    for other in view.perception.elements:
        if other is not element and other.kind in ("text", "logo") and not holds(other, element):
            at, its = placed(view, other)
            ground &= ~marked(view, at.grown(MARGIN * its))[window]
            room &= ~marked(view, at.grown(OTHERS * its))[window] | line
    return Spot(oklab_of_bytes(view.pixels[window]), line, room, ground, size), window


def placed(view: View, element: Element) -> tuple[Box, float]:
    """Its box in pixels, and the height of its line, which may run down."""
    box = element.box.scaled(view.matte.shape[1], view.matte.shape[0])
    return box, min(box.width, box.height)


def foretold(subject: Mask, hidden: Mask) -> Mask:
    """Where the subject is, bool (h, w); where its matte follows what hides it, as its outline around tells."""
    both = np.stack([subject, ~subject], -1).astype(np.float32)
    share = spread(both, (~hidden).astype(np.float32))
    likely: Mask = np.where(hidden, share[..., 0] > share[..., 1], subject)
    usual = max(_outline(likely, hidden), float(np.sqrt(hidden.sum())))
    return likely if _outline(subject, hidden) > FOLLOWS * usual else subject


def _outline(subject: Mask, within: Mask) -> float:
    """Its length there, in pixels."""
    return float((px.grown(subject, 1) & ~subject & within).sum())


def holds(mark: Element, line: Element) -> bool:
    """Whether a mark is where a line was read: the line tells its place better."""
    within = mark.box.intersection(line.box).area > 0.5 * line.box.area
    return mark.kind == "logo" and line.kind == "text" and within


def marked(view: View, box: Box) -> Mask:
    """Where a box in pixels lies, bool (h, w) of the whole picture."""
    found = np.zeros(view.matte.shape, bool)
    found[within(box, view.matte)] = True
    return found


def within(box: Box, plane: np.ndarray) -> Window:
    """The pixels that a box touches, of those there are."""
    height, width = plane.shape
    return (
        slice(max(0, int(box.y)), max(0, min(height, int(np.ceil(box.bottom))))),
        slice(max(0, int(box.x)), max(0, min(width, int(np.ceil(box.right))))),
    )

"""A view and what shall go -> where each of its elements lies, to the pixel, with what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.derive.change import View
from ddm.derive.erasing.asked import asked
from ddm.derive.erasing.plates import RIM, plate
from ddm.derive.erasing.spots import AROUND, BUTTON, Window, holds, placed, spot, within
from ddm.derive.erasing.strokes import strokes, with_halo
from ddm.perceive import pixels as px
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Mask

BESIDE = 1.2
"""How far a sign may stand from its lettering, in heights of the line, and still belong to it."""
SIGN = 0.08
"""Difference (OKLab) to the ground around it from which something beside the lettering is a sign."""
BUSY = 0.95
"""Part of the rim that must look unlike a sign: on a busy ground the photograph's own parts stand off, too."""


@dataclass(frozen=True)
class Laid:
    """What one element laid over a window of the picture: core, its own pixels; whole, with their halo; bool (h, w).

    told: whether strokes could be told from the photograph; else the whole box goes.
    """

    window: Window
    core: Mask
    whole: Mask
    told: bool = True


def laid(view: View, what: str) -> Iterator[Laid]:
    """Of each element that shall go, that which can be told."""
    meant = asked(view, what)
    chosen = [one for one in meant if not any(holds(one, line) for line in meant)]
    for one in chosen:
        yield _of_element(view, one, what)
    if what != "text":
        for one in chosen:
            yield _signs(view, one)


def _of_element(view: View, element: Element, what: str) -> Laid:
    """Strokes where they can be told from what is around them, else the whole box; with their plate for 'all'."""
    near, window = spot(view, element, BUTTON)
    under = plate(near.lab, near.line)
    if under is not None and what == "all":
        return Laid(window, under, px.grown(under, RIM))
    if under is not None:
        near = replace(near, room=near.room & under, ground=under & ~near.line)
    else:
        near, window = spot(view, element, AROUND)
    found = strokes(near)
    if found is None:
        blank = near.room if element.kind == "text" else near.line
        return Laid(window, np.zeros_like(blank), with_halo(blank, near.size), told=False)
    return Laid(window, found.ink, with_halo(found.all, near.size))


def _signs(view: View, element: Element) -> Laid:
    """What stands beside lettering and is neither the photograph's nor runs out of its surroundings."""
    box, size = placed(view, element)
    window = within(box.grown(BESIDE * size), view.matte)
    lab = oklab_of_bytes(view.pixels[window])
    rim = np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]])
    level = np.median(rim, axis=0)
    least = max(SIGN, float(np.quantile(np.linalg.norm(rim - level, axis=-1), BUSY)))
    core = _enclosed(np.linalg.norm(lab - level, axis=-1) > least)
    return Laid(window, core, with_halo(core, size))


def _enclosed(ink: Mask) -> Mask:
    """Components that do not run out of the surroundings: those that do are the photograph's."""
    labels, _ = px.components(ink)
    outside = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    found: Mask = ink & ~np.isin(labels, outside)
    return found

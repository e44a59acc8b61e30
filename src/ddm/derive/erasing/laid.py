"""A view and what shall go -> where each of its elements lies, to the pixel, with what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.derive.change import View
from ddm.derive.erasing.asked import asked, in_corner
from ddm.derive.erasing.plates import RIM, plate
from ddm.derive.erasing.spots import AROUND, BUTTON, Window, foretold, holds, placed, spot, within
from ddm.derive.erasing.strokes import Spot, strokes, with_halo
from ddm.perceive import pixels as px
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Mask

BESIDE = 1.2
"""How far a sign may stand from its lettering, in heights of the line, and still belong to it."""
SIGN = 0.08
"""Difference (OKLab) to the ground around it from which something beside the lettering is a sign."""
BUSY = 0.95
"""Part of the rim that must look unlike a sign: on a busy ground the photograph's own parts stand off, too."""
SPECK = 0.02
"""Least area of one, of the square of its lettering's height: an i's dot has that, grain has less."""
SUBJECT, CROSSES = 64, 0.2
"""Coverage, of 255, that is the subject's, and the least part of a line, and of what is around it, on either ground."""


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
    for one in meant:
        if not any(holds(one, line) for line in meant):
            yield _of_element(view, one, what)
    if what != "text":
        for mark in meant:
            if mark.kind == "logo" or in_corner(mark):
                yield _signs(view, mark)


def _of_element(view: View, element: Element, what: str) -> Laid:
    """Strokes where they can be told from what is around them, else the whole box; with their plate for 'all'."""
    wide, window = spot(view, element, BUTTON)
    under = plate(wide.lab, wide.line)
    if under is None:
        return _lettering(view, element)
    found = strokes(replace(wide, room=wide.room & under, ground=under & ~wide.line))
    letters = with_halo(found.all, wide.size) if found else wide.line
    if what == "all":
        return Laid(window, under & ~letters, px.grown(under, RIM))
    return Laid(window, found.ink, letters) if found else _untold(window, wide, element)


def _lettering(view: View, element: Element) -> Laid:
    """Of an element without a plate. What crosses the subject's border stands on two grounds, each told by itself.

    Told on one alone it is not told: half a word is worse than all of it.
    """
    near, window = spot(view, element, AROUND)
    subject = foretold(view.matte[window] > SUBJECT, near.room)
    crosses = all(
        bool(mask.any()) and CROSSES < subject[mask].mean() < 1 - CROSSES for mask in (near.line, near.ground)
    )
    parts = [near.within(subject), near.within(~subject)] if crosses else [near]
    found = [one for one in map(strokes, parts) if one]
    if len(found) < len(parts):
        return _untold(window, near, element)
    ink, whole = (np.any([getattr(one, name) for one in found], axis=0) for name in ("ink", "all"))
    return Laid(window, ink, with_halo(whole, near.size))


def _untold(window: Window, near: Spot, element: Element) -> Laid:
    blank = near.room if element.kind == "text" else near.line
    return Laid(window, np.zeros_like(blank), with_halo(blank, near.size), told=False)


def _signs(view: View, mark: Element) -> Laid:
    """What stands beside a mark's lettering and is neither the photograph's nor runs out of its surroundings."""
    box, size = placed(view, mark)
    window = within(box.grown(BESIDE * size if mark.kind == "text" else RIM), view.matte)
    lab = oklab_of_bytes(view.pixels[window])
    rim = np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]])
    level = np.median(rim, axis=0)
    least = max(SIGN, float(np.quantile(np.linalg.norm(rim - level, axis=-1), BUSY)))
    core = _enclosed(np.linalg.norm(lab - level, axis=-1) > least, SPECK * size * size)
    return Laid(window, core, with_halo(core, size))


def _enclosed(ink: Mask, least: float) -> Mask:
    """Components of so many pixels that do not run out of the surroundings: those that do are the photograph's."""
    labels, areas = px.components(ink)
    outside = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    found: Mask = ink & ~np.isin(labels, outside) & (areas >= least)[labels]
    return found

"""A view and what shall go -> the elements that do: those laid over the photograph, and not the product's own print."""

from __future__ import annotations

import re

import numpy as np

from ddm.derive.change import View
from ddm.derive.erasing.edges import Edges, edges
from ddm.derive.erasing.overlay import laid_over
from ddm.derive.erasing.spots import AROUND, BUTTON, marked, placed, spot, within
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Mask

PRINTED = 0.5
"""A line that lies on the subject, and whose rim does, by more than this part may be the subject's own: mattes lose
part of what is printed (a key's letter lay on one by .55), and a headline may be a subject of its own."""
BESIDE = 0.5
"""Width of that rim, in heights of the line."""
OWN = 0.3
"""Part of the subject that lies within them from which the lettering is the product: a sign, a word to hang up."""
SOURCE = re.compile(r"www|\.(com|net|org|cn|de|shop)\b|[©@®]|copyright|photo by|sample|preview|proof|样图|版权", re.I)
"""What watermarks say and products do not: where a picture is from."""
CORNER = 0.3
"""A mark whose centre is no farther than this from two sides of the picture stands in a corner."""
OTHERS = 0.4
"""Of a line's height, how far around lettering a photograph's own edges begin."""


def asked(view: View, what: str) -> list[Element]:
    """Text for 'text', marks for 'logo' (and text in a corner, where shops and photographers put theirs), or both."""
    chosen = [one for one in view.perception.elements if _meant(view, one, what)]
    doubted = [one for one in chosen if _maybe_printed(view, one)]
    if not doubted:
        return chosen
    seen = edges(view.pixels)
    able = seen.sharpest(_unlettered(view))
    return [one for one in chosen if one not in doubted or _laid_over(view, one, seen, able)]


def _meant(view: View, element: Element, what: str) -> bool:
    if view.perception.attributes["role"] == "logo" or element.kind not in ("text", "logo"):
        return False
    mark = in_corner(element) or SOURCE.search(element.label) is not None
    return what == "all" or element.kind == what or (what == "logo" and mark)


def in_corner(element: Element) -> bool:
    x, y = element.box.centre
    return min(x, 1 - x) < CORNER and min(y, 1 - y) < CORNER


def _maybe_printed(view: View, element: Element) -> bool:
    """Whether it lies on the subject, names no source, and is not said beside the subject as well."""
    if not _on_subject(view, element) or SOURCE.search(element.label):
        return False
    same = [one for one in view.perception.texts if one is not element and one.label == element.label]
    return all(_on_subject(view, one) for one in same)


def _on_subject(view: View, element: Element) -> bool:
    if view.perception.attributes["role"] == "scene":
        return False
    box, size = placed(view, element)
    line, whole = marked(view, box), marked(view, box.grown(BESIDE * size))
    if not line.any() or view.matte[line].mean() <= 255 * PRINTED:
        return False
    own = float(view.matte[whole].sum()) / max(1.0, float(view.matte.sum()))
    rim = view.matte[whole & ~line]
    return own > OWN or bool(rim.size and rim.mean() > 255 * PRINTED)


def _laid_over(view: View, element: Element, seen: Edges, able: float) -> bool:
    box, _ = placed(view, element)
    sharper = able / seen.of_line(within(box, view.matte)) if np.isfinite(able) else 0.0
    return element.kind == "text" and laid_over(spot(view, element, BUTTON)[0], spot(view, element, AROUND)[0], sharper)


def _unlettered(view: View) -> Mask:
    free = np.ones(view.matte.shape, bool)
    for one in view.perception.elements:
        if one.kind in ("text", "logo"):
            box, size = placed(view, one)
            free[within(box.grown(OTHERS * size), view.matte)] = False
    return free

"""Text and marks laid over a photograph -> the photograph without them; what is printed on the subject is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.derive.change import View
from ddm.derive.erasing.overlay import laid_over
from ddm.derive.erasing.plates import RIM, plate
from ddm.derive.erasing.strokes import Spot, strokes, with_halo
from ddm.derive.erasing.veil import veil
from ddm.derive.filling import Patch, filled, smoothed
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.perception import Element, Params
from ddm.perceive.pixels import Bytes, Mask

MOST = 0.25
"""Part of the picture that may be erased: beyond, more is invented than most would believe."""
LARGEST = 0.15
"""... and of one hole alone."""
UNTOLD = 0.01
"""... and of boxes whose strokes cannot be told: beyond, they stay, as a faint mark is seen less than what replaces it.
"""
STAYS = 0.5
"""Part of all that should go that may stay for that reason: a picture half cleared is worth less than another one."""
PRINTED = 0.5
"""A line that lies on the subject by more than this part may be the subject's own: mattes lose part of what is printed
(a key's letter lay on one by .55), and lost print is worse than copy that stays."""
SOURCE = re.compile(r"www|\.(com|net|org|cn|de|shop)\b|[©@®]|copyright|photo by|sample|preview|proof|样图|版权", re.I)
"""What watermarks say and products do not: where a picture is from."""
CUT = 0.08
"""Of a line's height, by which its box is grown: recognisers cut letters short."""
MARGIN = 0.45
"""... and where its outline, its shadow, its halo and noise of the codec lie."""
OTHERS = 0.3
"""... and what of it another line keeps to itself."""
AROUND = 1.2
"""... and what is looked at as the ground around it."""
BUTTON = (2.6, 1.6)
"""How far to the sides, and up and down, a plate is looked for, in heights of the line."""
CORNER = 0.3
"""A mark whose centre is no farther than this from two sides of the picture stands in a corner."""
BESIDE = 1.2
"""How far a sign may stand from its lettering, in heights of the line, and still belong to it."""
SIGN = 0.08
"""Difference (OKLab) to the ground around it from which something beside the lettering is a sign."""
TAKEN = 0.5
"""Part of a piece of the subject that goes, from which it was copy and no subject."""
BUSY = 0.95
"""Part of the rim that must look unlike a sign: on a busy ground the photograph's own parts stand off, too."""
BEYOND = 8
"""Pixels around an element from which the ground beneath it is foretold."""
KNOWN = 3
"""Depth in pixels of a stroke's edge, in which what lies beneath is foretold well enough to judge the stroke by it."""
ROOM = 0.06
"""Surroundings of a hole that are looked at, of the picture's longer side, and at least as much as the hole is high."""
WHAT = ("text", "logo", "all")

Window = tuple[slice, slice]


@dataclass(frozen=True)
class Laid:
    """What one element laid over a window of the picture: core, its own pixels; whole, with their halo; bool (h, w).

    told: whether strokes could be told from the photograph; else the whole box goes.
    """

    window: Window
    core: Mask
    whole: Mask
    told: bool = True


def erased(view: View, params: Params) -> Bytes:
    """Without its text, its logos, or all that was laid over it. Unfit where too much would go."""
    if view.alone:
        return view.pixels
    laid = _told(view.matte.shape, list(_laid(view, str(params["what"]))))
    pixels, gone = _lifted(view.pixels, laid, _union(view.matte.shape, laid))
    _check(gone)
    subject = _without(_subject(view), gone)
    for region in (~subject, subject):  # neither is continued into the other
        for part in _parts(gone & region):
            _fill(pixels, part, region & ~gone)
    return pixels


def hole(view: View, what: str) -> Mask:
    """Where what shall go lies, bool (h, w)."""
    return _union(view.matte.shape, _told(view.matte.shape, list(_laid(view, what))))


def _told(shape: tuple[int, ...], laid: list[Laid]) -> list[Laid]:
    """Without those that cannot be told from the photograph, where they are large; Unfit where these are most of it."""
    told = [one for one in laid if one.told]
    unsure = float(_union(shape, [one for one in laid if not one.told]).mean())
    if unsure <= UNTOLD:
        return laid
    if unsure > STAYS * float(_union(shape, laid).mean()):
        raise Unfit("what lies over this picture cannot be told from it", mend="lettering that stands off")
    return told


def _union(shape: tuple[int, ...], laid: list[Laid]) -> Mask:
    found = np.zeros(shape, bool)
    for one in laid:
        found[one.window] |= one.whole
    return found


def _lifted(pixels: Bytes, laid: list[Laid], gone: Mask) -> tuple[Bytes, Mask]:
    """With what can be seen through taken off, and what is then still to be filled."""
    pixels, left = pixels.copy(), gone.copy()
    for one in laid:
        spot = np.zeros(gone.shape, bool)
        spot[one.window] = px.shrunk(one.core, 1)
        spot &= left  # what was lifted with another element is not lifted again
        place = tuple(slice(max(0, part.start - BEYOND), part.stop + BEYOND) for part in one.window)
        if spot.any():
            _lift(pixels[place], spot[place], left[place])
    return pixels, left


def _lift(pixels: Bytes, spot: Mask, left: Mask) -> None:
    """Changes the pixels in the spot, and what is left to be filled, where a mark can be seen through there."""
    image = pixels.astype(np.float32) / 255
    likely = smoothed(image, left, ~left)
    edge = spot & ~px.shrunk(spot, KNOWN)
    found = veil(image[edge], likely[edge], np.argwhere(edge).astype(np.float32))
    if found is not None:
        pixels[spot] = (found.lifted(image[spot]) * 255 + 0.5).astype(np.uint8)
        left &= ~spot


def _fill(pixels: Bytes, hole: Mask, known: Mask) -> None:
    around = _around(hole)
    patch = Patch(pixels[around].astype(np.float32) / 255, hole[around], known[around])
    new = (np.clip(filled(patch), 0, 1) * 255 + 0.5).astype(np.uint8)
    pixels[around] = np.where((patch.known | patch.hole)[..., None], new, pixels[around])


def _subject(view: View) -> Mask:
    """Where the subject is; a backdrop has none."""
    return (view.matte > 64) & (view.perception.attributes["role"] != "scene")


def _without(subject: Mask, gone: Mask) -> Mask:
    """Without what is mostly gone: a plate that was taken for a subject is continued by what lies around it."""
    labels, areas = px.components(subject)
    lost = np.bincount(labels[gone], minlength=len(areas)) / np.maximum(areas, 1)
    kept: Mask = subject & (lost < TAKEN)[labels]
    return kept


# ------------------------------------------------------------------------------------------------ what was laid over


def _laid(view: View, what: str) -> Iterator[Laid]:
    """Of each element that shall go, that which can be told."""
    asked = [one for one in view.perception.elements if _goes(view, one, what)]
    chosen = [one for one in asked if not any(_holds(one, line) for line in asked)]
    for one in chosen:
        yield _of_element(view, one, what)
    if what != "text":
        for one in chosen:
            yield from _signs(view, one)


def _goes(view: View, element: Element, what: str) -> bool:
    """Text for 'text', marks for 'logo' (and text in a corner, where shops and photographers put theirs), or both."""
    if view.perception.attributes["role"] == "logo" or element.kind not in ("text", "logo"):
        return False
    x, y = element.box.centre
    corner = min(x, 1 - x) < CORNER and min(y, 1 - y) < CORNER
    mark = corner or SOURCE.search(element.label) is not None
    asked = what == "all" or element.kind == what or (what == "logo" and mark)
    return asked and not _printed(view, element)


def _printed(view: View, element: Element) -> bool:
    """Whether a line is print on the subject: it lies on it, names no source, and is not said beside it as well."""
    if not _on_subject(view, element) or SOURCE.search(element.label):
        return False
    same = [one for one in view.perception.texts if one is not element and one.label == element.label]
    if any(not _on_subject(view, one) for one in same):
        return False
    return element.kind == "logo" or not laid_over(
        _spot(view, element, *BUTTON)[0], _spot(view, element, AROUND, AROUND)[0]
    )


def _holds(mark: Element, line: Element) -> bool:
    """Whether a mark is where a line was read: the line tells its place better."""
    within = mark.box.intersection(line.box).area > 0.5 * line.box.area
    return mark.kind == "logo" and line.kind == "text" and within


def _on_subject(view: View, element: Element) -> bool:
    height, width = view.matte.shape
    part = view.matte[_within(element.box.scaled(width, height), view.matte)]
    covered = bool(part.size and part.mean() > 255 * PRINTED)
    return view.perception.attributes["role"] != "scene" and covered


def _of_element(view: View, element: Element, what: str) -> Laid:
    """Strokes where they can be told from what is around them, else the whole box; with their plate for 'all'."""
    spot, window = _spot(view, element, *BUTTON)
    under = plate(spot.lab, spot.line)
    if under is not None and what == "all":
        return Laid(window, under, px.grown(under, RIM))
    if under is not None:
        spot = replace(spot, room=spot.room & under, ground=under & ~spot.line)
    else:
        spot, window = _spot(view, element, AROUND, AROUND)
    found = strokes(spot)
    if found is None:
        blank = spot.room if element.kind == "text" else spot.line
        return Laid(window, np.zeros_like(blank), with_halo(blank, spot.size), told=False)
    return Laid(window, found.ink, with_halo(found.all, spot.size))


def _spot(view: View, element: Element, wide: float, high: float) -> tuple[Spot, Window]:
    height, width = view.matte.shape
    box = element.box.scaled(width, height)
    size = min(box.width, box.height)
    area = Box(box.x - wide * size, box.y - high * size, box.width + 2 * wide * size, box.height + 2 * high * size)
    window = _within(area, view.matte)
    room, line = _marked(view, box.grown(MARGIN * size))[window], _marked(view, box.grown(CUT * size))[window]
    ground = ~room
    for other in view.perception.elements:
        if other is not element and other.kind in ("text", "logo") and not _holds(other, element):
            at = other.box.scaled(width, height)
            ground &= ~_marked(view, at.grown(MARGIN * min(at.width, at.height)))[window]
            room &= ~_marked(view, at.grown(OTHERS * min(at.width, at.height)))[window] | line
    return Spot(oklab_of_bytes(view.pixels[window]), line, room, ground, size), window


def _marked(view: View, box: Box) -> Mask:
    found = np.zeros(view.matte.shape, bool)
    found[_within(box, view.matte)] = True
    return found


def _signs(view: View, element: Element) -> Iterator[Laid]:
    """What stands beside lettering and is neither the photograph's nor runs out of its surroundings."""
    height, width = view.matte.shape
    box = element.box.scaled(width, height)
    size = min(box.width, box.height)
    window = _within(box.grown(BESIDE * size), view.matte)
    lab = oklab_of_bytes(view.pixels[window])
    rim = np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]])
    level = np.median(rim, axis=0)
    least = max(SIGN, float(np.quantile(np.linalg.norm(rim - level, axis=-1), BUSY)))
    core = _enclosed(np.linalg.norm(lab - level, axis=-1) > least)
    yield Laid(window, core, with_halo(core, size))


def _enclosed(ink: Mask) -> Mask:
    """Components that do not run out of the surroundings: those that do are the photograph's."""
    labels, _ = px.components(ink)
    outside = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    found: Mask = ink & ~np.isin(labels, outside)
    return found


def _within(box: Box, plane: np.ndarray) -> Window:
    height, width = plane.shape
    return (
        slice(max(0, int(box.y)), max(0, min(height, int(np.ceil(box.bottom))))),
        slice(max(0, int(box.x)), max(0, min(width, int(np.ceil(box.right))))),
    )


# ------------------------------------------------------------------------------------------------ holes


def _check(hole: Mask) -> None:
    share = float(hole.mean())
    if share > MOST:
        raise Unfit(f"{share:.0%} of the picture would have to be erased", mend=f"at most {MOST:.0%}")
    _, areas = px.components(hole)
    largest = float(areas[1:].max(initial=0)) / hole.size
    if largest > LARGEST:
        raise Unfit(
            f"what is to be erased covers {largest:.0%} of the picture in one piece", mend=f"at most {LARGEST:.0%}"
        )


def _parts(hole: Mask) -> list[Mask]:
    """Holes that lie far enough apart to be filled one after the other."""
    labels, areas = px.components(px.grown(hole, max(2, round(0.01 * max(hole.shape)))))
    return [part for k in range(1, len(areas)) if (part := hole & (labels == k)).any()]


def _around(hole: Mask) -> Window:
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    room = max(round(ROOM * max(hole.shape)), int(np.ptp(rows)) + 1)
    return (
        slice(max(0, int(rows[0]) - room), int(rows[-1]) + 1 + room),
        slice(max(0, int(columns[0]) - room), int(columns[-1]) + 1 + room),
    )

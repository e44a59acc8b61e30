"""Text and marks laid over a photograph -> the photograph without them; what is printed on the subject is kept."""

from __future__ import annotations

import numpy as np

from ddm.derive.change import View
from ddm.derive.erasing.laid import Laid, laid
from ddm.derive.erasing.spots import Window, foretold
from ddm.derive.erasing.veil import veil
from ddm.derive.filling import Patch, filled, smoothed
from ddm.errors import Unfit
from ddm.perceive import pixels as px
from ddm.perceive.perception import Params
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
TAKEN = 0.5
"""Part of a piece of the subject that goes, from which it was copy and no subject."""
BLURRED = 4
"""Pixels around what goes in which the matte knows no better: it follows lettering, as if that were a subject."""
BEYOND = 8
"""Pixels around an element from which the ground beneath it is foretold."""
KNOWN = 3
"""Depth in pixels of a stroke's edge, in which what lies beneath is foretold well enough to judge the stroke by it."""
ROOM = 0.06
"""Surroundings of a hole that are looked at, of the picture's longer side, and at least as much as the hole is high."""
COPIES, OUTLINE, DEEP = 1.29, 0.19, 0.9
"""What copies that do not fit, and an outline that cannot be seen, cost in the mean error of a picture (0..1, blurred
by two pixels): fitted to 31 lettered pictures that are not held back, where it ranks the true error by .86 (Spearman).
"""
DOUBTED, SURE = 0.0045, 0.45
"""That error at which one is half sure, and the least sureness: of 51 pictures that are not held back, those between it
and one half are clean to the eye; below it are those that are smeared."""
WHAT = ("text", "logo", "all")


def erased(view: View, params: Params) -> Bytes:
    """Without its text, its logos, or all that was laid over it. Unfit where too much would go, or would show."""
    if view.alone:
        return view.pixels
    over = _told(view.matte.shape, list(laid(view, str(params["what"]))))
    pixels, gone = _lifted(view.pixels, over, _union(view.matte.shape, over))
    _check(gone)
    subject = foretold(_without(_subject(view), gone), px.grown(gone, BLURRED))
    doubt = _contour(subject, gone)
    for region in (~subject, subject):  # neither is continued into the other
        for part in _parts(gone & region):
            doubt += COPIES * _fill(pixels, part, region & ~gone)
    sure = 1 / (1 + doubt / gone.size / DOUBTED)
    if sure < SURE:
        raise Unfit(
            f"what lies beneath the copy is {sure:.0%} sure", mend=f"at least {SURE:.0%}: copy on plainer ground"
        )
    return pixels


def hole(view: View, what: str) -> Mask:
    """Where what shall go lies, bool (h, w)."""
    return _union(view.matte.shape, _told(view.matte.shape, list(laid(view, what))))


def _told(shape: tuple[int, ...], all_: list[Laid]) -> list[Laid]:
    """Without those that cannot be told from the photograph, where they are large; Unfit where these are most of it."""
    told = [one for one in all_ if one.told]
    unsure = float(_union(shape, [one for one in all_ if not one.told]).mean())
    if unsure <= UNTOLD:
        return all_
    if unsure > STAYS * float(_union(shape, all_).mean()):
        raise Unfit("what lies over this picture cannot be told from it", mend="lettering that stands off")
    return told


def _union(shape: tuple[int, ...], all_: list[Laid]) -> Mask:
    found = np.zeros(shape, bool)
    for one in all_:
        found[one.window] |= one.whole
    return found


def _lifted(pixels: Bytes, all_: list[Laid], gone: Mask) -> tuple[Bytes, Mask]:
    """With what can be seen through taken off, and what is then still to be filled."""
    pixels, left = pixels.copy(), gone.copy()
    for one in all_:
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


def _fill(pixels: Bytes, hole: Mask, known: Mask) -> float:
    """Changes the pixels in the hole; how much they are in doubt."""
    around = _around(hole)
    patch = Patch(pixels[around].astype(np.float32) / 255, hole[around], known[around])
    image, doubt = filled(patch)
    new = (np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8)
    pixels[around] = np.where((patch.known | patch.hole)[..., None], new, pixels[around])
    return doubt


def _contour(subject: Mask, gone: Mask) -> float:
    """How much the subject's outline is in doubt: so much of it lies beneath the hole, in pixels, times how deep that
    is, as part of the picture."""
    hidden = int((px.grown(subject, 1) & ~subject & px.shrunk(gone, 2)).sum())
    if not hidden:
        return 0.0
    depth = float(np.quantile(px.distance(gone)[gone], DEEP))
    return OUTLINE * hidden * depth * gone.size / float(max(gone.shape)) ** 2


def _subject(view: View) -> Mask:
    """Where the subject is; a backdrop has none."""
    return (view.matte > 64) & (view.perception.attributes["role"] != "scene")


def _without(subject: Mask, gone: Mask) -> Mask:
    """Without what is mostly gone: a plate that was taken for a subject is continued by what lies around it."""
    labels, areas = px.components(subject)
    lost = np.bincount(labels[gone], minlength=len(areas)) / np.maximum(areas, 1)
    kept: Mask = subject & (lost < TAKEN)[labels]
    return kept


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

"""Text and marks laid over a photograph -> the photograph without them; what is printed on the subject is kept."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.change import View
from ddm.perceive.filling import Patch, filled
from ddm.perceive.perception import Params
from ddm.perceive.pixels import Bytes, Floats, Mask

MOST = 0.12
"""Part of the picture that may be erased: beyond, more is invented than most would believe."""
LARGEST = 0.06
"""... and of one hole alone."""
PRINTED = 0.5
"""A line of text that lies on the subject by more than this part is the subject's own."""
MARGIN = 0.55
"""Around a line, of its height: letters reach out of it, and there its shadow, its halo and noise of the codec lie."""
CORNER = 0.3
"""A mark whose centre is no farther than this from two sides of the picture stands in a corner."""
BESIDE = 1.2
"""How far a sign may stand from its lettering, in heights of the line, and still belong to it."""
SIGN = 0.08
"""Difference (OKLab) to the ground around it from which something beside the lettering is a sign."""
STROKE = 0.08
"""How far around strokes their halo reaches, in heights of the line."""
BINS, BIN, BINS_FROM = 20, 0.05, np.array([0, -0.5, -0.5], np.float32)
"""Colours are told apart by cells of this size in OKLab."""
OWN = 0.85
"""A colour is the letters' where it is so much more frequent in the line than around it: 6 to 1."""
INKED = (0.06, 0.6)
"""Part of a line that its strokes cover: outside of this it was not strokes that were found."""
ROOM = 0.06
"""Surroundings of a hole that are looked at, of the picture's longer side, and at least as much as the hole is high."""


def erased(view: View, params: Params) -> Bytes:
    """Without its text, its logos, or both. Unfit where too much would go."""
    if view.alone:
        return view.pixels
    gone = hole(view, str(params["what"]))
    _check(gone)
    subject, pixels = _subject(view), view.pixels.copy()
    for region in (~subject, subject):  # neither is continued into the other
        for part in _parts(gone & region):
            _fill(pixels, part, region & ~gone)
    return pixels


def _fill(pixels: Bytes, hole: Mask, known: Mask) -> None:
    around = _around(hole)
    patch = Patch(pixels[around].astype(np.float32) / 255, hole[around], known[around])
    new = (np.clip(filled(patch), 0, 1) * 255 + 0.5).astype(np.uint8)
    pixels[around] = np.where((patch.known | patch.hole)[..., None], new, pixels[around])


def _subject(view: View) -> Mask:
    """Where the subject is; a backdrop has none."""
    return (view.matte > 64) & (view.perception.attributes["role"] != "scene")


def hole(view: View, what: str) -> Mask:
    """Where what was laid over the picture lies, bool (h, w)."""
    found = np.zeros(view.matte.shape, bool)
    height, width = view.matte.shape
    for text in view.perception.texts:
        box = text.box.scaled(width, height)
        if not _printed(view, box):
            WAYS[what](view, box, text.box, found)
    return found


def _printed(view: View, box: Box) -> bool:
    """Whether a line is print on the subject, or a mark's own."""
    role = view.perception.attributes["role"]
    part = view.matte[_within(box, view.matte)]
    return role == "logo" or (role != "scene" and bool(part.size and part.mean() > 255 * PRINTED))


def _text(view: View, box: Box, share: Box, hole: Mask) -> None:
    """The strokes of the letters where they can be told from what is around them, else the whole line."""
    size = min(box.width, box.height)
    line, wide = box.grown(MARGIN * size), _within(box.grown(BESIDE * size), hole)
    inside = np.zeros(hole.shape, bool)
    inside[_within(line, hole)] = True
    strokes = ink(oklab_of_bytes(view.pixels[wide]), inside[wide])
    thick = max(2, round(STROKE * size))
    hole[wide] |= inside[wide] if strokes is None else px.grown(strokes, thick) & px.grown(inside[wide], thick)


def ink(lab: Floats, inside: Mask) -> Mask | None:
    """The pixels inside whose colours are found there but hardly around; None where they look like no strokes."""
    cells = np.clip((lab - BINS_FROM) / BIN, 0, BINS - 1).astype(int) @ (BINS**2, BINS, 1)
    counts = [np.bincount(cells[mask], minlength=BINS**3) / max(1, mask.sum()) for mask in (inside, ~inside)]
    own = counts[0] / np.maximum(counts[0] + counts[1], 1e-9)
    found: Mask = inside & (own > OWN)[cells]
    return found if INKED[0] < found.sum() / max(1, inside.sum()) < INKED[1] else None


def _all(view: View, box: Box, share: Box, hole: Mask) -> None:
    """The line, and signs beside it."""
    _text(view, box, share, hole)
    near = _within(box.grown(BESIDE * min(box.width, box.height)), hole)
    lab = oklab_of_bytes(view.pixels[near])
    rim = np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]])
    signs = _enclosed(np.linalg.norm(lab - np.median(rim, axis=0), axis=-1) > SIGN)
    hole[near] |= px.grown(signs, max(2, round(STROKE * min(box.width, box.height))))


def _enclosed(ink: Mask) -> Mask:
    """Components that do not run out of the surroundings: those that do are the photograph's."""
    labels, _ = px.components(ink)
    outside = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    found: Mask = ink & ~np.isin(labels, outside)
    return found


def _corner(view: View, box: Box, share: Box, hole: Mask) -> None:
    """As `_all`, but only of lines in a corner of the picture, where shops and photographers put their marks."""
    x, y = share.centre
    if min(x, 1 - x) < CORNER and min(y, 1 - y) < CORNER:
        _all(view, box, share, hole)


WAYS: dict[str, Callable[[View, Box, Box, Mask], None]] = {"text": _text, "logo": _corner, "all": _all}
WHAT = tuple(WAYS)


def _within(box: Box, plane: np.ndarray) -> tuple[slice, slice]:
    height, width = plane.shape
    return (
        slice(max(0, int(box.y)), min(height, int(np.ceil(box.bottom)))),
        slice(max(0, int(box.x)), min(width, int(np.ceil(box.right)))),
    )


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


def _around(hole: Mask) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    room = max(round(ROOM * max(hole.shape)), int(np.ptp(rows)) + 1)
    return (
        slice(max(0, int(rows[0]) - room), int(rows[-1]) + 1 + room),
        slice(max(0, int(columns[0]) - room), int(columns[-1]) + 1 + room),
    )

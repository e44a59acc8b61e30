"""A picture before, after and as it should be -> figures of what went, what should not have, and what can be seen.

All within the true boxes grown by a tenth of their height, or outside of them where a name says so:

- error: mean absolute difference to the truth, of 255. dE: mean OKLab distance x 100. psnr: of the boxes, dB.
- seam: mean difference of the luma's gradient to the truth's, in levels per pixel, along the rim of what was changed.
- seam.boxes, seam.strokes: the same along rims that are one for all methods: the boxes' edges, and the edges of what
  the truth says was laid over. `seam` follows each method's own: a fill of whole boxes has its own in calm places.
- outside: part of the pixels outside the boxes that were changed by more than CHANGED levels.
- print: the same of the product's print, where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask

CHANGED = 8
"""Levels of a channel from which a pixel is another: the eye sees less at no place."""
LAID = 24
"""... and from which the truth differs by more than the codec carries over."""
TOUCHED = 2
"""... from which a method has touched it at all."""
AROUND = 0.1
"""Of a box's height, by which it is grown: antialiasing, a thin outline and the codec reach out of it."""
RIM = 2
"""Pixels to both sides of a changed place's edge."""


def marked(shape: Sequence[int], boxes: Iterable[Box], around: float = AROUND) -> Mask:
    """Where the boxes (fractions of the picture) lie, bool (h, w)."""
    found = np.zeros(shape[:2], bool)
    for box in boxes:
        at = box.scaled(shape[1], shape[0])
        at = at.grown(around * min(at.width, at.height))
        found[max(0, int(at.y)) : int(np.ceil(at.bottom)), max(0, int(at.x)) : int(np.ceil(at.right))] = True
    return found


def figures(before: Bytes, after: Bytes, truth: Bytes, inside: Mask, kept: Mask) -> dict[str, float]:
    """Of one picture, uint8 (h, w, 3) each; kept: print that must stay."""
    apart = np.abs(after[inside].astype(np.float32) - truth[inside])
    changed = px.difference(before, after).max(-1)
    found = {
        "error": float(apart.mean()),
        "dE": 100
        * float(np.linalg.norm(oklab_of_bytes(after[inside]) - oklab_of_bytes(truth[inside]), axis=-1).mean()),
        "psnr": float(10 * np.log10(255**2 / max(1e-2, float((apart**2).mean())))),
        "seam": seam(after, truth, changed > TOUCHED),
        "seam.boxes": seam(after, truth, inside),
        "seam.strokes": seam(after, truth, inside & (px.difference(before, truth).max(-1) > LAID)),
        "outside": float((changed > CHANGED)[~inside & ~kept].mean()),
    }
    return found | ({"print": float((changed > CHANGED)[kept].mean())} if kept.any() else {})


def seam(after: Bytes, truth: Bytes, changed: Mask) -> float:
    """As above; 0 where nothing was changed."""
    rim = px.grown(changed, RIM) & ~px.shrunk(changed, RIM)
    if not rim.any():
        return 0.0
    apart = (_slopes(after) - _slopes(truth))[rim]
    return float(np.linalg.norm(apart, axis=-1).mean())


def _slopes(pixels: Bytes) -> Floats:
    """Gradient of the luma, float32 (h, w, 2), in levels per pixel."""
    luma = px.luma(pixels).astype(np.float32)
    return np.stack([px.slope(luma), np.ascontiguousarray(px.slope(np.ascontiguousarray(luma.T)).T)], -1)


def means(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Of each figure, over the pictures that have it."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: float(np.mean([row[name] for row in rows if name in row])) for name in names}

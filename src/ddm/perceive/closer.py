"""What two networks drew of a picture -> the same without what stands behind the product or beside it.

Networks draw all that stands out: a shirt and the chair behind it. Seen from closer they tell them apart: in a crop
around the shirt the frame cuts the chair, and what the frame cuts stands out no more. So parts of the matte that differ
in shape or colour are looked at again, each in a crop of its own. Whether such a part is the product without its
neighbours or only a piece of it (the pot of a potted plant) is told by `signs`, which `training/mattes.py` weighs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.agreement import CHECK_SIDE as SIDE
from ddm.perceive.agreement import histogram
from ddm.perceive.cutout import extent
from ddm.perceive.fitted import weights
from ddm.perceive.parts import THIN, Box, Part, Seen, regions, seen, thick
from ddm.perceive.pixels import Bytes, Floats, Mask
from ddm.perceive.sureness import room

Look: TypeAlias = Callable[[Bytes], Floats]
"""uint8 (h, w, 3) sRGB -> what a network draws of it, float32 (side, side) 0..1."""

MARGIN = 0.1
"""Of a part's longer side, around it. Around the true product, intersection over union of what U2Net draws in the crop,
of 16 composed rooms of whose matte (.65) neighbours are a part: .94 at .03, .92 at .08, .94 at .16, .83 at .3."""
CRUMB = 0.05
"""Islands of a closer look below this part of the largest are none."""
CHANGED = 0.03
"""Share of the matte up to which a closer look has found nothing else."""
NEIGHBOURS = 0.5
"""`room` up to which there are none: the ground is a studio's."""
MOST_ODDS = 30.0
"""Logarithms of odds beyond which nothing is any surer."""
HOPE = -1.5
"""Odds, were a part all that is kept, from which a closer look is worth its time: of 159 pictures 141 looks instead of
555 (20 for 41 photographs as they are), and 26 of the 27 that find something."""
OWN = 0.4
"""What is so much more in the product's colours than in the ground's (`signs`: own) is its own strap or sole. Of the
training pictures' looks that would be believed every right one has .33 or less; a camera's strap has .54, and the heel
of a pair of trainers .68."""
CUT = 0.5
"""`signs`: cut up to which what lies beyond the crop is another thing: the product itself is drawn up to the frame that
cuts it. By this no matte of 41 photographs that was right before is spoilt (by the weights alone five)."""
WEIGHTS: Mapping[str, float] = weights("closer")
"""Of `signs`, and by no name what is added; the sum is the logarithm of the odds for what was kept."""
HELD = 0.3
"""Share of an island that a closer look must have drawn for it to stay."""


@dataclass(frozen=True, slots=True)
class Closer:
    """fine, coarse: as they came, without what was dropped. doubt: 0..1, what is to be expected to lack of the overlap
    with the true matte, were that either the one before or one of those by a closer look, by their odds."""

    fine: Floats
    coarse: Floats
    doubt: float = 0.0


def closer(
    pixels: Bytes,
    settled: Floats,
    fine: Floats,
    coarse: Floats,
    rough: Look,
    sharp: Look,
    weights: Mapping[str, float] = WEIGHTS,
) -> Closer:
    """pixels: uint8 (h, w, 3) sRGB. settled: the matte of `agreed`. rough: a quick network, which tells things apart.
    sharp: the one that draws edges, asked where something was dropped. weights: of `signs`."""
    little = px.resize(pixels, SIDE, SIDE)
    of = seen(little, settled, fine, coarse)
    several = of.mask.any() and room(of.mask, little) > NEIGHBOURS
    found = [(odds(part, of, weights), part) for part in looks(pixels, of, rough, weights)] if several else []
    if not found:
        return Closer(fine, coarse)
    best, part = max(found, key=lambda pair: pair[0])
    doubt = _lacking(remaining(part, of.mask) if best > 0 else of.mask, found, of.mask)
    if best <= 0:
        return Closer(fine, coarse, doubt)
    return Closer(*_without(pixels, part, of.mask, fine, coarse, sharp), doubt)


def _lacking(chosen: Mask, found: Sequence[tuple[float, Part]], before: Mask) -> float:
    """What the chosen matte is to be expected to lack of the overlap with the true one."""
    possible = [before, *(remaining(part, before) for _, part in found)]
    chances = np.exp(np.clip([0.0, *(odd for odd, _ in found)], -MOST_ODDS, MOST_ODDS))
    lack = [1 - (chosen & one).sum() / max(1, (chosen | one).sum()) for one in possible]
    return float(chances @ lack / chances.sum())


def _without(pixels: Bytes, part: Part, mask: Mask, fine: Floats, coarse: Floats, sharp: Look) -> tuple[Floats, Floats]:
    """Without what was dropped and what hung on it alone; the new edge is drawn in the crop."""
    left = remaining(part, mask)
    gone = px.blur(px.grown(mask & ~left, THIN + 1).astype(np.float32), 1.0)
    x, y = spans(part.box, pixels)
    edge = np.zeros(pixels.shape[:2], np.float32)
    edge[y, x] = px.resize(sharp(np.ascontiguousarray(pixels[y, x])), x.stop - x.start, y.stop - y.start)
    limit = px.grown(left, THIN).astype(np.float32)
    return _mixed(fine, edge, limit, gone), _mixed(coarse, edge, limit, gone)


def _mixed(drawn: Floats, edge: Floats, limit: Floats, weight: Floats) -> Floats:
    """What was drawn, and by weight the edge within its limit; of any sizes."""
    size = drawn.shape[::-1]
    new = np.minimum(px.resize(edge, *size), px.resize(limit, *size))
    found: Floats = drawn + (new - drawn) * px.resize(weight, *size)
    return found


def remaining(part: Part, mask: Mask) -> Mask:
    """The matte (SIDE, SIDE) without what was dropped and what hung on it alone."""
    labels, areas = px.components(mask & ~px.grown(part.dropped, THIN))
    keep = np.bincount(labels.ravel(), weights=part.kept.ravel(), minlength=len(areas)) > HELD * areas
    keep[0] = False
    found: Mask = keep[labels]
    return found


# ------------------------------------------------------------------------------------------------ looking


def looks(
    pixels: Bytes, of: Seen, look: Look, weights: Mapping[str, float] = WEIGHTS, hope: float = HOPE
) -> list[Part]:
    """A closer look at each part of the matte that may be all of it; those that left something else out."""
    hopeful = (around(region) for region in regions(of) if odds(left_out(region, of), of, weights) >= hope)
    found = [left_out(_looked(pixels, box, look), of, box) for box in hopeful]
    return [part for part in found if part.kept.any() and part.share(of.mask) > CHANGED]


def left_out(kept: Mask, of: Seen, box: Box | None = None) -> Part:
    """What the matte would be without all that was not kept, as if looked at in a box."""
    return Part(box or around(kept), kept, thick(of.mask & ~px.grown(kept, THIN)))


def _looked(pixels: Bytes, box: Box, look: Look) -> Mask:
    x, y = spans(box, pixels)
    left, top, right, bottom = box
    drawn = px.resize(look(np.ascontiguousarray(pixels[y, x])), right - left, bottom - top)
    kept = np.zeros((SIDE, SIDE), bool)
    kept[top:bottom, left:right] = drawn > 0.5
    return _main(kept)


def spans(box: Box, pixels: Bytes) -> tuple[slice, slice]:
    """Columns and rows of a picture that a box covers."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = box
    return slice(left * width // SIDE, right * width // SIDE), slice(top * height // SIDE, bottom * height // SIDE)


def around(region: Mask) -> Box:
    """The box of a region with its margin."""
    left, top, right, bottom = extent(region)
    more = round(MARGIN * max(right - left, bottom - top))
    return max(0, left - more), max(0, top - more), min(SIDE, right + more), min(SIDE, bottom + more)


def _main(mask: Mask) -> Mask:
    """Without crumbs."""
    labels, areas = px.components(mask)
    keep = areas >= CRUMB * areas[1:].max(initial=0)
    keep[0] = False
    found: Mask = keep[labels]
    return found


# ------------------------------------------------------------------------------------------------ choosing


def signs(part: Part, of: Seen) -> dict[str, float]:
    """What tells whether the product is what was kept alone, or that and what was dropped.

    colour: how unlike their colours are, 0..1. own: how much more what was dropped has the colours of what was kept
    than those of the ground, -1..1. seen: how far both networks saw what was dropped, 0..1. middle: distance
    of what was kept from the picture's middle. outline: gradient along the matte's edge: where it is high the matte is
    of things that stand out, not of a room. size: of what was kept, as a part of the picture. cut: share
    of the places where the crop's frame crosses what was dropped at which the matte was drawn in the crop.
    """
    rows, columns = np.nonzero(part.kept)
    crossed = of.mask & _frame(part.box) & px.grown(part.dropped, 2 * THIN)
    dropped = histogram(of.colours[part.dropped])
    alike = _alike(histogram(of.colours[part.kept]), dropped)
    return {
        "colour": 1 - alike,
        "own": alike - _alike(of.ground, dropped),
        "seen": float(of.both[part.dropped].mean()),
        "middle": float(np.hypot(rows.mean() / SIDE - 0.5, columns.mean() / SIDE - 0.5)),
        "outline": float(of.slope[px.grown(of.mask, 1) & ~px.shrunk(of.mask, 2)].mean()),
        "size": float(part.kept.mean()),
        "cut": float((part.kept & crossed).sum() / max(1, crossed.sum())),
    }


def _frame(box: Box) -> Mask:
    """The innermost cells of a box, but for sides that are the picture's own."""
    left, top, right, bottom = box
    found = np.zeros((SIDE, SIDE), bool)
    rows, columns = slice(top, bottom), slice(left, right)
    found[rows, [at for at in (left, right - 1) if 0 < at < SIDE - 1]] = True
    found[[at for at in (top, bottom - 1) if 0 < at < SIDE - 1], columns] = True
    return found


def _alike(one: np.ndarray, other: np.ndarray) -> float:
    """Bhattacharyya's coefficient of two histograms: 1 for the same."""
    return float(np.sqrt(one * other).sum())


def odds(part: Part, of: Seen, weights: Mapping[str, float] = WEIGHTS) -> float:
    """Logarithm of the odds that what was kept is the product, and not what the matte had."""
    found = signs(part, of) if part.dropped.any() else {}
    return weighed(found, weights) if found and another(found) else -np.inf


def another(found: Mapping[str, float]) -> bool:
    """Whether what was dropped may be another thing at all: its colours are not the product's alone, and it was not cut
    off by the crop."""
    return found["own"] < OWN and found["cut"] <= CUT


def weighed(found: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    return sum(weight * found.get(name, 1.0) for name, weight in weights.items())

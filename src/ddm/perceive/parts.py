"""A matte in which there may be more than one thing -> its parts: thick ones, and those of one colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.perceive import pixels as px
from ddm.perceive.agreement import CHECK_SIDE as SIDE
from ddm.perceive.agreement import colour_cells, histogram
from ddm.perceive.cutout import extent
from ddm.perceive.pixels import Bytes, Floats, Mask

Box: TypeAlias = tuple[int, int, int, int]
"""left, top, right, bottom, in cells: a picture, whatever its shape, has SIDE x SIDE of them."""

CORES = (0.3, 0.5, 0.7)
"""Parts of the matte's greatest depth by which it is thinned, until thin links between things break."""
COLOURS = (2, 3)
"""Into so many colours a matte is divided."""
SAME = 0.8
"""Intersection over union of boxes that need not be looked at twice."""
SMALL = 0.12
"""Parts of the matte below this share are not the product."""
THIN = 2
"""Cells within which a difference is about the edge, or a leg or cord that U2Net does not draw."""
ROUNDS, SAMPLE = 12, 4000
"""Of k-means, and how many colours it learns from."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The picture and what was drawn of it, (SIDE, SIDE): OKLab, the index of each colour, the mask of the matte, how
    far both networks see each place, and the gradient of the colours. ground: how often each colour occurs beyond the
    matte."""

    lab: Floats
    colours: np.ndarray
    mask: Mask
    both: Floats
    slope: Floats
    ground: np.ndarray


@dataclass(frozen=True, slots=True)
class Part:
    """One closer look. box: where. kept: what was drawn, (SIDE, SIDE). dropped: what the matte had and it has not,
    without what is thin."""

    box: Box
    kept: Mask
    dropped: Mask

    def share(self, of: Mask) -> float:
        return float(self.dropped.sum()) / max(1.0, float(of.sum()))


def seen(pixels: Bytes, settled: Floats, fine: Floats, coarse: Floats) -> Seen:
    lab = oklab_of_bytes(px.resize(pixels, SIDE, SIDE))
    planes = [px.gradient(np.ascontiguousarray(lab[..., axis])) for axis in range(3)]
    both = np.minimum(px.resize(fine, SIDE, SIDE), px.resize(coarse, SIDE, SIDE))
    mask, colours = px.resize(settled, SIDE, SIDE) > 0.5, colour_cells(pixels)
    ground = histogram(colours[~px.grown(mask, 2 * THIN)])
    return Seen(lab, colours, mask, both, np.linalg.norm(planes, axis=0), ground)


def regions(of: Seen) -> Iterator[Mask]:
    """Parts that may be a thing of their own, (SIDE, SIDE); the matte as a whole is none, and no two lie alike."""
    known = [extent(of.mask)]
    for region in _every(of):
        place = extent(region)
        if all(_overlap(place, other) < SAME for other in known):
            known.append(place)
            yield region


def _every(of: Seen) -> Iterator[Mask]:
    """Thick parts with their edges, and the largest pieces of one colour."""
    least = SMALL * of.mask.sum()
    depth = px.distance(of.mask)
    for share in CORES:
        reach = share * float(depth.max())
        for core in _pieces(depth > reach, 1):
            grown = px.grown(core, round(reach) + 1) & of.mask
            if grown.sum() > least:
                yield grown
    for count in COLOURS:
        kinds = np.full(of.mask.shape, -1)
        kinds[of.mask] = clusters(of.lab[of.mask], count)
        for kind in range(count):
            yield from _pieces(px.grown(px.shrunk(kinds == kind, 1), 2) & of.mask, least)


def _pieces(mask: Mask, least: float) -> Iterator[Mask]:
    labels, areas = px.components(mask)
    for label in range(1, len(areas)):
        if areas[label] >= least:
            yield labels == label


def clusters(values: Floats, count: int) -> np.ndarray:
    """The cluster of each row of (n, axes), by Lloyd's k-means from evenly spread places along the widest axis."""
    sample = values[:: max(1, len(values) // SAMPLE)]
    axis = np.linalg.svd(sample - sample.mean(0), full_matrices=False)[2][0]
    along = np.argsort(sample @ axis)
    centres = sample[along[[(2 * i + 1) * len(along) // (2 * count) for i in range(count)]]]
    for _ in range(ROUNDS):
        nearest = _nearest(sample, centres)
        centres = np.stack([sample[nearest == i].mean(0) if (nearest == i).any() else centres[i] for i in range(count)])
    return _nearest(values, centres)


def _nearest(values: Floats, centres: Floats) -> np.ndarray:
    found: np.ndarray = np.stack([((values - centre) ** 2).sum(-1) for centre in centres]).argmin(0)
    return found


def thick(mask: Mask) -> Mask:
    """Without what is thin."""
    return px.grown(px.shrunk(mask, THIN), THIN)


def _overlap(one: Box, other: Box) -> float:
    wide = max(0, min(one[2], other[2]) - max(one[0], other[0]))
    high = max(0, min(one[3], other[3]) - max(one[1], other[1]))
    areas = [(b[2] - b[0]) * (b[3] - b[1]) for b in (one, other)]
    return wide * high / (sum(areas) - wide * high)

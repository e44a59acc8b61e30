"""Pixels -> the subject's matte: one network draws it, a second one and the colours check and mend it.

ISNet (Qin et al., "Highly Accurate Dichotomous Image Segmentation", ECCV 2022) draws fine edges but sometimes drops a
part; U2Net (Qin et al., Pattern Recognition 2020) is coarse but complete. The fast tier has the second one only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from ddm import models
from ddm.perceive import pixels as px
from ddm.perceive.agreement import CHECK_SIDE, agreed, likeness
from ddm.perceive.closer import WEIGHTS, closer
from ddm.perceive.edges import drawn_to_edges
from ddm.perceive.pixels import Bytes, Floats, Mask
from ddm.perceive.sureness import BOTH, ONE, expected, signs, weighed
from ddm.perceive.tiers import BEST, Tier

CLEAR, SOLID = 0.05, 0.95
"""Haze: coverage below CLEAR is nothing, above SOLID is everything; between them it is stretched."""
CRISP = 0.2, 0.8
"""The same where only U2Net was asked, whose edges are soft: drawn so, edge errors of 9 cut-outs are .043 in studios,
.027 on blurred grounds and .083 in rooms, by the bounds above .063, .047 and .105."""
HALF_WAY, CELLS = "1857", 2
"""What U2Net draws before its last stage, and how many pixels of what it sees that has in a row for each of its own.
With the last stage, and CRISP, edge errors are .043, .027 and .083 as well."""
SPECK = 0.01
"""Islands smaller than this part of the largest one are dirt."""
PINHOLE = 2e-4
"""Holes smaller than this part of the subject are faults of the network, not openings."""
FAINT = 0.1
"""Coverage up to which what is left is no edge but the network's haze."""
USABLE = 0.82
"""Quality from which a subject may be cut out: 54 product photographs are divided by it as a person divided them, but
for one whose matte lacks a part. Branched mattes in rooms stay above it where both networks agree on them."""
ROUGH, SHARP = 192, 512
"""Sides of closer looks, in which one thing fills the crop: U2Net's .14 CPU seconds each, ISNet's .3, where one is
needed. U2Net at 256 draws the same."""
_U2NET_MEAN, _U2NET_SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class Drawn:
    """What the networks drew, float32 (side, side) 0..1, of the tier's sides. The fast tier has no fine."""

    coarse: Floats
    fine: Floats | None = None


@dataclass(frozen=True)
class Matte:
    """coverage: float32 (h, w) 0..1 at the picture's size. saliency: float32 (side, side) 0..1. quality: 0..1, the
    intersection over union with the true matte that is to be expected."""

    coverage: Floats
    saliency: Floats
    quality: float

    @property
    def usable(self) -> bool:
        return self.quality >= USABLE


def matte(pixels: Bytes, alpha: Bytes | None = None, tier: Tier = BEST) -> Matte:
    """The subject of uint8 (h, w, 3) sRGB; the picture's own alpha is the matte where there is one."""
    if alpha is not None:
        return own(alpha, coarse(pixels, tier))
    return refined(pixels, draw(pixels, tier))


def coarse(pixels: Bytes, tier: Tier = BEST) -> Floats:
    """What U2Net draws, float32 0..1; half of the tier's side wide and high without its last stage."""
    return (u2net_half if tier.half_way else u2net)(pixels, tier.coarse)


def own(alpha: Bytes, saliency: Floats) -> Matte:
    """That of a cut-out, by its own alpha uint8 (h, w)."""
    return Matte(_without_shadows(alpha.astype(np.float32) / 255), saliency, 1.0)


def draw(pixels: Bytes, tier: Tier = BEST) -> Drawn:
    """The networks' part, which takes nearly all of the time."""
    return Drawn(coarse(pixels, tier), isnet(pixels, tier.fine) if tier.fine else None)


def refined(pixels: Bytes, drawn: Drawn) -> Matte:
    """Ours: what they drew, settled, mended and drawn to the picture's edges; and how good that is likely to be."""
    if drawn.fine is None:
        (settled, quality), cells, edge = _alone(pixels, drawn.coarse), CELLS, CRISP
    else:
        (settled, quality), cells, edge = _checked(pixels, drawn.fine, drawn.coarse), 1, (CLEAR, SOLID)
    height, width = pixels.shape[:2]
    grown = np.clip(px.enlarge(settled, width, height), 0, 1)
    coverage = cleaned(drawn_to_edges(grown, pixels, cells * len(settled)), edge)
    return Matte(coverage, drawn.coarse, round(quality, 4))


def _alone(pixels: Bytes, coarse: Floats) -> tuple[Floats, float]:
    """The matte by one network, and its quality."""
    small, little = px.resize(coarse, CHECK_SIDE, CHECK_SIDE), px.by_halves(pixels, CHECK_SIDE, CHECK_SIDE)
    return coarse, expected(small, likeness(coarse, coarse, little), little, 0.0, ONE)


def _checked(pixels: Bytes, fine: Floats, coarse: Floats) -> tuple[Floats, float]:
    """The matte by two networks and its quality."""
    settled, found = checked(pixels, fine, coarse)
    return settled, weighed(found, BOTH) if found else 0.0


def checked(
    pixels: Bytes, fine: Floats, coarse: Floats, weights: Mapping[str, float] = WEIGHTS
) -> tuple[Floats, dict[str, float]]:
    """The matte by two networks, without what a closer look takes for another thing, and the signs against it; none
    where there is nothing. weights: of closer looks."""
    little = px.by_halves(pixels, CHECK_SIDE, CHECK_SIDE)
    settled, agreement = agreed(little, fine, coarse)
    seen = closer(pixels, settled, fine, coarse, partial(u2net, side=ROUGH), partial(isnet, side=SHARP), weights)
    if seen.fine is not fine:
        settled, agreement = agreed(little, seen.fine, seen.coarse)
    small = px.resize(settled, CHECK_SIDE, CHECK_SIDE)
    if not (small > 0.5).any():
        return settled, {}
    return settled, signs(small, likeness(seen.fine, seen.coarse, little), little, 1 - agreement, seen.doubt)


def isnet(pixels: Bytes, side: int = BEST.fine, name: str = "isnet-int8") -> Floats:
    """float32 (side, side) 0..1, of uint8 (h, w, 3) sRGB; name: the row of `ddm.models.TABLE`."""
    return _run(name, isnet_input(pixels, side))


def u2net(pixels: Bytes, side: int = BEST.coarse, name: str = "u2net-int8") -> Floats:
    """As `isnet`; also serves as saliency."""
    return _stretched(_run(name, u2net_input(pixels, side)))


def u2net_half(pixels: Bytes, side: int) -> Floats:
    """float32 (side / 2, side / 2) 0..1: what the network draws before its last stage, which takes a quarter of the
    time. In steps as fine as `u2net`'s, drawn to the edges both are as good (see `tiers`)."""
    logits = _run("u2net-int8", u2net_input(pixels, side), HALF_WAY)
    return _stretched(1 / (1 + np.exp(-logits)))


def _stretched(found: Floats) -> Floats:
    low, high = float(found.min()), float(found.max())
    return (found - low) / max(high - low, 1e-6)


def isnet_input(pixels: Bytes, side: int) -> Floats:
    """float32 (1, 3, side, side), as the network was trained."""
    return px.blob(px.resize(pixels, side, side), (128,) * 3, (256,) * 3)


def u2net_input(pixels: Bytes, side: int) -> Floats:
    """float32 (1, 3, side, side), as the network was trained."""
    small = px.by_halves(pixels, side, side)
    brightest = max(1, int(small.max()))
    return px.blob(small, [brightest * mean for mean in _U2NET_MEAN], [brightest * one for one in _U2NET_SPREAD])


def _run(name: str, planes: Floats, output: str = "") -> Floats:
    """The network's first output, or a value within it."""
    session = models.session(name)
    found: Floats = session.run([output or session.outputs[0]], {session.input: planes})[0][0, 0]
    return found


# ------------------------------------------------------------------------------------------------ cleaning


def cleaned(coverage: Floats, edge: tuple[float, float] = (CLEAR, SOLID)) -> Floats:
    """Without haze, specks and pinholes; float32 (h, w) 0..1. edge: what is stretched from nothing to everything."""
    clear, solid = edge
    found: Floats = (coverage - clear) * np.float32(1 / (solid - clear))
    np.clip(found, 0, 1, out=found)
    np.copyto(found, 0, where=found <= FAINT)
    subject = px.counted(found > 0.5)
    for faults, value in ((_specks(found, subject), 0), (_pinholes(found, subject), 1)):
        if faults.any():
            np.copyto(found, value, where=px.doubled_mask(faults, *found.shape))
    return found


def _specks(coverage: Floats, subject: Bytes) -> Mask:
    """What hangs together with no part that counts, at half size; empty where there is none. subject: pixels of it in
    each place there."""
    labels, areas = px.components(px.counted(coverage > 0) > 0)
    if len(areas) <= 2 and subject.any():
        return np.zeros(0, bool)
    sums = _sums(labels, subject > 0, subject)
    specks: Mask = sums < SPECK * max(1.0, float(sums.max()))
    specks[0] = False
    return specks.take(labels)


def _pinholes(coverage: Floats, subject: Bytes) -> Mask:
    """Openings too small to be any, at half size; empty where there is none."""
    open_, most = px.counted(coverage < 0.9), PINHOLE * max(1, int(subject.sum()))
    labels, areas = px.components(open_ > 0)
    small = areas < most
    small[0] = False
    if not small.any():
        return np.zeros(0, bool)
    return (small & (_sums(labels, small.take(labels), open_) < most)).take(labels)


def _sums(labels: npt.NDArray[np.int32], there: Mask, counted: Bytes) -> npt.NDArray[Any]:
    """Pixels by label, counted where it is said."""
    at = np.flatnonzero(there)
    return np.bincount(labels.ravel()[at], weights=counted.ravel()[at], minlength=int(labels.max()) + 1)


def _without_shadows(alpha: Floats) -> Floats:
    """A cut-out's alpha without islands that are nowhere solid: shadows that its maker painted beneath it."""
    labels, areas = px.components(alpha > 0.01)
    solid = np.bincount(labels.ravel(), weights=(alpha > 0.6).ravel(), minlength=len(areas)) > 0
    found: Floats = alpha * solid[labels]
    return found if solid[1:].any() else alpha

"""Two networks' mattes and the colours beneath -> one matte that both can stand by, and how far they agree.

Where they disagree the colours decide: a disputed place that looks like the undisputed subject is a fault of the one
that left it out.
"""

from __future__ import annotations

import numpy as np

from ddm.colour import oklab_of_bytes
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats, Mask
from ddm.perceive.sureness import room

CHECK_SIDE = 256
"""Networks and colours are compared at this size: fine enough for a strap, coarse enough to be quick."""
BINS = (24, 12, 12)
"""Bins of the colour histograms along OKLab's axes: fine in lightness, for dark things on dark ground."""
RARE = 1e-4
"""What a colour's share counts at least: one that occurs nowhere speaks for neither side."""
LEAST_EVIDENCE = 0.2
"""Both networks must share at least this part of the smaller matte before colours may decide."""
MENDED = 0.72
"""Evidence of being subject from which a place that ISNet left out is put back."""
PRINT, STUDIO = 0.4, 0.5
"""Part of what U2Net sees of which ISNet keeps less where it took a pack's print for the product, and `room` up to
which that is asked: on a studio's ground a carton has .30, a bicycle, whose wheels U2Net fills, .59."""
VEIL = 0.006
"""Half-covered places wider than twice this, of the network's side, are no edges: the second network settles them."""
VEIL_DOUBT = 0.2
"""Doubt (0..1) about a veil's pixel that the second network settles clearly; full doubt where it wavers too."""
ALONE = 0.3
"""Below this the second network does not see a place at all."""
STRANGE = 0.75
"""Evidence of being subject below which a thick part that only ISNet sees is dropped: on composed rooms it is the chair
or the plant behind the product (intersection over union .81 to .84 of 47 pictures, worse in one); in front of studio
grounds and blurred ones it never happened."""
THICK = 3
"""Radius, of CHECK_SIDE cells, of what counts as thick: U2Net leaves out legs and cords, which are thinner."""
ISLAND = 0.08
"""Islands below this part of the subject that the second network does not see at all are dropped."""


def agreed(pixels: Bytes, fine: Floats, coarse: Floats) -> tuple[Floats, float]:
    """The matte, float32 at ISNet's size, and how far the networks agree (0..1)."""
    agreement, mended = _mended(fine, coarse, pixels)
    settled, doubt = _settled(_seen_by_both(_without_strangers(mended, coarse, pixels), coarse), coarse)
    return settled, agreement * (1 - doubt)


def likeness(fine: Floats, coarse: Floats, pixels: Bytes) -> Floats:
    """float32 (CHECK_SIDE, CHECK_SIDE): how much each place has the colours of what both see (1) or leave (0)."""
    a, b = px.resize(fine, CHECK_SIDE, CHECK_SIDE), px.resize(coarse, CHECK_SIDE, CHECK_SIDE)
    return _evidence(a > 0.5, b > 0.5, pixels)


def _mended(fine: Floats, coarse: Floats, pixels: Bytes) -> tuple[float, Floats]:
    """The quality, and ISNet's matte with those places put back that U2Net and the colours agree on."""
    a, b = px.resize(fine, CHECK_SIDE, CHECK_SIDE), px.resize(coarse, CHECK_SIDE, CHECK_SIDE)
    evidence = _evidence(a > 0.5, b > 0.5, pixels)
    if _print_alone(a > 0.5, b > 0.5, pixels):
        evidence = np.maximum(evidence, (b > 0.5).astype(np.float32))
    quality = _agreement(a > 0.5, b > 0.5, evidence)
    missing = np.clip((b - 0.5) * 4, 0, 1) * (evidence > MENDED)
    missing *= _large((missing > 0.5) & (a < 0.9), int(CHECK_SIDE**2 * 0.001))
    if not missing.any():
        return quality, fine
    return quality, np.maximum(fine, px.enlarge(px.blur(missing, 1.0), *fine.shape[::-1]) * (missing.max() > 0))


def _print_alone(a: Mask, b: Mask, pixels: Bytes) -> bool:
    """Whether ISNet took the print on a pack for the product: the oranges on a white carton on white, where colours
    would excuse it."""
    return bool((a & b).sum() < PRINT * b.sum() and room(a | b, pixels) < STUDIO)


def _without_strangers(fine: Floats, coarse: Floats, pixels: Bytes) -> Floats:
    """Without thick parts that only ISNet sees and that do not have the subject's colours."""
    a, b = px.resize(fine, CHECK_SIDE, CHECK_SIDE), px.resize(coarse, CHECK_SIDE, CHECK_SIDE)
    labels, areas = px.components(px.grown(px.shrunk((a > 0.2) & (b < ALONE), THICK), THICK))
    if len(areas) <= 1:
        return fine
    evidence = _evidence(a > 0.5, b > 0.5, pixels)
    likeness = np.bincount(labels.ravel(), weights=evidence.ravel()) / np.maximum(areas, 1)
    strange = (likeness < STRANGE) & (areas > 0.002 * CHECK_SIDE**2)
    strange[0] = False
    if not strange.any():
        return fine
    dropped = px.grown(strange[labels], 2) & (b < 0.5)
    fade = px.enlarge(px.blur(dropped.astype(np.float32), 1.0), *fine.shape[::-1])
    found: Floats = fine * (1 - np.clip(fade, 0, 1))
    return found


def _evidence(a: Mask, b: Mask, pixels: Bytes) -> Floats:
    """How much each place looks like the subject both see (1) or like what both leave out (0), by its colour."""
    both, neither = a & b, ~(a | b)
    smaller = max(1, min(a.sum(), b.sum()))
    if both.sum() < LEAST_EVIDENCE * smaller or neither.sum() < 0.02 * neither.size:
        return np.full(a.shape, 0.5, np.float32)
    cells = colour_cells(pixels)
    inside, outside = histogram(cells[both]) + RARE, histogram(cells[neither]) + RARE
    likely = (inside / (inside + outside))[cells]
    return px.box_mean(likely.astype(np.float32), 2)


def colour_cells(pixels: Bytes) -> np.ndarray:
    """The histogram cell of each pixel, at CHECK_SIDE."""
    lab = oklab_of_bytes(px.resize(pixels, CHECK_SIDE, CHECK_SIDE))
    spread = (lab - np.array([0, -0.3, -0.3], np.float32)) / np.array([1, 0.6, 0.6], np.float32)
    index = np.clip((spread * BINS).astype(int), 0, np.array(BINS) - 1)
    found: np.ndarray = index @ np.array([BINS[1] * BINS[2], BINS[2], 1])
    return found


def histogram(cells: np.ndarray) -> np.ndarray:
    """How often each cell occurs, blurred to its neighbours; sums to 1, or 0 of none."""
    counts = np.bincount(cells, minlength=int(np.prod(BINS))).astype(np.float64).reshape(BINS)
    for axis in range(3):
        counts = counts + 0.5 * (np.roll(counts, 1, axis) + np.roll(counts, -1, axis))
    found: np.ndarray = (counts / max(1.0, counts.sum())).ravel()
    return found


def _agreement(a: Mask, b: Mask, evidence: Floats) -> float:
    """Intersection over union, where a dispute counts as much as the colours speak against ISNet; half if they do not.

    Known: U2Net fills the openings of wheels and coils, and drops thin legs. Colours excuse ISNet there, and a dispute
    narrower than three cells is none: U2Net is too coarse to be asked.
    """
    added = float(((1 - evidence) * px.grown(px.shrunk(a & ~b, 1), 1)).sum())
    dropped = float((evidence * px.grown(px.shrunk(b & ~a, 1), 1)).sum())
    shared = float((a & b).sum()) + float((evidence * (a & ~b)).sum())
    return shared / max(1.0, shared + added + dropped)


def _settled(fine: Floats, coarse: Floats) -> tuple[Floats, float]:
    """Without veils: wide half-covered places become what the second network says. Also how much doubt that leaves.

    A thing's shadow, its reflection and its blurred end get half covered, and so do parts in the background's colour.
    """
    side = fine.shape[0]
    half = (fine > 0.08) & (fine < 0.92)
    radius = max(2, round(VEIL * side))
    core = px.grown(px.shrunk(half, radius), radius + 2) & half
    if not core.any():
        return fine, 0.0
    weight = px.blur(core.astype(np.float32), 2.0)
    verdict = np.clip((px.resize(coarse, side, side) - 0.5) * 5 + 0.5, 0, 1)
    settled = fine + (verdict - fine) * np.minimum(1, 1.5 * weight)
    doubt = float((core * (VEIL_DOUBT + 1 - np.abs(2 * verdict - 1))).sum()) / max(1.0, float((settled > 0.5).sum()))
    return settled, min(1.0, doubt)


def _seen_by_both(fine: Floats, coarse: Floats) -> Floats:
    """Without islands that only ISNet sees."""
    labels, areas = px.components(fine > 0.1)
    if len(areas) <= 2:
        return fine
    seen = np.bincount(labels.ravel(), weights=px.resize(coarse, *fine.shape[::-1]).ravel()) / np.maximum(areas, 1)
    keep = (seen > 0.2) | (areas > ISLAND * areas[1:].max())
    keep[0] = True
    found: Floats = fine * keep[labels]
    return found


def _large(mask: Mask, least: int) -> Mask:
    """Only the components with at least so many pixels."""
    labels, areas = px.components(mask)
    keep = areas >= least
    keep[0] = False
    found: Mask = keep[labels]
    return found

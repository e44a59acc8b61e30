"""Pixels -> the main colours of the picture and of its regions, heaviest first."""

from __future__ import annotations

from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from ddm.perceive.borders import strips
from ddm.perceive.perception import Swatch
from ddm.perceive.pixels import Floats, Mask
from ddm.perceive.schema import CELLS

Palette: TypeAlias = tuple[Swatch, ...]
T = TypeVar("T", bound=np.generic)

MOST = 6
"""Swatches kept per region."""
SAMPLE = 4096
"""Pixels looked at: a regular subset, enough for weights within a per cent."""
PART_SAMPLE = 1024
"""... and of a ninth or a strip: within two per cent."""
ROUNDS, SETTLED = 12, 0.0005
"""Rounds of k-means at most, and the part of the sample that may still change sides when it has settled: weights are
not told more finely."""
ALIKE = 0.045
"""Swatches closer than this in OKLab are one colour."""
LEAST = 0.01
"""Swatches lighter in weight than this are noise."""
CHROMA_PULL = 1.5
"""Colour differences count more than lightness: shade is not another colour."""


def palettes(lab: Floats, subject: Mask, background: Mask) -> dict[str, Palette]:
    """The palette of each of `schema.REGIONS`, of OKLab (h, w, 3) and two masks (h, w); empty where a mask is."""
    whole = lab.reshape(-1, 3)
    masked = {"subject": subject, "background": background}
    parts = dict(zip(CELLS, _ninths(lab), strict=True)) | {k: lab[place] for k, place in strips(*lab.shape[:2]).items()}
    return (
        {"whole": palette(whole)}
        | {region: palette(whole[_some(np.flatnonzero(mask), SAMPLE)]) for region, mask in masked.items()}
        | {region: palette(part.reshape(-1, 3), PART_SAMPLE) for region, part in parts.items()}
    )


def _ninths(lab: Floats) -> list[Floats]:
    """Row by row; none is empty, be the picture ever so narrow."""
    rows, columns = (_thirds(n) for n in lab.shape[:2])
    return [lab[down, across] for down in rows for across in columns]


def _thirds(length: int) -> list[slice]:
    starts = [length * part // 3 for part in range(3)]
    return [slice(start, max(start + 1, length * part // 3)) for part, start in enumerate(starts, 1)]


def palette(colours: Floats, sample: int = SAMPLE) -> Palette:
    """At most MOST swatches of OKLab colours (n, 3), by k-means from a spread-out start; the same every time.

    sample: so many of the colours are looked at.
    """
    if not len(colours):
        return ()
    scale = np.array([1, CHROMA_PULL, CHROMA_PULL], np.float32)
    looked_at = _some(colours, sample) * scale
    centres, weights = _settled(looked_at, _start(looked_at, MOST + 2))
    return _swatches(*_merged(centres / scale, weights))


def _some(values: npt.NDArray[T], count: int) -> npt.NDArray[T]:
    """Every so-many-th, `count` to twice as many."""
    return values[:: max(1, len(values) // count)]


def _settled(sample: Floats, centres: Floats) -> tuple[Floats, npt.NDArray[np.float64]]:
    """Centres in the middle of their colours, and the part of the sample that is nearest to each."""
    axes = np.ascontiguousarray(sample.T)
    nearest = _nearest(axes, centres)
    for _ in range(ROUNDS):
        centres = _means(axes, nearest, centres)
        before, nearest = nearest, _nearest(axes, centres)
        if np.count_nonzero(before != nearest) <= SETTLED * len(sample):
            break
    return centres, np.bincount(nearest, minlength=len(centres)) / len(sample)


def _start(sample: Floats, count: int) -> Floats:
    """The mean, then again and again the colour farthest from all chosen ones: small vivid accents are found too."""
    chosen = [sample.mean(0)]
    x, y, z = np.ascontiguousarray(sample.T)  # axis by axis is four times as quick
    gap = np.full(len(sample), np.inf, np.float32)
    for _ in range(count - 1):
        from_x, from_y, from_z = chosen[-1]
        gap = np.minimum(gap, (x - from_x) ** 2 + (y - from_y) ** 2 + (z - from_z) ** 2)
        chosen.append(sample[int(gap.argmax())])
    return np.stack(chosen)


def _nearest(axes: Floats, centres: Floats) -> npt.NDArray[np.intp]:
    """Number of the nearest centre (n,) to a sample (3, n), whose own square is the same for all and left out."""
    gaps = (-2 * centres) @ axes
    gaps += (centres**2).sum(1)[:, None]
    nearest: npt.NDArray[np.intp] = gaps.argmin(0)
    return nearest


def _means(axes: Floats, nearest: npt.NDArray[np.intp], centres: Floats) -> Floats:
    """The mean of each centre's colours; a centre that has none stays where it is."""
    counts = np.bincount(nearest, minlength=len(centres))[:, None]
    sums = np.stack([np.bincount(nearest, channel, len(centres)) for channel in axes], 1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), centres).astype(np.float32)


def _merged(centres: Floats, weights: npt.NDArray[np.float64]) -> tuple[Floats, npt.NDArray[np.float64]]:
    """Neighbours closer than ALIKE joined, the closest first."""
    while len(centres) > 1:
        gaps = np.linalg.norm(centres[:, None] - centres[None], axis=2) + np.eye(len(centres)) * 9
        i, j = (int(k) for k in np.unravel_index(gaps.argmin(), gaps.shape))
        if gaps[i, j] >= ALIKE:
            break
        total = max(float(weights[i] + weights[j]), 1e-9)
        centres[i] = (centres[i] * weights[i] + centres[j] * weights[j]) / total
        weights[i] = total
        centres, weights = np.delete(centres, j, 0), np.delete(weights, j)
    return centres, weights


def _swatches(centres: Floats, weights: npt.NDArray[np.float64]) -> tuple[Swatch, ...]:
    order = [int(k) for k in np.argsort(-weights, kind="stable") if weights[k] >= LEAST][:MOST]
    return tuple(Swatch(round(float(weights[k]), 4), *(round(float(v), 4) for v in centres[k])) for k in order)

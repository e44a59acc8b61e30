"""Pixels of a region -> its main colours, heaviest first."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ddm.perceive.perception import Swatch
from ddm.perceive.pixels import Floats

MOST = 6
"""Swatches kept per region."""
SAMPLE = 4096
"""Pixels looked at: a regular subset, enough for weights within a per cent."""
ROUNDS = 12
"""Rounds of k-means; it has settled long before."""
ALIKE = 0.045
"""Swatches closer than this in OKLab are one colour."""
LEAST = 0.01
"""Swatches lighter in weight than this are noise."""
CHROMA_PULL = 1.5
"""Colour differences count more than lightness: shade is not another colour."""


def palette(colours: Floats) -> tuple[Swatch, ...]:
    """At most MOST swatches of OKLab colours (n, 3), by k-means from a spread-out start; the same every time."""
    if not len(colours):
        return ()
    scale = np.array([1, CHROMA_PULL, CHROMA_PULL], np.float32)
    sample = colours[:: max(1, len(colours) // SAMPLE)] * scale
    centres = _start(sample, MOST + 2)
    for _ in range(ROUNDS):
        nearest = _nearest(sample, centres)
        centres = np.stack([sample[nearest == k].mean(0) if (nearest == k).any() else c for k, c in enumerate(centres)])
    weights = np.bincount(_nearest(sample, centres), minlength=len(centres)) / len(sample)
    return _swatches(*_merged(centres / scale, weights))


def _start(sample: Floats, count: int) -> Floats:
    """The mean, then again and again the colour farthest from all chosen ones: small vivid accents are found too."""
    chosen = [sample.mean(0)]
    gap = np.full(len(sample), np.inf, np.float32)
    for _ in range(count - 1):
        gap = np.minimum(gap, ((sample - chosen[-1]) ** 2).sum(1))
        chosen.append(sample[int(gap.argmax())])
    return np.stack(chosen)


def _nearest(sample: Floats, centres: Floats) -> npt.NDArray[np.intp]:
    nearest: npt.NDArray[np.intp] = ((sample[:, None] - centres[None]) ** 2).sum(2).argmin(1)
    return nearest


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

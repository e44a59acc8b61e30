"""Chances and truth -> area under the curve, confusion and calibration error."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ddm.perceive.pixels import Floats


def auc(scores: Floats, positive: np.ndarray) -> float:
    """Chance that a positive scores above a negative, ties counting half (Mann and Whitney); NaN without both."""
    positive = np.asarray(positive, bool)
    count, rest = int(positive.sum()), int((~positive).sum())
    if not count or not rest:
        return float("nan")
    _, where, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[where]
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * rest))


def calibration(sure: Floats, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: how far, in the mean, the share that is right lies off what was said."""
    which = np.minimum((np.asarray(sure) * bins).astype(int), bins - 1)
    errors = [
        (which == i).mean() * abs(np.mean(right[which == i]) - np.mean(sure[which == i]))
        for i in range(bins)
        if (which == i).any()
    ]
    return float(sum(errors))


def confusion(truth: Sequence[str], said: Sequence[str], words: Sequence[str]) -> dict[str, dict[str, int]]:
    """How often each truth was taken for each word; words that occur nowhere are left out."""
    pairs = list(zip(truth, said, strict=True))
    return {t: {s: pairs.count((t, s)) for s in words if (t, s) in pairs} for t in words if t in truth}

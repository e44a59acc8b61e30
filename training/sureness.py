"""Signs against a matte and its true overlap -> what each of `ddm.perceive.sureness.signs` costs.

Of a small grid of weights those are best that put composed rooms into the right order and keep judged photographs on
their side of USABLE. Which are best hangs on a few pictures; so the things are drawn anew RESAMPLES times, with
replacement, and the mean of what each draw finds best is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from ddm.perceive.matte import USABLE
from ddm.perceive.sureness import weighed
from training.views import RIGHT

ASIDE = 1.0
"""What a judged matte costs that falls on the wrong side of USABLE, by how far."""
WRONG = 0.5
"""Overlap below which a judged matte should be."""
RESAMPLES = 100
MIXED = (0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0)
BOTH: Mapping[str, Sequence[float]] = {
    "dispute": (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
    "mixed": MIXED,
    "doubt": (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0),
}
ONE: Mapping[str, Sequence[float]] = {"waver": (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.45), "mixed": MIXED}
"""Grids of weights, where two networks are asked, and where one is."""


@dataclass(frozen=True, slots=True)
class Sample:
    """signs: as `ddm.perceive.sureness.signs` gives them. overlap: with the true matte. judged: by a person. thing: its
    subject; fold: the thing's."""

    signs: Mapping[str, float]
    overlap: float
    judged: bool
    thing: str = ""
    fold: int = 0


def chosen(samples: Sequence[Sample], values: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The mean of the weights that are best by each draw of the things."""
    grid = [dict(zip(values, one, strict=True)) for one in product(*values.values())]
    worth = np.array([[weighed(sample.signs, one) for sample in samples] for one in grid])
    best = [grid[at] for at in merit(worth, samples, np.array(list(_draws(samples)))).argmax(0)]
    return {name: float(np.mean([one[name] for one in best])) for name in values}


def _draws(samples: Sequence[Sample]) -> Iterator[list[int]]:
    """How often each sample is taken: as often as its thing is."""
    names = sorted({sample.thing for sample in samples})
    rng = np.random.default_rng(len(names))
    for _ in range(RESAMPLES):
        times = dict(zip(*np.unique(rng.integers(len(names), size=len(names)), return_counts=True), strict=True))
        yield [int(times.get(names.index(sample.thing), 0)) for sample in samples]


def merit(worth: np.ndarray, samples: Sequence[Sample], times: np.ndarray) -> np.ndarray:
    """(weights, draws) of worth (weights, samples) and times (draws, samples): how well rooms are ordered, -1..1, less
    what judged photographs lose."""
    overlap = np.array([sample.overlap for sample in samples])
    judged = np.array([sample.judged for sample in samples])
    lost = np.where(overlap >= RIGHT, USABLE - worth, np.where(overlap < WRONG, worth - USABLE, 0))
    aside = (np.maximum(0, lost) * judged) @ times.T
    found: np.ndarray = ordered(worth[:, ~judged], overlap[~judged], times[:, ~judged]) - ASIDE * aside
    return found


def ordered(worth: np.ndarray, overlap: np.ndarray, times: np.ndarray) -> np.ndarray:
    """(weights, draws): 1 where the better of any two is worth more, -1 where it is worth less; pairs weigh by how far
    they differ, and by how often both are drawn."""
    one, other = np.triu_indices(len(overlap), 1)
    apart = (overlap[one] - overlap[other]) * times[:, one] * times[:, other]
    found: np.ndarray = np.sign(worth[:, one] - worth[:, other]) @ apart.T / np.maximum(1e-9, np.abs(apart).sum(1))
    return found

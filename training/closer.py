"""Closer looks at parts of known mattes -> what each of `ddm.perceive.closer.signs` weighs.

A look is right where the matte without what it left out overlaps more with the true one; it weighs by how much more or
less. Of a right photograph every part left out is a fault. Logistic regression with a ridge, by Newton's method.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from ddm.bench.perceive.matte import iou
from ddm.perceive import pixels as px
from ddm.perceive.agreement import CHECK_SIDE as SIDE
from ddm.perceive.closer import NEIGHBOURS, another, looks, remaining, signs
from ddm.perceive.matte import ROUGH, u2net
from ddm.perceive.parts import seen
from ddm.perceive.sureness import room
from training.views import RIGHT, View

REAL = 2.0
"""Weight of photographs as they are and of grounds out of focus, where the mattes are right already."""
FAR = 0.5
"""Gain from which a look weighs no more."""
LEAST = 0.02
"""What a look weighs by which nothing changes."""
RIDGE = 3.0
"""Of the weights' squares. By weights of the other folds, looks that are believed win 2.2 of overlap in all and lose
1.1; with 1 they win 1.6 and lose 2.5, with 10 1.4 and .2."""
STEPS = 30
NAMES = ("colour", "seen", "middle", "outline", "size")


@dataclass(frozen=True, slots=True)
class Sample:
    """A look's signs, what the overlap gains by it, -1..1, how much the picture weighs, and in which fold it is."""

    signs: Mapping[str, float]
    gain: float
    weight: float = 1.0
    fold: int = 0


def samples(view: View) -> Iterator[Sample]:
    """Of every part of its matte, hopeful or not; none of a photograph whose matte is wrong."""
    little = px.by_halves(view.pixels, SIDE, SIDE)
    assert view.drawn.fine is not None
    of = seen(little, view.settled, view.drawn.fine, view.drawn.coarse)
    if not of.mask.any() or room(of.mask, little) <= NEIGHBOURS or view.said not in (None, RIGHT):
        return
    truth = of.mask if view.truth is None else view.truth
    before = iou(of.mask, truth)
    for part in looks(view.pixels, of, partial(u2net, side=ROUGH), hope=-np.inf):
        found = signs(part, of)
        if another(found):
            gain = iou(remaining(part, of.mask), truth) - before
            yield Sample(found, gain, 1.0 if view.ground == "sharp" else REAL, view.fold)


def fitted(known: Sequence[Sample]) -> dict[str, float]:
    """The weight of each sign, and by no name what is added."""
    table = np.array([[sample.signs[name] for name in NAMES] for sample in known])
    middle, spread = table.mean(0), table.std(0) + 1e-9
    ones = np.hstack([(table - middle) / spread, np.ones((len(known), 1))])
    gains = np.array([sample.gain for sample in known])
    share = (np.minimum(np.abs(gains), FAR) + LEAST) * np.array([sample.weight for sample in known])
    ridge = np.diag([RIDGE] * len(NAMES) + [1e-6])
    found = np.zeros(len(NAMES) + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(ones @ found, -30, 30)))
        slope = ones.T @ (share * ((gains > 0) - chance)) - ridge @ found
        found = found + np.linalg.solve(ones.T @ ((share * chance * (1 - chance))[:, None] * ones) + ridge, slope)
    slopes = found[:-1] / spread
    return dict(zip(NAMES, slopes.tolist(), strict=True)) | {"": float(found[-1] - slopes @ middle)}

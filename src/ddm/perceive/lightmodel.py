"""Cues -> where the light comes from, how soft it is, and the error to expect: a small network of two hidden layers.

It gives a vector, whose direction is the answer and whose length is the concentration of a von Mises distribution
around it, and the softness. Asked of the picture and of its mirror image, so that a mirrored picture has the mirrored
answer. Trained by `training/light.py` on composed pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from ddm.perceive.lightcues import Cues
from ddm.perceive.pixels import Floats

WILD = 4.0
"""Standard deviations beyond which a cue is cut: what training never saw shall not shout."""
STEP = np.radians(np.arange(0.5, 180))
"""Angles over which an expected error is summed."""


@dataclass(frozen=True, slots=True)
class Net:
    """layers: weights (inputs, outputs) and biases. mean, spread: (inputs,) of the training's cues.

    Several nets of one shape stand along the first axis of each layer; their mean counts.
    """

    mean: Floats
    spread: Floats
    layers: tuple[tuple[Floats, Floats], ...]

    def __call__(self, inputs: Floats) -> Floats:
        """(n, inputs) -> (n, 3): right, up, and softness before the logistic function."""
        state = np.clip((inputs - self.mean) / self.spread, -WILD, WILD)[None]
        for index, (weights, biases) in enumerate(self.layers):
            state = state @ weights + biases[:, None]
            state = np.tanh(state) if index < len(self.layers) - 1 else state
        found: Floats = state.mean(0)
        return found


@dataclass(frozen=True, slots=True)
class Guess:
    """direction: degrees by the clock. softness: 0..1. error: degrees to be expected, 90 where nothing is known."""

    direction: float
    softness: float
    error: float


def guess(cues: Cues) -> Guess:
    """What the shipped net says of a picture's cues."""
    own, other = net()(np.stack([cues.flat(), cues.mirrored().flat()]))
    right, up, soft = (own + other * [-1, 1, 1]) / 2
    direction = float(np.degrees(np.arctan2(right, up)) % 360)
    return Guess(direction, float(1 / (1 + np.exp(-soft))), expected_error(float(np.hypot(right, up))))


def expected_error(concentration: float) -> float:
    """Mean absolute error in degrees of a von Mises distribution."""
    weight = np.exp(concentration * (np.cos(STEP) - 1))
    return float(np.degrees((STEP * weight).sum() / weight.sum()))


@cache
def net() -> Net:
    """The shipped weights."""
    with as_file(files("ddm.perceive") / "weights" / "light.npz") as path, np.load(path) as kept:
        count = sum(name.startswith("weights") for name in kept.files)
        layers = tuple((kept[f"weights{i}"], kept[f"biases{i}"]) for i in range(count))
        parts = ((w.astype(np.float32), b.astype(np.float32)) for w, b in layers)
        return Net(kept["mean"], kept["spread"], tuple(parts))

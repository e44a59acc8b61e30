"""Cues -> where the light comes from, how soft it is, and the error to expect: a few small networks that vote.

Each gives a vector, whose direction is its answer and whose length the concentration of a von Mises distribution around
it, and the softness. Each was shown other cues, so that they disagree where a picture is unlike those of the training.
Asked of the picture and of its mirror image, so that a mirrored picture has the mirrored answer. Trained by
`training/light.py` on composed pictures.
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
ANGLES = np.radians(np.arange(0.0, 360, 2))
"""Directions over which the votes are summed."""


@dataclass(frozen=True, slots=True)
class Net:
    """layers: weights (inputs, outputs) and biases. mean, spread: (inputs,) of the training's cues.

    Several nets of one shape stand along the first axis of each layer.
    """

    mean: Floats
    spread: Floats
    layers: tuple[tuple[Floats, Floats], ...]

    def __call__(self, inputs: Floats) -> Floats:
        """(n, inputs) -> (nets, n, 3): right, up, and softness before the logistic function."""
        state = np.clip((inputs - self.mean) / self.spread, -WILD, WILD)[None]
        for index, (weights, biases) in enumerate(self.layers):
            state = state @ weights + biases[:, None]
            state = np.tanh(state) if index < len(self.layers) - 1 else state
        return state


@dataclass(frozen=True, slots=True)
class Guess:
    """direction: degrees by the clock. softness: 0..1. error: degrees to be expected, 90 where nothing is known."""

    direction: float
    softness: float
    error: float


def guess(cues: Cues) -> Guess:
    """What the shipped nets say of a picture's cues, all together."""
    own, other = np.moveaxis(net()(np.stack([cues.flat(), cues.mirrored().flat()])), 1, 0)
    votes = np.concatenate([own, other * np.array([-1, 1, 1], np.float32)]).astype(np.float64)
    chances = _chances(votes)
    direction = float(np.arctan2(chances @ np.sin(ANGLES), chances @ np.cos(ANGLES)))
    away = np.abs((ANGLES - direction + np.pi) % (2 * np.pi) - np.pi)
    softness = 1 / (1 + np.exp(-float(votes[:, 2].mean())))
    return Guess(float(np.degrees(direction)) % 360, softness, float(np.degrees(chances @ away)))


def _chances(votes: Floats) -> Floats:
    """Of each of ANGLES: the mean of the votes' von Mises distributions."""
    along = votes[:, :1] * np.sin(ANGLES) + votes[:, 1:2] * np.cos(ANGLES)
    each = np.exp(along - along.max(1, keepdims=True))
    found: Floats = (each / each.sum(1, keepdims=True)).mean(0)
    return found


@cache
def net() -> Net:
    """The shipped weights."""
    with as_file(files("ddm.perceive") / "weights" / "light.npz") as path, np.load(path) as kept:
        count = sum(name.startswith("weights") for name in kept.files)
        layers = tuple((kept[f"weights{i}"], kept[f"biases{i}"]) for i in range(count))
        parts = ((w.astype(np.float32), b.astype(np.float32)) for w, b in layers)
        return Net(kept["mean"], kept["spread"], tuple(parts))

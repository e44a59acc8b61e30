"""Trains `ddm/perceive/weights/light.npz`: cues of composed pictures -> direction and softness of the light.

    python -m training.light gather CUTOUTS CACHE.npz --from 0 --count 1500     (repeat with other seeds, other files)
    python -m training.light train CACHE.npz... --out src/ddm/perceive/weights/light.npz

numpy alone: Adam on the likelihood of a von Mises distribution, whose concentration the net gives by the length of its
vector, and on the softness. Several nets, each shown a part of the cues, so that they disagree where a picture is
unlike any of these. The same seeds give the same weights.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from ddm.bench.perceive.lit import compose, sprites
from ddm.colour import oklab_of_bytes
from ddm.perceive.lightcues import cues
from ddm.perceive.lightmodel import WILD

HIDDEN = 40
NETS = 8
SHOWN = 0.6
"""Share of the cues that each net ever sees."""
EPOCHS = 60
BATCH = 128
RATE = 2e-3
DECAY = 0.02
"""Of each weight per step, times the rate (Loshchilov and Hutter, 2019): cues are many."""
DROPPED = 0.15
"""Share of the cues left out of each picture of a batch: none may be leant on alone."""
DULL = 0.1
"""Share of pictures in even light: where nothing tells, nothing shall be said."""
CHECKED = 8
"""One picture in so many tells when to stop."""

CONCENTRATIONS = np.concatenate([[0.0], np.geomspace(0.01, 500, 400)])
_ANGLES = np.linspace(0, np.pi, 4001)
_DENSITY = np.exp(CONCENTRATIONS[:, None] * (np.cos(_ANGLES) - 1))
MEAN_COSINES = (_DENSITY * np.cos(_ANGLES)).sum(1) / _DENSITY.sum(1)


def gather(folder: Path, first: int, count: int) -> dict[str, Any]:
    """Cues (n, k), the same of the mirrored pictures, and truths (n, 2) of so many seeds."""
    known = sprites(folder, held_back=False)
    found, mirrored, truth = [], [], []
    for seed in range(first, first + count):
        picture = compose(seed, known, DULL)
        seen = cues(oklab_of_bytes(picture.pixels), picture.cover)
        if seen is not None:
            found.append(seen.flat())
            mirrored.append(seen.mirrored().flat())
            truth.append((picture.direction, picture.softness))
    return {"cues": np.array(found), "mirrored": np.array(mirrored), "truth": np.array(truth, np.float32)}


def train(sets: list[dict[str, Any]]) -> dict[str, Any]:
    """Weights by the names that `lightmodel.net` reads."""
    own, other, truth = (np.concatenate([s[k] for s in sets]) for k in ("cues", "mirrored", "truth"))
    inputs = np.concatenate([own, other])
    angle = np.radians(np.concatenate([truth[:, 0], -truth[:, 0]]))
    goal = np.column_stack([np.sin(angle), np.cos(angle), np.tile(truth[:, 1], 2)]).astype(np.float32)
    mean, spread = inputs.mean(0), inputs.std(0) + 1e-4
    scaled = np.clip((inputs - mean) / spread, -WILD, WILD).astype(np.float32)
    check = np.tile(np.arange(len(own)) % CHECKED == 0, 2)
    nets = [_one(scaled, goal, check, seed) for seed in range(NETS)]
    found = {"mean": mean.astype(np.float32), "spread": spread.astype(np.float32)}
    for layer in range(3):
        found[f"weights{layer}"] = np.stack([n[2 * layer] for n in nets]).astype(np.float16)
        found[f"biases{layer}"] = np.stack([n[2 * layer + 1] for n in nets]).astype(np.float16)
    return found


def _one(inputs: Any, goal: Any, check: Any, seed: int) -> list[Any]:
    """The weights of one net at its best epoch."""
    rng = np.random.default_rng(seed)
    sizes = (inputs.shape[1], HIDDEN, HIDDEN, 3)
    state: list[Any] = []
    for wide, out in pairwise(sizes):
        state += [rng.normal(0, wide**-0.5, (wide, out)).astype(np.float32), np.zeros(out, np.float32)]
    shown = (rng.random(sizes[0]) < SHOWN).astype(np.float32)
    inputs = inputs * shown
    state[0] *= shown[:, None]
    moments = [[np.zeros_like(p) for p in state] for _ in range(2)]
    best, kept, step = np.inf, state, 0
    rows = np.flatnonzero(~check)
    for epoch in range(EPOCHS):
        rate = RATE * 0.5 * (1 + np.cos(np.pi * epoch / EPOCHS))
        for part in np.array_split(rng.permutation(rows), max(1, len(rows) // BATCH)):
            step += 1
            seen = inputs[part] * (rng.random((len(part), inputs.shape[1])) > DROPPED)
            state = _stepped(state, moments, _slopes(state, seen, goal[part]), rate, step)
        loss = _loss(_forward(state, inputs[check])[-1], goal[check])
        if loss < best:
            best, kept = loss, [p.copy() for p in state]
    print(f"net {seed}: loss {best:.4f}, median error {_median(_forward(kept, inputs[check])[-1], goal[check]):.1f}")
    return kept


def _stepped(state: list[Any], moments: list[list[Any]], slopes: list[Any], rate: float, step: int) -> list[Any]:
    """Adam (Kingma and Ba, 2015)."""
    found = []
    for index, (value, slope) in enumerate(zip(state, slopes, strict=True)):
        moments[0][index] = 0.9 * moments[0][index] + 0.1 * slope
        moments[1][index] = 0.999 * moments[1][index] + 0.001 * slope**2
        move = moments[0][index] / (1 - 0.9**step) / (np.sqrt(moments[1][index] / (1 - 0.999**step)) + 1e-8)
        found.append((value * (1 - rate * DECAY) - rate * move).astype(np.float32))
    return found


def _forward(state: list[Any], inputs: Any) -> list[Any]:
    one = np.tanh(inputs @ state[0] + state[1])
    two = np.tanh(one @ state[2] + state[3])
    return [one, two, two @ state[4] + state[5]]


def _slopes(state: list[Any], inputs: Any, goal: Any) -> list[Any]:
    """Of the loss by each weight: backward through the layers."""
    one, two, out = _forward(state, inputs)
    length = np.maximum(np.hypot(out[:, 0], out[:, 1]), 1e-4)[:, None]
    pull = _bessel_ratio(length) * out[:, :2] / length - goal[:, :2]
    soft = 1 / (1 + np.exp(-out[:, 2:])) - goal[:, 2:]
    back = np.hstack([pull, soft]) / len(out)
    found: list[Any] = [two.T @ back, back.sum(0)]
    for layer, active in ((2, two), (0, one)):
        back = (back @ state[layer + 2].T) * (1 - active**2)
        before = one if layer == 2 else inputs
        found = [before.T @ back, back.sum(0), *found]
    return found


def _loss(out: Any, goal: Any) -> float:
    length = np.hypot(out[:, 0], out[:, 1])
    along = (out[:, :2] * goal[:, :2]).sum(1)
    soft = np.logaddexp(0, out[:, 2]) - goal[:, 2] * out[:, 2]
    return float((np.log(np.i0(np.minimum(length, 80))) - along + soft).mean())


def _bessel_ratio(length: Any) -> Any:
    """I1 / I0: the mean cosine of a von Mises distribution of that concentration."""
    return np.interp(length, CONCENTRATIONS, MEAN_COSINES).astype(np.float32)


def _median(out: Any, goal: Any) -> float:
    error = np.arctan2(out[:, 0], out[:, 1]) - np.arctan2(goal[:, 0], goal[:, 1])
    return float(np.median(np.abs(np.degrees((error + np.pi) % (2 * np.pi) - np.pi))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("gather")
    one.add_argument("cutouts", type=Path)
    one.add_argument("cache", type=Path)
    one.add_argument("--from", dest="first", type=int, default=0)
    one.add_argument("--count", type=int, default=1500)
    two = commands.add_parser("train")
    two.add_argument("caches", type=Path, nargs="+")
    two.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    if asked.command == "gather":
        np.savez_compressed(asked.cache, **gather(asked.cutouts, asked.first, asked.count))
    else:
        found = train([dict(np.load(path)) for path in asked.caches])
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(asked.out, **found)


if __name__ == "__main__":
    main()

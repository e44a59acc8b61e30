"""Posters without their copy -> whether designers put copy where we say it is calm.

A copy box's percentile is the part of random boxes of its size, on the same picture, that are calmer than it; of those
as calm, half. 0 is the calmest place there is, .5 no better than chance. `off` counts random boxes off the subject
alone, which is the harder question. Beside ours stand two simple ways in the same run: the gradient of lightness alone,
and the saliency network alone.

The posters are five with 19 boxes; four of these are labels that lie on the goods themselves, which no map of calm can
foresee. Mind that when two figures are close.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from ddm.bench.perceive.posters import half, posters
from ddm.colour import oklab_of_bytes
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.busyness import busyness
from ddm.perceive.calm import CALM
from ddm.perceive.matte import matte
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.sight import MIDDLE_SIDE
from ddm.perceive.sums import Sums

RANDOM = 1000
"""Boxes that each copy box is compared with: a percentile within .02."""
OFF = 0.02
"""Part of a box that may touch the subject where it still counts as off it."""
ENOUGH = 20
"""Random boxes off the subject below which a picture cannot answer."""


@dataclass(frozen=True)
class Scene:
    """A poster without copy. lab: OKLab (h, w, 3). covered, salient: (h, w) 0..1. boxes: of its copy, fractions."""

    name: str
    lab: Floats
    covered: Floats
    salient: Floats
    boxes: tuple[Box, ...]


Way: TypeAlias = Callable[[Scene], Floats]
WAYS: Mapping[str, Way] = {
    "ours": lambda scene: busyness(scene.lab),
    "gradient": lambda scene: px.gradient(np.ascontiguousarray(scene.lab[..., 0])),
    "saliency": lambda scene: scene.salient,
}
"""What is busy by each, (h, w); more is busier."""


def measure(corpora: Path) -> Mapping[str, Any]:
    """Mean percentiles by way, in all and by half; and the part of copy boxes that we call calm on average."""
    shown = [_scene(one.name, one.bare, one.boxes) for one in posters(corpora) if one.bare is not None]
    halves = {part: [scene for scene in shown if half(scene.name) == part] for part in ("tuned", "held")}
    found = {name: _percentiles(shown, way) for name, way in WAYS.items()}
    parts = {part: {name: _percentiles(some, way) for name, way in WAYS.items()} for part, some in halves.items()}
    return {"percentile": found["ours"]["all"], "calm": _calm(shown), "boxes": _count(shown), **found, **parts}


def _scene(name: str, bare: Bytes, boxes: tuple[Box, ...]) -> Scene:
    small = px.limited(bare, MIDDLE_SIDE)
    found, size = matte(bare, None), small.shape[1::-1]
    return Scene(name, oklab_of_bytes(small), px.resize(found.coverage, *size), px.resize(found.saliency, *size), boxes)


def _count(scenes: Sequence[Scene]) -> float:
    return float(sum(len(scene.boxes) for scene in scenes))


def _calm(scenes: Sequence[Scene]) -> float:
    means = [Sums(WAYS["ours"](scene)).mean(list(box)) for scene in scenes for box in scene.boxes]
    return float(np.mean([mean <= CALM for mean in means]))


def _percentiles(scenes: Sequence[Scene], way: Way) -> dict[str, float]:
    pairs = [pair for scene in scenes for pair in _of(scene, Sums(way(scene)), Sums(scene.covered))]
    return {name: _mean([pair[k] for pair in pairs]) for k, name in enumerate(("all", "off"))}


def _mean(values: Sequence[float]) -> float:
    """Of those that are known; NaN where none is."""
    known = [value for value in values if value == value]
    return float(np.mean(known)) if known else float("nan")


def _of(scene: Scene, busy: Sums, covered: Sums) -> list[tuple[float, float]]:
    """Percentile of each copy box among all random ones, and among those off the subject; NaN where too few are."""
    rng = np.random.default_rng(0)
    found = []
    for box in scene.boxes:
        places = rng.random((RANDOM, 2)) * (1 - box.width, 1 - box.height)
        others = np.column_stack([places, np.tile((box.width, box.height), (RANDOM, 1))])
        own, around, off = float(busy.mean(list(box))), busy.mean(others), covered.mean(others) < OFF
        found.append((percentile(own, around), percentile(own, around[off]) if off.sum() >= ENOUGH else np.nan))
    return found


def percentile(own: float, others: Floats) -> float:
    """Part of the others that are less, and half of those that are the same."""
    return float(((others < own).mean() + (others <= own).mean()) / 2)

"""Shadows and their truths -> how far off they are in direction, in profile, and in the order of their softness."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ddm.bench.perceive import Measured
from ddm.bench.perceive.light import off, rank_correlation
from ddm.bench.shadow.solids import Scene
from ddm.perceive import pixels as px
from ddm.perceive.cutout import extent
from ddm.perceive.pixels import Floats

WITHIN = 15.0
"""Degrees of error up to which a direction is right."""
SEEN = 0.02
"""Darkness from which a place counts."""


def direction(dark: Floats, scene: Scene) -> float:
    """Degrees by the clock from the foot of the solid to the middle of the darkness on the floor, hidden or seen."""
    weight = np.where(dark > SEEN, dark, 0)
    rows, columns = np.mgrid[: dark.shape[0], : dark.shape[1]]
    left, _, right, bottom = extent(scene.matte > 0.5)
    across = (weight * (columns + 0.5 - (left + right) / 2)).sum()
    up = (weight * (bottom - rows - 0.5)).sum()
    return float(np.degrees(np.arctan2(across, up)) % 360)


def penumbra(dark: Floats, scene: Scene) -> float:
    """How wide its edge is, in pixels: darkness over its steepest slope, away from the solid's own edge."""
    place = px.shrunk(scene.seen, 2)
    steep = px.gradient(dark.astype(np.float32))[place]
    return float(np.quantile(dark[place], 0.995) / max(1e-4, float(np.quantile(steep, 0.995))))


def profile(dark: Floats, scene: Scene) -> tuple[float, float]:
    """Root mean square of the error and of the truth, where either is dark; at the strength that fits best."""
    strength = float((dark * scene.dark * scene.seen).sum() / max(1e-6, float((dark**2 * scene.seen).sum())))
    made = np.clip(min(strength, 1 / max(1e-3, float(dark.max()))) * dark, 0, 1)
    place = scene.seen & ((made > SEEN) | (scene.dark > SEEN))
    if not place.any():
        return 0.0, 0.0
    error, all_ = ((plane[place] ** 2).mean() for plane in (made - scene.dark, scene.dark))
    return float(error**0.5), float(all_**0.5)


def figures(scenes: Sequence[Scene], planes: Sequence[Floats]) -> Measured:
    """Of one way of making shadows. profile: of the truth's own darkness, 1 is as bad as no shadow at all."""
    errors = np.array([off(direction(p, s), direction(s.dark, s)) for s, p in zip(scenes, planes, strict=True)])
    profiles = np.array([profile(p, s) for s, p in zip(scenes, planes, strict=True)])
    widths = [penumbra(p, s) for s, p in zip(scenes, planes, strict=True)]
    return {
        "direction_deg": float(np.median(errors)),
        "direction_within15": float((errors <= WITHIN).mean()),
        "softness_rank": rank_correlation(widths, [penumbra(s.dark, s) for s in scenes]),
        "profile_rms": float(profiles[:, 0].mean()),
        "profile_of_none": float(profiles[:, 0].sum() / profiles[:, 1].sum()),
    }

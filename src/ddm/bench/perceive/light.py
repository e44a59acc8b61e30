"""Composed pictures that training never saw -> how far off the perceived light is, how sure, and how long it takes.

Half ray-cast bodies (other seeds than training's), half cut-outs (one in three by the hash of its name, held back).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from time import process_time

import numpy as np

from ddm.bench.perceive import Measured
from ddm.bench.perceive.lit import Lit, compose, sprites
from ddm.colour import oklab_of_bytes
from ddm.perceive import light as perceived
from ddm.perceive.light import Light
from ddm.perceive.pixels import Floats

SEEDS = range(10_000_000, 10_000_260)
"""Far from any seed of training's."""
SHARE = 0.7
"""Coverage at which sureness is judged: the surest so many of all."""


def measure(corpora: Path) -> Measured:
    """Figures in degrees unless named otherwise; `above_deg`: what saying 'from above' of every picture would give."""
    held_back = sprites(corpora / "cutouts", held_back=True)
    pictures = [compose(seed, held_back) for seed in SEEDS]
    started = process_time()
    found = [perceived.light(oklab_of_bytes(p.pixels), p.cover) for p in pictures]
    milliseconds = (process_time() - started) * 1000 / len(pictures)
    errors = np.array([off(p.direction, f.direction) for p, f in zip(pictures, found, strict=True)])
    sure = np.array([f.sure for f in found])
    return {
        **_errors(errors),
        "mean_deg": float(errors.mean()),
        "above_deg": float(np.median([off(p.direction, 0) for p in pictures])),
        "sure70": _errors(errors[sure >= np.quantile(sure, 1 - SHARE)]),
        "by_kind": {k: _errors(errors[_are(pictures, "kind", k)]) for k in ("bodies", "cutout")},
        "by_ground": {k: _errors(errors[_are(pictures, "ground", k)]) for k in ("upright", "flat", "none")},
        "expected_less_mean_error_deg": float((90 * (1 - sure)).mean() - errors.mean()),
        "sure_rank": -rank_correlation(sure, errors),
        "softness_rank": rank_correlation([f.softness for f in found], [p.softness for p in pictures]),
        "side_right": _sides(pictures, found),
        "cpu_ms": milliseconds,
        "pictures": len(pictures),
    }


def off(one: float, other: float) -> float:
    """Degrees between two directions, 0..180."""
    return abs((one - other + 180) % 360 - 180)


def _errors(errors: Floats) -> Measured:
    return {
        "median_deg": float(np.median(errors)),
        "within25": float((errors <= 25).mean()),
        "within45": float((errors <= 45).mean()),
    }


def _are(pictures: Iterable[Lit], field: str, value: str) -> np.ndarray:
    return np.array([getattr(p, field) == value for p in pictures])


def _sides(pictures: Iterable[Lit], found: Iterable[Light]) -> float:
    """Of the pictures for which a side is told, for how many it is the right one."""
    told = [(np.sin(np.radians(p.direction)) > 0, f.side) for p, f in zip(pictures, found, strict=True)]
    right = [(side == "right") == truth for truth, side in told if side != "front"]
    return float(np.mean(right)) if right else 0.0


def rank_correlation(one: Iterable[float], other: Iterable[float]) -> float:
    """Spearman's; ties by their order, of which these figures have next to none."""
    first, second = (np.argsort(np.argsort(np.fromiter(values, float))).astype(float) for values in (one, other))
    return float(np.corrcoef(first, second)[0, 1])

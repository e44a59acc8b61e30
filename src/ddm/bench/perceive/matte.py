"""Composed pictures -> how far the matte and the colours of its edge are off, and whether its confidence knows.

Figures, each the mean over the pictures of one ground:

- mae: mean of |found - true| coverage over the whole picture.
- iou: intersection over union of the two mattes cut at one half.
- edge: mean of |found - true| coverage over the band around the true edge: all pixels within BAND of the longer side
  (6 pixels of 1500) from a pixel whose true coverage lies between 0.02 and 0.98, or from where it crosses one half.
- dE: mean OKLab distance x 100 between the foreground colours that go with the found matte and the true ones, over the
  band, weighted by true times found coverage: what shows of them. A raw network has no colours but the picture's own.

`isnet` and `u2net` are the raw networks as published, not in eight bits, their outputs resized and nothing else; `ours`
is the best tier and `fast` the fast one. `sure` says of the sharp pictures, sorted by
`matte.quality`, which mean intersection over union the surest so many per cent have, and what share `usable` keeps; it
is asked of ROOMS pictures of each cut-out, since a few rooms more or less decide it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from time import process_time
from typing import TypeVar

import numpy as np

from ddm.bench.perceive import composed
from ddm.bench.perceive.composed import Scene
from ddm.colour import oklab_of_bytes
from ddm.perceive import pixels as px
from ddm.perceive.cutout import foreground
from ddm.perceive.matte import draw, isnet, refined, u2net
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.tiers import FAST

T = TypeVar("T")

MOST = 13
"""Cut-outs of one run, of the 26: with three grounds about four minutes on two cores."""
ROOMS = 3
"""Sharp pictures of each cut-out by which the confidence is judged."""
BAND = 0.004
"""Reach of the band around the true edge, of the longer side."""
COVERAGES = (50, 60, 70, 80, 90, 100)
"""Per cent of the sharp pictures kept, the surest first."""
SPREAD = 70
"""Of these it is said how far chance may move the figure."""


@dataclass(frozen=True)
class Error:
    mae: float
    iou: float
    edge: float
    dE: float  # noqa: N815 (the name of the measure)


@dataclass(frozen=True)
class Seen:
    """One picture: the error of each method, ours with its quality, and CPU seconds by step."""

    errors: Mapping[str, Error]
    quality: float
    usable: bool
    seconds: Mapping[str, float]


def measure(corpora: Path, most: int | None = MOST) -> Mapping[str, object]:
    """ground -> ours at the top, then each rival by name; `sharp.sure`, `seconds`. Missing without the interiors."""
    files = composed.cutouts(corpora, most)
    seen = {ground: [look(scene) for scene in composed.scenes(files, ground)] for ground in composed.GROUNDS}
    found: dict[str, dict[str, object]] = {ground: dict(_of_ground(rows)) for ground, rows in seen.items()}
    more = [promised(scene) for number in range(1, ROOMS) for scene in composed.scenes(files, "sharp", number)]
    found["sharp"] |= {"sure": sure([*map(_promise, seen["sharp"]), *more])}
    every = list(chain.from_iterable(seen.values()))
    return found | {"calibration": calibration(every), "seconds": _means([row.seconds for row in every])}


@dataclass(frozen=True)
class Promise:
    """What our matte of one picture promises, and what it keeps: intersection over union."""

    quality: float
    usable: bool
    iou: float


def promised(scene: Scene) -> Promise:
    found = refined(scene.pixels, draw(scene.pixels))
    return Promise(found.quality, found.usable, iou(found.coverage, scene.alpha))


def _promise(seen: Seen) -> Promise:
    return Promise(seen.quality, seen.usable, seen.errors["ours"].iou)


def look(scene: Scene) -> Seen:
    """Each method on one picture; the networks run once."""
    clock: dict[str, float] = {}
    drawn = _timed(clock, "networks", lambda: draw(scene.pixels))
    ours = _timed(clock, "refined", lambda: refined(scene.pixels, drawn))
    colours = _timed(clock, "foreground", lambda: foreground(scene.pixels, ours.coverage))
    errors = {"ours": error(scene, ours.coverage, colours), **_rivals(scene)}
    return Seen(errors, ours.quality, ours.usable, clock)


def _rivals(scene: Scene) -> dict[str, Error]:
    height, width = scene.alpha.shape
    fine, coarse = isnet(scene.pixels, name="isnet"), u2net(scene.pixels, name="u2net")
    fast = refined(scene.pixels, draw(scene.pixels, FAST))
    return {
        "isnet": error(scene, px.resize(fine, width, height), scene.pixels),
        "u2net": error(scene, px.resize(coarse, width, height), scene.pixels),
        "fast": error(scene, fast.coverage, foreground(scene.pixels, fast.coverage)),
    }


def _of_ground(rows: Sequence[Seen]) -> Iterator[tuple[str, object]]:
    for name in rows[0].errors:
        mean = _means([asdict(row.errors[name]) for row in rows])
        yield from mean.items() if name == "ours" else [(name, mean)]


def sure(rows: Sequence[Promise]) -> dict[str, float]:
    """Mean intersection over union of the surest per cent of pictures, and of those taken for usable."""
    order = sorted(rows, key=lambda row: -row.quality)
    ious = [row.iou for row in order]
    kept = [row.iou for row in rows if row.usable]
    at = {f"iou_at_{part}": float(np.mean(ious[: max(1, round(len(ious) * part / 100))])) for part in COVERAGES}
    low, high = _spread(order)
    at |= {f"iou_at_{SPREAD}_low": low, f"iou_at_{SPREAD}_high": high}
    return at | {"usable": len(kept) / len(rows), "usable_iou": float(np.mean(kept)) if kept else 0.0}


def _spread(order: Sequence[Promise]) -> tuple[float, float]:
    """Between which the surest SPREAD per cent lie in nine of ten draws, with replacement, of so many pictures; order:
    the surest first."""
    ious = np.array([row.iou for row in order])
    drawn = np.sort(np.random.default_rng(0).integers(len(ious), size=(1000, len(ious))))
    low, high = np.quantile(ious[drawn[:, : max(1, round(len(ious) * SPREAD / 100))]].mean(1), (0.05, 0.95))
    return float(low), float(high)


def calibration(rows: Sequence[Seen]) -> dict[str, float]:
    """How far quality is from the intersection over union that it promises: mean distance, and mean difference."""
    off = np.array([row.quality - row.errors["ours"].iou for row in rows])
    return {"mean_off": float(np.abs(off).mean()), "too_sure": float(off.mean())}


def _means(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}


def _timed(clock: dict[str, float], name: str, step: Callable[[], T]) -> T:
    """CPU seconds, of all threads."""
    start = process_time()
    found = step()
    clock[name] = process_time() - start
    return found


def error(scene: Scene, coverage: Floats, colours: Bytes) -> Error:
    """Of a matte float32 (h, w) and the foreground colours uint8 (h, w, 3) that go with it."""
    off = np.abs(coverage - scene.alpha)
    near = band(scene.alpha)
    weight = (scene.alpha * coverage)[near]
    apart = np.linalg.norm(oklab_of_bytes(colours[near]) - oklab_of_bytes(scene.colours[near]), axis=-1)
    return Error(
        mae=float(off.mean()),
        iou=iou(coverage, scene.alpha),
        edge=float(off[near].mean()),
        dE=100 * float((apart * weight).sum() / max(1e-6, weight.sum())),
    )


def band(alpha: Floats) -> px.Mask:
    """The pixels around the edge of a true matte."""
    solid = alpha > 0.5
    edge = ((alpha > 0.02) & (alpha < 0.98)) | (px.grown(solid, 1) & ~px.shrunk(solid, 1))
    return px.grown(edge, round(BAND * max(alpha.shape)))


def iou(one: Floats | px.Mask, other: Floats | px.Mask) -> float:
    a, b = one > 0.5, other > 0.5
    return float((a & b).sum()) / max(1.0, float((a | b).sum()))

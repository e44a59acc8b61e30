"""Rebuilt photographs -> figures by kind of border and way: how like photographs they are, and how near the true one.

Every hidden side is judged by itself, from crops around what was rebuilt there, so that the rest does not drown it.

frechet: distance of the Gaussians through the features of rebuilt and of true crops (Heusel and others, "GANs trained
by a two time-scale update rule", NeurIPS 2017), in the features of our embedding rather than Inception's; it falls with
the number of crops, so compare within a run only. nearest: mean cosine distance of a crop to the nearest crop of any
untouched photograph. likeness: ... to the true crop. seam: doublings by which the mean gradient at the seam and just
beyond it differs from the true one's. psnr: of the band next to the border. All but psnr are the better the lower.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from ddm import models
from ddm.bench.extend.cases import Case
from ddm.perceive import pixels as px
from ddm.perceive.classify import SIDE
from ddm.perceive.pixels import Bytes, Floats

Made: TypeAlias = Mapping[str, Bytes]
Measured: TypeAlias = dict[str, Any]
TRUE = "photograph"
CROPS = 3
"""Crops along a side."""
CROP = 1.6
"""Side of a crop, of the depth that is hidden: some of what remains is seen, too."""
LEAST_CROP = 96
"""... and at least so many pixels: less shows no thing."""
BAND = 24
"""Pixels next to the border in which something near the truth may be asked for; further out nobody can know."""
BEYOND = 8
"""Pixels next to the seam in which its gradient is taken."""
STRETCH = 32
"""A seam is judged in stretches of so many pixels: it may show in one place only."""
FAINT = 1.0
"""Levels of gradient that no eye tells from none: one step of eight bits."""
BEST_PSNR = 60.0
FIGURES = ("frechet", "nearest", "likeness", "seam", "psnr")


@dataclass(frozen=True, slots=True)
class Judged:
    """One side rebuilt in one way. features: float32 (CROPS, 1280) of unit length."""

    kind: str
    way: str
    share: float
    offered: bool
    features: Floats
    seam: float
    psnr: float


def measured(found: Sequence[tuple[Case, Made]]) -> Measured:
    """kind -> way -> figure, of the cases to which every way has an answer; and how often ours would be offered."""
    most = max(len(made) for _, made in found)
    judged = [one for case, made in found if len(made) == most for one in _judged(case, made)]
    true = np.concatenate([one.features for one in judged if one.way == TRUE])
    kinds = sorted({one.kind for one in judged})
    return {
        "cases": len(found),
        "answered": sum(len(made) == most for _, made in found),
        "offered": float(np.mean([not case.refusal for case, _ in found])),
        "by_kind": {kind: _by_way([one for one in judged if one.kind == kind], true) for kind in kinds},
        "all": _by_way(judged, true),
    }


def _judged(case: Case, made: Made) -> Iterator[Judged]:
    for side in case.growth:
        true = facing(case.truth, side)
        for way, pixels in {TRUE: case.truth, **made}.items():
            mine, depth = facing(pixels, side), case.growth[side]
            yield Judged(
                case.kinds[side],
                way,
                case.share,
                not case.refusal,
                features(_crops(mine, depth)),
                seam(mine, true, depth),
                psnr(mine, true, depth),
            )


def facing(pixels: Bytes, side: str) -> Bytes:
    """Turned so that the side is the right one."""
    turned = pixels.swapaxes(0, 1) if side in ("top", "bottom") else pixels
    return np.ascontiguousarray(turned[:, ::-1] if side in ("left", "top") else turned)


def _by_way(judged: Sequence[Judged], true: Floats) -> Measured:
    ways: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        ways[one.way].append(one)
    return {way: _figures(ones, ways[TRUE], true) for way, ones in ways.items() if way != TRUE}


def _figures(ones: Sequence[Judged], truth: Sequence[Judged], true: Floats) -> Measured:
    mine, theirs = (np.concatenate([one.features for one in some]) for some in (ones, truth))
    return {
        "sides": len(ones),
        "frechet": frechet(mine, theirs),
        "nearest": float((1 - (mine @ true.T).max(1)).mean()),
        "likeness": float((1 - (mine * theirs).sum(1)).mean()),
        "seam": float(np.mean([one.seam for one in ones])),
        "psnr": float(np.mean([one.psnr for one in ones])),
    }


# ------------------------------------------------------------------------------------------------ measures


def features(crops: Sequence[Bytes]) -> Floats:
    """float32 (n, 1280) of unit length."""
    session = models.session("efficientnet-lite0")
    blob = (np.stack([px.resize(crop, SIDE, SIDE) for crop in crops]).astype(np.float32) - 127) / 128
    found: Floats = session.run(["embedding"], {session.input: blob.transpose(0, 3, 1, 2)})[0]
    unit: Floats = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
    return unit


def _crops(pixels: Bytes, depth: int) -> list[Bytes]:
    """Squares along the right side, in the middle of what was rebuilt there."""
    height, width = pixels.shape[:2]
    side = min(height, width, max(LEAST_CROP, round(CROP * depth)))
    left = int(np.clip(width - depth // 2 - side // 2, 0, width - side))
    tops = np.linspace(0, height - side, CROPS).round().astype(int)
    return [np.ascontiguousarray(pixels[top : top + side, left : left + side]) for top in tops]


def frechet(one: Floats, other: Floats) -> float:
    """Squared distance of the Gaussians through two sets (n, d) and (m, d).

    The trace of the root of the covariances' product is the nuclear norm of the product of the sets, which stays small
    where there are fewer rows than columns.
    """
    means = one.mean(0), other.mean(0)
    a, b = ((rows - mean) / np.sqrt(max(1, len(rows) - 1)) for rows, mean in zip((one, other), means, strict=True))
    shared = np.linalg.svd((a @ b.T).astype(np.float64), compute_uv=False).sum()
    return float(((means[0] - means[1]) ** 2).sum() + (a**2).sum() + (b**2).sum() - 2 * shared)


def seam(pixels: Bytes, true: Bytes, depth: int) -> float:
    """Of the seam `depth` from the right, in doublings."""
    mine, theirs = (_profile(picture, picture.shape[1] - depth) for picture in (pixels, true))
    return float(np.abs(np.log2((mine + FAINT) / (theirs + FAINT))).mean())


def _profile(pixels: Bytes, at: int) -> Floats:
    """Mean gradient (2, n) at the seam before column `at` and beyond it, in stretches, of 255 levels."""
    part = pixels[:, at - 2 : at + BEYOND + 2].astype(np.float32)
    slopes = np.hypot(np.diff(part, axis=1)[:-1], np.diff(part, axis=0)[:, :-1]).mean(2)
    count = max(1, len(slopes) // STRETCH)
    stretches = slopes[: len(slopes) // count * count].reshape(count, -1, slopes.shape[1])
    return np.stack([stretches[..., :3].mean((1, 2)), stretches[..., 3:].mean((1, 2))])


def psnr(pixels: Bytes, true: Bytes, depth: int) -> float:
    """Of the band next to the border, in decibels."""
    at = pixels.shape[1] - depth
    band = slice(at, min(at + BAND, pixels.shape[1]))
    error = float(((pixels[:, band].astype(np.float32) - true[:, band]) ** 2).mean())
    return float(min(BEST_PSNR, 10 * np.log10(255**2 / max(error, 1e-9))))

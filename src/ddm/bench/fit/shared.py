"""Real photographs -> what tells how each was taken: what its two halves have in common, and two photographs have not.

- share, by set: 1 less the variance of the difference of two halves of a photograph over that of halves of two.
- against: correlation of the same of a subject and its ground. Where it is none, a subject tells nothing of its scene.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ddm.bench.fit import Found
from ddm.bench.fit.photographs import garments, interiors, opened, products, some, subjects, taken
from ddm.colour import oklab_of_bytes
from ddm.perceive.pixels import Bytes, Floats

MOST = 60
"""Photographs of a set."""
LEAST = 5e-3
"""Grain below which it is none."""
NAMES = ("black", "white", "a", "b", "grain", "blur")
ROUNDS = 50


def measure(corpora: Path, shown: bool = False) -> Found:
    sets = {"interiors": interiors(), "products": products(), "garments": garments(corpora)}
    shares = {name: shared([_halves(opened(file)) for file in some(files, MOST)]) for name, files in sets.items()}
    return {"share": shares, "against": _against(corpora)}, ()


def _halves(pixels: Bytes) -> Floats:
    """float64 (2, NAMES); a blur that is not told is NaN."""
    middle = pixels.shape[1] // 2
    return np.array([_told(part) for part in (pixels[:, :middle], pixels[:, middle:])])


def _told(pixels: Bytes) -> list[float]:
    found = taken(pixels)
    grain, soft = float(np.log(max(found.grain, LEAST))), np.log(found.blur) if found.blur else np.nan
    return [found.look.black, found.look.white, found.look.a, found.look.b, grain, float(soft)]


def shared(rows: Sequence[Floats]) -> Mapping[str, float]:
    """Of rows (2, NAMES)."""
    table = np.array(rows)
    return {name: _share(table[..., index]) for index, name in enumerate(NAMES)}


def _share(pairs: Floats) -> float:
    one, other = pairs[~np.isnan(pairs).any(1)].T
    rng = np.random.default_rng(0)
    apart = np.mean([(one - other[rng.permutation(len(other))]).var() for _ in range(ROUNDS)])
    return float(1 - (one - other).var() / apart)


def _against(corpora: Path) -> Mapping[str, float]:
    rows = []
    for photograph in subjects(corpora):
        lab = oklab_of_bytes(photograph.pixels)
        parts = (lab[photograph.cover > 0.5], lab[photograph.cover < 0.05])
        rows.append([part.mean(0) for part in parts])
    table = np.array(rows)
    names = ("lightness", "a", "b")
    return {name: float(np.corrcoef(table[:, 0, i], table[:, 1, i])[0, 1]) for i, name in enumerate(names)}

"""Chooses the weights of `ddm/perceive/sureness.py`: signs against a matte and its true overlap -> what each costs.

    python -m training.sureness --corpora FOLDER        (about ten minutes of two cores)

Pictures: rooms composed from the half of the cut-outs that `ddm bench perceive matte` does not use, and the product
photographs of the pictures package, whose mattes a person judged (`judged.txt`). Of a small grid of weights that one is
printed first which puts the rooms into the best order and keeps the judged mattes on their side of USABLE.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from PIL import Image

from ddm import models
from ddm.bench.perceive import composed
from ddm.bench.perceive.matte import MOST as MEASURED
from ddm.bench.perceive.matte import iou
from ddm.perceive import pixels as px
from ddm.perceive.matte import USABLE, checked, draw, refined
from ddm.perceive.pixels import Bytes
from ddm.perceive.sureness import weighed

ROOMS = 3
"""Pictures of each cut-out."""
RIGHT = 0.97
"""Overlap taken for true of a matte in which a person saw no fault."""
ASIDE = 1.0
"""What a judged matte costs that falls on the wrong side of USABLE, by how far."""
GRID = {
    "dispute": (0.2, 0.3, 0.5, 0.7, 1.0, 1.5),
    "mixed": (0.5, 1.0, 1.7, 2.5, 4.0),
    "doubt": (0.0, 0.25, 0.5, 1.0, 2.0),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """signs: as `ddm.perceive.sureness.signs` gives them. overlap: with the true matte. judged: by a person."""

    signs: dict[str, float]
    overlap: float
    judged: bool


def rooms(corpora: Path) -> Iterator[Sample]:
    measured = composed.cutouts(corpora, MEASURED)
    files = [file for file in composed.cutouts(corpora) if file not in measured]
    for number in range(1, ROOMS + 1):
        for scene in composed.scenes(files, "sharp", number):
            yield from _sample(scene.pixels, scene.alpha, None)


def photographs() -> Iterator[Sample]:
    lines = (Path(__file__).parent / "judged.txt").read_text("utf-8").splitlines()
    known = dict(line.split() for line in lines if not line.startswith("#"))
    for file in sorted(models.pictures("vendure").rglob("*.jpg")):
        with Image.open(file) as picture:
            pixels = px.limited(np.asarray(picture.convert("RGB")), composed.SIDE)
        yield from _sample(pixels, None, float(known.get(file.stem, RIGHT)))


def _sample(pixels: Bytes, alpha: np.ndarray | None, said: float | None) -> Iterator[Sample]:
    drawn = draw(pixels)
    assert drawn.fine is not None
    found = checked(pixels, drawn.fine, drawn.coarse)[1]
    if not found:
        return
    overlap = iou(refined(pixels, drawn).coverage, alpha) if alpha is not None else said
    yield Sample(found, float(overlap or 0), alpha is None)


def merit(samples: Sequence[Sample], weights: Mapping[str, float]) -> float:
    """How well rooms are ordered, -1..1, less what judged photographs lose."""
    composed_ones = [s for s in samples if not s.judged]
    worth = np.array([weighed(s.signs, weights) for s in composed_ones])
    lost = sum(max(0.0, _wrong(s, weighed(s.signs, weights))) for s in samples if s.judged)
    return ordered(worth, np.array([s.overlap for s in composed_ones])) - ASIDE * lost


def ordered(worth: np.ndarray, overlap: np.ndarray) -> float:
    """1 where the better of any two is worth more, -1 where it is worth less; pairs weigh by how far they differ."""
    one, other = np.triu_indices(len(overlap), 1)
    apart = overlap[one] - overlap[other]
    return float((np.sign(worth[one] - worth[other]) * apart).sum() / max(1e-9, np.abs(apart).sum()))


def _wrong(sample: Sample, worth: float) -> float:
    """How far a right matte lies below USABLE, or a wrong one above it."""
    if sample.overlap >= RIGHT:
        return USABLE - worth
    return worth - USABLE if sample.overlap < 0.5 else 0.0


def grid() -> Iterator[dict[str, float]]:
    for values in product(*GRID.values()):
        yield dict(zip(GRID, values, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    samples = [*rooms(parser.parse_args().corpora), *photographs()]
    for weights in sorted(grid(), key=lambda one: -merit(samples, one))[:5]:
        print(f"{weights}: {merit(samples, weights):.3f}")


if __name__ == "__main__":
    main()

"""Chooses the weights of `ddm/perceive/sureness.py`: signs against a matte and its true overlap -> what each costs.

    python -m training.sureness --corpora FOLDER        (about ten minutes of two cores)

Pictures: rooms composed from the half of the cut-outs that `ddm bench perceive matte` does not use, and the product
photographs of the pictures package, whose mattes a person judged (`judged.txt`). Of a small grid of weights that one is
printed first which puts the rooms into the best order and keeps the judged mattes on their side of USABLE.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
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
from ddm.perceive.agreement import CHECK_SIDE, agreed, likeness
from ddm.perceive.matte import USABLE, draw, refined
from ddm.perceive.pixels import Bytes
from ddm.perceive.sureness import MOST, signs

ROOMS = 3
"""Pictures of each cut-out."""
RIGHT = 0.97
"""Overlap taken for true of a matte in which a person saw no fault."""
ASIDE = 1.0
"""What a judged matte costs that falls on the wrong side of USABLE, by how far."""
DISPUTES = (0.2, 0.3, 0.5, 0.7, 1.0, 1.5)
MIXTURES = (0.5, 1.0, 1.7, 2.5, 4.0)


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
    settled, agreement = agreed(pixels, drawn.fine, drawn.coarse)
    small = px.resize(settled, CHECK_SIDE, CHECK_SIDE)
    if not (small > 0.5).any():
        return
    alike = likeness(drawn.fine, drawn.coarse, pixels)
    found = signs(small, alike, px.resize(pixels, CHECK_SIDE, CHECK_SIDE), 1 - agreement)
    overlap = iou(refined(pixels, drawn).coverage, alpha) if alpha is not None else said
    yield Sample(found, float(overlap or 0), alpha is None)


def quality(sample: Sample, dispute: float, mixed: float) -> float:
    shape = MOST * (1 - np.exp(-mixed * sample.signs["mixed"] / MOST))
    return float(1 - dispute * sample.signs["dispute"] - shape)


def merit(samples: Sequence[Sample], dispute: float, mixed: float) -> float:
    """How well rooms are ordered, -1..1, less what judged photographs lose."""
    composed_ones = [s for s in samples if not s.judged]
    known = [s for s in samples if s.judged]
    worth = np.array([quality(s, dispute, mixed) for s in composed_ones])
    lost = sum(max(0.0, _wrong(s, quality(s, dispute, mixed))) for s in known)
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    samples = [*rooms(parser.parse_args().corpora), *photographs()]
    best = sorted(product(DISPUTES, MIXTURES), key=lambda pair: -merit(samples, *pair))
    for dispute, mixed in best[:5]:
        print(f"dispute {dispute} mixed {mixed}: {merit(samples, dispute, mixed):.3f}")


if __name__ == "__main__":
    main()

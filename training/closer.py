"""Fits the weights of `ddm/perceive/closer.py`: closer looks at composed and real pictures -> what tells a right one.

    python -m training.closer --corpora FOLDER        (about twelve minutes of one core)

Pictures: rooms composed of the half of the cut-outs that `ddm bench perceive matte` does not use, sharp and out of
focus; the product photographs whose matte a person found right (`judged.txt`), as they are, where every part left out
is a fault, and their subjects in rooms. A look is right where the matte without what it left out overlaps more with the
true one; it weighs by how much more or less. Logistic regression with a ridge, by Newton's method.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from ddm import models
from ddm.bench.perceive import composed
from ddm.bench.perceive.matte import MOST as MEASURED
from ddm.bench.perceive.matte import iou
from ddm.colour import linear_of_bytes
from ddm.perceive import pixels as px
from ddm.perceive.agreement import CHECK_SIDE as SIDE
from ddm.perceive.agreement import agreed
from ddm.perceive.closer import NEIGHBOURS, another, looks, remaining, signs
from ddm.perceive.cutout import cutout
from ddm.perceive.matte import ROUGH, draw, refined, u2net
from ddm.perceive.parts import seen
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.subject import cut_sides
from ddm.perceive.sureness import room

ROOMS, SUBJECTS = 4, 2
"""Pictures of each cut-out, and of each photograph's subject."""
REAL = 2.0
"""Weight of photographs as they are and of grounds out of focus, where the mattes are right already."""
WHOLE = 0.93
"""Quality from which a photograph's subject is taken for a cut-out."""
FAR = 0.5
"""Gain from which a look weighs no more."""
LEAST = 0.02
"""What a look weighs by which nothing changes."""
RIDGE = 1.0
STEPS = 30
NAMES = ("colour", "seen", "middle", "outline", "size")


@dataclass(frozen=True, slots=True)
class Sample:
    """A look's signs, what the overlap gains by it, -1..1, and how much the picture weighs."""

    signs: Mapping[str, float]
    gain: float
    weight: float = 1.0


def samples(corpora: Path) -> Iterator[Sample]:
    measured = composed.cutouts(corpora, MEASURED)
    files = [file for file in composed.cutouts(corpora) if file not in measured]
    for number in range(1, ROOMS + 1):
        for scene in composed.scenes(files, "sharp", number):
            yield from _looks(scene.pixels, scene.alpha)
    for scene in composed.scenes(files, "blurred", 1):
        yield from _looks(scene.pixels, scene.alpha, REAL)
    yield from _photographs()


def _photographs() -> Iterator[Sample]:
    """As they are, and their subjects in rooms."""
    lines = (Path(__file__).parent / "judged.txt").read_text("utf-8").splitlines()
    wrong = {line.split()[0] for line in lines if not line.startswith("#")}
    for file in sorted(models.pictures("vendure").rglob("*.jpg")):
        if file.stem in wrong:
            continue
        with Image.open(file) as picture:
            pixels = px.limited(np.asarray(picture.convert("RGB")), composed.SIDE)
        yield from _looks(pixels, None, REAL)
        found = refined(pixels, draw(pixels))
        if found.quality > WHOLE and not cut_sides(found.coverage):
            yield from _in_rooms(file.name, cutout(pixels, found.coverage).pixels)


def _in_rooms(name: str, rgba: Bytes) -> Iterator[Sample]:
    cut = composed.Cut(name, linear_of_bytes(rgba[..., :3]), rgba[..., 3].astype(np.float32) / 255)
    for number in range(1, SUBJECTS + 1):
        scene = composed.of_cut(cut, "sharp", number)
        yield from _looks(scene.pixels, scene.alpha)


def _looks(pixels: Bytes, alpha: Floats | None, weight: float = 1.0) -> Iterator[Sample]:
    """Of every part, hopeful or not; the truth is the matte itself where there is none."""
    drawn = draw(pixels)
    assert drawn.fine is not None
    of = seen(pixels, agreed(pixels, drawn.fine, drawn.coarse)[0], drawn.fine, drawn.coarse)
    if not of.mask.any() or room(of.mask, pixels) <= NEIGHBOURS:
        return
    truth = of.mask.astype(np.float32) if alpha is None else px.resize(alpha, SIDE, SIDE)
    before = iou(of.mask.astype(np.float32), truth)
    for part in looks(pixels, of, partial(u2net, side=ROUGH), hope=-np.inf):
        found = signs(part, of)
        if another(found):
            yield Sample(found, iou(remaining(part, of.mask).astype(np.float32), truth) - before, weight)


def fitted(known: Sequence[Sample]) -> dict[str, float]:
    """The weight of each sign, and by no name what is added."""
    table = np.array([[sample.signs[name] for name in NAMES] for sample in known])
    middle, spread = table.mean(0), table.std(0) + 1e-9
    ones = np.hstack([(table - middle) / spread, np.ones((len(known), 1))])
    gains = np.array([sample.gain for sample in known])
    share = (np.minimum(np.abs(gains), FAR) + LEAST) * np.array([sample.weight for sample in known])
    ridge = np.diag([RIDGE] * len(NAMES) + [1e-6])
    found = np.zeros(len(NAMES) + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(ones @ found, -30, 30)))
        slope = ones.T @ (share * ((gains > 0) - chance)) - ridge @ found
        found = found + np.linalg.solve(ones.T @ ((share * chance * (1 - chance))[:, None] * ones) + ridge, slope)
    slopes = found[:-1] / spread
    return dict(zip(NAMES, slopes.tolist(), strict=True)) | {"": float(found[-1] - slopes @ middle)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    known = list(samples(parser.parse_args().corpora))
    print(f"{len(known)} looks")
    for name, weight in fitted(known).items():
        print(f'"{name}": {weight:.3g},')


if __name__ == "__main__":
    main()

"""Held-back pictures with hidden sides -> how far what is made lies off the truth, for each way of making it.

    python -m training.outpaint.check PICTURES [--sheet SHEET.png]

Needs no torch: the shipped file is looked at through `ddm.derive.extension.outpaint`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ddm import models
from ddm.derive.extension.outpaint import outpainted
from ddm.perceive import pixels as px
from ddm.perceive.classify import classify
from training.outpaint.pictures import Archive, archive

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

MOST = 120
"""Garments looked at: ten kinds on a few floors, more would only outvote the rest."""
VIEWS = 4
"""Canvases of each other picture."""
WIDE = 256
"""Longer side of a canvas."""
HIDDEN = (0.2, 0.35, 0.5)
"""Of the canvas' width or height: hidden at one side, or shared by two."""
GROUPS: Mapping[str, Callable[[str], bool]] = {
    "all": lambda name: True,
    "garments": lambda name: name == "garments",
    "others": lambda name: name != "garments",
}
"""Of which figures are given, by the names of sets."""
NEAR = 16
"""Pixels within which the border is near."""


@dataclass(frozen=True, slots=True)
class View:
    """truth: float32 (h, w, 3). known: bool (h, w)."""

    set: str
    truth: Floats
    known: Mask


def views(pictures: Archive) -> Iterator[View]:
    """Always the same, of the held-back side alone."""
    for name, numbers in pictures.side(True).items():
        chosen = numbers[:: max(1, len(numbers) // MOST)] if name == "garments" else np.repeat(numbers, VIEWS)
        for turn, number in enumerate(chosen):
            rng = np.random.default_rng([7, int(number), turn])
            yield _view(rng, name, pictures.picture(int(number)), HIDDEN[turn % len(HIDDEN)])


def _view(rng: np.random.Generator, name: str, picture: npt.NDArray[np.uint8], hidden: float) -> View:
    """A crop of at least 70 % of the picture, with one side hidden, or two that face one another."""
    share = rng.uniform(0.7, 1)
    rows, columns = (max(32, round(n * share)) for n in picture.shape[:2])
    top, left = (int(rng.integers(n - m + 1)) for n, m in zip(picture.shape, (rows, columns), strict=False))
    part = px.limited(np.ascontiguousarray(picture[top : top + rows, left : left + columns]), WIDE)
    known = np.ones(part.shape[:2], bool)
    turned = known if rng.random() < 0.5 else known.T
    before = round(len(turned) * hidden * rng.choice([0.0, 0.5, 1.0]))
    after = round(len(turned) * hidden) - before
    turned[:before] = turned[len(turned) - after :] = False
    return View(name, part.astype(np.float32) / 255, known)


# ------------------------------------------------------------------------------------------------ ways of making


def replicated(picture: Floats, known: Mask) -> Floats:
    rows, columns = px.nearest(known)
    return picture[rows, columns]


def mirrored(picture: Floats, known: Mask) -> Floats:
    """Reflected at the edge of what is known, a rectangle, as often as it takes."""
    rows, columns = np.flatnonzero(known.any(1)), np.flatnonzero(known.any(0))
    return picture[_folded(rows, len(known))][:, _folded(columns, known.shape[1])]


def _folded(at: npt.NDArray[np.int64], length: int) -> npt.NDArray[np.int64]:
    away = (np.arange(length) - at[0]) % (2 * len(at))
    return at[0] + np.minimum(away, 2 * len(at) - 1 - away)


def telea(picture: Floats, known: Mask) -> Floats:
    pixels = (np.where(known[..., None], picture, 0) * 255 + 0.5).astype(np.uint8)
    return px.diffused(pixels, ~known).astype(np.float32) / 255


WAYS: Mapping[str, Callable[[Floats, Mask], Floats]] = {
    "network": outpainted,
    "replicated": replicated,
    "mirrored": mirrored,
    "telea": telea,
}


# ------------------------------------------------------------------------------------------------ figures


def frechet(one: Floats, other: Floats) -> float:
    """Distance of two clouds (n, d), taken as normal (Dowson and Landau, 1982; Heusel and others, 2017)."""
    first, second = (np.cov(cloud.astype(np.float64), rowvar=False) for cloud in (one, other))
    values, vectors = np.linalg.eigh(first)
    root = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    both = np.sqrt(np.linalg.eigvalsh(root @ second @ root).clip(0)).sum()
    apart = ((one.mean(0) - other.mean(0)).astype(np.float64) ** 2).sum()
    return float(apart + np.trace(first) + np.trace(second) - 2 * both)


def places(picture: Floats, known: Mask) -> Floats:
    """(n, 112) features of a trunk at a sixteenth of the size, where all is hidden."""
    height, width = (n // 16 * 16 for n in known.shape)
    session = models.session("efficientnet-lite0-trunk")
    blob = (picture[:height, :width].transpose(2, 0, 1)[None] * 255 - 127) / 128
    (found,) = session.run(["middle"], {session.input: blob.astype(np.float32)})
    shown = known[:height, :width].reshape(height // 16, 16, width // 16, 16).any((1, 3))
    return found[0].transpose(1, 2, 0)[~shown]


def _embedding(picture: Floats) -> Floats:
    return classify((picture * 255 + 0.5).clip(0, 255).astype(np.uint8)).embedding


def errors(made: Floats, view: View) -> tuple[float, float, float]:
    """Mean absolute difference (0..1) over all that is hidden, near the border, and of the tone (an eighth's means)."""
    apart, hidden = np.abs(made - view.truth).mean(2), ~view.known
    near = hidden & (px.distance(hidden) <= NEAR)
    size = max(1, view.known.shape[1] // 8), max(1, view.known.shape[0] // 8)
    tone = np.abs(px.resize(made - view.truth, *size)).mean(2)[px.resize(hidden.astype(np.float32), *size) > 0.99]
    return float(apart[hidden].mean()), float(apart[near].mean()), float(tone.mean())


@dataclass(frozen=True, slots=True)
class Seen:
    """A canvas as the networks that judge see it. embedding: (1280,). places: (n, 112). errors: as of `errors`."""

    set: str
    embedding: Floats
    places: Floats
    errors: tuple[float, float, float]


def seen(picture: Floats, view: View) -> Seen:
    return Seen(view.set, _embedding(picture), places(picture, view.known), errors(picture, view))


def figures(made: list[Seen], truth: list[Seen]) -> dict[str, float]:
    whole, near, tone = np.mean([each.errors for each in made], 0)
    embeddings = [np.stack([each.embedding for each in part]) for part in (made, truth)]
    features = [np.concatenate([each.places for each in part]) for part in (made, truth)]
    return {
        "l1": round(float(whole), 4),
        "l1 near": round(float(near), 4),
        "l1 tone": round(float(tone), 4),
        "frechet embedding": round(frechet(*embeddings), 4),
        "frechet places": round(frechet(*features), 3),
    }


def sheet(chosen: list[View], into: Path) -> None:
    """Rows of: what is shown, each way, the truth."""
    rows = []
    for view in chosen:
        shown = view.truth * view.known[..., None]
        row = [shown, *(way(shown, view.known) for way in WAYS.values()), view.truth]
        rows.append(np.concatenate([_framed(p) for p in row], 1))
    Image.fromarray((np.concatenate(rows) * 255).clip(0, 255).astype(np.uint8)).save(into)


def _framed(picture: Floats) -> Floats:
    small = px.limited(picture, WIDE * 3 // 4)
    found = np.ones((WIDE * 3 // 4 + 4, WIDE * 3 // 4 + 4, 3), np.float32)
    found[: small.shape[0], : small.shape[1]] = small
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--sheet", type=Path)
    asked = parser.parse_args()
    chosen = list(views(archive(asked.pictures)))
    if asked.sheet:
        step = max(1, len(chosen) // 12)
        sheet(chosen[::step][-12:], asked.sheet)
        return
    truth = [seen(view.truth, view) for view in chosen]
    for name, way in WAYS.items():
        made = [seen(way(view.truth * view.known[..., None], view.known), view) for view in chosen]
        for group, wanted in GROUPS.items():
            some = [[each for each in part if wanted(each.set)] for part in (made, truth)]
            print(json.dumps({"way": name, "pictures": group, "canvases": len(some[0])} | figures(*some)), flush=True)


if __name__ == "__main__":
    main()

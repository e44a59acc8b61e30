"""Cut-outs, product photographs and pack shots -> pictures in which the true matte is known, and what is drawn of them.

Rooms, sharp and out of focus, of the half of the cut-outs that `ddm bench perceive matte` does not use; the product
photographs as they are, whose mattes a person judged (`judged.txt`); and in rooms the subjects of those photographs
that are right and whole, and of every second pack shot. Nothing here depends on weights that are fitted later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zlib import crc32

import numpy as np
from PIL import Image

from ddm import models
from ddm.bench.perceive import composed
from ddm.bench.perceive.composed import Cut
from ddm.bench.perceive.matte import MOST as MEASURED
from ddm.colour import linear_of_bytes
from ddm.perceive import pixels as px
from ddm.perceive.agreement import CHECK_SIDE as SIDE
from ddm.perceive.agreement import agreed
from ddm.perceive.cutout import cutout
from ddm.perceive.edges import drawn_to_edges
from ddm.perceive.matte import Drawn, cleaned, draw
from ddm.perceive.pixels import Bytes, Floats, Mask
from ddm.perceive.subject import cut_sides

ROOMS, SUBJECTS, PACKS = 4, 2, 1
"""Rooms of each cut-out, of each photograph's subject, and of each pack shot's."""
EVERY = 2
"""One pack shot in so many."""
WHOLE = 0.93
"""Agreement of both networks from which a photograph's subject is taken for a cut-out."""
LEAST = 0.03
"""Of a picture: a smaller subject is none."""
RIGHT = 0.97
"""Overlap taken for true of a matte in which a person saw no fault."""
FOLDS = 5
"""Parts of the things; what is said of a part is said by weights of the others."""


@dataclass(frozen=True)
class View:
    """A picture, uint8 (h, w, 3) sRGB. thing: its subject. ground: `sharp`, `blurred`, or `photograph`. truth: (SIDE,
    SIDE), None of a photograph. said: a person's overlap, None of a composed picture."""

    thing: str
    ground: str
    pixels: Bytes
    truth: Mask | None
    said: float | None = None

    @cached_property
    def drawn(self) -> Drawn:
        return draw(self.pixels)

    @cached_property
    def agreed(self) -> tuple[Floats, float]:
        """The matte before closer looks, float32 (side, side), and how far the networks agree."""
        assert self.drawn.fine is not None
        return agreed(px.by_halves(self.pixels, SIDE, SIDE), self.drawn.fine, self.drawn.coarse)

    @property
    def settled(self) -> Floats:
        return self.agreed[0]

    @property
    def fold(self) -> int:
        return crc32(self.thing.encode()) % FOLDS


def views(corpora: Path) -> Iterator[View]:
    measured = composed.cutouts(corpora, MEASURED)
    for file in composed.cutouts(corpora):
        if file not in measured:
            yield from _in_rooms(composed.load(file), ROOMS)
            yield _scene(composed.load(file), "blurred", 1)
    said = judged()
    for file in sorted(models.pictures("vendure").rglob("*.jpg")):
        view = View(file.stem, "photograph", _opened(file), None, said.get(file.stem, RIGHT))
        yield view
        if view.said == RIGHT:
            yield from _subject(view, SUBJECTS)
    for file in sorted((corpora / "pack-shots").rglob("*.jpg"))[::EVERY]:
        yield from _subject(View(file.stem, "photograph", _opened(file), None), PACKS)


def judged() -> dict[str, float]:
    """Overlap by name of the photographs whose matte a person did not find right."""
    lines = (Path(__file__).parent / "judged.txt").read_text("utf-8").splitlines()
    return {name: float(said) for name, said in (line.split() for line in lines if not line.startswith("#"))}


def _opened(file: Path) -> Bytes:
    with Image.open(file) as picture:
        return px.limited(np.asarray(picture.convert("RGB")), composed.SIDE)


def _subject(view: View, rooms: int) -> Iterator[View]:
    """Where it is whole, in rooms."""
    height, width = view.pixels.shape[:2]
    coverage = cleaned(drawn_to_edges(px.enlarge(view.settled, width, height), view.pixels, len(view.settled)))
    if view.agreed[1] > WHOLE and (coverage > 0.5).mean() > LEAST and not cut_sides(coverage):
        rgba = cutout(view.pixels, coverage).pixels
        alpha = rgba[..., 3].astype(np.float32) / 255
        yield from _in_rooms(Cut(view.thing, linear_of_bytes(rgba[..., :3]), alpha), rooms)


def _in_rooms(cut: Cut, many: int) -> Iterator[View]:
    for number in range(1, many + 1):
        yield _scene(cut, "sharp", number)


def _scene(cut: Cut, ground: str, number: int) -> View:
    scene = composed.of_cut(cut, ground, number)
    return View(cut.name, ground, scene.pixels, px.resize(scene.alpha, SIDE, SIDE) > 0.5)

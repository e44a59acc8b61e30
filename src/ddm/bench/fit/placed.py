"""Cut-outs in rooms -> how far fitting in changes their colours, and how much nearer they come to what is around them.

- dE: the median change of a subject's pixels, OKLab times 100: `median` and `worst` over all placings, and `within`,
  the share of placings where it is at most 5.
- before, after: mean distance of the subject's photograph to the room, in black, white, and the colour of greys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import process_time

import numpy as np

from ddm.bench.fit import Found
from ddm.bench.fit.edges import Cut, by_numbers
from ddm.bench.fit.photographs import interiors, opened, some, taken
from ddm.bench.fit.rivals import reinhard
from ddm.bench.pages import Case
from ddm.bench.perceive import composed
from ddm.colour import delta_e, oklab_of_bytes, srgb_of_linear
from ddm.derive.fitting.fitted import Taken, fit
from ddm.derive.fitting.looks import Look
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

CUTOUTS, ROOMS = 12, 6
SIDE = 600
"""Longer side of a cut-out as it is placed."""
HIGH = 0.62
"""Longer side of the thing, by the room's height."""
BOUND = 5.0
"""Change from which a product's colour is no longer surely known."""
NAMES = ("black", "white", "a", "b")


@dataclass(frozen=True)
class Placing:
    """A cut-out, as photographed on white, and a room."""

    name: str
    cut: Cut
    room: Bytes

    @cached_property
    def photograph(self) -> Bytes:
        return by_numbers(self.cut, np.full_like(self.cut.colours, 255))

    @cached_property
    def own(self) -> Taken:
        return taken(self.photograph)


def measure(corpora: Path, shown: bool = False) -> Found:
    rooms = [(file.stem, opened(file)) for file in some(interiors(), ROOMS)]
    rows, cases, spent = [], [], 0.0
    for placing in _placings(corpora, rooms):
        scene = taken(placing.room)
        start = process_time()
        fitted = fit(placing.photograph, placing.cut.alpha, placing.own, scene)
        spent += process_time() - start
        rows.append(_figures(placing, fitted, scene))
        if shown:
            cases.append(_case(placing, fitted, rows[-1]))
    return _summed(rows) | {"cpu_ms": 1000 * spent / len(rows), "placings": len(rows)}, tuple(cases)


def _placings(corpora: Path, rooms: Sequence[tuple[str, Bytes]]) -> Iterator[Placing]:
    """Each cut-out in two of the rooms."""
    for number, file in enumerate(composed.cutouts(corpora, CUTOUTS)):
        cut = _small(composed.load(file))
        for room in (number, number + ROOMS // 2):
            name, pixels = rooms[room % len(rooms)]
            yield Placing(f"{file.stem} in {name}", cut, pixels)


def _small(cut: composed.Cut) -> Cut:
    alpha = px.limited(cut.alpha, SIDE)
    colours = px.limited(cut.colours * cut.alpha[..., None], SIDE) / np.maximum(alpha, 1e-4)[..., None]
    return Cut((np.clip(srgb_of_linear(np.clip(colours, 0, 1)), 0, 1) * 255 + 0.5).astype(np.uint8), alpha)


def _figures(placing: Placing, fitted: Bytes, scene: Taken) -> dict[str, float]:
    """fitted: the whole photograph of the thing on its white ground."""
    inside = placing.cut.alpha > 0.5
    was, now = oklab_of_bytes(placing.photograph[inside]), oklab_of_bytes(fitted[inside])
    after = taken(fitted)
    return {
        "dE": float(np.median(delta_e(was, now))),
        **{f"before.{name}": _apart(placing.own.look, scene.look, name) for name in NAMES},
        **{f"after.{name}": _apart(after.look, scene.look, name) for name in NAMES},
    }


def _apart(own: Look, scene: Look, name: str) -> float:
    found: float = getattr(own, name) - getattr(scene, name)
    return abs(found)


def _summed(rows: Sequence[Mapping[str, float]]) -> dict[str, object]:
    changes = np.array([row["dE"] for row in rows])
    told = {"median": np.median(changes), "worst": changes.max(), "within": (changes <= BOUND).mean()}
    means = {name: float(np.mean([row[name] for row in rows])) for name in rows[0] if name != "dE"}
    return {"dE": {name: float(value) for name, value in told.items()}, **means}


def _case(placing: Placing, fitted: Bytes, figures: Mapping[str, float]) -> Case:
    """The thing in the room as it was photographed, fitted, and by Reinhard's way."""
    inside = placing.cut.alpha
    rival = reinhard(placing.photograph, inside, placing.room.reshape(-1, 3))
    ways = {"as it was": placing.photograph, "fitted": fitted, "reinhard": rival}
    return Case(placing.name, {way: _stood(pixels, inside, placing.room) for way, pixels in ways.items()}, figures)


def _stood(pixels: Bytes, alpha: Floats, room: Bytes) -> Bytes:
    """In the middle of the room, on its lower edge."""
    scale = HIGH * room.shape[0] / max(alpha.shape)
    width, height = round(alpha.shape[1] * scale), round(alpha.shape[0] * scale)
    small, cover = px.resize(pixels, width, height), px.resize(alpha, width, height)
    x, y = (room.shape[1] - width) // 2, room.shape[0] - height - round(0.04 * room.shape[0])
    found = room.copy()
    x, y = max(0, x), max(0, y)
    part = (slice(y, y + height), slice(x, x + width))
    under = found[part]
    kept = (slice(0, under.shape[0]), slice(0, under.shape[1]))
    found[part] = by_numbers(Cut(small[kept], cover[kept]), under)
    return found

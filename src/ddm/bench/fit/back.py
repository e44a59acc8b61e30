"""Photographs spoilt by known amounts -> how much of it fitting in undoes, against what is commonly done.

The photograph as it was is the scene. Another camera's shot of it gives the subject, which is put back where it was. So
that nothing but the camera is the same on both sides, the shot is judged by the half that holds the subject, the scene
by the other half. Figures, means over the photographs:

- dE: of the subject to itself as it was, OKLab times 100: `before`, and after each way. `as_it_was` is harm.
- grain, blur: of the subject against the same of itself unspoilt, as the logarithm of the ratio, without sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np

from ddm.bench.fit import Found
from ddm.bench.fit.photographs import Photograph, subjects, taken
from ddm.bench.fit.rivals import matched, reinhard
from ddm.bench.fit.spoiling import SPOILT, spoilt
from ddm.bench.pages import Case
from ddm.colour import delta_e, oklab_of_bytes
from ddm.derive.fitting.fitted import fit
from ddm.derive.fitting.optics import optics
from ddm.perceive.pixels import Bytes, Floats

OPTICAL = {"grainy": "grain", "soft": "blur"}
"""Ways of spoiling that colours do not tell, and what does."""
LEAST = 5e-4
"""Grain and blur below which there is none: logarithms need some."""
SHOWN = ("darker", "warm", "flat", "dim_and_warm", "soft")


@dataclass(frozen=True)
class Shot:
    """A photograph and another camera's shot of it."""

    photograph: Photograph
    kind: str
    other: Bytes


Way = Callable[[Shot], Bytes]


def _ours(shot: Shot) -> Bytes:
    photograph = shot.photograph
    near, far = photograph.halves
    return fit(shot.other, photograph.cover, taken(shot.other[near]), taken(photograph.pixels[far]))


def _around(shot: Shot) -> Bytes:
    """Pixels (n, 3) of the scene."""
    return shot.photograph.pixels[shot.photograph.cover < 0.05]


WAYS: Mapping[str, Way] = {
    "before": lambda shot: shot.other,
    "ours": _ours,
    "reinhard": lambda shot: reinhard(shot.other, shot.photograph.cover, _around(shot)),
    "histogram": lambda shot: matched(shot.other, shot.photograph.cover, _around(shot)),
}


def measure(corpora: Path, shown: bool = False) -> Found:
    """kind -> way -> figure; `left`: of all that spoils colours, the part left after each way; milliseconds of ours."""
    rows: dict[str, list[Mapping[str, float]]] = {kind: [] for kind in SPOILT}
    cases: list[Case] = []
    clock = Clock()
    for shot in _shots(corpora):
        done = {way: clock(make, shot) if way == "ours" else make(shot) for way, make in WAYS.items()}
        figures = {way: figure(shot, pixels) for way, pixels in done.items()}
        rows[shot.kind].append(figures)
        if shown and shot.kind in SHOWN:
            cases.append(_case(shot, done, figures))
    means = {kind: {way: float(np.mean([row[way] for row in found])) for way in WAYS} for kind, found in rows.items()}
    return {**means, "left": _left(means), "photographs": len(rows["darker"]), "cpu_ms": clock.mean}, tuple(cases)


class Clock:
    """Runs work and keeps its mean CPU milliseconds."""

    def __init__(self) -> None:
        self.spent: list[float] = []

    def __call__(self, way: Way, shot: Shot) -> Bytes:
        start = process_time()
        found = way(shot)
        self.spent.append(1000 * (process_time() - start))
        return found

    @property
    def mean(self) -> float:
        return float(np.mean(self.spent))


def _shots(corpora: Path) -> Iterator[Shot]:
    for photograph in subjects(corpora):
        for kind in SPOILT:
            yield Shot(photograph, kind, spoilt(photograph.pixels, kind, photograph.name))


def figure(shot: Shot, pixels: Bytes) -> float:
    """How far the subject is from itself as it was: dE, or the logarithm of grain's or blur's ratio."""
    cover, was = shot.photograph.cover, shot.photograph.pixels
    if shot.kind in OPTICAL:
        return abs(_optical(pixels, cover, OPTICAL[shot.kind]) - _optical(was, cover, OPTICAL[shot.kind]))
    inside = cover > 0.5
    return float(delta_e(oklab_of_bytes(pixels[inside]), oklab_of_bytes(was[inside])).mean())


def _optical(pixels: Bytes, cover: Floats, name: str) -> float:
    found = getattr(optics(np.ascontiguousarray(oklab_of_bytes(pixels)[..., 0]), cover), name)
    return float(np.log(max(found or LEAST, LEAST)))


def _left(means: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    kinds = [kind for kind in means if kind not in OPTICAL and SPOILT[kind]]
    return {way: sum(means[k][way] for k in kinds) / sum(means[k]["before"] for k in kinds) for way in WAYS}


def _case(shot: Shot, done: Mapping[str, Bytes], figures: Mapping[str, float]) -> Case:
    photograph = shot.photograph
    cover = photograph.cover[..., None]
    laid = {
        way: np.clip(photograph.pixels * (1 - cover) + pixels * cover + 0.5, 0, 255).astype(np.uint8)
        for way, pixels in done.items()
    }
    return Case(f"{photograph.name} {shot.kind}", {"as it was": photograph.pixels, **laid}, figures)

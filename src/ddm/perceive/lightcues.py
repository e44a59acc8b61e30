"""Lightness, colour and matte of a picture -> what in it may tell where the light comes from, as plain figures.

Shade along the outline by the direction it faces (after Johnson and Farid, "Exposing digital forgeries by detecting
inconsistencies in lighting", 2005), shade over the matte blown up to a relief, with the colours held apart, slow
slopes (Land and McCann, 1971), highlights, dark ground around and beneath, how the backdrop fades. Nothing is decided.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddm.perceive import pixels as px
from ddm.perceive.cutout import extent
from ddm.perceive.pixels import Floats, Mask

SIZE = 96
"""Longer side of the subject at which cues are taken: shade and shadow are wide, and texture is averaged away."""
ROOM = 48
"""Around it on each side, in the same pixels: shadows fall about half a length."""
SECTORS = 12
INSIDE, OUTSIDE = 0.6, 0.05
"""Coverage of what is surely subject, and of what is surely ground."""
SMALLEST = 60
"""Pixels of subject below which nothing can be said."""
SLOW = 0.035
"""Slope of lightness per pixel up to which it is shade and no edge."""
BRIGHT, SHINING = 0.04, 0.03
"""Part of the subject that is taken for its highlights, and how much lighter than the rest they must be."""


@dataclass(frozen=True, slots=True)
class Cues:
    """vectors: (n, 2), right and up. scalars: (n,). profiles: (n, SECTORS) by the clock, the first above."""

    vectors: Floats
    scalars: Floats
    profiles: Floats

    def mirrored(self) -> Cues:
        """Those of the mirrored picture."""
        turned = -np.arange(SECTORS) % SECTORS
        return Cues(self.vectors * [-1, 1], self.scalars, self.profiles[:, turned])

    def flat(self) -> Floats:
        return np.concatenate([self.vectors.ravel(), self.scalars, self.profiles.ravel()]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Field:
    """One picture cut around its subject: lab (h, w, 3), what is subject and what is ground, and the relief.

    normal: (h, w, 3) right, up, to the viewer. depth: distance to the outline, 0..1 of the deepest. near: distance of
    the ground to the subject, in pixels. x, y: place from the subject's centre, in its size, right and up.
    """

    lab: Floats
    subject: Mask
    ground: Mask
    normal: Floats
    depth: Floats
    near: Floats
    x: Floats
    y: Floats


def cues(lab: Floats, coverage: Floats) -> Cues | None:
    """From OKLab (h, w, 3) and coverage (h, w); None where there is too little of a subject."""
    if (coverage > INSIDE).sum() < SMALLEST:
        return None
    around = _cut(lab, coverage)
    if (around[1] > INSIDE).sum() < SMALLEST:
        return None
    field = _field(*around)
    vectors, scalars, profiles = zip(_shade(field), _relief(field), _ground(field), strict=True)
    return Cues(*(np.nan_to_num(np.concatenate(part)).astype(np.float32) for part in (vectors, scalars, profiles)))


def _field(lab: Floats, coverage: Floats, known: Floats) -> _Field:
    subject, ground = coverage > INSIDE, (coverage < OUTSIDE) & (known > 0.5)
    away = px.distance(subject)
    deepest = max(2.0, float(away.max()))
    inward = np.clip(away / (0.7 * deepest), 0, 1)
    height = px.blur((0.7 * deepest * np.sqrt(1 - (1 - inward) ** 2)).astype(np.float32), 1.5)
    right, down = _slopes(height)
    normal = np.stack([-right, down, np.ones_like(height)], -1)
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    rows, columns = np.mgrid[: len(lab), : lab.shape[1]].astype(np.float32)
    x, y = (columns - columns[subject].mean()) / SIZE, (rows[subject].mean() - rows) / SIZE
    return _Field(px.blur(lab, 0.8), subject, ground, normal, away / deepest, px.distance(coverage < INSIDE), x, y)


def _cut(lab: Floats, coverage: Floats) -> tuple[Floats, Floats, Floats]:
    """Both around the subject, SIZE plus ROOM on each side, and where the picture is known."""
    left, top, right, bottom = extent(coverage > INSIDE)
    scale = SIZE / max(right - left, bottom - top)
    around = round(ROOM / scale)
    height, width = coverage.shape
    rows, columns = slice(max(0, top - around), bottom + around), slice(max(0, left - around), right + around)
    beyond = (around - top, bottom + around - height), (around - left, right + around - width)
    pads = tuple((max(0, round(one * scale)), max(0, round(other * scale))) for one, other in beyond)
    seen, cover = (_scaled(plane[rows, columns], scale) for plane in (lab, coverage))
    known = np.ones_like(cover)
    return np.pad(seen, (*pads, (0, 0)), mode="edge"), np.pad(cover, pads), np.pad(known, pads)


def _scaled(part: Floats, scale: float) -> Floats:
    height, width = (max(1, round(n * scale)) for n in part.shape[:2])
    return px.by_halves(np.ascontiguousarray(part, np.float32), width, height)


def _slopes(plane: Floats) -> tuple[Floats, Floats]:
    return px.slope(plane), np.ascontiguousarray(px.slope(np.ascontiguousarray(plane.T)).T)


_Part = tuple[Floats, Floats, Floats]
"""vectors (n, 2), scalars (m,), profiles (k, SECTORS)"""


def _shade(field: _Field) -> _Part:
    """Along the outline by where it faces: lightness, its slope outwards; and over the subject by sector."""
    light = field.lab[..., 0]
    middle = float(np.median(light[field.subject]))
    rim = field.subject & (field.depth > 0.04) & (field.depth < 0.45)
    across, up = field.normal[..., 0][rim], field.normal[..., 1][rim]
    facing, tilt = _sector(across, up), np.hypot(across, up)
    right, down = _slopes(light)
    outward = (right[rim] * across - down[rim] * up) / np.maximum(tilt, 0.05)
    slow = np.hypot(right, down) < SLOW
    inside = field.subject & (field.depth > 0.1)
    profiles = np.stack(
        [
            _means(facing, light[rim] - middle, tilt),
            _means(facing, np.clip(outward, -SLOW, SLOW) / SLOW, tilt * slow[rim]),
            _shares(facing, tilt),
            _means(_sector(field.x[inside], field.y[inside]), light[inside] - middle),
        ]
    )
    drift = np.array([_mean(right[inside & slow]), -_mean(down[inside & slow])]) / SLOW * 4
    scalars = np.array([_mean(slow[inside]), _mean(light[rim]) - middle, middle, rim.sum() / field.subject.sum()])
    return drift[None], scalars, profiles


def _relief(field: _Field) -> _Part:
    """Lightness fitted by the relief's directions, with and without the colours, by place; and where it shines."""
    inside = field.subject & (field.depth > 0.03)
    lab, normal = field.lab[inside], field.normal[inside]
    light, one = lab[:, 0], np.ones(int(inside.sum()), np.float32)
    colours = np.stack([lab[:, 1], lab[:, 2], np.hypot(lab[:, 1], lab[:, 2]), one], 1)
    fits = [
        _fit(np.column_stack([normal, one]), light),
        _fit(np.column_stack([normal, colours]), light),
        _fit(np.column_stack([field.x[inside], field.y[inside], one]), light),
        _fit(np.column_stack([normal, field.x[inside], field.y[inside], colours]), light),
    ]
    vectors = np.stack([fit[0][:2] for fit in fits] + [fits[3][0][3:5], _highlight(light, normal)])
    chroma = float(np.hypot(lab[:, 1], lab[:, 2]).mean())
    clipped = float((light > 0.985).mean())
    scalars = np.array([*(fit[1] for fit in fits), fits[0][0][2], fits[1][0][2], light.std(), chroma, clipped])
    return vectors, scalars, np.zeros((0, SECTORS))


def _highlight(light: Floats, normal: Floats) -> Floats:
    """Mean direction of what shines."""
    level = float(np.quantile(light, 1 - BRIGHT))
    strength = np.clip((level - float(np.median(light))) / SHINING - 1, 0, 1)
    mean: Floats = normal[light >= level, :2].mean(0) * strength
    return mean


def _fit(inputs: Floats, target: Floats) -> tuple[Floats, float]:
    """Least squares, again with what fitted ill counting less (Cauchy's weights); and what it explains, 0..1."""
    weights = np.ones(len(target), np.float32)
    found = np.zeros(inputs.shape[1], np.float32)
    for _ in range(3):
        weighted = inputs * weights[:, None]
        square = weighted.T @ inputs + 1e-4 * len(target) * np.eye(inputs.shape[1], dtype=np.float32)
        found = np.linalg.solve(square, weighted.T @ target)
        missed = target - inputs @ found
        spread = max(1e-3, float(np.median(np.abs(missed))))
        weights = (1 / (1 + (missed / (2 * spread)) ** 2)).astype(np.float32)
    return found, float(1 - np.median(np.abs(missed)) / max(1e-3, float(np.median(np.abs(target - np.median(target))))))


def _ground(field: _Field) -> _Part:
    """How the backdrop fades, and where around the subject, and around its foot, the ground is darker than that."""
    ground = field.ground & (field.near > 2)
    if ground.sum() < SMALLEST:
        return np.zeros((4, 2)), np.zeros(8), np.zeros((6, SECTORS))
    light = field.lab[..., 0]
    far = ground & (field.near > 0.5 * float(field.near[ground].max()))
    fade, explained = _fit(np.column_stack([field.x[far], field.y[far], np.ones(int(far.sum()))]), light[far])
    dark = np.clip(fade[2] + fade[0] * field.x + fade[1] * field.y - light, -0.2, 0.5).astype(np.float32)
    foot = float(field.y[field.subject].min())
    x, y, near, there = field.x[ground], field.y[ground], field.near[ground], dark[ground]
    around, beneath = _sector(x, y), _sector(x, y - foot)
    steep = px.gradient(dark)[ground]
    close, low = near < 0.16 * SIZE, np.hypot(x, y - foot) < 0.7
    profiles = np.stack(
        [
            _means(around, there, close * 1.0),
            _means(around, there, ~close * 1.0),
            _means(beneath, there, low * 1.0),
            _means(around, steep * 10, close * 1.0),
            _means(around, np.maximum(there, 0), np.maximum(there, 0)),
            _shares(around, close * 1.0),
        ]
    )
    weight = np.maximum(there - 0.015, 0)
    total = float(weight.sum()) + 1e-3
    centre, below = (np.array([(x * weight).sum(), ((y - h) * weight).sum()]) / total for h in (0.0, foot))
    strong = centre * min(1.0, total / 20)
    scalars = np.array(
        [
            explained,
            min(2.0, total / 200),
            *np.quantile(there, (0.5, 0.95, 0.99)),
            float(np.quantile(steep, 0.99)) / max(0.02, float(np.quantile(there, 0.98))),
            float(there[near > 4].std()) if (near > 4).any() else 0.0,
            float((near * weight).sum()) / total / SIZE,
        ]
    )
    return np.stack([fade[:2], centre, below, strong]), scalars, profiles


def _sector(x: Floats, y: Floats) -> np.ndarray:
    """By the clock, the first around straight above."""
    found: np.ndarray = np.round(np.arctan2(x, y) / (2 * np.pi) * SECTORS).astype(np.int64) % SECTORS
    return found


def _mean(values: Floats | Mask) -> float:
    """0 of nothing: a subject too thin for an inside, or without a slow part."""
    return float(values.mean()) if values.size else 0.0


def _means(sector: np.ndarray, values: Floats, weights: Floats | None = None) -> Floats:
    """Of the values in each sector, drawn to 0 where there are few."""
    weights = np.ones(len(values)) if weights is None else weights
    total = np.bincount(sector, weights, SECTORS)
    found: Floats = np.bincount(sector, weights * values, SECTORS) / (total + 8)
    return found


def _shares(sector: np.ndarray, weights: Floats) -> Floats:
    total = np.bincount(sector, weights, SECTORS)
    found: Floats = total / max(1e-6, float(total.sum()))
    return found

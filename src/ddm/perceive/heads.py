"""Pixels, embedding, persons and faces -> what small trained heads say: scene, collage; and what was laid over it.

The weights lie beside this file; `training/` makes them and says what from. Two layers: `cells` looks at each 16 pixels
of a trunk's map for seams; then each head looks at how they lie, at measured clues, and (for the scene) at the
embedding and what detectors found. Whether there are marks, and where, a network of its own says (`overlaid`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from ddm.errors import InputError
from ddm.perceive import overlaid
from ddm.perceive.clues import clues
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.schema import SCENES
from ddm.perceive.texture import Texture, texture
from ddm.perceive.things import CONFIDENT

OUTPUTS: dict[str, tuple[str, ...]] = {
    "scene": SCENES,
    "collage": ("collage",),
}
"""Heads and what they give: the chances of words that exclude one another, or one chance."""
PARTS = ("mean", "scale", "first", "first_bias", "second", "second_bias", "temperature")
"""Arrays of each network in the file of weights, `NAME.PART`."""
TOPS = (0.01, 0.03, 0.1, 0.3)
"""Parts of the cells, the highest first, whose means are looked at."""


@dataclass(frozen=True, slots=True)
class Layers:
    """A network of one hidden layer: mean and scale of the inputs, two weights with biases, and a temperature."""

    mean: Floats
    scale: Floats
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats
    temperature: float = 1.0

    def __call__(self, inputs: Floats) -> Floats:
        """Logits (n, outputs) of inputs (n, features), over the temperature."""
        hidden = np.maximum(0, (inputs - self.mean) * self.scale @ self.first + self.first_bias)
        found: Floats = (hidden @ self.second + self.second_bias) / self.temperature
        return found


@dataclass(frozen=True, slots=True)
class Judged:
    """scene: chance of each word of SCENES. watermark, collage, logo: that there is one. logos: where they lie."""

    scene: Mapping[str, float]
    watermark: float
    collage: float
    logo: float
    logos: tuple[Element, ...]


@cache
def _archive() -> dict[str, Floats]:
    data = files("ddm.perceive").joinpath("heads.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as archive:
        return {name: archive[name].astype(np.float32) for name in archive.files}


@cache
def version() -> str:
    """Of all weights: the beginning of a SHA-256."""
    data = files("ddm.perceive").joinpath("heads.npz").read_bytes()
    return hashlib.sha256(data + overlaid.version().encode()).hexdigest()[:12]


@cache
def layers(name: str) -> Layers:
    """The network of a head, or of the cells. InputError where the weights do not hold it."""
    try:
        *values, temperature = [_archive()[f"{name}.{part}"] for part in PARTS]
    except KeyError as error:
        raise InputError(f"the weights of the heads lack {error}", "heads.npz", "install the package anew") from error
    mean, scale, first, first_bias, second, second_bias = values
    return Layers(mean, scale, first, first_bias, second, second_bias, float(temperature))


def look(seen: Texture, pixels: Bytes) -> Floats:
    """float32 (n,): what the heads look at, of uint8 (h, w, 3) sRGB and its texture."""
    ratio = float(np.log(pixels.shape[1] / pixels.shape[0]))
    return looked(seen.cells, clues(pixels), ratio, layers("cells"))


def looked(channels: Floats, measured: Floats, ratio: float, cells: Layers) -> Floats:
    """The same from its parts, for training: a texture's cells, `clues`, logarithm of width over height, a network."""
    height, width, count = channels.shape
    flat = channels.reshape(-1, count)
    seams = overlaid.sigmoid(cells(around(channels))).reshape(height, width)
    common = np.concatenate([_pooled(seams), [ratio], measured, flat.mean(0), flat.std(0), flat.max(0)])
    return common.astype(np.float32)


def around(channels: Floats) -> Floats:
    """float32 (h * w, 2 * channels): each cell of a map (h, w, channels), and the mean of it and its neighbours."""
    height, width, count = channels.shape
    padded = np.pad(channels, ((1, 1), (1, 1), (0, 0)), mode="edge")
    near = sum(padded[y : y + height, x : x + width] for y in range(3) for x in range(3)) / 9
    found: Floats = np.concatenate([channels, near], -1).reshape(height * width, 2 * count)
    return found


def _pooled(plane: Floats) -> list[float]:
    """How the chances of seams lie: means of the highest, the middle, along the rim, and along whole lines."""
    order = np.sort(plane.ravel())[::-1]
    tops = [float(order[: max(1, round(len(order) * part))].mean()) for part in TOPS]
    rim = max(1, min(plane.shape) // 5)
    inner = plane[rim:-rim, rim:-rim]
    outer = plane.copy()
    outer[rim:-rim, rim:-rim] = 0
    columns, rows = (np.sort(plane.mean(axis))[::-1] for axis in (0, 1))
    whole = [float(order.mean()), float((plane > 0.5).mean()), float(order[len(order) // 2])]
    lines = [float(v) for v in (*columns[:2], *rows[:2], np.median(columns), np.median(rows))]
    return [*tops, *whole, float(inner.max(initial=0)), float(outer.max()), float(outer.mean()), *lines]


def things_seen(persons: Sequence[Element], faces: Sequence[Element]) -> Floats:
    """float32 (8,): how many persons and faces, how sure, how large, and how much of the picture they cover."""
    both = [
        (float(len(found)), max((one.score for one in found), default=0.0), *_areas(found))
        for found in (persons, faces)
    ]
    return np.array([min(value, 5.0) for part in both for value in part], np.float32)


def _areas(found: Sequence[Element]) -> tuple[float, float]:
    areas = [one.box.area for one in found]
    return max(areas, default=0.0), min(1.0, sum(areas))


def inputs(head: str, common: Floats, embedding: Floats, seen: Floats) -> Floats:
    """Features (n,) of one head; common: as `look` gives them."""
    return np.concatenate([common, seen, 36 * embedding]) if head == "scene" else common


def chances(head: str, common: Floats, embedding: Floats, seen: Floats) -> Floats:
    """(outputs,) of one head: a distribution over words, or one chance."""
    logits = layers(head)(inputs(head, common, embedding, seen)[None])[0]
    if len(OUTPUTS[head]) == 1:
        return overlaid.sigmoid(logits)
    powers = np.exp(logits - logits.max())
    found: Floats = powers / powers.sum()
    return found


def doubted(found: Sequence[Element], scene: Mapping[str, float]) -> tuple[Element, ...]:
    """Things, the persons less sure by the chance that the scene is a flat lay, or left out: laid out, with arms and
    legs but nobody in it, a garment passes for one (before: three in ten garments; after: one in a hundred)."""
    nobody = scene["flat-lay"]
    weighed = (replace(one, score=round(one.score * (1 - nobody), 4)) if one.kind == "person" else one for one in found)
    return tuple(one for one in weighed if one.score >= CONFIDENT)


def judge(pixels: Bytes, embedding: Floats, persons: Sequence[Element], faces: Sequence[Element]) -> Judged:
    """All heads over one picture, uint8 (h, w, 3) sRGB; embedding as `classify` gives it."""
    looked_at, seen = texture(pixels), things_seen(persons, faces)
    common, marks = look(looked_at, pixels), overlaid.look(looked_at, pixels)
    given = {head: chances(head, common, embedding, seen) for head in OUTPUTS}
    scene = dict(zip(SCENES, map(float, given["scene"]), strict=True))
    return Judged(scene, marks.watermark, float(given["collage"][0]), marks.logo, marks.logos)

"""Pixels, embedding, persons and faces -> what small trained heads say: scene, watermark, collage, logos.

The weights lie beside this file; `training/` makes them and says what from. Two layers: `cells` looks at each 16 pixels
of a trunk's map for marks and seams; then each head looks at how its cells lie, at measured clues, and (for the scene)
at the embedding and what detectors found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from ddm import models
from ddm.errors import InputError
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.clues import clues
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.schema import SCENES

SIDE = 448
"""Longer side looked at: a line of a thirtieth of the picture is still 15 pixels high."""
CELL = 16
"""Pixels per cell of the map."""
CELLS = ("watermark", "logo", "seam")
"""What each cell is judged for, in the order of the outputs."""
OUTPUTS: dict[str, tuple[str, ...]] = {
    "scene": SCENES,
    "watermark": ("watermark",),
    "collage": ("collage",),
    "logo": ("logo",),
}
"""Heads and what they give: the chances of words that exclude one another, or one chance."""
PARTS = ("mean", "scale", "first", "first_bias", "second", "second_bias", "temperature")
"""Arrays of each network in the file of weights, `NAME.PART`."""
TOPS = (0.01, 0.03, 0.1, 0.3)
"""Parts of the cells, the highest first, whose means are looked at."""
MARK, SURE = 0.5, 0.5
"""Chance from which a cell belongs to a logo, and from which a picture has one."""
LEAST = 2
"""Cells of a logo: less is a speck."""
BIG = 0.2
"""Part of the picture from which it is no logo but a plate or the product itself."""


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
class Looked:
    """One picture as the heads see it. chances: float32 (h, w, 3), of CELLS. common: features of the whole picture.

    highest: float32 (3, n), of each kind of cell: logits of the means of the highest, inside and along the rim.
    """

    chances: Floats
    common: Floats
    highest: Floats


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
    """Of the weights: the beginning of their file's SHA-256."""
    return hashlib.sha256(files("ddm.perceive").joinpath("heads.npz").read_bytes()).hexdigest()[:12]


@cache
def layers(name: str) -> Layers:
    """The network of a head, or of the cells. InputError where the weights do not hold it."""
    try:
        *values, temperature = [_archive()[f"{name}.{part}"] for part in PARTS]
    except KeyError as error:
        raise InputError(f"the weights of the heads lack {error}", "heads.npz", "install the package anew") from error
    mean, scale, first, first_bias, second, second_bias = values
    return Layers(mean, scale, first, first_bias, second, second_bias, float(temperature))


def map_of(pixels: Bytes) -> Floats:
    """float32 (h, w, 192): the trunk's channels of each cell, of uint8 (h, w, 3) sRGB of any size."""
    scale = SIDE / max(pixels.shape[:2])
    height, width = (max(2, round(n * scale / CELL)) * CELL for n in pixels.shape[:2])
    blob = (px.resize(pixels, width, height).astype(np.float32) - 127) / 128
    session = models.session("efficientnet-lite0-trunk")
    fine, middle = session.run(["fine", "middle"], {"image": blob.transpose(2, 0, 1)[None]})
    quads = fine[0].reshape(fine.shape[1], height // CELL, 2, width // CELL, 2)
    channels = np.concatenate([middle[0], quads.mean((2, 4)), quads.max((2, 4))])
    return np.ascontiguousarray(channels.transpose(1, 2, 0))


def sigmoid(logits: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return found


def look(pixels: Bytes) -> Looked:
    """What the heads look at, of uint8 (h, w, 3) sRGB."""
    ratio = float(np.log(pixels.shape[1] / pixels.shape[0]))
    return looked(map_of(pixels), clues(pixels), ratio, layers("cells"))


def looked(channels: Floats, measured: Floats, ratio: float, cells: Layers) -> Looked:
    """The same from its parts, for training: `map_of`, `clues`, logarithm of width over height, the cells' network."""
    height, width, count = channels.shape
    flat = channels.reshape(-1, count)
    found = sigmoid(cells(around(channels))).reshape(height, width, len(CELLS)).astype(np.float32)
    pooled = [value for plane in np.moveaxis(found, -1, 0) for value in _pooled(plane)]
    common = np.concatenate([pooled, [ratio], measured, flat.mean(0), flat.std(0), flat.max(0)])
    highest = np.array([_highest(plane) for plane in np.moveaxis(found, -1, 0)], np.float32)
    return Looked(found, common.astype(np.float32), highest)


def around(channels: Floats) -> Floats:
    """float32 (h * w, 2 * channels): each cell of a map (h, w, channels), and the mean of it and its neighbours."""
    height, width, count = channels.shape
    padded = np.pad(channels, ((1, 1), (1, 1), (0, 0)), mode="edge")
    near = sum(padded[y : y + height, x : x + width] for y in range(3) for x in range(3)) / 9
    found: Floats = np.concatenate([channels, near], -1).reshape(height * width, 2 * count)
    return found


def _highest(plane: Floats) -> list[float]:
    order = np.sort(plane.ravel())[::-1]
    rim = max(1, min(plane.shape) // 5)
    outer = plane.copy()
    outer[rim:-rim, rim:-rim] = 0
    values = [float(order[: max(1, round(len(order) * part))].mean()) for part in TOPS[:3]]
    clipped = np.clip([*values, float(outer.max())], 1e-4, 1 - 1e-4)
    return [float(v) for v in np.log(clipped / (1 - clipped))]


def _pooled(plane: Floats) -> list[float]:
    """How the chances of one kind lie: means of the highest, the middle, along the rim, and along whole lines."""
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


def inputs(head: str, looked: Looked, embedding: Floats, seen: Floats) -> Floats:
    """Features (n,) of one head. Marks are told by their cells alone: more than that learns the pictures by heart."""
    if head in CELLS:
        own: Floats = looked.highest[CELLS.index(head)]
        return own
    return np.concatenate([looked.common, seen, 36 * embedding]) if head == "scene" else looked.common


def chances(head: str, looked: Looked, embedding: Floats, seen: Floats) -> Floats:
    """(outputs,) of one head: a distribution over words, or one chance."""
    logits = layers(head)(inputs(head, looked, embedding, seen)[None])[0]
    if len(OUTPUTS[head]) == 1:
        return sigmoid(logits)
    powers = np.exp(logits - logits.max())
    found: Floats = powers / powers.sum()
    return found


def judge(pixels: Bytes, embedding: Floats, persons: Sequence[Element], faces: Sequence[Element]) -> Judged:
    """All heads over one picture, uint8 (h, w, 3) sRGB; embedding as `classify` gives it."""
    looked, seen = look(pixels), things_seen(persons, faces)
    given = {head: chances(head, looked, embedding, seen) for head in OUTPUTS}
    scene = dict(zip(SCENES, map(float, given["scene"]), strict=True))
    marked = float(given["logo"][0])
    return Judged(
        scene,
        float(given["watermark"][0]),
        float(given["collage"][0]),
        marked,
        logos(looked.chances[..., CELLS.index("logo")], marked) if marked >= SURE else (),
    )


def logos(plane: Floats, sure: float) -> tuple[Element, ...]:
    """Where logos lie: groups of cells that belong to one, largest chance first; the best group even if it is faint."""
    for floor in (MARK, 0.5 * float(plane.max())):
        labels, _ = px.components(plane >= floor)
        groups = [labels == index for index in range(1, int(labels.max()) + 1)]
        found = [_logo(group, plane, sure) for group in groups if LEAST <= group.sum() < BIG * plane.size]
        if found:
            return tuple(sorted(found, key=lambda one: -one.score))
    return ()


def _logo(group: np.ndarray, plane: Floats, sure: float) -> Element:
    rows, columns = np.flatnonzero(group.any(1)), np.flatnonzero(group.any(0))
    height, width = plane.shape
    box = Box.of_edges(columns[0] / width, rows[0] / height, (columns[-1] + 1) / width, (rows[-1] + 1) / height)
    return Element("logo", box, round(sure * float(plane[group].max()), 4))

"""Pixels -> persons and objects of 80 classes, by NanoDet (Lyu, "NanoDet-Plus", 2021; classes of COCO)."""

from __future__ import annotations

from importlib.resources import files

import numpy as np

from ddm import models
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.perception import Element, ElementKind
from ddm.perceive.pixels import Bytes, Floats

SIDE = 416
"""The network's one size; pictures are padded to a square, so that things keep their shape."""
STRIDES = (8, 16, 32)
BINS = 11
"""A side's distance is a distribution over so many steps of a stride (Li et al., "Generalized Focal Loss", 2020)."""
MEAN, DEVIATION = (103.53, 116.28, 123.675), (57.375, 57.12, 58.395)
"""Of ImageNet in bytes, blue first: as it was trained."""
CONFIDENT = 0.4
"""Least score: below, hands are bananas. A person in a photograph is seldom under 0.6."""
OVERLAP = 0.5
"""Boxes of one class with more intersection over union than this show the same thing."""
MOST = 50
"""Things of one picture: crowds and shelves need no more."""


def names() -> tuple[str, ...]:
    """The 80 classes in the order of the outputs; the first is the person."""
    return tuple(files("ddm.perceive").joinpath("things.txt").read_text("utf-8").split("\n")[:80])


def things(pixels: Bytes) -> tuple[Element, ...]:
    """Persons and objects in uint8 (h, w, 3) sRGB, most certain first; boxes in fractions, label = class."""
    scale = SIDE / max(pixels.shape[:2])
    height, width = (max(1, round(n * scale)) for n in pixels.shape[:2])
    blob = np.zeros((1, 3, SIDE, SIDE), np.float32)  # around the picture its mean
    blob[..., :height, :width] = px.blob(px.resize(pixels, width, height)[..., ::-1], MEAN, DEVIATION)
    session = models.session("nanodet")
    found = session.run(None, {session.input: blob})
    scores = np.concatenate([part[0] for part in found[:3]])
    edges = np.concatenate([_edges(part[0], step) for part, step in zip(found[3:], STRIDES, strict=True)])
    clipped = np.clip(edges, 0, (width, height, width, height)) / (width, height, width, height)
    return _kept(scores, clipped)


def _edges(distances: Floats, step: int) -> Floats:
    """left, top, right, bottom in the network's pixels, of each cell of one stride."""
    bins = distances.reshape(-1, 4, BINS)
    powers = np.exp(bins - bins.max(-1, keepdims=True))
    reach = (powers / powers.sum(-1, keepdims=True)) @ np.arange(BINS) * step
    y, x = (np.mgrid[: SIDE // step, : SIDE // step].reshape(2, -1) + 0.5) * step
    found: Floats = np.stack([x - reach[:, 0], y - reach[:, 1], x + reach[:, 2], y + reach[:, 3]], -1)
    return found


def _kept(scores: Floats, edges: Floats) -> tuple[Element, ...]:
    """What is sure, without those that show what a surer one of its class shows already."""
    labels = names()
    rows, classes = np.nonzero(scores >= CONFIDENT)
    kept: list[Element] = []
    for at in np.argsort(-scores[rows, classes], kind="stable"):
        label, box = labels[classes[at]], Box.of_edges(*(round(float(v), 5) for v in edges[rows[at]]))
        if box.area > 0 and all(one.label != label or _overlap(one.box, box) < OVERLAP for one in kept):
            kind: ElementKind = "person" if classes[at] == 0 else "object"
            kept.append(Element(kind, box, round(float(scores[rows[at], classes[at]]), 4), label))
        if len(kept) == MOST:
            break
    return tuple(kept)


def _overlap(one: Box, other: Box) -> float:
    common = one.intersection(other).area
    return common / max(1e-9, one.area + other.area - common)

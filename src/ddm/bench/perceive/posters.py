"""Designers' posters with the boxes of their copy -> pictures whose text, and whose places for copy, are known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from ddm.errors import InputError
from ddm.geometry import Box
from ddm.perceive.pixels import Bytes

LISTS = ("ps_valid.txt", "train.txt")
"""Each line: number, picture, JSON, and where there is one the picture with its copy removed, between tabs."""


@dataclass(frozen=True)
class Poster:
    """picture: uint8 (h, w, 3) sRGB. bare: the same without its copy, made by hand; None where nobody made one.

    boxes: of the copy, in fractions of the picture, by line. readings: of each, in the same order.
    """

    name: str
    picture: Bytes
    bare: Bytes | None
    boxes: tuple[Box, ...]
    readings: tuple[str, ...]


def posters(corpora: Path) -> Iterator[Poster]:
    """All of them, in the order of the lists. InputError where there are none."""
    folder = corpora / "posters"
    if not any((folder / name).is_file() for name in LISTS):
        raise InputError("the designers' posters are not there", str(folder), f"a folder with {' and '.join(LISTS)}")
    for name in LISTS:
        for line in (folder / name).read_text("utf-8").splitlines():
            yield _poster(folder, line.split("\t"))


def half(name: str) -> str:
    """'tuned' or 'held': by the name alone, so that no one chooses."""
    return ("tuned", "held")[hashlib.sha256(name.encode()).digest()[0] % 2]


def _poster(folder: Path, parts: Sequence[str]) -> Poster:
    told = json.loads(parts[2])
    picture = _opened(folder / parts[1])
    height, width = picture.shape[:2]
    edges = ([int(n) for n in box.split(",")] for box in told["mask"].split(";") if box)
    boxes = (Box.of_edges(left, top, right, bottom) for left, right, top, bottom in edges)
    readings = (row.rsplit(",", 2)[0] for row in told["place"]["obj"].split(";") if row)
    bare = _opened(folder / parts[3]) if len(parts) > 3 else None
    return Poster(parts[1], picture, bare, tuple(box.scaled(1 / width, 1 / height) for box in boxes), tuple(readings))


def _opened(path: Path) -> Bytes:
    return np.asarray(Image.open(path).convert("RGB"))

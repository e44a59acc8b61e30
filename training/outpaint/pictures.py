"""Photographs of the corpora and of packages -> one archive of small pictures, each on the side of training or not.

What is held back is told by the hash of a picture's name, as everywhere (`ddm.bench.perceive.pictures.held`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ddm.bench.perceive.pictures import Real, held, real
from ddm.perceive import pixels as px
from ddm.perceive.decode import decode

SIDE = 384
"""Longer side kept: three times the canvas of the shortest training, so that crops are sharp."""
SHARES = {
    "garments": 0.45,
    "interiors": 0.22,
    "vendure": 0.15,
    "plasma-wallpapers": 0.04,
    "mate-backgrounds": 0.04,
    "lomiri-16": 0.02,
    "lomiri-20": 0.01,
    "tuxpaint-data": 0.03,
    "scikit-image": 0.01,
    "opencv-doc": 0.03,
}
"""How often each set is drawn from: a tenth of the pictures are rooms and products, yet most of the use is theirs."""
PHOTOGRAPHED = re.compile(r"(aero|aloe|apple|building|butterfly|fruits|home|leuvenA|messi|orange|squirrel|stuff)")
"""Of the samples of OpenCV: the rest are drawings and chessboards."""


@dataclass(frozen=True)
class Archive:
    """Many pictures in one flat file. flat: uint8, all pixels in turn. rows: start, height, width, set, held (n, 5)."""

    flat: npt.NDArray[np.uint8]
    rows: npt.NDArray[np.int64]
    sets: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def picture(self, index: int) -> npt.NDArray[np.uint8]:
        """uint8 (h, w, 3) sRGB."""
        start, height, width = (int(n) for n in self.rows[index, :3])
        return self.flat[start : start + 3 * height * width].reshape(height, width, 3)

    def side(self, held_back: bool) -> dict[str, npt.NDArray[np.int64]]:
        """Numbers of the pictures of each set that are, or are not, held back; sets without any are left out."""
        chosen = {
            name: np.flatnonzero((self.rows[:, 3] == number) & (self.rows[:, 4] == held_back))
            for number, name in enumerate(self.sets)
        }
        return {name: numbers for name, numbers in chosen.items() if len(numbers)}

    @cached_property
    def counts(self) -> dict[str, tuple[int, int]]:
        """Of each set, pictures to train on and held back."""
        fit, kept = self.side(False), self.side(True)
        return {name: (len(fit.get(name, ())), len(kept.get(name, ()))) for name in self.sets}


def photographs(corpora: Path) -> Iterator[tuple[str, str, Path, bool]]:
    """Set, name, file and whether it is held back: every garment, and what else is a photograph with a ground."""
    garments = corpora / "garments"
    for path in sorted(garments.rglob("*.jpg")):
        name = f"{path.parent.name}/{path.stem}"
        yield "garments", name, path, held(name)
    for each in real(corpora):
        if each.set in SHARES and each.set != "garments" and _wanted(each):
            yield each.set, each.name, each.path, each.held


def _wanted(each: Real) -> bool:
    return each.set != "opencv-doc" or bool(PHOTOGRAPHED.search(each.name))


def gather(corpora: Path, into: Path) -> Archive:
    """Reads every photograph once and keeps it small, in `into`.npy and `into`.npz."""
    sets = tuple(SHARES)
    pictures, rows, start = [], [], 0
    for name, _, path, kept in photographs(corpora):
        found = decode(path.read_bytes(), path.name, side=2 * SIDE)
        if found.alpha is not None:
            continue
        small = px.limited(found.pixels, SIDE)
        rows.append((start, *small.shape[:2], sets.index(name), kept))
        pictures.append(small.reshape(-1))
        start += small.size
    np.save(into.with_suffix(".npy"), np.concatenate(pictures))
    np.savez(into.with_suffix(".npz"), rows=np.array(rows, np.int64))
    return archive(into)


def archive(at: Path) -> Archive:
    """What `gather` kept; pixels are read when they are looked at."""
    with np.load(at.with_suffix(".npz")) as kept:
        rows = kept["rows"]
    return Archive(np.load(at.with_suffix(".npy"), mmap_mode="r"), rows, tuple(SHARES))

"""Photographs with and without a shadow -> how surely it is found, how exactly kept, and what is left when removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from ddm.bench.pages import Case
from ddm.bench.perceive import Measured
from ddm.bench.shadow.marked import Photograph
from ddm.derive.shading.baked import SURE, Baked, baked
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

DARK = 0.04
"""Cover from which a place is in shadow, to be judged as kept or removed."""
FREE = 0.02
"""Coverage up to which the ground is seen."""


class Found(NamedTuple):
    """What was found in a photograph with its shadow, and in the same one without."""

    photograph: Photograph
    there: Baked
    absent: Baked


def found(photograph: Photograph) -> Found:
    return Found(photograph, *(baked(p, photograph.matte) for p in (photograph.pixels, photograph.clear)))


def figures(all_: Iterable[Found]) -> Measured:
    """auc: how often a photograph with a shadow is thought likelier to have one than one without. Errors on a screen,
    0..1, where there is a shadow; `nothing`: had none been found at all."""
    rows = list(all_)
    there, absent = (np.array([f.there.sure for f in rows]), np.array([f.absent.sure for f in rows]))
    right, wrong = (there >= SURE).sum(), (absent >= SURE).sum()
    kept, none, left = zip(*filter(None, map(_errors, rows)), strict=True)
    return {
        "auc": float(((there[:, None] > absent) + 0.5 * (there[:, None] == absent)).mean()),
        "precision": float(right / max(1, right + wrong)),
        "recall": float(right / len(rows)),
        "kept_error": float(np.mean(kept)),
        "left_when_removed": float(np.mean(left)),
        "nothing": float(np.mean(none)),
        "photographs": 2 * len(rows),
    }


def _errors(row: Found) -> tuple[float, float, float] | None:
    """Mean error of the kept layer, mean darkness, and what is left; None where no shadow is to be seen."""
    photo = row.photograph
    seen = (photo.cover > DARK) & (photo.matte < FREE)
    if not seen.any():
        return None
    cover = _whole(row.there, photo)
    rest = 1 - (1 - photo.cover) / np.maximum(1 - cover, 0.05)
    return (
        float(np.abs(cover - photo.cover)[seen].mean()),
        float(photo.cover[seen].mean()),
        float(np.abs(rest)[seen].mean()),
    )


def _whole(seen: Baked, photo: Photograph) -> Floats:
    height, width = photo.matte.shape
    return px.enlarge(seen.cover, width, height)


def shown(rows: Iterable[Found]) -> Iterator[Case]:
    """Before and after, for a page."""
    for number, row in enumerate(rows):
        photo = row.photograph
        cover = _whole(row.there, photo)
        ground = np.clip(cover * (1 - photo.matte), 0, 0.95)[..., None]
        pictures: dict[str, Bytes] = {
            "photograph": photo.pixels,
            "kept": _bytes(1 - np.repeat(cover[..., None], 3, 2)),
            "truth": _bytes(1 - np.repeat(photo.cover[..., None], 3, 2)),
            "removed": _bytes(photo.pixels / 255 / (1 - ground)),
            "never there": photo.clear,
        }
        error = _errors(row) or (0.0, 0.0, 0.0)
        yield Case(f"photograph {number}", pictures, {"sure": row.there.sure, "error": error[0], "left": error[2]})


def _bytes(values: Floats) -> Bytes:
    made: Bytes = np.clip(values * 255 + 0.5, 0, 255).astype(np.uint8)
    return made

"""Strips of a picture, each with one line of text -> what it says and how sure that is; the reader of PP-OCR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from ddm import models
from ddm.perceive import pixels as px
from ddm.perceive.pixels import Bytes, Floats

HEIGHT = 48
"""Rows of a strip, as the network was trained."""
LEAST, MOST = 48, 1600
"""Columns of a strip: shorter ones are filled up, longer ones squeezed."""
BATCH = 6
"""Strips read at once; all are filled up to the widest of them."""


def words(strips: Sequence[Bytes]) -> list[tuple[str, float]]:
    """(reading, mean probability of its letters) of each uint8 (h, w, 3) sRGB, in their order; ('', 0) of nothing."""
    fitted = [_fitted(strip) for strip in strips]
    order = sorted(range(len(fitted)), key=lambda k: fitted[k].shape[1])
    found: dict[int, tuple[str, float]] = {}
    for start in range(0, len(order), BATCH):
        part = order[start : start + BATCH]
        found |= dict(zip(part, _read([fitted[k] for k in part]), strict=True))
    return [found[k] for k in range(len(strips))]


def _fitted(strip: Bytes) -> Bytes:
    height, width = strip.shape[:2]
    return px.resize(strip, min(MOST, max(8, round(width * HEIGHT / height))), HEIGHT)


def _read(strips: Sequence[Bytes]) -> Iterator[tuple[str, float]]:
    widest = max(LEAST, *(strip.shape[1] for strip in strips))
    blob = np.zeros((len(strips), 3, HEIGHT, widest), np.float32)
    for plane, strip in zip(blob, strips, strict=True):
        plane[..., : strip.shape[1]] = strip[..., ::-1].transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
    session = models.session("text-read")
    chances = session.run(None, {session.get_inputs()[0].name: blob})[0]
    return map(_decoded, chances)


def _decoded(chances: Floats) -> tuple[str, float]:
    """The likeliest letter of each step, (steps, letters); repeats and blanks (0) are left out (CTC, Graves 2006)."""
    best = chances.argmax(1)
    told = (best > 0) & np.insert(best[1:] != best[:-1], 0, True)
    letters = _letters()
    text = "".join(letters[k] for k in best[told])
    return text, float(chances.max(1)[told].mean()) if told.any() else 0.0


@cache
def _letters() -> tuple[str, ...]:
    """By index of the network's answer: blank first, then those it names itself, then a space."""
    named = models.session("text-read").get_modelmeta().custom_metadata_map["character"].splitlines()
    return ("", *named, " ")

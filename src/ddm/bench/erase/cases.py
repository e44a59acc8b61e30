"""Posters that designers cleared by hand, and pictures lettered by us -> pictures with and without what lies over them.

Posters: the truth is the designers' own (they left plates and coupons standing), as good as their brush. Composed
pictures: the truth is exact, both go through JPEG at the same quality, and pictures that the heads were trained on are
'tuned', those held back are 'held'.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import numpy as np

from ddm.bench.erase.overlays import KINDS, Overlaid
from ddm.bench.perceive.pictures import real
from ddm.bench.perceive.pools import coded, pool
from ddm.bench.perceive.posters import Poster, half, posters
from ddm.geometry import Box
from ddm.perceive import pixels as px
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Bytes, Mask

LEFT = 0.5
"""Part of a line's edges that are still there, from which designers left it standing."""
COUNT = 2
"""Pictures of each kind in each half."""
HALVES = (("tuned", False), ("held", True))


@dataclass(frozen=True)
class Case:
    """picture, bare: uint8 (h, w, 3) sRGB, with and without. elements: what shall go, with its true boxes.

    what: as `erased` is asked. kept: bool (h, w), print on the product, or all False. half: 'tuned' or 'held'.
    """

    name: str
    kind: str
    half: str
    what: str
    picture: Bytes
    bare: Bytes
    elements: tuple[Element, ...]
    kept: Mask = field(repr=False)

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(element.box for element in self.elements)


def cases(corpora: Path, count: int = COUNT) -> Iterator[Case]:
    """All of them. InputError where the corpora are not there."""
    for poster in posters(corpora):
        if poster.bare is not None:
            yield _of_poster(poster, poster.bare)
    pictures = real(corpora)
    for part, held in HALVES:
        of = pool(pictures, held)
        for kind, (overlay, what) in KINDS.items():
            for number in range(count):
                name = f"{part}/{kind}/{number}"
                yield _composed(name, kind, part, what, overlay(np.random.default_rng(crc32(name.encode())), of))


def _of_poster(poster: Poster, bare: Bytes) -> Case:
    both = zip(poster.boxes, poster.readings, strict=True)
    gone = tuple(Element("text", box, 1.0, words) for box, words in both if _gone(poster.picture, bare, box))
    kept = np.zeros(bare.shape[:2], bool)
    return Case(poster.name, "poster", half(poster.name), "text", poster.picture, bare, gone, kept)


def _gone(picture: Bytes, bare: Bytes, box: Box) -> bool:
    """Whether the line was taken out: lines left have all of their edges still (1.0), others next to none (.05)."""
    spot = box.scaled(bare.shape[1], bare.shape[0])
    part = np.s_[int(spot.y) : int(spot.bottom) + 1, int(spot.x) : int(spot.right) + 1]
    before, after = (px.gradient(px.luma(pixels)[part].astype(np.float32)).sum() for pixels in (picture, bare))
    return bool(after < LEFT * before)


def _composed(name: str, kind: str, part: str, what: str, made: Overlaid) -> Case:
    picture, bare = (coded(np.random.default_rng(crc32(name.encode())), pixels) for pixels in (made.picture, made.bare))
    return Case(name, kind, part, what, picture, bare, made.elements, made.kept)

"""Held-back photographs -> cases: what remains when a part at their sides is hidden, and how it is perceived."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import cast

import numpy as np

from ddm.acquire.product import Picture
from ddm.bench.perceive.pictures import Real, real
from ddm.derive.extension import extend
from ddm.errors import Unfit
from ddm.perceive import pixels as px
from ddm.perceive.decode import Decoded
from ddm.perceive.perceivers import TABLE
from ddm.perceive.pixels import Bytes, Floats, Mask
from ddm.perceive.sight import Sight
from ddm.perceive.tiers import FAST

SIDE = 512
"""Longer side of a photograph here."""
LEAST = 192
"""Shorter side below which too little would remain."""
SHARES = (0.2, 0.35, 0.5)
"""How much of the photograph's width or height is hidden, at one side or half of it at each of two."""
SPARED = 0.01
"""Part of the subject that may lie in what is hidden: a photograph that lost its subject is another one."""
ONE = (("left",), ("right",), ("top",), ("bottom",))
TWO = (("left", "right"), ("top", "bottom"))
WITHOUT_SUBJECT = frozenset(
    {"interiors", "lomiri-16", "lomiri-20", "mate-backgrounds", "plasma-wallpapers", "tuxpaint-data", "gnome", "ukui"}
)
"""Sets of backdrops: nothing in them is a product that must stay whole."""
QUOTA = {"garments": 0.25, "pack-shots": 0.1}
"""Most of a run that one set may be: garments lie on a few floors, pack shots stand on white."""
SETS = frozenset({*WITHOUT_SUBJECT, *QUOTA, "vendure", "opencv-doc", "scikit-image", "ultralytics"})
DRAWN = ("hfs-data", "WindowsLogo", "data-board", "ellipses", "starry_night", "DarkestHour", "Flow-", "SafeLanding")
"""Parts of names of what is no photograph."""
ROWS = tuple(row for row in TABLE if row.name in ("borders", "subject"))


@dataclass(frozen=True)
class Case:
    """One photograph with a part hidden. truth: uint8 (h, w, 3), all of it. growth: pixels hidden, by side.

    coverage: float32, of the subject in what remains, 0 where nothing in it must stay whole. refusal: why extension
    would not be used here, '' where it would. told: figures to be shown beside it.
    """

    name: str
    share: float
    truth: Bytes
    growth: Mapping[str, int]
    kinds: Mapping[str, str]
    coverage: Floats
    refusal: str
    told: dict[str, float] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[str, ...]:
        return tuple(self.growth)

    @property
    def own(self) -> tuple[slice, slice]:
        """Where what remains lies in the photograph."""
        return remaining(self.truth, self.growth)

    @cached_property
    def remains(self) -> Bytes:
        return np.ascontiguousarray(self.truth[self.own])

    @cached_property
    def hidden(self) -> Mask:
        """bool (h, w)."""
        found = np.ones(self.truth.shape[:2], bool)
        found[self.own] = False
        return found

    @property
    def framed(self) -> Bytes:
        """What remains, in its place before grey."""
        return np.where(self.hidden[..., None], np.uint8(128), self.truth)


def remaining(pixels: Bytes | Mask, growth: Mapping[str, int]) -> tuple[slice, slice]:
    height, width = pixels.shape[:2]
    left, top, right, bottom = (growth.get(side, 0) for side in ("left", "top", "right", "bottom"))
    return slice(top, height - bottom), slice(left, width - right)


def with_hidden_sides(corpora: Path, pictures: int, held: bool = True) -> Iterator[Case]:
    """Three of each photograph, where its subject leaves a side free; fewer where the subject is cut by what is hidden.

    held: of those held back, or of the others, by which extension may be tuned.
    """
    for photograph in chosen(corpora, pictures, held):
        pixels = px.limited(photograph.pixels, SIDE)
        if min(pixels.shape[:2]) >= LEAST:
            yield from _cases(photograph, pixels)


def chosen(corpora: Path, pictures: int, held: bool) -> list[Real]:
    """So many photographs, by the hash of their names."""
    fitting = [
        p for p in real(corpora) if p.set in SETS and p.held == held and not any(part in p.name for part in DRAWN)
    ]
    left = {name: round(quota * pictures) for name, quota in QUOTA.items()}
    found: list[Real] = []
    for photograph in sorted(fitting, key=lambda p: _hash(p.name)):
        if len(found) < pictures and left.get(photograph.set, 1) > 0:
            left[photograph.set] = left.get(photograph.set, pictures) - 1
            found.append(photograph)
    return found


def _hash(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def _cases(photograph: Real, pixels: Bytes) -> Iterator[Case]:
    backdrop = photograph.set in WITHOUT_SUBJECT
    subject = np.zeros(pixels.shape[:2], bool) if backdrop else _sight(photograph, pixels).coverage > 0.5
    seed = _hash(photograph.name)
    for number, share in enumerate(SHARES):
        sides = (*ONE, *ONE) if (seed[8] + number) % 2 else (*TWO, *TWO)
        start = seed[number] % (len(sides) // 2)
        for some in sides[start : start + len(sides) // 2]:
            growth = {side: _length(pixels, side, share / len(some)) for side in some}
            kept = subject[remaining(subject, growth)].sum()
            if subject.sum() - kept <= SPARED * subject.sum():
                yield _case(photograph, pixels, share, growth, backdrop)
                break


def _length(pixels: Bytes, side: str, share: float) -> int:
    return round(int(pixels.shape[side in ("left", "right")]) * share)


def _sight(photograph: Real, pixels: Bytes) -> Sight:
    picture = Picture("", photograph.path, photograph.name, pixels.shape[1], pixels.shape[0], "image/jpeg")
    return Sight(picture, Decoded(pixels, None, pixels), FAST)


def _case(photograph: Real, pixels: Bytes, share: float, growth: dict[str, int], backdrop: bool) -> Case:
    sight = _sight(photograph, np.ascontiguousarray(pixels[remaining(pixels, growth)]))
    found = {name: value for row in ROWS for name, value in row.perceive(sight).items()}
    kinds = {side: str(found[f"border.{side}"]) for side in ("left", "top", "right", "bottom")}
    cut = frozenset() if backdrop else cast("frozenset[str]", found["subject.cut"])
    coverage = sight.coverage * (not backdrop)
    name = f"{photograph.set} {photograph.name} {share:.0%} {' '.join(growth)}"
    case = Case(name, share, pixels, growth, kinds, coverage, "")
    return replace(case, refusal=_refusal(case, cut))


def _refusal(case: Case, cut: frozenset[str]) -> str:
    height, width = case.remains.shape[:2]
    try:
        extend.check(width, height, case.kinds, cut, case.growth)
        extend.check_border(case.remains, case.coverage, case.kinds, case.growth)
    except Unfit as refused:
        return str(refused)
    return ""
